"""docs/licences.md against the lock and against what the installed packages say of themselves."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPYLEFT = re.compile(r"\b[AL]?GPL|General Public License", re.I)


def locked() -> set[str]:
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", (ROOT / "requirements.lock").read_text(), re.M))


def listed() -> dict[str, str]:
    rows = re.findall(r"^\| ([a-z0-9][a-z0-9._-]*) \| ([^|]+) \|", (ROOT / "docs" / "licences.md").read_text(), re.M)
    return {name: licence.strip() for name, licence in rows}


def test_the_table_lists_the_lock() -> None:
    assert set(listed()) == locked(), "add or remove rows of docs/licences.md"


def test_every_row_states_a_licence_and_none_is_copyleft() -> None:
    for name, licence in listed().items():
        assert licence not in {"", "None", "UNKNOWN"}, name
        assert not COPYLEFT.search(licence), name


def test_no_installed_package_calls_itself_copyleft() -> None:
    for name in locked():
        try:
            said = metadata(name)
        except PackageNotFoundError:  # for another system, such as colorama for Windows
            continue
        classified = [line for line in said.get_all("Classifier") or [] if line.startswith("License ::")]
        written = [text[:200] for field in ("License-Expression", "License") for text in said.get_all(field) or []]
        stated = classified + written
        assert not COPYLEFT.search(" ".join(stated)), f"{name}: {stated}"


def test_the_licences_of_code_and_clauses_are_there() -> None:
    code = (ROOT / "LICENSE").read_text()
    assert "Apache License" in code
    assert "END OF TERMS AND CONDITIONS" in code
    assert "CC BY 4.0" in (ROOT / "LICENSE-clauses").read_text()
    assert "The Proviso authors" in (ROOT / "NOTICE").read_text()
