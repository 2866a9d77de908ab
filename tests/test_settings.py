"""Settings that would leave a door open, or lock everybody out, are refused with a sentence that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.settings import Settings

_REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"public_url": "https://proviso.example"}, "secure_cookies", "the session would travel over http too"),
    ({"public_url": "http://proviso.example", "secure_cookies": True}, "secure_cookies", "nobody could sign in"),
    ({"public_url": "proviso.example"}, "public_url", "no link could be followed"),
    ({"public_url": "javascript:alert(1)"}, "public_url", "no address of a service"),
    ({"port": 70_000}, "port", "no port"),
    ({"max_upload_bytes": 0}, "max_upload_bytes", "nothing could be handed in"),
]


@pytest.mark.parametrize(("given", "field", "why"), _REFUSED, ids=[row[2] for row in _REFUSED])
def test_what_cannot_be_is_refused(given: dict[str, Any], field: str, why: str) -> None:
    with pytest.raises(ValidationError) as failure:
        Settings(_env_file=None, **given)  # type: ignore[call-arg]
    assert failure.value.errors()[0]["loc"] == (field,), why


@pytest.mark.parametrize(
    "given",
    [{}, {"public_url": "http://10.0.0.7:8000"}, {"public_url": "https://proviso.example", "secure_cookies": True}],
)
def test_what_fits_together_is_taken(given: dict[str, Any]) -> None:
    settings = Settings(_env_file=None, **given)  # type: ignore[call-arg]
    assert settings.base_url.startswith("http")


def test_settings_that_came_with_somebody_elses_files_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PROVISO_DATABASE_URL=postgresql+pg8000://theirs.example/all\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PROVISO_DATABASE_URL", raising=False)
    assert Settings().database.startswith("sqlite:///")
