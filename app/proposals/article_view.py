"""One article as it stands: the clause's words with placeholders filled, our edits on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.analysis.results import Protection
from app.library.baseline import declared_protections
from app.library.catalogue import get_clause_version, latest_version
from app.library.clause import POSITIONS, ClauseVersion, next_weaker, version_order
from app.library.rendering import render_position
from app.proposals.tables import Article, ArticleProvision
from app.proposals.views import ArticleView, PlaceholderView, ProvisionView
from app.text.document import Block, Provision, Run
from app.text.structure import build_document


def view_article(
    session: Session, article: Article, rows: Sequence[ArticleProvision], number: int, labels: dict[str, str]
) -> ArticleView:
    """Put one article together from its rows; `labels` are those of the protection elements."""
    if article.clause_id is None or article.clause_version is None:
        return _received_article(article, rows, number)
    version = get_clause_version(session, article.clause_id, article.clause_version)
    newest = latest_version(session, version.id)
    weaker = next_weaker(article.position)
    values = known_values(version, article)
    rendered = render_position(version, article.position, values, variant=article.variant)
    return ArticleView(
        id=article.public_id,
        number=number,
        title=article.title,
        clause_id=version.id,
        clause_version=version.version,
        topic=version.topic,
        position=article.position,
        positions=POSITIONS,
        variant=article.variant,
        placeholders=_placeholders(version, article),
        provisions=_provisions(rendered, rows, article.position),
        protections=_protections(version, article.position, labels, {each.number for each in rendered}),
        fallback=render_position(version, weaker, values, variant=article.variant) if weaker else (),
        fallback_protections=declared_protections(version, weaker, labels) if weaker else (),
        needs_terms=version.requires_definitions,
        newer_version=newest if version_order(newest) > version_order(version.version) else "",
        note=article.caucus_note,
        revision=article.revision,
    )


def known_values(version: ClauseVersion, article: Article) -> dict[str, object]:
    """The values filled in for an article."""
    return {name: value for name, value in article.filled.items() if version.placeholder(name) is not None}


def structure_article(view: ArticleView) -> tuple[Provision, ...]:
    """The article's provisions as a received text would give them; offsets count in the article's own text."""
    return _structure(view.provisions)


def level_of(number: str) -> int:
    """Depth of a provision in its article, from 0: "2" is 0, "2(a)" is 1."""
    return number.count("(")


def _own_number(number: str) -> str:
    """The last part of a number, as it stands before the provision: "(a)" of "2(a)", "2." of "2"."""
    return number[number.rindex("(") :] if "(" in number else f"{number}." if number else ""


def _structure(views: Sequence[ProvisionView]) -> tuple[Provision, ...]:
    blocks = [Block(runs=(Run(each.text),), place=each.number, number=_own_number(each.number)) for each in views]
    found = build_document(blocks, name="", kind="text", digest="").provisions
    if [each.text for each in found] != [each.text for each in views]:
        # Words edited so that they read like a heading or a number of their own stay the one provision they are.
        return tuple(Provision(each.number, each.text, 0, len(each.text), lead_in=each.lead_in) for each in views)
    return tuple(replace(one, number=each.number) for one, each in zip(found, views, strict=True))


def _protections(
    version: ClauseVersion, position: str, labels: dict[str, str], numbers: set[str]
) -> tuple[Protection, ...]:
    """What the article gives as it reads here: a variant or a choice may do without a list item."""
    declared = declared_protections(version, position, labels)
    present = (replace(each, provisions=tuple(n for n in each.provisions if n in numbers)) for each in declared)
    return tuple(each for each in present if each.provisions)


def _placeholders(version: ClauseVersion, article: Article) -> tuple[PlaceholderView, ...]:
    views = []
    for placeholder in version.placeholders:
        default = placeholder.default(article.position)
        value = article.filled.get(placeholder.name, default)
        views.append(PlaceholderView(placeholder, value, default, value == default))
    return tuple(views)


def _provisions(
    rendered: Sequence[Provision], rows: Sequence[ArticleProvision], position: str
) -> tuple[ProvisionView, ...]:
    by_number = {row.number: row for row in rows if row.position == position}
    views = []
    for model in rendered:
        row = by_number[model.number]
        text = model.text if row.own_text is None else row.own_text
        views.append(
            ProvisionView(
                id=row.public_id,
                number=model.number,
                level=level_of(model.number),
                lead_in=model.lead_in,
                text=text,
                model_text=model.text,
                changed=text != model.text,
                note=row.caucus_note,
                revision=row.revision,
            )
        )
    if not any(each.changed for each in views):
        return tuple(views)
    # An edited opening of a list is what its items now inherit.
    lead_ins = [each.lead_in for each in _structure(views)]
    return tuple(replace(view, lead_in=lead_in) for view, lead_in in zip(views, lead_ins, strict=True))


def _received_article(article: Article, rows: Sequence[ArticleProvision], number: int) -> ArticleView:
    provisions = tuple(
        ProvisionView(
            id=row.public_id,
            number=row.number,
            level=level_of(row.number),
            lead_in=row.lead_in,
            text=row.own_text or "",
            model_text=row.own_text or "",
            changed=False,
            note=row.caucus_note,
            revision=row.revision,
        )
        for row in sorted(rows, key=lambda each: each.place)
    )
    return ArticleView(
        id=article.public_id,
        number=number,
        title=article.title,
        clause_id="",
        clause_version="",
        topic="",
        position="",
        positions=(),
        variant="",
        placeholders=(),
        provisions=provisions,
        protections=(),
        fallback=(),
        fallback_protections=(),
        newer_version="",
        note=article.caucus_note,
        revision=article.revision,
    )
