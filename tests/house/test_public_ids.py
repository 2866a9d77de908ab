"""What addresses and commands call things by."""

import secrets

import pytest

from app.db import new_public_id


def test_no_id_looks_like_an_option_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["-OX1zZwqP8vN", "--X1zZwqP8vN", "OX1zZwqP8-vN"])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _: next(made))
    assert new_public_id() == "OX1zZwqP8-vN"
