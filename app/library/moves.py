"""Employer moves: the known ways of weakening language, as the files in `clauses/moves/` tell them.

One file for each move, named by its number, and one for each family. People write them; this module reads them. What
has to be right in them is checked in `move_check`; which rule speaks of which move is settled in `models/patterns/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import ClauseFileError, UnknownMove
from app.library.front_matter import read_source, split_source

MOVES_FOLDER = "moves"
FAMILIES_FOLDER = "families"
HOW_MANY = 72
"""Moves are numbered from 1 to this. Source: PRECEDENTS, section d."""

MOVE_SECTIONS = ("Union", "Employer", "Why it matters", "How to notice it", "Say", "Propose")
FAMILY_SECTIONS = ("What these moves do", "How to answer")


@dataclass(frozen=True, slots=True)
class EmployerMove:
    """One way of weakening language, with an invented example and an answer. Sections are Markdown."""

    slug: str  # the file's name: "19-shorter-notice"
    number: int
    name: str
    family: str
    in_short: str
    lost: tuple[str, ...]  # element ids
    silent: bool  # nothing in the words catches the eye
    related: tuple[int, ...]
    union: str  # what the union's text said
    employer: str  # what the counter made of it
    why: str
    notice_it: str
    say: str  # words for the table
    propose: str  # words for the text

    @property
    def address(self) -> str:
        return f"/moves/{self.slug}"

    @property
    def words(self) -> str:
        """Everything that searching looks through, in lower case."""
        parts = [self.name, self.in_short, self.union, self.employer, self.why, self.notice_it, self.say, self.propose]
        return " ".join(parts).lower()


@dataclass(frozen=True, slots=True)
class MoveFamily:
    """Moves of one kind: what they do to workers and how to answer them. Sections are Markdown."""

    id: str
    name: str
    in_short: str
    what: str
    answer: str

    @property
    def address(self) -> str:
        return f"/moves/families/{self.id}"


@dataclass(frozen=True, slots=True)
class MoveCatalogue:
    """All moves by number and all families by id; both empty for a library without them."""

    moves: Mapping[int, EmployerMove] = field(default_factory=dict)
    families: Mapping[str, MoveFamily] = field(default_factory=dict)

    def by_slug(self, slug: str) -> EmployerMove:
        """The move at this address; raises UnknownMove."""
        found = next((each for each in self.moves.values() if each.slug == slug), None)
        if found is None:
            raise UnknownMove(f'There is no employer move "{slug}"; look for it in the list of moves.')
        return found

    def family(self, family: str) -> MoveFamily:
        """The family of this id; raises UnknownMove."""
        if family not in self.families:
            raise UnknownMove(f'There is no family of moves "{family}"; look for it in the list of moves.')
        return self.families[family]

    def of_family(self, family: str) -> tuple[EmployerMove, ...]:
        """The moves of a family, by number."""
        return tuple(each for each in self.moves.values() if each.family == family)

    def page(self, number: int | None, family: str) -> EmployerMove | MoveFamily | None:
        """Where a finding's move is explained: its own page, else its family's; None in a library without moves."""
        return self.moves.get(number or 0) or self.families.get(family)


def load_moves(clauses_dir: Path) -> MoveCatalogue:
    """Read every move and family of a library; the catalogue is empty where the library has none.

    Raises:
        ClauseFileError: a file breaks the format; names file, field and remedy.
    """
    moves = [read_move(path) for path in move_files(clauses_dir)]
    families = [read_family(path) for path in family_files(clauses_dir)]
    return MoveCatalogue(
        {each.number: each for each in sorted(moves, key=lambda move: move.number)},
        {each.id: each for each in families},
    )


def move_files(clauses_dir: Path) -> list[Path]:
    """The files of moves, sorted by name."""
    return sorted((clauses_dir / MOVES_FOLDER).glob("*.md"))


def family_files(clauses_dir: Path) -> list[Path]:
    """The files of families, sorted by name."""
    return sorted((clauses_dir / MOVES_FOLDER / FAMILIES_FOLDER).glob("*.md"))


def read_move(path: Path) -> EmployerMove:
    """Read one move; raises ClauseFileError naming file, field and remedy."""
    data, sections = read_content(path, MOVE_SECTIONS)
    return EmployerMove(
        slug=path.stem,
        number=data["number"],
        name=data["name"],
        family=data["family"],
        in_short=data["in_short"],
        lost=tuple(data["lost"]),
        silent=data["silent"],
        related=tuple(data["related"]),
        union=sections["Union"],
        employer=sections["Employer"],
        why=sections["Why it matters"],
        notice_it=sections["How to notice it"],
        say=sections["Say"],
        propose=sections["Propose"],
    )


def read_family(path: Path) -> MoveFamily:
    """Read one family; raises ClauseFileError naming file, field and remedy."""
    data, sections = read_content(path, FAMILY_SECTIONS)
    return MoveFamily(
        data["id"], data["name"], data["in_short"], sections["What these moves do"], sections["How to answer"]
    )


def read_content(path: Path, known: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, str]]:
    """Front matter that keeps to the `schema.yml` beside the file, and sections of which none is empty.

    Raises ClauseFileError naming file, field and remedy of the first problem.
    """
    from app.library.schema import schema_problems  # noqa: PLC0415 - jsonschema is heavy, and the program starts fast

    name = content_name(path)
    data, sections = split_source(read_source(path), name, known)
    problems = schema_problems(data, path.parent / "schema.yml", name)
    empty = next((title for title in known if not sections.get(title)), None)
    if empty:
        problems.append(f'{name}: section "{empty}" is missing or empty; write it under "# {empty}".')
    if problems:
        raise ClauseFileError(problems[0])
    return data, sections


def content_name(path: Path) -> str:
    """How messages call a file: from the folder below `clauses/` on."""
    parts = path.parts
    start = max((place for place, part in enumerate(parts[:-1]) if part == MOVES_FOLDER), default=len(parts) - 2)
    return "/".join(parts[start:])
