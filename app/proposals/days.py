"""Which day it is where a table bargains: late in an American afternoon the day of UTC is already the next one."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_ZONES = {
    "uk": "Europe/London",
    "eu": "Europe/Brussels",
    "germany": "Europe/Berlin",
    "spain": "Europe/Madrid",
    "nordics": "Europe/Stockholm",
    "canada": "America/Toronto",
}
_ZONE = "America/New_York"
"""Tables do not record a time zone yet; one that the jurisdiction lies in gives the right day but for a few hours."""


def today_at(jurisdiction: str, now: datetime) -> date:
    """The day it is where the table bargains; `now` is aware."""
    return now.astimezone(ZoneInfo(_ZONES.get(jurisdiction, _ZONE))).date()
