"""Files that ask for more memory or time than a document should, by name; used to measure and to test the bounds.

Each is made when it is asked for. `read` in the second place means that the file is read; anything else is a word of
the sentence that refuses it.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from typing import Final

from tests.factories.word_files import (
    NAMESPACES,
    WHO,
    R,
    archive,
    deleted,
    inserted,
    level,
    listed,
    numbering,
    paragraph,
    run,
    styles,
    word_file,
)

WORDS = "The Employer shall give the Union notice of each Automated System before it is put to use. "


def _varied(xml: str, count: int) -> str:
    """The same over and over, with something now and then that packs less well than a bomb does."""
    noise = [f"<!--{hashlib.sha256(str(each).encode()).hexdigest()}-->" for each in range(count // 200)]
    return "".join(xml * 200 + each for each in noise)


def _tracked(count: int) -> bytes:
    return word_file(
        (paragraph(run("The Employer ") + deleted("may") + inserted("shall") + run(" tell."))) * (count // 2)
    )


def _style_chain(count: int) -> bytes:
    sheet = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{each}"><w:name w:val="s{each}"/>'
        f'<w:basedOn w:val="s{(each + 1) % count}"/></w:style>'
        for each in range(count)
    )
    body = "".join(paragraph("Words of one style.", style=f"s{each}") for each in range(count))
    return word_file(body, parts={"styles": styles(sheet)})


def _linked_lists(count: int) -> bytes:
    sheet = "".join(
        f'<w:style w:type="numbering" w:styleId="L{each}">'
        f'<w:pPr><w:numPr><w:numId w:val="{each + 2}"/></w:numPr></w:pPr></w:style>'
        for each in range(count)
    )
    lists = numbering(*(f'<w:numStyleLink w:val="L{each}"/>' for each in range(count)))
    body = "".join(listed("a", 0, each + 1) for each in range(count))
    return word_file(body, parts={"numbering": lists, "styles": styles(sheet)})


def _long_labels(count: int) -> bytes:
    return word_file(listed("a") * count, parts={"numbering": numbering(level(0, "lowerLetter", "%1" * 50_000))})


def _wide_first_row(count: int) -> bytes:
    cells = f'<w:tc><w:tcPr><w:gridSpan w:val="1024"/></w:tcPr>{paragraph("h")}</w:tc>' * count
    below = f"<w:tr><w:tc>{paragraph('a')}</w:tc></w:tr>"
    return word_file(f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cells}</w:tr>{below}</w:tbl>")


def _cells(count: int) -> bytes:
    row = f"<w:tr>{f'<w:tc>{paragraph()}</w:tc>' * 100}</w:tr>"
    return word_file(f"<w:tbl>{row * (count // 100)}</w:tbl>{paragraph(WORDS)}")


def _style_separators(count: int) -> bytes:
    mark = "<w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>"
    return word_file(f"<w:p>{mark}{run('a ')}</w:p>" * count + paragraph("end"))


def _joined(count: int) -> bytes:
    return word_file(paragraph("word ", mark="del") * count + paragraph("end"))


def _one_note(count: int) -> bytes:
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph(WORDS * 10_000)}</w:footnote></w:footnotes>'
    mark = '<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    return word_file(mark * count, parts={"footnotes": notes})


def _comments(count: int) -> bytes:
    body = "".join(
        f'<w:p><w:commentRangeStart w:id="{each}"/>{run("word")}<w:commentRangeEnd w:id="{each}"/></w:p>'
        for each in range(count)
    )
    said = "".join(f'<w:comment w:id="{each}" {WHO}>{paragraph("Why?")}</w:comment>' for each in range(count))
    return word_file(body, parts={"comments": f"<w:comments {NAMESPACES}>{said}</w:comments>"})


def _fields(count: int) -> bytes:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF a</w:instrText></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return word_file(f"<w:p>{begin * count}{run('a')}{end * count}{run(WORDS)}</w:p>")


def _nested(element: str, depth: int, inside: str = paragraph("deep words")) -> bytes:
    names = element.split()
    opening = "".join(f"<w:{name}>" for name in names)
    closing = "".join(f"</w:{name}>" for name in reversed(names))
    return word_file(opening * depth + inside + closing * depth)


def _changes_within_changes(depth: int, count: int) -> bytes:
    opening = f'<w:ins w:id="1" {WHO}>' * depth
    return word_file(f"<w:p>{opening}{run('a') * count}{'</w:ins>' * depth}{run(WORDS)}</w:p>")


def _long_opening(count: int) -> bytes:
    opening = paragraph("The Employer and its agents " * 40_000 + "shall:")
    return word_file(opening + listed("give notice;") * count,
                     parts={"numbering": numbering(level(0, "lowerLetter", "(%1)"))})  # fmt: skip


def _long_heading(count: int) -> bytes:
    sheet = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    return word_file(paragraph("Notice " * 100_000, style="H") + paragraph(WORDS) * count,
                     parts={"styles": styles(sheet)})  # fmt: skip


def _bound(count: int, value: str = "60 days") -> bytes:
    """Controls that are each bound to another of as many values, the last one first."""
    values = f'<f xmlns="urn:f">{f"<v>{value}</v>" * count}</f>'
    control = (
        '<w:p><w:sdt><w:sdtPr><w:dataBinding w:prefixMappings="xmlns:f=\'urn:f\'" w:xpath="/f:f/f:v[{}]"/><w:text/>'
        f"</w:sdtPr><w:sdtContent>{run('30 days')}</w:sdtContent></w:sdt>{run(WORDS)}</w:p>"
    )
    body = "".join(control.format(count - each) for each in range(count))
    pointer = f'<Relationship Id="v" Type="{R}/customXml" Target="../customXml/item1.xml"/>'
    return word_file(body, parts={"customXml/item1.xml": values}, relations=pointer)


def _bound_within_bound(depth: int, count: int) -> bytes:
    opening = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/f/v"/><w:text/></w:sdtPr><w:sdtContent>' * depth
    body = f"<w:p>{opening}{run('a') * count}{'</w:sdtContent></w:sdt>' * depth}{run(WORDS)}</w:p>"
    pointer = f'<Relationship Id="v" Type="{R}/customXml" Target="../customXml/item1.xml"/>'
    return word_file(body, parts={"customXml/item1.xml": "<f><v>a</v></f>"}, relations=pointer)


def _formula(depth: int, count: int) -> bytes:
    opening, closing = "<m:f><m:num>" * depth, "</m:num></m:f>" * depth
    inside = "<m:r><m:t>a</m:t></m:r>" * count
    return word_file(f"<w:p><m:oMath>{opening}{inside}{closing}</m:oMath>{run(WORDS)}</w:p>")


def _nested_archives() -> bytes:
    inner = archive({"a.xml": "x" * 50_000_000})
    for _ in range(6):
        inner = archive({f"{each}.zip": inner for each in range(4)})
    return word_file(
        paragraph(WORDS), parts={"word/embeddings/inner.zip": inner, "word/embeddings/oleObject1.bin": inner}
    )


def _big_odt() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        with package.open("content.xml", "w") as stream:
            for _ in range(250):
                stream.write(b" " * 1_000_000)
    return buffer.getvalue()


HOSTILE: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "10,000 tracked changes": (lambda: _tracked(10_000), "read"),
    "200,000 tracked changes": (lambda: _tracked(200_000), "read"),
    "20,000 styles in a circle": (lambda: _style_chain(20_000), "read"),
    "20,000 lists that point to one another": (lambda: _linked_lists(20_000), "read"),
    "list labels of 100,000 characters": (lambda: _long_labels(20_000), "read"),
    "a first row of 50,000 wide cells": (lambda: _wide_first_row(50_000), "read"),
    "400,000 cells": (lambda: _cells(400_000), "read"),
    "1,000,000 cells": (lambda: _cells(1_000_000), "500,000 cells"),
    "490,000 empty paragraphs": (lambda: word_file("<w:p/>" * 490_000 + paragraph(WORDS)), "read"),
    "600,000 paragraphs": (lambda: word_file("<w:p/>" * 600_000), "500,000 paragraphs"),
    "3,500,000 elements": (lambda: word_file(f"<w:p>{_varied('<w:r/>', 3_500_000)}</w:p>"), "3,000,000 XML elements"),
    "1,200,000 runs": (lambda: word_file(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 1_200_000}</w:p>"), "read"),
    "100,000 paragraphs that run on": (lambda: _style_separators(100_000), "read"),
    "100,000 deleted paragraph marks": (lambda: _joined(100_000), "read"),
    "a footnote of 900 KB, 100,000 times": (lambda: _one_note(100_000), "read"),
    "50,000 comments": (lambda: _comments(50_000), "read"),
    "20,000 fields within one another": (lambda: _fields(20_000), "read"),
    "tables 500 deep": (lambda: _nested("tbl tr tc", 500), "read"),
    "content controls 5,000 deep": (lambda: _nested("sdt sdtContent", 5_000), "2,000 deep"),
    "text boxes 100,000 deep": (lambda: _nested("p r txbxContent", 100_000), "2,000 deep"),
    "changes 1,500 deep around 10,000 runs": (lambda: _changes_within_changes(1_500, 10_000), "read"),
    "50,000 controls bound to 50,000 values": (lambda: _bound(50_000), "read"),
    "controls bound to 3 million characters": (lambda: _bound(300, "x" * 10_000), "2 million"),
    "bound controls 600 deep around 100,000 runs": (lambda: _bound_within_bound(600, 100_000), "read"),
    "a formula 900 deep around 100,000 letters": (lambda: _formula(900, 100_000), "read"),
    "an opening of 1 MB above 20,000 items": (lambda: _long_opening(20_000), "read"),
    "a heading of 700 KB above 20,000 paragraphs": (lambda: _long_heading(20_000), "read"),
    "11 million characters": (lambda: _long_text(11), "read"),
    "14 million characters": (lambda: _long_text(14), "12 million"),
    "11 million characters in one paragraph": (lambda: word_file(paragraph(WORDS * 120_000)), "read"),
    "a part of 130 MB": (lambda: word_file(_varied(paragraph(WORDS * 10), 140_000)), "120 MB"),
    "a bomb of one letter": (lambda: word_file(paragraph("x" * 30_000_000)), "times its size"),
    "archives within archives": (_nested_archives, "read"),
    "an OpenDocument bomb": (_big_odt, "200 MB"),
    "plain text of 24 MB": (lambda: (WORDS + "\n").encode() * 250_000, "12 million"),
    "plain text of 11 MB": (lambda: (WORDS + "\n\n").encode() * 118_000, "read"),
}  # fmt: skip


def _long_text(millions: int) -> bytes:
    return word_file("".join(paragraph(f"{each} {WORDS * 20}") for each in range(millions * 1_000_000 // 1830)))
