"""Taking over a newer version of a clause in an article of a proposal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from app.accounts.tables import Person
from app.errors import EditConflict, NotFound
from app.proposals.proposal import get_proposal
from app.proposals.takeover import Choices, Decision, Takeover, missing_decisions, plan_takeover, take_over
from app.proposals.views import ArticleView, ProposalView
from app.web.dependencies import Database, Form, SignedIn
from app.web.editor_page import field_name
from app.web.forms import checking, see_other
from app.web.rendering import render
from app.web.submitted import text_field
from app.web.takeover_page import TakeoverPage, build_takeover_page

router = APIRouter(prefix="/proposals/{proposal_id}/articles/{article_id}/newer")

Text = Annotated[str, Query(max_length=200)]


@router.get("")
def show_newer(
    request: Request, *, session: Database, visit: SignedIn, proposal_id: str, article_id: str, version: Text = ""
) -> Response:
    """What the newer version changes in this article, and what has to be decided before it is taken over."""
    proposal, article = _article(session, visit.person, proposal_id, article_id)
    if not article.newer_version:
        return see_other(f"/proposals/{proposal_id}#article-{article_id}")
    plan = plan_takeover(session, visit.person, article_id, version or None)
    return _page(request, proposal, article, build_takeover_page(plan))


@router.post("")
def take_newer(
    request: Request, *, session: Database, visit: SignedIn, form: Form, proposal_id: str, article_id: str
) -> Response:
    """Take the newer version over as decided; whatever is missing comes back with everything that was typed."""
    proposal, article = _article(session, visit.person, proposal_id, article_id)
    if not article.newer_version:  # somebody took it over in the meantime
        return see_other(f"/proposals/{proposal_id}#article-{article_id}")
    version = text_field(form, "version") or None
    plan = plan_takeover(session, visit.person, article_id, version)
    choices = _choices(plan, form)
    conflict, problems = "", dict(missing_decisions(plan, choices))
    try:
        with checking(session) as refused:
            take_over(
                session, visit.person, article_id, plan.new.version, seen=text_field(form, "seen"), choices=choices
            )
            return see_other(f"/proposals/{proposal_id}#article-{article_id}")
        problems = {**problems, **refused.messages}
    except EditConflict as error:
        session.rollback()
        conflict, problems = str(error), {}
        proposal, article = _article(session, visit.person, proposal_id, article_id)
        plan = plan_takeover(session, visit.person, article_id, version)
    page = build_takeover_page(plan, choices=choices, problems=problems, conflict=conflict)
    return _page(request, proposal, article, page, status=409 if conflict else 400)


def _choices(plan: Takeover, form: FormData | None) -> Choices:
    """What the form says of each step that asks and of each value that does not fit."""
    return Choices(
        decisions={
            step.key: Decision(
                choice=text_field(form, f"choice-{step.key}"),
                text=text_field(form, f"text-{step.key}"),
                into=text_field(form, f"into-{step.key}"),
            )
            for step in plan.asking
        },
        values={
            each.placeholder.name: text_field(form, field_name(each.placeholder.name)) for each in plan.values.refused
        },
    )


def _article(session: Session, person: Person, proposal_id: str, article_id: str) -> tuple[ProposalView, ArticleView]:
    """The article of this proposal; both ids have to fit together."""
    proposal = get_proposal(session, person, proposal_id)
    for article in proposal.articles:
        if article.id == article_id:
            return proposal, article
    raise NotFound(f"No article {article_id} in this proposal: it may have been removed. Open the proposal again.")


def _page(
    request: Request, proposal: ProposalView, article: ArticleView, page: TakeoverPage, *, status: int = 200
) -> Response:
    return render(request, "proposals/newer.html", status=status, proposal=proposal, article=article, page=page)
