from hypothesis import given
from hypothesis import strategies as st

from app.analysis.results import Span
from app.web.passages import Piece, cut, find_words


def test_words_are_found_where_their_offset_says_even_if_they_occur_twice() -> None:
    text = "shall notify and shall bargain"
    assert find_words(text, Span(117, 122, "shall"), bases=(100,)) == (17, 22)


def test_words_with_a_wrong_offset_are_found_by_content() -> None:
    assert find_words("may notify", Span(900, 906, "notify")) == (4, 10)


def test_words_that_are_not_there_are_not_marked() -> None:
    assert find_words("may notify", Span(0, 5, "shall")) is None
    assert find_words("may notify", Span(3, 3, "")) is None


def test_overlapping_marks_become_one() -> None:
    assert cut("one two three", [(0, 5), (4, 7)]) == (Piece("one two", marked=True), Piece(" three"))


def test_text_without_marks_is_one_piece() -> None:
    assert cut("plain", []) == (Piece("plain"),)
    assert cut("", []) == (Piece(""),)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_pieces_joined_give_the_text_again(text: str, marks: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in cut(text, marks)) == text
