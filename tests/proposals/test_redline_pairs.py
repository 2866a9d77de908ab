"""Which two texts a redline is made of; for the table it passes the gate, for the caucus it is marked."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput, NotFound, NotTableSafe, PlaceholderError, UnreadableFile
from app.library.files import Library
from app.proposals.assemble import add_clause, edit_provision
from app.proposals.bargaining import create_table
from app.proposals.comparison import get_comparison, receive_counter
from app.proposals.proposal import create_proposal, get_proposal
from app.proposals.redline_pairs import RedlineText, file_text, make_redline, model_pair, round_text
from app.proposals.views import ProposalView, TableView
from app.text.reading import read_bytes
from app.word.caucus_mark import is_caucus_copy
from app.word.settle import accept_all, reject_all
from app.word.table_safe import assert_table_safe
from tests.factories.people import NOW


def redline(old: RedlineText, new: RedlineText, **changes: Any) -> tuple[str, bytes]:
    options: dict[str, Any] = {"author": "", "date": None, "for_table": True, **changes}
    return make_redline(old, new, **options)


def both_ways(data: bytes) -> tuple[str, str]:
    document = read_bytes(data, "x.docx")
    assert document.before is not None
    return document.before.text, document.text


def read(file: bytes | None) -> str:
    assert file is not None
    return read_bytes(file, "x.docx").text


def xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def test_one_round_against_the_last_passes_the_gate_and_goes_both_ways(
    session: Session, person: Person, table: TableView, proposal: ProposalView, second: ProposalView
) -> None:
    old, new = (round_text(session, person, table.id, each.id, for_table=True) for each in (proposal, second))
    name, data = redline(old, new)
    assert name == "Redline - Union Proposal 2 against Union Proposal 1.docx"
    assert both_ways(data) == (read(old.file), read(new.file))
    assert (read(reject_all(data)), read(accept_all(data))) == (read(old.file), read(new.file))
    assert_table_safe(data, tracked=True)
    with pytest.raises(NotTableSafe):
        assert_table_safe(data)
    assert 'w:author="Union"' in xml(data)
    assert "w:date" not in xml(data)
    assert not is_caucus_copy(data)


def test_for_the_caucus_it_is_marked_dated_and_by_whom_one_says(
    session: Session, person: Person, table: TableView, proposal: ProposalView, second: ProposalView
) -> None:
    old, new = (round_text(session, person, table.id, each.id) for each in (proposal, second))
    name, data = redline(old, new, author=" The\nUnion ", date=datetime(2026, 5, 1, tzinfo=UTC), for_table=False)
    assert name.startswith("CONFIDENTIAL caucus copy - Redline")
    assert both_ways(data) == (read(old.file), read(new.file))
    assert is_caucus_copy(data)
    assert 'w:author="The Union" w:date="2026-05-01T00:00:00Z"' in xml(data)
    with pytest.raises(NotTableSafe):
        assert_table_safe(data, tracked=True)


def test_their_counter_of_one_round_against_the_last(
    session: Session, person: Person, table: TableView, proposal: ProposalView, small_library: Library, pipeline: Any
) -> None:
    ids = []
    for text in ("1. The Employer will give 30 days of notice.", "1. The Employer will give 45 days of notice."):
        record = receive_counter(
            session, person, table.id, data=None, pasted=text, name="Counter", against=proposal.id,
            pipeline=pipeline, library=small_library, max_bytes=10_000, now=NOW,
        )  # fmt: skip
        ids.append(get_comparison(session, person, record.public_id).draft_proposal_id)
    old, new = (round_text(session, person, table.id, each) for each in ids)
    name, data = redline(old, new, author="Employer")
    assert name == "Redline - Employer Counter 2 against Employer Counter 1.docx"
    assert both_ways(data) == (old.document.text, new.document.text)
    assert ">30<" in xml(data)
    assert ">45<" in xml(data)


def test_our_article_against_its_clause_at_version_position_and_figures_of_the_clause(
    session: Session, person: Person, table: TableView, second: ProposalView
) -> None:
    article = second.articles[0]
    edit_provision(session, person, article.id, article.provisions[2].id, "switch it off;", revision=1)
    model, ours = model_pair(session, person, table.id, article.id)
    assert (model.label, ours.label) == ("short-notice 1.0.0, target", "Union Proposal 2, Article 1")
    before, after = both_ways(redline(model, ours, for_table=False)[1])
    assert "120 calendar days" in before
    assert "stop the system;" in before
    assert "90 calendar days" in after
    assert "switch it off;" in after


def title(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    shown: str = document.sections[0].header.paragraphs[-1].text
    assert document.core_properties.title == shown
    return shown


def test_texts_are_named_for_the_other_side_only_as_it_knows_them() -> None:
    old, new = (read_bytes(data, f"{data[:1].decode()}.txt") for data in (b"1. Thirty days.", b"1. Sixty days."))
    rounds = (RedlineText("Employer Counter 1", old, known=True), RedlineText("Union Proposal 2", new, known=True))
    files = (RedlineText("theirs.pdf", old, is_theirs=True), RedlineText("our floor.txt", new))
    assert title(redline(*rounds)[1]) == "Redline: Union Proposal 2 against Employer Counter 1"
    assert title(redline(*files)[1]) == "Redline"
    assert title(redline(rounds[0], files[1])[1]) == "Redline"
    assert title(redline(*files, for_table=False)[1]) == "Redline: our floor.txt against theirs.pdf"


def test_two_files_of_different_kinds(tmp_path: Any) -> None:
    old = file_text(b"1. Notice of 30 days.\n", "..\\old.txt", field="old_file", max_bytes=1000)
    new = file_text(b"# Title\n\n1. Notice of 60 days.\n", "new.md", field="new_file", max_bytes=1000)
    name, data = redline(old, new)
    assert name == "Redline - new against old.docx"
    assert both_ways(data) == (old.document.text, new.document.text)


@pytest.mark.parametrize(
    ("data", "error"), [(b"", InvalidInput), (b"PK\x03\x04 cut", UnreadableFile), (b"w " * 600, UnreadableFile)]
)
def test_a_file_that_is_no_text_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        file_text(data, "a.docx", field="old_file", max_bytes=1000)


def test_what_is_unknown_foreign_empty_or_unfinished_is_refused(
    session: Session, person: Person, outsider: Person, table: TableView, proposal: ProposalView
) -> None:
    with pytest.raises(NotFound):
        round_text(session, outsider, table.id, proposal.id)
    with pytest.raises(NotFound):
        round_text(session, person, table.id, "AAAAAAAAAAAA")
    with pytest.raises(NotFound):
        model_pair(session, outsider, table.id, proposal.articles[0].id)
    names: dict[str, Any] = {"title": "T", "employer": "E", "union": "U", "unit": "u", "jurisdiction": "uk"}
    other = create_table(session, person, sector="all", **names)
    with pytest.raises(NotFound):
        round_text(session, person, other.id, proposal.id)
    with pytest.raises(NotFound):
        model_pair(session, person, other.id, proposal.articles[0].id)
    empty = create_proposal(session, person, table.id, "Empty")
    with pytest.raises(InvalidInput, match="no articles"):
        round_text(session, person, table.id, empty.id)
    floor = add_clause(session, person, empty.id, "short-notice", position="floor")
    edit_provision(
        session, person, floor.articles[0].id, floor.articles[0].provisions[0].id, "Pay [Sum for each day].", revision=1
    )
    assert round_text(session, person, table.id, empty.id).document.text
    with pytest.raises(PlaceholderError):
        round_text(session, person, table.id, empty.id, for_table=True)
    text = round_text(session, person, table.id, get_proposal(session, person, proposal.id).id)
    with pytest.raises(InvalidInput, match="too long"):
        redline(text, text, author="x" * 61)


def test_a_moved_passage_passes_the_gate_as_a_move() -> None:
    subjects = (
        "give notice before it buys",
        "train employees in paid hours",
        "pay for each day of breach",
        "delete personal data yearly",
        "open its records to the Union",
    )
    provisions = [f"The Employer shall {each} and answer for it in arbitration." for each in subjects]
    moved = [*provisions[1:], provisions[0]]
    old, new = (
        file_text("\n".join(each).encode(), "a.txt", field="old_file", max_bytes=10_000) for each in (provisions, moved)
    )
    data = redline(old, new)[1]
    assert_table_safe(data, tracked=True)
    assert "moveFrom" in xml(data)
