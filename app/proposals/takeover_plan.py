"""What taking over a newer version of a clause would do to an article: decided here, from values, stored nowhere.

For every provision there are three texts: the old version's (base), the article's (ours) and the new version's
(theirs), the placeholders of both versions filled with the same values. Where we changed nothing, theirs is taken;
where the model changed nothing, ours stays; where both changed, a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.errors import PlaceholderError
from app.library.clause import ClauseVersion, Placeholder, Value
from app.library.difference import pair_provisions
from app.library.rendering import check_value, render_position
from app.text.document import Provision
from app.text.word_merge import merge_words

Kind = Literal["same", "takes_new", "added", "gone", "kept", "agrees", "choose", "homeless"]
"""What happens to a provision.

`same`: nothing changed. `takes_new`: we changed nothing, the model did. `added`: it is new in the model. `gone`: the
model dropped it and we had changed nothing. `kept`: we changed it, the model did not. `agrees`: both made the same
change. `choose`: both changed it, differently. `homeless`: we changed it and the model dropped it.
"""


@dataclass(frozen=True, slots=True)
class OwnProvision:
    """What an article stores of one provision."""

    key: str  # public id of the row
    number: str
    own_text: str | None  # None while it stands as the clause has it
    note: str  # caucus only


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one provision, with its three texts."""

    kind: Kind
    position: str
    key: str  # of the row; "" where there is none yet
    old_number: str  # "" where it is new
    number: str  # in the new version; "" where it is dropped
    base: str
    ours: str
    theirs: str
    note: str = ""
    merged: str | None = None  # both changes in one text, where they touch different words

    @property
    def changes_words(self) -> bool:
        """Whether the model reads differently here."""
        return self.base != self.theirs

    @property
    def asks(self) -> bool:
        """Whether a person has to decide."""
        return self.kind in {"choose", "homeless"}


@dataclass(frozen=True, slots=True)
class RefusedValue:
    """A value that was filled in and that the new version does not admit."""

    placeholder: Placeholder
    value: Value
    reason: str


@dataclass(frozen=True, slots=True)
class CarriedValues:
    """What becomes of the values that were filled in."""

    kept: Mapping[str, Value]
    refused: tuple[RefusedValue, ...]
    unused: tuple[tuple[str, Value], ...]  # (label, value) of placeholders that the new version does not have


@dataclass(frozen=True, slots=True)
class PositionPlan:
    """The steps of one position; a position that nobody opened has none to lose and is not here."""

    position: str
    steps: tuple[Step, ...]

    @property
    def changed(self) -> tuple[Step, ...]:
        """The steps in which the model reads differently."""
        return tuple(step for step in self.steps if step.changes_words)

    @property
    def asking(self) -> tuple[Step, ...]:
        """The steps in which a person has to decide."""
        return tuple(step for step in self.steps if step.asks)


def carry_values(
    old: ClauseVersion,
    new: ClauseVersion,
    filled: Mapping[str, Value],
    position: str,
    entered: Mapping[str, str] | None = None,
) -> CarriedValues:
    """Carry filled values over by name.

    Args:
        old: The version that they were filled into.
        new: The version that they are to fit.
        filled: The values.
        position: The article's position, whose default an empty entry means.
        entered: What a person enters in place of values that do not fit; "" for the default of the new version.

    Raises:
        PlaceholderError: what was entered does not fit either; `name` says which.
    """
    kept: dict[str, Value] = {}
    refused: list[RefusedValue] = []
    unused: list[tuple[str, Value]] = []
    for name, value in filled.items():
        placeholder = new.placeholder(name)
        if placeholder is None:
            before = old.placeholder(name)
            unused.append((before.label if before else name, value))
            continue
        try:
            kept[name] = check_value(placeholder, value, position)
        except PlaceholderError as error:
            refused.append(RefusedValue(placeholder, value, str(error)))
            if entry := (entered or {}).get(name, "").strip():
                kept[name] = check_value(placeholder, entry, position)
    return CarriedValues(kept, tuple(refused), tuple(unused))


def plan_position(
    old: Sequence[Provision], new: Sequence[Provision], rows: Sequence[OwnProvision], position: str
) -> PositionPlan:
    """Decide for every provision of one position.

    Args:
        old: The old version as filled.
        new: The new version as filled.
        rows: What the article stores, also of provisions that a choice hides at present.
        position: Which position it is.
    """
    by_number = {row.number: row for row in rows}
    shown = {each.number for each in old}
    steps = [_step(before, after, by_number, position) for before, after in pair_provisions(old, new)]
    hidden = [row for row in rows if row.number not in shown]
    return PositionPlan(position, (*steps, *(_hidden(row, position) for row in hidden)))


def filled_provisions(
    version: ClauseVersion, position: str, values: Mapping[str, Value], variant: str
) -> tuple[Provision, ...]:
    """A version as filled; values that it has no placeholder for are left out."""
    known: dict[str, object] = {name: value for name, value in values.items() if version.placeholder(name)}
    return render_position(version, position, known, variant=variant)


def _step(before: Provision | None, after: Provision | None, rows: Mapping[str, OwnProvision], position: str) -> Step:
    row = rows.get(before.number) if before else None
    base, theirs = before.text if before else "", after.text if after else ""
    ours = base if row is None or row.own_text is None else row.own_text
    return Step(
        kind=_kind(before, after, base=base, ours=ours, theirs=theirs),
        position=position,
        key=row.key if row else "",
        old_number=before.number if before else "",
        number=after.number if after else "",
        base=base,
        ours=ours,
        theirs=theirs,
        note=row.note if row else "",
        merged=merge_words(base, ours, theirs) if before and after else None,
    )


def _kind(before: Provision | None, after: Provision | None, *, base: str, ours: str, theirs: str) -> Kind:
    edited = ours != base
    if before is None:
        return "added"
    if after is None:
        return "homeless" if edited else "gone"
    if not edited:
        return "same" if base == theirs else "takes_new"
    if base == theirs:
        return "kept"
    return "agrees" if ours == theirs else "choose"


def _hidden(row: OwnProvision, position: str) -> Step:
    """A provision that a choice hides: our words for it would be lost without a decision."""
    kind: Kind = "gone" if row.own_text is None else "homeless"
    words = row.own_text or ""
    return Step(kind, position, row.key, row.number, "", base="", ours=words, theirs="", note=row.note)
