"""Employer moves as a signed-in person without JavaScript reads them, and the way to them from a finding."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.analysis.pipeline import Pipeline
from app.analysis.results import Move
from app.library.files import Library
from app.proposals.assemble import add_clause
from app.proposals.comparison import receive_counter
from app.proposals.proposal import create_proposal
from app.settings import Settings
from app.web.moves_page import move_links
from tests.web.test_library_pages import Ids

_COUNTER = """1. Where practicable, the Employer will endeavor to inform employees within 30 days of deployment.
2. The Union waives any right to bargain over technology during the term of this Agreement.
"""


def test_the_list_shows_every_move_under_its_family(browser: TestClient, library: Library) -> None:
    page = browser.get("/moves").text
    for move in library.moves.moves.values():
        assert f'href="{move.address}"' in page
    for family in library.moves.families.values():
        assert f'href="{family.address}"' in page
    assert "72 moves" in page
    assert 'aria-current="page">Moves</a>' in page
    assert Ids(page).headings == 1


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("words=practicable", "/moves/51-where-practicable", "/moves/60-cap"),
        ("words=70", "/moves/70-zipper", "/moves/60-cap"),
        ("family=discretion", "/moves/46-sole-discretion", "/moves/60-cap"),
        ("silent=yes", "/moves/42-definition-game", "/moves/60-cap"),
        ("element=tra-13", "/moves/60-cap", "/moves/42-definition-game"),
    ],
)
def test_the_list_is_narrowed(browser: TestClient, query: str, there: str, gone: str) -> None:
    page = browser.get(f"/moves?{query}").text
    assert there in page
    assert gone not in page
    assert "of 72 moves" in page


def test_nothing_found_says_what_to_do(browser: TestClient) -> None:
    page = browser.get("/moves?words=xylophone").text
    assert "No move fits all of this." in page
    assert 'value="xylophone"' in page


def test_every_move_has_its_page(browser: TestClient, library: Library) -> None:
    for move in library.moves.moves.values():
        answer = browser.get(move.address)
        page = Ids(answer.text)
        assert answer.status_code == 200
        assert page.headings == 1
        assert len(page.ids) == len(set(page.ids))
        text = unescape(answer.text)
        for element in move.lost:
            assert f'<a href="/library/protections#{element}">{library.vocabulary.element_label(element)}</a>' in text
            assert f'href="/moves?element={element}"' in text
        for title in ("An example", "Why it matters", "How to notice it", "At the table", "Propose instead"):
            assert title in text


def test_every_family_has_its_page(browser: TestClient, library: Library) -> None:
    for family in library.moves.families.values():
        answer = browser.get(family.address)
        assert answer.status_code == 200
        for move in library.moves.of_family(family.id):
            assert f'href="{move.address}"' in answer.text


def test_clauses_that_stand_against_a_move_are_computed(browser: TestClient) -> None:
    page = browser.get("/moves/19-shorter-notice").text
    assert 'href="/library/notice-before-technology"' in page


@pytest.mark.parametrize("address", ["/moves/99-nothing", "/moves/families/nothing", "/moves/a/b"])
def test_what_is_not_there_is_not_found(browser: TestClient, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_moves_are_read_only_and_for_people_who_are_signed_in(browser: TestClient, stranger: TestClient) -> None:
    assert browser.post("/moves").status_code == 405
    assert stranger.get("/moves").headers["Location"] == "/sign-in"


def test_a_gain_is_called_the_reverse_of_a_move(library: Library, pipeline: Pipeline) -> None:
    links = move_links(library.moves, pipeline.rule_moves)
    gain = links(Move("notice_shortened", "quantity.notice_longer", "stronger", "high", "", None, None))
    assert gain is not None
    assert (gain.words, gain.name, gain.address) == (
        "The reverse of move 19",
        "Shorter notice",
        "/moves/19-shorter-notice",
    )
    family = links(Move("scope_narrowed", "words.dropped", "weaker", "low", "", None, None))
    assert family is not None
    assert (family.words, family.address) == ("Family of moves", "/moves/families/scope_narrowed")


class TestFromAFinding:
    @pytest.fixture
    def comparison_id(
        self,
        session: Session,
        rosa: Person,
        table_id: str,
        pipeline: Pipeline,
        library: Library,
        web_settings: Settings,
    ) -> str:
        proposal = create_proposal(session, rosa, table_id, "Technology")
        add_clause(session, rosa, proposal.id, "notice-before-technology")
        record = receive_counter(
            session, rosa, table_id, data=None, pasted=_COUNTER, name="Counter", against=proposal.id,
            pipeline=pipeline, library=library, max_bytes=web_settings.max_upload_bytes,
        )  # fmt: skip
        session.commit()
        return record.public_id

    def test_each_reason_links_to_its_page(self, browser: TestClient, comparison_id: str) -> None:
        page = browser.get(f"/comparisons/{comparison_id}").text
        assert page.count('class="known-move"') == page.count(">Rule ") > 0
        links = set(re.findall(r'href="(/moves/[^"]+)"', page))
        assert any("zipper" in each for each in links)
        for each in links:
            assert browser.get(each).status_code == 200, each

    def test_the_report_names_moves_and_links_nowhere(self, browser: TestClient, comparison_id: str) -> None:
        page = browser.get(f"/comparisons/{comparison_id}/report.html").text
        assert "Known employer moves:" in page
        assert "Move 70, The zipper: no more bargaining" in page
        assert "href" not in page
        assert "/moves/" not in page

    def test_an_outsider_gets_no_page_of_it(
        self, sign_in: Callable[[Person], TestClient], sam: Person, comparison_id: str
    ) -> None:
        assert sign_in(sam).get(f"/comparisons/{comparison_id}").status_code == 404
