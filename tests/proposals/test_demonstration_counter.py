"""The employer's counter of the demonstration: a file as counsel sends it, and a list of what was done in it."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tests.factories.marked_docx import marked_docx

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "app" / "proposals" / "demonstration"
CLAUSES = (FOLDER / "clauses.txt").read_text(encoding="utf-8").split()
FAMILIES = {
    "modal_downgrade", "consent_to_consult", "notice_shortened", "timing_after_the_fact", "scope_narrowed",
    "discretion", "carve_out_exception", "remedy_removed", "knowledge_or_materiality_qualifier", "sunset_or_pilot",
    "cap_or_amount_reduced", "waiver_or_management_rights", "actor_removed_or_passive", "definition_narrowed",
}  # fmt: skip


@pytest.fixture(name="parts", scope="module")
def _parts() -> dict[str, bytes]:
    return parts_of((FOLDER / "employer_counter.docx").read_bytes())


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def paragraphs(parts: dict[str, bytes], *, leave_out: str) -> list[str]:
    root = parse_xml(parts["word/document.xml"])
    texts = []
    for paragraph in root.iter(qn("w:p")):
        words = [
            element.text or ""
            for element in paragraph.iter(qn("w:t"), qn("w:delText"))
            if not any(parent.tag == qn(f"w:{leave_out}") for parent in element.iterancestors())
        ]
        texts.append("".join(words))
    return [text for text in texts if text]


def test_the_file_is_what_its_source_says(parts: dict[str, bytes]) -> None:
    made = parts_of(marked_docx((FOLDER / "employer_counter.md").read_text(encoding="utf-8")))
    assert made["word/document.xml"] == parts["word/document.xml"]


def test_it_has_what_counsel_sends(parts: dict[str, bytes]) -> None:
    root = parse_xml(parts["word/document.xml"])
    changes = [*root.iter(qn("w:ins"), qn("w:del"))]
    assert len(changes) > 80
    assert len({change.get(qn("w:id")) for change in changes}) == len(changes)
    assert all(change.get(qn("w:author")) and change.get(qn("w:date")) for change in changes)
    assert b"Hold at go-live" in parts["word/comments.xml"]
    assert b"Technology Use Policy" in parts["word/footnotes.xml"]
    assert "word/header1.xml" in parts
    assert b"PAGE" in parts["word/footer1.xml"]


def test_what_it_keeps_is_in_the_clauses_word_for_word(parts: dict[str, bytes]) -> None:
    library = "".join(
        (next((ROOT / "clauses").glob(f"*/{clause}")) / "1.0.0.md").read_text(encoding="utf-8") for clause in CLAUSES
    )
    kept = (
        "the purpose of the Automated System and the reason for it;",
        "emotions, personality, attention scores or brain signals;",
        "pay in the new job at least the grade, base rate and hours of the old one;",
        "The Employer shall not retaliate against anyone who uses this Article.",
        "Consent of an employee does not widen what this Article allows.",
    )
    counter = "\n".join(paragraphs(parts, leave_out="del"))
    for words in kept:
        assert words in library
        assert words in counter


def test_its_own_changes_rejected_it_still_differs_silently(parts: dict[str, bytes]) -> None:
    before = "\n".join(paragraphs(parts, leave_out="ins"))
    assert "at least 120 calendar days" in before
    assert "up to $500 for each employee" in before  # nobody marked this
    assert "No use until bargaining is complete" not in before


def test_every_family_and_two_hostile_additions_are_planted() -> None:
    notes = (FOLDER / "employer_counter_notes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (.+) \| (.+) \| (.+) \| (.+) \|$", notes, re.MULTILINE)
    planted = {word for row in rows for word in re.findall(r"\w+", row[4])}
    assert planted >= FAMILIES
    assert sum("hostile" in row[4] for row in rows) >= 2
    assert {"kept", "reworded", "better"} <= planted
