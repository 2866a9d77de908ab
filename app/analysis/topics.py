"""What a passage is about, how far it binds, and which clauses of the library it resembles."""

from __future__ import annotations

import re
from typing import Literal, cast

import numpy as np

from app.analysis.learned.weights import log_shares
from app.analysis.pipeline import Pipeline
from app.analysis.undertakings import Reading

Obligation = Literal["mandatory", "permissive", "hedged", "none"]
_ESCAPE = re.compile(r"\b(?:reasonabl[ey]|practica(?:l|ble)|possible|sufficient|adequate)\b", re.IGNORECASE)
_REASONABLE = re.compile(r"\breasonabl[ey] (?:notice|training|time|period|steps|efforts?)\b", re.IGNORECASE)
_HEDGES = ("discretion.appropriate", "discretion.practicable", "discretion.budget", "discretion.operations")


def topics_of(text: str, pipeline: Pipeline, *, heading: str = "") -> list[str]:
    """Return the topics of a passage, in the fixed order; [] means nothing to do with AI, data or technology.

    Layoff, training and committees are mostly about other things: a passage without a word of the matter has no topic.

    Args:
        text: the passage.
        pipeline: for the rules and the second reader.
        heading: the headings above it.
    """
    if not text.strip():
        return []
    ruled = set(topics_by_rule(text, pipeline, heading=heading))
    if not ruled and not pipeline.patterns.matter.search(f"{heading} {text}"):
        return []
    said = dict(zip(pipeline.second_reader.topics, pipeline.second_reader.passage(text).topics, strict=True))
    return [
        topic.id
        for topic in pipeline.patterns.topics
        if pipeline.weights.topic @ np.array([said[topic.id], topic.id in ruled, 1.0]) > 0
    ]


def topics_by_rule(text: str, pipeline: Pipeline, *, heading: str = "") -> list[str]:
    """Return the topics that the rules alone see; quick enough for every line of a whole agreement.

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


def obligation_of(text: str, pipeline: Pipeline) -> Obligation:
    """Say how far a passage binds: what the first force in it says, weighed against the second reader."""
    ruled = obligation_by_rule(pipeline.read(text))
    if not text.strip():
        return ruled
    view = pipeline.second_reader.passage(text)
    kinds = pipeline.second_reader.obligations
    found = np.array([*log_shares(view.obligation), *(kind == ruled for kind in kinds), 1.0])
    return cast(Obligation, kinds[int(np.argmax(pipeline.weights.obligation @ found))])


def obligation_by_rule(reading: Reading) -> Obligation:
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
