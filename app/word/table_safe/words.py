"""Letters that no page shows. They can spell whole sentences inside words that look innocent."""

from __future__ import annotations

import re
from typing import Final

_UNSEEN: Final = re.compile(
    "[\U000e0000-\U000e007f]"  # tags, which copy ASCII unseen
    "|[\ufff9-\ufffb]"  # interlinear annotation
    "|[\u2061-\u2064\u206a-\u206f]"  # invisible operators, shaping controls that are out of use
    "|[\ufdd0-\ufdef]"  # noncharacters
    "|(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"  # variants of no ideograph
    "|[\u200b-\u200d\u2060\ufeff]{4,}"  # one joins or divides letters; a row of them is a code
)


def clean_words(text: str) -> str:
    """The words without letters that only carry something unseen."""
    return text if text.isascii() else _UNSEEN.sub("", text)
