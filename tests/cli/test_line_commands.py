"""`proviso analyse` and `proviso pairs`: a line for a line, and bad lines by number."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import PROGRAM, Run

NOTICE = "The Employer shall give the Union 90 days' notice before it introduces an automated system."
HOLIDAY = "Employees shall receive eleven paid holidays each year."


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_topics_obligation_and_clauses(proviso: Run) -> None:
    outcome = proviso("analyse", "-", stdin=lines({"id": "a", "text": NOTICE}, {"id": 2, "text": HOLIDAY}))
    first, second = outcome.rows
    assert outcome.status == 0
    assert list(first) == ["id", "topics", "obligation", "clauses", "undertakings"]
    assert "disclosure" in first["topics"]
    assert first["obligation"] == "mandatory"
    assert first["clauses"][0]["id"] == "notice-before-technology"
    scores = [each["score"] for each in first["clauses"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len(scores) <= 5
    promised = second.pop("undertakings")
    assert second == {"id": 2, "topics": [], "obligation": "mandatory", "clauses": []}
    assert [each["action"]["text"] for each in promised] == ["receive eleven paid holidays each year"]


def test_undertakings_with_their_places(proviso: Run) -> None:
    text = f"{NOTICE} The Union may grieve within 5 working days, unless it was told in time."
    (row,) = proviso("analyse", "-", stdin=lines({"id": "a", "text": text})).rows
    notice, grievance = row["undertakings"]
    assert list(notice) == [
        "start", "end", "bearer", "force", "action", "beneficiary", "timing", "quantities", "scope", "conditions",
        "exceptions", "remedies",
    ]  # fmt: skip
    assert (notice["bearer"], notice["force"]["id"], notice["beneficiary"]["who"]) == ("employer", "duty", "union")
    assert notice["action"]["text"] == "give the Union 90 days' notice"
    (moment,) = notice["timing"]
    assert (moment["relation"], moment["days"], moment["clock"]) == ("before", 90, "calendar")
    assert [each["text"] for each in notice["scope"]] == ["an automated system"]
    assert grievance["timing"][0]["clock"] == "working"
    assert [each["text"] for each in grievance["exceptions"]] == ["unless it was told in time"]
    for promise in (notice, grievance):
        several = [each for value in promise.values() if isinstance(value, list) for each in value]
        for part in [*several, promise["force"], promise["action"], promise["beneficiary"]]:
            assert text[part["start"] : part["end"]] == part["text"]


def test_pairs_count_in_the_texts_as_given(proviso: Run) -> None:
    row = {"id": "p", "library_text": f"  {NOTICE}", "employer_text": NOTICE.replace("shall", "may")}
    (found,) = proviso("pairs", "-", stdin=lines(row)).rows
    assert list(found) == ["id", "verdict", "moves", "residue", "confidence", "unsure"]
    assert found["verdict"] == "weakened"
    assert found["moves"]
    for move in found["moves"]:
        assert list(move) == ["family", "rule", "direction", "severity", "explanation", "library", "draft", "move"]
        for side, text in (("library", row["library_text"]), ("draft", row["employer_text"])):
            if move[side]:
                assert text[move[side]["start"] : move[side]["end"]] == move[side]["text"]
    for entry in found["residue"]:
        text = row["library_text" if entry["side"] == "library" else "employer_text"]
        assert text[entry["start"] : entry["end"]] == entry["text"]


def test_equal_texts_are_equivalent(proviso: Run) -> None:
    row = {"id": 1, "library_text": NOTICE, "employer_text": NOTICE}
    assert proviso("pairs", "-", stdin=lines(row)).rows == [
        {"id": 1, "verdict": "equivalent", "moves": [], "residue": [], "confidence": 1.0, "unsure": False}
    ]


def test_bad_lines_are_named_and_the_rest_answered(proviso: Run, tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": NOTICE}).encode()
    bad = {
        2: (b"{", "not JSON"),
        3: (b'["a"]', "a list instead of an object"),
        4: (b'{"text": "x"}', '"id" is missing'),
        5: (b'{"id": "e"}', '"text" is missing'),
        6: (b'{"id": "f", "text": 5}', '"text" is a number'),
        7: (b'{"id": null, "text": "x"}', '"id" is null'),
        8: (good, 'the id "good" stands on line 1 already'),
        9: (b'{"id": "i", "text": "\xff"}', "not UTF-8"),
        10: (b"[" * 100_000, "nesting too deep"),
        11: (b'{"id": ' + b"1" * 5000 + b', "text": "x"}', "number too long"),
    }
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"\n".join([good, *(line for line, _ in bad.values()), b'{"id": "last", "text": ""}']))
    outcome = proviso("analyse", file)
    assert outcome.status == 2
    assert [row["id"] for row in outcome.rows] == ["good", "last"]
    said = outcome.err.splitlines()
    for number, (_, problem) in bad.items():
        assert any(f"line {number}: " in line and problem in line for line in said), (number, said)
    assert len(said) == len(bad) + 1
    assert "10 of 12 lines" in said[-1]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["unix", "windows"])
def test_line_ends_and_marks_of_other_systems(proviso: Run, mark: bytes, end: bytes) -> None:
    row = json.dumps({"id": 1, "text": HOLIDAY}).encode()
    outcome = proviso("analyse", "-", stdin=mark + row + end + end + row.replace(b"1", b"2") + end)
    assert [row["id"] for row in outcome.rows] == [1, 2]
    assert outcome.status == 0


def test_nothing_in_nothing_out(proviso: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    outcome = proviso("pairs", tmp_path / "empty.jsonl")
    assert (outcome.status, outcome.data, outcome.err) == (0, b"", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\0",
        "\ud800 shall",
        "🤖 shall decide",
        "shall " * 3000,
        "“" * 500,
        "1" * 3000,
        "(a) " * 500,
        "\u202eمرحبا",
    ],
)
def test_odd_texts_are_answered(proviso: Run, text: str) -> None:
    row = {"id": text[:5] or "x", "text": text, "library_text": NOTICE, "employer_text": text}
    for command in ("analyse", "pairs"):
        outcome = proviso(command, "-", stdin=lines(row))
        assert outcome.status == 0, outcome.err
        assert outcome.rows[0]["id"] == row["id"]


def test_other_kinds_of_files_are_refused_whole(proviso: Run, tmp_path: Path) -> None:
    for name, data in {"a.docx": b"PK\x03\x04", "b.pdf": b"%PDF-1.7", "c.jsonl": b"\xff\xfe{\0"}.items():
        (tmp_path / name).write_bytes(data)
        assert name in proviso("pairs", tmp_path / name).refused()


def test_answers_come_one_by_one() -> None:
    with subprocess.Popen([PROGRAM, "analyse", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(lines({"id": number, "text": HOLIDAY}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(timeout=30) == 0
