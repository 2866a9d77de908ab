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
    "|(?<=[\t-\u007f\u00a0-\u00a8\u00aa-\u00ad\u00af-\u058f\u1e00-\u203b\u203d-\u2048\u204a-\u206f\ufe00-\ufe0f])"
    "[\ufe00-\ufe0f](?!\u20e3)"  # variants of what has none, and further ones of what has one
    "|[\u200b-\u200d\u2060\ufeff]{4,}"  # one joins or divides letters; a row of them is a code
)


def clean_words(text: str) -> str:
    """The words without letters that only carry something unseen."""
    return text if text.isascii() else _UNSEEN.sub("", text)
