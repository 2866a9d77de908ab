"""Redlines side by side: ours, the peers that can be installed, and LibreOffice's own comparison, on generated files
or on files that are given.

`make bench-redline` runs it. Every program is one process from start to end. Printed for each: seconds (the best of
three where one run is short), memory at its highest, paragraphs wrong in text and in look after accepting and after
rejecting everything, changes, marked letters, moves, ids that stand twice, and earlier changes kept with their author.
The peers go into a throw-away environment and are no dependency of anything.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from docx import Document
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.word.redline.engine import redline_files  # noqa: E402
from app.word.settle import accept_all, reject_all  # noqa: E402
from tests.factories.drafts import EDITS, Draft, draft, edited, written  # noqa: E402
from tests.factories.word_content import W, content, parts  # noqa: E402

PEERS = {
    "python-redlines 2.0": ["python-redlines[docxodus]==2.0.0"],
    "docx-redline 1.0.3": ["docx-redline==1.0.3"],
    "docx-trackdiff 1.0": ["docx-trackdiff==1.0.0"],
}
DOCXODUS = (
    "import sys; from pathlib import Path; from python_redlines import DocxodusEngine; old, new, out = sys.argv[1:];"
    "Path(out).write_bytes(DocxodusEngine().run_redline('Union', Path(old).read_bytes(), Path(new).read_bytes())[0])"
)
LIMIT = 300
CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange")
NUMBERED = (*CHANGES, "moveFromRangeStart", "moveToRangeStart", "bookmarkStart", "sectPrChange")


@dataclass(frozen=True)
class Case:
    """Two files, and what settling the redline has to give."""

    name: str
    old: bytes
    new: bytes


def cases(quick: bool) -> Iterator[Case]:
    def case(name: str, blocks: Draft, count: int, kinds: tuple[str, ...] = EDITS) -> Case:
        return Case(name, written(blocks, noise=1), written(edited(blocks, count, kinds=kinds), noise=2))

    yield case("55 pages, 200 edits", draft(55), 200)
    if not quick:
        yield case("220 pages, 800 edits", draft(220), 800)
        yield case("300 pages, 1,000 edits", draft(300), 1_000)
    yield case("tables", [each for each in draft(150, seed=3) if not hasattr(each, "style") or each.style], 60,
               ("cell", "row"))  # fmt: skip
    yield case("footnotes", draft(30, seed=4, notes=0.6), 80, ("note", "text", "new", "gone", "move"))
    lists = [
        each for each in draft(60, seed=5) if getattr(each, "level", None) is not None or not hasattr(each, "level")
    ]
    yield case("lists", [*lists, *draft(1)], 80, ("text", "new", "gone", "move", "look"))
    blocks = draft(50, seed=6)
    first = edited(blocks, 100, seed=7)
    theirs = redline_files(written(blocks, noise=1), written(first, noise=2), author="Company")
    yield Case("tracked changes in it", theirs, written(edited(first, 100, seed=8), noise=3))


def from_files(old: Path, new: Path) -> Case:
    """Two documents of somebody's; of a text each line that is not empty becomes a paragraph."""
    return Case(f"{old.stem} and {new.stem}", _word_file(old), _word_file(new))


def _word_file(path: Path) -> bytes:
    if path.suffix.lower() == ".docx":
        return path.read_bytes()
    document = Document()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            document.add_paragraph(" ".join(line.split()))
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


# Running


WATCH = (
    "import os, subprocess, sys; "
    "done = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=open(sys.argv[1], 'wb')); "
    "import resource; usage = resource.getrusage(resource.RUSAGE_CHILDREN); "
    "print(usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)"
)
"""Runs a program from a small process, since the memory of whoever starts a program counts as the program's."""


def measured(command: list[str], out: Path) -> tuple[list[float], str]:
    """Seconds, seconds of processor time and megabytes, and what went wrong."""
    best = [float(LIMIT), float(LIMIT), 0.0]
    problems = out.with_suffix(".problems")
    for _ in range(3):
        out.unlink(missing_ok=True)
        start = time.perf_counter()
        try:
            watched = subprocess.run(
                [sys.executable, "-c", WATCH, str(problems), *command],
                check=False,
                capture_output=True,
                text=True,
                cwd=ROOT,
                timeout=LIMIT,
            )
        except subprocess.TimeoutExpired:
            return best, f"took over {LIMIT} s"
        seconds = time.perf_counter() - start
        memory, used = (float(each) for each in watched.stdout.split())
        best = [min(best[0], seconds), min(best[1], used), max(best[2], memory)]
        if not out.exists():
            return best, (problems.read_text(errors="replace").strip().splitlines() or ["wrote nothing"])[-1][:90]
        if seconds > 5:
            break
    return best, ""


def tools(place: Path, *, with_peers: bool) -> dict[str, Callable[[Path, Path, Path], list[str]]]:
    """The command of each program that there is."""
    found: dict[str, Callable[[Path, Path, Path], list[str]]] = {
        "proviso": lambda old, new, out: [
            sys.executable, "-m", "app.cli", "redline", str(old), str(new), "-o", str(out),
        ]
    }  # fmt: skip
    if not with_peers:
        return found
    python = environment(place)
    for name, packages in PEERS.items():
        if python is None or pip(python, packages):
            print(f"{name} could not be installed here.", file=sys.stderr)
        else:
            found[name] = peer(name, python)
    if shutil.which("soffice") and Path("/usr/bin/python3").exists():
        script = ROOT / "tests" / "office" / "compare.py"
        found["LibreOffice"] = lambda old, new, out: [
            "/usr/bin/python3", str(script), str(place / "office"), str(old), str(new), str(out),
        ]  # fmt: skip
    return found


def peer(name: str, python: Path) -> Callable[[Path, Path, Path], list[str]]:
    """How a peer is called."""
    if "redlines" in name:
        return lambda old, new, out: [str(python), "-c", DOCXODUS, str(old), str(new), str(out)]
    program = str(python.parent / name.partition(" ")[0])
    if "trackdiff" in name:
        return lambda old, new, out: [program, str(old), str(new), str(out), "--author", "Union"]
    return lambda old, new, out: [program, "compare", str(old), str(new), "-o", str(out), "--author", "Union"]


def environment(place: Path) -> Path | None:
    """A fresh environment; one peer needs Python 3.12."""
    for version in (
        "python3.12",
        "python3.13",
        *sorted(str(p) for p in Path.home().glob(".pyenv/versions/3.1[23]*/bin/python")),
    ):
        program = shutil.which(version)
        if (
            program
            and not subprocess.run(
                [program, "-m", "venv", place / "peers"], check=False, capture_output=True
            ).returncode
        ):
            return place / "peers" / "bin" / "python"
    print("No Python 3.12 or 3.13, which the peers need.", file=sys.stderr)
    return None


def pip(python: Path, packages: list[str]) -> int:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    return subprocess.run(command, check=False, capture_output=True).returncode


# Judging


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Text and look of every paragraph, cells and rows included."""
    found: list[tuple[str, str]] = []

    def walk(blocks: list[Any], around: str) -> None:
        for block in blocks:
            if block[0] == "p":
                text = "".join(piece[0] if isinstance(piece[0], str) else _note_text(piece[0]) for piece in block[2])
                found.append((around + text, str(block[1:])))
            elif block[0] == "tbl":
                for row in block[1]:
                    for cell in row[1]:
                        walk(cell[1], "| ")

    walk(content(data), "")
    return found


def _note_text(piece: Any) -> str:
    if piece and piece[0] in {"footnote", "footnoteReference"} and len(piece) > 1 and piece[1]:
        return "[" + "".join(p[0] for block in piece[1] for p in block[2] if isinstance(p[0], str)) + "]"
    return ""


def wrong(got: bytes, want: bytes) -> str:
    """How many paragraphs differ in text, and how many more in look only."""
    a, b = paragraphs(got), paragraphs(want)
    text = look = 0
    for tag, i, j, k, m in SequenceMatcher(None, [x[0] for x in a], [x[0] for x in b], autojunk=False).get_opcodes():
        if tag == "equal":
            look += sum(x[1] != y[1] for x, y in zip(a[i:j], b[k:m], strict=True))
        else:
            text += max(j - i, m - k)
    return f"{text}/{look}"


def judged(out: bytes, case: Case) -> list[str]:
    files = parts(out)
    roots = [etree.fromstring(files[name]) for name in ("word/document.xml", "word/footnotes.xml") if name in files]
    marks = [each for root in roots for name in NUMBERED for each in root.iter(f"{W}{name}")]
    changes = Counter(etree.QName(each).localname for each in marks)
    letters = sum(
        len(text.text or "")
        for root in roots
        for kind in ("ins", "del")
        for change in root.iter(f"{W}{kind}")
        for text in change.iter(f"{W}t", f"{W}delText")
        if change.get(f"{W}author") != "Company"
    )
    ids = Counter(each.get(f"{W}id") for each in marks if "Range" not in each.tag)
    before = _authored(case.old)
    return [
        wrong(accept_all(out), accept_all(case.new)),
        wrong(reject_all(out), reject_all(case.old)),
        str(sum(changes[name] for name in CHANGES)),
        str(letters),
        str(max(changes["moveFromRangeStart"], changes["moveToRangeStart"])),
        str(sum(count - 1 for count in ids.values())),
        f"{_authored(out)}/{before}" if before else "-",
    ]


def _authored(data: bytes) -> int:
    """Letters in changes of the other side."""
    root = etree.fromstring(parts(data)["word/document.xml"])
    return sum(
        len(text.text or "")
        for change in root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
        if change.get(f"{W}author") == "Company"
        for text in change.iter(f"{W}t", f"{W}delText")
    )


HEAD = ("", "seconds", "of CPU", "MB", "accept", "reject", "changes", "letters", "moves", "twice", "theirs")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="leave the two longest out")
    asked.add_argument("--no-peers", action="store_true", help="only our own")
    asked.add_argument("--files", nargs=2, type=Path, action="append", default=[], metavar=("OLD", "NEW"),
                       help="these documents instead, Word or text; may be given several times")  # fmt: skip
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        programs = tools(place, with_peers=not options.no_peers)
        print("accept, reject: paragraphs wrong in text / in look only. theirs: letters of earlier changes kept.\n")
        for case in [from_files(*pair) for pair in options.files] or cases(options.quick):
            print(f"{case.name}")
            print("".join(f"{each:>{22 if not index else 9}}" for index, each in enumerate(HEAD)))
            old, new = place / "old.docx", place / "new.docx"
            old.write_bytes(case.old)
            new.write_bytes(case.new)
            for name, command in programs.items():
                out = place / "out.docx"
                (seconds, used, memory), problem = measured(command(old, new, out), out)
                costs = f"{name:>22}{seconds:9.2f}{used:9.2f}{memory:9.0f}"
                if problem:
                    print(f"{costs}  {problem}")
                    continue
                try:
                    figures = judged(out.read_bytes(), case)
                except Exception as error:  # a peer's file may be broken in any way
                    figures = [f"  unreadable: {error}"[:70]]
                print(costs + "".join(f"{each:>9}" for each in figures), flush=True)
            print()


if __name__ == "__main__":
    main()
