"""Searching and filtering the library in a browser without JavaScript."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.library.files import Library
from app.library.search_words import Mark
from app.library.shelf import latest_clauses
from app.web.library_page import marked_pieces, read_date


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_hits_are_marked_and_lead_to_their_place(browser: TestClient) -> None:
    page = browser.get("/library?words=deletion").text
    assert "With your words (" in page
    marked = re.findall(r"<mark>(.*?)</mark>", page)
    assert marked
    assert {each.lower()[:5] for each in marked} == {"delet"}
    place = re.search(r'<li><a href="(/library/[^"?]+\?position=(\w+)#([^"]+))">(.*?)</a>', page)
    assert place is not None
    address, position, anchor, words = place.groups()
    target = browser.get(address.split("#")[0]).text
    assert f'id="{anchor}"' in target
    assert re.search(rf'value="{position}"[^>]* checked', target)
    assert "section" in words


def test_the_text_of_a_hit_is_the_text_of_the_clause(browser: TestClient, library: Library) -> None:
    page = browser.get("/library?words=access-correction-deletion").text
    hit = re.search(r'<span class="quote">(.*?)</span></li>', page)
    if hit:  # the id may stand in no provision; then only the card is there
        words = plain(hit[1]).strip(" …")
        assert words in plain(browser.get("/library/access-correction-deletion").text)
    assert 'href="/library/access-correction-deletion"' in page


def test_what_is_near_in_meaning_is_called_so_and_comes_last(
    app: FastAPI, session: Session, browser: TestClient
) -> None:
    entries = [each for each in latest_clauses(session) if each.clause.topic == "job_security"]
    app.state.services.meanings.read(entries)
    page = browser.get("/library?topic=job_security&words=laid+off+because+of+software").text
    near = page[page.index("Near in meaning (") :]
    assert "no-layoff-due-to-technology" in near
    assert "comes near in meaning" in near
    assert near.count('<li class="result">') >= 1
    both = browser.get("/library?topic=job_security&words=layoff").text
    assert "With your words (" in both[: both.find("Near in meaning (")]


def test_filters_combine_and_stand_in_the_address(browser: TestClient) -> None:
    page = browser.get("/library?words=notice&topic=disclosure&element=DIS-3&jurisdiction=uk&sector=health").text
    for name in ("topic", "element", "sector", "jurisdiction"):
        assert re.search(rf'<select id="{name}"[^>]*>.*? selected>', page, re.S), name
    assert "It gives “Notice comes at least a fixed number of days ahead”" in page
    without = unescape(page)
    assert 'href="/library?words=notice&element=DIS-3&sector=health&jurisdiction=uk"' in without
    assert 'href="/library?words=notice&topic=disclosure&sector=health&jurisdiction=uk"' in without


def test_options_say_how_many_clauses_they_leave(browser: TestClient) -> None:
    page = browser.get("/library").text
    counts = {key: int(count) for key, count in re.findall(r'<option value="(\w+)">[^<]*\((\d+)\)</option>', page)}
    assert counts["data_rights"] > 0
    chosen = browser.get("/library?topic=data_rights").text
    assert f"{counts['data_rights']} of " in chosen
    assert counts["data_rights"] == chosen.count('<li class="result">')


def test_changed_since_a_date_says_what_changed(browser: TestClient) -> None:
    page = browser.get("/library?since=2020-01-31").text
    assert "was published on" in page
    assert "Changed since: 31 January 2020" in page
    assert "No clause fits all of this" in browser.get("/library?since=2999-01-01").text


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01", "<b>"])
def test_a_date_that_is_none_gets_a_message_beside_its_field(browser: TestClient, typed: str) -> None:
    answer = browser.get("/library", params={"since": typed, "words": "notice"})
    assert answer.status_code == 400
    assert 'aria-describedby="since-error"' in answer.text
    assert "is no date" in answer.text
    assert "<b>" not in answer.text
    assert "With your words (" in answer.text  # the rest of the search stands


def test_nothing_found_says_which_word_to_leave_out(browser: TestClient) -> None:
    page = unescape(browser.get("/library?words=zebra+notice&topic=disclosure").text)
    assert "No clause has all of these words" in page or "No clause fits all of this" in page
    assert '<a href="/library?words=notice&topic=disclosure">Leave out “zebra”</a>' in page


def test_nothing_left_says_which_filter_to_take_away(browser: TestClient) -> None:
    page = unescape(browser.get("/library?topic=disclosure&element=DAT-1").text)
    assert "No clause fits all of this" in page
    assert "Any protection (not Only data that is needed is collected)</a>" in page


def test_what_was_typed_is_shown_as_it_is_and_never_runs(browser: TestClient) -> None:
    page = browser.get("/library", params={"words": '<img src=x onerror=alert(1)> "notice'})
    assert page.status_code == 200
    assert "<img" not in page.text


def test_a_stranger_is_asked_to_sign_in(stranger: TestClient) -> None:
    assert stranger.get("/library?words=notice").status_code == 303


@pytest.mark.parametrize(
    ("marks", "start", "end", "pieces"),
    [
        ((), 0, None, [("a & b <i>", False)]),
        ((Mark(0, 1),), 0, None, [("a", True), (" & b <i>", False)]),
        ((Mark(0, 1), Mark(4, 5)), 2, 5, [("& ", False), ("b", True)]),
        ((Mark(3, 6),), 4, 5, [("b", True)]),
    ],
)
def test_pieces_are_cut_at_the_marks(
    marks: tuple[Mark, ...], start: int, end: int | None, pieces: list[tuple[str, bool]]
) -> None:
    found = marked_pieces("a & b <i>", marks, start, end)
    assert [(each.text, each.marked) for each in found] == pieces
    assert "".join(each.text for each in found) == "a & b <i>"[start:end]


def test_dates() -> None:
    assert read_date("") == (None, "")
    assert read_date("2026-05-19")[0] is not None
    assert "2026-05-19" in read_date("19.5.2026")[1]
