"""Speed and memory, printed by `make bench`. Never a test: figures belong to the machine that they were taken on.

Each measurement runs in a process of its own, so that peak memory is its own too. The peer is the bare English
tokenizer of spaCy on the same text in the same run; ratios to it can be compared between machines.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COUNTER = ROOT / "app" / "proposals" / "demonstration" / "employer_counter.docx"
AGREEMENTS = ROOT.parent / "shared" / "eval" / "real_agreements"
LARGE = "state-seiu-master-agreement-collective-bargaining-agreement-2023-2025.txt"
PROVISO = Path(sys.executable).parent / "proviso"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=Path, default=AGREEMENTS / LARGE, help="a whole agreement")
    parser.add_argument("--measure", choices=sorted(_MEASUREMENTS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--part", type=float, default=1.0, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(_MEASUREMENTS[chosen.measure](chosen.file, chosen.part)))
        return
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} cores. Times in seconds, the best of several where short."
    )
    _report_help()
    _report(COUNTER, "The counter of the demonstration")
    if chosen.large.is_file():
        _report(chosen.large, "A whole agreement")
        _report_exponent(chosen.large)
    else:
        print(f"\nNo whole agreement measured: {chosen.large} is not there (name one with --large).")


def _report_help() -> None:
    seconds, megabytes = min(_run([str(PROVISO), "--help"])[:2] for _ in range(5))
    print(f"\nproviso --help: {seconds:.2f} s, {megabytes:.0f} MB")


def _report(path: Path, title: str) -> None:
    bare, stages, whole = (_measure(name, path) for name in ("tokenise", "stages", "compare"))
    cold, cold_megabytes, _ = _run([str(PROVISO), "compare", str(path), "--format", "json"])
    words = bare["words"]
    print(f"\n{title}: {path.name}, {words:,} words, {whole['provisions']:,} provisions")
    print(f"  {'':<34}{'s':>9}{'words/s':>13}{'x tokenizer':>13}{'peak MB':>9}")
    rows: list[tuple[str, float, float | None]] = [("bare spaCy tokenizer", bare["seconds"], bare["megabytes"])]
    rows += [(name, seconds, None) for name, seconds in stages["stages"].items()]
    rows.append(("read and compare, warm", whole["seconds"], whole["megabytes"]))
    rows.append(("proviso compare, cold, whole command", cold, cold_megabytes))
    for name, seconds, megabytes in rows:
        memory = f"{megabytes:9.0f}" if megabytes is not None else ""
        print(f"  {name:<36}{seconds:7.3f}{words / seconds:13,.0f}{seconds / bare['seconds']:13.1f}{memory}")


def _report_exponent(path: Path) -> None:
    points = []
    print("\nCost of reading and comparing by size, warm")
    for part in (0.25, 0.5, 1.0):
        result = _measure("compare", path, part)
        points.append((result["words"], result["seconds"]))
        print(f"  {result['words']:>9,} words {result['seconds']:8.2f} s {result['megabytes']:7.0f} MB")
    print(f"  exponent {slope(points):.2f} (1 is linear)")


def slope(points: list[tuple[float, float]]) -> float:
    """The exponent of a power law through the points, by least squares on logarithms."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True)) / sum((x - x_mean) ** 2 for x in xs)


def _measure(name: str, path: Path, part: float = 1.0) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__)), "--measure", name, "--file", str(path), "--part", str(part)]
    _, megabytes, output = _run(command)
    return {**json.loads(output), "megabytes": megabytes}


def _run(command: list[str]) -> tuple[float, float, bytes]:
    """Run a command; answer with its seconds, its peak memory in MB, and what it printed."""
    start = time.perf_counter()
    with TemporaryFile() as said, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')}")
    return seconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3), output


def _best(work: Callable[[], Any], *, seconds: float = 1.0, before: Callable[[], Any] | None = None) -> float:
    """The shortest of as many runs as fit into `seconds`, three at least where they are short.

    `before` runs untimed ahead of each.
    """
    best, spent, runs = math.inf, 0.0, 0
    while spent < seconds or (runs < 3 and best < 3):
        if before:
            before()
        start = time.perf_counter()
        work()
        taken = time.perf_counter() - start
        best, spent, runs = min(best, taken), spent + taken, runs + 1
    return best


def _read(path: Path, part: float) -> Any:
    from app.text.reading import read_bytes

    data = path.read_bytes()
    if part < 1:
        lines = data.splitlines(keepends=True)
        data = b"".join(lines[: int(len(lines) * part)])
    return read_bytes(data, path.name)


def _tokenise(path: Path, part: float) -> dict[str, Any]:
    import spacy

    document = _read(path, part)
    nlp = spacy.blank("en")
    texts = [provision.text for provision in document.provisions]
    return {"words": _words(document), "seconds": _best(lambda: [nlp.make_doc(text) for text in texts])}


def _compare(path: Path, part: float) -> dict[str, Any]:
    """A service that has been running meets a draft that it has not seen: readings of ours are kept, of theirs none."""
    from app.analysis.compare import compare

    pipeline, baseline = _loaded()
    compare(_read(COUNTER, 1.0), baseline, pipeline)  # rules compiled, the library read
    document = _read(path, part)
    theirs = [provision.text for provision in {*document.provisions, *_read(COUNTER, 1.0).provisions}]
    kept = {text: each for text, each in pipeline._readings.items() if not any(their in text for their in theirs)}

    def forget() -> None:
        pipeline._readings.clear()
        pipeline._readings.update(kept)

    seconds = _best(lambda: compare(_read(path, part), baseline, pipeline), before=forget)
    return {"words": _words(document), "provisions": len(document.provisions), "seconds": seconds}


def _stages(path: Path, part: float) -> dict[str, Any]:
    """Each stage over the whole text; a comparison sends only what matters through the pipeline and the judge."""
    from app.analysis.aligning.likeness import ConceptIndex
    from app.analysis.judging.judge import judge

    pipeline, baseline = _loaded()
    document = _read(path, part)
    provisions = document.provisions
    readings = [pipeline.read(provision.full_text) for provision in provisions]
    partner = pipeline.read(" ".join(provision.full_text for provision in baseline.texts[0].provisions[:2]))
    return {
        "stages": {
            "read": _best(lambda: _read(path, part)),
            "concepts": _best(lambda: ConceptIndex(provisions, pipeline.concepts)),
            "align with the library": _seconds_aligning(document, baseline, pipeline),
            "pipeline, every provision": _best(lambda: [pipeline.nlp(each.full_text) for each in provisions]),
            "judge, every provision": _best(lambda: [judge(partner, reading, pipeline) for reading in readings]),
        }
    }


def _seconds_aligning(document: Any, baseline: Any, pipeline: Any) -> float:
    """What one comparison spends on choosing partners, taken by a clock around the two functions that do it."""
    from app.analysis import compare as module

    spent = 0.0

    def clocked(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            nonlocal spent
            start = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                spent += time.perf_counter() - start

        return run

    originals = {name: getattr(module, name) for name in ("offers", "align")}
    for name, function in originals.items():
        setattr(module, name, clocked(function))
    try:
        module.compare(document, baseline, pipeline)
    finally:
        for name, function in originals.items():
            setattr(module, name, function)
    return spent


def _loaded() -> tuple[Any, Any]:
    from app.analysis.pipeline import load_pipeline
    from app.library.baseline import library_baseline
    from app.library.files import load_library

    return load_pipeline(ROOT / "models"), library_baseline(load_library(ROOT / "clauses"))


def _words(document: Any) -> int:
    return sum(len(provision.text.split()) for provision in document.provisions)


_MEASUREMENTS: dict[str, Callable[[Path, float], dict[str, Any]]] = {
    "tokenise": _tokenise,
    "compare": _compare,
    "stages": _stages,
}

if __name__ == "__main__":
    main()
