"""Signing in by a one-time link: good once, in time, for one person, and never readable from the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from app.accounts.sessions import (
    SESSION_DAYS,
    create_sign_in_link,
    find_or_create_person,
    find_web_session,
    person_for_session,
    redeem_sign_in_link,
    sign_out,
)
from app.accounts.tables import Person, SignInLink, WebSession
from app.errors import NotFound

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_link_signs_its_person_in(session: Session, person: Person) -> None:
    token = redeem_sign_in_link(session, create_sign_in_link(session, person, now=NOW), NOW)
    assert person_for_session(session, token, NOW) is person


def test_a_link_is_good_once(session: Session, person: Person) -> None:
    link = create_sign_in_link(session, person, now=NOW)
    redeem_sign_in_link(session, link, NOW)
    with pytest.raises(NotFound):
        redeem_sign_in_link(session, link, NOW)


def test_a_link_expires(session: Session, person: Person) -> None:
    link = create_sign_in_link(session, person, now=NOW, minutes=15)
    with pytest.raises(NotFound):
        redeem_sign_in_link(session, link, NOW + timedelta(minutes=15))


def test_unknown_used_and_expired_links_read_alike(session: Session, person: Person) -> None:
    used, late = (create_sign_in_link(session, person, now=NOW) for _ in range(2))
    redeem_sign_in_link(session, used, NOW)
    said = set()
    for link, now in ((used, NOW), (late, NOW + timedelta(hours=1)), ("nonsense", NOW)):
        with pytest.raises(NotFound) as caught:
            redeem_sign_in_link(session, link, now)
        said.add(str(caught.value))
    assert len(said) == 1


def test_tokens_are_stored_hashed_and_never_repeat(session: Session, person: Person) -> None:
    links = [create_sign_in_link(session, person, now=NOW) for _ in range(3)]
    token = redeem_sign_in_link(session, links[0], NOW)
    stored = {*session.scalars(select(SignInLink.token_hash)), *session.scalars(select(WebSession.token_hash))}
    assert len(stored) == 4
    assert not stored & {*links, token}


def test_a_session_expires_and_is_swept_up_at_the_next_sign_in(session: Session, person: Person) -> None:
    token = redeem_sign_in_link(session, create_sign_in_link(session, person, now=NOW), NOW)
    late = NOW + timedelta(days=SESSION_DAYS)
    assert person_for_session(session, token, late - timedelta(seconds=1)) is person
    assert person_for_session(session, token, late) is None
    redeem_sign_in_link(session, create_sign_in_link(session, person, now=late), late)
    assert len(session.scalars(select(WebSession)).all()) == 1


def test_signing_out_ends_this_session_only(session: Session, person: Person) -> None:
    here, there = (redeem_sign_in_link(session, create_sign_in_link(session, person, now=NOW), NOW) for _ in range(2))
    sign_out(session, here)
    sign_out(session, "unknown")
    assert person_for_session(session, here, NOW) is None
    assert person_for_session(session, there, NOW) is person


def test_every_session_has_its_own_csrf_secret(session: Session, person: Person, outsider: Person) -> None:
    tokens = [
        redeem_sign_in_link(session, create_sign_in_link(session, each, now=NOW), NOW) for each in (person, outsider)
    ]
    found = [find_web_session(session, token, NOW) for token in tokens]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].csrf_secret != found[1].csrf_secret
    assert person_for_session(session, tokens[1], NOW) is outsider


def test_one_address_is_one_person(session: Session, person: Person) -> None:
    assert find_or_create_person(session, email=" ADA@example.org ", name="Other", now=NOW) is person


def test_times_come_back_in_utc_and_need_a_zone(session: Session) -> None:
    elsewhere = datetime(2026, 3, 2, 5, 30, tzinfo=timezone(timedelta(hours=-4)))
    made = find_or_create_person(session, email="x@example.org", name="X", now=elsewhere)
    session.expire(made)
    assert made.created_at == NOW
    assert made.created_at.tzinfo == UTC
    with pytest.raises(StatementError, match="names no time zone"):
        find_or_create_person(session, email="y@example.org", name="Y", now=datetime(2026, 3, 2))  # noqa: DTZ001
