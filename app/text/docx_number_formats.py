"""Writes a list counter the way a word processor shows it: 4, iv, D, fourth.

The formats are those of `w:numFmt` (ECMA-376 part 1, 17.18.59). A format of a script that is not written here is
shown as a decimal number.
"""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_CHICAGO = "*†‡§"
_MOST_LETTERS = 40  # Word repeats the letter (27 is "aa", 53 "aaa"); no label needs to grow beyond this


def format_number(count: int, number_format: str) -> str:
    """The counter as text; "" for bullets and for "none"."""
    if number_format in {"none", "bullet"}:
        return ""
    if count < 0:
        return str(count)
    writer = _WRITERS.get(number_format)
    return writer(count) if writer else str(count)


def format_custom(count: int, example: str) -> str:
    """A custom format, given by its first values such as "001, 002, 003, ..."."""
    first = example.partition(",")[0].strip()
    return str(count).zfill(len(first)) if first.isdigit() and len(first) < 20 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 32_768:
        return str(count)
    letters = []
    for worth, numeral in _ROMAN:
        times, count = divmod(count, worth)
        letters.append(numeral * times)
    return "".join(letters)


def _letters(alphabet: str) -> Callable[[int], str]:
    def write(count: int) -> str:
        if count < 1:
            return ""
        times, position = divmod(count - 1, len(alphabet))
        return alphabet[position] * min(times + 1, _MOST_LETTERS)

    return write


def _ordinal(count: int) -> str:
    suffix = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{suffix}"


def _words(count: int) -> str:
    if count < 20:
        return _SMALL[count]
    if count < 100:
        tens, rest = divmod(count, 10)
        return _TENS[tens] + (f"-{_SMALL[rest]}" if rest else "")
    for worth, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if count >= worth:
            many, rest = divmod(count, worth)
            if many >= 1000:
                return str(count)
            return f"{_words(many)} {name}" + (f" {_words(rest)}" if rest else "")
    return str(count)


def _cardinal_text(count: int) -> str:
    return _words(count).capitalize()


def _ordinal_text(count: int) -> str:
    words = _words(count)
    if words.isdigit():
        return _ordinal(count)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    ending = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return (words[:cut] + ending).capitalize()


def _from_code_points(first: int, last: int) -> Callable[[int], str]:
    """Enclosed numbers have one character each, up to 20; Word falls back to decimals beyond."""
    return lambda count: chr(first + count - 1) if 1 <= count <= last else str(count)


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "decimalZero3": lambda count: f"{count:03d}",
    "decimalZero4": lambda count: f"{count:04d}",
    "decimalZero5": lambda count: f"{count:05d}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letters(_LATIN.upper()),
    "lowerLetter": _letters(_LATIN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "russianLower": _letters(_RUSSIAN),
    "ordinal": _ordinal,
    "cardinalText": _cardinal_text,
    "ordinalText": _ordinal_text,
    "hex": lambda count: f"{count:X}",
    "chicago": _letters(_CHICAGO),
    "numberInDash": lambda count: f"- {count} -",
    "decimalEnclosedCircle": _from_code_points(0x2460, 20),
    "decimalEnclosedParen": _from_code_points(0x2474, 20),
    "decimalEnclosedFullstop": _from_code_points(0x2488, 20),
    "decimalFullWidth": lambda count: "".join(chr(ord(digit) + 0xFEE0) for digit in str(count)),
    "decimalFullWidth2": lambda count: "".join(chr(ord(digit) + 0xFEE0) for digit in str(count)),
}
