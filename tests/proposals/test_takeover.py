"""Taking over a newer version of a clause: what was edited stays, what a person decides is done, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from app.accounts.sessions import find_or_create_person
from app.accounts.tables import Person
from app.db import build_session_maker, transaction
from app.errors import EditConflict, InvalidInput, NotFound, PlaceholderError
from app.library.files import load_library
from app.library.publish import publish
from app.migrations import downgrade, upgrade
from app.proposals.assemble import add_clause, edit_provision, fill_placeholders, set_note, set_position
from app.proposals.bargaining import create_table
from app.proposals.proposal import create_proposal, get_proposal, render_articles
from app.proposals.seats import find_article
from app.proposals.tables import BargainingTable, TentativeAgreement
from app.proposals.takeover import Choices, Decision, plan_takeover, take_over
from app.proposals.takeover_plan import Step
from app.proposals.views import ArticleView, ProposalView, TableView
from tests.factories.clause_source import CLAUSE, ROOT, write_library
from tests.factories.people import NOW

# In the target: a section came in, "uses" became "buys or uses", the fine is due "each working day", 2(a) went.
NEXT = (
    CLAUSE.replace("version: 1.0.0", "version: 1.1.0")
    .replace("changes: First version.", "changes: The notice names the vendor.")
    .replace("title: Notice of new systems", "title: Notice of systems")
    .replace("maximum: 5000", "maximum: 1200")
    .replace("days before it uses a system.\n2. **Remedy.** If it does not, the Employer shall:\n"
             "   (a) stop the system;\n   (b) pay {{ fine | money }} for each day.",
             "days before it buys or uses a system.\n2. **Vendor.** The notice shall name the vendor and every "
             "subcontractor.\n3. **Remedy.** If it does not, the Employer shall:\n"
             "   (a) pay {{ fine | money }} for each working day.")
    .replace('carried_by: {opening: ["2(b)"], target: ["2(b)"]}', 'carried_by: {opening: ["2(b)"], target: ["3(a)"]}')
)  # fmt: skip


@pytest.fixture
def newer(session: Session, proposal: ProposalView, tmp_path: Path) -> None:
    """Version 1.1.0 of the first article's clause is published."""
    publish(session, load_library(write_library(tmp_path, CLAUSE, NEXT)), now=NOW)


def kinds(steps: tuple[Step, ...]) -> list[tuple[str, str, str]]:
    return [(step.kind, step.old_number, step.number) for step in steps]


def edit(session: Session, person: Person, article: ArticleView, number: str, text: str) -> ProposalView:
    provision = next(each for each in article.provisions if each.number == number)
    return edit_provision(session, person, article.id, provision.id, text, revision=provision.revision)


def now(session: Session, person: Person, proposal: ProposalView) -> ArticleView:
    return get_proposal(session, person, proposal.id).articles[0]


@pytest.mark.usefixtures("newer")
def test_an_article_nobody_edited_takes_the_new_words(session: Session, person: Person, proposal: ProposalView) -> None:
    article = proposal.articles[0]
    plan = plan_takeover(session, person, article.id)
    assert kinds(plan.positions[0].steps) == [
        ("takes_new", "1", "1"),
        ("added", "", "2"),
        ("same", "2", "3"),
        ("gone", "2(a)", ""),
        ("takes_new", "2(b)", "3(a)"),
    ]
    assert [entry.changes for entry in plan.versions] == ["The notice names the vendor."]
    assert now(session, person, proposal) == get_proposal(session, person, proposal.id).articles[0]
    assert now(session, person, proposal).clause_version == "1.0.0"  # looking changes nothing
    taken = take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=Choices()).articles[0]
    assert (taken.clause_version, taken.newer_version, taken.title) == ("1.1.0", "", "Notice of systems")
    assert [each.number for each in taken.provisions] == ["1", "2", "3", "3(a)"]
    assert not any(each.changed for each in taken.provisions)
    assert "buys or uses" in taken.provisions[0].text
    assert [(each.id, each.provisions) for each in taken.protections] == [("DIS-3", ("1",)), ("ENF-5", ("3(a)",))]
    assert taken.provisions[2].id == article.provisions[1].id  # the same row under its new number


@pytest.mark.usefixtures("newer")
def test_what_only_we_changed_stays_as_we_have_it(session: Session, person: Person, proposal: ProposalView) -> None:
    article = proposal.articles[0]
    edit(session, person, article, "2", "Remedy. Where it does not, the Employer shall at once:")
    plan = plan_takeover(session, person, article.id)
    assert plan.asking == ()
    taken = take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=Choices()).articles[0]
    assert (taken.provisions[2].number, taken.provisions[2].changed) == ("3", True)
    assert taken.provisions[2].text == "Remedy. Where it does not, the Employer shall at once:"


OURS = (
    "Notice. The Employer shall give the Union and its stewards written notice 120 calendar days before it uses a "
    "system."
)


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize(
    ("decision", "text", "changed"),
    [
        (Decision("ours"), OURS, True),
        (Decision("theirs"), "Notice. The Employer shall give the Union written notice 120 calendar days before it "
         "buys or uses a system.", False),
        (Decision("own", " Written\n together. "), "Written together.", True),
    ],
)  # fmt: skip
def test_where_both_changed_a_person_decides(
    session: Session, person: Person, proposal: ProposalView, decision: Decision, text: str, changed: bool
) -> None:
    article = proposal.articles[0]
    edit(session, person, article, "1", OURS)
    plan = plan_takeover(session, person, article.id)
    (step,) = plan.asking
    assert step.kind == "choose"
    assert step.merged == OURS.replace("uses a system", "buys or uses a system")  # they touch different words
    for undecided in (Choices(), Choices({step.key: Decision("own", " ")}), Choices({step.key: Decision("x")})):
        with pytest.raises(InvalidInput) as caught:
            take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=undecided)
        assert caught.value.field == step.key
    choices = Choices({step.key: decision})
    taken = take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=choices).articles[0]
    assert (taken.provisions[0].text, taken.provisions[0].changed) == (text, changed)
    assert (OURS in taken.provisions[0].note) == (decision.choice == "theirs")  # not even then are they lost


@pytest.mark.usefixtures("newer")
def test_two_changes_of_the_same_words_are_not_merged(session: Session, person: Person, proposal: ProposalView) -> None:
    edit(session, person, proposal.articles[0], "1", OURS.replace("uses a system", "installs or tries a system"))
    (step,) = plan_takeover(session, person, proposal.articles[0].id).asking
    assert step.merged is None


@pytest.mark.usefixtures("newer")
def test_our_words_for_what_the_clause_dropped_find_a_place(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article = proposal.articles[0]
    edit(session, person, article, "2(a)", "stop the system within one hour;")
    set_note(session, person, article.id, "Ask for an hour.", provision_id=article.provisions[2].id)
    set_note(session, person, article.id, "We hold on to this.")
    plan = plan_takeover(session, person, article.id)
    (step,) = plan.asking
    assert (step.kind, step.ours) == ("homeless", "stop the system within one hour;")
    with pytest.raises(InvalidInput):
        take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=Choices({step.key: Decision("join")}))
    joined = Choices({step.key: Decision("join", into="3(a)")})
    taken = take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=joined).articles[0]
    assert taken.provisions[3].text.endswith("for each working day. stop the system within one hour;")
    assert taken.note.startswith("We hold on to this.")
    assert "Ask for an hour." in taken.note


@pytest.mark.usefixtures("newer")
def test_or_they_are_kept_in_the_caucus_note(session: Session, person: Person, proposal: ProposalView) -> None:
    article = proposal.articles[0]
    edit(session, person, article, "2(a)", "stop the system within one hour;")
    plan = plan_takeover(session, person, article.id)
    choices = Choices({plan.asking[0].key: Decision("note")})
    taken = take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=choices)
    assert "stop the system within one hour;" in taken.articles[0].note
    assert "one hour" not in repr(render_articles(taken))


@pytest.mark.usefixtures("newer")
def test_edits_of_another_position_are_taken_along(session: Session, person: Person, proposal: ProposalView) -> None:
    article = proposal.articles[0]
    edit(session, person, article, "1", OURS)
    floor = set_position(session, person, article.id, "floor").articles[0]
    edit(session, person, floor, "1", "The Employer shall tell the Union in time.")
    plan = plan_takeover(session, person, article.id)
    assert [(each.position, len(each.asking)) for each in plan.positions] == [("floor", 0), ("target", 1)]
    choices = Choices({plan.asking[0].key: Decision("ours")})
    taken = take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=choices).articles[0]
    assert taken.provisions[0].text == "The Employer shall tell the Union in time."
    back = set_position(session, person, article.id, "target").articles[0]
    assert back.provisions[0].text == OURS
    assert [each.number for each in back.provisions] == ["1", "2", "3", "3(a)"]
    opening = set_position(session, person, article.id, "opening").articles[0]
    assert [each.number for each in opening.provisions] == ["1", "2", "2(a)", "2(b)"]


@pytest.mark.usefixtures("newer")
def test_figures_are_carried_over_and_those_that_no_longer_fit_are_asked_for(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article = proposal.articles[0]
    fill_placeholders(session, person, article.id, {"days": "200", "fine": "3000", "place": "union hall"})
    plan = plan_takeover(session, person, article.id)
    assert plan.values.kept == {"days": 200, "place": "union hall"}
    assert [(each.placeholder.name, each.value) for each in plan.values.refused] == [("fine", 3000)]
    assert "out of bounds" in plan.values.refused[0].reason
    # The same value on both sides: a figure of ours is no change of the clause.
    assert "200 calendar days" in plan.positions[0].steps[0].base
    assert "200 calendar days" in plan.positions[0].steps[0].theirs
    with pytest.raises(PlaceholderError) as caught:
        take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=Choices(values={"fine": "9999"}))
    assert caught.value.name == "fine"
    choices = Choices(values={"fine": "1100"})
    taken = take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=choices).articles[0]
    assert [each.value for each in taken.placeholders] == [200, 1100, "union hall"]


@pytest.mark.usefixtures("newer")
def test_a_refused_figure_left_empty_goes_back_to_the_clause(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article = proposal.articles[0].id
    fill_placeholders(session, person, article, {"fine": "3000"})
    plan = plan_takeover(session, person, article)
    taken = take_over(session, person, article, "1.1.0", seen=plan.seen, choices=Choices()).articles[0]
    assert taken.placeholders[1].value == 1000


def test_a_figure_that_is_asked_for_no_more_stays_stored(
    session: Session, person: Person, proposal: ProposalView, tmp_path: Path
) -> None:
    article = proposal.articles[0].id
    fill_placeholders(session, person, article, {"place": "union hall"})
    without = NEXT.replace("name: place", "name: venue").replace("{% if place", "{% if venue")
    publish(session, load_library(write_library(tmp_path, CLAUSE, without)), now=NOW)
    plan = plan_takeover(session, person, article)
    assert plan.values.unused == (("Where hearings are held", "union hall"),)
    take_over(session, person, article, "1.1.0", seen=plan.seen, choices=Choices())
    assert find_article(session, person, article).filled == {"place": "union hall"}


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize("how", ["edit", "figure", "note", "position"])
def test_what_somebody_saved_in_the_meantime_stops_it(
    session: Session, person: Person, proposal: ProposalView, how: str
) -> None:
    article = proposal.articles[0]
    plan = plan_takeover(session, person, article.id)
    if how == "edit":
        edit(session, person, article, "1", "Theirs, saved first.")
    elif how == "figure":
        fill_placeholders(session, person, article.id, {"days": "90"})
    elif how == "note":
        set_note(session, person, article.id, "Saved first.")
    else:
        set_position(session, person, article.id, "floor")
    before = now(session, person, proposal)
    with pytest.raises(EditConflict):
        take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=Choices())
    assert now(session, person, proposal) == before


@pytest.mark.usefixtures("newer")
def test_whoever_was_editing_gets_both_texts(session: Session, person: Person, proposal: ProposalView) -> None:
    article = proposal.articles[0]
    plan = plan_takeover(session, person, article.id)
    take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=Choices())
    with pytest.raises(EditConflict) as caught:
        edit(session, person, article, "1", "Ours, opened before.")
    assert "buys or uses" in caught.value.theirs
    with pytest.raises(NotFound):  # the section went out with the takeover
        edit(session, person, article, "2(a)", "Ours, opened before.")


@pytest.mark.usefixtures("newer")
def test_nothing_older_nothing_closed_nothing_foreign(
    session: Session, person: Person, outsider: Person, table: TableView, proposal: ProposalView
) -> None:
    article = proposal.articles[0]
    with pytest.raises(InvalidInput, match="nothing newer"):
        plan_takeover(session, person, article.id, "1.0.0")
    with pytest.raises(InvalidInput, match="nothing newer"):
        plan_takeover(session, person, proposal.articles[1].id)
    seen = plan_takeover(session, person, article.id).seen
    for article_id in (article.id, "unknown"):
        with pytest.raises(NotFound):
            plan_takeover(session, outsider, article_id)
        with pytest.raises(NotFound):
            take_over(session, outsider, article_id, "1.1.0", seen=seen, choices=Choices())
    row = find_article(session, person, article.id)
    table_id = session.query(BargainingTable.id).filter_by(public_id=table.id).scalar()
    session.add(
        TentativeAgreement(
            table_id=table_id, article_id=row.id, text="Agreed.", agreed_on=date(2026, 3, 2), recorded_by=person.id
        )
    )
    session.flush()
    with pytest.raises(InvalidInput, match="tentatively agreed"):
        take_over(session, person, article.id, "1.1.0", seen=seen, choices=Choices())
    assert now(session, person, proposal).clause_version == "1.0.0"


@pytest.fixture
def sessions(engine: Engine) -> Iterator[sessionmaker[Session]]:
    """Real transactions. Published text cannot be deleted, so afterwards the tables are made anew."""
    try:
        yield build_session_maker(engine)
    finally:
        downgrade(engine, ROOT / "alembic", revision="base")
        upgrade(engine, ROOT / "alembic")


def test_two_at_once_and_one_of_them_edits(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    """Whoever comes second is told; never is an edit overwritten, never does the article end half taken over."""
    library = load_library(write_library(tmp_path, CLAUSE, NEXT))
    with transaction(sessions) as session:
        publish(session, library, now=NOW)
        person = find_or_create_person(session, email="a@example.org", name="A", now=NOW)
        table = create_table(
            session, person, title="T", employer="E", union="U", unit="all", jurisdiction="canada", sector="all"
        )
        view = create_proposal(session, person, table.id, "Technology", now=NOW)
        ids = [add_clause(session, person, view.id, "short-notice", version="1.0.0").articles[-1] for _ in range(4)]

    def work(job: tuple[str, ArticleView]) -> str:
        what, article = job
        try:
            with transaction(sessions) as session:
                if what == "edit":
                    edit(session, person, article, "1", "Our own words.")
                elif what == "figure":
                    fill_placeholders(session, person, article.id, {"fine": "4000"})
                else:
                    plan = plan_takeover(session, person, article.id, "1.1.0")
                    take_over(session, person, article.id, "1.1.0", seen=plan.seen, choices=Choices())
        except (EditConflict, InvalidInput, PlaceholderError):
            return "refused"
        return "done"

    jobs = [(what, article) for article in ids for what in ("take", "edit", "figure", "take")]
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(work, jobs))
    with transaction(sessions) as session:
        stored = {each.id: each for each in get_proposal(session, person, view.id).articles}
    for (what, edited), result in zip(jobs, results, strict=True):
        if what == "edit" and result == "done":
            assert stored[edited.id].provisions[0].text == "Our own words."
    for article in stored.values():
        expected = ["1", "2", "3", "3(a)"] if article.clause_version == "1.1.0" else ["1", "2", "2(a)", "2(b)"]
        assert [each.number for each in article.provisions] == expected
