"""Which language a text is in. Proviso reads English; other languages are named, not refused."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fi": "Finnish", "fr": "French", "gl": "Galician",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese", "ht": "Haitian Creole", "cy": "Welsh", "ga": "Irish",
}  # fmt: skip
_ENGLISH = re.compile(r"\b(?:the|of|and|shall|to|in|or|any|for|by|be|will|that|with|not)\b", re.IGNORECASE)
_FEWEST_WORDS = 8
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """ISO 639-1 code of the language that a text is in; "en" for texts too short to tell."""
    sample = text[:4_000] + text[len(text) // 2 : len(text) // 2 + 4_000]
    words = len(_WORD.findall(sample))
    letters = sum(character.isalpha() for character in sample)
    if letters < 60 or (words and len(_ENGLISH.findall(sample)) >= 0.12 * words):
        return "en"
    if sample.isascii() and len({word.lower() for word in _WORD.findall(sample) if len(word) > 2}) < _FEWEST_WORDS:
        return "en"  # lists of letters and codes are in no language
    likely = dict(_identifier().rank(sample))
    language = max(likely, key=lambda code: likely[code])
    return str(language) if likely.get("en", 0.0) < 0.01 else "en"


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """The model, loaded when the first text that is not plainly English comes; that takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - most texts do without it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_warning(language: str) -> str:
    """What to tell a person whose text is not in English."""
    name = _NAMES.get(language, f"another language ({language})")
    return (
        f"This text seems to be in {name}. Proviso reads English; it shows the text and its numbering, "
        "but what it says about the meaning is not to be relied on."
    )
