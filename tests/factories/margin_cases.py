"""Word files with headers and footers, and pairs of them: whatever can come, go and change around the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.factories.redline_cases import control, link, table
from tests.factories.redline_cases import field as complex_field
from tests.factories.word_files import NAMESPACES, document, run, styles, word_file
from tests.factories.word_files import R as OFFICE
from tests.factories.word_files import paragraph as p

ROOTS = {"header": "hdr", "footer": "ftr"}
STYLES = styles(
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/></w:style>'
)


@dataclass(frozen=True)
class Section:
    """Paragraphs, and what stands around their pages: by "header", "footer", "header first", "footer even"."""

    text: str
    margins: dict[str, str] = field(default_factory=dict)
    title: bool = False  # whether its first page has headers of its own
    boxed: bool = False  # whether it stands in a content control


def with_margins(*sections: Section, even: bool = False, relations: str = "") -> bytes:
    """A Word file of these sections; equal headers are one part.

    Args:
        sections: In order; a margin is plain text or XML.
        even: Whether even pages have headers of their own.
        relations: What each header refers to.
    """
    names: dict[tuple[str, str], str] = {}
    body = ""
    for index, each in enumerate(sections):
        references = ""
        for place, content in each.margins.items():
            kind, _, page = place.partition(" ")
            count = 1 + sum(known == kind for known, _ in names)
            name = names.setdefault((kind, content), f"{kind}{count}")
            references += f'<w:{kind}Reference w:type="{page or "default"}" r:id="{name}"/>'
        title = "<w:titlePg/>" if each.title else ""
        section = f'<w:sectPr>{references}<w:pgSz w:w="12240" w:h="15840"/>{title}</w:sectPr>'
        last = index == len(sections) - 1
        lines = each.text.split("\n")
        text = "".join(p(line) for line in (lines if last else lines[:-1]))
        text += section if last else p(lines[-1], properties=section)
        body += control(text) if each.boxed else text
    parts: dict[str, str | bytes] = {"styles": STYLES}
    if even:
        parts["settings"] = (
            f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:compat/></w:settings>'
        )
    pointers = ""
    for (kind, content), name in names.items():
        inner = content if content.startswith("<") else p(content, style="Header")
        parts[f"word/{name}.xml"] = f"<w:{ROOTS[kind]} {NAMESPACES}>{inner}</w:{ROOTS[kind]}>"
        pointers += f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        if relations:
            parts[f"word/_rels/{name}.xml.rels"] = (
                f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
            )
    main = document(body).replace("<w:sectPr/></w:body>", "</w:body>")
    return word_file(main=main, parts=parts, relations=pointers)


def pages(*margins: dict[str, str], text: str = "", title: bool = False, even: bool = False) -> bytes:
    """A section for each of these margins, its text named by its place."""
    sections = [
        Section(text or f"Section {index} of the agreement. It has some words.", each, title)
        for index, each in enumerate(margins, 1)
    ]
    return with_margins(*sections, even=even)


def counted(words: str, shown: Sequence[str] = ("1", "1")) -> str:
    """A line that counts pages; `shown` is what it showed when it was last laid out."""
    page, total = (complex_field(code, number) for code, number in zip(("PAGE", "NUMPAGES"), shown, strict=True))
    return p(run(f"{words}, page ") + page + run(" of ") + total, style="Header")


_SITE = f'<Relationship Id="r1" Type="{OFFICE}/hyperlink" Target="http://{{}}/" TargetMode="External"/>'


def _linked(words: str, host: str) -> bytes:
    line = p(run(words) + link("r1", run("the office")))
    return with_margins(Section("A text."), Section("More of it.", {"header": line}), relations=_SITE.format(host))


_TAB = "<w:r><w:tab/></w:r>"
_OURS = p(run("Union Proposal 2") + _TAB + run("without prejudice"), style="Header")
_NEXT = p(run("Union Proposal 3") + _TAB + run("for settlement only"), style="Header")
_MAIN, _ANNEX = Section("The main text.", {"header": "Agreement"}), Section("The annex.", {"header": "Annex"})
_FIRST = {"header": "Later pages", "header first": "Letterhead of the local"}

_PAIRS: dict[str, tuple[bytes, bytes]] = {
    "words": (pages({"header": _OURS}), pages({"header": _NEXT})),
    "words in a footer": (pages({"footer": "Draft of 2 May"}), pages({"footer": "Draft of 9 May"})),
    "words around numbers of pages": (pages({"footer": counted("Draft 2")}), pages({"footer": counted("Draft 3")})),
    "numbers of pages that go": (pages({"footer": counted("Draft")}), pages({"footer": "Draft, all pages"})),
    "a header that comes": (pages({}), pages({"header": _OURS})),
    "a header that comes with a table": (pages({}), pages({"header": table(["Local 418", "Proposal"]) + p()})),
    "lines of a header": (pages({"header": p("One line") + p("and another")}), pages({"header": p("One line, now")})),
    "a table in a header": (
        pages({"header": table(["Local 418", "Proposal 2"]) + p()}),
        pages({"header": table(["Local 418", "Proposal 3"]) + p()}),
    ),
    "a control in a header": (pages({"header": control(p("Old words"))}), pages({"header": control(p("New words"))})),
    "a link in a header": (_linked("See ", "a"), _linked("Ask ", "b")),
    "a header that the second section inherits": (
        pages({"header": "Draft of May"}, {}),
        pages({"header": "Of June"}, {}),
    ),
    "a header of the second section": (
        pages({"header": "A"}, {"header": "B"}),
        pages({"header": "A"}, {"header": "C"}),
    ),
    "a second section that takes its header from the first": (
        pages({"header": "A"}, {}),
        pages({"header": "A"}, {"header": "C"}),
    ),
    "one header for two sections": (
        pages({"header": "One"}, {"header": "Two"}),
        pages({"header": "Both"}, {"header": "Both"}),
    ),
    "one header that becomes two": (
        pages({"header": "Both of them"}, {"header": "Both of them"}),
        pages({"header": "Both"}, {"header": "of them"}),
    ),
    "a section without header behind one that gets one": (pages({}, {}), pages({"header": "A"}, {"header": p()})),
    "a section that loses what it inherits": (pages({"header": "A"}, {}), pages({"header": "A"}, {"header": p()})),
    "a section that comes with its header": (with_margins(_MAIN), with_margins(_MAIN, _ANNEX)),
    "a section that comes in front": (with_margins(_ANNEX), with_margins(_MAIN, _ANNEX)),
    "a section that comes between": (
        with_margins(_MAIN, Section("Closing words.")),
        with_margins(_MAIN, _ANNEX, Section("Closing words.")),
    ),
    "a section in a control that comes": (
        with_margins(_MAIN),
        with_margins(Section("Cover page.", {"header": "Cover"}, boxed=True), _MAIN),
    ),
    "a first page of its own": (pages({"header": "All pages"}), pages(_FIRST, title=True)),
    "words of a first page": (pages(_FIRST, title=True), pages(_FIRST | {"header first": "The local"}, title=True)),
    "even pages of their own": (
        pages({"header": "All pages"}, {}),
        pages({"header": "Odd pages", "header even": "Even pages"}, {}, even=True),
    ),
    "words of even pages": (
        pages({"header": "Odd", "header even": "Even pages"}, even=True),
        pages({"header": "Odd", "header even": "Even ones"}, even=True),
    ),
    "even pages in sections that come and go": (
        with_margins(_MAIN, Section("Something else entirely here.", {"header": "Gone"}), Section("The end.")),
        with_margins(
            _MAIN,
            Section("An annex that nobody has seen.", {"header even": "Even", "header": "Odd"}),
            Section("The end."),
            even=True,
        ),
    ),
    "a file without page": (word_file(main=document(p("Text.")).replace("<w:sectPr/>", "")), pages({"header": "A"})),
}
MARGIN_CASES: dict[str, tuple[bytes, bytes]] = {
    name: pair
    for each, (old, new) in _PAIRS.items()
    for name, pair in ((each, (old, new)), (f"{each}, the other way", (new, old)))
}
