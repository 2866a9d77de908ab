"""Editing one provision of a proposal without losing anybody's words."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.tables import Person
from app.errors import EditConflict, NotFound
from app.proposals.assemble import edit_provision, restore_provision, set_note
from app.proposals.proposal import get_proposal
from app.proposals.views import ArticleView, ProposalView, ProvisionView
from app.web.dependencies import Database, Form, SignedIn
from app.web.forms import checking, see_other
from app.web.rendering import render
from app.web.submitted import number_field, text_field

router = APIRouter(prefix="/proposals/{proposal_id}/articles/{article_id}/provisions/{provision_id}")


@router.get("")
def show_provision(
    request: Request, *, session: Database, visit: SignedIn, proposal_id: str, article_id: str, provision_id: str
) -> Response:
    """One provision with its text to edit, the words of the clause, and the caucus note."""
    found = _provision(session, visit.person, proposal_id, article_id, provision_id)
    return _page(request, *found)


@router.post("")
def save(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    form: Form,
    proposal_id: str,
    article_id: str,
    provision_id: str,
) -> Response:
    """Save new words; if somebody else saved first, show both texts and store nothing."""
    text = text_field(form, "text").strip()
    try:
        found = _provision(session, visit.person, proposal_id, article_id, provision_id)
        with checking(session) as problems:
            edit_provision(
                session, visit.person, article_id, provision_id, text, revision=number_field(form, "revision")
            )
            return see_other(f"/proposals/{proposal_id}#provision-{provision_id}")
    except EditConflict as conflict:
        session.rollback()
        theirs = conflict.theirs
        found = _provision(session, visit.person, proposal_id, article_id, provision_id)
        return _merge_page(request, *found, mine=text, theirs=theirs)
    except NotFound:  # it went while the form was open: with its article, or with another version of the clause
        session.rollback()
        proposal = get_proposal(session, visit.person, proposal_id)
        return render(request, "proposals/provision_gone.html", status=404, proposal=proposal, text=text)
    return _page(request, *found, text=text, problem=next(iter(problems.messages.values())), status=400)


@router.post("/restore")
def restore(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    form: Form,
    proposal_id: str,
    article_id: str,
    provision_id: str,
) -> Response:
    """Go back to the words of the clause."""
    _, _, provision = _provision(session, visit.person, proposal_id, article_id, provision_id)
    try:
        restore_provision(session, visit.person, article_id, provision_id, revision=number_field(form, "revision"))
    except EditConflict as conflict:
        session.rollback()
        found = _provision(session, visit.person, proposal_id, article_id, provision_id)
        return _merge_page(request, *found, mine=provision.model_text, theirs=conflict.theirs)
    return see_other(f"/proposals/{proposal_id}#provision-{provision_id}")


@router.post("/note")
def write_note(
    *, session: Database, visit: SignedIn, form: Form, proposal_id: str, article_id: str, provision_id: str
) -> Response:
    """Write the note on a provision that only the caucus sees."""
    _provision(session, visit.person, proposal_id, article_id, provision_id)
    set_note(session, visit.person, article_id, text_field(form, "note"), provision_id=provision_id)
    return see_other(f"/proposals/{proposal_id}#provision-{provision_id}")


def _provision(
    session: Session, person: Person, proposal_id: str, article_id: str, provision_id: str
) -> tuple[ProposalView, ArticleView, ProvisionView]:
    proposal = get_proposal(session, person, proposal_id)
    for article in proposal.articles:
        for provision in article.provisions:
            if (article.id, provision.id) == (article_id, provision_id):
                return proposal, article, provision
    raise NotFound("No such provision in this proposal: it may have been removed. Open the proposal again.")


def _page(
    request: Request,
    proposal: ProposalView,
    article: ArticleView,
    provision: ProvisionView,
    *,
    text: str | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    return render(
        request,
        "proposals/provision.html",
        status=status,
        proposal=proposal,
        article=article,
        provision=provision,
        text=provision.text if text is None else text,
        problem=problem,
    )


def _merge_page(
    request: Request, proposal: ProposalView, article: ArticleView, provision: ProvisionView, *, mine: str, theirs: str
) -> Response:
    return render(
        request,
        "proposals/merge.html",
        status=409,
        proposal=proposal,
        article=article,
        provision=provision,
        mine=mine,
        theirs=theirs or provision.text,
    )
