"""Filled-in figures are found again in rendered text; what cannot be found is never marked wrongly."""

from __future__ import annotations

import pytest

from app.library.clause import POSITIONS
from app.library.files import Library
from app.library.rendering import render_position
from app.text.document import Provision
from app.web.filled_text import Piece, mark_pieces


def provision(text: str, number: str = "1") -> Provision:
    return Provision(number=number, text=text, start=0, end=len(text))


@pytest.mark.parametrize(
    ("source", "text", "marked"),
    [
        ("1. Within {{ days }} calendar days.", "Within 30 calendar days.", [("days", "30")]),
        ("1. Pay {{ sum | money }} in {{ days }} days.", "Pay $2,000 in 5 days.", [("sum", "$2,000"), ("days", "5")]),
        ("1. A line\n   that goes on for {{ days }} days.", "A line that goes on for 9 days.", [("days", "9")]),
        ("1. No figure here.", "No figure here.", []),
        ('1. {% if way == "a" %}A{% endif %} {{ days }}', "A 30", []),  # a condition: no marks, the words all the same
        ("1. Something else {{ days }}", "Within 30 calendar days.", []),
    ],
)
def test_marks(source: str, text: str, marked: list[tuple[str, str]]) -> None:
    (pieces,) = mark_pieces(source, [provision(text)])
    assert [(piece.placeholder, piece.text) for piece in pieces if piece.placeholder] == marked
    assert "".join(piece.text for piece in pieces) == text


def test_the_heading_of_a_provision_is_bold() -> None:
    (pieces,) = mark_pieces("1. **Notice.** Within {{ days }} days.", [provision("Notice. Within 3 days.")])
    assert pieces == (Piece("Notice.", bold=True), Piece(" Within "), Piece("3", placeholder="days"), Piece(" days."))


def test_no_word_of_the_library_is_lost_and_most_figures_are_found(library: Library) -> None:
    for version in library.published:
        for position in POSITIONS:
            provisions = render_position(version, position)
            marked = mark_pieces(version.positions[position], provisions)
            assert ["".join(piece.text for piece in pieces) for pieces in marked] == [each.text for each in provisions]
            found = {piece.placeholder for pieces in marked for piece in pieces} - {""}
            wanted = {each.name for each in version.placeholders if f"{{{{ {each.name}" in version.positions[position]}
            assert found == wanted, f"{version.label} {position}"
