"""Sam has a table of his own and knows every id of Rosa's. What he asks for must read as if none of them existed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from httpx2 import Response
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.analysis.pipeline import Pipeline
from app.db import Base
from app.library.files import Library
from app.proposals.assemble import add_clause
from app.proposals.bargaining import create_table
from app.proposals.comparison import get_comparison, receive_counter
from app.proposals.proposal import create_proposal
from app.settings import Settings

_CLAUSE = "notice-before-technology"
_MADE_UP = "Zm9vYmFyYmF6"  # twelve characters, as every id of ours
_COUNTER = "1. The Union waives any right to bargain over technology.\n"


@dataclass(frozen=True)
class Ids:
    """One id of each kind, all of one person's table."""

    table_id: str
    proposal_id: str
    article_id: str
    provision_id: str
    comparison_id: str
    finding_id: str


@pytest.fixture
def ids_of(session: Session, pipeline: Pipeline, library: Library, web_settings: Settings) -> Callable[[Person], Ids]:
    """Give a person a table with a proposal and a compared counter."""

    def make(person: Person) -> Ids:
        table = create_table(
            session, person, title="T", employer="E", union="U", unit="All", jurisdiction="uk", sector="retail"
        )
        proposal = create_proposal(session, person, table.id, "Technology")
        article = add_clause(session, person, proposal.id, _CLAUSE).articles[0]
        record = receive_counter(
            session,
            person,
            table.id,
            data=None,
            pasted=_COUNTER,
            name="Counter",
            against=proposal.id,
            pipeline=pipeline,
            library=library,
            max_bytes=web_settings.max_upload_bytes,
        )
        finding = get_comparison(session, person, record.public_id).findings[0]
        session.commit()
        return Ids(table.id, proposal.id, article.id, article.provisions[0].id, record.public_id, finding.id)

    return make


def routes_with_ids(app: FastAPI) -> Iterator[tuple[str, str, list[str]]]:
    """Method, path, and the names in the path of every route whose address holds an id of a table."""
    for context in iter_route_contexts(app.routes):
        names = re.findall(r"\{(\w+)\}", str(context.path))
        if isinstance(context.original_route, APIRoute) and set(names) & set(Ids.__annotations__):
            for method in sorted(context.original_route.methods or ()):
                yield method, str(context.path), names


def everything_stored(session: Session) -> list[object]:
    session.rollback()
    return [tuple(row) for table in Base.metadata.sorted_tables for row in session.execute(table.select())]


def test_every_id_of_another_table_reads_like_one_that_does_not_exist(
    app: FastAPI,
    session: Session,
    rosa: Person,
    sam: Person,
    sign_in: Callable[[Person], TestClient],
    form_token: Callable[[TestClient], str],
    ids_of: Callable[[Person], Ids],
) -> None:
    hers, his = ids_of(rosa), ids_of(sam)
    browser = sign_in(sam)
    fields = {
        "csrf_token": form_token(browser),
        "text": "Mine.",
        "revision": "1",
        "position": "floor",
        "direction": "up",
        "decision": "agreed",
        "note": "Seen.",
        "title": "Mine",
        "clause_id": _CLAUSE,
        "version": "1.0.0",
        "pasted": _COUNTER,
        "against": "library",
    }
    before = everything_stored(session)

    def ask(method: str, path: str, names: list[str], chosen: tuple[str, ...]) -> Response:
        address = path
        for name, value in zip(names, chosen, strict=True):
            address = address.replace(f"{{{name}}}", value)
        answer: Response = browser.request(method, address, data=fields if method == "POST" else None)
        return answer

    walked = 0
    for method, path, names in routes_with_ids(app):
        pairs = [(getattr(his, name), getattr(hers, name)) for name in names]
        for known in itertools.product(*pairs):
            if not set(known) - {own for own, _ in pairs}:
                continue
            made_up = tuple(
                _MADE_UP if value == foreign else value for value, (_, foreign) in zip(known, pairs, strict=True)
            )
            answer, other = ask(method, path, names, known), ask(method, path, names, made_up)
            assert (answer.status_code, answer.text) == (404, other.text), f"{method} {path} {known}"
            assert dict(answer.headers) == dict(other.headers), f"{method} {path}"
            walked += 1
    assert walked > 40
    assert everything_stored(session) == before


def test_an_id_in_a_form_or_a_query_tells_nothing_either(
    session: Session,
    rosa: Person,
    sam: Person,
    sign_in: Callable[[Person], TestClient],
    form_token: Callable[[TestClient], str],
    ids_of: Callable[[Person], Ids],
) -> None:
    hers, his = ids_of(rosa), ids_of(sam)
    browser = sign_in(sam)
    token = form_token(browser)
    before = everything_stored(session)

    def answers(foreign: str) -> list[tuple[int, str]]:
        add = {"csrf_token": token, "proposal_id": foreign, "version": "1.0.0"}
        counter = {"csrf_token": token, "pasted": _COUNTER, "against": foreign}
        replies = (
            browser.post(f"/library/{_CLAUSE}/add", data=add),
            browser.post(f"/tables/{his.table_id}/counters", data=counter),
            browser.get(f"/tables/{his.table_id}/counters/new", params={"against": foreign}),
        )
        return [(each.status_code, each.text) for each in replies]

    found = answers(hers.proposal_id)
    assert found == answers(_MADE_UP)
    assert [status for status, _ in found] == [404, 404, 200]
    assert everything_stored(session) == before
