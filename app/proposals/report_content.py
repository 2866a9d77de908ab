"""What a comparison report says, in plain words, before anybody decides how it looks.

`report` turns it into a page and a Word file, `report_text` into lines for the terminal. Every word that a person reads
in all three comes from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.analysis.results import STATUSES, ClauseText, Comparison, Evidence, Finding, Residue, Span, TextInfo
from app.library.moves import MoveCatalogue
from app.proposals.article_names import ArticleNames, article_names, name_in_suggestion
from app.proposals.report_packages import PackageEntry, one_line, package_entries
from app.word.caucus_mark import REPORT_MARK

CAUCUS_MARK = REPORT_MARK
CLOSING = (
    "This report is evidence for a negotiator and no legal advice. It may be wrong. "
    "Read both texts before you answer; a person decides."
)
UNSURE = "We are unsure: read both."
MOVES_LABEL = "Known employer moves:"
RESIDUE_TITLE = "Changed, not classified: read it"
RESIDUE_NOTE = "These words differ and no rule explains them. Nothing is said about whether they matter."
UNTOUCHED_TITLE = "Not touched by this text"
UNTOUCHED_NOTE = (
    "Clauses of the library that nothing in this text answers. Put one forward if it matters at this table."
)
_UNSURE_BELOW = 0.6

SIGNS = {"kept": "✓", "strengthened": "↑", "weakened": "↓", "contradicted": "✕", "missing": "∅", "added": "+"}
_MEANINGS = {
    "contradicted": "the Employer's words say the opposite",
    "weakened": "still there, but worth less",
    "missing": "nothing in the Employer's text does this work",
    "added": "a demand of the Employer that answers nothing of ours",
    "strengthened": "the Employer's words give workers more",
    "kept": "the protection stands, whatever the wording",
}
_KINDS = {"docx": "Word file", "pdf": "PDF", "text": "plain text", "markdown": "Markdown", "library": "clause library"}
_KINDS |= {"clause": "clause", "file": "file", "doc": "old Word file", "odt": "OpenDocument text", "rtf": "RTF file"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of one side, cut into stretches; the marked ones are those that a move rests on."""

    side: str  # "Union" or "Employer"
    number: str
    stretches: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding as the report shows it."""

    number: int
    status: str
    sign: str
    word: str  # "Weakened", "Added, hostile"
    subject: str  # "Notice at least N days before (DIS-3, essential)"
    source: str  # "Notice before technology is bought, target position"
    explanation: str
    unsure: str  # a sentence, or ""
    quotations: tuple[Quotation, ...]
    reasons: tuple[str, ...]
    suggestion: str
    moves: tuple[str, ...]  # known employer moves, such as "Move 19, Shorter notice"


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings have one status."""

    status: str
    sign: str
    word: str
    meaning: str
    number: int


@dataclass(frozen=True, slots=True)
class ReportContent:
    """Everything that a report says, in order."""

    title: str
    compared: tuple[tuple[str, str], ...]  # label and value
    counts: tuple[Count, ...]
    hostile: int
    packages: tuple[PackageEntry, ...]
    entries: tuple[Entry, ...]  # in the order of the comparison, without the kept
    kept: tuple[Entry, ...]
    untouched: tuple[str, ...]  # titles of clauses of the library
    residue: tuple[Quotation, ...]
    warnings: tuple[str, ...]

    @property
    def summary(self) -> str:
        """Counts in one line, the gravest first: "12 weakened · 1 added (1 hostile) · 2 to read"."""
        parts = []
        for count in self.counts:
            if count.number:
                hostile = f" ({self.hostile} hostile)" if count.status == "added" and self.hostile else ""
                parts.append(f"{count.number} {count.word}{hostile}")
        if self.untouched:
            clauses = "clause" if len(self.untouched) == 1 else "clauses"
            parts.append(f"{len(self.untouched)} {clauses} not touched")
        if self.residue:
            passages = "passage" if len(self.residue) == 1 else "passages"
            parts.append(f"{len(self.residue)} {passages} to read")
        return " · ".join(parts) or "Nothing was found to differ."


def report_content(
    comparison: Comparison, moves: MoveCatalogue | None = None, *, ours: Sequence[ClauseText] = ()
) -> ReportContent:
    """Put a comparison into words.

    Args:
        comparison: The finished run.
        moves: Names for the numbers of employer moves; without them none is named.
        ours: What the draft was measured against, so that articles of ours can be named beside their numbers.

    Returns:
        The report's content; findings stay in the order of the comparison, the kept ones come apart.
    """
    names = article_names(ours, kind=comparison.against.kind)
    entries = [
        _entry(number, finding, moves or MoveCatalogue(), names)
        for number, finding in enumerate(comparison.findings, start=1)
        if not finding.untouched
    ]
    return ReportContent(
        title=f"What {comparison.draft.name} does to our text",
        compared=(
            ("The Employer's text", _described(comparison.draft)),
            ("Measured against", _described(comparison.against)),
            ("Read with", f"Proviso comparison {comparison.pipeline}"),
        ),
        counts=tuple(_count(comparison, status) for status in STATUSES),
        hostile=sum(finding.hostile for finding in comparison.findings if finding.status == "added"),
        packages=package_entries(comparison.packages),
        entries=tuple(entry for entry in entries if entry.status != "kept"),
        kept=tuple(entry for entry in entries if entry.status == "kept"),
        untouched=tuple(
            finding.clause.title for finding in comparison.findings if finding.untouched and finding.clause
        ),
        residue=tuple(_residue_quotations(comparison.residue, names)),
        warnings=comparison.warnings,
    )


def _residue_quotations(residue: Sequence[Residue], names: ArticleNames) -> Iterator[Quotation]:
    """One quotation for the neighbouring words of one provision: a list of scraps is not read by anybody."""
    cited, since = {}, 0
    for place, each in enumerate(residue):
        home = names.home(each, since=since) if each.side == "library" else None
        since = home.place if home else since
        cited[place] = names.cited(each, home)
    for (side, number), group in groupby(enumerate(residue), key=lambda pair: (pair[1].side, cited[pair[0]])):
        words = [each for _, each in group]
        joined = " [...] ".join(each.text.strip() for each in words)
        yield Quotation("Union" if side == "library" else "Employer", number, ((joined, False),))


def _described(info: TextInfo) -> str:
    provisions = "1 provision" if info.provisions == 1 else f"{info.provisions:,} provisions"
    return f"{info.name} ({_KINDS.get(info.kind, info.kind)}, {provisions}, SHA-256 {info.digest[:12]})"


def _count(comparison: Comparison, status: str) -> Count:
    number = sum(finding.status == status and not finding.untouched for finding in comparison.findings)
    return Count(status, SIGNS[status], status, _MEANINGS[status], number)


def _entry(number: int, finding: Finding, moves: MoveCatalogue, names: ArticleNames) -> Entry:
    clause, protection, suggestion = finding.clause, finding.protection, finding.suggestion
    if finding.library:
        cited = names.cited(finding.library, names.home(finding.library, clause))
        suggestion = name_in_suggestion(suggestion, finding.library.number, cited)
        finding = replace(finding, library=replace(finding.library, number=cited))
    quotations = (
        _quotation("Union", finding.library, [move.library for move in finding.moves]),
        _quotation("Employer", finding.draft, [move.draft for move in finding.moves]),
    )
    reasons = _further_reasons(finding)
    return Entry(
        number=number,
        status=finding.status,
        sign=SIGNS[finding.status],
        word=finding.status.capitalize() + (", hostile" if finding.hostile else ""),
        subject=f"{protection.label} ({protection.id}, {protection.weight})" if protection else _place(finding),
        source=f"{clause.title}, {clause.position} position" if clause else "",
        explanation=one_line(finding.explanation),
        unsure=UNSURE if finding.confidence < _UNSURE_BELOW and UNSURE not in finding.explanation else "",
        quotations=tuple(each for each in quotations if each),
        reasons=reasons,
        suggestion=suggestion,
        moves=_known_moves(finding, moves),
    )


def _known_moves(finding: Finding, catalogue: MoveCatalogue) -> tuple[str, ...]:
    """The employer moves behind the losses, each once: a reference to look up, since a report links nowhere."""
    found = [catalogue.moves.get(move.move or 0) for move in finding.moves if move.direction == "weaker"]
    return tuple(dict.fromkeys(f"Move {each.number}, {each.name}" for each in found if each))


def _further_reasons(finding: Finding) -> tuple[str, ...]:
    """What else happened to the same words, each kind of change once; gains are no comfort under a loss."""
    losing = finding.status in {"weakened", "contradicted", "added"}
    seen = {move.rule for move in finding.moves if finding.explanation.endswith(move.explanation[1:])}
    reasons = []
    for move in finding.moves:
        if move.rule not in seen and not (losing and move.direction == "stronger"):
            seen.add(move.rule)
            reasons.append(one_line(move.explanation))
    return tuple(reasons)


def _place(finding: Finding) -> str:
    for side, evidence in (("Union", finding.library), ("Employer", finding.draft)):
        if evidence and evidence.number:
            return f"{side} {evidence.number}"
    return "Demand of the Employer" if finding.status == "added" else "Passage without a number"


def _quotation(side: str, evidence: Evidence | None, spans: list[Span | None]) -> Quotation | None:
    if evidence is None:
        return None
    marked = sorted({place for span in spans if span for place in found_in(evidence, span)})
    return Quotation(side, evidence.number, tuple(_cut(evidence.text, marked)))


def found_in(evidence: Evidence, span: Span) -> Iterator[tuple[int, int]]:
    """Where the span stands in the quoted words; a span of another passage is not there."""
    start = span.start - evidence.start
    if span.text and evidence.text[max(start, 0) : max(start, 0) + len(span.text)] != span.text:
        start = evidence.text.find(span.text)
    if span.text and start >= 0:
        yield start, start + len(span.text)


def _cut(text: str, marked: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    end = 0
    for start, stop in marked:
        if max(start, end) > end:
            yield text[end:start], False
        if stop > max(start, end):
            yield text[max(start, end) : stop], True
        end = max(end, stop)
    if end < len(text):
        yield text[end:], False
