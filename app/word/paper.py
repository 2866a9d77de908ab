"""Sizes of paper, by name."""

from __future__ import annotations

from typing import Final

PAPER: Final = {"letter": (12240, 15840), "a4": (11906, 16838)}
"""Width and height in twentieths of a point."""
