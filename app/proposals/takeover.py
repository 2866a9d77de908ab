"""Taking over a newer version of a clause in an article, without losing what was edited. The old pin stays until then.

The plan is made again under a lock when it is carried out; whatever somebody saved in between makes it another plan,
and then nothing is stored and both people keep their words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import EditConflict, InvalidInput
from app.library.catalogue import VersionEntry, get_clause_version, latest_version, list_versions
from app.library.clause import ClauseVersion, version_order
from app.proposals.assemble import refuse_closed
from app.proposals.proposal import get_proposal
from app.proposals.provision_edit import LONGEST_PROVISION
from app.proposals.seats import find_article, lock_article
from app.proposals.tables import Article, ArticleProvision, BargainingTable, Proposal
from app.proposals.takeover_plan import (
    CarriedValues,
    OwnProvision,
    PositionPlan,
    Step,
    carry_values,
    filled_provisions,
    plan_position,
)
from app.proposals.views import ProposalView


@dataclass(frozen=True, slots=True)
class Takeover:
    """What taking over a version would do to an article."""

    article_id: str
    old: ClauseVersion
    new: ClauseVersion
    position: str  # that the article stands in
    variant: str  # of the new version, for the table's jurisdiction and sector
    values: CarriedValues
    positions: tuple[PositionPlan, ...]  # the article's own first
    versions: tuple[VersionEntry, ...]  # those since the old one, the newest first
    seen: str  # changes whenever anybody changes the article

    @property
    def asking(self) -> tuple[Step, ...]:
        """Every step in which a person has to decide."""
        return tuple(step for plan in self.positions for step in plan.asking)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided where both texts changed, or where our words have no place any more."""

    choice: str  # ours, theirs, own; or note, join
    text: str = ""  # for own
    into: str = ""  # for join: number of the provision that takes our words in


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that a person decided."""

    decisions: Mapping[str, Decision] = field(default_factory=dict)  # by key of the step
    values: Mapping[str, str] = field(default_factory=dict)  # by placeholder, in place of refused ones


def plan_takeover(
    session: Session,
    person: Person,
    article_id: str,
    version: str | None = None,
    *,
    entered: Mapping[str, str] | None = None,
) -> Takeover:
    """What taking over `version`, the latest if none is named, would do; stores nothing.

    Raises:
        NotFound: the article is unknown or foreign.
        InvalidInput: it is closed, not from the library, or `version` is no newer than its own.
        UnknownClause: there is no such version.
        PlaceholderError: what was entered in place of a refused value does not fit.
    """
    article = find_article(session, person, article_id)
    return _plan(session, article, _rows(session, article, lock=False), version, entered)


def take_over(
    session: Session, person: Person, article_id: str, version: str, *, seen: str, choices: Choices
) -> ProposalView:
    """Pin the article to `version` and carry out the plan; flushes, does not commit.

    Raises, beside what `plan_takeover` raises:
        EditConflict: the article is no longer as it was when `seen` was shown.
        InvalidInput: a decision is missing or cannot be carried out; `field` is the key of the step.
    """
    article = find_article(session, person, article_id)
    lock_article(session, article)  # before anything is read that decides
    rows = _rows(session, article, lock=True)
    if _fingerprint(article, rows) != seen:
        raise EditConflict("Somebody changed this article in the meantime; nothing was taken over. Look at it again.")
    plan = _plan(session, article, rows, version, choices.values)
    problems = missing_decisions(plan, choices)
    if problems:
        key, message = next(iter(problems.items()))
        raise InvalidInput(message, field=key)
    notes = [article.caucus_note] if article.caucus_note else []
    for position in plan.positions:
        notes.extend(_carry_out(session, article, position, rows, plan, choices))
    article.title = plan.new.title if article.title == plan.old.title else article.title
    article.clause_version = plan.new.version
    article.variant = plan.variant
    # Values without a placeholder stay stored: they are shown nowhere, and a later version may ask for them again.
    unused = {name: value for name, value in article.filled.items() if plan.new.placeholder(name) is None}
    article.filled = {**unused, **plan.values.kept}
    article.caucus_note = "\n\n".join(notes)
    article.revision += 1
    session.flush()
    return get_proposal(session, person, session.get_one(Proposal, article.proposal_id).public_id)


def missing_decisions(plan: Takeover, choices: Choices) -> dict[str, str]:
    """What is still to be decided, or cannot be done as decided; a message for each step by its key."""
    found = {}
    for step in plan.asking:
        decision = choices.decisions.get(step.key, Decision(""))
        text = " ".join(decision.text.split())
        numbers = {each.number for each in _plan_of(plan, step.position).steps if each.number}
        if step.kind == "choose" and decision.choice not in {"ours", "theirs", "own"}:
            found[step.key] = f"Section {step.old_number}: choose which words should stand."
        elif step.kind == "homeless" and decision.choice not in {"note", "join"}:
            found[step.key] = f"Section {step.old_number}: choose where your words should go."
        elif decision.choice == "own" and not text:
            found[step.key] = f"Section {step.old_number}: write the words that should stand."
        elif len(text) > LONGEST_PROVISION:
            found[step.key] = f"Section {step.old_number}: use at most {LONGEST_PROVISION:,} characters."
        elif decision.choice == "join" and decision.into not in numbers:
            found[step.key] = f"Section {step.old_number}: choose the section that takes your words in."
    return found


def _plan(
    session: Session,
    article: Article,
    rows: list[ArticleProvision],
    version: str | None,
    entered: Mapping[str, str] | None,
) -> Takeover:
    proposal = session.get_one(Proposal, article.proposal_id)
    refuse_closed(session, article, proposal)
    if article.clause_id is None or article.clause_version is None:
        raise InvalidInput(f"{article.title} is not from the library, so there is no newer version of it.")
    old = get_clause_version(session, article.clause_id, article.clause_version)
    new = get_clause_version(session, article.clause_id, version or latest_version(session, article.clause_id))
    if version_order(new.version) <= version_order(old.version):
        raise InvalidInput(f"{article.title} stands at version {old.version}; there is nothing newer to take over.")
    table = session.get_one(BargainingTable, proposal.table_id)
    variant = new.variant_for(table.jurisdiction, table.sector)
    values = carry_values(old, new, article.filled, article.position, entered)
    positions = dict.fromkeys([article.position, *(row.position for row in rows)])
    return Takeover(
        article_id=article.public_id,
        old=old,
        new=new,
        position=article.position,
        variant=variant,
        values=values,
        positions=tuple(
            plan_position(
                filled_provisions(old, each, article.filled, article.variant),
                filled_provisions(new, each, values.kept, variant),
                [_own(row) for row in rows if row.position == each],
                each,
            )
            for each in positions
        ),
        versions=tuple(
            entry
            for entry in list_versions(session, new.id)
            if version_order(old.version) < version_order(entry.version) <= version_order(new.version)
        ),
        seen=_fingerprint(article, rows),
    )


def _carry_out(  # noqa: PLR0917 - what, in which article, by which plan
    session: Session,
    article: Article,
    position: PositionPlan,
    rows: list[ArticleProvision],
    plan: Takeover,
    choices: Choices,
) -> list[str]:
    """Store one position; answers with what goes into the caucus note of the article."""
    present = {row.public_id: row for row in rows if row.position == position.position}
    for row in present.values():
        row.place = -row.id  # out of the way: places are unique, and provisions may change them with each other
    session.flush()
    notes: list[str] = []
    texts: dict[str, str | None] = {}
    joined: dict[str, list[str]] = {}
    for step in position.steps:
        decision = choices.decisions.get(step.key, Decision(""))
        if step.number:
            texts[step.number] = _text(step, decision)
            continue
        where = f"section {step.old_number} of version {plan.old.version}, {step.position}"
        if step.note:
            notes.append(f"Note on {where}, which {plan.new.version} does not have: {step.note}")
        if step.kind == "homeless" and decision.choice == "join":
            joined.setdefault(decision.into, []).append(step.ours)
        elif step.kind == "homeless":
            notes.append(f"Our words for {where}, which {plan.new.version} does not have: {step.ours}")
        if step.key:
            session.delete(present[step.key])
    session.flush()
    kept = [step for step in position.steps if step.number]
    for place, step in enumerate(kept, start=1):
        own = texts[step.number]
        if step.number in joined:
            own = " ".join([own or step.theirs, *joined[step.number]])
        row = present.get(step.key) or ArticleProvision(
            article_id=article.id, position=position.position, number=step.number, place=place
        )
        if step.changes_words or own != row.own_text:
            row.revision = (row.revision or 0) + 1  # whoever has it open to edit gets both texts
        if step.kind == "choose" and choices.decisions[step.key].choice == "theirs":
            row.caucus_note = _add(row.caucus_note, f"Our words before version {plan.new.version}: {step.ours}")
        row.own_text, row.number, row.place = own, step.number, place
        session.add(row)
    session.flush()
    return notes


def _text(step: Step, decision: Decision) -> str | None:
    """What the provision stores from now on: None where it stands as the new version has it."""
    if step.kind == "kept" or (step.kind == "choose" and decision.choice == "ours"):
        return step.ours
    if step.kind == "choose" and decision.choice == "own":
        words = " ".join(decision.text.split())
        return None if words == step.theirs else words
    return None


def _add(note: str, words: str) -> str:
    return f"{note}\n\n{words}" if note else words


def _plan_of(plan: Takeover, position: str) -> PositionPlan:
    return next(each for each in plan.positions if each.position == position)


def _own(row: ArticleProvision) -> OwnProvision:
    return OwnProvision(row.public_id, row.number, row.own_text, row.caucus_note)


def _rows(session: Session, article: Article, *, lock: bool) -> list[ArticleProvision]:
    query = select(ArticleProvision).where(ArticleProvision.article_id == article.id).order_by(ArticleProvision.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(query))


def _fingerprint(article: Article, rows: list[ArticleProvision]) -> str:
    """A digest of everything that a takeover touches."""
    state = [
        article.clause_version,
        article.position,
        article.variant,
        article.filled,
        article.revision,
        article.caucus_note,
        *([row.id, row.number, row.own_text, row.caucus_note, row.revision] for row in rows),
    ]
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()
