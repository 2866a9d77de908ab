"""What the page of a comparison shows, decided before the template sees it.

The comparison comes in as values; out come counts, rows and cards with every word already chosen. Nothing here asks
the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.results import Finding, PackageView, Residue, Span
from app.proposals.article_names import ArticleNames
from app.text.document import Provision
from app.web.counter_filters import Filters
from app.web.finding_card import Card, Quotation, QuotedSide, Review, build_card, finding_title
from app.web.finding_words import STATUS_ORDER, StatusWords, family_words, status_words
from app.web.moves_page import MoveLinks
from app.web.package_card import Group, PackageCard, build_packages, grouped

PASSAGES_SHOWN = 100
"""Unclassified passages on one page; a whole agreement against the library leaves some thousands."""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of the heading: so many findings of one status, and the link that shows only those."""

    status: StatusWords
    number: int
    hostile: int
    link: str
    chosen: bool

    @property
    def sentence(self) -> str:
        """The figure in words, such as "2 added, 1 of them hostile"."""
        words = f"{self.number:,} {self.status.word}"
        if not self.hostile:
            return words
        return f"{words}, hostile" if self.hostile == self.number else f"{words}, {self.hostile} of them hostile"


@dataclass(frozen=True, slots=True)
class ResidueCard:
    """Words that changed without a finding."""

    anchor: str
    number: str
    side: str
    quotation: Quotation


@dataclass(frozen=True, slots=True)
class Passages:
    """The unclassified passages of one page of the list."""

    cards: tuple[ResidueCard, ...]
    first: int  # place of the first one shown, from 1
    total: int
    earlier: str  # link, "" on the first page
    later: str

    @property
    def places(self) -> str:
        """Which ones are shown, such as "Passages 101 to 200 of 3,930"."""
        return f"Passages {self.first:,} to {self.first + len(self.cards) - 1:,} of {self.total:,}"


@dataclass(frozen=True, slots=True)
class CounterPage:
    """Everything that the template of a comparison needs."""

    counts: tuple[Count, ...]
    cards: tuple[Card, ...]
    packages: tuple[PackageCard, ...]
    groups: tuple[Group, ...]  # the same cards, under their clauses where the filters ask for that order
    passages: Passages
    families: tuple[tuple[str, str], ...]  # those that occur: key and words
    total: int
    open: int
    filters: Filters
    print_link: str

    @property
    def summary(self) -> str:
        """The heading in one line of words."""
        return " · ".join(count.sentence for count in self.counts if count.number)


def build_counter_page(
    reviews: Sequence[Review],
    residue: Sequence[Residue],
    *,
    union: Sequence[Provision] = (),
    employer: Sequence[Provision] = (),
    filters: Filters | None = None,
    packages: Sequence[PackageView] = (),
    moves: MoveLinks | None = None,
    names: ArticleNames | None = None,
) -> CounterPage:
    """Shape a stored comparison for its page.

    Args:
        reviews: Every finding of the run, with what people said of it.
        residue: What differs and no rule explains.
        union: Provisions of the Union's text, to quote evidence within its whole provision.
        employer: Provisions of the Employer's text.
        filters: What the person asked to see; everything when None.
        packages: What the findings of each clause come to together.
        moves: Where an employer move is explained.
        names: Which article of ours some words stand in.

    Returns:
        The page; counts are of the whole run, cards only of what the filters let through.
    """
    filters, names = filters or Filters(), names or ArticleNames()
    sides = (QuotedSide(union), QuotedSide(employer))
    places = _article_order(reviews, sides[0])
    chosen = [review for review in reviews if _passes(review, filters)]
    by_article = filters.order == "articles"
    chosen.sort(key=lambda review: (0 if by_article else _gravity(review.finding), places.get(review.id, len(places))))
    unread = _residue_cards(residue, *sides, names)
    cards = tuple(
        build_card(review, *sides, place=places.get(review.id, len(places)), moves=moves, names=names)
        for review in chosen
    )
    heads = build_packages(packages, reviews, {card.id for card in cards})
    by_clause = filters.order == "clauses" and bool(heads)
    groups = grouped(packages, heads, reviews, cards) if by_clause else (Group(None, cards),)
    families = {move.family for review in reviews for move in review.finding.moves}
    return CounterPage(
        counts=_counts(reviews, len(unread), filters),
        cards=tuple(card for group in groups for card in group.cards),
        packages=heads,
        groups=groups,
        passages=_passages(unread, filters),
        families=tuple(sorted(((key, family_words(key)) for key in families), key=lambda pair: pair[1])),
        total=len(reviews),
        open=sum(review.decision == "open" for review in reviews),
        filters=filters,
        print_link=filters.link(order="articles"),
    )


def _gravity(finding: Finding) -> int:
    return STATUS_ORDER.index(finding.status) if finding.status in STATUS_ORDER else len(STATUS_ORDER)


def _counts(reviews: Sequence[Review], unread: int, filters: Filters) -> tuple[Count, ...]:
    numbers = Counter[str](review.finding.status for review in reviews)
    numbers["unclassified"] = unread
    hostile = Counter[str](review.finding.status for review in reviews if review.finding.hostile)
    return tuple(
        Count(
            status=status_words(key),
            number=numbers[key],
            hostile=hostile[key],
            link=filters.link(status="" if filters.status == key else key, start=""),
            chosen=filters.status == key,
        )
        for key in STATUS_ORDER
    )


def _passes(review: Review, filters: Filters) -> bool:
    finding = review.finding
    if filters.status and finding.status != filters.status:
        return False
    if filters.weight and (finding.protection is None or finding.protection.weight != filters.weight):
        return False
    if filters.family and all(move.family != filters.family for move in finding.moves):
        return False
    if filters.decision and review.decision != filters.decision:
        return False
    return not filters.words or filters.words.casefold() in _searchable(review)


def _searchable(review: Review) -> str:
    finding = review.finding
    parts = [finding.explanation, finding.suggestion, review.note, finding_title(finding)]
    parts += [f"{evidence.number} {evidence.text}" for evidence in (finding.library, finding.draft) if evidence]
    return " ".join(parts).casefold()


def _article_order(reviews: Sequence[Review], union: QuotedSide) -> dict[str, int]:
    """Rank findings as the Employer's text runs; what is missing there stands behind its neighbour in ours."""
    keys = {review.id: (review.finding.draft.start, 0) for review in reviews if review.finding.draft}
    ours = [(union.rank(review.finding.library), review) for review in reviews if review.finding.library]
    last = -1
    for rank, review in sorted(ours, key=lambda pair: pair[0]):
        if review.finding.draft:
            last = review.finding.draft.start
        else:
            keys[review.id] = (last, rank + 1)
    ordered = sorted(keys, key=lambda id_: keys[id_])
    return {id_: place for place, id_ in enumerate(ordered)}


def _residue_cards(
    residue: Sequence[Residue], union: QuotedSide, employer: QuotedSide, names: ArticleNames
) -> tuple[ResidueCard, ...]:
    """One card for each provision with unclassified words, all of them marked in it."""
    groups: dict[tuple[str, str, int], list[Residue]] = {}
    since = 0
    for entry in residue:
        provision = (employer if entry.side == "draft" else union).find(entry)
        home = names.home(entry, since=since) if entry.side == "library" else None
        since = home.place if home else since
        start = provision.start if provision else entry.start
        groups.setdefault((entry.side, names.cited(entry, home), start), []).append(entry)
    return tuple(
        ResidueCard(
            anchor=f"residue-{index}",
            number=cited,
            side="Employer" if entries[0].side == "draft" else "Union",
            quotation=(employer if entries[0].side == "draft" else union).quote(
                entries[0], [Span(each.start, each.end, each.text) for each in entries]
            ),
        )
        for index, ((_, cited, _), entries) in enumerate(groups.items(), start=1)
    )


def _passages(cards: tuple[ResidueCard, ...], filters: Filters) -> Passages:
    if filters.status not in ("", "unclassified") or filters.weight or filters.family or filters.decision:
        return Passages((), 1, 0, "", "")
    words = filters.words.casefold()
    chosen = tuple(card for card in cards if words in f"{card.number} {card.quotation.text}".casefold())
    first = filters.first if filters.first < len(chosen) else 0
    after = first + PASSAGES_SHOWN
    return Passages(
        cards=chosen[first:after],
        first=first + 1,
        total=len(chosen),
        earlier=_passages_link(filters, max(first - PASSAGES_SHOWN, 0)) if first else "",
        later=_passages_link(filters, after) if after < len(chosen) else "",
    )


def _passages_link(filters: Filters, first: int) -> str:
    return f"{filters.link(status='unclassified', start=str(first + 1))}#residue-title"
