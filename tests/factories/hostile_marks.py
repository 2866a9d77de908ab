"""Further hostile files: not too much to read, but marks, parts and links to be numbered, followed or kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.factories.hostile_files import WORDS
from tests.factories.word_files import (
    NAMESPACES,
    WHO,
    R,
    document,
    level,
    listed,
    numbering,
    paragraph,
    run,
    styles,
    word_file,
)


def _bookmarks(count: int) -> bytes:
    return word_file("".join(
        f'<w:p><w:bookmarkStart w:id="{each}" w:name="b{each}"/>{run("The Employer tells, see ")}'
        f'<w:bookmarkEnd w:id="{each}"/><w:fldSimple w:instr=" REF b{count - each - 1} ">{run("1")}</w:fldSimple></w:p>'
        for each in range(count)
    ))  # fmt: skip


def _headers(count: int) -> bytes:
    parts = {f"word/header{each}.xml": f"<w:hdr {NAMESPACES}>{paragraph(f'Employer {each}')}</w:hdr>"
             for each in range(count)}  # fmt: skip
    pointers = "".join(f'<Relationship Id="h{each}" Type="{R}/header" Target="header{each}.xml"/>'
                       for each in range(count))  # fmt: skip
    body = "".join(
        f'<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="h{each}"/></w:sectPr></w:pPr>'
        f"{run(f'The Employer tells {each}.')}</w:p>"
        for each in range(count)
    )
    return word_file(body, parts=parts, relations=pointers)


def _footnotes(count: int) -> bytes:
    notes = "".join(f'<w:footnote w:id="{each}">{paragraph("Employer")}</w:footnote>' for each in range(1, count + 1))
    marks = "".join(
        f'<w:p>{run("The Employer tells.")}<w:r><w:footnoteReference w:id="{each}"/></w:r></w:p>'
        for each in range(1, count + 1)
    )
    return word_file(marks, parts={"footnotes": f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>"})


def _pictures(count: int) -> bytes:
    pointers = "".join(f'<Relationship Id="p{each}" Type="{R}/image" Target="media/{each}.png"/>'
                       for each in range(count))  # fmt: skip
    parts = {f"word/media/{each}.png": b"\x89PNG\r\n\x1a\n" for each in range(count)}
    body = "".join(
        f'<w:p>{run("The Employer tells.")}<w:r><w:pict><v:shape><v:imagedata r:id="p{each}"/></v:shape></w:pict></w:r>'
        "</w:p>"
        for each in range(count)
    )
    return word_file(body, parts=parts, relations=pointers)


def _links(count: int) -> bytes:
    pointers = "".join(
        f'<Relationship Id="l{each}" Type="{R}/hyperlink" Target="https://example.org/{each}" TargetMode="External"/>'
        for each in range(count)
    )
    body = "".join(f'<w:p><w:hyperlink r:id="l{each}">{run("The Employer tells.")}</w:hyperlink></w:p>'
                   for each in range(count))  # fmt: skip
    return word_file(body, relations=pointers)


def _parts(count: int) -> bytes:
    return word_file(paragraph(WORDS), parts={f"word/other/{each}.xml": "<x/>" for each in range(count)})


def _ids(number: str) -> bytes:
    tracked = "".join(
        f'<w:p><w:commentRangeStart w:id="{number}"/><w:{kind} w:id="{number}" {WHO}>'
        f"<w:r><w:{text}>Employer may </w:{text}></w:r></w:{kind}>{run('tell.')}"
        f'<w:bookmarkStart w:id="{number}" w:name="b"/><w:bookmarkEnd w:id="{number}"/>'
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r></w:p>'
        for kind, text in (("ins", "t"), ("del", "delText")) * 5
    )
    said = f'<w:comment w:id="{number}" {WHO}>{paragraph("Why?")}</w:comment>' * 3
    return word_file(tracked, parts={"comments": f"<w:comments {NAMESPACES}>{said}</w:comments>"})


def _moves(count: int) -> bytes:
    lines = [paragraph(f"The Employer tells of matter {each} in the week before it comes into use.")
             for each in range(count)]  # fmt: skip
    return word_file("".join(lines[::-1]))


def _alike(count: int) -> bytes:
    """Paragraphs of the same words in another order, none of them like its neighbour."""
    words = [f"w{each}" for each in range(40)]
    return word_file("".join(
        paragraph(" ".join([*words[each % 40 :], *words[: each % 40], f"Employer {each}"])) for each in range(count)
    ))  # fmt: skip


def _cyclic_styles() -> bytes:
    sheet = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/>'
        f'<w:next w:val="{b}"/><w:link w:val="{a}"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for a, b in (("A", "B"), ("B", "C"), ("C", "A"), ("D", "D"))
    )
    body = "".join(paragraph("The Employer tells.", style=each) for each in "ABCDE")
    return word_file(body, parts={"styles": styles(sheet), "numbering": numbering(level(0, "decimal", "%1."))})


def _cyclic_lists() -> bytes:
    own = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    sheet = f'<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>{own}</w:style>'
    lists = numbering('<w:numStyleLink w:val="L"/><w:styleLink w:val="L"/>')
    return word_file(listed("The Employer tells.") * 5, parts={"styles": styles(sheet), "numbering": lists})


def _strict() -> bytes:
    main = document(paragraph(WORDS) * 5).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    return word_file(main=main)


def _strict_damaged() -> bytes:
    main = document(paragraph(WORDS) * 5).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    return word_file(main=main.replace("</w:body></w:document>", "</w:document>"))


def _prefixes() -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = (
        f'<document xmlns="{space}" xmlns:a="{space}" xmlns:z="urn:z"><a:body><p a:z="1" z:y="2"><a:r><t>The Employer '
        "tells.</t></a:r><?pi x?><!-- c --></p><a:p><r><t>Words below.</t></r></a:p><sectPr/></a:body></document>"
    )
    return word_file(main=main)


def _foreign() -> bytes:
    body = (
        f'<z:block xmlns:z="urn:z">{paragraph("Words within.")}</z:block>'
        f'<w:p>{run("The Employer tells.")}<z:thing xmlns:z="urn:z" w:val="1">z{run("more")}</z:thing></w:p>'
    )
    return word_file(body + paragraph(WORDS))


def _pointing_nowhere() -> bytes:
    body = (
        listed("The Employer tells.", "9", 99)
        + listed("The Employer tells.", "-1", -5)
        + listed("The Employer tells.", "x", 1)
        + paragraph("The Employer tells.", style="Gone")
        + f'<w:p><w:r><w:footnoteReference w:id="77"/></w:r>{run("The Employer tells.")}</w:p>'
        + f'<w:p><w:hyperlink r:id="gone">{run("The Employer tells.")}</w:hyperlink>'
        + '<w:r><w:commentReference w:id="5"/></w:r><w:commentRangeEnd w:id="6"/></w:p>'
        + '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="gone"/></v:shape></w:pict></w:r></w:p>'
        + '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="gone"/></w:sectPr></w:pPr></w:p>'
        + '<w:p><w:bookmarkEnd w:id="4"/><w:fldSimple w:instr=" REF gone ">'
        + run("1")
        + "</w:fldSimple></w:p>"
    )
    pointers = "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}s/none.xml"/>'
                       for kind in ("styles", "numbering", "footnotes", "comments", "settings", "header"))  # fmt: skip
    return word_file(body, relations=pointers)


def _nested_changes(depth: int) -> bytes:
    kinds = ("ins", "del", "ins", "moveTo")
    opening = "".join(f'<w:{kinds[each % 4]} w:id="1" {WHO}>' for each in range(depth))
    closing = "".join(f"</w:{kinds[each % 4]}>" for each in reversed(range(depth)))
    return word_file(f"<w:p>{opening}{run('The Employer tells.')}{closing}</w:p>{paragraph(WORDS)}")


def _odd_places() -> bytes:
    """Elements where the schema does not have them."""
    body = (
        "<w:r><w:t>loose words</w:t></w:r><w:tbl/><w:tbl><w:tr/></w:tbl><w:tbl><w:tr><w:tc/></w:tr></w:tbl><w:sdt/>"
        "<w:sdt><w:sdtContent/></w:sdt><w:p><w:p><w:r><w:t>in one another</w:t></w:r></w:p></w:p>"
        "<w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:pPr/><w:pPr><w:rPr><w:ins/><w:del/></w:rPr></w:pPr></w:p>"
        "<w:p><w:ins/><w:del/><w:moveFrom/><w:fldSimple/><w:hyperlink/><w:r/><w:r><w:rPr><w:rPrChange/></w:rPr></w:r></w:p>"
        "<w:tr><w:tc><w:p/></w:tc></w:tr><w:tc/><w:body><w:p><w:r><w:t>a body</w:t></w:r></w:p></w:body><w:sectPr/>"
        "<w:p><w:pPr><w:pPrChange/><w:sectPr><w:sectPrChange/></w:sectPr></w:pPr>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:fldChar/><w:instrText/><w:br w:type="x"/></w:r><w:moveFromRangeStart/><w:moveToRangeEnd/></w:p>'
        '<w:customXmlInsRangeStart/><w:altChunk r:id="x"/><w:subDoc/>'
    )
    return word_file(body + paragraph(WORDS))


MARKS: Final[dict[str, Callable[[], bytes]]] = {
    "50,000 bookmarks and references": lambda: _bookmarks(50_000),
    "2,000 headers": lambda: _headers(2_000),
    "9,000 headers": lambda: _headers(9_000),
    "100,000 footnotes": lambda: _footnotes(100_000),
    "15,000 pictures": lambda: _pictures(15_000),
    "50,000 links": lambda: _links(50_000),
    "19,000 parts": lambda: _parts(19_000),
    "20,000 paragraphs turned round": lambda: _moves(20_000),
    "20,000 paragraphs of the same words": lambda: _alike(20_000),
    "a paragraph of 5 MB": lambda: word_file(paragraph(WORDS * 55_000)),
    "changes 500 deep": lambda: _nested_changes(500),
    "tables 150 deep": lambda: word_file("<w:tbl><w:tr><w:tc>" * 150 + paragraph(WORDS)
                                         + "<w:p/></w:tc></w:tr></w:tbl>" * 150),
    "controls 900 deep": lambda: word_file("<w:sdt><w:sdtContent>" * 900 + paragraph(WORDS)
                                           + "</w:sdtContent></w:sdt>" * 900),
    "ids that are words": lambda: _ids("one"),
    "ids beyond all numbers": lambda: _ids("9" * 5_000),
    "ids just beyond what Word counts": lambda: _ids("2147483647"),
    "negative ids": lambda: _ids("-1"),
    "styles in a circle": _cyclic_styles,
    "lists in a circle": _cyclic_lists,
    "the strict edition": _strict,
    "the strict edition, damaged": _strict_damaged,
    "unusual prefixes": _prefixes,
    "elements that are not Word's": _foreign,
    "everything points nowhere": _pointing_nowhere,
    "elements in odd places": _odd_places,
    "fonts that do not exist": lambda: word_file(paragraph(run(WORDS, '<w:rFonts w:ascii="No such"/>'))),
    "no body": lambda: word_file(main=f"<w:document {NAMESPACES}/>"),
    "two bodies": lambda: word_file(main=f"<w:document {NAMESPACES}><w:body>{paragraph(WORDS)}</w:body><w:body>"
                                    f"{paragraph(WORDS)}</w:body></w:document>"),
}  # fmt: skip
"""By name."""
