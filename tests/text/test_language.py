"""Which texts are said to be in another language."""

from __future__ import annotations

import pytest

from app.text.language import language_of

FRENCH = "L'employeur doit remettre au syndicat un avis écrit de cent vingt jours avant tout achat de logiciel. " * 2
PLAIN_FRENCH = (
    "Le patron doit donner au syndicat une lettre avant tout achat de machine pour le travail en atelier. " * 2
)


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("The Employer shall give the Union notice before it buys any system.", "en", "plain English"),
        (FRENCH, "fr", "French with accents"),
        (PLAIN_FRENCH, "fr", "French in plain letters"),
        ("a b c d e f g " * 40, "en", "letters of a list are in no language"),
        ("lorem lorem lorem lorem " * 20, "en", "one word again and again is in no language"),
        ("Nein.", "en", "too short to tell"),
    ],
)
def test_language_of(text: str, language: str, reason: str) -> None:
    assert language_of(text) == language, reason
