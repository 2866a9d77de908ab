"""What is a number at the start of a provision, and what only looks like one."""

import pytest

from app.text.labels import parse_number, split_label

NUMBERS = [
    ("32.1 Notice", "decimal", "32.1", "Notice"),
    ("12.3.4 The Employer shall", "decimal", "12.3.4", "The Employer shall"),
    ("1.1.", "decimal", "1.1", ""),
    ("9B.04 The Employer shall", "decimal", "9B.04", "The Employer shall"),
    ("9B.04(a) The Employer", "absolute", "9B.04(a)", "The Employer"),
    ("Article 5 (City Rights)", "article", "Article 5", "(City Rights)"),
    ("Section 2. The Parties", "section", "Section 2", "The Parties"),
    ("Sec. 4 Notice", "section", "Section 4", "Notice"),
    ("§ 3 Notice", "section", "Section 3", "Notice"),
    ("ARTICLE 125--TECHNOLOGICAL CHANGE", "article", "Article 125", "TECHNOLOGICAL CHANGE"),
    ("Article VII", "article", "Article VII", ""),
    ("### ARTICLE 12", "article", "Article 12", ""),
    ("ARTICLE 127.2C,H—NOTIFICATION", "article", "Article 127.2C,H", "NOTIFICATION"),
    ("Appendix A", "article", "Appendix A", ""),
    ("32.1(a) The Employer", "absolute", "32.1(a)", "The Employer"),
    ("(a) the vendor", "item", "a", "the vendor"),
    ("(iv) the vendor", "item", "iv", "the vendor"),
    ("a) the vendor", "item", "a", "the vendor"),
    ("1. the vendor", "item", "1", "the vendor"),
    ("A. The vendor", "item", "A", "The vendor"),
    ("II. THE VENDOR", "item", "II", "THE VENDOR"),
]

WORDS = [
    ("2025 was a bargaining year", "a year"),
    ("2025. The Employer", "a year that ends a sentence"),
    ("$2,000 is paid", "an amount of money"),
    ("12.50 per hour", "a rate"),
    ("1.5 times the rate", "a factor"),
    ("(30) days after notice", "a period wrapped to a new line"),
    ("30 days after notice", "a sentence that begins with a number"),
    ("7.30 a.m. is the start", "a time of day"),
    ("12:30 is the start", "a time of day"),
    ("1. January 2025 is a holiday", "a date"),
    ("Section 6 of this Article applies", "a reference"),
    ("Article 5, as amended, applies", "a reference"),
    ("Section 3(a) shall apply", "a reference to an item"),
    ("Article 5 (City Rights) and Article 41 do not apply", "a reference with a title"),
    ("Part-time employees", "an adjective"),
    ("Part A employees", "the name of a group"),
    ("J. R. Smith", "initials"),
    ("U.S. law applies", "an abbreviation"),
    ("I agree", "a pronoun"),
    ("No. 5 is struck", "an abbreviation"),
]


@pytest.mark.parametrize(("text", "kind", "name", "rest"), NUMBERS)
def test_a_typed_number_is_split_off(text: str, kind: str, name: str, rest: str) -> None:
    found = split_label(text)
    assert found is not None
    assert (found[0].kind, found[0].name, found[1]) == (kind, name, rest)


@pytest.mark.parametrize(("text", "why"), WORDS)
def test_words_stay_words(text: str, why: str) -> None:
    assert split_label(text) is None, why


def test_a_letter_that_may_be_roman_has_both_readings() -> None:
    found = split_label("(i) the vendor")
    assert found is not None
    assert {(reading.style, reading.value) for reading in found[0].readings} == {("(a)", 9), ("(i)", 1)}


@pytest.mark.parametrize(
    ("number", "name"), [("Article 5", "Article 5"), ("(a)", "a"), ("32.1", "32.1"), ("Step 3:", "Step 3")]
)
def test_automatic_numbers_are_read_alike(number: str, name: str) -> None:
    assert parse_number(number).name == name


@pytest.mark.parametrize("number", ["1.10", "12.50", "3.20"])
def test_an_automatic_number_is_never_taken_for_an_amount(number: str) -> None:
    assert (parse_number(number).kind, parse_number(number).name) == ("decimal", number)
