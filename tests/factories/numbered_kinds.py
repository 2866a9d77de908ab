"""Word files with automatic numbering of every kind, each with the lines that Word shows; see `word_kinds`."""

from __future__ import annotations

from tests.factories.word_files import WHO, level, listed, numbering, paragraph, run, styles
from tests.factories.word_kinds import (
    DECIMAL,
    DEEP,
    Kind,
    cell,
    in_lists,
    kind_of,
    numbered_by,
    row,
    style,
    table,
)


def numbering_kinds() -> list[Kind]:
    """Automatic numbering of every kind."""
    override = '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{}</w:lvlOverride>'
    restart = override.format('<w:startOverride w:val="1"/>')
    plain = '<w:abstractNumId w:val="0"/>'
    headings = styles(
        style("Heading1", f"{numbered_by(1)}", name="heading 1")
        + style("Heading2", numbered_by(1, 1), name="heading 2")
        + style("Heading3", numbered_by(1, 2), name="heading 3")
    )
    linked = (
        level(0, "upperRoman", "Article %1", '<w:pStyle w:val="Heading1"/>')
        + level(1, "decimal", "%1.%2", '<w:pStyle w:val="Heading2"/><w:isLgl/>')
        + level(2, "lowerLetter", "(%3)", '<w:pStyle w:val="Heading3"/>')
    )
    by_style = styles(
        style("Clause", numbered_by(1))
        + style("Loose", '<w:basedOn w:val="Clause"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
        + style("Same", '<w:basedOn w:val="Clause"/>')
    )
    return [
        kind_of(
            "multilevel",
            in_lists((0, "a"), (1, "b"), (2, "c"), (2, "d"), (3, "e"), (4, "f"), (1, "g"), (0, "h"), (1, "i")),
            "1. a\n1.1 b\n(a) c\n(b) d\n(i) e\nA. f\n1.2 g\n2. h\n2.1 i",
            DEEP,
        ),
        kind_of(
            "all levels in one label",
            in_lists((0, "a"), (1, "b"), (2, "c"), (2, "d")),
            "1 a\n1.1 b\n1.1.1 c\n1.1.2 d",
            level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3"),
        ),
        kind_of(
            "legal style",
            in_lists((0, "a"), (1, "b"), (0, "c"), (1, "d"), (2, "e")),
            "Article I a\n1.1 b\nArticle II c\n2.1 d\nII.1.a e",
            level(0, "upperRoman", "Article %1")
            + level(1, "decimal", "%1.%2", "<w:isLgl/>")
            + level(2, "lowerLetter", "%1.%2.%3"),
            because="it knows no w:isLgl",
        ),
        kind_of(
            "legal style keeps leading zeros",
            in_lists((0, "a"), (1, "b"), (2, "c")),
            "Article I a\n1.01 b\n1.01.1 c",
            level(0, "upperRoman", "Article %1")
            + level(1, "decimalZero", "%1.%2", "<w:isLgl/>")
            + level(2, "lowerLetter", "%1.%2.%3", "<w:isLgl/>"),
            because="it knows no w:isLgl",
        ),
        kind_of(
            "a numbered paragraph that its style hides",
            paragraph("a", style="Clause") + paragraph("b", style="Unseen") + paragraph("c", style="Clause"),
            "1. a\n2. c",
            DECIMAL,
            styles=styles(
                style("Clause", numbered_by(1))
                + style("Unseen", '<w:basedOn w:val="Clause"/><w:rPr><w:vanish/></w:rPr>')
            ),
            because="its text export shows hidden words",
        ),
        kind_of(
            "restarted by a new list",
            in_lists((0, "a"), (0, "b")) + in_lists((0, "c"), (0, "d"), num=2),
            "1. a\n2. b\n1. c\n2. d",
            numbering(DECIMAL, nums={1: plain, 2: restart}),
        ),
        kind_of(
            "restarted and gone on",
            in_lists((0, "a"), (0, "b")) + in_lists((0, "c"), num=2) + in_lists((0, "d")),
            "1. a\n2. b\n1. c\n2. d",
            numbering(DECIMAL, nums={1: plain, 2: restart}),
        ),
        kind_of(
            "never restarted",
            in_lists((0, "a"), (1, "b"), (0, "c"), (1, "d")),
            "1. a\n(1) b\n2. c\n(2) d",
            level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'),
            because="it knows no w:lvlRestart of 0",
        ),
        kind_of(
            "custom text",
            in_lists((0, "a"), (1, "b"), (2, "c"), (0, "d")),
            "Article 1 – a\nSection 1.1: b\n§ a) c\nArticle 2 – d",
            level(0, "decimal", "Article %1 –")
            + level(1, "decimal", "Section %1.%2:")
            + level(2, "lowerLetter", "§ %3)"),
        ),
        kind_of("text without a number", in_lists((0, "a"), (0, "b")), "Note: a\nNote: b", level(0, "none", "Note:")),
        kind_of(
            "bullets",
            in_lists((0, "a"), (1, "b"), (0, "c")),
            "a\nb\nc",
            level(0, "bullet", "•") + level(1, "bullet", "–"),
            because="bullets are no numbers of ours",
        ),
        kind_of(
            "heading styles linked to a list",
            paragraph("Notice", style="Heading1")
            + paragraph("Written notice", style="Heading2")
            + paragraph("By post", style="Heading3")
            + paragraph("Plain words.")
            + paragraph("Pay", style="Heading1")
            + paragraph("Rates", style="Heading2"),
            "Article I Notice\n1.1 Written notice\n(a) By post\nPlain words.\nArticle II Pay\n2.1 Rates",
            linked,
            styles=headings,
            because="it knows no w:isLgl",
        ),
        kind_of(
            "style overridden",
            "".join(
                paragraph(text, style=each)
                for text, each in (("a", "Clause"), ("b", "Loose"), ("c", "Same"), ("d", "Clause"))
            ),
            "1. a\nb\n2. c\n3. d",
            DECIMAL,
            styles=by_style,
        ),
        kind_of(
            "numbering switched off in a paragraph",
            paragraph("a", style="Clause")
            + paragraph("b", style="Clause", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
            + paragraph("c", style="Clause"),
            "1. a\nb\n2. c",
            DECIMAL,
            styles=by_style,
        ),
        kind_of(
            "only the level stated in a paragraph",
            paragraph("a", style="Clause")
            + paragraph("b", style="Clause", properties='<w:numPr><w:ilvl w:val="1"/></w:numPr>')
            + paragraph("c", style="Clause"),
            "1. a\n1.1 b\n2. c",
            DECIMAL,
            styles=by_style,
        ),
        kind_of(
            "level replaced in one list",
            in_lists((0, "a"), (0, "b")) + in_lists((0, "c"), num=2),
            "1. a\n2. b\nC) c",
            numbering(DECIMAL, nums={1: plain, 2: override.format(level(0, "upperLetter", "%1)"))}),
        ),
        kind_of(
            "numbering style",
            in_lists((0, "a"), (1, "b")),
            "1. a\n1.1 b",
            numbering('<w:numStyleLink w:val="L"/>', f'<w:styleLink w:val="L"/>{DECIMAL}'),
            styles=styles(style("L", numbered_by(2), kind="numbering")),
        ),
        kind_of(
            "letters beyond z",
            in_lists(*((0, f"w{number}") for number in range(28))),
            "\n".join(
                f"{chr(97 + number) if number < 26 else chr(71 + number) * 2}) w{number}" for number in range(28)
            ),
            level(0, "lowerLetter", "%1)"),
        ),
        kind_of(
            "Roman numbers",
            in_lists(*((0, f"w{number}") for number in range(5))),
            "I. w0\nII. w1\nIII. w2\nIV. w3\nV. w4",
            level(0, "upperRoman", "%1."),
        ),
        kind_of(
            "ordinals",
            in_lists((0, "a"), (0, "b"), (0, "c"), (0, "d")),
            "1st a\n2nd b\n3rd c\n4th d",
            level(0, "ordinal", "%1"),
        ),
        kind_of(
            "words",
            in_lists((0, "a"), (1, "b"), (0, "c")),
            "Article One a\nFirst b\nArticle Two c",
            level(0, "cardinalText", "Article %1") + level(1, "ordinalText", "%2"),
        ),
        kind_of("leading zero", in_lists((0, "a"), (0, "b")), "09. a\n10. b", level(0, "decimalZero", "%1.", start=9)),
        kind_of(
            "started at another number",
            in_lists((0, "a"), (1, "b"), (0, "c")),
            "7. a\n7.3 b\n8. c",
            level(0, "decimal", "%1.", start=7) + level(1, "decimal", "%1.%2", start=3),
        ),
        kind_of("started at nought", in_lists((0, "a"), (0, "b")), "0. a\n1. b", level(0, "decimal", "%1.", start=0)),
        kind_of(
            "two lists side by side",
            in_lists((0, "a")) + in_lists((0, "b"), num=2) + in_lists((0, "c")) + in_lists((0, "d"), num=2),
            "1. a\n(a) b\n2. c\n(b) d",
            numbering(DECIMAL, level(0, "lowerLetter", "(%1)")),
        ),
        kind_of(
            "going on after plain paragraphs",
            in_lists((0, "a")) + paragraph("between") + in_lists((0, "b")),
            "1. a\nbetween\n2. b",
            DECIMAL,
        ),
        kind_of(
            "skipped levels", in_lists((0, "a"), (2, "b"), (2, "c"), (1, "d")), "1. a\n(a) b\n(b) c\n1.2 d", DECIMAL
        ),
        kind_of(
            "number hidden",
            in_lists((0, "a"), (0, "b")),
            "a\nb",
            level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>")
            .replace("<w:rPr><w:vanish/></w:rPr>", "")
            .replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>"),
            because="it shows hidden numbers",
        ),
        kind_of(
            "numbers in table cells",
            table(row(listed("a"), listed("b")), row(listed("c"), listed("d"))),
            "1. a\n2. b\n3. c\n4. d",
            DECIMAL,
        ),
        kind_of(
            "numbers in nested tables",
            table(row(cell(listed("a") + table(row(listed("b"))) + listed("c")), "d")) + listed("e"),
            "1. a\n2. b\n3. c\nd\n4. e",
            DECIMAL,
        ),
        kind_of(
            "a line break in a numbered paragraph",
            listed(f"{run('one')}<w:r><w:br/></w:r>{run('two')}") + listed("b"),
            "1. one two\n2. b",
            DECIMAL,
            because="its text export begins a line at a line break",
        ),
        kind_of(
            "nothing between number and text",
            in_lists((0, "a"), (0, "b")),
            "1. a\n2. b",
            level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>'),
        ),
        kind_of(
            "style of a level in another list",
            paragraph("a", style="Clause") + in_lists((1, "b"), (2, "c")) + paragraph("d", style="Clause"),
            "1. a\n1.1 b\n(a) c\n2. d",
            DECIMAL,
            styles=by_style,
        ),
        kind_of(
            "number added by a tracked change",
            paragraph(
                "a", properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins w:id="7" {WHO}/></w:numPr>'
            )
            + listed("b"),
            "1. a\n2. b",
            DECIMAL,
            because="it does not reject added numbering",
            before="a\n1. b",
        ),
        kind_of(
            "custom number format",
            in_lists((0, "a"), (0, "b")),
            "001. a\n002. b",
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
            '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
            '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>',
        ),
    ]
