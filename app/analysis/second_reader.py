"""The learned part: a small sentence encoder, trained twice, run on onnxruntime.

One reads a passage (topics, how far it binds, a vector for likeness), the other a pair of texts (better, worse or the
same, and in which respect). Neither decides alone: `second_opinion` and `topics` weigh what they say against the rules.
`models/training/` builds it; `models/second_reader/reader.toml` names the files with their digests.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import OrderedDict
from collections.abc import Sequence
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

_BATCH = 4_096  # tokens that go through the network at once
_MOST_KEPT = 20_000  # results kept; those used longest ago go first
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
        self._passages: OrderedDict[str, PassageView] = OrderedDict()
        self._pairs: OrderedDict[tuple[str, str], PairView] = OrderedDict()

    def passages(self, texts: Sequence[str]) -> list[PassageView]:
        """Read passages, each in its own right; what was read before is remembered."""
        new = [text for text in dict.fromkeys(texts) if text not in self._passages]
        encoded = [encode_passage(self._tokenizer, text) for text in new]
        found = dict.fromkeys(texts)
        for text, row in zip(new, _run(self._of_passages, ("vector", "topics", "obligation"), encoded), strict=True):
            self._passages[text] = PassageView(row["vector"], row["topics"], row["obligation"])
        views = {text: self._passages[text] for text in found}
        _forget(self._passages)
        return [views[text] for text in texts]

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> list[PairView]:
        """Read pairs of a union's and an employer's text."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._pairs]
        encoded = [encode_pair(self._tokenizer, ours, theirs) for ours, theirs in new]
        for pair, row in zip(new, _run(self._of_pairs, ("verdict", "families"), encoded), strict=True):
            self._pairs[pair] = PairView(row["verdict"], row["families"])
        views = [self._pairs[pair] for pair in pairs]
        _forget(self._pairs)
        return views


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


def _run(session: Any, names: tuple[str, ...], encoded: Sequence[Encoded]) -> list[dict[str, Vector]]:
    """Run a network over texts of like length together, so that little is padding."""
    rows: list[dict[str, Vector]] = [{} for _ in encoded]
    order = sorted(range(len(encoded)), key=lambda k: len(encoded[k].ids))
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and (end - start + 1) * len(encoded[order[end]].ids) <= _BATCH:
            end += 1
        members = order[start:end]
        for k, row in zip(members, _batch(session, names, [encoded[k] for k in members]), strict=True):
            rows[k] = row
        start = end
    return rows


def _batch(session: Any, names: tuple[str, ...], encoded: Sequence[Encoded]) -> list[dict[str, Vector]]:
    width = max(len(each.ids) for each in encoded)
    ids = np.zeros((len(encoded), width), dtype=np.int64)
    kinds, mask = np.zeros_like(ids), np.zeros_like(ids)
    for row, each in enumerate(encoded):
        ids[row, : len(each.ids)] = each.ids
        kinds[row, : len(each.kinds)] = each.kinds
        mask[row, : len(each.ids)] = 1
    results = session.run(list(names), {"ids": ids, "mask": mask, "kinds": kinds})
    return [{name: result[row] for name, result in zip(names, results, strict=True)} for row in range(len(encoded))]


def _session(path: Path) -> Any:
    import onnxruntime  # noqa: PLC0415 - heavy; only who compares needs it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # many comparisons run side by side; each takes one core
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _check(path: Path, digest: str) -> None:
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise ValueError(f"{path} is not the file that reader.toml names; take it from the release again.")


def _forget(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
