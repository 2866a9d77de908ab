"""Dates, changes and templates as the pages show them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.web.forms import Problems
from app.web.rendering import STATIC_DIR, build_templates, format_day, format_moment, mark_changes, static_address

_TEMPLATES = sorted((STATIC_DIR.parent / "templates").rglob("*.html"))


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        (datetime(2026, 5, 19, 14, 15, tzinfo=UTC), "UTC", "19 May 2026, 2:15 pm UTC"),
        (datetime(2026, 5, 19, 0, 5, tzinfo=UTC), "UTC", "19 May 2026, 12:05 am UTC"),
        (datetime(2026, 1, 1, 3, 0, tzinfo=UTC), "America/New_York", "31 December 2025, 10:00 pm EST"),
        (datetime(2026, 5, 19, 12, 0), "UTC", "19 May 2026, 12:00 pm UTC"),  # noqa: DTZ001 -- a naive time is taken as UTC
    ],
)
def test_moments(moment: datetime, zone: str, shown: str) -> None:
    assert format_moment(moment, zone) == shown


def test_days() -> None:
    assert format_day(date(2026, 3, 2)) == "2 March 2026"


def test_changes_are_marked_and_escaped() -> None:
    marked = str(mark_changes("at least 45 <days>", "at least 120 <days>"))
    assert "&lt;days&gt;" in marked
    assert "<del>" in marked
    assert "<ins>" in marked
    assert re.sub(r"<del>.*?</del>", "", marked).count("120") == 0


def test_one_side_shows_its_own_words_only() -> None:
    assert "120" not in mark_changes("45 days", "120 days", side="new")
    assert "45" not in mark_changes("45 days", "120 days", side="old")
    assert mark_changes("same", "same") == "same"


def test_an_address_changes_with_the_file() -> None:
    assert re.fullmatch(r"/static/base\.css\?v=[0-9a-f]{12}", static_address("base.css"))


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda path: path.name)
def test_no_template_brings_script_style_or_a_foreign_address(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    build_templates().get_template(str(template.relative_to(STATIC_DIR.parent / "templates")))
    assert not re.search(r"\sstyle=|\son\w+=|javascript:|<style", source)
    assert not re.search(r"(src|href|action)=\"(https?:)?//", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))
    assert "| safe" not in source
    assert "|safe" not in source


@pytest.mark.parametrize("file", sorted(STATIC_DIR.iterdir()), ids=lambda path: path.name)
def test_no_static_file_reaches_out(file: Path) -> None:
    found = re.findall(r"https?://[^\s\"')]+", file.read_text(encoding="utf-8"))
    assert set(found) <= {"http://www.w3.org/2000/svg"}


def test_problems_by_field() -> None:
    problems = Problems({"title": "The title is empty."})
    assert problems
    assert problems.of("title") == "The title is empty."
    assert problems.of("other") == ""
    assert not Problems()
