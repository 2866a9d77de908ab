"""References in a redline point to where they pointed in their own file, or nowhere; never to another paragraph."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from lxml import etree

from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from tests.factories.word_content import texts
from tests.factories.word_files import paragraph, run, word_file

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "The Employer shall give the Union notice of ninety days before it buys a system."
B = "An employee may ask a person to review what a system decided about the employee."
C = "The Employer shall pay one thousand dollars for each day on which it is late."
D = "Supervisors are trained once a year in what the systems can do and what they cannot."


def marked(words: str, name: str, number: int) -> str:
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return paragraph(f'{start}{run(words)}<w:bookmarkEnd w:id="{number}"/>')


def pointing(words: str, *names: str) -> str:
    return paragraph(run(words) + "".join(reference(each) for each in names))


def reference(name: str, shown: str = "7") -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> REF {name} \\n \\h </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def body(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def targets(data: bytes) -> list[str]:
    """For each reference, the words of the paragraph that it points to; "" where it points nowhere."""
    root = body(data)
    found = {}
    for start in root.iter(f"{W}bookmarkStart"):
        holder = next(start.iterancestors(f"{W}p"))
        found[start.get(f"{W}name")] = "".join(each.text or "" for each in holder.iter(f"{W}t"))
    codes = "".join(each.text or "" for each in root.iter(f"{W}instrText"))
    return [found.get(name, "") for name in re.findall(r"REF (\S+)", codes)]


def is_marked(data: bytes) -> bool:
    return next(body(data).iter(f"{W}ins", f"{W}del", f"{W}moveTo"), None) is not None


TWO = marked(A, "_Ref1", 1) + marked(B, "_Ref2", 2) + pointing("See section ", "_Ref1", "_Ref2")


def test_other_names_for_the_same_places_are_no_change() -> None:
    other = marked(A, "_Ref8", 4) + marked(B, "_Ref1", 5) + pointing("See section ", "_Ref8", "_Ref1")
    data = redline_files(word_file(TWO), word_file(other))
    assert not is_marked(data)
    assert targets(data) == [A, B]


CASES = {
    "a name that marks another paragraph": (
        TWO,
        paragraph(A) + marked(B, "_Ref1", 1) + pointing("See section ", "_Ref1"),
        [B],
    ),
    "the paragraph has changed": (
        TWO,
        paragraph(A) + marked(B.replace("ask", "require"), "_Ref1", 1) + pointing("See section ", "_Ref1"),
        [B.replace("ask", "require")],
    ),
    "the paragraph has moved": (
        marked(A, "_Ref1", 1) + marked(B, "_Ref2", 2) + paragraph(C) + paragraph(D) + pointing("See ", "_Ref1"),
        marked(B, "_Ref1", 2) + paragraph(C) + paragraph(D) + marked(A, "_Ref2", 1) + pointing("See ", "_Ref2"),
        None,
    ),
    "nothing referred to it before": (
        paragraph(A) + paragraph(B) + paragraph(C),
        paragraph(A) + marked(B, "_Ref1", 1) + paragraph(C) + pointing("See section ", "_Ref1"),
        [B],
    ),
    "the place is new": (
        TWO,
        marked(D, "_Ref1", 3) + marked(A, "_Ref2", 1) + pointing("See section ", "_Ref1", "_Ref2"),
        None,
    ),
}


@pytest.mark.parametrize(("old", "new", "wanted"), CASES.values(), ids=CASES)
def test_no_reference_points_to_another_paragraph(old: str, new: str, wanted: list[str] | None) -> None:
    before, after = word_file(old), word_file(new)
    data = redline_files(before, after)
    accepted, rejected = accept_all(data), reject_all(data)
    assert (texts(accepted), texts(rejected)) == (texts(after), texts(before))
    found = targets(accepted)
    assert len(found) == len(targets(after))
    assert all(one in {other, ""} for one, other in zip(found, targets(after), strict=True))
    if wanted is not None:
        assert found == wanted
    assert all(one in {other, ""} for one, other in zip(targets(rejected), targets(before), strict=True))


def test_links_and_pages_follow_as_well() -> None:
    link = '<w:hyperlink w:anchor="{0}"><w:r><w:t>{0}</w:t></w:r></w:hyperlink>'
    page = '<w:fldSimple w:instr=" PAGEREF {} \\h "><w:r><w:t>3</w:t></w:r></w:fldSimple>'
    old = paragraph(link.format("_Toc1")) + paragraph(page.format("_Toc1")) + marked(A, "_Toc1", 1)
    new = paragraph(link.format("_Toc1")) + paragraph(page.format("_Toc9")) + marked(A, "_Toc9", 1)
    new = new.replace('w:anchor="_Toc1"', 'w:anchor="_Toc9"')
    data = redline_files(word_file(old), word_file(new))
    assert not is_marked(data)


def test_equal_paragraphs_are_told_apart_by_their_neighbours() -> None:
    same = "Nothing in this Article waives a right of the Union or of an employee."
    old = paragraph(A) + paragraph(same) + paragraph(C) + marked(same, "_Ref1", 1) + pointing("See section ", "_Ref1")
    new = paragraph(A) + marked(same, "_Ref1", 1) + paragraph(C) + paragraph(same) + pointing("See section ", "_Ref1")
    data = redline_files(word_file(old), word_file(new))
    root = body(accept_all(data))
    name = re.search(r"REF (\S+)", "".join(each.text for each in root.iter(f"{W}instrText")))
    assert name is not None
    start = next(each for each in root.iter(f"{W}bookmarkStart") if each.get(f"{W}name") == name[1])
    place = next(start.iterancestors(f"{W}p"))
    assert "".join(place.getprevious().itertext()) == A
