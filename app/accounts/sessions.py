"""Signing in without a password: a one-time link, then a server-side session. Tokens are stored hashed."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts.tables import Person, SignInLink, WebSession
from app.errors import NotFound

SESSION_DAYS = 14
"""A negotiation week, and the weekend on either side."""

LINK_MINUTES = 60
"""Long enough to carry a link from the machine to a phone in the caucus room; whoever finds it later is too late."""


def find_or_create_person(session: Session, *, email: str, name: str, now: datetime) -> Person:
    """The person with this address, created if there is none."""
    address = email.strip().lower()
    person = session.scalar(select(Person).where(Person.email == address))
    if person is None:
        person = Person(email=address, name=name.strip() or address, created_at=now)
        session.add(person)
        session.flush()
    return person


def find_person(session: Session, email: str) -> Person | None:
    """The person with this address, if there is one."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def create_sign_in_link(session: Session, person: Person, *, now: datetime, minutes: int = LINK_MINUTES) -> str:
    """Make a one-time link for `person` and return its token, which is stored nowhere else."""
    token = secrets.token_urlsafe(32)
    expires = now + timedelta(minutes=minutes)
    session.add(SignInLink(person_id=person.id, token_hash=_hash(token), created_at=now, expires_at=expires))
    session.flush()
    return token


def redeem_sign_in_link(session: Session, token: str, now: datetime) -> str:
    """Use up a sign-in link and return the token of the new web session.

    Raises NotFound when the link is unknown, used or expired: the three read alike.
    """
    # One conditional update decides, so that two clicks at once cannot both sign in.
    used = session.execute(
        update(SignInLink)
        .where(SignInLink.token_hash == _hash(token), SignInLink.used_at.is_(None), SignInLink.expires_at > now)
        .values(used_at=now)
        .returning(SignInLink.person_id)
    ).scalar_one_or_none()
    if used is None:
        raise NotFound("This sign-in link was used already, or has expired; ask for a new one.")
    web_token = secrets.token_urlsafe(32)
    session.add(
        WebSession(
            person_id=used,
            token_hash=_hash(web_token),
            csrf_secret=secrets.token_urlsafe(32),
            created_at=now,
            expires_at=now + timedelta(days=SESSION_DAYS),
        )
    )
    session.execute(delete(WebSession).where(WebSession.expires_at <= now))
    session.flush()
    return web_token


def find_web_session(session: Session, token: str, now: datetime) -> WebSession | None:
    """The session that a cookie names, with its `csrf_secret`; None if unknown or expired."""
    return session.scalar(select(WebSession).where(WebSession.token_hash == _hash(token), WebSession.expires_at > now))


def person_for_session(session: Session, token: str, now: datetime) -> Person | None:
    """The person signed in under this cookie; None if there is no such session or it has expired."""
    found = find_web_session(session, token, now)
    return session.get(Person, found.person_id) if found else None


def sign_out(session: Session, token: str) -> None:
    """End the session that a cookie names; ending an unknown one does nothing."""
    session.execute(delete(WebSession).where(WebSession.token_hash == _hash(token)))


def _hash(token: str) -> str:
    # The tokens carry 256 random bits, so a plain digest is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
