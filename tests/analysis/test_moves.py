"""The 72 ways in which an employer's text weakens the union's, each with examples for it and against it.

A positive is a pair in which the move happens: the verdict must be weakened, and a weaker move must go by an acceptable
family. A negative has the same words or the same look without a loss, or it is the move reversed.

The examples in `moves/` were written without sight of the rules. One that goes wrong stays and carries
`known_error = true`. `floors_moves.toml` holds how many positives of each file are found, and how many negatives are
not called weakened. `pytest -rX` lists the known errors that have become right: take their mark away, raise the floor.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.analysis.compare import compare_texts
from app.analysis.learned.second_opinion import Opinion
from app.analysis.pipeline import Pipeline

HERE = Path(__file__).resolve().parent
FAMILIES = frozenset(path.stem for path in (HERE / "cases").glob("*.toml")) - {"paraphrases"}
NUMBERS = range(1, 73)
SILENT = frozenset({7, 42, 71})  # nothing in the employer's text announces the change
FEWEST_POSITIVES = 3
FEWEST_NEGATIVES = 2
FEWEST_WORDS = 8
MOST_WORDS = 60


@dataclass(frozen=True)
class Example:
    """One pair of texts under one move, with its right verdict; a positive is one whose verdict is weakened."""

    file: str
    number: int
    place: int
    union: str
    employer: str
    verdict: str
    families: frozenset[str]
    silent: bool
    known_error: bool

    def __str__(self) -> str:
        return f"{self.number:02}-{'for' if self.positive else 'against'}-{self.place}"

    @property
    def positive(self) -> bool:
        """Whether the move happens here."""
        return self.verdict == "weakened"


Judged = Callable[[Example], Opinion]


def _read(path: Path) -> list[Example]:
    found = []
    for move in tomllib.loads(path.read_text(encoding="utf-8"))["move"]:
        for kind in ("positive", "negative"):
            for place, entry in enumerate(move[kind], 1):
                assert (kind == "positive") == ("verdict" not in entry), (path.stem, move["number"], place)
                found.append(
                    Example(
                        file=path.stem,
                        number=move["number"],
                        place=place,
                        union=entry["union"],
                        employer=entry["employer"],
                        verdict=entry.get("verdict", "weakened"),
                        families=frozenset(move["families"]),
                        silent=move["silent"],
                        known_error=entry.get("known_error", False),
                    )
                )
    return found


EXAMPLES = [example for path in sorted((HERE / "moves").glob("*.toml")) for example in _read(path)]


def wrong(example: Example, opinion: Opinion) -> str:
    """What is wrong with the answer; empty where it is right."""
    weaker = {move.family for move in opinion.moves if move.direction == "weaker"}
    if opinion.verdict != example.verdict:
        moves = sorted((move.rule, move.direction) for move in opinion.moves)
        return f"{opinion.verdict} instead of {example.verdict}; moves {moves}"
    if example.positive and not weaker & example.families:
        return f"named {sorted(weaker)} instead of {sorted(example.families)}"
    return ""


def _marked(example: Example) -> object:
    marks = [pytest.mark.xfail(reason="known error", strict=False)] if example.known_error else []
    return pytest.param(example, id=str(example), marks=marks)


@pytest.fixture(scope="session")
def judged(pipeline: Pipeline) -> Judged:
    """The opinion on an example, formed once."""
    known: dict[Example, Opinion] = {}

    def opinion_on(example: Example) -> Opinion:
        if example not in known:
            known[example] = compare_texts(example.union, example.employer, pipeline)[0]
        return known[example]

    return opinion_on


@pytest.mark.parametrize("example", [_marked(example) for example in EXAMPLES if example.positive])
def test_move_is_found_and_named(example: Example, judged: Judged) -> None:
    """Where the move happens, the text is called weakened and the move goes by an acceptable family."""
    assert wrong(example, judged(example)) == ""


@pytest.mark.parametrize("example", [_marked(example) for example in EXAMPLES if not example.positive])
def test_same_look_without_loss(example: Example, judged: Judged) -> None:
    """Where nothing is lost, or something is won, the verdict says so."""
    assert wrong(example, judged(example)) == ""


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_no_family_falls_below_its_floors(family: str, judged: Judged) -> None:
    """As many moves are found, and as many harmless texts left alone, as before."""
    floor = tomllib.loads((HERE / "floors_moves.toml").read_text(encoding="utf-8"))[family]
    positives = [example for example in EXAMPLES if example.file == family and example.positive]
    negatives = [example for example in EXAMPLES if example.file == family and not example.positive]
    missed = [f"{example}: {fault}" for example in positives if (fault := wrong(example, judged(example)))]
    accused = [str(example) for example in negatives if judged(example).verdict == "weakened"]
    assert (len(positives), len(negatives)) == (floor["positives"], floor["negatives"])
    assert len(positives) - len(missed) >= floor["found_at_least"], "\n".join(missed)
    assert len(negatives) - len(accused) >= floor["clean_at_least"], "\n".join(accused)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_move_has_examples(number: int) -> None:
    """Three for and two against at the least, all in one file, and the silent moves are marked as such."""
    examples = [example for example in EXAMPLES if example.number == number]
    assert sum(example.positive for example in examples) >= FEWEST_POSITIVES
    assert sum(not example.positive for example in examples) >= FEWEST_NEGATIVES
    assert {example.silent for example in examples} == {number in SILENT}
    assert len({example.file for example in examples}) == 1


def test_every_example_is_of_the_right_kind() -> None:
    """Families and verdicts exist, sides have 8 to 60 words and differ, and no union text comes twice."""
    assert {example.file for example in EXAMPLES} == FAMILIES
    assert {example.number for example in EXAMPLES} == set(NUMBERS)
    for example in EXAMPLES:
        assert example.file in example.families <= FAMILIES, example
        assert example.verdict in {"weakened", "equivalent", "strengthened"}, example
        assert example.union != example.employer, example
        for side in (example.union, example.employer):
            assert FEWEST_WORDS <= len(side.split()) <= MOST_WORDS, side
    assert [text for text, times in Counter(example.union for example in EXAMPLES).items() if times > 1] == []
