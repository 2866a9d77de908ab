"""Time and memory of reading, printed: hostile files, and large documents as they come. Never a test.

Run it as `python tests/bench_reading.py`. Each file is read in a process of its own, so that peak memory is its own
too; what a process takes that has read one line stands first, to be subtracted. `--only WORD` measures some of them.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.factories.hostile_files import HOSTILE, WORDS  # noqa: E402
from tests.factories.word_files import (  # noqa: E402
    deleted,
    inserted,
    level,
    listed,
    numbering,
    paragraph,
    run,
    styles,
    word_file,
)

AGREEMENTS = ROOT.parent / "shared" / "eval" / "real_agreements"


def agreement(pages: int, changes: int) -> bytes:
    """A Word file as counsel keeps it: numbered, formatted run by run, with tracked changes."""
    sheet = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    looks = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="22"/><w:lang w:val="en-US"/>'
    paragraphs = pages * 6
    every = max(paragraphs // max(changes, 1), 1)
    body = []
    for place in range(paragraphs):
        if place % 40 == 0:
            body.append(paragraph(f"Subject {place // 40 + 1}", style="H"))
        words = "".join(run(f"{piece} ", looks) for piece in (f"In case {place},", *(WORDS.split(". ")[0:1] * 5)))
        changed = deleted("within 30 days") + inserted("within 60 days") if place % every == 0 else ""
        body.append(listed(words + changed, place % 3))
    lists = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)")
    return word_file("".join(body), parts={"styles": styles(sheet), "numbering": numbering(lists)})


LARGE: dict[str, Callable[[], bytes]] = {
    "50 pages, 200 changes": lambda: agreement(50, 200),
    "300 pages, 1,000 changes": lambda: agreement(300, 1_000),
    "1,200 pages, 4,000 changes": lambda: agreement(1_200, 4_000),
}


def measure(path: Path) -> None:
    """Read one file and print what came of it; the process that runs this ends afterwards."""
    from app.errors import ProvisoError
    from app.text.reading import read_file

    begun = time.process_time()
    try:
        document = read_file(path, max_bytes=250_000_000)
        said = f"read, {len(document.provisions):,} provisions"
    except ProvisoError as error:
        said = f"refused: {str(error).removeprefix(path.name).lstrip(': ')}"
    seconds = time.process_time() - begun
    print(f"{seconds:8.2f} s {peak():7.0f} MB  {said[:90]}")


def peak() -> float:
    """The most memory that this process has had, in MB; what it had before it became this program does not count."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def files(only: str) -> Iterator[tuple[str, bytes]]:
    """What is measured, one after the other."""
    everything: dict[str, Callable[[], bytes]] = {
        "one line": lambda: word_file(paragraph(WORDS)),
        **LARGE,
        **{name: make for name, (make, _) in HOSTILE.items()},
    }
    for name, make in everything.items():
        if only.lower() in name.lower():
            yield name, make()
    for path in sorted(AGREEMENTS.glob("*"), key=lambda each: -each.stat().st_size)[:3] if AGREEMENTS.is_dir() else ():
        if only.lower() in path.name.lower():
            yield path.name[:60], path.read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a word of the names to measure")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.file:
        measure(chosen.file)
        return
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores; processor seconds, peak memory of the process")
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files(chosen.only):
            path = Path(folder) / "file"
            path.write_bytes(data)
            command = [sys.executable, __file__, "--file", str(path)]
            try:
                done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=100)
                said = done.stdout.strip("\n") or f"FAILED: {done.stderr[-200:]}"
            except subprocess.TimeoutExpired:
                said = "MORE THAN 100 s"
            print(f"{name:<46}{len(data) / 1e6:7.1f} MB {said}", flush=True)


if __name__ == "__main__":
    main()
