"""The proposal editor: articles, order, positions, figures, words, notes, export, and who may do any of it."""

from __future__ import annotations

import html
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.library.files import load_library
from app.library.publish import publish
from app.proposals.assemble import add_clause, edit_provision, fill_placeholders, set_note
from app.proposals.proposal import create_proposal, get_proposal
from app.proposals.views import ArticleView, ProposalView

_CLAUSES_DIR = Path(__file__).resolve().parents[2] / "clauses"
CLAUSES = ("notice-before-technology", "worker-data-limits")


@pytest.fixture
def proposal(session: Session, rosa: Person, table_id: str) -> ProposalView:
    """Rosa's proposal of two articles."""
    made = create_proposal(session, rosa, table_id, "Technology")
    for clause in CLAUSES:
        made = add_clause(session, rosa, made.id, clause)
    session.commit()
    return made


@pytest.fixture
def now_stored(session: Session, rosa: Person, proposal: ProposalView) -> Callable[[], ProposalView]:
    def read() -> ProposalView:
        session.expire_all()
        session.rollback()
        return get_proposal(session, rosa, proposal.id)

    return read


@pytest.fixture
def send(browser: TestClient, form_token: Callable[[TestClient], str]) -> Callable[..., Any]:
    token = form_token(browser)

    def post(address: str, fields: dict[str, str] | None = None) -> Any:
        return browser.post(address, data={"csrf_token": token} | (fields or {}))

    return post


def address(proposal: ProposalView, article: ArticleView, *rest: str) -> str:
    return "/".join((f"/proposals/{proposal.id}/articles/{article.id}", *rest))


def provision_address(proposal: ProposalView, number: int = 0, *rest: str) -> str:
    article = proposal.articles[0]
    return address(proposal, article, "provisions", article.provisions[number].id, *rest)


def filled(proposal: ProposalView) -> dict[str, str]:
    """The first article's figures as its form sends them."""
    return {
        f"fill-{each.placeholder.name}": str(each.value or "The Director of Operations")
        for each in proposal.articles[0].placeholders
    }


def whole_number(proposal: ProposalView) -> Any:
    return next(each for each in proposal.articles[0].placeholders if each.placeholder.type == "integer").placeholder


def test_the_editor_shows_the_document_with_its_outline(browser: TestClient, proposal: ProposalView) -> None:
    page = browser.get(f"/proposals/{proposal.id}").text
    for article in proposal.articles:
        assert f'href="#article-{article.id}"' in page
        assert f'id="article-{article.id}"' in page
        for provision in article.provisions:
            assert provision.text in html.unescape(page)
    assert page.count("<h1") == 1
    assert "never exported for the table" in page


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(browser: TestClient, proposal: ProposalView) -> None:
    page = browser.get(f"/proposals/{proposal.id}").text
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_a_clause_is_chosen_from_the_library_with_its_position(
    browser: TestClient, send: Callable[..., Any], proposal: ProposalView, now_stored: Callable[[], ProposalView]
) -> None:
    page = browser.get(f"/proposals/{proposal.id}/clauses?topic=retraining").text
    assert "retraining-guarantee" in page
    assert "notice-before-technology" not in page
    answer = send(f"/proposals/{proposal.id}/articles", {"clause_id": "retraining-guarantee", "position": "opening"})
    last = now_stored().articles[-1]
    assert (last.clause_id, last.position) == ("retraining-guarantee", "opening")
    assert answer.headers["Location"] == f"/proposals/{proposal.id}#article-{last.id}"


def test_an_unknown_clause_is_not_found(send: Callable[..., Any], proposal: ProposalView) -> None:
    assert send(f"/proposals/{proposal.id}/articles", {"clause_id": "no-such-clause"}).status_code == 404


def test_words_that_no_clause_has_say_what_to_do(browser: TestClient, proposal: ProposalView) -> None:
    assert "Try one word less" in browser.get(f"/proposals/{proposal.id}/clauses?words=xylophone").text


def test_articles_move(
    send: Callable[..., Any], proposal: ProposalView, now_stored: Callable[[], ProposalView]
) -> None:
    second = proposal.articles[1]
    answer = send(address(proposal, second, "move"), {"direction": "up"})
    assert answer.status_code == 303
    assert [each.id for each in now_stored().articles] == [second.id, proposal.articles[0].id]


def test_removing_asks_by_naming_what_is_lost_and_loses_nothing_before(
    browser: TestClient,
    send: Callable[..., Any],
    session: Session,
    rosa: Person,
    proposal: ProposalView,
    now_stored: Callable[[], ProposalView],
) -> None:
    first = proposal.articles[0]
    edit_provision(session, rosa, first.id, first.provisions[0].id, "Ours.", revision=1)
    set_note(session, rosa, first.id, "Keep this.")
    session.commit()
    page = browser.get(address(proposal, first, "remove")).text
    assert "1 of them in your own words" in page
    assert "1 caucus note" in page
    assert len(now_stored().articles) == 2
    assert send(address(proposal, first, "remove")).status_code == 303
    assert [each.id for each in now_stored().articles] == [proposal.articles[1].id]


def test_the_position_switches_and_the_place_is_kept(
    send: Callable[..., Any], proposal: ProposalView, now_stored: Callable[[], ProposalView]
) -> None:
    first = proposal.articles[0]
    answer = send(address(proposal, first, "position"), {"position": "floor"})
    assert answer.headers["Location"] == f"/proposals/{proposal.id}#article-{first.id}"
    assert now_stored().articles[0].position == "floor"
    assert send(address(proposal, first, "position"), {"position": "dream"}).status_code == 400


def test_figures_are_filled_in(
    send: Callable[..., Any], proposal: ProposalView, now_stored: Callable[[], ProposalView]
) -> None:
    figure = whole_number(proposal)
    values = filled(proposal) | {f"fill-{figure.name}": str(figure.maximum)}
    assert send(address(proposal, proposal.articles[0], "placeholders"), values).status_code == 303
    stored = {each.placeholder.name: each.value for each in now_stored().articles[0].placeholders}
    assert stored[figure.name] == figure.maximum


def test_a_figure_out_of_bounds_gets_its_message_and_everything_else_that_was_typed_stays(
    send: Callable[..., Any], proposal: ProposalView, now_stored: Callable[[], ProposalView]
) -> None:
    figure = whole_number(proposal)
    others = [each.placeholder for each in proposal.articles[0].placeholders if each.placeholder.name != figure.name]
    other = next(each for each in others if each.type == "integer")
    values = filled(proposal) | {f"fill-{figure.name}": "999999", f"fill-{other.name}": "many"}
    answer = send(address(proposal, proposal.articles[0], "placeholders"), values)
    assert answer.status_code == 400
    for name in (figure.name, other.name):
        assert f'id="article-{proposal.articles[0].id}-{name}-error"' in answer.text
    assert 'value="999999"' in answer.text
    assert 'value="many"' in answer.text
    assert now_stored().articles[0].placeholders == proposal.articles[0].placeholders


def test_edited_words_show_their_difference_and_go_back_to_the_clause(
    browser: TestClient, send: Callable[..., Any], proposal: ProposalView, now_stored: Callable[[], ProposalView]
) -> None:
    provision = proposal.articles[0].provisions[0]
    words = f"{provision.text} <script>alert(1)</script>"
    answer = send(provision_address(proposal), {"text": words, "revision": str(provision.revision)})
    assert answer.headers["Location"] == f"/proposals/{proposal.id}#provision-{provision.id}"
    page = browser.get(f"/proposals/{proposal.id}").text
    assert '<ins><span class="hidden-text">[inserted: </span>' in page
    assert "<script>alert" not in page
    edited = now_stored().articles[0].provisions[0]
    assert edited.changed
    assert "Restore the words of the clause" in browser.get(provision_address(proposal)).text
    send(provision_address(proposal, 0, "restore"), {"revision": str(edited.revision)})
    assert now_stored().articles[0].provisions[0].text == provision.text


def test_a_provision_cannot_be_emptied_by_accident(send: Callable[..., Any], proposal: ProposalView) -> None:
    answer = send(provision_address(proposal), {"text": "  ", "revision": "1"})
    assert answer.status_code == 400
    assert 'id="text-error"' in answer.text


@pytest.mark.parametrize("revision", ["1", "", "x", "-4"])
def test_of_two_who_save_the_second_gets_both_texts_and_nothing_is_lost(
    send: Callable[..., Any],
    session: Session,
    rosa: Person,
    proposal: ProposalView,
    now_stored: Callable[[], ProposalView],
    revision: str,
) -> None:
    first = proposal.articles[0]
    edit_provision(session, rosa, first.id, first.provisions[0].id, "Their words & figures.", revision=1)
    session.commit()
    answer = send(provision_address(proposal), {"text": "My words.", "revision": revision})
    assert answer.status_code == 409
    assert "Their words &amp; figures." in answer.text
    assert "My words." in answer.text
    assert now_stored().articles[0].provisions[0].text == "Their words & figures."
    current = re.search(r'name="revision" value="(\d+)"', answer.text)
    assert current is not None
    merged = send(provision_address(proposal), {"text": "Both words.", "revision": current.group(1)})
    assert merged.status_code == 303
    assert now_stored().articles[0].provisions[0].text == "Both words."


def test_notes_are_for_the_caucus_and_stay_out_of_the_export(
    browser: TestClient,
    send: Callable[..., Any],
    session: Session,
    rosa: Person,
    proposal: ProposalView,
    now_stored: Callable[[], ProposalView],
) -> None:
    for article in proposal.articles:
        gaps = {each.placeholder.name: "The Director" for each in article.placeholders if each.missing}
        fill_placeholders(session, rosa, article.id, gaps)
    session.commit()
    first = proposal.articles[0]
    send(address(proposal, first, "note"), {"note": "We would take sixty."})
    send(provision_address(proposal, 1, "note"), {"note": "Rosa argues this one."})
    stored = now_stored().articles[0]
    assert (stored.note, stored.provisions[1].note) == ("We would take sixty.", "Rosa argues this one.")
    assert "We would take sixty." in browser.get(f"/proposals/{proposal.id}").text
    answer = browser.get(f"/proposals/{proposal.id}/export.docx")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert first.title in text
    assert "sixty" not in text
    assert "Rosa" not in text


def clause_with_a_gap(folder: Path, session: Session) -> str:
    """Publish a clause whose first placeholder has no default, and answer with its id."""
    source = (_CLAUSES_DIR / "disclosure/notice-before-technology/1.0.0.md").read_text(encoding="utf-8")
    source = re.sub(r"^ +default: .*\n", "", source, count=1, flags=re.MULTILINE)
    place = folder / "disclosure/notice-with-a-gap/1.0.0.md"
    place.parent.mkdir(parents=True)
    place.write_text(source.replace("id: notice-before-technology", "id: notice-with-a-gap"), encoding="utf-8")
    for name in ("vocabulary.yml", "schema.yml"):
        shutil.copy(_CLAUSES_DIR / name, folder / name)
    publish(session, load_library(folder))
    return "notice-with-a-gap"


def test_an_open_placeholder_is_named_and_stops_the_export(
    browser: TestClient, session: Session, rosa: Person, proposal: ProposalView, tmp_path: Path
) -> None:
    clause = clause_with_a_gap(tmp_path / "clauses", session)
    added = add_clause(session, rosa, proposal.id, clause).articles[-1]
    session.commit()
    (label,) = added.missing
    name = next(each.placeholder.name for each in added.placeholders if each.missing)
    field = f"article-{added.id}-{name}"
    assert f'<a href="#{field}">' in browser.get(f"/proposals/{proposal.id}").text
    answer = browser.get(f"/proposals/{proposal.id}/export.docx")
    assert answer.status_code == 400
    assert "Not exported yet." in answer.text
    assert f'<a href="/proposals/{proposal.id}#{field}">Article 3. {added.title}: {label}</a>' in answer.text


def test_an_article_of_another_proposal_is_not_found(
    send: Callable[..., Any], session: Session, rosa: Person, proposal: ProposalView
) -> None:
    other = create_proposal(session, rosa, proposal.table_id, "Another")
    session.commit()
    assert send(address(other, proposal.articles[0], "move"), {"direction": "down"}).status_code == 404
    assert send(address(other, proposal.articles[0], "remove")).status_code == 404


def test_an_outsider_can_neither_see_nor_touch_anything(
    sign_in: Callable[[Person], TestClient],
    sam: Person,
    form_token: Callable[[TestClient], str],
    proposal: ProposalView,
    now_stored: Callable[[], ProposalView],
) -> None:
    outsider = sign_in(sam)
    token = form_token(outsider)
    first = proposal.articles[0]
    missing = outsider.get("/proposals/unknown")
    for seen in (f"/proposals/{proposal.id}", address(proposal, first, "remove"), provision_address(proposal)):
        answer = outsider.get(seen)
        assert (answer.status_code, answer.text) == (404, missing.text), seen
    for each in ("clauses", "export.docx"):
        assert outsider.get(f"/proposals/{proposal.id}/{each}").status_code == 404
    fields = {"csrf_token": token, "text": "Mine.", "revision": "1", "position": "floor", "clause_id": CLAUSES[0]}
    touched = [address(proposal, first, each) for each in ("move", "remove", "position", "placeholders", "note")]
    touched += [provision_address(proposal), provision_address(proposal, 0, "restore")]
    touched += [provision_address(proposal, 0, "note"), f"/proposals/{proposal.id}/articles"]
    for each in touched:
        assert outsider.post(each, data=fields).status_code == 404, each
    assert now_stored() == proposal


def test_addresses_answer_only_what_they_offer(browser: TestClient, proposal: ProposalView) -> None:
    assert browser.get(address(proposal, proposal.articles[0], "move")).status_code == 405
    assert browser.delete(f"/proposals/{proposal.id}").status_code == 405


def test_remarks_on_the_wording_stand_beside_their_article_and_lead_to_the_provision(
    browser: TestClient, session: Session, rosa: Person, proposal: ProposalView
) -> None:
    first, second = proposal.articles
    vague = first.provisions[-1]
    words = "The Employer should tell the Union <b>and/or</b> employees."
    edit_provision(session, rosa, first.id, vague.id, words, revision=vague.revision)
    session.commit()
    page = browser.get(f"/proposals/{proposal.id}").text
    beside, other = (remarks_beside(page, article) for article in (first, second))
    assert f'<a href="#provision-{vague.id}">Provision {vague.number}</a>' in beside
    assert "“should” gives advice" in html.unescape(beside)
    assert "“and/or” can be read" in html.unescape(beside)
    assert "No remarks." in other
    assert "On the whole text" not in page


def test_a_proposal_without_a_remedy_says_so_once(
    browser: TestClient, session: Session, rosa: Person, table_id: str
) -> None:
    made = add_clause(session, rosa, create_proposal(session, rosa, table_id, "Bare").id, CLAUSES[0])
    article = made.articles[0]
    for provision in article.provisions:
        edit_provision(session, rosa, article.id, provision.id, "The Employer shall keep it.", revision=1)
    session.commit()
    page = browser.get(f"/proposals/{made.id}").text
    assert page.count("On the whole text:") == 1
    assert "what happens when it is broken" in page


def test_an_open_placeholder_is_not_remarked_on_twice(
    browser: TestClient, session: Session, rosa: Person, proposal: ProposalView, tmp_path: Path
) -> None:
    added = add_clause(session, rosa, proposal.id, clause_with_a_gap(tmp_path / "clauses", session)).articles[-1]
    session.commit()
    page = html.unescape(browser.get(f"/proposals/{proposal.id}").text)
    assert f"[{added.missing[0]}]" in page
    assert "is still to be filled in" not in remarks_beside(page, added)


def remarks_beside(page: str, article: ArticleView) -> str:
    """The part of the page that holds the remarks on an article."""
    return page.split(f'<h3 id="remarks-{article.id}">')[1].split("</section>", maxsplit=1)[0]
