"""From lines as they were set on a page back to paragraphs as they were written.

Plain text and PDF both come as lines; both readers hand them over in characters (indent, right edge), so that the same
agreement is put together in the same way from either. Running headers and page numbers are gone by then (`furniture`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.text.headings import is_all_capitals, looks_like_title
from app.text.labels import split_label

BULLET = re.compile(r"(?:[•●○▪■◦‣⁃∙·➢❖o]|[-–*+—])(?:\s+|$)")
_SYMBOL = re.compile(r"[•●○▪■◦‣∙➢❖]\s*")
_FINAL = re.compile(r"[.;:?!][\"”’)\]]*$")
_STOP = re.compile(r"[.?!:][\"”’)\]]*$")
_LINKED = re.compile(r"(?:[.;:?!][\"”’)\]]*|;?,?\s(?:and|or|and/or))$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `indent` and `end` are its edges in characters from the left margin."""

    text: str  # without white space at either end, never empty
    place: str
    indent: float
    end: float
    gap: bool = False  # whether more space than usual stands above it
    new_page: bool = False  # first line of a page
    contents: bool = False  # line of a table of contents or index


@dataclass(slots=True)
class Paragraph:
    """Lines that were written as one paragraph."""

    text: str
    place: str
    bullet: int | None = None  # depth of a bullet, from 0
    contents: bool = False


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Join lines that are one paragraph; undo hyphens at line ends."""
    layout = _Layout.of(lines)
    found: list[Paragraph] = []
    group: list[Line] = []
    for line in lines:
        if group and layout.starts_anew(group, line):
            found.append(layout.paragraph(group))
            group = []
        group.append(line)
    if group:
        found.append(layout.paragraph(group))
    return found


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is usual in this text: where full lines end, whether lines are wrapped at all, which words it knows."""

    width: float
    wrapped: bool
    words: frozenset[str]
    bullet_indents: tuple[float, ...]
    hangs: bool  # whether the lines of a numbered paragraph never stand left of its number

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Layout:
        body = [line for line in lines if not line.contents]
        ends = sorted(line.end for line in body if len(line.text) > 20) or [0.0]
        width = ends[int(0.9 * (len(ends) - 1))]
        open_ended = sum(1 for line in body if len(line.text) > 40 and not _FINAL.search(line.text))
        long = sum(1 for line in body if len(line.text) > 40)
        words = _words(lines)
        indents = sorted({round(line.indent) for line in lines if BULLET.match(line.text)})
        wrapped = bool(long) and ends[-1] <= 200 and open_ended >= 0.15 * long
        return cls(width, wrapped, words, tuple(indents), _hangs(body))

    def starts_anew(self, group: Sequence[Line], line: Line) -> bool:
        """Whether the line begins another paragraph than the lines before it."""
        last = group[-1]
        if line.contents or last.contents:
            return True
        if not self.wrapped:
            open_ended = not (_FINAL.search(last.text) or line.gap or split_label(line.text) or BULLET.match(line.text))
            return not (open_ended and line.text[:1].islower())
        if line.new_page:
            return not self._runs_on(group, line)
        return line.gap or self._is_set_apart(group, line)

    def _is_set_apart(self, group: Sequence[Line], line: Line) -> bool:
        """The same for the next line of a page, with no more space than usual between."""
        last = group[-1]
        full = last.end >= 0.8 * self.width
        heading = _is_heading_line(group[0])
        if BULLET.match(line.text) and (_SYMBOL.match(line.text) or not full or _LINKED.search(last.text)):
            return True
        if _is_bare_label(group) or (heading and len(group) < 3 and _is_open(group)):
            return False
        numbered = split_label(line.text) is not None and self._label_begins(group, line, full)
        capitals = _is_heading_line(line) != _is_heading_line(last) and not (full and not heading)
        if numbered or capitals or (not full and _is_title_before(group, line)):
            return True
        return self._ends_short(group, line)

    def _ends_short(self, group: Sequence[Line], line: Line) -> bool:
        """Whether the last line ends as paragraphs end, or the next one is indented as they begin."""
        last = group[-1]
        if not _FINAL.search(last.text):
            # Short lines set one beneath the other, as in addresses and signatures
            short = last.end < 0.55 * self.width and not last.text.endswith(SMALL_ENDINGS)
            return short and line.text[:1].isupper()
        if self.hangs and line.indent < group[0].indent - 1 and split_label(group[0].text):
            return True
        if line.indent >= last.indent + 2 and line.indent > _text_column(group[0]) + 1:
            return True
        return bool(last.end < 0.75 * self.width and line.text[:1].isupper() and _STOP.search(last.text))

    def _label_begins(self, group: Sequence[Line], line: Line, full: bool) -> bool:
        """Whether a number at the start of a line is one, and no reference that was wrapped there."""
        last = group[-1]
        if not full or _LINKED.search(last.text) or line.text.startswith("#"):
            return True
        if re.match(r"(?:article|division|section)\b", line.text, re.IGNORECASE):
            return is_all_capitals(line.text.split("--")[0]) and not re.search(
                r"\b(?:of|in|under|per|and|or|see)$", last.text
            )
        return (
            abs(line.indent - last.indent) > 1
            and split_label(line.text) is not None
            and not line.indent > _text_column(group[0]) + 8
        )

    def _runs_on(self, group: Sequence[Line], line: Line) -> bool:
        """Whether a paragraph goes on over the page break."""
        last = group[-1]
        if _FINAL.search(last.text) or _is_heading_line(line) or _is_heading_line(last) or BULLET.match(line.text):
            return bool(_FINAL.search(last.text) is None and line.text[:1].islower() and not BULLET.match(line.text))
        if split_label(line.text) is not None and not last.text.endswith(","):
            return False
        return line.text[:1].islower() or last.end >= 0.8 * self.width

    def paragraph(self, group: Sequence[Line]) -> Paragraph:
        """The lines as one text."""
        settled: list[str] = []  # what no later line can change; a paragraph may have a million lines
        text = ""
        for line in group:
            text = self._joined(text, line.text) if text else re.sub(r"^#{1,6}\s+", "", line.text)
            if len(text) > _OPEN_END:
                settled.append(text[:-_LONGEST_WORD])
                text = text[-_LONGEST_WORD:]
        text = "".join(settled) + text
        bullet = None
        mark = BULLET.match(text)
        if mark is not None and not group[0].contents and len(text) > mark.end():
            text = text[mark.end() :]
            indents = [indent for indent in self.bullet_indents if indent <= group[0].indent - 2]
            bullet = min(len(indents), 8)
            bullet = 0 if len(self.bullet_indents) > 6 else bullet
        return Paragraph(text.strip(), group[0].place, bullet, group[0].contents)

    def _joined(self, text: str, more: str) -> str:
        end = text[-_LONGEST_WORD:]  # a paragraph may have thousands of lines; each looks at its own end only
        if not re.search(r"[^\W\d_]-$", end) or not more[:1].isalpha():
            return f"{text}{more}" if text.endswith(("—", "/")) and more[:1].isalpha() else f"{text} {more}"
        head = re.search(r"([^\W\d_]+)-$", end)
        tail = re.match(r"[^\W\d_]+", more)
        assert head is not None
        assert tail is not None
        if more[0].isupper():
            return text + more
        whole = (head[1] + tail[0]).lower()
        if whole in self.words:
            return text[:-1] + more
        if head[1].lower() in self.words and tail[0].lower() in self.words and len(head[1]) > 3:
            return text + more  # both halves are words here: "safety-sensitive"
        return text[:-1] + more if head[1].lower() not in _PREFIXES else text + more


SMALL_ENDINGS = (" of", " and", " the", " or", " in", " for", " to", " a", " an", " with", " on", " by", "-", "/", "&")
_LONGEST_WORD = 80
_OPEN_END = 8_000
_PREFIXES = (
    "non",
    "self",
    "co",
    "pre",
    "post",
    "full",
    "part",
    "well",
    "long",
    "short",
    "on",
    "off",
    "day",
    "year",
    "two",
)


def _text_column(line: Line) -> float:
    """Where the words of a line begin after its number."""
    found = split_label(line.text)
    mark = BULLET.match(line.text)
    if found is not None:
        return line.indent + len(line.text) - len(found[1])
    return line.indent + (mark.end() if mark else 0)


def _words(lines: Sequence[Line]) -> frozenset[str]:
    """The words of the text, without the halves that a hyphen at a line's end leaves."""
    found: set[str] = set()
    divided = False
    for line in lines:
        words = re.findall(r"[^\W\d_]+", line.text.lower())
        after, divided = divided, line.text.endswith("-")
        found.update(words[int(after) : len(words) - int(divided)])
    return frozenset(word for word in found if len(word) > 3)


def _hangs(lines: Sequence[Line]) -> bool:
    left = right = 0
    for line, after in pairwise(lines):
        if line.indent > 2 and after.text[:1].islower() and not after.gap and split_label(line.text):
            left += after.indent < line.indent - 1
            right += after.indent >= line.indent - 1
    return left <= 0.1 * right


def _is_open(group: Sequence[Line]) -> bool:
    """Whether a bracket is still open: "ARTICLE 58--HOLIDAYS (All Agencies except"."""
    text = " ".join(line.text for line in group)
    return text.count("(") > text.count(")")


def _is_title_before(group: Sequence[Line], line: Line) -> bool:
    """Whether a numbered title ("E. Limits on Leave") ends here and the text beneath it begins."""
    found = split_label(group[0].text)
    if len(group) > 2 or found is None or not line.text[:1].isupper() or looks_like_title(line.text):
        return False
    title = " ".join([found[1], *(one.text for one in group[1:])])
    return len(title.split()) > 1 and looks_like_title(title) and not title.endswith(SMALL_ENDINGS)


def _is_bare_label(group: Sequence[Line]) -> bool:
    if len(group) != 1:
        return False
    found = split_label(group[0].text)
    return found is not None and not found[1] and found[0].kind in ("item", "decimal", "absolute", "section")


def _is_heading_line(line: Line) -> bool:
    text = line.text
    if text.startswith("#"):
        return True
    found = split_label(text)
    if found is not None and found[0].kind in ("division", "article"):
        return not found[1] or looks_like_title(found[1])
    return is_all_capitals(text) and looks_like_title(text, final_stop=True)
