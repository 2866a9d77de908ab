"""The proposal editor: articles from clauses, their order, positions and placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.tables import Person
from app.errors import InvalidInput, NotFound, PlaceholderError
from app.library.catalogue import search_clauses
from app.library.definitions import term_homes
from app.library.rendering import check_value
from app.proposals.assemble import add_clause, fill_placeholders, move_article, remove_article, set_note, set_position
from app.proposals.missing_definitions import missing_definitions
from app.proposals.proposal import get_proposal
from app.proposals.proposal_lint import lint_proposal
from app.proposals.takeover import plan_takeover
from app.proposals.views import ArticleView, ProposalView
from app.web.dependencies import Database, Form, Services, ServicesNeeded, SignedIn
from app.web.editor_page import EditorPage, build_editor_page, field_name, name_definitions, position_choices
from app.web.forms import Problems, checking, see_other
from app.web.rendering import render
from app.web.submitted import text_field
from app.web.takeover_page import NewerNotice, build_notice

router = APIRouter()

Words = Annotated[str, Query(max_length=200)]


@router.get("/proposals/{proposal_id}")
def show_proposal(
    request: Request, session: Database, visit: SignedIn, services: ServicesNeeded, proposal_id: str
) -> Response:
    """The editor, or the plain text of a proposal of the Employer."""
    proposal = get_proposal(session, visit.person, proposal_id)
    return _editor(request, _page(services, proposal), newer=_newer(session, visit.person, proposal))


@router.get("/proposals/{proposal_id}/clauses")
def choose_clause(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    services: ServicesNeeded,
    proposal_id: str,
    words: Words = "",
    topic: Words = "",
) -> Response:
    """The library, to choose the next article from."""
    return render(
        request,
        "proposals/choose_clause.html",
        proposal=get_proposal(session, visit.person, proposal_id),
        clauses=search_clauses(session, words=words, topic=topic),
        vocabulary=services.library.vocabulary,
        words=words,
        topic=topic,
        positions=position_choices("target"),
    )


@router.post("/proposals/{proposal_id}/articles")
def add_article(session: Database, visit: SignedIn, form: Form, proposal_id: str) -> Response:
    """Append an article from a clause; the library's page sends its form here too."""
    proposal = add_clause(
        session,
        visit.person,
        proposal_id,
        text_field(form, "clause_id"),
        version=text_field(form, "version") or None,
        position=text_field(form, "position") or "target",
    )
    return see_other(f"/proposals/{proposal.id}#article-{proposal.articles[-1].id}")


@router.post("/proposals/{proposal_id}/articles/{article_id}/move")
def move(session: Database, visit: SignedIn, form: Form, proposal_id: str, article_id: str) -> Response:
    """Exchange an article with the one before or behind it."""
    _article(session, visit.person, proposal_id, article_id)
    move_article(session, visit.person, article_id, up=text_field(form, "direction") == "up")
    return see_other(f"/proposals/{proposal_id}#outline-{article_id}")


@router.get("/proposals/{proposal_id}/articles/{article_id}/remove")
def ask_to_remove(request: Request, session: Database, visit: SignedIn, proposal_id: str, article_id: str) -> Response:
    """Say what removing an article loses, before anything is lost."""
    proposal, article = _article(session, visit.person, proposal_id, article_id)
    return render(request, "proposals/remove_article.html", proposal=proposal, article=article)


@router.post("/proposals/{proposal_id}/articles/{article_id}/remove")
def remove(session: Database, visit: SignedIn, proposal_id: str, article_id: str) -> Response:
    """Take an article out of its proposal."""
    _article(session, visit.person, proposal_id, article_id)
    remove_article(session, visit.person, article_id)
    return see_other(f"/proposals/{proposal_id}#outline")


@router.post("/proposals/{proposal_id}/articles/{article_id}/position")
def switch_position(session: Database, visit: SignedIn, form: Form, proposal_id: str, article_id: str) -> Response:
    """Switch an article to its opening, target or floor position."""
    _article(session, visit.person, proposal_id, article_id)
    set_position(session, visit.person, article_id, text_field(form, "position"))
    return see_other(f"/proposals/{proposal_id}#article-{article_id}")


@router.post("/proposals/{proposal_id}/articles/{article_id}/placeholders")
def fill(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    services: ServicesNeeded,
    form: Form,
    proposal_id: str,
    article_id: str,
) -> Response:
    """Fill in an article's placeholders; what does not fit comes back with everything else that was typed."""
    _, article = _article(session, visit.person, proposal_id, article_id)
    names = [each.placeholder.name for each in article.placeholders]
    entered = {name: text_field(form, field_name(name)).strip() for name in names}
    with checking(session) as problems:
        fill_placeholders(session, visit.person, article_id, entered)
        return see_other(f"/proposals/{proposal_id}#article-{article_id}")
    proposal = get_proposal(session, visit.person, proposal_id)
    page = _page(
        services,
        proposal,
        article_id=article_id,
        entered=entered,
        errors=_every_problem(article, entered, problems),
    )
    newer = _newer(session, visit.person, proposal)
    return _editor(request, page, problem=problems.of(""), newer=newer, status=400)


@router.post("/proposals/{proposal_id}/articles/{article_id}/note")
def write_note(session: Database, visit: SignedIn, form: Form, proposal_id: str, article_id: str) -> Response:
    """Write the note on an article that only the caucus sees."""
    _article(session, visit.person, proposal_id, article_id)
    set_note(session, visit.person, article_id, text_field(form, "note"))
    return see_other(f"/proposals/{proposal_id}#note-{article_id}")


def show_refused(
    request: Request,
    session: Session,
    person: Person,
    services: Services,
    proposal: ProposalView,
    *,
    error: PlaceholderError,
) -> Response:
    """The editor again, with what has to be filled in before anything is handed out."""
    newer = _newer(session, person, proposal)
    return _editor(request, _page(services, proposal), refused=str(error), newer=newer, status=400)


def _page(
    services: Services,
    proposal: ProposalView,
    *,
    article_id: str = "",
    entered: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> EditorPage:
    missing = missing_definitions(proposal, term_homes(services.library.published))
    return build_editor_page(
        proposal,
        remarks=lint_proposal(proposal, services.pipeline),
        definitions_needed=name_definitions(missing, services.library),
        article_id=article_id,
        entered=entered,
        errors=errors,
    )


def _editor(
    request: Request,
    page: EditorPage,
    *,
    newer: Mapping[str, NewerNotice],
    problem: str = "",
    refused: str = "",
    status: int = 200,
) -> Response:
    values = {"page": page, "newer": newer, "problem": problem, "refused": refused}
    return render(request, "proposals/editor.html", status=status, **values)


def _newer(session: Session, person: Person, proposal: ProposalView) -> dict[str, NewerNotice]:
    """For each article whose clause has a newer version, what that version changes; closed articles are left alone."""
    found = {}
    for article in proposal.articles:
        if article.newer_version:
            try:
                found[article.id] = build_notice(plan_takeover(session, person, article.id))
            except InvalidInput:  # it is tentatively agreed
                continue
    return found


def _article(session: Session, person: Person, proposal_id: str, article_id: str) -> tuple[ProposalView, ArticleView]:
    """The article of this proposal; both ids have to fit together."""
    proposal = get_proposal(session, person, proposal_id)
    for article in proposal.articles:
        if article.id == article_id:
            return proposal, article
    raise NotFound(f"No article {article_id} in this proposal: it may have been removed. Open the proposal again.")


def _every_problem(article: ArticleView, entered: dict[str, str], problems: Problems) -> dict[str, str]:
    """Messages for all fields at once; storing stops at the first."""
    messages = dict(problems.messages)
    for view in article.placeholders:
        name = view.placeholder.name
        if name in messages or not entered[name]:
            continue
        try:
            check_value(view.placeholder, entered[name], article.position)
        except PlaceholderError as error:
            messages[name] = str(error)
    return messages
