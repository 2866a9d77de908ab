"""From a draft to a published clause: who may, who may not, and that no word is lost or changed on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from app.accounts.sessions import find_or_create_person
from app.db import build_session_maker, transaction
from app.errors import EditConflict, InvalidInput, NotFound, UnknownClause
from app.library.baseline import library_baseline
from app.library.catalogue import get_clause_version, list_versions
from app.library.draft_check import ClauseRules, check_draft
from app.library.draft_records import DraftView, Writer
from app.library.draft_review import approve_draft, send_back, submit_draft, take_back
from app.library.drafts import (
    LONGEST_SOURCE,
    get_draft,
    list_drafts,
    save_draft,
    set_aside,
    start_clause,
    start_draft,
    start_version,
    take_up,
    text_of_step,
)
from app.library.files import Library, load_library
from app.library.local import library_with_local, local_clauses, local_labels
from app.library.publish import publish
from app.library.tables import PublishedVersion
from app.migrations import downgrade, upgrade
from app.settings import Settings
from tests.factories.clause_source import CLAUSE, write_clause, write_library
from tests.factories.people import NOW

DRAFT = CLAUSE.replace("status: published", "status: draft")
REVIEWED = DRAFT.replace("status: draft", "status: published").replace(
    'reviewed: {by: "", on: ""}', 'reviewed: {by: "Sam", on: "2026-03-02"}'
)


def person(session: Session, name: str, *, editor: bool = True) -> Writer:
    found = find_or_create_person(session, email=f"{name.lower()}@example.org", name=name, now=NOW)
    return Writer(found.id, found.name, editor)


@pytest.fixture
def rosa(session: Session) -> Writer:
    return person(session, "Rosa")


@pytest.fixture
def sam(session: Session) -> Writer:
    return person(session, "Sam")


@pytest.fixture
def member(session: Session) -> Writer:
    """Somebody who bargains and does not write clauses."""
    return person(session, "Orla", editor=False)


@pytest.fixture
def rules(settings: Settings, library: Library) -> ClauseRules:
    return ClauseRules(library.vocabulary, settings.clauses_dir / "schema.yml")


@pytest.fixture
def submitted(session: Session, rosa: Writer, rules: ClauseRules) -> DraftView:
    draft = start_draft(session, rosa, DRAFT, now=NOW)
    return submit_draft(session, rosa, draft.id, rules, revision=1, now=NOW)


@pytest.fixture
def published_here(session: Session, sam: Writer, submitted: DraftView, rules: ClauseRules) -> DraftView:
    return approve_draft(session, sam, submitted.id, rules, revision=2, now=NOW)


def test_a_clause_is_written_reviewed_and_published(session: Session, published_here: DraftView) -> None:
    assert published_here.state == "published"
    version = get_clause_version(session, "short-notice")
    assert version.source == REVIEWED == published_here.source
    assert (version.reviewed_by, version.reviewed_on) == ("Sam", "2026-03-02")
    assert [each.deed for each in published_here.steps] == ["published", "submitted", "started"]
    assert local_labels(session) == {"short-notice@1.0.0"}
    assert local_clauses(session) == {"short-notice"}


def test_a_new_version_begins_with_the_latest_text_and_its_number(
    session: Session, rosa: Writer, published_here: DraftView
) -> None:
    for kind, number in (("patch", "1.0.1"), ("minor", "1.1.0"), ("major", "2.0.0")):
        draft = start_version(session, rosa, "short-notice", kind=kind)
        assert f"version: {number}\n" in draft.source
        assert "status: draft" in draft.source
        assert "Sam" not in draft.source
    with pytest.raises(InvalidInput, match="no kind of change"):
        start_version(session, rosa, "short-notice", kind="huge")
    with pytest.raises(UnknownClause):
        start_version(session, rosa, "nothing", kind="minor")


def test_nobody_approves_their_own_words(
    session: Session, rosa: Writer, sam: Writer, submitted: DraftView, rules: ClauseRules
) -> None:
    with pytest.raises(InvalidInput, match="words of your own"):
        approve_draft(session, rosa, submitted.id, rules, revision=2)
    back = take_back(session, rosa, submitted.id, revision=2)
    save_draft(session, sam, submitted.id, DRAFT.replace("buys", "orders"), revision=back.revision)
    again = submit_draft(session, rosa, submitted.id, rules, revision=back.revision + 1)
    assert not again.may_review
    assert not get_draft(session, sam, again.id).may_review
    with pytest.raises(InvalidInput, match="words of your own"):
        approve_draft(session, sam, again.id, rules, revision=again.revision)
    assert get_draft(session, person(session, "Vera"), again.id).may_review


def test_sent_back_with_a_note(session: Session, rosa: Writer, sam: Writer, submitted: DraftView) -> None:
    with pytest.raises(InvalidInput, match="Say what should change"):
        send_back(session, sam, submitted.id, "  ", revision=2)
    with pytest.raises(InvalidInput, match="too long"):
        send_back(session, sam, submitted.id, "x" * 10_001, revision=2)
    back = send_back(session, sam, submitted.id, "The floor needs a date.", revision=2)
    assert (back.state, back.steps[0].note, back.steps[0].person) == ("draft", "The floor needs a date.", "Sam")
    with pytest.raises(EditConflict):
        send_back(session, sam, submitted.id, "Again.", revision=back.revision)


def test_only_those_who_wrote_take_it_back(session: Session, sam: Writer, submitted: DraftView) -> None:
    with pytest.raises(InvalidInput, match="send it back"):
        take_back(session, sam, submitted.id, revision=2)


def test_what_is_approved_is_what_was_read(
    session: Session, rosa: Writer, sam: Writer, submitted: DraftView, rules: ClauseRules
) -> None:
    take_back(session, rosa, submitted.id, revision=2)
    save_draft(session, rosa, submitted.id, DRAFT.replace("stop the system", "pause the system"), revision=3)
    submit_draft(session, rosa, submitted.id, rules, revision=4)
    with pytest.raises(EditConflict):
        approve_draft(session, sam, submitted.id, rules, revision=2)
    assert get_draft(session, sam, submitted.id).state == "submitted"


def test_the_second_of_two_saves_gets_both_texts(session: Session, rosa: Writer, sam: Writer) -> None:
    draft = start_draft(session, rosa, DRAFT)
    first = save_draft(session, rosa, draft.id, DRAFT.replace("buys", "orders"), revision=1)
    with pytest.raises(EditConflict) as conflict:
        save_draft(session, sam, draft.id, DRAFT.replace("buys", "rents"), revision=1)
    assert "orders" in conflict.value.theirs
    assert get_draft(session, sam, draft.id).source == first.source
    saved = next(step for step in first.steps if step.deed == "started")
    assert text_of_step(session, rosa, draft.id, saved.id) == DRAFT


def test_saving_the_same_words_is_no_step(session: Session, rosa: Writer) -> None:
    draft = start_draft(session, rosa, DRAFT)
    assert save_draft(session, rosa, draft.id, DRAFT, revision=1).revision == 1


def test_what_was_submitted_or_set_aside_is_not_edited(
    session: Session, rosa: Writer, submitted: DraftView, rules: ClauseRules
) -> None:
    with pytest.raises(EditConflict):
        save_draft(session, rosa, submitted.id, CLAUSE, revision=2)
    take_back(session, rosa, submitted.id, revision=2)
    aside = set_aside(session, rosa, submitted.id, revision=3)
    with pytest.raises(EditConflict):
        save_draft(session, rosa, aside.id, CLAUSE, revision=4)
    with pytest.raises(EditConflict):
        submit_draft(session, rosa, aside.id, rules, revision=4)
    assert take_up(session, rosa, aside.id, revision=4).source == DRAFT


def test_an_outsider_finds_nothing_and_can_do_nothing(
    session: Session, member: Writer, submitted: DraftView, rules: ClauseRules
) -> None:
    deeds: list[Callable[[str], object]] = [
        lambda each: get_draft(session, member, each),
        lambda each: text_of_step(session, member, each, 1),
        lambda each: save_draft(session, member, each, DRAFT, revision=2),
        lambda each: submit_draft(session, member, each, rules, revision=2),
        lambda each: take_back(session, member, each, revision=2),
        lambda each: send_back(session, member, each, "No.", revision=2),
        lambda each: approve_draft(session, member, each, rules, revision=2),
        lambda each: set_aside(session, member, each, revision=2),
        lambda each: take_up(session, member, each, revision=2),
    ]
    for deed in deeds:
        answers = []
        for draft_id in (submitted.id, "made-up"):
            with pytest.raises(NotFound) as error:
                deed(draft_id)
            answers.append(str(error.value))
        assert answers[0] == answers[1]
    for begin in (
        lambda: list_drafts(session, member),
        lambda: start_draft(session, member, DRAFT),
        lambda: start_clause(session, member, title="Mine", topic="disclosure"),
    ):
        with pytest.raises(NotFound):
            begin()


def test_whoever_is_no_editor_any_more_still_reads_their_own(session: Session, rosa: Writer) -> None:
    draft = start_draft(session, rosa, DRAFT)
    former = Writer(rosa.id, rosa.name, may_write=False)
    assert [each.id for each in list_drafts(session, former)] == [draft.id]
    assert get_draft(session, former, draft.id).source == DRAFT
    with pytest.raises(NotFound):
        save_draft(session, former, draft.id, CLAUSE, revision=1)


def test_a_draft_with_problems_is_kept_and_not_submitted(session: Session, rosa: Writer, rules: ClauseRules) -> None:
    draft = start_draft(session, rosa, DRAFT.replace("sectors: [all]", "sectors: [moon]").replace("DIS-3", "DIS-999"))
    problems = check_draft(session, draft.source, rules).problems
    assert [each.place for each in problems] == ["sectors", "protections"]
    with pytest.raises(InvalidInput, match="2 things to mend"):
        submit_draft(session, rosa, draft.id, rules, revision=1)
    with pytest.raises(InvalidInput, match="too long"):
        save_draft(session, rosa, draft.id, "x" * (LONGEST_SOURCE + 1), revision=1)
    assert get_draft(session, rosa, draft.id).source == draft.source


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("version: 1.0.0", "version: 1.0.0", "version", r"1\.0\.1 for a correction or 1\.1\.0"),
        ("topic: disclosure", "topic: monitoring", "topic", "published under disclosure"),
        ("id: short-notice", "id: drafts", "id", "another page"),
        ("{clauses: [],", "{clauses: [no-such-clause],", "requires", "no-such-clause"),
        ("status: draft", "status: published", "status", "the review publishes it"),
        ("minimum: 30", "minimum: about", "placeholders", "Placeholder 1, minimum: 'about'"),
        ("# Floor", "# Flor", "Flor", "unknown"),
        ("Opening\n\n1. **Notice.**", "Opening\n\n**Notice.**", "Opening", "no number"),
    ],
)
def test_each_problem_has_its_place(
    session: Session, published_here: DraftView, rules: ClauseRules, old: str, new: str, place: str, said: str
) -> None:
    found = check_draft(session, DRAFT.replace(old, new), rules).problems
    assert place in {each.place for each in found}
    with pytest.raises(AssertionError, match=said):
        raise AssertionError("\n".join(each.message for each in found))


def test_a_number_taken_meanwhile_is_refused_with_the_next_free_one(
    session: Session, rosa: Writer, sam: Writer, rules: ClauseRules
) -> None:
    twins = [start_draft(session, rosa, DRAFT) for _ in range(2)]
    for each in twins:
        submit_draft(session, rosa, each.id, rules, revision=1)
    approve_draft(session, sam, twins[0].id, rules, revision=2)
    with pytest.raises(InvalidInput, match=r"1\.0\.1"):
        approve_draft(session, sam, twins[1].id, rules, revision=2)


def test_what_is_published_cannot_be_changed(session: Session, rosa: Writer, published_here: DraftView) -> None:
    with pytest.raises(EditConflict):
        save_draft(session, rosa, published_here.id, DRAFT, revision=published_here.revision)
    with pytest.raises(DBAPIError, match="cannot be changed"), session.begin_nested():
        session.execute(text("UPDATE clause_version SET source = 'x' WHERE clause_id = 'short-notice'"))


class TestBesideTheFiles:
    def test_the_same_text_in_a_file_is_the_same_clause(
        self, session: Session, published_here: DraftView, tmp_path: Path
    ) -> None:
        report = publish(session, load_library(write_library(tmp_path, REVIEWED)), now=NOW)
        assert (report.published, report.unchanged, report.refused) == ((), 1, ())
        assert local_labels(session) == frozenset()

    def test_another_text_under_the_same_number_is_left_out_and_named(
        self, session: Session, published_here: DraftView, tmp_path: Path
    ) -> None:
        clauses = write_library(tmp_path, CLAUSE.replace("buys", "rents"))
        write_clause(clauses, CLAUSE.replace("version: 1.0.0", "version: 1.2.0"))
        library = load_library(clauses)
        report = publish(session, library, now=NOW)
        assert report.published == ("short-notice@1.2.0",)
        assert len(report.refused) == 1
        assert "short-notice@1.0.0" in report.refused[0]
        assert "number it 1.0.1" in report.refused[0]
        assert get_clause_version(session, "short-notice", "1.0.0").source == REVIEWED
        assert library_with_local(session, library).get("short-notice", "1.0.0").source == REVIEWED
        assert [each.version for each in list_versions(session, "short-notice")] == ["1.2.0", "1.0.0"]

    def test_a_comparison_with_the_library_has_local_clauses_in_it(
        self, session: Session, library: Library, published_here: DraftView
    ) -> None:
        whole = library_with_local(session, library)
        texts = {text.id for text in library_baseline(whole).texts}
        assert texts == {text.id for text in library_baseline(library).texts} | {"short-notice"}
        assert whole.digest != library.digest
        assert list(whole.clauses) == sorted(whole.clauses)

    def test_without_local_clauses_the_library_is_the_one_of_the_files(
        self, session: Session, library: Library
    ) -> None:
        assert library_with_local(session, library) is library


class TestAtOnce:
    @pytest.fixture
    def sessions(self, engine: Engine, settings: Settings) -> Iterator[sessionmaker[Session]]:
        """Real transactions. What is published cannot be deleted, so the whole database is made anew afterwards."""
        yield build_session_maker(engine)
        downgrade(engine, settings.migrations_dir, revision="base")
        upgrade(engine, settings.migrations_dir)

    def test_two_reviewers_and_two_drafts_of_one_number(
        self, sessions: sessionmaker[Session], rules: ClauseRules
    ) -> None:
        with transaction(sessions) as session:
            rosa, sam = person(session, "Rosa"), person(session, "Sam")
            ids = [start_draft(session, rosa, DRAFT).id for _ in range(2)]
            for each in ids:
                submit_draft(session, rosa, each, rules, revision=1)

        def approve(draft_id: str) -> str:
            try:
                with transaction(sessions) as session:
                    return approve_draft(session, sam, draft_id, rules, revision=2).state
            except (EditConflict, InvalidInput) as error:
                return type(error).__name__

        with ThreadPoolExecutor(4) as threads:
            outcomes = sorted(threads.map(approve, ids * 2))
        assert outcomes.count("published") == 1, outcomes
        with transaction(sessions) as session:
            count = session.query(PublishedVersion).filter_by(clause_id="short-notice").count()
            states = sorted(get_draft(session, rosa, each).state for each in ids)
        assert count == 1
        assert states == ["published", "submitted"]
