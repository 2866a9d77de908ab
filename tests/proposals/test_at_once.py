"""Several people at one table in the same moment, each in a transaction of their own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session, sessionmaker

from app.accounts.sessions import create_sign_in_link, find_or_create_person, redeem_sign_in_link
from app.accounts.tables import Person
from app.db import build_session_maker, transaction
from app.errors import NotFound
from app.proposals.bargaining import create_table
from app.proposals.proposal import create_proposal
from app.proposals.tables import BargainingTable, Organisation
from tests.factories.people import NOW


@pytest.fixture
def sessions(engine: Engine) -> Iterator[sessionmaker[Session]]:
    """Real transactions; what they leave is cleared away."""
    maker = build_session_maker(engine)
    yield maker
    with transaction(maker) as session:
        for table in (BargainingTable, Organisation, Person):
            session.execute(delete(table))


def test_proposals_made_at_once_take_different_numbers(sessions: sessionmaker[Session]) -> None:
    with transaction(sessions) as session:
        person = find_or_create_person(session, email="a@example.org", name="A", now=NOW)
        table = create_table(
            session, person, title="T", employer="E", union="U", unit="all", jurisdiction="uk", sector="all", now=NOW
        )

    def make(number: int) -> int:
        with transaction(sessions) as session:
            return create_proposal(session, person, table.id, f"Proposal {number}", now=NOW).number

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(make, range(8))) == list(range(1, 9))


def test_a_link_clicked_twice_at_once_signs_in_once(sessions: sessionmaker[Session]) -> None:
    with transaction(sessions) as session:
        person = find_or_create_person(session, email="a@example.org", name="A", now=NOW)
        link = create_sign_in_link(session, person, now=NOW)

    def click(_number: int) -> bool:
        try:
            with transaction(sessions) as session:
                redeem_sign_in_link(session, link, NOW)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(click, range(4))) == [False, False, False, True]
