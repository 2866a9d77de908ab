"""The learned part: a small sentence encoder, trained twice, run on onnxruntime.

One reads a passage (topics, how far it binds, a vector for likeness), the other a pair of texts (better, worse or the
same, and in which respect). Neither decides alone: `second_opinion` and `topics` weigh what they say against the rules.
`models/training/` builds it; `models/second_reader/reader.toml` names the files with their digests.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

LONGEST_PASSAGE = 256
"""Tokens of a passage that are read; a longer one is read up to there."""

LONGEST_PAIR = 384
"""Tokens of both texts of a pair together; of longer ones, what is far from any change is left out."""

_MOST_KEPT = 20_000  # results kept at a time
_AROUND = 24  # unchanged tokens kept on either side of a change, where a pair is too long

# What the encoder is told of each token of a pair, in place of the sentence number of its original.
KEPT_OURS, KEPT_THEIRS, REMOVED, INSERTED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class PassageView:
    """What the second reader says of one passage."""

    vector: Vector  # unit length, 384 numbers
    topics: Vector  # log-odds, one for each topic, in the order of `SecondReader.topics`
    obligation: Vector  # unnormalised, one for each of `SecondReader.obligations`


@dataclass(frozen=True, slots=True)
class PairView:
    """What the second reader says of a pair."""

    verdict: Vector  # unnormalised: weakened, equivalent, strengthened
    families: Vector  # log-odds, one for each of `SecondReader.families`


class SecondReader:
    """The loaded encoder; one per process, safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Load what `folder` holds.

        Raises:
            FileNotFoundError: a file is missing, so the installation is broken.
            ValueError: a file is not the one that `reader.toml` names.
        """
        described = tomllib.loads((folder / "reader.toml").read_text(encoding="utf-8"))
        for name, digest in described["files"].items():
            _check(folder / name, digest)
        self.topics: tuple[str, ...] = tuple(described["labels"]["topics"])
        self.obligations: tuple[str, ...] = tuple(described["labels"]["obligations"])
        self.verdicts: tuple[str, ...] = tuple(described["labels"]["verdicts"])
        self.families: tuple[str, ...] = tuple(described["labels"]["families"])
        self.digest: str = hashlib.sha256("".join(described["files"].values()).encode()).hexdigest()[:12]
        self._tokenizer = load_tokenizer(folder)
        self._of_passages = _session(folder / "passages.onnx")
        self._of_pairs = _session(folder / "pairs.onnx")
        self._passages: dict[str, PassageView] = {}
        self._pairs: dict[tuple[str, str], PairView] = {}

    def passage(self, text: str) -> PassageView:
        """Read a passage in its own right; what was read before is remembered."""
        view = self._passages.get(text)
        if view is None:
            encoded = encode_passage(self._tokenizer, text)
            row = _run(self._of_passages, ("vector", "topics", "obligation"), encoded)
            view = PassageView(row["vector"], row["topics"], row["obligation"])
            _keep(self._passages, text, view)
        return view

    def pair(self, ours: str, theirs: str) -> PairView:
        """Read a union's and an employer's text beside each other."""
        view = self._pairs.get((ours, theirs))
        if view is None:
            row = _run(self._of_pairs, ("verdict", "families"), encode_pair(self._tokenizer, ours, theirs))
            view = PairView(row["verdict"], row["families"])
            _keep(self._pairs, (ours, theirs), view)
        return view


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token numbers, and for each token of a pair whether it was kept, removed or inserted."""

    ids: list[int]
    kinds: list[int]


def load_tokenizer(folder: Path) -> Any:
    """Load the tokenizer of the encoder, without any cut or padding of its own."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - heavy; only who compares needs it

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode_passage(tokenizer: Any, text: str) -> Encoded:
    """Turn a passage into tokens between the marks that the encoder knows."""
    ids = _ids(tokenizer, text)[: LONGEST_PASSAGE - 2]
    first, last = _marks(tokenizer)
    return Encoded([first, *ids, last], [KEPT_OURS] * (len(ids) + 2))


def encode_pair(tokenizer: Any, ours: str, theirs: str) -> Encoded:
    """Turn two texts into one row of tokens that says of each whether the other text has it too."""
    mine, other = _ids(tokenizer, ours), _ids(tokenizer, theirs)
    kinds_mine, kinds_other = [REMOVED] * len(mine), [INSERTED] * len(other)
    for i, j, length in SequenceMatcher(None, mine, other, autojunk=False).get_matching_blocks():
        kinds_mine[i : i + length] = [KEPT_OURS] * length
        kinds_other[j : j + length] = [KEPT_THEIRS] * length
    room = LONGEST_PAIR - 3
    if len(mine) + len(other) > room:
        mine, kinds_mine = _near_changes(mine, kinds_mine, room // 2)
        other, kinds_other = _near_changes(other, kinds_other, room - len(mine))
    first, last = _marks(tokenizer)
    return Encoded(
        [first, *mine, last, *other, last],
        [KEPT_OURS, *kinds_mine, KEPT_OURS, *kinds_other, KEPT_THEIRS],
    )


def _near_changes(ids: list[int], kinds: list[int], room: int) -> tuple[list[int], list[int]]:
    """Leave out what is far from any change, then cut at the end."""
    if len(ids) > room:
        near: set[int] = set()
        for place, kind in enumerate(kinds):
            if kind in {REMOVED, INSERTED}:
                near.update(range(max(0, place - _AROUND), min(len(ids), place + _AROUND + 1)))
        places = sorted(near) or range(len(ids))
        ids, kinds = [ids[k] for k in places][:room], [kinds[k] for k in places][:room]
    return ids, kinds


def _ids(tokenizer: Any, text: str) -> list[int]:
    return list(tokenizer.encode(" ".join(text.split()), add_special_tokens=False).ids)


def _marks(tokenizer: Any) -> tuple[int, int]:
    return tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")


def _run(session: Any, names: tuple[str, ...], encoded: Encoded) -> dict[str, Vector]:
    """Run a network over one text.

    One at a time: the eight-bit weights are scaled by what is read together, so that company would change an answer.
    """
    ids = np.array([encoded.ids], dtype=np.int64)
    kinds = np.array([encoded.kinds], dtype=np.int64)
    results = session.run(list(names), {"ids": ids, "mask": np.ones_like(ids), "kinds": kinds})
    return {name: result[0] for name, result in zip(names, results, strict=True)}


def _session(path: Path) -> Any:
    import onnxruntime  # noqa: PLC0415 - heavy; only who compares needs it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # many comparisons run side by side; each takes one core
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _check(path: Path, digest: str) -> None:
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise ValueError(f"{path} is not the file that reader.toml names; take it from the release again.")


def _keep(kept: dict[Any, Any], key: Any, view: Any) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = view
