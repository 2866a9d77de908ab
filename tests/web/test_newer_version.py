"""A clause gets a newer version: what its pages, the editor and the page for taking it over say and do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.library.files import Library, load_library
from app.library.publish import publish
from app.proposals.assemble import add_clause, edit_provision, fill_placeholders
from app.proposals.proposal import create_proposal, get_proposal
from app.proposals.views import ArticleView, ProposalView
from app.settings import Settings
from tests.factories.clause_source import CLAUSE, write_clause

NEXT = (
    CLAUSE.replace("version: 1.0.0", "version: 1.1.0")
    .replace("changes: First version.", "changes: The notice comes before buying.")
    .replace("days before it uses a system.\n2. **Remedy.** If it does not, the Employer shall:",
             "days before it buys or uses a system.\n2. **Remedy.** If it does not, the Employer shall:")
    .replace("maximum: 5000", "maximum: 1200")
)  # fmt: skip
OURS = "Notice. The Employer shall give the Union its written notice 120 calendar days before it uses a system."


@pytest.fixture
def folder(tmp_path: Path, web_settings: Settings) -> Path:
    """The library with one small clause beside the others."""
    copy = tmp_path / "clauses"
    shutil.copytree(web_settings.clauses_dir, copy)
    write_clause(copy, CLAUSE)
    return copy


@pytest.fixture
def proposal(session: Session, rosa: Person, table_id: str, folder: Path) -> ProposalView:
    """Rosa's proposal with that clause, and then a newer version of it."""
    publish(session, load_library(folder))
    view = create_proposal(session, rosa, table_id, "Technology")
    add_clause(session, rosa, view.id, "short-notice")
    write_clause(folder, NEXT)
    publish(session, load_library(folder))
    session.commit()
    return get_proposal(session, rosa, view.id)


@pytest.fixture
def article(proposal: ProposalView) -> ArticleView:
    return proposal.articles[0]


@pytest.fixture
def address(proposal: ProposalView, article: ArticleView) -> str:
    return f"/proposals/{proposal.id}/articles/{article.id}/newer"


def edited(session: Session, rosa: Person, article: ArticleView, text: str = OURS) -> str:
    provision = article.provisions[0]
    edit_provision(session, rosa, article.id, provision.id, text, revision=provision.revision)
    session.commit()
    return provision.id


def form_of(page: str) -> dict[str, str]:
    """What a browser would send: hidden fields, chosen buttons, text fields."""
    form = page[page.index('name="version"') - 200 :]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields.update(re.findall(r'<input type="radio"[^>]* name="([^"]+)" value="(\w+)" checked', form))
    fields.update(
        (name, unescape(text))
        for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.S)
    )
    return fields


def test_the_editor_says_so_and_shows_the_words(browser: TestClient, proposal: ProposalView, address: str) -> None:
    page = browser.get(f"/proposals/{proposal.id}").text
    assert "Version 1.1.0 of this clause is published" in page
    assert "The notice comes before buying." in page
    assert '<ins><span class="hidden-text">[inserted: </span>buys or ' in page
    assert f'href="{address}"' in page


def test_taking_it_over(browser: TestClient, proposal: ProposalView, address: str) -> None:
    page = browser.get(address)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert "Section 1 takes the new words" in page.text
    answer = browser.post(address, data=form_of(page.text))
    assert answer.status_code == 303
    after = browser.get(f"/proposals/{proposal.id}").text
    assert "buys or uses a system" in after
    assert "is published" not in after
    assert browser.get(address).status_code == 303  # nothing newer any more
    assert browser.post(address, data=form_of(page.text)).status_code == 303


def test_what_both_changed_is_proposed_together_and_has_to_be_saved(
    browser: TestClient, session: Session, rosa: Person, proposal: ProposalView, article: ArticleView, address: str
) -> None:
    key = edited(session, rosa, article)
    page = browser.get(address).text
    assert "You decide (1)" in page
    assert "1 section that you edited changed in the clause as well" in browser.get(f"/proposals/{proposal.id}").text
    fields = form_of(page)
    assert fields[f"choice-{key}"] == "own"
    assert fields[f"text-{key}"] == OURS.replace("uses a", "buys or uses a")
    assert browser.post(address, data=fields).status_code == 303
    assert fields[f"text-{key}"] in unescape(browser.get(f"/proposals/{proposal.id}").text)


def test_a_missing_decision_comes_back_with_everything_typed(
    browser: TestClient, session: Session, rosa: Person, article: ArticleView, address: str
) -> None:
    key = edited(session, rosa, article, OURS.replace("uses a", "installs or tries a"))
    fields = form_of(browser.get(address).text)
    assert f"choice-{key}" not in fields  # both touch the same words: nothing is proposed
    answer = browser.post(address, data={**fields, f"text-{key}": "Typed <so far>."})
    assert answer.status_code == 400
    assert "choose which words should stand" in answer.text
    assert "Typed &lt;so far&gt;." in answer.text
    assert f'href="#step-{key}"' in answer.text
    assert f'id="step-{key}"' in answer.text


def test_a_figure_out_of_the_new_bounds_is_named_with_its_field(
    browser: TestClient, session: Session, rosa: Person, article: ArticleView, proposal: ProposalView, address: str
) -> None:
    fill_placeholders(session, rosa, article.id, {"fine": "3000", "days": "90"})
    session.commit()
    page = browser.get(address).text
    assert "Sum for each day: 3,000 is out of bounds" in page
    assert "Carried over: Days of notice, 90." in page
    fields = form_of(page)
    answer = browser.post(address, data={**fields, "fill-fine": "7777"})
    assert answer.status_code == 400
    assert 'value="7777"' in answer.text
    assert 'id="error-fine"' in answer.text
    assert browser.post(address, data={**fields, "fill-fine": "1100"}).status_code == 303
    assert "$1,100" in browser.get(f"/proposals/{proposal.id}").text


def test_whoever_is_second_sees_it_again_and_nothing_is_stored(
    browser: TestClient, session: Session, rosa: Person, article: ArticleView, proposal: ProposalView, address: str
) -> None:
    key = edited(session, rosa, article)
    fields = form_of(browser.get(address).text)
    session.expire_all()
    fill_placeholders(session, rosa, article.id, {"days": "90"})
    session.commit()
    answer = browser.post(address, data={**fields, f"choice-{key}": "own", f"text-{key}": "My merged words."})
    assert answer.status_code == 409
    assert "Somebody changed this article in the meantime" in answer.text
    assert "My merged words." in answer.text
    session.expire_all()
    assert get_proposal(session, rosa, proposal.id).articles[0].clause_version == "1.0.0"
    assert browser.post(address, data=form_of(answer.text)).status_code == 303


def test_words_for_a_provision_that_went_are_handed_back(
    browser: TestClient, session: Session, rosa: Person, proposal: ProposalView, article: ArticleView, folder: Path
) -> None:
    gone = next(each for each in article.provisions if each.number == "2(a)")
    without = NEXT.replace("version: 1.1.0", "version: 1.2.0").replace(
        "   (a) stop the system;\n   (b) pay", "   (a) pay"
    )
    write_clause(folder, without.replace('"2(b)"', '"2(a)"'))
    publish(session, load_library(folder))
    session.commit()
    address = f"/proposals/{proposal.id}/articles/{article.id}"
    fields = form_of(browser.get(f"{address}/newer").text)
    assert browser.post(f"{address}/newer", data=fields).status_code == 303
    words = {"csrf_token": fields["csrf_token"], "text": "Stop it <at once>.", "revision": "1"}
    answer = browser.post(f"{address}/provisions/{gone.id}", data=words)
    assert answer.status_code == 404
    assert "Stop it &lt;at once&gt;." in answer.text


def test_an_outsider_and_a_made_up_id_read_alike(
    sign_in: Callable[[Person], TestClient], sam: Person, address: str, form_token: Callable[[TestClient], str]
) -> None:
    browser = sign_in(sam)
    made_up = "/proposals/Zm9vYmFyYmF6/articles/Zm9vYmFyYmF6/newer"
    fields = {"csrf_token": form_token(browser), "version": "1.1.0", "seen": ""}
    for foreign, unknown in (
        (browser.get(address), browser.get(made_up)),
        (browser.post(address, data=fields), browser.post(made_up, data=fields)),
    ):
        assert (foreign.status_code, foreign.text) == (404, unknown.text)


def test_an_unknown_version_is_not_found(browser: TestClient, address: str) -> None:
    assert browser.get(f"{address}?version=9.9.9").status_code == 404
    assert browser.get(f"{address}?version=1.0.0").status_code == 400


class TestClausePage:
    def test_used_in_names_the_version_each_proposal_pins(
        self, browser: TestClient, proposal: ProposalView, article: ArticleView, address: str
    ) -> None:
        page = browser.get("/library/short-notice").text
        used = page[page.index("Used in your proposals") :]
        assert f'href="/proposals/{proposal.id}#article-{article.id}"' in used
        assert "Version 1.0.0, target position" in used
        assert f'href="{address}"' in used

    @pytest.mark.usefixtures("proposal")
    def test_an_outsider_sees_no_use(
        self, sign_in: Callable[[Person], TestClient], sam: Person, proposal: ProposalView
    ) -> None:
        page = sign_in(sam).get("/library/short-notice").text
        assert "None of your tables uses it yet" in page
        assert proposal.id not in page
        assert "Gull Point" not in page

    @pytest.mark.usefixtures("proposal")
    def test_the_history_tells_dates_and_changes(self, browser: TestClient) -> None:
        page = browser.get("/library/short-notice").text
        history = page[page.index('id="history"') :]
        assert history.index("Version 1.1.0") < history.index("Version 1.0.0")
        assert history.count("published ") >= 2
        assert "The notice comes before buying." in history
        assert "difference?old=1.0.0&amp;new=1.1.0" in history

    @pytest.mark.usefixtures("proposal")
    def test_the_difference_shows_words_and_figures(self, browser: TestClient) -> None:
        page = browser.get("/library/short-notice/difference").text  # the last step, unless others are named
        assert "what changed from 1.0.0 to 1.1.0" in page
        assert "Target: 1 section changed" in page
        assert "Opening: no change" in page
        assert '<ins><span class="hidden-text">[inserted: </span>buys or ' in page
        assert "Figure: Sum for each day" in page
        assert '<del><span class="hidden-text">[deleted: </span>5,000' in page
        back = browser.get("/library/short-notice/difference?old=1.1.0&new=1.0.0&position=target").text
        assert '<del><span class="hidden-text">[deleted: </span>buys or ' in back

    def test_one_version_has_nothing_to_compare(self, browser: TestClient, library: Library) -> None:
        only = next(each.id for each in library.published if len(library.clauses[each.id].versions) == 1)
        answer = browser.get(f"/library/{only}/difference")
        assert answer.status_code == 200
        assert "There is one version only" in answer.text
        assert browser.get("/library/nothing/difference").status_code == 404

    def test_terms_lead_to_the_clause_that_defines_them(
        self, browser: TestClient, session: Session, folder: Path
    ) -> None:
        definitions = (
            CLAUSE.replace("id: short-notice", "id: our-terms")
            .replace("title: Notice of new systems", "title: Our terms")
            .replace("topic: disclosure", "topic: definitions")
            .replace("definitions: [Union]", "definitions: []")
            .replace("**Notice.** The Employer", "“Shared Ledger” means a list of systems. The Employer")
        )
        user = CLAUSE.replace("clauses: []", "clauses: [our-terms, not-there]").replace(
            "definitions: [Union]", "definitions: [Shared Ledger, Unknown Thing]"
        )
        write_clause(folder, definitions)
        write_clause(folder, user)
        publish(session, load_library(folder))
        session.commit()
        page = unescape(browser.get("/library/short-notice").text)
        assert 'Shared Ledger: defined in <a href="/library/our-terms">Our terms</a>' in page
        assert "Unknown Thing: no clause of the library defines it" in page
        assert "not-there <span" in page
        assert '<a href="/library/short-notice">Notice of new systems</a>' in browser.get("/library/our-terms").text
