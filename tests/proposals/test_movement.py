"""Who moved where, over three rounds."""

from __future__ import annotations

import io
from datetime import date

import docx
from docx.oxml.ns import qn
from lxml.html import fromstring

from app.analysis.results import ClauseReference, ClauseText, Evidence, Finding, Protection, ProtectionReference
from app.proposals.movement import movement
from app.proposals.movement_matrix import NOT_ASKED, Exchange, Movement, Row
from app.proposals.movement_words import MOVEMENT_NOTE, MOVEMENT_TITLE, quoted_words, step_words
from app.proposals.report import report_html, write_report_docx
from app.text.document import Provision
from tests.proposals.test_report import FULL

UNION = "The Employer shall give 120 days of notice."
IDS = ("KEPT", "DROPPED", "BACK", "STRONG", "WORSE", "NEW")


def ours(words: str = UNION, *, position: str = "target", without: str = "") -> tuple[ClauseText, ...]:
    protections = tuple(Protection(each, f"What {each} gives", "essential", ("1",)) for each in IDS if each != without)
    provision = Provision("1", words, 0, len(words))
    return (ClauseText("notice", "1.0.0", position, "Notice", "disclosure", (provision,), protections),)


def finding(protection: str, status: str, theirs: str = "", *, position: str = "target") -> Finding:
    return Finding(
        status=status,  # type: ignore[arg-type]
        hostile=False,
        severity="high",
        confidence=0.9,
        clause=ClauseReference("notice", "1.0.0", position, "Notice"),
        protection=ProtectionReference(protection, f"What {protection} gives", "essential"),
        explanation=f"{protection} is {status}.",
        suggestion="",
        moves=(),
        library=Evidence("1", 0, len(UNION), UNION),
        draft=Evidence("4", 0, len(theirs), theirs) if theirs else None,
    )


def demand(words: str, *, hostile: bool = True) -> Finding:
    return Finding(
        "added", hostile, "high", 0.9, None, None, f"New: {words[:12]}", "", (), None, Evidence("9", 0, 9, words)
    )


def exchange(
    number: int, *findings: Finding, texts: tuple[ClauseText, ...] | None = None, against: str = "Union Proposal 1"
) -> Exchange:
    return Exchange(
        label=f"Employer Counter {number}",
        against=against,
        round_number=number,
        held_on=date(2026, 5, number),
        findings=findings,
        texts=ours() if texts is None else texts,
        comparison_id=f"c{number}",
        finding_ids={place: f"f{number}{place}" for place in range(1, 10)},
    )


THREE = movement(
    [
        exchange(
            1,
            finding("KEPT", "kept", "as ours"),
            finding("DROPPED", "kept", "as ours"),
            finding("BACK", "weakened", "a bit"),
            finding("STRONG", "weakened", "30 days"),
            finding("WORSE", "kept", "as ours"),
            finding("NEW", "missing"),
            demand("The Union waives any right to bargain over technology."),
        ),
        exchange(
            2,
            finding("KEPT", "kept", "as ours"),
            finding("DROPPED", "kept", "as ours"),
            finding("BACK", "missing"),
            finding("STRONG", "kept", "120 days"),
            finding("WORSE", "weakened", "should"),
            finding("NEW", "missing"),
            demand("The Union waives every right to bargain over the technology."),
        ),
        exchange(
            3,
            finding("KEPT", "kept", "as ours"),
            finding("DROPPED", "missing"),
            finding("BACK", "kept", "all of it"),
            finding("STRONG", "strengthened", "180 days"),
            finding("WORSE", "contradicted", "need not"),
            finding("NEW", "kept", "as ours"),
            demand("Parking costs 5 dollars a day from June."),
        ),
    ]
)


def row(found: Movement, protection: str) -> Row:
    return next(each for each in found.rows if each.label == f"What {protection} gives")


def steps(found: Row) -> list[str]:
    return [each.step.word if each.step else "" for each in found.cells]


def test_each_protection_tells_its_way_through_the_rounds() -> None:
    assert {each: steps(row(THREE, each)) for each in IDS} == {
        "KEPT": ["", "no change", "no change"],
        "DROPPED": ["", "no change", "dropped"],
        "BACK": ["", "dropped", "came back"],
        "STRONG": ["", "better for workers", "strengthened"],
        "WORSE": ["", "worse for workers", "contradicted"],
        "NEW": ["", "no change", "offered"],
    }
    assert [each.status for each in row(THREE, "BACK").cells] == ["weakened", "missing", "kept"]
    assert {each.step.who for each in row(THREE, "STRONG").cells if each.step} == {"Employer"}
    assert {each.step.who for each in row(THREE, "KEPT").cells if each.step} == {"nobody"}


def test_demands_are_followed_by_their_words() -> None:
    waiver, parking = (each for each in THREE.rows if each.is_demand)
    assert steps(waiver) == ["", "reworded", "withdrawn by them"]
    assert [each.status for each in parking.cells] == ["no demand", "no demand", "added"]
    assert parking.cells[2].step is not None
    assert parking.cells[2].step.word == "demanded"


def test_rows_stand_in_the_order_of_our_text_and_cells_lead_to_their_findings() -> None:
    assert [each.label for each in THREE.rows[:6]] == [f"What {each} gives" for each in IDS]
    cell = row(THREE, "STRONG").cells[1]
    assert (cell.number, cell.finding_id) == (4, "f24")
    assert ("∅", "dropped", 1) in THREE.last_steps


def test_when_we_changed_our_words_the_statuses_are_not_set_against_each_other() -> None:
    floor = ours("The Employer shall give 45 days of notice.", position="floor")
    found = movement(
        [
            exchange(1, finding("KEPT", "kept", "45 days"), finding("STRONG", "weakened", "45 days")),
            exchange(
                2,
                finding("KEPT", "weakened", "30 days", position="floor"),
                finding("STRONG", "kept", "45 days", position="floor"),
                texts=floor,
            ),
        ]
    )
    kept, strong = row(found, "KEPT").cells[1].step, row(found, "STRONG").cells[1].step
    assert kept is not None
    assert strong is not None
    assert (kept.word, kept.who) == ("measured anew", "both sides")
    assert (strong.word, strong.who, strong.ours) == ("measured anew", "Union", "Union went from target to floor")
    assert step_words(row(found, "STRONG").cells[1]) == "~ measured anew: Union (Union went from target to floor)"


def test_what_we_no_longer_ask_for_is_our_own_step() -> None:
    found = movement(
        [
            exchange(1, finding("KEPT", "weakened", "a bit"), finding("NEW", "kept", "as ours")),
            exchange(2, finding("KEPT", "weakened", "a bit"), texts=ours(without="NEW")),
            exchange(3, finding("KEPT", "weakened", "a bit"), finding("NEW", "kept", "as ours")),
        ]
    )
    cells = row(found, "NEW").cells
    assert [each.status for each in cells] == ["kept", NOT_ASKED, "kept"]
    assert [each.step.word for each in cells if each.step] == ["withdrawn by us", "asked for"]
    assert {each.step.who for each in cells if each.step} == {"Union"}


def test_words_that_did_not_change_are_not_said_again() -> None:
    cells = row(THREE, "KEPT").cells
    assert quoted_words(cells[0], None) == [f"Union 1: “{UNION}”", "Employer 4: “as ours”"]
    assert quoted_words(cells[1], cells[0]) == ["Union 1: as before", "Employer 4: as before"]


def test_nothing_and_one_round_are_fine() -> None:
    assert movement([]) == Movement((), ())
    alone = movement([exchange(1, finding("KEPT", "kept", "as ours"))])
    assert [each.step for each in alone.rows[0].cells] == [None]
    assert alone.last_steps == ()


def test_the_report_has_the_table_with_a_header_row_on_each_page_and_a_description() -> None:
    document = docx.Document(io.BytesIO(write_report_docx(FULL, movement=THREE)))
    table = document.tables[-1]
    head = [cell.text for cell in table.rows[0].cells]
    assert head[0] == "Protection"
    assert head[1] == "Round 1, 1 May 2026\nEmployer Counter 1 against Union Proposal 1"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    properties = table._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == MOVEMENT_TITLE
    assert "One row for each protection" in properties.find(qn("w:tblDescription")).get(qn("w:val"))
    assert properties.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
    texts = [cell.text for cell in next(each for each in table.rows if "What BACK gives" in each.cells[0].text).cells]
    assert texts[2].startswith("∅ missing\n∅ dropped: Employer")
    assert texts[3].startswith("✓ kept\n↩ came back: Employer\nUnion 1: as before\nEmployer 4: “all of it”")
    assert all("CONFIDENTIAL" in section.header.paragraphs[0].text for section in document.sections)
    assert "no legal advice" in document.paragraphs[-1].text


def test_many_rounds_are_cut_into_tables_that_fit_the_page() -> None:
    many = movement([exchange(number, finding("KEPT", "kept", "as ours")) for number in range(1, 8)])
    document = docx.Document(io.BytesIO(write_report_docx(FULL, movement=many)))
    assert [len(table.columns) for table in document.tables[1:]] == [4, 4, 2]
    assert document.tables[2].rows[1].cells[1].text.startswith("✓ kept\n= no change")
    assert "as before" not in document.tables[2].rows[1].cells[1].text, "the column before is on another page"


def test_the_page_has_the_same_table_as_the_word_file() -> None:
    page = fromstring(report_html(FULL, movement=THREE))
    table = page.get_element_by_id("movement").getparent().find_class("movement")[0]
    assert [each.get("scope") for each in table.findall("thead/tr/th")] == ["col"] * 4
    assert {each.get("scope") for each in table.findall("tbody/tr/th")} == {"row"}
    cells = [["\n".join(line.text_content() for line in cell.iter("p")) for cell in row] for row in table.iter("tr")]
    document = docx.Document(io.BytesIO(write_report_docx(FULL, movement=THREE)))
    in_word = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert len(in_word) > 3
    assert cells[0][1:] == in_word[0][1:]
    assert cells[1:] == in_word[1:]
    assert MOVEMENT_NOTE in page.text_content()


def test_in_the_page_a_cell_refers_to_the_column_before_however_many_there_are() -> None:
    many = movement([exchange(number, finding("KEPT", "kept", "as ours")) for number in range(1, 8)])
    row = fromstring(report_html(FULL, movement=many)).find_class("movement")[0].findall("tbody/tr")[0]
    assert len(row) == 8
    assert "as before" not in row[1].text_content()
    assert all("as before" in cell.text_content() for cell in row[2:])


def test_without_movement_the_report_has_no_such_table() -> None:
    for nothing in (None, movement([])):
        assert MOVEMENT_TITLE not in report_html(FULL, movement=nothing)
        document = docx.Document(io.BytesIO(write_report_docx(FULL, movement=nothing)))
        assert MOVEMENT_TITLE not in [each.text for each in document.paragraphs]
        assert len(document.sections) == 1
