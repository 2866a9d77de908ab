"""The same promise with a word processor as judge: its accept-all gives the new file, its reject-all the old one."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.text.reading import read_bytes, read_file
from app.word.redline.answer import answer_in_file
from app.word.redline.edits import Edit
from app.word.redline.engine import redline_files
from app.word.redline.texts import redline_texts
from app.word.settle import accept_all, reject_all
from tests.factories.drafts import EDITS, draft, edited, written
from tests.factories.margin_cases import MARGIN_CASES
from tests.factories.redline_cases import table
from tests.factories.word_files import paragraph, run, word_file
from tests.proposals.test_redline_of_rounds import REFERRED
from tests.word.test_redline_boxes import BOXES

ROOT = Path(__file__).parents[2]
PYTHON = Path("/usr/bin/python3")  # the one that LibreOffice's packages install their bridge for
BRIDGE = Path("/usr/lib/python3/dist-packages/uno.py")
KINDS = ["text", "look", "align", "move", "split", "merge", "new", "gone", "cell", "row", "column", "note"]

OTHERWISE = ("a section that c", "a section in a", "even pages in sections", "a control in a header",
             "a first page of its own, the other way")  # fmt: skip
"""LibreOffice leaves an empty line where a section goes, settles no change of a section, and reads tracked text in
content controls as untracked."""

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        not (shutil.which("soffice") and PYTHON.exists() and BRIDGE.exists()),
        reason="needs LibreOffice with its Python bridge",
    ),
]

STORIES = [
    paragraph("Notice is due in 30 days.") + paragraph("It is given in writing to the Local's office."),
    paragraph("A new paragraph of the box.") + paragraph("Notice is due within 60 days.") + table(["one", "two"]),
]
STORIES[1] += paragraph("It is given in writing.")
Redlines = dict[str, tuple[bytes, bytes, bytes]]


def made() -> Redlines:
    """By name: what rejecting gives, what accepting gives, the redline."""
    redlines: Redlines = {}
    for seed, kinds in enumerate([*([kind] for kind in KINDS), list(EDITS), list(EDITS)]):
        first = draft(5, seed=seed, notes=0.3)
        old = written(first, noise=seed)
        new = written(edited(first, 8 if len(kinds) == 1 else 40, seed=seed + 1, kinds=kinds), noise=seed + 1)
        redlines[kinds[0] if len(kinds) == 1 else f"all, {seed}"] = (old, new, redline_files(old, new))
    first = draft(5, seed=30, notes=0.3)
    second = edited(first, 20, seed=31)
    # LibreOffice keeps one change for a row or a paragraph mark, Word two; so ours leave their marks alone here.
    kinds = ["text", "look", "align"]
    old, ours = written(first, noise=1), written(edited(second, 20, seed=32, kinds=kinds), noise=2)
    theirs = redline_files(old, written(second, noise=3), author="Company")
    redlines["tracked changes in it"] = (old, ours, redline_files(theirs, ours))
    edits = [
        Edit("replace", each.place, f"Now {each.text}", was=each.text) if index % 3 else Edit("delete", each.place)
        for index, each in enumerate(read_bytes(theirs, "theirs.docx").provisions[:9])
    ]
    answer = answer_in_file(theirs, edits)
    redlines["an answer in their file"] = (reject_all(theirs), accept_all(answer), answer)
    ends = ["The Union may agree.", "The Employer shall train.", "Both meet each month.", "The panel decides."]
    later = [f"{ends[0]} Always.", f"{ends[1]} Soon.", "One that comes in.", f"Then {ends[2]} Often.", f"So {ends[3]}"]
    files = [word_file("".join(paragraph(text) for text in texts)) for texts in (ends, later)]
    redlines["insertions that meet at a mark"] = (files[0], files[1], redline_files(*files))
    for name, box in BOXES.items():
        files = [word_file(paragraph(run("Beside ") + box(story)) + paragraph("end")) for story in STORIES]
        redlines[name] = (files[0], files[1], redline_files(*files))
    counter = read_file(ROOT / "app" / "proposals" / "demonstration" / "employer_counter.docx")
    assert counter.before is not None
    before, after = counter.before, counter
    settled = redline_texts(before, before), redline_texts(after, after)
    last, following = REFERRED
    redlines["references to sections"] = (last, following, redline_files(last, following))
    redlines["texts"] = (*settled, redline_texts(before, after))
    return redlines


def with_margins() -> Redlines:
    """The same for headers and footers."""
    return {
        name: (old, new, redline_files(old, new))
        for name, (old, new) in MARGIN_CASES.items()
        if not name.startswith(OTHERWISE)
    }


@pytest.mark.parametrize("make", [made, with_margins])
def test_a_word_processor_settles_the_changes_as_we_mean_them(tmp_path: Path, make: Callable[[], Redlines]) -> None:
    redlines = make()
    asked: list[str | Path] = []
    for number, (name, files) in enumerate(redlines.items()):
        paths = [tmp_path / f"{number}-{kind}.docx" for kind in ("old", "new", "redline")]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        asked += ["keep", paths[0], "keep", paths[1], "reject", paths[2], "accept", paths[2]]
        assert name
    script = Path(__file__).parents[1] / "office" / "settle.py"
    done = subprocess.run(
        [PYTHON, script, tmp_path / "profile", *asked], capture_output=True, text=True, check=True, timeout=280
    )
    answers = json.loads(done.stdout)
    for number, name in enumerate(redlines):
        old, new, rejected, accepted = answers[4 * number : 4 * number + 4]
        assert old, name
        assert rejected == old, name
        assert accepted == new, name
