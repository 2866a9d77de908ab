"""Finding clauses by words, by meaning and by filters, on both databases."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from app.library.files import load_library
from app.library.filters import Filters
from app.library.meaning import MeaningIndex, unlike_texts
from app.library.publish import publish
from app.library.search import Search, find_clauses
from app.library.shelf import latest_clauses
from app.library.vocabulary import load_vocabulary
from tests.factories.clause_source import CLAUSE, ROOT, write_clause, write_library
from tests.factories.people import NOW

CAMERAS = (
    CLAUSE.replace("id: short-notice", "id: no-cameras")
    .replace("title: Notice of new systems", "title: No cameras at work")
    .replace("topic: disclosure", "topic: monitoring")
    .replace("sectors: [all]", "sectors: [retail, logistics]")
    .replace("jurisdictions: [us-private, uk]", "jurisdictions: [uk]")
    .replace("summary: The Employer tells the Union", "summary: The Employer records nobody and tells the Union")
    .replace("id: DIS-3", "id: MON-1")
    .replace(', floor: ["1"]}', "}")
    .replace("**Notice.** The Employer shall give", "**Cameras.** The Employer shall record no face, and shall give")
)


@pytest.fixture
def library(session: Session, tmp_path: Path) -> Session:
    """Two clauses; the second was published a month later."""
    clauses = write_library(tmp_path)
    publish(session, load_library(clauses), now=NOW)
    write_clause(clauses, CAMERAS)
    publish(session, load_library(clauses), now=NOW + timedelta(days=30))
    return session


def ids(search: Search) -> list[str]:
    return [each.entry.clause.id for each in search.clauses]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Filters(), ["no-cameras", "short-notice"]),
        (Filters(words="notices"), ["short-notice", "no-cameras"]),  # the title comes first
        (Filters(words="camera"), ["no-cameras"]),
        (Filters(words="faces recorded"), ["no-cameras"]),
        (Filters(words='"record no face"'), ["no-cameras"]),
        (Filters(words='"face record"'), []),
        (Filters(words="buys", position="floor"), []),
        (Filters(words="notice", topic="monitoring"), ["no-cameras"]),
        (Filters(element="DIS-3"), ["short-notice"]),
        (Filters(element="MON-1", position="target"), ["no-cameras"]),
        (Filters(element="MON-1", position="floor"), []),
        (Filters(element="XXX-1"), []),
        (Filters(sector="health"), ["short-notice"]),
        (Filters(sector="retail"), ["no-cameras", "short-notice"]),
        (Filters(jurisdiction="us-private"), ["short-notice"]),
        (Filters(since=NOW.date() + timedelta(days=30)), ["no-cameras"]),
        (Filters(since=date(2030, 1, 1)), []),
        (Filters(words="notice", sector="retail", jurisdiction="uk", element="ENF-5"), ["short-notice", "no-cameras"]),
        (Filters(words="%"), []),
        (Filters(words='"" OR * NEAR(a b)'), []),
    ],
)
def test_words_and_filters_combine(library: Session, asked: Filters, found: list[str]) -> None:
    assert ids(find_clauses(library, asked)) == found


def test_every_mark_lies_on_what_was_searched_for(library: Session) -> None:
    search = find_clauses(library, Filters(words="noticing systems"))
    for clause in search.clauses:
        assert clause.hits
        for hit in clause.hits:
            assert hit.marks
            assert {hit.text[m.start : m.end].lower() for m in hit.marks} <= {"notice", "system", "systems"}


def test_a_hit_names_every_position_that_has_the_same_words(library: Session) -> None:
    found = find_clauses(library, Filters(words="stop the system")).clauses[0]
    assert [(hit.positions, hit.number) for hit in found.hits[:1]] == [(("opening", "target"), "2(a)")]
    only = find_clauses(library, Filters(words="stop the system", position="opening")).clauses[0]
    assert only.hits[0].positions == ("opening",)


def test_only_the_latest_version_is_searched(library: Session, tmp_path: Path) -> None:
    newer = CLAUSE.replace("version: 1.0.0", "version: 2.0.0").replace("buys a system", "orders a robot")
    write_clause(tmp_path / "clauses", newer)
    publish(library, load_library(tmp_path / "clauses"), now=NOW + timedelta(days=90))
    assert ids(find_clauses(library, Filters(words="robots"))) == ["short-notice"]
    assert ids(find_clauses(library, Filters(words="buys"))) == ["no-cameras"]
    assert ids(find_clauses(library, Filters(since=NOW.date() + timedelta(days=31)))) == ["short-notice"]


def test_counts_say_what_another_choice_would_leave(library: Session) -> None:
    search = find_clauses(library, Filters(jurisdiction="us-private"))
    assert search.counts["topic"] == {"disclosure": 1}
    assert search.counts["jurisdiction"] == {"us-private": 1, "uk": 2}
    assert search.counts["position"] == {"opening": 1, "target": 1, "floor": 1}
    everything = find_clauses(library, Filters()).counts
    assert (everything["sector"]["retail"], everything["sector"]["all"]) == (2, 1)
    for asked in (
        Filters(topic="monitoring"),
        Filters(element="MON-1"),
        Filters(sector="logistics"),
        Filters(position="floor"),
    ):
        name, value = next((name, value) for name, value in dataclasses.asdict(asked).items() if value)
        assert everything[name][value] == len(find_clauses(library, asked).clauses)


def test_where_nothing_has_every_word_it_says_what_to_leave_out(library: Session) -> None:
    search = find_clauses(library, Filters(words="notice zebra"))
    assert [(term.shown, count) for term, count in search.without] == [("zebra", 2)]
    blocked = find_clauses(library, Filters(topic="monitoring", jurisdiction="us-private"))
    assert blocked.relaxed == {"topic": 1, "jurisdiction": 1}


class OneWordReader:
    """Stands for the second reader: three directions, for texts on cameras, on notice, and on anything else."""

    def passage(self, text: str) -> OneWordReader:
        self.vector: NDArray[np.float32] = np.zeros(3, dtype=np.float32)
        lower = text.lower()
        place = 0 if "camera" in lower or "watched" in lower else 1 if "notice" in lower else 2
        self.vector[place] = 1
        return self


@pytest.fixture
def meanings() -> MeaningIndex:
    return MeaningIndex(OneWordReader(), ["elsewhere"])  # type: ignore[arg-type]  # a written stand-in


def test_what_is_near_in_meaning_comes_after_the_words_and_is_called_so(
    library: Session, meanings: MeaningIndex
) -> None:
    by_meaning = find_clauses(library, Filters(words="being watched"), meanings)
    assert [(each.entry.clause.id, each.by_words) for each in by_meaning.clauses] == [("no-cameras", False)]
    assert "Cameras" in by_meaning.clauses[0].hits[0].text or by_meaning.clauses[0].hits[0].number == "title"
    assert all(not hit.marks for hit in by_meaning.clauses[0].hits)
    both = find_clauses(library, Filters(words="watched notice"), meanings)
    assert [(each.entry.clause.id, each.by_words) for each in both.clauses] == [("no-cameras", False)]
    assert ids(find_clauses(library, Filters(words="being watched", topic="disclosure"), meanings)) == []


def test_near_passages_keep_to_the_position_asked_for(library: Session, meanings: MeaningIndex) -> None:
    # In the floor nothing of the second clause is on cameras but its title, which belongs to every position.
    floor = find_clauses(library, Filters(words="being watched", position="floor"), meanings).clauses
    assert [(each.entry.clause.id, each.hits[0].number) for each in floor] == [("no-cameras", "title")]


def test_counts_hold_for_meanings_too(library: Session, meanings: MeaningIndex) -> None:
    counts = find_clauses(library, Filters(words="being watched"), meanings).counts
    assert counts["topic"] == {"monitoring": 1}
    assert counts["position"] == {"opening": 1, "target": 1, "floor": 1}


def test_a_clause_found_by_its_words_is_not_named_again(library: Session, meanings: MeaningIndex) -> None:
    search = find_clauses(library, Filters(words="cameras"), meanings)
    assert [(each.entry.clause.id, each.by_words) for each in search.clauses] == [("no-cameras", True)]


def test_without_time_to_read_it_says_how_much_is_unread(library: Session, meanings: MeaningIndex) -> None:
    entries = latest_clauses(library)
    assert meanings.near(entries, "watched", last_resort=True, seconds=-1).unread == 2
    assert meanings.read(entries) == 0
    assert meanings.near(entries, "watched", last_resort=True, seconds=-1).unread == 0


def test_the_same_clauses_are_read_once(library: Session) -> None:
    class Counting(OneWordReader):
        times = 0

        def passage(self, text: str) -> OneWordReader:
            Counting.times += 1
            return super().passage(text)

    meanings = MeaningIndex(Counting(), ["elsewhere"])  # type: ignore[arg-type]  # a written stand-in
    entries = latest_clauses(library)
    meanings.read(entries)
    before = Counting.times
    meanings.read([dataclasses.replace(each) for each in entries])
    assert Counting.times == before


def test_what_was_read_is_kept_in_files_and_a_damaged_file_only_costs_the_reading(
    library: Session, tmp_path: Path
) -> None:
    class Counting(OneWordReader):
        digest = "reader"
        times = 0

        def passage(self, text: str) -> OneWordReader:
            Counting.times += 1
            return super().passage(text)

    def start() -> MeaningIndex:
        return MeaningIndex(Counting(), ["elsewhere"], kept_in=tmp_path / "kept")  # type: ignore[arg-type]  # a stand-in

    entries = latest_clauses(library)
    first = start()
    first.read(entries)
    whole = Counting.times
    again = start()
    again.read(entries)
    assert Counting.times == whole + 1  # the one text that all are compared with
    assert {key: each.nearness for key, each in again.near(entries, "watched", last_resort=True).passages.items()} == {
        key: each.nearness for key, each in first.near(entries, "watched", last_resort=True).passages.items()
    }
    for path in (tmp_path / "kept").iterdir():
        path.write_bytes(b"no numbers")
    Counting.times = 0
    start().read(entries)
    assert Counting.times == whole


PLAIN_TOPICS = {"job_security", "data_rights", "disclosure", "retraining"}
PLAIN_QUESTIONS = {
    "laid off because of software": "no-layoff-due-to-technology",
    "delete what they store about me": "access-correction-deletion",
    "practice time on a new tool": "training-on-new-tools",
    "explain why the algorithm fired me": "algorithmic-transparency",
}


def test_questions_in_plain_words_find_their_clause(
    published_library: Callable[[], Session], second_reader_meanings: MeaningIndex
) -> None:
    session = published_library()
    entries = [each for each in latest_clauses(session) if each.clause.topic in PLAIN_TOPICS]
    named = {each.version_id: each.clause.id for each in entries}
    for question, clause in PLAIN_QUESTIONS.items():
        near = second_reader_meanings.near(entries, question, last_resort=True).passages
        whole = {version_id: each.nearness for (version_id, position), each in near.items() if not position}
        first = sorted(whole, key=lambda each: -whole[each])[:3]
        assert clause in [named[each] for each in first], question


@pytest.fixture
def published_library(session: Session) -> Callable[[], Session]:
    """The whole library of this checkout, published."""

    def make() -> Session:
        publish(session, load_library(ROOT / "clauses"), now=NOW)
        return session

    return make


@pytest.fixture(scope="module")
def second_reader_meanings() -> MeaningIndex:
    """The real second reader."""
    from app.analysis.learned.second_reader import SecondReader

    reader = SecondReader(ROOT / "models" / "second_reader")
    return MeaningIndex(reader, unlike_texts(load_vocabulary(ROOT / "clauses").elements))
