"""A union proposal as a Word file for the table: styles of the house, numbers that Word counts itself, live references.

Only rendered articles are written. Notes, fallbacks, model texts and the names of those who drafted stay behind, and
`table_safe` proves it on the finished file before it is handed out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.library.definitions import definition_places
from app.proposals.contents import contents
from app.proposals.cross_references import find_references
from app.proposals.export_options import ExportOptions
from app.proposals.open_placeholders import refuse_open_placeholders
from app.proposals.opening_lines import opening_lines
from app.proposals.signature_block import signature_block
from app.proposals.views import ProposalView, RenderedArticle
from app.word.house_style import HouseStyle, WordFile, built_in_house_style, pack_word_file
from app.word.house_style.levels import shown_numbers
from app.word.house_style.margins import fill_margins, margin_texts, paragraph_text
from app.word.house_style.style import LEVELS
from app.word.table_safe import assert_table_safe, make_table_safe
from app.word.xml import Element, clean, q, run, value, w
from app.word.xml import field as field_of

UNNUMBERED_STYLE = "Provision Text"

FindPages = Callable[[bytes, int], Sequence[int] | None]
"""Given a finished file and how many articles it has: the page that each begins on, or None where nobody can tell."""

_RUN_IN_HEADING = re.compile(r"[A-Z][^.:;()\[\]]{2,60}\.(?= [\"“]?[A-Z])")
_QUESTION = re.compile(r"(Who|What|Which|How)\b")
_DUTY = re.compile(r"\b(shall|may|must|will)\b")
_STATEMENT = re.compile(r"\b(is|are|has|have)\b")
_BARE_NUMBER = re.compile(r"\S{1,12}")
_FIRST_BOOKMARK = 100_000_000


def write_proposal_docx(
    view: ProposalView,
    articles: Sequence[RenderedArticle],
    *,
    now: datetime,
    language: str = "en-US",
    house: HouseStyle | None = None,
    options: ExportOptions | None = None,
    find_pages: FindPages | None = None,
) -> bytes:
    """Write a proposal for the other side.

    Args:
        view: The proposal; only its label, parties, round and date are taken from here.
        articles: What `render_articles` made of it.
        now: Time of this version; stands in the header, with its zone.
        language: BCP 47 tag of the text.
        house: The house style; the built-in one on Letter paper if none is given.
        options: What the person chose.
        find_pages: Tells pages for the table of contents; without it the contents are links without pages.

    Returns:
        The DOCX. Equal input gives equal bytes.

    Raises:
        PlaceholderError: A placeholder is still open; names it and its article.
        NotTableSafe: The finished file holds something that was not meant to be in it.
    """
    refuse_open_placeholders(view)
    style = house or built_in_house_style()
    manuscript = _Manuscript(view, articles, style, options or ExportOptions())
    margins = fill_margins(style, header_words(view, now))
    file = WordFile(
        (),
        margins,
        title=f"{view.label}: {view.title}",
        subject=view.employer,
        language=language,
        now=now,
        line_numbers=manuscript.options.line_numbers,
    )

    def pack(body: Sequence[Element]) -> bytes:
        return pack_word_file(replace(file, body=body), style)

    body = manuscript.body(manuscript.pages(find_pages, pack))
    data = make_table_safe(pack(body))
    paragraphs = [paragraph_text(each) for element in body for each in element.iter(q("p"))]
    assert_table_safe(data, paragraphs=paragraphs, margins=margin_texts(margins))
    return data


def long_date(moment: datetime) -> str:
    """Spell a time as people at the table do: "19 May 2026, 2:15 pm UTC"."""
    return f"{moment.day} {moment:%B %Y}, {clock_time(moment)}"


def clock_time(moment: datetime) -> str:
    """The time of day with its zone: "2:15 pm UTC"."""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'am' if moment.hour < 12 else 'pm'} {moment.tzname() or 'UTC'}"


def header_words(view: ProposalView, now: datetime) -> dict[str, str]:
    """What fills the blanks of a letterhead."""
    return {
        "employer": view.employer,
        "union": view.union,
        "unit": view.unit,
        "proposal": view.label,
        "title": view.title,
        "side": view.side.capitalize(),
        "round": f"Round {view.round_number}",
        "date": f"{view.held_on.day} {view.held_on:%B %Y}",
        "time": clock_time(now),
        "version": f"Version of {long_date(now)}",
    }


def heading_shown(label: str, title: str) -> str:
    """An article's heading with its number, as contents list it."""
    return f"{label} {clean(title)}".strip()


class _Manuscript:
    """What stands in the body: opening lines, contents, articles, signatures."""

    def __init__(
        self, view: ProposalView, articles: Sequence[RenderedArticle], house: HouseStyle, options: ExportOptions
    ) -> None:
        self.options = options
        self._view, self._house = view, house
        self._with_contents = bool(articles) and options.with_contents(articles)
        self._text = _Text(house, articles, listed=self._with_contents)
        self._shown = [
            heading_shown(label, article.title) for label, article in zip(self._text.labels, articles, strict=True)
        ]

    def pages(self, find_pages: FindPages | None, pack: Callable[[Sequence[Element]], bytes]) -> Sequence[int] | None:
        """The pages for the contents, read off a file in which they are provisional; None where there are none."""
        if not self._with_contents or find_pages is None:
            return None
        return find_pages(pack(self.body([1] * len(self._shown))), len(self._shown))

    def body(self, pages: Sequence[int] | None) -> list[Element]:
        """The elements of the body, with these pages in the contents."""
        house, view = self._house, self._view
        body = [_paragraph(house, name, words) for words, name in _opening(view)]
        if self._with_contents:
            body += contents(house, list(zip(self._text.heading_bookmarks, self._shown, strict=True)), pages)
        body += self._text.write(new_page=self._with_contents)
        if self.options.signatures:
            body += signature_block(house, union=clean(view.union), employer=clean(view.employer), articles=self._shown)
        return body


def _opening(view: ProposalView) -> list[tuple[str, str]]:
    ours, theirs = (view.union, view.employer) if view.side == "union" else (view.employer, view.union)
    first, *others = opening_lines(label=view.label, title=view.title, ours=ours, theirs=theirs, unit=view.unit)
    return [(first, "Title"), *((each, "Subtitle") for each in others)]


def _paragraph(house: HouseStyle, style: str, words: str) -> Element:
    return w("p", w("pPr", value("pStyle", house.style(style))), run(clean(words)))


@dataclass(slots=True)
class _Line:
    """One paragraph of an article before it is written."""

    style: str
    words: str
    level: int | None = None  # 0 for an article, None for what carries no number
    number: str = ""  # within the article, as the proposal has it
    label: str = ""  # as Word will show it
    references: list[tuple[int, int, _Line]] = field(default_factory=list)
    bookmark: str = ""
    title_end: int = 0  # of the heading run into the paragraph


class _Text:
    """The articles as paragraphs, with bookmarks where something points to; `listed` where contents name them."""

    def __init__(self, house: HouseStyle, articles: Sequence[RenderedArticle], *, listed: bool) -> None:
        self._house = house
        self._articles = [_lines(article) for article in articles]
        lines = [line for article in self._articles for line in article]
        numbered = [line for line in lines if line.level is not None]
        labels = shown_numbers(house, [line.level or 0 for line in numbered]) if numbered else []
        for line, label in zip(numbered, labels, strict=True):
            line.label = label
        for article in self._articles:
            article[0].bookmark = "_Toc" if listed else ""
            _point(article)
        marked = [line for line in lines if line.bookmark]
        for place, line in enumerate(marked):
            line.bookmark += str(_FIRST_BOOKMARK + place)
        self.labels = [article[0].label for article in self._articles]
        self.heading_bookmarks = [article[0].bookmark for article in self._articles]

    def write(self, *, new_page: bool) -> list[Element]:
        """The paragraphs; `new_page` lets the first article begin on a page of its own."""
        written: list[Element] = []
        marks = 0
        for article in self._articles:
            for line in article:
                properties = w("pPr", value("pStyle", self._house.style(line.style)))
                if line.words.endswith(":"):
                    properties.append(w("keepNext"))
                if new_page and not written:
                    properties.append(w("pageBreakBefore"))
                paragraph = w("p", properties)
                if line.bookmark:
                    marks += 1
                    paragraph.append(w("bookmarkStart", id=marks, name=line.bookmark))
                paragraph.extend(self._runs(line))
                if line.bookmark:
                    paragraph.append(w("bookmarkEnd", id=marks))
                written.append(paragraph)
        return written

    def _runs(self, line: _Line) -> list[Element]:
        words, made, at = line.words, [], 0
        for start, end, mark in _marks(line):
            if start < at:
                continue
            if words[at:start]:
                made.append(run(words[at:start]))
            if isinstance(mark, str):
                made.append(run(words[start:end], value("rStyle", self._house.style(mark))))
            else:
                made.append(field_of(rf"REF {mark.bookmark} \n \h", run(_cited(mark.label))))
            at = end
        if words[at:] or not made:
            made.append(run(words[at:]))
        return made


def _lines(article: RenderedArticle) -> list[_Line]:
    lines = [_Line(LEVELS[0], clean(article.title), level=0)]
    written_level = -1
    for each in article.provisions:
        if not each.number:
            lines.append(_Line(UNNUMBERED_STYLE, clean(each.text)))
            continue
        level = min(each.level, len(LEVELS) - 2)
        if level > written_level + 1:  # the list's opening words are no provision of their own
            lines.append(_Line(LEVELS[level], clean(each.lead_in), level=level))
        lines.append(_Line(LEVELS[level + 1], clean(each.text), level=level + 1, number=each.number))
        written_level = level
    _find_titles([line for line in lines if line.level == 1])
    return lines


def _find_titles(sections: list[_Line]) -> None:
    """Find headings run into sections: "Notice. The Employer shall …".

    A short statement ("If there is no agreement.") or a question ("What the Employer shall do.") is one only where
    most sections of the article have a heading.
    """
    found = [(line, match) for line in sections if (match := _RUN_IN_HEADING.match(line.words))]
    found = [(line, match) for line, match in found if _QUESTION.match(match[0]) or not _DUTY.search(match[0])]
    certain = [match for _, match in found if not (_STATEMENT.search(match[0]) or _DUTY.search(match[0]))]
    for line, match in found:
        if match in certain or len(certain) * 2 >= len(sections):
            line.title_end = match.end()


def _point(article: list[_Line]) -> None:
    """Find the references of an article, and say which of its paragraphs need a bookmark."""
    targets = {line.number: line for line in article if line.number}
    for line in article[1:]:
        for found in find_references(line.words, targets):
            target = targets[found.target]
            if _BARE_NUMBER.fullmatch(_cited(target.label)):  # "Section 2" after "section" would be read twice
                target.bookmark = "_Ref"
                line.references.append((found.start, found.end, target))


def _cited(label: str) -> str:
    """A paragraph's number as a field shows it: without the point behind it."""
    return label.rstrip(".")


def _marks(line: _Line) -> list[tuple[int, int, str | _Line]]:
    """What stands out in a paragraph, in order: the heading run into it, defined terms, references."""
    marks: list[tuple[int, int, str | _Line]] = []
    if line.title_end:
        marks.append((0, line.title_end, "Run-in Heading"))
    if line.level != 0:
        marks += [(start, end, "Defined Term") for start, end in definition_places(line.words)]
    return sorted([*marks, *line.references], key=lambda mark: mark[:2])
