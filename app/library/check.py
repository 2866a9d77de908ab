"""Checking a clause library: every problem in one sentence with file, field and remedy.

`python -m app.library.check clauses` prints them for a writer at work.
"""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable
from pathlib import Path

from app.errors import ProvisoError
from app.library.clause import POSITIONS, ClauseVersion, version_order
from app.library.front_matter import SECTIONS, build_clause, clause_file_name, read_source, split_source
from app.library.information_requests import REQUESTS_FOLDER
from app.library.lock import lock_problems, read_lock
from app.library.move_check import move_problems
from app.library.moves import MOVES_FOLDER
from app.library.placeholder_check import placeholder_problems
from app.library.rendering import render_position
from app.library.request_check import request_problems
from app.library.schema import schema_problems
from app.library.vocabulary import Vocabulary, load_vocabulary

_BESIDE_TOPICS = {MOVES_FOLDER, REQUESTS_FOLDER}


def clause_files(clauses_dir: Path) -> list[Path]:
    """Every clause file of a library, sorted; what else lies beside the topics has checks of its own."""
    return sorted(path for path in clauses_dir.glob("*/*/*.md") if path.parts[-3] not in _BESIDE_TOPICS)


def check_library(clauses_dir: Path) -> list[str]:
    """Every problem of a library, each one sentence; an empty list when it may be published."""
    clauses_dir = clauses_dir.resolve()
    try:
        vocabulary = load_vocabulary(clauses_dir)
        locked = read_lock(clauses_dir)
    except ProvisoError as error:
        return [str(error)]
    problems: list[str] = []
    versions: list[ClauseVersion] = []
    for path in clause_files(clauses_dir):
        version, found = check_file(path, vocabulary)
        problems += found
        if version is not None:
            versions.append(version)
    if not clause_files(clauses_dir):
        problems.append(f"{clauses_dir}: no clause files here; they are named <topic>/<clause-id>/<version>.md.")
    problems += _order_problems(versions) + lock_problems(versions, locked)
    return problems + move_problems(clauses_dir, vocabulary) + request_problems(clauses_dir, vocabulary)


def check_file(path: Path, vocabulary: Vocabulary) -> tuple[ClauseVersion | None, list[str]]:
    """One clause file: what it says, if it can be read at all, and its problems."""
    name = clause_file_name(path)
    try:
        source = read_source(path)
    except ProvisoError as error:
        return None, [str(error)]
    return check_source(source, name, vocabulary, path.parents[2] / "schema.yml", path=path)


def check_source(
    source: str, name: str, vocabulary: Vocabulary, schema_path: Path, *, path: Path | None = None
) -> tuple[ClauseVersion | None, list[str]]:
    """The text of a clause file, wherever it comes from: what it says, if it can be read, and its problems.

    Args:
        source: The whole file.
        name: How messages call it.
        vocabulary: The words that it may use.
        schema_path: The schema of its front matter.
        path: Where the file lies, if it does; its folders have to say what the text says.
    """
    try:
        data, sections = split_source(source, name)
        problems = schema_problems(data, schema_path, name)
        problems += [
            f'{name}: section "{title}" is missing or empty; write it under "# {title}".'
            for title in SECTIONS
            if not sections.get(title)
        ]
        if problems:
            return None, problems
        version = build_clause(data, sections, source=source, name=name, path=path)
    except ProvisoError as error:
        return None, [str(error)]
    problems = [f"{name}: {each}" for each in _name_problems(version, path)] if path else []
    problems += [f"{name}: {each}" for each in _word_problems(version, vocabulary)]
    problems += [f"{name}: {each}" for each in placeholder_problems(version) + _section_problems(version)]
    if not problems:
        problems = [f"{name}: {each}" for each in _text_problems(version)]
    return version, problems


def _name_problems(version: ClauseVersion, path: Path) -> list[str]:
    topic, folder = path.parts[-3:-1]
    problems = []
    if version.id != folder:
        problems.append(f'field id: "{version.id}" is not the folder\'s name "{folder}"; make them the same.')
    if version.version != path.stem:
        problems.append(
            f'field version: "{version.version}" is not the file\'s name "{path.stem}"; make them the same.'
        )
    if version.topic != topic:
        problems.append(f'field topic: "{version.topic}" is not the folder above, "{topic}"; make them the same.')
    return problems


def _word_problems(version: ClauseVersion, vocabulary: Vocabulary) -> list[str]:
    """Words that the vocabulary does not know."""
    used: list[tuple[str, Iterable[str], Container[str]]] = [
        ("topic", [version.topic], vocabulary.topics),
        ("sectors", version.sectors, vocabulary.sectors),
        ("jurisdictions", version.jurisdictions, vocabulary.jurisdictions),
        ("variants", [each.jurisdiction for each in version.variants if each.jurisdiction], vocabulary.jurisdictions),
        ("variants", [each.sector for each in version.variants if each.sector], vocabulary.sectors),
        ("instrument", version.instruments, vocabulary.instruments),
        ("protections", [each.id for each in version.protections], vocabulary.elements),
        ("precedents", [each.key for each in version.precedents], vocabulary.sources),
        ("precedents", [each.certainty for each in version.precedents], vocabulary.certainty),
    ]
    return [
        f'field {field}: "{word}" is not in vocabulary.yml; take one that is.'
        for field, words, known in used
        for word in words
        if word not in known
    ]


def _section_problems(version: ClauseVersion) -> list[str]:
    problems = []
    if not version.employer_arguments:
        problems.append(
            'section "What the employer will say": no pair found; write **The employer:** "..." and then **Reply:** ...'
        )
    elif not all(argument and reply for argument, reply in version.employer_arguments):
        problems.append('section "What the employer will say": an argument or a reply is empty; write both.')
    if not version.questions:
        problems.append('section "Questions to ask": no question found; begin each with "- ".')
    twice = _twice([each.id for each in version.protections])
    if twice:
        problems.append(f"field protections: {twice} stands there twice; keep one.")
    texts = {" ".join(version.positions[position].split()) for position in POSITIONS}
    if len(texts) < len(POSITIONS):
        problems.append('sections "Opening", "Target", "Floor": two of them are the same text; write three positions.')
    return problems


def _text_problems(version: ClauseVersion) -> list[str]:
    """What shows only in the finished text: provisions that are not numbered, and numbers that are not there."""
    problems = []
    everywhere: set[str] = set()
    for position in POSITIONS:
        provisions = render_position(version, position)
        numbers = {each.number for each in provisions}
        everywhere |= numbers
        section = position.capitalize()
        bare = next((each for each in provisions if not each.number), None)
        if bare is not None:
            problems.append(
                f'section "{section}": "{bare.text[:50]}" has no number; number every provision 1., 2., (a).'
            )
        twice = _twice([each.number for each in provisions if each.number])
        if twice:
            problems.append(f'section "{section}": number {twice} stands there twice; number the provisions in order.')
        for protection in version.protections:
            for number in protection.provisions(position):
                if number not in numbers:
                    problems.append(
                        f"field protections ({protection.id}, carried_by.{position}): there is no provision {number} "
                        f'in section "{section}"; its numbers are {", ".join(each.number for each in provisions)}.'
                    )
    return problems + _variant_problems(version, everywhere)


def _variant_problems(version: ClauseVersion, numbers: Container[str]) -> list[str]:
    """A jurisdiction's wording and a sector's apply together, so they must not replace the same provision."""
    problems = [
        f"field variants ({variant.place}): no position has provision {number}; correct it."
        for variant in version.variants
        for number, _ in variant.provisions
        if number not in numbers
    ]
    by_law = {number for each in version.variants if each.jurisdiction for number, _ in each.provisions}
    problems += [
        f"field variants ({variant.place}): provision {number} is also replaced for a jurisdiction; "
        "choose a provision that no jurisdiction replaces."
        for variant in version.variants
        if variant.sector
        for number, _ in variant.provisions
        if number in by_law
    ]
    twice = _twice([each.place for each in version.variants])
    if twice:
        problems.append(f"field variants: {twice} stands there twice; write one variant for it.")
    return problems


def _order_problems(versions: list[ClauseVersion]) -> list[str]:
    """One clause keeps one topic, whichever version."""
    topics: dict[str, str] = {}
    problems = []
    for version in sorted(versions, key=lambda each: (each.id, version_order(each.version))):
        first = topics.setdefault(version.id, version.topic)
        if version.topic != first:
            problems.append(f"{version.topic}/{version.id}: the id is taken under {first}; choose another id.")
    return problems


def _twice(words: list[str]) -> str | None:
    return next((each for each in words if words.count(each) > 1), None)


if __name__ == "__main__":
    found = check_library(Path(sys.argv[1] if len(sys.argv) > 1 else "clauses"))
    print("\n".join(found) or "No problems.")
    sys.exit(2 if found else 0)
