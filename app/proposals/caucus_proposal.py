"""Our proposal for the caucus: the file for the table, word for word, with what we know of it as comments.

The text and its numbers are those of the export for the table, since it is that file into which the comments go. It
may be written while placeholders are open. Every page says that it is confidential.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.analysis.results import Evidence, Protection
from app.library.clause import ClauseVersion, next_weaker
from app.library.moves import MoveCatalogue
from app.proposals.caucus_lines import (
    EVIDENCE_NOTE,
    Found,
    argument_lines,
    fallback_lines,
    finding_remarks,
    note_lines,
    protection_lines,
    rationale_lines,
    words_of,
)
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.open_placeholders import open_placeholders
from app.proposals.proposal import render_articles
from app.proposals.proposal_lint import ProposalRemarks
from app.proposals.report_content import report_content
from app.proposals.views import ArticleView, ComparisonView, ProposalView, ProvisionView
from app.text.document import Document
from app.text.reading import read_bytes
from app.text.views import plain
from app.word.caucus_mark import COPY_MARK, OPENING_LABEL
from app.word.commenting import Line, Remark, annotate
from app.word.house_style import HouseStyle


@dataclass(frozen=True, slots=True)
class CaucusMaterial:
    """What we know of a proposal besides its text."""

    clauses: Mapping[str, ClauseVersion] = field(default_factory=dict)  # by id of the article
    answer: ComparisonView | None = None  # the latest counter measured against this proposal
    answer_label: str = ""  # "Employer Counter 2"
    remarks: ProposalRemarks = field(default_factory=ProposalRemarks)  # on our own wording


def write_caucus_proposal(
    view: ProposalView,
    material: CaucusMaterial,
    *,
    now: datetime,
    language: str = "en-US",
    house: HouseStyle | None = None,
    moves: MoveCatalogue | None = None,
) -> bytes:
    """Write the caucus copy of a proposal of ours.

    Args:
        view: The proposal.
        material: What the comments tell besides notes, protections and fallbacks.
        now: Time of this version; the date of the comments.
        language: BCP 47 tag of the text.
        house: The house style that the file for the table is written in; the built-in one if none is given.
        moves: Names of employer moves, for the references.

    Returns:
        The DOCX. It can not pass the gate for the table.
    """
    filled = replace(view, articles=tuple(_without_gaps(each) for each in view.articles))
    data = write_proposal_docx(filled, render_articles(filled), now=now, language=language, house=house)
    document = read_bytes(data, view.label)
    places = _Places.of(view, document)
    remarks = [_opening(view, material)]
    for article in view.articles:
        remarks += _on_article(article, material.clauses.get(article.id), places)
        for provision in article.provisions:
            remarks += _on_provision(article, provision, places, material.remarks)
    remarks += _answers(view, material, places, moves)
    return annotate(data, document.text, remarks, date=now, mark=COPY_MARK).data


def _without_gaps(article: ArticleView) -> ArticleView:
    """An article that can be written: an open placeholder stands in the text as its label in brackets."""
    return replace(article, placeholders=())


@dataclass(frozen=True, slots=True)
class _Places:
    """Where headings and provisions of the proposal stand in the written text."""

    text: str
    headings: dict[str, tuple[int, int]]  # by id of the article
    provisions: dict[str, tuple[int, int]]  # by id of the provision

    @classmethod
    def of(cls, view: ProposalView, document: Document) -> _Places:
        """Find each provision behind the one before it, and each title in front of its article's first provision."""
        text, at = document.text, 0
        headings: dict[str, tuple[int, int]] = {}
        provisions: dict[str, tuple[int, int]] = {}
        starts = {each.start for each in document.provisions}
        for article in view.articles:
            before = at
            for provision in article.provisions:
                words = plain(provision.text)
                start = _find(text, words, at, starts)
                if words and start >= 0:
                    provisions[provision.id] = (start, start + len(words))
                    at = start + len(words)
            first = next((provisions[each.id][0] for each in article.provisions if each.id in provisions), len(text))
            title = plain(article.title)
            place = text.rfind(title, before, first)
            if title and place >= 0:
                headings[article.id] = (place, place + len(title))
        return cls(text, headings, provisions)

    def heading(self, article: ArticleView) -> tuple[int, int]:
        """Where an article's title stands, in characters of the text; the beginning where it stands nowhere."""
        return self.headings.get(article.id, (0, 0))

    def within(self, provision: ProvisionView, words: str) -> tuple[int, int]:
        """Where these words of a provision stand; the whole provision where they do not stand in it."""
        start, end = self.provisions.get(provision.id, (0, 0))
        searched = plain(words)
        found = self.text.find(searched, start, end) if searched else -1
        return (found, found + len(searched)) if found >= 0 else (start, end)


def _find(text: str, words: str, at: int, starts: set[int]) -> int:
    """The next place where a provision begins with these words; else the next place where they stand."""
    place = text.find(words, at)
    while place >= 0 and place not in starts:
        place = text.find(words, place + 1)
    return place if place >= 0 else text.find(words, at)


def _opening(view: ProposalView, material: CaucusMaterial) -> Remark:
    lines = [Line(f"{view.label}, {view.title}. Comments are for the caucus.", OPENING_LABEL)]
    gaps = [f"Article {each.number}: {gap.label}" for each in view.articles for gap in open_placeholders(each)]
    if gaps:
        lines.append(Line(f"{'; '.join(gaps)}.", "Still to fill in before this can go to the table:"))
    lines += [
        Line(f"{each.message} {each.suggestion}".strip(), "On the whole text:") for each in material.remarks.whole
    ]
    return Remark(0, 0, (*lines, Line(EVIDENCE_NOTE)))


def _on_article(article: ArticleView, clause: ClauseVersion | None, places: _Places) -> Iterator[Remark]:
    start, end = places.heading(article)
    if article.note:
        yield Remark(start, end, note_lines(article.note))
    if article.clause_id:
        about = f"{article.clause_id} {article.clause_version}, {article.position} position."
        newer = f" Version {article.newer_version} is published." if article.newer_version else ""
        whole = [each for each in article.protections if not _carriers(article, each)]
        yield Remark(start, end, (Line(f"{about}{newer}", "From the library:"), *protection_lines(whole)))
    if clause is not None and clause.why_it_matters.strip():
        yield Remark(start, end, rationale_lines(clause.why_it_matters))
    if clause is not None and clause.employer_arguments:
        yield Remark(start, end, argument_lines(clause.employer_arguments))
    if article.fallback:
        kept = {each.id for each in article.fallback_protections}
        given_up = [each for each in article.protections if each.id not in kept]
        position = next_weaker(article.position) or "weaker"
        yield Remark(start, end, fallback_lines(position, article.fallback, given_up))


def _carriers(article: ArticleView, protection: Protection) -> list[ProvisionView]:
    return [each for each in article.provisions if each.number in protection.provisions]


def _on_provision(
    article: ArticleView, provision: ProvisionView, places: _Places, remarks: ProposalRemarks
) -> Iterator[Remark]:
    start, end = places.provisions.get(provision.id, (0, 0))
    if provision.note:
        yield Remark(start, end, note_lines(provision.note))
    carried = [each for each in article.protections if provision.number in each.provisions]
    if carried:
        yield Remark(start, end, protection_lines(carried))
    if provision.changed:
        yield Remark(start, end, (Line(provision.model_text, "Our own words. The clause says:"),))
    for each in remarks.by_provision.get(provision.id, ()):
        lines = (Line(each.message, "Our wording:"), Line(each.suggestion, "Instead:"))
        yield Remark(*places.within(provision, each.text), tuple(line for line in lines if line.text))


def _answers(
    view: ProposalView, material: CaucusMaterial, places: _Places, moves: MoveCatalogue | None
) -> list[Remark]:
    """What the latest counter did to our words; findings that we dismissed are left out."""
    if material.answer is None:
        return []
    words = report_content(material.answer.result, moves, ours=material.answer.texts)
    entries = {entry.number: entry for entry in (*words.entries, *words.kept)}
    found = []
    for each in material.answer.findings:
        entry, evidence = entries.get(each.number), each.finding.library
        if entry is None or evidence is None or each.decision == "dismissed":
            continue
        clause_id = each.finding.clause.id if each.finding.clause else ""
        provision = _provision(view.articles, clause_id, evidence)
        if provision is not None:
            start, end = words_of(evidence, [move.library for move in each.finding.moves])
            found.append(Found(*places.within(provision, evidence.text[start:end]), entry, each))
    return finding_remarks(found, quote="Employer", source=f"In {material.answer_label}.")


def _provision(articles: Sequence[ArticleView], clause_id: str, evidence: Evidence) -> ProvisionView | None:
    """The provision that holds the words, or the one of that number where we changed it since."""
    candidates = [
        each for article in articles if not clause_id or article.clause_id == clause_id for each in article.provisions
    ]
    holding = [each for each in candidates if plain(evidence.text) in plain(each.text)]
    numbered = [each for each in holding or candidates if each.number == evidence.number]
    return next(iter(numbered or holding), None)
