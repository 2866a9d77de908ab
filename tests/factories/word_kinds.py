"""Word files of many kinds, each with the lines that a word processor shows for it.

Every document is one thing that employers' files hold: a kind of numbering, a kind of field, a kind of change. `lines`
is what Word shows with all changes accepted, a line for each paragraph, its number in front. `office` says whether
LibreOffice shows the same; where it does not, `because` says why we hold to Word.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.factories.word_files import (
    NAMESPACES,
    level,
    listed,
    numbering,
    paragraph,
    run,
    word_file,
)

DECIMAL = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)")
DEEP = DECIMAL + level(3, "lowerRoman", "(%4)") + level(4, "upperLetter", "%5.")


@dataclass(frozen=True, slots=True)
class Kind:
    """One generated document."""

    name: str
    data: bytes
    lines: tuple[str, ...]
    before: tuple[str, ...] = ()  # with all changes rejected; () where there are none
    because: str = ""  # why LibreOffice shows it otherwise; "" where it shows the same

    @property
    def office(self) -> bool:
        """Whether LibreOffice shows the same lines."""
        return not self.because


def in_lists(*items: tuple[int, str], num: int = 1) -> str:
    """Paragraphs of a list, each with its level."""
    return "".join(listed(text, depth, num) for depth, text in items)


def kind_of(
    name: str,
    body: str,
    lines: str,
    definition: str | None = None,
    because: str = "",
    before: str = "",
    **parts: str,
) -> Kind:
    if definition is not None:
        parts["numbering"] = definition if definition.startswith("<w:numbering") else numbering(definition)
    shown = tuple(line.strip() for line in lines.strip().splitlines())
    return Kind(name, word_file(body, parts=parts), shown, tuple(before.splitlines()), because)


def style(style_id: str, content: str, *, name: str = "", kind: str = "paragraph") -> str:
    """A style."""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name or style_id}"/>{content}</w:style>'


def numbered_by(num: int, depth: int | None = None) -> str:
    """What a style says to number its paragraphs."""
    ilvl = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    return f'<w:pPr><w:numPr>{ilvl}<w:numId w:val="{num}"/></w:numPr></w:pPr>'


def field(code: str, result: str | None, data: str = "") -> str:
    """A complex field; `data` is what its begin mark holds, for form fields."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + result if result is not None else ""
    return f'{begin}<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>{middle}' + (
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells; plain text becomes a cell."""
    inner = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """A cell."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def text_box(content: str) -> str:
    """A run with a text box in the form that Word 2010 and later writes."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" simplePos="0" '
        'relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="2000000" cy="800000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="Box 1"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="800000"/></a:xfrm>'
        '<a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect><v:textbox><w:txbxContent>"
        f"{content}</w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def content_kinds() -> list[Kind]:
    """What stands in and between the paragraphs."""
    check = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>{run(' agreed')}"
    )
    footnotes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Since 2020.")}</w:footnote></w:footnotes>'
    )
    toc = field("TOC \\o &quot;1-3&quot;", run("Notice 1"))
    return [
        kind_of("paragraphs", paragraph("a") + paragraph("") + paragraph("b"), "a\nb"),
        kind_of(
            "table with merged cells",
            table(
                row(cell("top", '<w:vMerge w:val="restart"/>'), "x"),
                row(cell("<w:p/>", "<w:vMerge/>"), "y"),
                row(cell("wide", '<w:gridSpan w:val="2"/>')),
            ),
            "top\nx\ny\nwide",
        ),
        kind_of(
            "nested table",
            table(row("a", cell(paragraph("b") + table(row("c", "d")) + paragraph("e")))),
            "a\nb\nc\nd\ne",
        ),
        kind_of(
            "text box",
            paragraph(run("host") + text_box(paragraph("boxed"))) + paragraph("next"),
            "host\nboxed\nnext",
            because="its text export leaves text boxes out",
        ),
        kind_of(
            "content controls",
            f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('a')}</w:sdtContent></w:sdt>"
            + paragraph(run("b ") + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('c')}</w:sdtContent></w:sdt>")
            + paragraph(check),
            "a\nb c\n☒ agreed",
        ),
        kind_of(
            "cross-references",
            paragraph(run("see ") + field(" REF _Ref1 \\r \\h ", run("Article 4")) + run("."))
            + paragraph(f'{run("and ")}<w:fldSimple w:instr=" REF x "><w:r><w:t>5</w:t></w:r></w:fldSimple>'),
            "see Article 4.\nand 5",
        ),
        kind_of(
            "contents left out",
            f"<w:p>{toc}</w:p>" + paragraph("Notice"),
            "Notice",
            because="contents repeat the headings, so we leave them out",
        ),
        kind_of(
            "form fields",
            paragraph(run("Name: ") + field("FORMTEXT", run("Lee"), "<w:ffData><w:textInput/></w:ffData>") + run(" "))
            + paragraph(
                field("FORMCHECKBOX", None, "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>") + run(" yes ")
            )
            + paragraph(
                field("FORMCHECKBOX", None, '<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>')
                + run(" no")
            )
            + paragraph(
                field(
                    "FORMDROPDOWN",
                    None,
                    '<w:ffData><w:ddList><w:result w:val="1"/>'
                    '<w:listEntry w:val="days"/><w:listEntry w:val="weeks"/></w:ddList></w:ffData>',
                )
            ),
            "Name: Lee\n☒ yes\n☐ no\nweeks",
            because="its text export leaves the boxes of a form out",
        ),
        kind_of(
            "footnote",
            paragraph(f"{run('Pay')}<w:r><w:footnoteReference w:id='2'/></w:r>{run(' rises.')}"),
            "Pay rises.",
            because="it puts the note into the text",
            footnotes=footnotes,
        ),
        kind_of(
            "hidden text",
            paragraph(run("seen ") + run("secret ", "<w:vanish/>") + run("words")),
            "seen words",
            because="its text export shows hidden words",
        ),
        kind_of(
            "hidden paragraph",
            f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('secret', '<w:vanish/>')}</w:p>" + paragraph("seen"),
            "seen",
            because="its text export shows hidden words",
        ),
        kind_of(
            "symbols",
            paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run(" done")),
            "☑ done",
            because="it keeps the code of the symbol font",
        ),
        kind_of(
            "soft marks",
            paragraph("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>s</w:t></w:r>"),
            "co-ops",
            because="it keeps the special hyphens",
        ),
        kind_of("tabs", paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"), "a b"),
        kind_of(
            "a tick typed in a symbol font",
            paragraph(run("þ", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>') + run(" done")),
            "☑ done",
            because="it keeps the code of the symbol font",
        ),
        kind_of(
            "a large first letter",
            paragraph(
                "T",
                properties='<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text" '
                'w:hAnchor="text"/>',
            )
            + paragraph("he Employer shall")
            + paragraph("next"),
            "The Employer shall\nnext",
        ),
        kind_of(
            "a row whose end mark is hidden and whose words are not",
            table(row("a"), row("b", properties="<w:hidden/>"), row("c")),
            "a\nb\nc",
        ),
        kind_of(
            "simple fields without a result",
            paragraph(
                f'{run("a ")}<w:fldSimple w:instr=" MACROBUTTON x Click "/>{run(" ")}'
                '<w:fldSimple w:instr=" SYMBOL 167 "/>'
            ),
            "a Click §",
        ),
        kind_of("capitals by look", paragraph(run("notice", "<w:caps/>")), "notice"),
        kind_of(
            "a style that is not there, a font that is not there",
            paragraph(run("words", '<w:rFonts w:ascii="No Such Font" w:hAnsi="No Such Font"/>'), style="Gone"),
            "words",
        ),
    ]
