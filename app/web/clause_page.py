"""What a clause page shows, decided before the template sees it: positions, figures, protections, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup

from app.library.catalogue import ClausePage, PositionPage, VersionEntry
from app.library.clause import POSITIONS, ClauseVersion, Placeholder
from app.library.rendering import fill_source, fill_values
from app.library.vocabulary import Term, Vocabulary
from app.web.filled_text import Piece, mark_pieces
from app.web.library_page import POSITION_LABELS, POSITION_SENTENCES
from app.web.rendering import printed_number

_DIRECTION_WORDS = {"more": "More is better for workers.", "less": "Less is better for workers.", "none": ""}
_CERTAINTY_WORDS = {
    "source": "read in the source",
    "press": "press account",
    "general knowledge": "general knowledge, not confirmed in a source",
}
_ARBITRATED_WORDS = {"yes": "Tested at arbitration.", "no": "Not tested at arbitration.", "unknown": ""}
# Clause text is ours and reviewed, but it is text all the same: no HTML passes, and links are not made from words.
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True, slots=True)
class ProvisionLine:
    """One provision as it stands on the page."""

    anchor: str
    number: str  # as printed: "2." or "(a)"
    full_number: str
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A placeholder with what stands in this position and how far it may go."""

    name: str
    label: str
    help: str
    value: str
    bounds: str
    direction: str


@dataclass(frozen=True, slots=True)
class ProtectionLine:
    """A protection and where this position carries it; no places means that the position gives it up."""

    id: str
    label: str
    weight: str
    places: tuple[tuple[str, str], ...]  # (number, anchor)

    @property
    def anchors(self) -> str:
        """For the script that lights the carrying words up."""
        return " ".join(anchor for _, anchor in self.places)


@dataclass(frozen=True, slots=True)
class PositionPanel:
    """Everything that belongs to one position."""

    id: str
    label: str
    sentence: str
    chosen: bool
    provisions: tuple[ProvisionLine, ...]
    figures: tuple[Figure, ...]
    protections: tuple[ProtectionLine, ...]

    @property
    def given_up(self) -> int:
        """How many of the clause's protections this position does not carry."""
        return sum(not line.places for line in self.protections)


@dataclass(frozen=True, slots=True)
class PrecedentLine:
    """What was reported, and how sure that is, in words."""

    reported: str
    certainty: str
    arbitrated: str
    key: str


@dataclass(frozen=True, slots=True)
class VariantLine:
    """Other language for a jurisdiction or a sector, with the figures of the target."""

    place: str
    why: str
    provisions: tuple[tuple[str, Markup], ...]  # (number, text)


@dataclass(frozen=True, slots=True)
class ClauseView:
    """The whole page."""

    clause: ClauseVersion
    topic: str
    panels: tuple[PositionPanel, ...]
    precedents: tuple[PrecedentLine, ...]
    variants: tuple[VariantLine, ...]
    jurisdictions: tuple[str, ...]
    sectors: tuple[str, ...]
    instruments: tuple[str, ...]
    versions: tuple[VersionEntry, ...]
    is_latest: bool
    why_it_matters: Markup
    arguments: tuple[tuple[str, Markup], ...]
    drafting_notes: Markup

    def version_before(self, version: str) -> str:
        """The version that `version` replaced; "" for the first one."""
        order = [entry.version for entry in self.versions]
        place = order.index(version) + 1
        return order[place] if place < len(order) else ""


def build_clause_page(found: ClausePage, vocabulary: Vocabulary, *, position: str = "") -> ClauseView:
    """Shape a clause for its page; `position` is the one shown first, the target unless another is named."""
    clause = found.clause
    chosen = position if position in POSITIONS else "target"
    return ClauseView(
        clause=clause,
        topic=vocabulary.topic_label(clause.topic),
        panels=tuple(_panel(each, clause, vocabulary, chosen=each.position == chosen) for each in found.positions),
        precedents=tuple(
            PrecedentLine(
                reported=each.reported,
                certainty=_CERTAINTY_WORDS.get(each.certainty, each.certainty),
                arbitrated=_ARBITRATED_WORDS.get(each.arbitrated, ""),
                key=each.key,
            )
            for each in clause.precedents
        ),
        variants=_variants(clause, vocabulary),
        jurisdictions=tuple(_label(vocabulary.jurisdictions, each) for each in clause.jurisdictions),
        sectors=tuple(_label(vocabulary.sectors, each) for each in clause.sectors),
        instruments=tuple(_label(vocabulary.instruments, each) for each in clause.instruments),
        versions=found.versions,
        is_latest=found.is_latest,
        why_it_matters=markdown(clause.why_it_matters),
        arguments=tuple((argument, markdown(reply)) for argument, reply in clause.employer_arguments),
        drafting_notes=markdown(clause.drafting_notes),
    )


def markdown(source: str) -> Markup:
    """Notes of a clause as HTML; anything that is not Markdown is shown as the characters it is."""
    return Markup(_MARKDOWN.render(source))  # noqa: S704 -- the renderer escapes, HTML in the source is off


def _variants(clause: ClauseVersion, vocabulary: Vocabulary) -> tuple[VariantLine, ...]:
    filled = fill_values(clause, "target")
    return tuple(
        VariantLine(
            place=_label({**vocabulary.jurisdictions, **vocabulary.sectors}, each.place),
            why=each.why,
            provisions=tuple(
                (number, markdown(fill_source(clause, source, filled, variant=each.place)))
                for number, source in each.provisions
            ),
        )
        for each in clause.variants
    )


def _panel(page: PositionPage, clause: ClauseVersion, vocabulary: Vocabulary, *, chosen: bool) -> PositionPanel:
    position = page.position
    pieces = mark_pieces(clause.positions[position], page.provisions)
    lines = tuple(
        ProvisionLine(
            anchor=_anchor(position, provision.number or str(place)),
            number=printed_number(provision.number),
            full_number=provision.number,
            level=provision.number.count("("),
            pieces=cut,
        )
        for place, (provision, cut) in enumerate(zip(page.provisions, pieces, strict=True))
    )
    numbers = {line.full_number for line in lines}
    return PositionPanel(
        id=position,
        label=POSITION_LABELS[position],
        sentence=POSITION_SENTENCES[position],
        chosen=chosen,
        provisions=lines,
        figures=tuple(_figure(each, position) for each in clause.placeholders),
        protections=tuple(
            ProtectionLine(
                id=each.id,
                label=vocabulary.element_label(each.id),
                weight=each.weight,
                places=tuple(
                    (number, _anchor(position, number)) for number in each.provisions(position) if number in numbers
                ),
            )
            for each in clause.protections
        ),
    )


def _figure(placeholder: Placeholder, position: str) -> Figure:
    value = placeholder.default(position)
    shown = "to be filled in" if value is None else _with_unit(placeholder, value)
    return Figure(
        name=placeholder.name,
        label=placeholder.label,
        help=placeholder.help,
        value=shown,
        bounds=_bounds(placeholder),
        direction=_DIRECTION_WORDS.get(placeholder.direction, ""),
    )


def _with_unit(placeholder: Placeholder, value: int | str) -> str:
    shown = f"${value:,}" if placeholder.type == "money" and isinstance(value, int) else str(value)
    return f"{shown} {placeholder.unit}".strip()


def _bounds(placeholder: Placeholder) -> str:
    if placeholder.choices:
        return "One of: " + ", ".join(placeholder.choices) + "."
    low, high = placeholder.minimum, placeholder.maximum
    if low is not None and high is not None:
        return f"Between {low:,} and {high:,}."
    if low is not None:
        return f"At least {low:,}."
    return f"At most {high:,}." if high is not None else ""


def _anchor(position: str, number: str) -> str:
    plain = "".join(letter if letter.isalnum() else "-" for letter in number).strip("-")
    return f"{position}-{plain}".lower()


def _label(terms: Mapping[str, Term], key: str) -> str:
    term = terms.get(key)
    return term.label if term else key
