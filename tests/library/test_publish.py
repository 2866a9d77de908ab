"""Publishing: once is enough, twice changes nothing, changed text is refused, and nothing published is ever edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import TextChangedWithoutNewVersion, UnknownClause
from app.library.catalogue import (
    difference,
    element_labels,
    get_clause_page,
    get_clause_version,
    list_versions,
    search_clauses,
)
from app.library.files import load_library
from app.library.publish import publish
from app.library.tables import PublishedVersion
from tests.factories.clause_source import CLAUSE, write_clause, write_library

NEXT = (
    CLAUSE.replace("version: 1.0.0", "version: 1.10.0")
    .replace("First version.", "The notice names the vendor.")
    .replace(
        "before it uses a system.\n2.", "before it uses a system.\n2. **Vendor.** The notice shall name the vendor.\n3."
    )
    .replace('["2(b)"], target: ["2(b)"]', '["2(b)"], target: ["3(b)"]')
)


@pytest.fixture
def clauses(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def test_publishing_twice_changes_nothing(session: Session, clauses: Path) -> None:
    library = load_library(clauses)
    assert publish(session, library).published == ("short-notice@1.0.0",)
    again = publish(session, library)
    assert (again.published, again.unchanged) == ((), 1)
    assert session.scalar(select(func.count()).select_from(PublishedVersion)) == 1


def test_changed_text_under_an_old_version_is_refused_and_nothing_stored(session: Session, clauses: Path) -> None:
    publish(session, load_library(clauses))
    write_clause(clauses, CLAUSE.replace("in writing before", "before"))
    write_clause(clauses, NEXT)
    with pytest.raises(TextChangedWithoutNewVersion, match=r"short-notice@1\.0\.0 differs"):
        publish(session, load_library(clauses))
    assert session.scalar(select(func.count()).select_from(PublishedVersion)) == 1


def test_a_draft_is_not_published(session: Session, clauses: Path) -> None:
    write_clause(clauses, NEXT.replace("status: published", "status: draft"))
    assert publish(session, load_library(clauses)).published == ("short-notice@1.0.0",)


def test_published_rows_refuse_edits_and_deletion(session: Session, clauses: Path) -> None:
    publish(session, load_library(clauses))
    row = session.scalars(select(PublishedVersion)).one()
    row.title = "Another title"
    with pytest.raises(TextChangedWithoutNewVersion):
        session.flush()
    session.rollback()
    publish(session, load_library(clauses))
    session.delete(session.scalars(select(PublishedVersion)).one())
    with pytest.raises(TextChangedWithoutNewVersion):
        session.flush()


def test_what_is_read_back_is_what_was_published(session: Session, clauses: Path) -> None:
    library = load_library(clauses)
    publish(session, library)
    assert get_clause_version(session, "short-notice") == library.get("short-notice")
    assert element_labels(session)["DIS-3"] == library.vocabulary.elements["DIS-3"]


def test_the_newest_version_comes_first_and_the_old_one_stays(session: Session, clauses: Path) -> None:
    publish(session, load_library(clauses))
    write_clause(clauses, NEXT)
    write_clause(clauses, CLAUSE.replace("version: 1.0.0", "version: 1.9.0"))
    publish(session, load_library(clauses))
    assert [entry.version for entry in list_versions(session, "short-notice")] == ["1.10.0", "1.9.0", "1.0.0"]
    page = get_clause_page(session, "short-notice")
    assert (page.clause.version, page.is_latest) == ("1.10.0", True)
    old = get_clause_page(session, "short-notice", "1.0.0")
    assert (old.clause.version, old.is_latest) == ("1.0.0", False)
    assert [each.position for each in old.positions] == ["opening", "target", "floor"]


def test_the_difference_shows_one_inserted_provision_and_nothing_else(session: Session, clauses: Path) -> None:
    write_clause(clauses, NEXT)
    publish(session, load_library(clauses))
    changed = [each for each in difference(session, "short-notice", "1.0.0", "1.10.0", "target") if each.is_changed]
    assert [(each.number, each.old) for each in changed] == [("2", "")]
    assert changed[0].new == "Vendor. The notice shall name the vendor."


def test_unknown_clauses_and_versions(session: Session, clauses: Path) -> None:
    publish(session, load_library(clauses))
    with pytest.raises(UnknownClause):
        get_clause_page(session, "nothing")
    with pytest.raises(UnknownClause, match=r"the latest is 1\.0\.0"):
        get_clause_page(session, "short-notice", "2.0.0")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 1),
        ({"words": "NOTICE Union"}, 1),
        ({"words": "notice zebra"}, 0),
        ({"words": "100%"}, 0),
        ({"words": "_"}, 0),
        ({"topic": "disclosure"}, 1),
        ({"topic": "monitoring"}, 0),
        ({"jurisdiction": "uk"}, 1),
        ({"jurisdiction": "canada"}, 0),
        ({"sector": "retail"}, 1),
        ({"words": "buys", "position": "opening"}, 1),
        ({"words": "buys", "position": "floor"}, 0),
        ({"position": "sideways"}, 0),
    ],
)
def test_searching(session: Session, clauses: Path, query: dict[str, str], found: int) -> None:
    publish(session, load_library(clauses))
    assert len(search_clauses(session, **query)) == found
