"""The clause library as a person without JavaScript uses it."""

from __future__ import annotations

import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.library.clause import POSITIONS
from app.library.files import Library, load_library
from app.library.filters import Filters
from app.library.publish import publish
from app.settings import Settings
from app.web.clause_page import markdown

_CLAUSE = "algorithmic-transparency"


class Ids(HTMLParser):
    """Ids and inner links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.headings = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.headings += tag == "h1"
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "a" and str(named.get("href", "")).startswith("#"):
            self.targets.add(str(named["href"])[1:])
        for listed in ("aria-describedby", "for", "data-lights"):
            self.targets.update((named.get(listed) or "").split())


def test_the_list_shows_every_published_clause(browser: TestClient, library: Library) -> None:
    page = browser.get("/library").text
    for version in library.published:
        assert f'href="/library/{version.id}"' in page
    assert f"{len(library.published)} clauses" in page


def test_filters_come_back_filled_in(browser: TestClient) -> None:
    page = browser.get("/library?words=notice&topic=disclosure&position=floor&jurisdiction=canada").text
    assert 'value="notice"' in page
    assert '<option value="disclosure" selected>' in page
    assert '<option value="canada" selected>' in page
    assert "What the employer must tell" in page
    assert "?position=floor" in page


@pytest.mark.parametrize("query", ["words=zzzzz", "topic=nonsense", "words=%25", "words=<script>alert(1)</script>"])
def test_nothing_found_says_what_to_do(browser: TestClient, query: str) -> None:
    page = browser.get(f"/library?{query}")
    assert page.status_code == 200
    assert "No clause fits all of this" in page.text
    assert "<script>alert" not in page.text


def test_every_clause_page_is_whole(browser: TestClient, library: Library) -> None:
    for version in library.published:
        answer = browser.get(f"/library/{version.id}")
        assert answer.status_code == 200, version.id
        page = Ids(answer.text)
        assert page.headings == 1
        assert len(page.ids) == len(set(page.ids)), f"{version.id}: an id stands twice"
        assert page.targets <= set(page.ids), f"{version.id}: {page.targets - set(page.ids)} leads nowhere"
        assert "{{" not in answer.text, version.id


def test_every_protection_is_shown_in_each_position(browser: TestClient, library: Library) -> None:
    version = library.get(_CLAUSE)
    page = unescape(browser.get(f"/library/{_CLAUSE}").text)
    for protection in version.protections:
        assert page.count(library.vocabulary.element_label(protection.id)) >= len(POSITIONS)


def test_the_position_asked_for_is_open(browser: TestClient) -> None:
    page = browser.get(f"/library/{_CLAUSE}?position=floor").text
    assert re.search(r'value="floor"[^>]* checked', page)
    assert len(re.findall(r'type="radio"[^>]* checked', page)) == 1
    assert "checked" in browser.get(f"/library/{_CLAUSE}?position=nonsense").text


def test_what_was_reported_carries_its_certainty(browser: TestClient) -> None:
    assert "Reported: read in the source." in browser.get(f"/library/{_CLAUSE}").text


@pytest.mark.parametrize("address", ["/library/unknown", f"/library/{_CLAUSE}?version=9.9.9", "/library/a/b/c"])
def test_what_is_not_there_is_not_found(browser: TestClient, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_notes_admit_no_html() -> None:
    notes = markdown("Said <script>alert(1)</script> and [this](javascript:alert(1)), **firmly**.")
    assert "<script" not in notes
    assert "href" not in notes
    assert "<strong>firmly</strong>" in notes


def test_an_empty_filter_is_false() -> None:
    assert not Filters()
    assert Filters(topic="disclosure")


class TestTwoVersions:
    @pytest.fixture
    def second_version(self, tmp_path: Path, web_settings: Settings, session: Session, library: Library) -> None:
        """The same clause published again with another deadline in section 4 of the target."""
        folder = tmp_path / "clauses"
        shutil.copytree(web_settings.clauses_dir, folder)
        path = library.get(_CLAUSE).path
        assert path is not None
        copy = folder / path.relative_to(web_settings.clauses_dir)
        text = copy.read_text(encoding="utf-8")
        text = text.replace("version: 1.0.0", "version: 1.1.0", 1).replace(
            "changes: First version.", "changes: Faster."
        )
        text = text.replace("demand it within 2 working days", "demand it within 1 working day", 1)
        copy.with_name("1.1.0.md").write_text(text, encoding="utf-8")
        publish(session, load_library(folder))
        session.commit()

    @pytest.mark.usefixtures("second_version")
    def test_the_difference_is_marked_for_eyes_and_ears(self, browser: TestClient) -> None:
        page = browser.get(f"/library/{_CLAUSE}/difference?old=1.0.0&new=1.1.0").text
        assert '<del><span class="hidden-text">[deleted: </span>' in page
        assert '<ins><span class="hidden-text">[inserted: </span>' in page

    @pytest.mark.usefixtures("second_version")
    def test_the_changed_sections_are_named_first(self, browser: TestClient) -> None:
        page = browser.get(f"/library/{_CLAUSE}/difference?old=1.0.0&new=1.1.0").text
        assert page.count('<a href="#at-') == page.count('class="provision changed"') == 1
        assert Ids(page).targets <= set(Ids(page).ids)

    @pytest.mark.usefixtures("second_version")
    def test_a_position_without_change_says_so(self, browser: TestClient) -> None:
        page = browser.get(f"/library/{_CLAUSE}/difference?old=1.0.0&new=1.1.0&position=floor").text
        assert "the two versions have the same words" in page
        assert "<ins><span" not in page

    @pytest.mark.usefixtures("second_version")
    def test_an_older_version_says_that_it_is_older(self, browser: TestClient) -> None:
        assert "You are reading an older version" in browser.get(f"/library/{_CLAUSE}?version=1.0.0").text
        latest = browser.get(f"/library/{_CLAUSE}").text
        assert "You are reading an older version" not in latest
        assert "Difference from 1.0.0" in latest

    def test_an_unknown_version_is_not_found(self, browser: TestClient) -> None:
        assert browser.get(f"/library/{_CLAUSE}/difference?old=1.0.0&new=7.0.0").status_code == 404
