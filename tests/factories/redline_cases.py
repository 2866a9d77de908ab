"""Pairs of small Word files, one for each thing that a redline must neither break nor overlook."""

from __future__ import annotations

from tests.factories.word_files import level, listed, numbering, run, styles, word_file
from tests.factories.word_files import paragraph as p

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SITE = f'<Relationship Id="{{}}" Type="{_R}/hyperlink" Target="{{}}" TargetMode="External"/>'
_IMAGE = f'<Relationship Id="{{}}" Type="{_R}/image" Target="media/{{}}"/>'
_PAGE = '<w:sectPr><w:pgSz w:w="{}" w:h="15840"/></w:sectPr>'
_DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="Picture 1"/><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'r:embed="{}"/></wp:inline></w:drawing></w:r>'
)


def field(code: str, result: str) -> str:
    """A complex field."""
    return (
        f"{_mark('begin')}<w:r><w:instrText> {code} </w:instrText></w:r>{_mark('separate')}{run(result)}{_mark('end')}"
    )


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def link(relation: str, content: str) -> str:
    """A hyperlink."""
    return f'<w:hyperlink r:id="{relation}">{content}</w:hyperlink>'


def control(content: str, number: int = 5) -> str:
    """A content control."""
    return f'<w:sdt><w:sdtPr><w:id w:val="{number}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def table(*rows: list[str]) -> str:
    """A table; a cell is text or paragraphs."""
    cells = (
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr>{c if c.startswith("<") else p(c)}</w:tc>'
            for c in row
        )
        + "</w:tr>"
        for row in rows
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid/>{"".join(cells)}</w:tbl>'


def _link(words: str, target: str, relation: str = "r5") -> bytes:
    return word_file(p(run(f"{words} ") + link(relation, run("the site")) + run(" now and then.")),
                     relations=_SITE.format(relation, target))  # fmt: skip


def _contents(second: str, third: str) -> bytes:
    start = f"{_mark('begin')}<w:r><w:instrText>TOC</w:instrText></w:r>{_mark('separate')}"
    return word_file(p(start + run("One 1")) + p(second) + p(run(third) + _mark("end")) + p("Body text."))


def _picture(relation: str, name: str, before: str = "Pic ") -> bytes:
    body = p(run(before) + _DRAWING.format(relation) + run(" after the picture"))
    return word_file(body, relations=_IMAGE.format(relation, name), parts={f"word/media/{name}": b"AAA"})


def _both(name: str, old: bytes, new: bytes) -> dict[str, tuple[bytes, bytes]]:
    return {name: (old, new), f"{name}, the other way": (new, old)}


_ONE_LIST = numbering(level(0, "decimal", "%1."))
_TWO_LISTS = numbering(level(0, "decimal", "%1."), level(0, "upperRoman", "%1)"))
_FANCY = styles(
    '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Fancy"><w:name w:val="Fancy"/><w:basedOn w:val="Base"/></w:style>'
)

CASES: dict[str, tuple[bytes, bytes]] = {
    **_both("words beside a hyperlink", _link("See", "http://a/"), _link("Look at", "http://a/", "r9")),
    **_both("a hyperlink to another place", _link("See", "http://a/"), _link("See", "http://b/")),
    **_both("a hyperlink that goes", _link("See", "http://a/"), word_file(p("See the page now and then."))),
    **_both("words beside a field", word_file(p(run("See section ") + field("REF a", "4") + run(" of this Article."))),
            word_file(p(run("Read section ") + field("REF a", "4") + run(" of this Article.")))),
    **_both("a field with another result", word_file(p(run("See section ") + field("REF a", "4") + run(" here."))),
            word_file(p(run("See section ") + field("REF a", "5") + run(" here.")))),
    **_both("a field that goes", word_file(p(run("See section ") + field("REF a", "4") + run(" here."))),
            word_file(p("See section four here."))),
    **_both("a simple field that goes",
            word_file(p(run("Page ") + '<w:fldSimple w:instr=" PAGE ">' + run("1") + "</w:fldSimple>" + run(" of it"))),
            word_file(p("Page of it"))),
    **_both("a field over paragraphs", _contents("Two 2", "Three 3"), _contents("Two 4", "Three 5")),
    **_both("a content control in a line", word_file(p(run("Date: ") + control(run("1 May")) + run(" or later"))),
            word_file(p(run("Day: ") + control(run("2 May"), 9) + run(" or later")))),
    **_both("a content control around paragraphs", word_file(p("A") + control(p("one two three") + p("x")) + p("B")),
            word_file(p("A") + control(p("one five three") + p("y")) + p("B"))),
    **_both("a content control that comes", word_file(p("A") + p("B")),
            word_file(p("A") + control(p("one two three four") + p("x")) + p("B"))),
    **_both("a picture that goes", _picture("i1", "a.png"), word_file(p("Pic after the picture"))),
    **_both("the same picture under another name", _picture("i1", "a.png"), _picture("i7", "b.png", "Picture ")),
    **_both("a section break", word_file(p("A one two") + p("B three four")),
            word_file(p("A one two", properties=_PAGE.format(5)) + p("B three four"))),
    **_both("another page in a section", word_file(p("A one two", properties=_PAGE.format(5)) + p("B")),
            word_file(p("A one two", properties=_PAGE.format(6)) + p("B"))),
    **_both("two tables in a row", word_file(p("a") + table(["x one", "y"]) + table(["z two", "w"]) + p()),
            word_file(p("a") + table(["z two", "w"]) + p())),
    **_both("a table at the start", word_file(p("Text of the paragraph")),
            word_file(table(["x", "y"]) + p("Text of the paragraph"))),
    **_both("a table at the end", word_file(p("Text of the paragraph here")),
            word_file(p("Text of the paragraph here") + table(["x", "y"]) + p("Final words now"))),
    **_both("a table between", word_file(p("One two three") + p("Four five six")),
            word_file(p("One two three") + table(["x", "y"]) + p("Four five six"))),
    **_both("a paragraph before a table", word_file(p("One two three") + table(["x", "y"]) + p("z")),
            word_file(p("One two three") + p("A new one that comes") + table(["x", "y"]) + p("z"))),
    **_both("a paragraph between tables", word_file(p("a") + table(["x", "y"]) + table(["u", "v"]) + p("z")),
            word_file(p("a") + table(["x", "y"]) + p("between them") + table(["u", "v"]) + p("z"))),
    **_both("a table in a table", word_file(p("a") + table([table(["in one", "in two"]) + p(), "y"]) + p("z")),
            word_file(p("a") + table([table(["in three", "in two"]) + p("tail"), "y"]) + p("z"))),
    **_both("a column that comes", word_file(p("a") + table(["x one", "y two"], ["x three", "y four"]) + p("z")),
            word_file(p("a") + table(["x one", "new", "y two"], ["x three", "new", "y four"]) + p("z"))),
    **_both("nothing on one side", word_file(p()), word_file(p("text") + p("more text"))),
    **_both("a list item of another list",
            word_file(listed("one thing") + listed("two thing"), parts={"numbering": _ONE_LIST}),
            word_file(listed("one thing") + listed("third") + listed("two thing", num=2),
                      parts={"numbering": _TWO_LISTS})),
    **_both("a list where there was none", word_file(p("one thing") + p("two thing")),
            word_file(listed("one thing") + p("two thing"), parts={"numbering": _ONE_LIST})),
    **_both("a style of the other file", word_file(p("one thing") + p("two thing"), parts={"styles": styles("")}),
            word_file(p("one thing", style="Fancy") + p("two thing"), parts={"styles": _FANCY})),
    **_both("a split", word_file(p("One sentence is here. Another one is there.") + p("tail end")),
            word_file(p("One sentence is here.") + p("Another one is there.", style="X") + p("tail end"))),
    **_both("a split at the end", word_file(p("One sentence is here. Another one is there.")),
            word_file(p("One sentence is here.") + p("Another one is there.", style="X"))),
    **_both("a paragraph that moves", word_file(p("This paragraph will move down now.") + p("b one") + p("c two")),
            word_file(p("b one") + p("c two") + p("This paragraph will move down now."))),
    **_both("a sentence that moves",
            word_file(p("Alpha stays here. This sentence will be moved to the other. Beta.") + p("Gamma delta stays.")),
            word_file(p("Alpha stays here. Beta.")
                      + p("Gamma delta stays. This sentence will be moved to the other."))),
    **_both("tabs and breaks", word_file(p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c word</w:t></w:r>")),
            word_file(p("<w:r><w:t>a</w:t><w:tab/><w:t>d c word</w:t></w:r>"))),
    **_both("a look that changes within a word", word_file(p("Unbelievable things")),
            word_file(p(run("Un") + run("believ", "<w:b/>") + run("able things")))),
    **_both("a formula", word_file(p(run("x is ") + "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>" + run(" as known"))),
            word_file(p(run("x is ") + "<m:oMath><m:r><m:t>a-b</m:t></m:r></m:oMath>" + run(" as known")))),
}  # fmt: skip
