"""What pages and writers are given: frozen values, complete, with public ids. No template can query by accident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.analysis.results import ClauseReference, ClauseText, Comparison, Finding, Protection, Residue
from app.library.clause import Placeholder, Value
from app.text.document import Provision


@dataclass(frozen=True, slots=True)
class PlaceholderView:
    """A placeholder of one article, with what it holds now."""

    placeholder: Placeholder  # name, label, help, type, unit, direction, minimum, maximum, choices
    value: Value | None  # filled in, else the default of the position, else None
    default: Value | None
    is_default: bool

    @property
    def missing(self) -> bool:
        """Whether it still has to be filled in before the proposal can be handed over."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """One provision as it stands, beside the words of its clause."""

    id: str
    number: str  # within the article: "1", "2(a)"
    level: int  # depth in the list, from 0
    lead_in: str
    text: str  # placeholders filled; one that is not reads "[Days of notice]"
    model_text: str  # the same provision as the clause has it, placeholders filled alike
    changed: bool  # whether we edited it
    note: str  # caucus only
    revision: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article of a proposal."""

    id: str
    number: int  # place within the proposal, from 1
    title: str
    clause_id: str  # "" for employer articles
    clause_version: str
    topic: str
    position: str
    positions: tuple[str, ...]  # positions one may switch to, () for employer articles
    placeholders: tuple[PlaceholderView, ...]
    provisions: tuple[ProvisionView, ...]
    protections: tuple[Protection, ...]
    fallback: tuple[Provision, ...]  # the next weaker position; caucus only
    newer_version: str  # "" unless a newer version of the clause is published
    note: str  # caucus only
    revision: int
    variant: str = ""  # jurisdiction and sector that the wording was chosen for, "" where one wording serves all
    fallback_protections: tuple[Protection, ...] = ()  # what that position still gives; caucus only
    needs_terms: tuple[str, ...] = ()  # defined terms that the clause uses and leaves to a definitions article

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of the placeholders that still have to be filled in."""
        return tuple(each.placeholder.label for each in self.placeholders if each.missing)


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal or counter-proposal with everything in it."""

    id: str
    table_id: str
    title: str
    side: str  # union or employer
    number: int  # counts this side's proposals at the table
    round_number: int
    held_on: date
    employer: str
    union: str
    unit: str
    created_by: str
    created_at: datetime
    articles: tuple[ArticleView, ...]

    @property
    def label(self) -> str:
        """How the table calls it: "Union Proposal 3", "Employer Counter 2"."""
        return proposal_label(self.side, self.number)


@dataclass(frozen=True, slots=True)
class RenderedProvision:
    """A provision ready to be written: filled, numbered, without anything that is for the caucus only."""

    number: str
    level: int
    lead_in: str
    text: str
    model_text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class RenderedArticle:
    """An article ready to be written for the table."""

    number: int
    title: str
    provisions: tuple[RenderedProvision, ...]

    @property
    def heading(self) -> str:
        """Number and title: "Article 2. Notice"."""
        return f"Article {self.number}. {self.title}"


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal in a list."""

    id: str
    title: str
    side: str
    number: int
    round_number: int
    held_on: date
    articles: int
    created_at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class ComparisonCard:
    """A comparison in a list."""

    id: str
    draft_name: str
    against_name: str
    created_at: datetime
    counts: dict[str, int]  # by status, every status present
    hostile: int
    open: int  # findings that nobody has decided


@dataclass(frozen=True, slots=True)
class TableCard:
    """A table in a list."""

    id: str
    title: str
    employer: str
    union: str
    unit: str
    proposals: int
    comparisons: int


@dataclass(frozen=True, slots=True)
class TableView:
    """One bargaining table and what lies on it, the newest first."""

    id: str
    title: str
    employer: str
    union: str
    unit: str
    jurisdiction: str
    sector: str
    agreement: str
    members: tuple[str, ...]
    proposals: tuple[ProposalCard, ...]
    comparisons: tuple[ComparisonCard, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What one person said of a finding, and when."""

    decision: str  # agreed, dismissed, open
    note: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with what people decided about it."""

    id: str
    number: int  # from 1, in the order of the comparison
    finding: Finding
    families: tuple[str, ...]
    decision: str  # of the latest review; "open" without one
    note: str  # of the latest review
    reviews: tuple[ReviewView, ...]  # the newest first


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A stored comparison: both texts, the findings, the residue."""

    id: str
    table_id: str
    draft_name: str
    draft_kind: str
    draft_proposal_id: str  # the employer's counter
    against_name: str
    against_proposal_id: str  # "" when compared with the library
    pipeline: str
    created_by: str
    created_at: datetime
    findings: tuple[FindingView, ...]
    residue: tuple[Residue, ...]
    warnings: tuple[str, ...]
    draft: tuple[Provision, ...]  # the employer's text as it was read
    draft_text: str  # what the offsets of draft provisions, evidence and residue count in
    texts: tuple[ClauseText, ...]  # the union's text as it stood then
    counts: dict[str, int]  # findings by status, every status present
    hostile: int
    open: int
    result: Comparison  # the same as plain values, for reports
    untouched: tuple[ClauseReference, ...] = ()  # clauses of the library that the draft does not speak of


def proposal_label(side: str, number: int) -> str:
    """How the table calls a text: "Union Proposal 3", "Employer Counter 2"."""
    return f"Union Proposal {number}" if side == "union" else f"Employer Counter {number}"
