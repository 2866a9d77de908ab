"""Pairs of union and employer language, family by family, with the verdict that a negotiator would give.

The cases in `cases/` were written without sight of the rules. A case that the rules get wrong stays, and `known_error`
says what is missed; `floors.toml` holds how many of each file are right, so that no change of a rule loses what worked.
`pytest -rX` lists the known errors that have become right: take their mark away and raise the floor.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.analysis.compare import compare_texts
from app.analysis.judging.judge import verdict_of
from app.analysis.pipeline import Pipeline
from app.analysis.results import Move, Span

HERE = Path(__file__).resolve().parent
FAMILIES = frozenset(
    {
        "modal_downgrade",
        "consent_to_consult",
        "notice_shortened",
        "timing_after_the_fact",
        "scope_narrowed",
        "discretion",
        "carve_out_exception",
        "remedy_removed",
        "knowledge_or_materiality_qualifier",
        "sunset_or_pilot",
        "cap_or_amount_reduced",
        "waiver_or_management_rights",
        "actor_removed_or_passive",
        "definition_narrowed",
    }
)
PARAPHRASES = "paraphrases"
FEWEST_WORDS = 4
_NOT_PROSE = re.compile(r"[{}<>]|\w_\w|  |\bNone\b")


@dataclass(frozen=True)
class Case:
    """One pair with its right answer; `families` are those that a negotiator would accept as its name."""

    file: str
    number: int
    union: str
    employer: str
    verdict: str
    families: frozenset[str]
    known_error: str

    def __str__(self) -> str:
        return f"{self.file}-{self.number}"


Judged = Callable[[Case], list[Move]]


def _read(path: Path) -> list[Case]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [
        Case(
            file=path.stem,
            number=number,
            union=entry["union"],
            employer=entry["employer"],
            verdict=entry["verdict"],
            families=frozenset({path.stem, *entry.get("families", ())}),
            known_error=entry.get("known_error", ""),
        )
        for number, entry in enumerate(entries, 1)
    ]


CASES = [case for path in sorted((HERE / "cases").glob("*.toml")) for case in _read(path)]


def _marked(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.known_error, strict=False)] if case.known_error else []
    return pytest.param(case, id=str(case), marks=marks)


def _plain(case: Case) -> object:
    return pytest.param(case, id=str(case))


@pytest.fixture(scope="session")
def judged(pipeline: Pipeline) -> Judged:
    """The moves of a case, judged once."""
    known: dict[Case, list[Move]] = {}

    def moves_of(case: Case) -> list[Move]:
        if case not in known:
            known[case] = list(compare_texts(case.union, case.employer, pipeline)[0].moves)
        return known[case]

    return moves_of


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_verdict_and_family(case: Case, judged: Judged) -> None:
    """The verdict is the negotiator's, and a weakening goes by its right name."""
    assert _wrong(case, judged(case)) == ""


@pytest.mark.parametrize("case", [_plain(case) for case in CASES])
def test_every_move_explains_itself(case: Case, judged: Judged) -> None:
    """Each move says one sentence and points at words that stand in the text."""
    for move in judged(case):
        assert _reads_as_sentence(move.explanation), move.explanation
        assert move.library or move.draft, move.rule
        assert _points_at(move.library, case.union), move
        assert _points_at(move.draft, case.employer), move


@pytest.mark.parametrize("name", sorted(FAMILIES | {PARAPHRASES}))
def test_no_family_falls_below_its_floor(name: str, judged: Judged) -> None:
    """As many cases of a file are right as were right before."""
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
    cases = [case for case in CASES if case.file == name]
    wrong = [f"{case}: {_wrong(case, judged(case))}" for case in cases if _wrong(case, judged(case))]
    assert len(cases) == floors[name]["cases"]
    assert len(cases) - len(wrong) >= floors[name]["right_at_least"], "\n".join(wrong)


def test_every_family_has_enough_cases() -> None:
    """Six weakenings and three harmless or better texts at the least, for each of the fourteen."""
    assert {case.file for case in CASES} == FAMILIES | {PARAPHRASES}
    for family in FAMILIES:
        verdicts = [case.verdict for case in CASES if case.file == family]
        assert verdicts.count("weakened") >= 6, family
        assert len(verdicts) - verdicts.count("weakened") >= 3, family


def _wrong(case: Case, moves: list[Move]) -> str:
    """What is wrong with the answer; empty where it is right."""
    verdict = verdict_of(moves)
    weaker = {move.family for move in moves if move.direction == "weaker"}
    if verdict != case.verdict:
        return f"{verdict} instead of {case.verdict}; moves {sorted((m.rule, m.direction) for m in moves)}"
    if verdict == "weakened" and not weaker & case.families:
        return f"named {sorted(weaker)} instead of {sorted(case.families)}"
    return ""


def _reads_as_sentence(text: str) -> bool:
    opens = text[:1].isupper() or text[:1] in "“\"'‘"
    return opens and text.endswith((".", ".”")) and len(text.split()) >= FEWEST_WORDS and not _NOT_PROSE.search(text)


def _points_at(span: Span | None, text: str) -> bool:
    return span is None or (bool(span.text.strip()) and text[span.start : span.end] == span.text)
