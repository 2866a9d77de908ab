"""Comments of ours in a Word file, each anchored at exactly the words that it is about."""

from __future__ import annotations

from app.word.commenting.annotate import Annotated, annotate
from app.word.commenting.remark import Line, Remark

__all__ = ["Annotated", "Line", "Remark", "annotate"]
