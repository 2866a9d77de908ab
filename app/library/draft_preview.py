"""A draft as it will read: three positions with their figures, what changed since the version before, remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from sqlalchemy.orm import Session

from app.analysis.lint.lint import Remark, lint
from app.analysis.pipeline import Pipeline
from app.errors import ProvisoError
from app.library.catalogue import get_clause_version
from app.library.clause import POSITIONS, ClauseVersion, version_order
from app.library.numbers import taken_versions
from app.library.rendering import render_position
from app.text.document import Provision

_MOST_KEPT = 100
_kept: dict[tuple[str, str, str], list[Remark]] = {}  # by digest, position and version of the rules


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One provision, beside what it was before."""

    number: str
    text: str  # "" where it was taken out
    before: str  # "" where it is new; the same as `text` where nothing changed, or where there is no version before
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class PreviewPosition:
    """One position of a draft."""

    position: str
    lines: tuple[PreviewLine, ...]
    whole: tuple[Remark, ...]  # remarks on the position as a whole
    problem: str = ""  # why it cannot be shown yet

    @property
    def remarks(self) -> int:
        """How many remarks there are in all."""
        return len(self.whole) + sum(len(line.remarks) for line in self.lines)

    @property
    def changed(self) -> int:
        """How many provisions differ from the version before."""
        return sum(line.text != line.before for line in self.lines)


def version_before(session: Session, version: ClauseVersion) -> ClauseVersion | None:
    """The newest published version with a lower number: what a reviewer compares a draft with."""
    own = version_order(version.version)
    older = [each for each in taken_versions(session, version.id) if version_order(each) < own]
    return get_clause_version(session, version.id, max(older, key=version_order)) if older else None


def preview(version: ClauseVersion, before: ClauseVersion | None, pipeline: Pipeline) -> tuple[PreviewPosition, ...]:
    """The three positions, each with its remarks and its changes."""
    return tuple(_preview(version, before, position, pipeline) for position in POSITIONS)


def _preview(
    version: ClauseVersion, before: ClauseVersion | None, position: str, pipeline: Pipeline
) -> PreviewPosition:
    try:
        provisions = render_position(version, position)
    except ProvisoError as error:
        return PreviewPosition(position, (), (), problem=str(error))
    old = render_position(before, position) if before else provisions
    remarks = _remarks(version, position, provisions, pipeline)
    lines = tuple(_line(was, now, remarks) for was, now in _paired(old, provisions))
    return PreviewPosition(position, lines, tuple(each for each in remarks if each.start == each.end))


def _line(was: Provision | None, now: Provision | None, remarks: Sequence[Remark]) -> PreviewLine:
    shown = now or was
    assert shown is not None
    here = tuple(each for each in remarks if now and each.start < each.end and now.start <= each.start < now.end)
    return PreviewLine(shown.number, now.text if now else "", was.text if was else "", here)


def _paired(old: Sequence[Provision], new: Sequence[Provision]) -> list[tuple[Provision | None, Provision | None]]:
    """Provisions side by side, so that one that came in does not shift all others."""
    matcher = SequenceMatcher(None, [each.text for each in old], [each.text for each in new], autojunk=False)
    return [pair for _, i, j, k, m in matcher.get_opcodes() for pair in zip_longest(old[i:j], new[k:m])]


def _remarks(
    version: ClauseVersion, position: str, provisions: Sequence[Provision], pipeline: Pipeline
) -> list[Remark]:
    """Remarks on the wording; a term that the clause takes from elsewhere, and says so, is no undefined one."""
    key = (version.digest, position, pipeline.version)
    if key not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        required = {_term(each) for each in version.requires_definitions}
        _kept[key] = [
            each
            for each in lint(provisions, pipeline)
            if not (each.rule == "undefined_term" and _term(each.text) in required)
        ]
    return _kept[key]


def _term(words: str) -> str:
    return words.lower().removesuffix("s")
