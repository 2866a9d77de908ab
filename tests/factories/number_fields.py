"""Word files with numbers that Word works out from fields, each with the lines that it shows; see `word_kinds`."""

from __future__ import annotations

from xml.sax.saxutils import escape

from tests.factories.word_files import WHO, paragraph, run, styles
from tests.factories.word_kinds import Kind, cell, field, kind_of, row, style, table

_HEADINGS = styles("".join(style(f"H{depth}", "", name=f"heading {depth}") for depth in (1, 2, 3)))
_NO_FIELDS = "it works no such field out"


def field_number_kinds() -> list[Kind]:
    """Numbers that Word works out from fields; the results are those that ECMA-376 part 1, 17.16.5, gives."""
    gone = f'<w:del w:id="8" {WHO}>{field("AUTONUM", None).replace("instrText", "delInstrText")}{{}}</w:del>'
    new = f'<w:ins w:id="9" {WHO}>{field("AUTONUM", None)}{run(" new")}</w:ins>'
    return [
        kind_of(
            "AUTONUM with switches",
            _opened(
                ("AUTONUM", "a"),
                ("AUTONUM \\* Arabic \\s :", "b"),
                ('AUTONUM \\* alphabetic \\s " "', "c"),
                ("AUTONUM \\* ROMAN", "d"),
                ("AUTONUM \\* OrdText", "e"),
            ),
            "1. a\n2: b\nc c\nIV. d\nfifth. e",
            because=_NO_FIELDS,
        ),
        kind_of(
            "AUTONUM under headings",
            _opened(
                *(
                    (f"AUTONUM|{style_id}", text)
                    for style_id, text in (("H1", "A"), ("", "a"), ("", "b"), ("H1", "B"), ("", "c"), ("H2", "d"))
                )
            ),
            "1. A\n1. a\n2. b\n2. B\n1. c\n1. d",
            styles=_HEADINGS,
            because=_NO_FIELDS,
        ),
        kind_of(
            "AUTONUMLGL",
            _opened(
                ("AUTONUMLGL|H1", "A"),
                ("AUTONUMLGL|H2", "a"),
                ("AUTONUMLGL|H2", "b"),
                ("AUTONUMLGL", "c"),
                ("AUTONUMLGL \\e", "d"),
                ("AUTONUMLGL|H1", "B"),
                ("AUTONUMLGL", "e"),
            ),
            "1. A\n1.1. a\n1.2. b\n1.2.1. c\n1.2.2 d\n2. B\n2.1. e",
            styles=_HEADINGS,
            because=_NO_FIELDS,
        ),
        kind_of(
            "AUTONUMOUT",
            _opened(
                ("AUTONUMOUT|H1", "A"),
                ("AUTONUMOUT|H2", "a"),
                ("AUTONUMOUT|H2", "b"),
                ("AUTONUMOUT|H3", "c"),
                ("AUTONUMOUT|H1", "B"),
                ("AUTONUMOUT", "d"),
            ),
            "I. A\nA. a\nB. b\n1. c\nII. B\n1. d",
            styles=_HEADINGS,
            because=_NO_FIELDS,
        ),
        kind_of(
            "LISTNUM of the lists built in",
            _opened(
                ("LISTNUM NumberDefault", "a"),
                ("LISTNUM NumberDefault \\l 2", "b"),
                ('LISTNUM "NumberDefault" \\l 2', "c"),
                ("LISTNUM NumberDefault", "d"),
                ("LISTNUM NumberDefault \\l 6 \\s 4", "e"),
                ("LISTNUM LegalDefault \\l1", "f"),
                ("LISTNUM LegalDefault \\l 2", "g"),
                ("LISTNUM OutlineDefault", "h"),
            ),
            "1) a\na) b\nb) c\n2) d\n(iv) e\n1. f\n1.1. g\nI. h",
            because=_NO_FIELDS,
        ),
        kind_of(
            "AUTONUM in simple fields, with a result that is out of date",
            paragraph(f'<w:fldSimple w:instr=" AUTONUM ">{run("9.")}</w:fldSimple>{run(" a")}')
            + paragraph(field("AUTONUM", run("7.")) + run(" b")),
            "1. a\n2. b",
            because=_NO_FIELDS,
        ),
        kind_of(
            "AUTONUM in the result of an IF, where Word shows none",
            paragraph(field("IF 1 = 1", field("AUTONUM", None) + run("a"))) + _opened(("AUTONUM", "b")),
            "a\n1. b",
            because=_NO_FIELDS,
        ),
        kind_of(
            "AUTONUM in table cells",
            table(row(cell(paragraph(field("AUTONUM", None) + run(" Pay"))), "x"))
            + table(row(cell(paragraph(field("AUTONUM", None) + run(" Leave"))), "y")),
            "1. Pay\nx\n2. Leave\ny",
            because=_NO_FIELDS,
        ),
        kind_of(
            "AUTONUM in tracked changes",
            _opened(("AUTONUM", "a"))
            + paragraph(gone.format("<w:r><w:delText> gone</w:delText></w:r>"), mark="del")
            + _opened(("AUTONUM", "b"))
            + paragraph(new, mark="ins")
            + _opened(("AUTONUM", "c")),
            "1. a\n2. b\n3. new\n4. c",
            because=_NO_FIELDS,
            before="1. a\n2. gone\n3. b\n4. c",
        ),
    ]


def _opened(*items: tuple[str, str]) -> str:
    """Paragraphs that open with a field; a style stands behind a bar."""
    body = ""
    for stated, text in items:
        code, _, style_id = stated.partition("|")
        body += paragraph(field(escape(code), None) + run(f" {text}"), style=style_id)
    return body
