"""What the proposal editor shows, decided before the template sees it: fields, bounds, what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.analysis.lint.lint import Remark
from app.library.clause import POSITIONS, Placeholder, Value
from app.library.currency import DOLLAR, currency_of
from app.library.files import Library
from app.proposals.missing_definitions import MissingDefinitions
from app.proposals.proposal_lint import ProposalRemarks
from app.proposals.views import ArticleView, PlaceholderView, ProposalView
from app.web.library_page import POSITION_LABELS, POSITION_SENTENCES

NO_REMARKS = ProposalRemarks()

_BETTER = {"more": "More is better for workers.", "less": "Less is better for workers."}


@dataclass(frozen=True, slots=True)
class Field:
    """A placeholder as a labelled form field."""

    name: str  # of the form field
    anchor: str
    label: str
    help: str
    bounds: str
    value: str
    default: str
    error: str
    choices: tuple[str, ...]
    numeric: bool
    prefix: str  # "$" before an amount of money
    unit: str
    missing: bool

    @property
    def described_by(self) -> str:
        """Ids of the texts that explain the field, for screen readers."""
        parts = [f"{self.anchor}-error"] if self.error else []
        return " ".join([*parts, f"{self.anchor}-help"])


@dataclass(frozen=True, slots=True)
class OpenField:
    """A placeholder that has to be filled in before the proposal can be exported."""

    article: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class DefinitionsNeeded:
    """Defined terms that stand in the proposal without a definition, and the clause that brings it."""

    terms: str  # “Automated System”, “Vendor”
    articles: str  # "Article 1", "Articles 1 and 3"
    clause_id: str  # "" where the library has none
    clause_title: str

    @property
    def verb(self) -> str:
        return "are" if "”, “" in self.terms else "is"


@dataclass(frozen=True, slots=True)
class PositionChoice:
    """One position that an article may be switched to."""

    key: str
    word: str
    meaning: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WordingRemark:
    """One remark on the wording of an article, with the provision that it is made on."""

    provision_id: str
    number: str  # within the article: "2(a)"
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What belongs to one article beside its text."""

    article: ArticleView
    heading: str
    fields: tuple[Field, ...]
    positions: tuple[PositionChoice, ...]
    edited: int  # provisions that no longer read as the clause does
    remarks: tuple[WordingRemark, ...]
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class EditorPage:
    """Everything that the template of the editor needs."""

    proposal: ProposalView
    panels: tuple[Panel, ...]
    open_fields: tuple[OpenField, ...]
    whole_remarks: tuple[Remark, ...]  # on what the proposal lacks as a whole
    definitions_needed: tuple[DefinitionsNeeded, ...]
    editable: bool

    @property
    def title(self) -> str:
        return f"{self.proposal.title} ({self.proposal.label})"


def build_editor_page(
    proposal: ProposalView,
    *,
    remarks: ProposalRemarks = NO_REMARKS,
    definitions_needed: tuple[DefinitionsNeeded, ...] = (),
    article_id: str = "",
    entered: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> EditorPage:
    """Shape a proposal for its editor.

    Args:
        proposal: The proposal as it is stored.
        remarks: What may be said of its wording.
        definitions_needed: The terms that it does not define, from `name_definitions`.
        article_id: The article whose form came back, if one did.
        entered: What was typed into that form, by placeholder name; shown again so that nothing is lost.
        errors: What is wrong with it, by placeholder name.

    Returns:
        The page; a proposal of the Employer is shown without anything to change.
    """
    panels = tuple(
        _panel(
            article,
            proposal,
            remarks,
            entered=(entered or {}) if article.id == article_id else {},
            errors=(errors or {}) if article.id == article_id else {},
        )
        for article in proposal.articles
    )
    return EditorPage(
        proposal=proposal,
        panels=panels,
        open_fields=tuple(
            OpenField(article=panel.heading, label=field.label, anchor=field.anchor)
            for panel in panels
            for field in panel.fields
            if field.missing
        ),
        whole_remarks=remarks.whole,
        definitions_needed=definitions_needed,
        editable=proposal.side == "union",
    )


def name_definitions(missing: tuple[MissingDefinitions, ...], library: Library) -> tuple[DefinitionsNeeded, ...]:
    """Missing definitions in words, with the title of the clause that would bring them."""
    return tuple(
        DefinitionsNeeded(
            terms=", ".join(f"“{term}”" for term in each.terms),
            articles=_article_numbers(each.articles),
            clause_id=each.clause_id,
            clause_title=library.get(each.clause_id).title if each.clause_id else "",
        )
        for each in missing
    )


def position_choices(chosen: str, available: tuple[str, ...] = POSITIONS) -> tuple[PositionChoice, ...]:
    """The positions of a clause with what each is for."""
    return tuple(
        PositionChoice(key, POSITION_LABELS[key], POSITION_SENTENCES[key], chosen=key == chosen) for key in available
    )


def field_name(placeholder: str) -> str:
    """The form field of a placeholder; the prefix keeps clear of the form's own fields."""
    return f"fill-{placeholder}"


def _article_numbers(numbers: tuple[int, ...]) -> str:
    words = [str(number) for number in numbers]
    if len(words) == 1:
        return f"Article {words[0]}"
    return f"Articles {', '.join(words[:-1])} and {words[-1]}"


def _panel(
    article: ArticleView,
    proposal: ProposalView,
    remarks: ProposalRemarks,
    *,
    entered: Mapping[str, str],
    errors: Mapping[str, str],
) -> Panel:
    return Panel(
        article=article,
        heading=f"Article {article.number}. {article.title}",
        fields=tuple(_field(each, article, entered=entered, errors=errors) for each in article.placeholders),
        positions=position_choices(article.position, article.positions),
        edited=sum(provision.changed for provision in article.provisions),
        remarks=tuple(
            WordingRemark(provision.id, provision.number, remark.message, remark.suggestion)
            for provision in article.provisions
            for remark in remarks.by_provision.get(provision.id, ())
        ),
        first=article.number == 1,
        last=article.number == len(proposal.articles),
    )


def _field(
    view: PlaceholderView, article: ArticleView, *, entered: Mapping[str, str], errors: Mapping[str, str]
) -> Field:
    placeholder, currency = view.placeholder, currency_of(article.variant)
    stored = "" if view.value is None else str(view.value)
    return Field(
        name=field_name(placeholder.name),
        anchor=f"article-{article.id}-{placeholder.name}",
        label=placeholder.label,
        help=placeholder.help,
        bounds=bounds_words(placeholder, currency),
        value=entered.get(placeholder.name, stored),
        default=_with_unit(view.default, placeholder, currency),
        error=errors.get(placeholder.name, ""),
        choices=placeholder.choices,
        numeric=placeholder.type in ("integer", "money"),
        prefix=currency.strip() if placeholder.type == "money" else "",
        unit=placeholder.unit,
        missing=view.missing,
    )


def bounds_words(placeholder: Placeholder, currency: str = DOLLAR) -> str:
    """Bounds and direction in words: "30 to 365 calendar days. More is better for workers."."""
    low, high, unit = placeholder.minimum, placeholder.maximum, placeholder.unit
    if low is not None and high is not None:
        words = f"{_figure(low, placeholder, currency)} to {_figure(high, placeholder, currency)} {unit}"
    elif low is not None:
        words = f"At least {_figure(low, placeholder, currency)} {unit}"
    elif high is not None:
        words = f"At most {_figure(high, placeholder, currency)} {unit}"
    else:
        words = ""
    sentence = f"{words.strip()}." if words else ""
    return f"{sentence} {_BETTER.get(placeholder.direction, '')}".strip()


def _with_unit(value: Value | None, placeholder: Placeholder, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{_figure(value, placeholder, currency)} {placeholder.unit}".strip()
    return value


def _figure(value: int, placeholder: Placeholder, currency: str) -> str:
    """A figure as the clause prints it: "$2,000" for money."""
    return f"{currency}{value:,}" if placeholder.type == "money" else f"{value:,}"
