"""What the documents say is true: commands exist, links resolve, folders are named, nothing names a machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "clauses/README.md", ROOT / "models/README.md"]
    if path.is_file()
)
PROVISO = Path(sys.executable).with_name("proviso")
INDEX_HOST = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.com|crates\.io|--index-url|--extra-index-url"
)
OF_ONE_MACHINE = re.compile(r"(?<![\w.:/}])/(?:work|root|home|Users|workspace|mnt)/[\w.-]+|\b[A-Z]:\\\\?Users\\")


def tracked() -> list[Path]:
    """The files that git knows; the test is skipped where this is no checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def fenced(page: Path) -> str:
    return "\n".join(re.findall(r"^```.*?\n(.*?)^```", page.read_text(), re.M | re.S))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    without_code = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code):
        if not re.match(r"https?:|mailto:|#", target):
            assert (page.parent / target.split("#")[0]).exists(), f"{page.name} links to {target}"


def test_make_targets_named_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        code = fenced(page) + "\n" + "\n".join(re.findall(r"`([^`\n]+)`", page.read_text()))
        named = set(re.findall(r"(?:^|\s)make ([a-z-]+)", code, re.M))
        assert named <= targets, f"{page.name}: {named - targets}"


def test_commands_named_in_the_documents_exist() -> None:
    said = subprocess.run([PROVISO, "--help"], capture_output=True, text=True, check=True).stdout
    commands = set(re.findall(r"^  ([a-z-]+)  ", said.split("Commands:")[1], re.M))
    assert {"serve", "read", "compare", "analyse", "pairs", "redline", "library", "export"} <= commands
    for page in PAGES:
        code = fenced(page) + "\n" + "\n".join(re.findall(r"`([^`\n]+)`", page.read_text()))
        named = set(re.findall(r"(?:^|[\s/])proviso ([a-z][a-z-]+)", code, re.M))
        assert named <= commands, f"{page.name}: {named - commands}"


def test_the_readme_shows_what_the_command_says() -> None:
    shown = fenced(ROOT / "README.md")
    command = re.search(r"^\$ \.venv/bin/proviso (.+)$", shown, re.M)
    assert command
    said = subprocess.run([PROVISO, *command[1].split()], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    headings = re.findall(r"^\d+\. (.+)$", shown, re.M)
    assert headings
    for heading in headings:  # the numbers shift when a rule is added, the findings must stay
        assert heading in said, f"README.md shows a finding that the command no longer gives: {heading}"


def test_every_package_and_module_of_app_has_its_line_in_the_architecture() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    for path in sorted((ROOT / "app").iterdir()):
        if path.name.startswith("__") or path.suffix not in {"", ".py"}:
            continue
        assert f"| `app/{path.name}{'/' if path.is_dir() else ''}` |" in page, f"{path.name} wants one sentence"


def test_the_architecture_lists_the_layers_in_the_order_that_lint_checks() -> None:
    contract = (ROOT / "pyproject.toml").read_text().split("layers = [")[1].split("]")[0]
    layers = re.findall(r"app\.(\w+)", contract)
    page = (ROOT / "docs" / "architecture.md").read_text()
    places = [page.index(f"| `app/{name}{'/' if (ROOT / 'app' / name).is_dir() else '.py'}`") for name in layers]
    assert places == sorted(places)


def test_no_file_names_an_index_or_a_place_on_somebody_s_machine() -> None:
    for path in tracked():
        if path == Path(__file__) or path.suffix in {".docx", ".pdf", ".png"}:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        for pattern in (INDEX_HOST, OF_ONE_MACHINE):
            found = pattern.search(text)
            assert not found, f"{path.relative_to(ROOT)} names {found and found[0]}"
