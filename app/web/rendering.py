"""Templates: one environment, what every page may use, and how a page becomes a response."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from app.text.word_diff import diff_words
from app.web.finding_words import STATUS_WORDS

_HERE = Path(__file__).parent
STATIC_DIR = _HERE / "static"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def build_templates() -> Environment:
    """The template environment: everything escaped, an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        static=static_address,
        status_words=STATUS_WORDS,
    )
    environment.filters.update(
        day=format_day, moment=format_moment, changes=mark_changes, plain_id=plain_id, printed_number=printed_number
    )
    return environment


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Answer with a page.

    Every template also receives `request`, `visit` (None before sign-in) and `csrf_token`.
    """
    visit = getattr(request.state, "visit", None)
    page = request.app.state.services.templates.get_template(template)
    html = page.render(request=request, visit=visit, csrf_token=visit.form_token if visit else "", **values)
    return HTMLResponse(html, status_code=status)


@cache
def static_address(name: str) -> str:
    """The address of a file in `static/`, with its digest, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC_DIR / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def format_day(value: date) -> str:
    """A date as people say it: 19 May 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def format_moment(value: datetime, zone: str = "UTC") -> str:
    """A moment with its time zone: 19 May 2026, 2:15 pm UTC. A naive time is taken as UTC."""
    local = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))
    hour = local.hour % 12 or 12
    return f"{format_day(local)}, {hour}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'} {local.tzname()}"


def mark_changes(new: str, old: str, *, side: str = "both") -> Markup:
    """The new text with its changes from the old one marked, for eyes and for screen readers.

    Args:
        new: The text as it now stands.
        old: The text that it is compared with.
        side: "both" shows deletions and insertions in one text; "old" and "new" show one text with its own marks.
    """
    pieces: list[Markup] = []
    for change in diff_words(old, new):
        gone, come = old[change.old_start : change.old_end], new[change.new_start : change.new_end]
        if change.kind == "equal":
            pieces.append(Markup("{}").format(gone if side == "old" else come))
            continue
        if gone and side != "new":
            pieces.append(_DELETED.format(gone))
        if come and side != "old":
            pieces.append(_INSERTED.format(come))
    return Markup("").join(pieces)


_DELETED = Markup('<del><span class="hidden-text">[deleted: </span>{}<span class="hidden-text">]</span></del>')
_INSERTED = Markup('<ins><span class="hidden-text">[inserted: </span>{}<span class="hidden-text">]</span></ins>')


def plain_id(value: str) -> str:
    """A provision number such as "2(a)" as an element id part: "2-a"."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in value).split()).lower() or "x"


def printed_number(number: str) -> str:
    """A provision number as it is printed at its place in the list: "2" is "2.", "2(a)" is "(a)"."""
    if "(" in number:
        return number[number.rindex("(") :]
    return f"{number}." if number else ""
