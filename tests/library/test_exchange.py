"""Clause files out and in: the round trip changes no byte, and no zip gets further than memory."""

from __future__ import annotations

import io
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.accounts.sessions import find_or_create_person
from app.errors import NotFound
from app.library.draft_check import ClauseRules
from app.library.draft_records import Writer
from app.library.draft_review import approve_draft, submit_draft
from app.library.drafts import get_draft, list_drafts, start_draft
from app.library.exchange import MOST_BYTES, MOST_FILES, clause_zip, file_path, read_incoming
from app.library.files import Library, check_library, write_lock
from app.library.importing import import_clauses
from app.library.local import local_versions
from app.library.yaml_text import load_yaml
from app.settings import Settings
from tests.factories.clause_source import CLAUSE
from tests.factories.people import NOW

DRAFT = CLAUSE.replace("status: published", "status: draft")


@pytest.fixture
def rosa(session: Session) -> Writer:
    return Writer(find_or_create_person(session, email="rosa@example.org", name="Rosa", now=NOW).id, "Rosa", True)


@pytest.fixture
def rules(settings: Settings, library: Library) -> ClauseRules:
    return ClauseRules(library.vocabulary, settings.clauses_dir / "schema.yml")


def zipped(**entries: str | bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_what_goes_out_comes_back_byte_for_byte_and_passes_the_check(
    session: Session, rosa: Writer, rules: ClauseRules, settings: Settings, tmp_path: Path
) -> None:
    sam = Writer(find_or_create_person(session, email="sam@example.org", name="Sam", now=NOW).id, "Sam", True)
    for version in ("1.0.0", "1.1.0"):
        draft = start_draft(session, rosa, DRAFT.replace("version: 1.0.0", f"version: {version}"))
        submit_draft(session, rosa, draft.id, rules, revision=1)
        approve_draft(session, sam, draft.id, rules, revision=2, now=NOW)
    local = local_versions(session)
    data = clause_zip(local)
    assert data == clause_zip(reversed(local))
    back = read_incoming("local.zip", data)
    assert back.files == tuple((file_path(each), each.source) for each in local)

    clauses = tmp_path / "clauses"
    shutil.copytree(settings.clauses_dir, clauses)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(clauses)
    assert write_lock(clauses) == ["short-notice@1.0.0", "short-notice@1.1.0"]
    assert check_library(clauses) == []


def test_a_draft_goes_out_and_comes_back_as_the_same_draft(session: Session, rosa: Writer, rules: ClauseRules) -> None:
    report = import_clauses(session, rosa, [read_incoming("mine.md", DRAFT.encode())], rules, now=NOW)
    (made,) = report.made
    assert made.problems == ()
    assert get_draft(session, rosa, made.draft_id).source == DRAFT
    again = import_clauses(session, rosa, [read_incoming("mine.md", DRAFT.encode())], rules)
    assert (again.made, len(again.there)) == ((), 1)


def test_a_published_file_comes_in_as_a_draft_that_nobody_here_has_reviewed(
    session: Session, rosa: Writer, rules: ClauseRules
) -> None:
    theirs = CLAUSE.replace('{by: "", on: ""}', '{by: "Ines", on: "2026-01-01"}').replace("\n", "\r\n")
    (made,) = import_clauses(session, rosa, [read_incoming("a.md", theirs.encode())], rules).made
    assert get_draft(session, rosa, made.draft_id).source == DRAFT


def test_what_is_published_here_already_is_said(
    published: Session, rosa: Writer, rules: ClauseRules, library: Library
) -> None:
    source = library.published[0].source
    report = import_clauses(published, rosa, [read_incoming("a.md", source.encode())], rules)
    assert report.made == ()
    assert library.published[0].label in report.there[0]


def test_a_broken_file_becomes_a_draft_with_every_problem_or_is_refused(
    session: Session, rosa: Writer, rules: ClauseRules
) -> None:
    broken = DRAFT.replace("sectors: [all]", "sectors: [moon]").replace("\n# Floor\n", "\n# Basement\n")
    two = DRAFT.replace("title: Notice of new systems", "title: N").replace("summary: The", "summary: T\nold: The")
    uploads = [
        read_incoming("sectors.md", DRAFT.replace("sectors: [all]", "sectors: [moon]").encode()),
        read_incoming("two.md", two.encode()),
        read_incoming("section.md", broken.encode()),
        read_incoming("yaml.md", DRAFT.replace("sectors: [all]", "sectors: [all").encode()),
        read_incoming("deep.md", DRAFT.replace("sectors: [all]", f"sectors: {'[' * 99_999}").encode()),
        read_incoming("words.md", b"Just words."),
        read_incoming("binary.md", b"\xff\xfe\x00"),
        read_incoming("empty.md", b" \n"),
        read_incoming("large.md", b"x" * (MOST_BYTES + 1)),
        read_incoming("long.md", DRAFT.encode() + b"x" * 400_000),
    ]
    report = import_clauses(session, rosa, uploads, rules)
    problems = {each.name: each.problems for each in report.made}
    assert any("moon" in each for each in problems["sectors.md"])
    assert len(problems["two.md"]) == 3
    refused = "\n".join(report.refused)
    for name in ("section", "yaml", "deep", "words", "binary", "empty", "large", "long"):
        assert f"{name}.md" in refused, name
    assert len(report.made) + len(report.refused) == len(uploads)


def test_only_an_editor_imports(session: Session, rosa: Writer, rules: ClauseRules) -> None:
    outsider = Writer(rosa.id, "Rosa", may_write=False)
    with pytest.raises(NotFound):
        import_clauses(session, outsider, [read_incoming("a.md", DRAFT.encode())], rules)
    assert list_drafts(session, rosa) == []


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x.md", "/etc/x.md", "a/../../x.md", "..\\x.md", "C:/x.md", "C:\\x.md", "a\nb.md", "a\x1b[2J.md"],
)
def test_a_path_that_leads_elsewhere_is_not_read(name: str) -> None:
    found = read_incoming("a.zip", zipped(**{name: DRAFT, "disclosure/short-notice/1.0.0.md": DRAFT}))
    assert [each for each, _ in found.files] == ["disclosure/short-notice/1.0.0.md"]
    assert len(found.refused) == 1
    assert found.refused[0].isprintable()


def test_links_other_files_and_folders_are_left_out() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        link = zipfile.ZipInfo("link.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.mkdir("disclosure")
        archive.writestr("lock.yml", "a: b")
        archive.writestr("README.md", "Read me.")
        archive.writestr("inner.zip", zipped(**{"x.md": DRAFT}))
        archive.writestr("x.md", DRAFT)
    found = read_incoming("a.zip", data.getvalue())
    assert [name for name, _ in found.files] == ["x.md"]
    assert [each.split(" ")[0] for each in found.refused] == ["link.md", "lock.yml", "README.md", "inner.zip"]


def test_a_zip_is_bounded_in_count_and_size() -> None:
    many = read_incoming("a.zip", zipped(**{f"{number}.md": "x" for number in range(MOST_FILES + 1)}))
    assert many.files == ()
    assert "at most" in many.refused[0]
    large = read_incoming("a.zip", zipped(**{"bomb.md": b"0" * 50_000_000, "x.md": DRAFT.encode()}))
    assert [name for name, _ in large.files] == ["x.md"]
    together = read_incoming(
        "a.zip", zipped(**dict.fromkeys((f"{number}.md" for number in range(40)), b"0" * MOST_BYTES))
    )
    assert len(together.files) == 20
    assert "too large" in together.refused[-1]


def test_a_size_that_lies_and_a_broken_or_locked_zip_are_named() -> None:
    good = zipped(**{"x.md": DRAFT})
    assert "broken" in read_incoming("a.zip", good[: len(good) // 2]).refused[0]
    damaged = bytearray(good)
    damaged[60] ^= 0xFF
    assert read_incoming("a.zip", bytes(damaged)).refused
    locked = bytearray(good)
    locked[6] |= 1  # the flag that says it is encrypted, in both headers
    locked[good.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in read_incoming("a.zip", bytes(locked)).refused[0]


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\n", "a: " + "[" * 100_000, "a: " + "{a: " * 500])
def test_front_matter_that_would_end_the_process_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="line"):
        load_yaml(text)
