"""Every route says who may use it, and means it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient

from app.web.dependencies import public, signed_in

_PUBLIC_ADDRESSES = {"/sign-in", "/sign-in/{token}", "/health"}
_WITHOUT_TOKEN = {"", "wrong", "0" * 64}


@dataclass(frozen=True)
class Declared:
    path: str
    method: str
    access: str

    @property
    def address(self) -> str:
        """The path with something in the place of each name."""
        return "/".join("unknown" if part.startswith("{") else part for part in self.path.split("/"))


def declared(app: FastAPI) -> Iterator[Declared]:
    for context in iter_route_contexts(app.routes):
        route: BaseRoute = context.original_route
        if isinstance(route, Mount):
            assert route.path == "/static", f"{route.path} is mounted without an access declaration"
            continue
        assert isinstance(route, APIRoute), f"{route} is no route of ours"
        calls = set(every_call(route.dependant))
        access = [name for name, call in (("public", public), ("signed_in", signed_in)) if call in calls]
        assert len(access) == 1, f"{route.path} declares {access or 'no access'}; name public or signed_in"
        for method in sorted(route.methods or ()):
            yield Declared(str(context.path), method, access[0])


def every_call(dependant: Dependant) -> Iterator[object]:
    for each in dependant.dependencies:
        yield each.call
        yield from every_call(each)


def test_every_route_declares_its_access(app: FastAPI) -> None:
    routes = list(declared(app))
    assert len(routes) > 8
    assert {route.path for route in routes if route.access == "public"} == _PUBLIC_ADDRESSES


def test_without_a_session_only_public_routes_answer(app: FastAPI, stranger: TestClient) -> None:
    for route in declared(app):
        answer = stranger.request(route.method, route.address)
        where = f"{route.method} {route.path}: {answer.status_code}"
        if route.access == "public":
            assert answer.status_code < 500, where
        elif route.method == "GET":
            assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in"), where
            assert not answer.content, where
        else:
            assert answer.status_code in {303, 403}, where
            assert "Rosa" not in answer.text, where


@pytest.mark.parametrize("given", sorted(_WITHOUT_TOKEN))
def test_a_form_without_the_right_token_is_refused(app: FastAPI, browser: TestClient, given: str) -> None:
    for route in declared(app):
        if route.access == "signed_in" and route.method == "POST":
            answer = browser.post(route.address, data={"csrf_token": given} if given else {})
            assert answer.status_code == 403, f"{route.path}: {answer.status_code}"


def test_a_token_of_another_session_is_refused(
    browser: TestClient, sign_in: Callable[..., TestClient], sam: object, form_token: Callable[[TestClient], str]
) -> None:
    foreign = form_token(sign_in(sam))
    assert browser.post("/sign-out", data={"csrf_token": foreign}).status_code == 403


def test_every_form_that_is_sent_carries_a_token() -> None:
    from app.web.rendering import build_templates

    environment = build_templates()
    for name in environment.list_templates():
        assert environment.loader is not None
        source = environment.loader.get_source(environment, name)[0]
        for form in source.split("<form")[1:]:
            if 'method="post"' in form.split(">")[0] and name != "sign_in.html":
                assert "_csrf.html" in form.split("</form>")[0], f"{name}: a form without its token"
