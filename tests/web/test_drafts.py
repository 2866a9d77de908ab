"""Writing clauses in the browser: Rosa writes, Vera reviews, Sam is no editor and learns nothing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.roles import set_editor
from app.accounts.sessions import find_or_create_person
from app.accounts.tables import Person
from app.db import Base
from app.library.files import Library
from app.proposals.proposal import create_proposal
from tests.factories.clause_source import CLAUSE

DRAFT = CLAUSE.replace("status: published", "status: draft")
_CLAUSE = "notice-before-technology"
Post = Callable[..., Response]


class FormFields(HTMLParser):
    """What a browser would send back of the form that edits a clause, untouched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._area = self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._on = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._on = named.get("action", "").endswith("/edit")
        if not self._on:
            return
        if tag == "input" and (named.get("type") not in {"checkbox", "radio"} or "checked" in named):
            self.fields.append((named["name"], named.get("value", "")))
        elif tag == "textarea":
            self._area = named["name"]
            self.fields.append((self._area, ""))
        elif tag == "select":
            self._select, self._options = named["name"], []
        elif tag == "option" and self._select:
            self._options.append((named["value"], "selected" in named))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[-1] = (self._area, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.fields[-1] = (self._area, self.fields[-1][1].removeprefix("\n"))
            self._area = ""
        elif tag == "select" and self._select:
            chosen = next((value for value, selected in self._options if selected), self._options[0][0])
            self.fields.append((self._select, chosen))
            self._select = ""


def as_data(fields: list[tuple[str, str]], **other: str) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return {**data, **{name.replace("__", "-"): [value] for name, value in other.items()}}


@pytest.fixture
def rosa_writes(session: Session, rosa: Person, browser: TestClient) -> TestClient:
    """Rosa's browser; she is an editor."""
    set_editor(session, rosa, True)
    session.commit()
    return browser


@pytest.fixture
def vera(session: Session, sign_in: Callable[[Person], TestClient]) -> TestClient:
    """The browser of a second editor."""
    person = find_or_create_person(session, email="vera@local.example", name="Vera Lind", now=datetime.now(UTC))
    set_editor(session, person, True)
    return sign_in(person)


@pytest.fixture
def send(form_token: Callable[[TestClient], str]) -> Post:
    """Post a form with its token."""

    def post(client: TestClient, address: str, data: dict[str, str] | None = None, **options: Any) -> Response:
        answer: Response = client.post(address, data={"csrf_token": form_token(client), **(data or {})}, **options)
        return answer

    return post


@pytest.fixture
def draft(rosa_writes: TestClient, send: Post) -> str:
    """The address of a draft of Rosa's without problems."""
    answer = send(rosa_writes, "/library/drafts/import", files={"files": ("a.md", DRAFT.encode())})
    found = re.search(r'href="(/library/drafts/[\w-]{12})"', answer.text)
    assert found
    return found[1]


def revision(client: TestClient, address: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', client.get(address).text)
    assert found
    return found[1]


def step(client: TestClient, send: Post, address: str, deed: str, **data: str) -> int:
    answer = send(client, f"{address}/{deed}", {"revision": revision(client, address), **data})
    return answer.status_code


def test_a_new_clause_from_nothing_to_the_library(
    rosa_writes: TestClient, vera: TestClient, send: Post, session: Session, rosa: Person, table_id: str
) -> None:
    begun = send(rosa_writes, "/library/drafts", {"title": "Who decides", "topic": "human_oversight"})
    address = begun.headers["Location"].removesuffix("/edit")
    page = rosa_writes.get(f"{address}/edit").text
    assert 'href="#opening"' in page
    assert 'href="#protections"' in page
    assert 'value="who-decides"' in page
    text = (
        "1. **A person.** The Employer shall name a person within {{{{ days }}}} working days.\n"
        "2. **{0}.** The Union may file a grievance."
    )
    filled = as_data(
        FormFields(page).fields,
        summary="A named person answers for every decision that a computer helped to make.",
        jurisdictions="us-private",
        opening=text.format("Remedy"),
        target=text.format("Grievance"),
        floor=text.format("Dispute"),
        **{
            "why-it-matters": "Someone has to look you in the eye.",
            "what-the-employer-will-say": '**The employer:** "We do."\n**Reply:** Then write it down.',
            "questions-to-ask": "- Who decided?",
            "drafting-notes": "Keep the grievance.",
            "placeholders-0-name": "days",
            "placeholders-0-label": "Days to name the person",
            "placeholders-0-help": "Working days after the request.",
            "placeholders-0-unit": "working days",
            "placeholders-0-direction": "less",
            "placeholders-0-target": "3",
            "placeholders-0-minimum": "2",
            "placeholders-0-maximum": "ten",
            "protections-0-id": "the human who decides has the authority and the time",
            "protections-0-opening": "1",
            "protections-0-target": "1,2",
        },
    )
    assert rosa_writes.post(f"{address}/edit", data=filled).status_code == 303
    page = unescape(rosa_writes.get(f"{address}/edit").text)
    assert "Placeholder 1, maximum: 'ten' is not of the right kind" in page
    assert 'name="placeholders-0-maximum" value="ten"' in page
    assert "Submit for review" not in rosa_writes.get(address).text

    filled = as_data(FormFields(rosa_writes.get(f"{address}/edit").text).fields, **{"placeholders-0-maximum": "10"})
    assert rosa_writes.post(f"{address}/edit", data=filled | {"then": ["look"]}).headers["Location"] == address
    page = unescape(rosa_writes.get(address).text)
    assert "HUM-2 The human who decides has the authority and the time (important): opening 1, target 1" in page
    assert "United States, private sector" in page
    assert "Human oversight" in page
    assert "us-private" not in page.split("The clause file")[0]
    assert "name a person within 3 working days" in page
    assert "Submit for review" in page
    assert step(rosa_writes, send, address, "submit") == 303
    assert "Words of yours are in it" in rosa_writes.get(address).text
    assert step(vera, send, address, "approve") == 303

    assert '<span class="tag">local</span>' in rosa_writes.get("/library?words=decides").text
    assert '>Who decides</a> <span class="tag">local</span>' in rosa_writes.get("/library/protections").text
    page = rosa_writes.get("/library/who-decides").text
    assert re.search(r"Reviewed by Vera Lind, \d{1,2} [A-Z][a-z]+ \d{4}\.", page)
    assert '<span class="tag">local</span>' in page
    proposal = create_proposal(session, rosa, table_id, "Technology")
    session.commit()
    added = send(rosa_writes, "/library/who-decides/add", {"proposal_id": proposal.id, "version": "1.0.0"})
    assert added.status_code == 303
    assert "Who decides" in rosa_writes.get(f"/proposals/{proposal.id}").text


def test_a_counter_is_compared_with_local_clauses_too(
    rosa_writes: TestClient, vera: TestClient, send: Post, draft: str, table_id: str
) -> None:
    counter = {"pasted": "1. The Employer shall inform the Union of a new system.\n", "against": "library"}

    def compared() -> str:
        answer = send(rosa_writes, f"/tables/{table_id}/counters", counter)
        return rosa_writes.get(f"{answer.headers['Location']}/report.html").text

    assert "Notice of new systems" not in compared()
    step(rosa_writes, send, draft, "submit")
    step(vera, send, draft, "approve")
    assert "Notice of new systems" in compared()


def test_the_form_sent_back_untouched_changes_no_character(
    rosa_writes: TestClient, send: Post, library: Library
) -> None:
    for version in library.published:
        begun = send(rosa_writes, "/library/drafts", {"clause": version.id, "kind": "minor"})
        address = begun.headers["Location"].removesuffix("/edit")
        before = rosa_writes.get(f"{address}/file").content
        data = as_data(FormFields(rosa_writes.get(f"{address}/edit").text).fields)
        assert rosa_writes.post(f"{address}/edit", data=data).status_code == 303
        assert rosa_writes.get(f"{address}/file").content == before, version.id


def test_a_new_version_shows_what_changed_and_the_remarks(rosa_writes: TestClient, send: Post) -> None:
    page = rosa_writes.get(f"/library/{_CLAUSE}").text
    assert f"/library/drafts/new?clause={_CLAUSE}" in page
    assert "1.1.0" in rosa_writes.get(f"/library/drafts/new?clause={_CLAUSE}").text
    begun = send(rosa_writes, "/library/drafts", {"clause": _CLAUSE, "kind": "minor"})
    address = begun.headers["Location"].removesuffix("/edit")
    data = as_data(FormFields(rosa_writes.get(f"{address}/edit").text).fields)
    target = data["target"][0]
    data["target"] = [target.replace("The Employer shall", "The Employer shall, where appropriate,", 1)]
    data["changes"] = ["Softer, to see what is said."]
    rosa_writes.post(f"{address}/edit", data=data)
    page = unescape(rosa_writes.get(address).text)
    assert "what changed since version 1.0.0" in page
    assert '<ins><span class="hidden-text">[inserted: </span>' in page
    assert "Instead:" in page
    assert "Softer, to see what is said." in page


def test_nobody_approves_their_own_words(rosa_writes: TestClient, send: Post, draft: str) -> None:
    assert step(rosa_writes, send, draft, "submit") == 303
    page = rosa_writes.get(draft).text
    assert "Approve and publish" not in page
    assert "Nobody else may do that yet" in page
    assert step(rosa_writes, send, draft, "approve") == 400
    assert rosa_writes.get("/library/short-notice").status_code == 404


def test_sent_back_with_a_note_that_the_author_reads(
    rosa_writes: TestClient, vera: TestClient, send: Post, draft: str
) -> None:
    step(rosa_writes, send, draft, "submit")
    assert step(vera, send, draft, "send-back", note=" ") == 400
    assert step(vera, send, draft, "send-back", note="The floor needs <b>a date</b>.") == 303
    page = rosa_writes.get(draft).text
    assert "Vera Lind sent it back" in page
    assert "The floor needs &lt;b&gt;a date&lt;/b&gt;." in page
    assert "Go on writing" in page


def test_a_step_taken_on_an_old_text_is_a_conflict(
    rosa_writes: TestClient, vera: TestClient, send: Post, draft: str
) -> None:
    old = revision(rosa_writes, draft)
    step(rosa_writes, send, draft, "submit")
    answer = send(vera, f"{draft}/approve", {"revision": old})
    assert answer.status_code == 409
    assert "Somebody changed this draft after you opened it" in answer.text
    assert f'action="{draft}/approve"' in answer.text  # the draft as it is now, to decide again
    assert rosa_writes.get("/library/short-notice").status_code == 404


@pytest.mark.parametrize("view", ["form", "file"])
def test_the_second_of_two_saves_gets_both_texts(
    rosa_writes: TestClient, vera: TestClient, draft: str, view: str
) -> None:
    hers, theirs = (FormFields(each.get(f"{draft}/edit?view={view}").text).fields for each in (rosa_writes, vera))

    def changed(fields: list[tuple[str, str]], words: str) -> dict[str, list[str]]:
        data = as_data(fields)
        name = "title" if view == "form" else "source"
        return {**data, name: [data[name][0].replace("Notice of new systems", words)]}

    assert vera.post(f"{draft}/edit", data=changed(theirs, "Warning of new systems")).status_code == 303
    answer = rosa_writes.post(f"{draft}/edit", data=changed(hers, "News of new systems"))
    assert answer.status_code == 409
    assert "Warning of new systems" in answer.text
    assert "News of new systems" in answer.text
    assert b"Warning of new systems" in rosa_writes.get(f"{draft}/file").content
    again = FormFields(answer.text).fields
    assert rosa_writes.post(f"{draft}/edit", data=as_data(again)).status_code == 303
    assert b"News of new systems" in rosa_writes.get(f"{draft}/file").content


def test_words_typed_while_it_was_submitted_are_kept_on_the_page(
    rosa_writes: TestClient, send: Post, draft: str
) -> None:
    fields = FormFields(rosa_writes.get(f"{draft}/edit").text).fields
    step(rosa_writes, send, draft, "submit")
    answer = rosa_writes.post(f"{draft}/edit", data=as_data(fields, title="Typed too late"))
    assert answer.status_code == 409
    assert 'value="Typed too late"' in answer.text
    assert "waiting for review" in answer.text
    assert rosa_writes.get(f"{draft}/edit").status_code == 303


def test_a_heading_inside_a_section_is_named_and_everything_typed_comes_back(
    rosa_writes: TestClient, draft: str
) -> None:
    fields = FormFields(rosa_writes.get(f"{draft}/edit").text).fields
    answer = rosa_writes.post(f"{draft}/edit", data=as_data(fields, title="Other title", opening="1. One.\n# Floor\nx"))
    assert answer.status_code == 400
    assert "would begin another section" in answer.text
    assert "1. One.\n# Floor\nx" in answer.text
    assert 'value="Other title"' in answer.text


def test_a_file_that_a_form_would_spoil_is_edited_as_a_file(rosa_writes: TestClient, send: Post, draft: str) -> None:
    broken = DRAFT.replace("topic:", "colour: <red>\ntopic:")
    saved = send(
        rosa_writes,
        f"{draft}/edit",
        {"view": "file", "source": broken, "revision": revision(rosa_writes, f"{draft}/edit")},
    )
    assert saved.status_code == 303
    page = rosa_writes.get(f"{draft}/edit").text
    assert "colour: &lt;red&gt;" in page
    assert "unknown here" in page
    assert rosa_writes.get(draft).status_code == 200


def test_a_file_with_a_comment_is_published_with_it(
    rosa_writes: TestClient, vera: TestClient, send: Post, draft: str
) -> None:
    commented = DRAFT.replace("topic:", "# Ask Ines before you change this.\ntopic:")
    data = {"view": "file", "source": commented, "revision": revision(rosa_writes, f"{draft}/edit")}
    assert send(rosa_writes, f"{draft}/edit", data).status_code == 303
    assert step(rosa_writes, send, draft, "submit") == 303
    assert step(vera, send, draft, "approve") == 303
    assert "/library/short-notice?version=1.0.0" in rosa_writes.get(draft).text
    answer = rosa_writes.get(f"{draft}/file")
    assert b"# Ask Ines" in answer.content
    assert 'filename="disclosure-short-notice-1.0.0.md"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("source", ["", "no clause", "---\na: [\n---\n", "---\n" + "[" * 50_000 + "\n---\n"])
def test_the_wildest_file_is_stored_and_shown(rosa_writes: TestClient, send: Post, draft: str, source: str) -> None:
    data = {"view": "file", "source": source, "revision": revision(rosa_writes, f"{draft}/edit")}
    assert send(rosa_writes, f"{draft}/edit", data).status_code == 303
    assert rosa_writes.get(draft).status_code == 200
    assert rosa_writes.get(f"{draft}/edit").status_code == 200
    assert rosa_writes.get("/library/drafts").status_code == 200
    assert step(rosa_writes, send, draft, "submit") == 400


def test_earlier_texts_can_be_read(rosa_writes: TestClient, draft: str) -> None:
    fields = FormFields(rosa_writes.get(f"{draft}/edit").text).fields
    rosa_writes.post(f"{draft}/edit", data=as_data(fields, title="Other title"))
    links = re.findall(rf'href="({draft}/text/\d+)"', rosa_writes.get(draft).text)
    assert len(links) == 2
    assert "Other title" in rosa_writes.get(links[0]).text
    assert "Notice of new systems" in rosa_writes.get(links[1]).text
    assert rosa_writes.get(f"{draft}/text/999999").status_code == 404


def test_set_aside_and_taken_up_again(rosa_writes: TestClient, send: Post, draft: str) -> None:
    assert step(rosa_writes, send, draft, "set-aside") == 303
    assert "Set aside" in rosa_writes.get("/library/drafts").text
    assert step(rosa_writes, send, draft, "take-up") == 303
    assert "Submit for review" in rosa_writes.get(draft).text


@pytest.mark.parametrize(
    "data",
    [
        {"title": "", "topic": "disclosure"},
        {"title": "Fine title", "topic": "weather"},
        {"title": "x" * 200, "topic": "disclosure"},
        {"clause": _CLAUSE, "kind": "huge"},
    ],
)
def test_a_beginning_that_is_not_usable_comes_back(rosa_writes: TestClient, send: Post, data: dict[str, str]) -> None:
    answer = send(rosa_writes, "/library/drafts", data)
    assert answer.status_code == 400
    assert data.get("title", "") in answer.text
    assert "No draft yet" in rosa_writes.get("/library/drafts").text


def test_an_unknown_clause_has_no_new_version(rosa_writes: TestClient, send: Post) -> None:
    assert rosa_writes.get("/library/drafts/new?clause=nothing").status_code == 404
    assert send(rosa_writes, "/library/drafts", {"clause": "nothing"}).status_code == 404


def test_whoever_is_no_editor_reads_the_same_404_for_every_draft_and_changes_nothing(
    rosa_writes: TestClient,
    sam: Person,
    sign_in: Callable[[Person], TestClient],
    send: Post,
    draft: str,
    session: Session,
) -> None:
    step(rosa_writes, send, draft, "submit")
    others = sign_in(sam)
    assert "/library/drafts" not in others.get("/library").text
    assert "/library/drafts" not in others.get(f"/library/{_CLAUSE}").text
    known, made_up = draft.rsplit("/", 1)[1], "Zm9vYmFyYmF6"
    text_id = re.findall(r"/text/(\d+)", rosa_writes.get(draft).text)[0]
    reading = ["", "/edit", "/file", f"/text/{text_id}"]
    writing = ["edit", "submit", "take-back", "send-back", "approve", "set-aside", "take-up"]

    def stored() -> list[object]:
        session.rollback()
        return [tuple(row) for table in Base.metadata.sorted_tables for row in session.execute(table.select())]

    before = stored()
    for path in reading:
        answer, other = (others.get(f"/library/drafts/{each}{path}") for each in (known, made_up))
        assert (answer.status_code, answer.text) == (404, other.text), path
    for path in writing:
        data = {"revision": "2", "note": "No.", "view": "file", "source": DRAFT}
        answer, other = (send(others, f"/library/drafts/{each}/{path}", data) for each in (known, made_up))
        assert (answer.status_code, answer.text) == (404, other.text), path
    for path in ("", "/new", "/import", "/local.zip"):
        assert others.get(f"/library/drafts{path}").status_code == 404, path
    files = {"files": ("a.md", DRAFT.encode())}
    assert send(others, "/library/drafts/import", files=files).status_code == 404
    assert send(others, "/library/drafts", {"title": "Mine", "topic": "fairness"}).status_code == 404
    assert stored() == before


class TestFiles:
    def test_local_clauses_go_out_as_the_folder_has_them(
        self, rosa_writes: TestClient, vera: TestClient, send: Post, draft: str
    ) -> None:
        step(rosa_writes, send, draft, "submit")
        step(vera, send, draft, "approve")
        answer = rosa_writes.get("/library/drafts/local.zip")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.namelist() == ["disclosure/short-notice/1.0.0.md"]
            content = archive.read(archive.namelist()[0])
        one = rosa_writes.get("/library/short-notice/file?version=1.0.0")
        assert one.content == content == rosa_writes.get(f"{draft}/file").content
        assert 'filename="disclosure-short-notice-1.0.0.md"' in one.headers["Content-Disposition"]
        again = send(rosa_writes, "/library/drafts/import", files={"files": ("local.zip", answer.content)})
        assert "is published here, word for word" in again.text

    def test_a_model_clause_goes_out_byte_for_byte_to_anybody_signed_in(
        self, sam: Person, sign_in: Callable[[Person], TestClient], library: Library
    ) -> None:
        version = library.get(_CLAUSE)
        assert version.path is not None
        others = sign_in(sam)
        assert others.get(f"/library/{_CLAUSE}/file").content == version.path.read_bytes()
        assert others.get(f"/library/{_CLAUSE}/file?version=9.9.9").status_code == 404
        assert others.get("/library/nothing/file").status_code == 404

    def test_several_files_at_once_each_with_its_problems(self, rosa_writes: TestClient, send: Post) -> None:
        files = [
            ("files", ("good.md", DRAFT.encode())),
            ("files", ("bad.md", DRAFT.replace("DIS-3", "DIS-999").encode())),
            ("files", ("<b>.md", b"Just words.")),
        ]
        page = send(rosa_writes, "/library/drafts/import", files=files)
        text = page.text
        assert "2 drafts made" in text
        assert "DIS-999" in text
        assert "&lt;b&gt;.md: the front matter is missing" in text

    def test_nothing_chosen_or_nothing_usable(self, rosa_writes: TestClient, send: Post) -> None:
        assert send(rosa_writes, "/library/drafts/import").status_code == 400
        files = {"files": ("a.md", b"\xff\xfe\x00")}
        answer = send(rosa_writes, "/library/drafts/import", files=files)
        assert answer.status_code == 400
        assert "not UTF-8" in answer.text
