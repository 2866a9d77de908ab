"""`proviso library`: the clause library at the terminal."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from typing import Any

from app.commands.failures import Incomplete, say
from app.commands.output import print_json
from app.commands.sources import find_clause, load_settings
from app.errors import InvalidInput
from app.library.clause import POSITIONS, ClauseVersion
from app.library.difference import ProvisionDifference, provision_differences
from app.library.files import check_library, load_library, write_lock
from app.library.rendering import render_position

_WIDTH = 100


def check_clauses() -> None:
    """Name every problem of the library on standard error; raises Incomplete when there is one."""
    folder = load_settings().clauses_dir
    problems = check_library(folder)
    for problem in problems:
        say(problem)
    if problems:
        raise Incomplete
    library = load_library(folder)
    _print([f"{len(library.clauses)} clauses in {len(library.versions)} versions: no problems."])
    if library.moves.moves:
        _print(
            [f"{len(library.moves.moves)} employer moves and {len(library.requests.questions)} questions: likewise."]
        )


def list_clauses(*, topic: str, as_json: bool) -> None:
    """List the clauses, one a line; raises InvalidInput for a topic that is none."""
    library = load_library(load_settings().clauses_dir)
    if topic and topic not in library.vocabulary.topics:
        known = ", ".join(library.vocabulary.topics)
        raise InvalidInput(f'"{topic}" is no topic; the topics are {known}.', field="topic")
    newest = [clause.latest for clause in library.clauses.values() if topic in {"", clause.latest.topic}]
    newest.sort(key=lambda version: (version.topic, version.id))
    if as_json:
        print_json([_summary(version) for version in newest])
        return
    if not newest:
        say("No clause has this topic yet.")
        return
    width = max(len(version.label) for version in newest)
    topics = max(len(version.topic) for version in newest)
    _print(
        f"{version.label:<{width}}  {version.topic:<{topics}}  {version.status:<9}  {version.title}"
        for version in newest
    )


def show_clause(label: str, *, position: str | None, as_json: bool) -> None:
    """Show one version of a clause."""
    library = load_library(load_settings().clauses_dir)
    version = find_clause(library, label)
    positions = [position] if position else list(POSITIONS)
    if as_json:
        texts = {each: [_provision(p) for p in render_position(version, each)] for each in positions}
        print_json({**_summary(version), "digest": version.digest, "positions": texts})
        return
    _print(_clause_lines(version, positions, library.vocabulary.elements, notes=position is None))


def show_difference(clause_id: str, old: str, new: str, *, position: str | None) -> None:
    """Show what changed between two versions, word by word."""
    library = load_library(load_settings().clauses_dir)
    before, after = (find_clause(library, f"{clause_id}@{each}") for each in (old, new))
    lines = []
    for each in [position] if position else POSITIONS:
        changed = [
            difference
            for difference in provision_differences(render_position(before, each), render_position(after, each))
            if difference.is_changed
        ]
        if changed:
            lines += ["", each.capitalize()]
            lines += [line for difference in changed for line in _wrapped(_marked(difference), indent="  ")]
    _print([f"{before.label} to {after.label}", *_wrapped(after.changes)] if lines else [])
    _print(lines or [f"{before.label} and {after.label} have the same provisions."])


def lock_clauses() -> None:
    """Lock what is published and not locked yet."""
    locked = write_lock(load_settings().clauses_dir)
    _print([f"locked {label}" for label in locked] or ["Everything published was locked already."])


def _summary(version: ClauseVersion) -> dict[str, Any]:
    return {
        "id": version.id,
        "version": version.version,
        "status": version.status,
        "title": version.title,
        "topic": version.topic,
        "summary": version.summary,
        "protections": [{"id": each.id, "weight": each.weight} for each in version.protections],
    }


def _provision(provision: Any) -> dict[str, str]:
    return {"number": provision.number, "lead_in": provision.lead_in, "text": provision.text}


def _clause_lines(
    version: ClauseVersion, positions: list[str], labels: dict[str, str], *, notes: bool
) -> Iterator[str]:
    yield from (f"{version.title}", f"{version.label}, {version.topic}, {version.status}", "")
    yield from _wrapped(version.summary)
    yield from ("", "Protections")
    for each in version.protections:
        yield from _wrapped(f"{each.id} {labels.get(each.id, '')} ({each.weight})", indent="  ")
    for position in positions:
        yield from ("", position.capitalize())
        for provision in render_position(version, position):
            yield from _wrapped(f"{provision.number} {provision.text}", indent="  ")
    if notes:
        yield from ("", "Why it matters", *_wrapped(version.why_it_matters, indent="  "))
        yield from ("", "What the employer will say")
        for argument, reply in version.employer_arguments:
            yield from (*_wrapped(f"Employer: {argument}", indent="  "), *_wrapped(f"Reply: {reply}", indent="    "))
        yield from ("", "Questions to ask")
        for question in version.questions:
            yield from _wrapped(f"- {question}", indent="  ")


def _marked(difference: ProvisionDifference) -> str:
    """One provision with what was taken out and put in, in the marks of `git diff --word-diff`."""
    if not difference.old or not difference.new:
        return f"{difference.number} " + (f"[-{difference.old}-]" if difference.old else f"{{+{difference.new}+}}")
    parts = []
    for change in difference.changes:
        old = difference.old[change.old_start : change.old_end]
        new = difference.new[change.new_start : change.new_end]
        if change.kind == "equal":
            parts.append(new)
        else:
            parts.append((f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else ""))
    return f"{difference.number} {''.join(parts)}"


def _wrapped(text: str, *, indent: str = "") -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        lines += textwrap.wrap(
            " ".join(paragraph.split()),
            _WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


def _print(lines: Any) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
