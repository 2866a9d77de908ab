"""What the page for taking over a newer version shows, decided before the template sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.library.catalogue import VersionEntry
from app.library.clause import Placeholder, Value
from app.proposals.takeover import Choices, Decision, Takeover
from app.proposals.takeover_plan import Kind, PositionPlan, Step
from app.web.editor_page import bounds_words
from app.web.library_page import POSITION_LABELS

_HEADINGS: dict[Kind, str] = {
    "takes_new": "takes the new words",
    "added": "is new",
    "gone": "is no longer in the clause",
    "kept": "keeps your words; the clause did not change here",
    "agrees": "already reads as the new version",
    "choose": "was changed by you and in the clause",
    "homeless": "is no longer in the clause, and you had edited it",
}


@dataclass(frozen=True, slots=True)
class StepView:
    """One provision with its texts and what was chosen for it."""

    step: Step
    heading: str  # "Section 2(a) takes the new words"
    choice: str  # what is chosen so far; "" while nothing is
    text: str  # in the field for words of one's own
    into: str
    problem: str

    @property
    def name(self) -> str:
        """What its form fields are called."""
        return self.step.key


@dataclass(frozen=True, slots=True)
class ValueField:
    """A value that no longer fits, with a field for another."""

    name: str
    label: str
    reason: str
    help: str
    entered: str
    problem: str


@dataclass(frozen=True, slots=True)
class PositionView:
    """One position: what asks first, then what happens by itself."""

    position: str
    label: str
    asking: tuple[StepView, ...]
    others: tuple[StepView, ...]
    unchanged: int
    numbers: tuple[str, ...]  # sections of the new version, to join words to


@dataclass(frozen=True, slots=True)
class TakeoverPage:
    """The whole page."""

    plan: Takeover
    positions: tuple[PositionView, ...]
    values: tuple[ValueField, ...]
    kept_values: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]  # (anchor, message)
    conflict: str


@dataclass(frozen=True, slots=True)
class NewerNotice:
    """What the editor says beside an article whose clause has a newer version."""

    version: str
    versions: tuple[VersionEntry, ...]
    steps: tuple[StepView, ...]  # where the clause reads differently, in the article's position
    asking: int


def build_notice(plan: Takeover) -> NewerNotice:
    """Shape a plan for the editor."""
    return NewerNotice(
        version=plan.new.version,
        versions=plan.versions,
        steps=tuple(_view(step, Choices(), {}) for step in plan.positions[0].changed),
        asking=len(plan.asking),
    )


def build_takeover_page(
    plan: Takeover, *, choices: Choices | None = None, problems: Mapping[str, str] | None = None, conflict: str = ""
) -> TakeoverPage:
    """Shape a plan for its page.

    Args:
        plan: What would happen.
        choices: What was chosen in a form that came back, so that nothing is lost.
        problems: What is wrong with it, by key of the step or name of the placeholder.
        conflict: What to say where somebody else changed the article in the meantime.
    """
    chosen, wrong = choices or Choices(), problems or {}
    return TakeoverPage(
        plan=plan,
        positions=tuple(_position(each, chosen, wrong) for each in plan.positions if _matters(each)),
        values=tuple(
            ValueField(
                name=each.placeholder.name,
                label=each.placeholder.label,
                reason=each.reason,
                help=f"{_default_words(each.placeholder, plan.position)} {bounds_words(each.placeholder)}".strip(),
                entered=chosen.values.get(each.placeholder.name, ""),
                problem=wrong.get(each.placeholder.name, ""),
            )
            for each in plan.values.refused
        ),
        kept_values=tuple(
            (placeholder.label, _value_words(placeholder, value))
            for name, value in plan.values.kept.items()
            if (placeholder := plan.new.placeholder(name)) is not None
        ),
        problems=tuple((f"step-{key}", message) for key, message in wrong.items()),
        conflict=conflict,
    )


def _matters(plan: PositionPlan) -> bool:
    """Whether there is anything to say of a position."""
    return any(step.kind != "same" for step in plan.steps)


def _position(plan: PositionPlan, choices: Choices, problems: Mapping[str, str]) -> PositionView:
    views = [_view(step, choices, problems) for step in plan.steps if step.kind != "same"]
    return PositionView(
        position=plan.position,
        label=POSITION_LABELS.get(plan.position, plan.position),
        asking=tuple(view for view in views if view.step.asks),
        others=tuple(view for view in views if not view.step.asks),
        unchanged=sum(step.kind == "same" for step in plan.steps),
        numbers=tuple(step.number for step in plan.steps if step.number),
    )


def _view(step: Step, choices: Choices, problems: Mapping[str, str]) -> StepView:
    # What merges without doubt is put forward; a person still has to look at it and save.
    proposed = Decision("own") if step.kind == "choose" and step.merged is not None else Decision("")
    decision = choices.decisions.get(step.key, proposed)
    return StepView(
        step=step,
        heading=_heading(step),
        choice=decision.choice,
        text=decision.text or step.merged or step.ours,
        into=decision.into,
        problem=problems.get(step.key, "") if step.key else "",
    )


def _heading(step: Step) -> str:
    number = step.number or step.old_number
    name = f"Section {number}" if number else "The passage without a number"
    before = f" (section {step.old_number} so far)" if step.number and step.old_number not in {"", step.number} else ""
    return f"{name}{before} {_HEADINGS.get(step.kind, 'stays as it is')}"


def _default_words(placeholder: Placeholder, position: str) -> str:
    default = placeholder.default(position)
    if default is None:
        return "Left empty, it has to be filled in before you can export."
    return f"Left empty, the clause says {_value_words(placeholder, default)}."


def _value_words(placeholder: Placeholder, value: Value) -> str:
    shown = f"{value:,}" if isinstance(value, int) else value
    return f"${shown}" if placeholder.type == "money" else shown
