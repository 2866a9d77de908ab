"""What protects every request: headers, hosts, sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from starlette.datastructures import FormData
from starlette.testclient import TestClient

from app.settings import Settings
from app.web.security import CONTENT_SECURITY_POLICY, HostCheck, cookie_name, form_token, known_hosts, same_token
from app.web.submitted import text_field


@pytest.mark.parametrize("address", ["/sign-in", "/health", "/library", "/nothing-here", "/static/base.css"])
def test_every_answer_carries_the_headers(stranger: TestClient, address: str) -> None:
    headers = stranger.get(address).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == ("no-cache" if address.startswith("/static/") else "no-store")


def test_the_policy_admits_nothing_inline_and_nothing_foreign() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


def test_a_pinned_file_may_be_kept(stranger: TestClient) -> None:
    assert "immutable" in stranger.get("/static/base.css?v=1").headers["Cache-Control"]


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "[", "192.168.1.7"])
def test_another_host_is_refused(stranger: TestClient, host: str) -> None:
    assert stranger.get("/health", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:8000"])
def test_our_own_names_answer(stranger: TestClient, host: str) -> None:
    assert stranger.get("/health", headers={"Host": host}).status_code == 200


def test_a_service_on_every_address_answers_to_addresses_but_not_to_names() -> None:
    settings = Settings(host="0.0.0.0", public_url="https://proviso.example/", secure_cookies=True)
    check = HostCheck(lambda *_: None, settings=settings)  # type: ignore[arg-type]
    assert check._is_known("192.168.1.7:8000")
    assert check._is_known("proviso.example")
    assert not check._is_known("rebound.example:8000")


@pytest.mark.parametrize("address", ["/tables/%00", "/library/a%00b", "/library?words=%00"])
def test_the_null_character_is_in_no_address(browser: TestClient, address: str) -> None:
    assert browser.get(address).status_code == 400


def test_the_null_character_is_in_no_field() -> None:
    assert text_field(FormData({"note": "Take\x00sixty.\r\n"}), "note") == "Take sixty.\n"


def test_hosts_are_those_of_the_settings() -> None:
    assert "proviso.example" in known_hosts(Settings(public_url="https://Proviso.example:8443", secure_cookies=True))


def test_cookies_are_bound_to_the_host_behind_https() -> None:
    assert cookie_name(Settings(secure_cookies=True)).startswith("__Host-")


def test_form_tokens() -> None:
    assert form_token("a") == form_token("a") != form_token("b")
    assert same_token(form_token("a"), form_token("a"))
    assert not same_token("", "")
    assert not same_token("ä", form_token("a"))


class TestUploads:
    @pytest.fixture
    def web_settings(self, web_settings: Settings) -> Settings:
        return web_settings.model_copy(update={"max_upload_bytes": 2_000_000})

    def test_one_that_is_too_large_is_refused_with_a_sentence(
        self, browser: TestClient, form_token: Callable[[TestClient], str]
    ) -> None:
        answer = browser.post(
            "/tables/unknown/counters",
            data={"csrf_token": form_token(browser)},
            files={"file": ("counter.docx", b"x" * 3_100_000)},
        )
        assert answer.status_code == 413
        assert "Files of up to 2 MB are read here" in answer.text
        assert 'href="/tables/unknown/counters/new">Choose another file' in answer.text

    @pytest.mark.parametrize("address", ["/sign-out", "/sign-in", "/library/any/add"])
    def test_one_that_does_not_say_its_size_is_refused_too(self, browser: TestClient, address: str) -> None:
        def parts() -> Iterator[bytes]:
            for _ in range(40):
                yield b"x" * 100_000

        answer = browser.post(address, content=parts(), headers={"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status_code == 413
        assert "too large" in answer.text
        assert ("Choose another file" in answer.text) is (address == "/sign-in"), "only where there is such a page"

    def test_only_an_upload_form_may_be_large(self, browser: TestClient) -> None:
        answer = browser.post("/sign-in", data={"token": "%41" * 800_000})
        assert answer.status_code == 413

    def test_a_form_within_the_limit_goes_on(self, app: FastAPI, browser: TestClient) -> None:
        answer = browser.post("/sign-out", data={"csrf_token": "x" * 1_900_000})
        assert answer.status_code == 403
