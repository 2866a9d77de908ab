"""Time and memory of every door that opens a received Word file to write, printed for hostile files. Never a test.

Run it as `python tests/bench_writing.py`, with `--only WORD` for some of the files and `--door WORD` for some of the
doors. Each file goes through each door in a process of its own, which is ended after `--seconds`.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench_reading import LARGE, peak  # noqa: E402
from tests.factories.hostile_files import HOSTILE, WORDS  # noqa: E402
from tests.factories.hostile_marks import MARKS  # noqa: E402
from tests.factories.word_files import paragraph, word_file  # noqa: E402

MOST_MEMORY = 4_000_000_000
FILES: dict[str, Callable[[], bytes]] = {
    "one line": lambda: word_file(paragraph(WORDS)),
    **MARKS,
    **{name: make for name, (make, _) in HOSTILE.items()},
    **LARGE,
}


def measure(path: Path, door: str, seconds: int) -> None:
    """Put one file through one door and print what came of it; the process that runs this ends afterwards."""
    from app.errors import ProvisoError
    from tests.factories.doors import DOORS

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    data = path.read_bytes()
    begun = time.process_time()
    try:
        made = DOORS[door](data)
        said = f"written, {len(made) / 1e6:.1f} MB" if isinstance(made, bytes) else "taken"
    except ProvisoError as error:
        said = f"refused: {error}"
    except BaseException as error:
        said = f"FAILED: {type(error).__name__}: {error}"
    print(f"{time.process_time() - begun:8.2f} s {peak():7.0f} MB  {said[:110]}")


def main() -> None:
    from tests.factories.doors import DOORS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a word of the files to measure")
    parser.add_argument("--door", default="", help="a word of the doors to measure")
    parser.add_argument("--seconds", type=int, default=100, help="how long a process may run")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.file:
        measure(chosen.file, chosen.door, chosen.seconds)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for name, make in FILES.items():
            if chosen.only.lower() not in name.lower():
                continue
            path.write_bytes(make())
            for door in DOORS:
                if chosen.door.lower() not in door:
                    continue
                command = [sys.executable, __file__, "--file", str(path), "--door", door]
                command += ["--seconds", str(chosen.seconds)]
                done = subprocess.run(command, check=False, capture_output=True, text=True)
                said = done.stdout.strip("\n") or f"ENDED after {chosen.seconds} s or with {done.returncode}"
                print(f"{name:<44}{door:<22}{said}", flush=True)


if __name__ == "__main__":
    main()
