"""Searching by meaning: which clauses come near to what a person writes, in whatever words.

Every passage of a published version is read once by the second reader, which turns it into a vector; a query is read
likewise and compared with all of them. Reading 75 clauses takes about half a minute, so it goes on in the background
from the start of the service, and what was read is kept in files. A search that comes earlier says how much is unread.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from app.library.clause import POSITIONS
from app.library.shelf import Passage, ShelfEntry

if TYPE_CHECKING:
    from app.analysis.learned.second_reader import SecondReader

NEAR_FROM = 0.5
"""How near a passage has to come: cosine with the query, less the cosine that it has with unlike texts on average.

Tried on twelve clauses. Of 21 questions in plain words the clause that answers came first for 15 and among the first
three for 19; 16 of them were answered from this mark on. Of 8 on other matters, such as parking, 3 reached it, barely.
"""

NEAREST_FROM = 0.4
"""What has to do where nothing comes nearer and no clause has the words: the nearest that there is."""

MOST_NEAR = 8
"""Clauses shown for their meaning alone, of those that the filters leave; further down the list nobody looks."""

MOST_NEAREST = 3
"""The same where nothing is really near."""

_SENTENCE_END = re.compile(r"(?<=[.;:])\s+")


@dataclass(frozen=True, slots=True)
class NearPassage:
    """The passage of a clause that comes nearest to a query, and how near."""

    passage: Passage
    nearness: float


@dataclass(frozen=True, slots=True)
class Near:
    """What comes near to a query, and how many clauses were not read yet."""

    # By version and position; "" stands for any position. Title and summary belong to all.
    passages: Mapping[tuple[int, str], NearPassage]
    unread: int
    far: bool = False  # whether these are the nearest only for want of anything near

    @property
    def most(self) -> int:
        """How many of them are worth showing."""
        return MOST_NEAREST if self.far else MOST_NEAR


@dataclass(frozen=True, slots=True)
class _Read:
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]  # one row of unit length for each passage
    usual: NDArray[np.float32]  # average cosine of each passage with unlike texts
    places: Mapping[str, NDArray[np.intp]]  # rows that belong to each position; "" for all of them


class MeaningIndex:
    """Vectors of the published clauses; one per process, safe to share between threads."""

    def __init__(self, reader: SecondReader, unlike: Sequence[str], *, kept_in: Path | None = None) -> None:
        """Begin empty.

        Args:
            reader: Turns text into vectors.
            kept_in: Folder for the vectors of clauses read before, by another start of the service; None keeps none.
            unlike: Short texts on many matters. A passage that is like all of them, such as "any other loss", says
                little by being like a query, and is marked down by as much.
        """
        self._reader = reader
        self._kept_in = kept_in
        self._unlike = tuple(unlike)
        self._background: NDArray[np.float32] | None = None
        self._read: dict[str, _Read] = {}  # by digest of the clause file
        self._reading = Lock()

    def read(self, entries: Sequence[ShelfEntry], *, seconds: float = float("inf")) -> int:
        """Read what was not read yet, for so many seconds at most; answer with how many clauses are left."""
        until = monotonic() + seconds
        for entry in entries:
            if entry.clause.digest not in self._read:
                if monotonic() > until:
                    break
                with self._reading:
                    if entry.clause.digest not in self._read:
                        self._read[entry.clause.digest] = self._read_clause(entry)
        return sum(entry.clause.digest not in self._read for entry in entries)

    def near(
        self, entries: Sequence[ShelfEntry], query: str, *, last_resort: bool, seconds: float = float("inf")
    ) -> Near:
        """The clauses whose meaning comes near to `query`.

        Args:
            entries: The clauses to choose from; those not read yet are read first.
            query: What the person wrote.
            last_resort: Whether the nearest few are wanted even where none is near enough.
            seconds: For how long to read at most.
        """
        unread = self.read(entries, seconds=seconds)
        if not query.strip():
            return Near({}, unread)
        wanted = self._reader.passage(query).vector
        found: dict[tuple[int, str], NearPassage] = {}
        for entry in entries:
            read = self._read.get(entry.clause.digest)
            if read is None:
                continue
            nearness = read.vectors @ wanted - read.usual
            for position, places in read.places.items():
                best = places[int(np.argmax(nearness[places]))]
                found[entry.version_id, position] = NearPassage(read.passages[best], float(nearness[best]))
        near = {key: each for key, each in found.items() if each.nearness >= NEAR_FROM}
        if near or not last_resort:
            return Near(near, unread)
        return Near({key: each for key, each in found.items() if each.nearness >= NEAREST_FROM}, unread, far=True)

    def _read_clause(self, entry: ShelfEntry) -> _Read:
        if self._background is None:
            self._background = np.stack([self._reader.passage(text).vector for text in self._unlike])
        pieces = [(passage, text) for passage in entry.passages for text in _pieces(passage)]
        vectors = self._vectors(entry.clause.digest, [text for _, text in pieces])
        usual = (vectors @ self._background.T).mean(axis=1)
        read = tuple(passage for passage, _ in pieces)
        places = {
            position: np.array(
                [row for row, each in enumerate(read) if not position or each.position in {"", position}]
            )
            for position in ("", *POSITIONS)
        }
        return _Read(read, vectors, usual, places)

    def _vectors(self, digest: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text: from the file of an earlier reading, else read now and filed.

        The name holds the digests of clause and reader, so a file never fits anything else; one that is damaged or
        cannot be written only costs the reading.
        """
        path = self._kept_in / f"{digest[:24]}-{self._reader.digest}.npy" if self._kept_in else None
        if path is not None and path.is_file():
            try:
                kept = np.load(path, allow_pickle=False)
            except (OSError, ValueError, EOFError):
                kept = np.empty((0, 0))
            if kept.dtype == np.float32 and kept.ndim == 2 and len(kept) == len(texts):
                return cast("NDArray[np.float32]", kept)
        vectors = np.stack([self._reader.passage(text).vector for text in texts])
        if path is not None:
            with suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                part = path.with_suffix(f".{os.getpid()}.part")
                with part.open("wb") as file:
                    np.save(file, vectors, allow_pickle=False)
                part.replace(path)
        return vectors


def unlike_texts(elements: Mapping[str, str]) -> list[str]:
    """Short texts on every matter of the library: the labels of all protection elements."""
    return list(elements.values())


def _pieces(passage: Passage) -> list[str]:
    """A summary is read sentence by sentence, a list item with the words that it continues."""
    if passage.number == "summary" and not passage.position:
        return [each for each in _SENTENCE_END.split(passage.text) if each]
    return [passage.full_text]
