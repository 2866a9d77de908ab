"""What a passage is about, how far it binds, and which clauses of the library it resembles."""

from __future__ import annotations

import re
from typing import Literal

from app.analysis.pipeline import Pipeline
from app.analysis.undertakings import Reading

Obligation = Literal["mandatory", "permissive", "hedged", "none"]
_ESCAPE = re.compile(r"\b(?:reasonabl[ey]|practica(?:l|ble)|possible|sufficient|adequate)\b", re.IGNORECASE)
_REASONABLE = re.compile(r"\breasonabl[ey] (?:notice|training|time|period|steps|efforts?)\b", re.IGNORECASE)
_HEDGES = ("discretion.appropriate", "discretion.practicable", "discretion.budget", "discretion.operations")


def topics_of(text: str, pipeline: Pipeline, *, heading: str = "") -> list[str]:
    """Return the topics of a passage, in the fixed order; [] means nothing to do with AI, data or technology.

    Args:
        text: the passage.
        pipeline: for the rules.
        heading: the headings above it, which may say that it is on technology when the passage itself does not.
    """
    flat = " ".join(text.split())
    beside = bool(pipeline.patterns.technology.search(flat) or pipeline.patterns.technology.search(heading))
    return [
        topic.id
        for topic in pipeline.patterns.topics
        if (topic.alone and topic.alone.search(flat))
        or (beside and topic.beside_technology and topic.beside_technology.search(flat))
    ]


def obligation_of(reading: Reading) -> Obligation:
    """Say how far a passage binds, by the first force in it that decides."""
    rungs = [mark for mark in reading.force if mark.id != "wishes" or not reading.force[1:]]
    duties = [mark for mark in rungs if mark.rung >= 6]
    tries = [mark for mark in rungs if mark.id in {"tries", "considers", "should", "wishes"}]
    choices = [mark for mark in rungs if mark.id in {"may", "reserves", "exempted"}]
    hedged = (
        bool(tries)
        or any(mark.id in _HEDGES for mark in reading.signals)
        or any(t.relation == "soon" and _ESCAPE.search(t.text) for t in reading.timings)
        or bool(_REASONABLE.search(reading.text))
    )
    if not duties and not tries and not choices:
        return "none" if any(u.defines for u in reading.undertakings) or not reading.binds else "mandatory"
    if choices and (not duties or choices[0].start < duties[0].start) and choices[0].id != "exempted":
        first = choices[0]
        if not duties or first.id == "reserves" or first.bearer in {"employer", "worker", "union", "parties"}:
            return "permissive"
    if duties or tries:
        return "hedged" if hedged else "mandatory"
    return "permissive"
