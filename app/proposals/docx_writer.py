"""A union proposal as a Word file for the table: real heading and list styles, numbers that Word counts itself.

Only rendered articles are written. Notes, fallbacks, model texts and the names of those who drafted stay behind, and
`table_safe` proves it on the finished file before it is handed out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.proposals.open_placeholders import refuse_open_placeholders
from app.proposals.views import ProposalView, RenderedArticle, RenderedProvision
from app.proposals.word_file import clean, new_word_file, pack, write_header, write_page_footer
from app.word.table_safe import assert_table_safe, make_table_safe

STYLES_BY_LEVEL = ("Provision", "Provision Item", "Provision Subitem")
UNNUMBERED_STYLE = "Provision Text"

_RUN_IN_HEADING = re.compile(r"[A-Z][^.:;()\[\]]{2,60}\.(?= [A-Z])")
_MODAL = re.compile(r"\b(shall|may|must|will|is|are|has|have)\b")


def write_proposal_docx(
    view: ProposalView, articles: Sequence[RenderedArticle], *, now: datetime, language: str = "en-US"
) -> bytes:
    """Write a proposal for the other side.

    Args:
        view: The proposal; only its label, parties, round and date are taken from here.
        articles: What `render_articles` made of it.
        now: Time of this version, in the table's time zone; stands in the header.
        language: BCP 47 tag of the text.

    Returns:
        The DOCX. Equal input gives equal bytes.

    Raises:
        PlaceholderError: A placeholder is still open; names it and its article.
        NotTableSafe: The finished file holds something that was not meant to be in it.
    """
    refuse_open_placeholders(view)
    document = new_word_file(title=f"{view.label}: {view.title}", subject=view.employer, language=language, now=now)
    margins = _write_margins(document, view, now)
    texts = [_add(document, text, style) for text, style in _opening(view)]
    for article in articles:
        texts.append(_add(document, article.title, "Heading 1"))
        texts += _write_provisions(document, article.provisions)
    data = make_table_safe(pack(document))
    assert_table_safe(data, paragraphs=texts, margins=margins)
    return data


def long_date(moment: datetime) -> str:
    """Spell a time as people at the table do: "19 May 2026, 2:15 pm"."""
    hour = moment.hour % 12 or 12
    return f"{moment.day} {moment:%B %Y}, {hour}:{moment:%M} {'am' if moment.hour < 12 else 'pm'}"


def _opening(view: ProposalView) -> list[tuple[str, str]]:
    lines = [(view.label, "Title"), (view.title, "Subtitle")]
    ours, theirs = (view.union, view.employer) if view.side == "union" else (view.employer, view.union)
    return [
        *lines,
        (f"{ours} to {theirs}", "Subtitle"),
        *([(f"Bargaining unit: {view.unit}", "Subtitle")] if view.unit else []),
    ]


def _write_margins(document: Any, view: ProposalView, now: datetime) -> list[str]:
    lines = [
        (f"{view.employer} and {view.union}", view.label),
        (f"Round {view.round_number}, {view.held_on.day} {view.held_on:%B %Y}", f"Version of {long_date(now)}"),
    ]
    write_header(document, lines)
    write_page_footer(document)
    return [f"{clean(left)}\t{clean(right)}" for left, right in lines] + ["\tPage 1 of 1"]


def _write_provisions(document: Any, provisions: Sequence[RenderedProvision]) -> list[str]:
    texts: list[str] = []
    written_level = -1
    for each in provisions:
        if not each.number:
            texts.append(_add(document, each.text, UNNUMBERED_STYLE))
            continue
        level = min(each.level, len(STYLES_BY_LEVEL) - 1)
        if level > written_level + 1:  # the list's opening words are no provision of their own
            texts.append(_add(document, each.lead_in, STYLES_BY_LEVEL[level - 1]))
        texts.append(_add(document, each.text, STYLES_BY_LEVEL[level]))
        written_level = level
    return texts


def _add(document: Any, text: str, style: str) -> str:
    """Add one paragraph and return its text as it stands in the file; a line break within it stays one."""
    text = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    paragraph = document.add_paragraph(style=style)
    title = _RUN_IN_HEADING.match(text) if style in STYLES_BY_LEVEL else None
    if title and not _MODAL.search(title.group()):
        paragraph.add_run(title.group()).bold = True
        paragraph.add_run(text[title.end() :])
    else:
        paragraph.add_run(text)
    if text.endswith(":"):
        paragraph.paragraph_format.keep_with_next = True
    return text
