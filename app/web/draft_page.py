"""What the pages of a draft show, decided before the template sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.library.clause_form import ClauseForm, PlaceholderRow, PrecedentRow, ProtectionRow, VariantRow
from app.library.draft_check import CheckedDraft
from app.library.draft_records import DraftView
from app.library.draft_text import clause_id_of
from app.library.front_matter import SECTIONS
from app.library.vocabulary import Term, Vocabulary
from app.web.draft_form import section_field
from app.web.library_page import Option

STATE_WORDS = {
    "draft": "Being written",
    "submitted": "Waiting for review",
    "published": "Published",
    "aside": "Set aside",
}
DEED_WORDS = {
    "started": "began it",
    "saved": "saved other words",
    "submitted": "submitted it for review",
    "taken back": "took it back to go on writing",
    "sent back": "sent it back",
    "published": "approved and published it",
    "set aside": "set it aside",
    "taken up": "took it up again",
}
SECTION_HELP = {
    "Opening": "What you ask for first. Number every provision: 1. **Heading.** The Employer shall … Lists: (a), (b), "
    "three spaces in. A figure that bargaining moves is written {{ its_name }}.",
    "Target": "What you mean to reach. Complete language in its own right.",
    "Floor": "The least that is worth a signature: it keeps “shall”, a date, the remedy and the non-waiver.",
    "Why it matters": "For a worker at 2 a.m. after a bad shift: what happens without it, what you get with it.",
    "What the employer will say": 'Pairs: **The employer:** "…" and on the next line **Reply:** … Make each argument '
    "as strong as a good lawyer would.",
    "Questions to ask": "Begin each with - and a space. Each is answerable with a document, a number or a name.",
    "Drafting notes": "Caucus only: what each position gives up, what to trade first, where local advice is needed.",
}


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft in a list."""

    draft: DraftView
    title: str
    label: str  # "short-notice@1.1.0"; "" where the text cannot be read
    state: str
    problems: int


@dataclass(frozen=True, slots=True)
class SectionField:
    """A text area for one section."""

    name: str
    title: str
    help: str
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form with its lists to choose from; each kind of row ends with empty ones to fill in."""

    form: ClauseForm
    positions: tuple[SectionField, ...]
    notes: tuple[SectionField, ...]
    topics: tuple[Option, ...]
    sectors: tuple[Option, ...]
    jurisdictions: tuple[Option, ...]
    instruments: tuple[Option, ...]
    places: tuple[Option, ...]  # for other wording
    certainty: tuple[Option, ...]
    weights: tuple[Option, ...]
    elements: tuple[Option, ...]
    sources: tuple[str, ...]
    suggested_id: str


def draft_card(draft: DraftView, checked: CheckedDraft, form: ClauseForm | None) -> DraftCard:
    """A draft in a list; one that cannot be read is named by its author."""
    title = checked.version.title if checked.version else form.title if form else ""
    label = checked.version.label if checked.version else f"{form.id}@{form.version}" if form and form.id else ""
    return DraftCard(draft, title or f"Draft of {draft.author}", label, STATE_WORDS[draft.state], len(checked.problems))


def form_page(form: ClauseForm, vocabulary: Vocabulary) -> FormPage:
    """Everything that the form needs."""
    padded = replace(
        form,
        placeholders=(*form.placeholders, *(PlaceholderRow(),) * 3),
        protections=(*form.protections, *(ProtectionRow(),) * 4),
        precedents=(*form.precedents, PrecedentRow()),
        variants=(*form.variants, VariantRow()),
    )
    areas = [_section(title, form) for title in SECTIONS]
    return FormPage(
        form=padded,
        positions=tuple(areas[:3]),
        notes=tuple(areas[3:]),
        topics=(("", "Choose a topic"), *_options(vocabulary.topics)),
        sectors=_options(vocabulary.sectors),
        jurisdictions=_options(vocabulary.jurisdictions),
        instruments=_options(vocabulary.instruments),
        places=(
            ("", "Choose where"),
            *((f"jurisdiction:{key}", label) for key, label in _options(vocabulary.jurisdictions)),
            *((f"sector:{key}", label) for key, label in _options(vocabulary.sectors) if key != "all"),
        ),
        certainty=_options(vocabulary.certainty),
        weights=_options(vocabulary.weights),
        elements=tuple(vocabulary.elements.items()),
        sources=tuple(sorted(vocabulary.sources)),
        suggested_id=clause_id_of(form.title),
    )


def _section(title: str, form: ClauseForm) -> SectionField:
    text = form.sections.get(title, "")
    lines = sum(1 + len(line) // 90 for line in text.splitlines())
    return SectionField(section_field(title), title, SECTION_HELP[title], text, max(8, min(lines + 2, 40)))


def _options(terms: Mapping[str, Term]) -> tuple[Option, ...]:
    return tuple((key, term.label) for key, term in terms.items())
