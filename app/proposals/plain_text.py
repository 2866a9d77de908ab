"""A proposal as plain text, to paste into an e-mail or a form."""

from __future__ import annotations

from collections.abc import Sequence

from app.proposals.open_placeholders import refuse_open_placeholders
from app.proposals.opening_lines import opening_lines, round_line
from app.proposals.views import ProposalView, RenderedArticle


def proposal_text(view: ProposalView, articles: Sequence[RenderedArticle]) -> str:
    """The words that the Word file has, with typed numbers; raises PlaceholderError while one is open."""
    refuse_open_placeholders(view)
    ours, theirs = (view.union, view.employer) if view.side == "union" else (view.employer, view.union)
    head = [
        *opening_lines(label=view.label, title=view.title, ours=ours, theirs=theirs, unit=view.unit),
        round_line(view.round_number, view.held_on),
    ]
    return "\n\n".join(["\n".join(head), *(_article(article) for article in articles)]) + "\n"


def own_number(number: str) -> str:
    """The last part of a number, as it stands before the provision: "(a)" of "2(a)", "2." of "2"."""
    return number[number.rindex("(") :] if "(" in number else f"{number}." if number else ""


def _article(article: RenderedArticle) -> str:
    lines = [article.heading]
    written_level = -1
    for each in article.provisions:
        if each.number and each.level > written_level + 1:  # the list's opening words are no provision of their own
            lines.append(each.lead_in)
        indent = "   " * each.level
        text = each.text.replace("\n", f"\n{indent}   ")
        lines.append(f"{indent}{own_number(each.number)} {text}" if each.number else text)
        written_level = each.level if each.number else written_level
    return "\n\n".join(lines)
