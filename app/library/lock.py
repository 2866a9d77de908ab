"""The digest lock: proof that no published version was edited. Locking adds new versions and changes nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from app.errors import ClauseFileError, TextChangedWithoutNewVersion
from app.library.yaml_text import load_yaml


class Lockable(Protocol):
    """What a lock needs to know of a published text: a clause version or a letter."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def digest(self) -> str: ...


_HEADER = (
    "# SHA-256 of every published clause file. `proviso library lock` adds new versions; old lines never change.\n"
)


def read_lock(clauses_dir: Path) -> dict[str, str]:
    """Digests by "clause-id@version"; empty when nothing has been locked yet."""
    path = clauses_dir / "lock.yml"
    if not path.exists():
        return {}
    try:
        data = load_yaml(path.read_text(encoding="utf-8")) or {}
    except (OSError, ValueError) as error:
        raise ClauseFileError(f"lock.yml: {error}") from error
    if not isinstance(data, dict) or not all(isinstance(each, str) for each in data.values()):
        raise ClauseFileError("lock.yml: it must hold lines such as clause-id@1.0.0: digest; restore it from history.")
    return data


def lock_problems(versions: Iterable[Lockable], locked: dict[str, str]) -> list[str]:
    """Published versions that were edited, never locked, or have gone."""
    published = {each.label: each for each in versions if each.status == "published"}
    problems = []
    for label, version in published.items():
        if label not in locked:
            problems.append(f"lock.yml: {label} is published but not locked; run proviso library lock.")
        elif locked[label] != version.digest:
            problems.append(
                f"{_name(version)}: the text of {label} changed after it was published; restore it from history and "
                "write the change into a new version."
            )
    gone = sorted(set(locked) - set(published))
    problems += [
        f"lock.yml: {label} is locked but not in the library; restore its file as published." for label in gone
    ]
    return problems


def add_to_lock(clauses_dir: Path, versions: Iterable[Lockable]) -> list[str]:
    """Write the digests of newly published versions; answers with their labels.

    Raises:
        TextChangedWithoutNewVersion: a locked version was edited; nothing is written.
    """
    locked = read_lock(clauses_dir)
    published = {each.label: each.digest for each in versions if each.status == "published"}
    changed = [label for label, digest in published.items() if locked.get(label, digest) != digest]
    if changed:
        raise TextChangedWithoutNewVersion(
            f"{changed[0]} was edited after it was published; restore it and write the change into a new version."
        )
    added = sorted(set(published) - set(locked))
    if added:
        lines = [f"{label}: {digest}\n" for label, digest in sorted({**locked, **published}.items())]
        (clauses_dir / "lock.yml").write_text(_HEADER + "".join(lines), encoding="utf-8")
    return added


def _name(version: Lockable) -> str:
    return f"{version.topic}/{version.id}/{version.version}.md"
