"""The redline of two texts that are no Word files, or of which one is none: both are written plainly first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from app.text.document import Document
from app.word.package import Package
from app.word.plain import plain_file
from app.word.redline.engine import NO_CHANGE, Redline
from app.word.xml import writable

PLAIN_TITLE: Final = "Redline"
"""The title of a redline whose texts are not named."""

_DEEPEST: Final = 2  # of the three levels of headings, from 0


def redline_texts(
    old: Document,
    new: Document,
    *,
    author: str = "Union",
    date: datetime | None = None,
    moves: bool = True,
    paper: str = "letter",
    language: str = "en-US",
    title: str = PLAIN_TITLE,
    tell: Callable[[str], object] | None = None,
) -> bytes:
    """Write the changes from one text to another as tracked changes in a plain Word file.

    Numbers stand as text, as both documents show them.

    Args:
        old: What rejecting all changes gives: `old.text`, a paragraph for each of its lines.
        new: What accepting all changes gives, likewise.
        author: Whom the changes are attributed to: a side, never a person.
        date: When the changes were made; without it they carry no date.
        moves: Whether moved passages are marked as moved; otherwise they appear as deleted and inserted.
        paper: "letter" or "a4".
        language: BCP 47 tag of the text.
        title: Of the file, shown above every page.
        tell: Is told where the two texts are the same.

    Returns:
        The DOCX. Equal input gives equal bytes.
    """
    lines = [writable(each.text).split("\n") for each in (old, new)]
    levels = _without_gaps({**_levels(old, lines[0]), **_levels(new, lines[1])}, lines)
    words = " ".join(title.split())

    def written(text: Sequence[str]) -> Package:
        paragraphs = ((line, _style(levels.get(line))) for line in text)
        return Package(plain_file(paragraphs, title=words, paper=paper, language=language))

    before, after = map(written, lines)
    redline = Redline(before, after, author=writable(author), date=date, moves=moves)
    redline.write()
    if tell is not None and not redline.changed:
        tell(NO_CHANGE)
    return before.save()


def title_of(old: str, new: str) -> str:
    """A title that names the two texts: "Redline: Union Proposal 2 against Union Proposal 1"."""
    return f"{PLAIN_TITLE}: {new} against {old}"


def _style(level: int | None) -> str:
    return "BodyText" if level is None else f"Heading{level + 1}"


def _levels(document: Document, lines: Sequence[str]) -> dict[str, int]:
    """The lines that are headings, with their level from 0; a path writes some of them a little differently."""
    known = {
        _bare(heading): min(depth, _DEEPEST)
        for provision in document.provisions
        for depth, heading in enumerate(provision.heading_path)
    }
    return {line: known[bare] for line in lines if (bare := _bare(line)) and bare in known}


def _bare(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _without_gaps(levels: Mapping[str, int], texts: Sequence[Sequence[str]]) -> dict[str, int]:
    """Raise headings until each is at most one level below the one before it; the same line has one level in both."""
    raised, before = dict(levels), None
    while raised != before:
        before = dict(raised)
        for lines in texts:
            last = -1
            for line in lines:
                if line in raised:
                    raised[line] = last = min(raised[line], last + 1)
    return raised
