"""Characters of symbol fonts as Unicode, so that a ticked box stays a ticked box and an alpha an alpha.

`w:sym` names a font and a code, usually in the private area from F000. Only what contracts use is listed; any
other symbol is shown as the character of its code.
"""

from __future__ import annotations

from typing import Final

_WINGDINGS: Final = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "☒",
    0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE8: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑", 0x28: "☎", 0x2A: "✉", 0x22: "✂",
}  # fmt: skip
_WINGDINGS_2: Final = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}
_SYMBOL: Final = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xA2: "′", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xE2: "®", 0xE3: "©", 0xE4: "™",
    0xA0: "€", 0x2D: "−",
}  # fmt: skip
FONTS: Final = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def in_font(font: str, text: str) -> str:
    """Words set in a symbol font as what they show: in Wingdings, "o" is an empty box."""
    return "".join(symbol(font, f"{ord(letter):X}") for letter in text)


def symbol(font: str, code: str) -> str:
    """The character that a `w:sym` shows; "" where its code is no code."""
    if not 1 <= len(code) <= 6 or not all(digit in "0123456789abcdefABCDEF" for digit in code):
        return ""
    number = int(code, 16)
    if 0xF000 <= number <= 0xF0FF:
        number -= 0xF000
    table = FONTS.get(font.strip().lower())
    if table is not None and number in table:
        return table[number]
    if number < 0x20 or 0x7F <= number < 0xA0 or 0xD800 <= number < 0xE000 or number > 0x10FFFF:
        return "□"
    return chr(number)
