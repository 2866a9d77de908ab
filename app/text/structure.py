"""From blocks to a document of provisions, the same way whichever reader made the blocks.

Every visible word ends up in exactly one place: in a provision, in a heading, or in a number. A list's opening ("The
Employer shall:") is a provision of its own and is handed down to the items as their lead-in; a paragraph that closes
the list is a provision of its own too. How full numbers are composed stands in `numbering`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from app.text.document import Block, Comment, Document, FormatChange, Note, Provision, TrackedChange
from app.text.grid import read_grids
from app.text.headings import heading_line, is_all_capitals, is_sentence, looks_like_title, opens_instrument
from app.text.labels import Label
from app.text.lead_ins import LeadIns, opens_list
from app.text.numbering import Level, Numbering
from app.text.parts import Heading, Part, contents_warning, followed_by_list, following_labels
from app.text.sign_off import without_sign_off
from app.text.views import View, has_changes, passages

_LONGEST_HEADING = 1_000  # characters; every provision beneath a heading carries it


def build_document(
    blocks: Sequence[Block], *, name: str, kind: str, digest: str, warnings: Sequence[str] = ()
) -> Document:
    """Structure what a reader found.

    Args:
        blocks: Paragraphs in reading order.
        name: What people call the text, usually the file's name.
        kind: "docx", "pdf", "text" or "markdown".
        digest: SHA-256 of the source bytes, hexadecimal.
        warnings: Sentences for the reader, handed on.

    Returns:
        The document as it now stands; its `before` has all tracked changes rejected.
    """
    blocks, about_grids = read_grids(without_sign_off(blocks))
    document = _build(blocks, "after", name=name, kind=kind, digest=digest, warnings=(*warnings, *about_grids))
    if has_changes(blocks):
        before = _build(blocks, "before", name=name, kind=kind, digest=digest, warnings=())
        document = replace(document, before=before)
    return document


def _build(
    blocks: Sequence[Block], view: View, *, name: str, kind: str, digest: str, warnings: Sequence[str]
) -> Document:
    structure = _Structure([Part.of(passage) for passage in passages(blocks, view)])
    structure.read()
    return Document(
        name=name,
        kind=kind,
        digest=digest,
        text="\n".join(structure.lines),
        provisions=tuple(structure.provisions),
        tracked=tuple(structure.tracked),
        comments=tuple(structure.comments),
        notes=tuple(structure.notes),
        formatting=tuple(structure.formatting),
        warnings=(*warnings, *contents_warning(structure.parts)),
    )


@dataclass
class _Structure:
    """One walk through the parts, in order."""

    parts: list[Part]
    lines: list[str] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    tracked: list[TrackedChange] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    formatting: list[FormatChange] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)
    leads: LeadIns = field(default_factory=LeadIns)
    length: int = 0
    waiting: tuple[Label, ...] = ()  # a number alone on its line, whose words come next
    cell_headers: set[tuple[int, int, str]] = field(default_factory=set)

    def read(self) -> None:
        self.following = following_labels(self.parts)
        self.cell_headers = {
            (part.passage.block.cell[0], part.passage.block.cell[2], part.passage.block.cell_header)
            for part in self.parts
            if part.passage.block.cell and part.passage.block.cell_header
        }
        for index, part in enumerate(self.parts):
            start = self._add_line(part)
            if not part.line or part.passage.block.contents or part.passage.block.beside:
                continue
            start += len(part.line) - len(part.body)
            if part.passage.block.cell is not None:
                self._read_cell(part, start)
            elif self._is_heading(index):
                self._read_heading(index, start)
            elif not part.body:
                self.waiting = part.labels
            else:
                self._read_provision(index, start)
        self._drop_headings(0)

    def _add_line(self, part: Part) -> int:
        """Put the line into the text; returns where it starts."""
        start = self.length
        passage = part.passage
        shift = start + len(part.line) - len(passage.text)
        if part.line:
            self.lines.append(part.line)
            self.length += len(part.line) + 1
        self.tracked += [replace(one, start=one.start + shift, end=one.end + shift) for one in passage.tracked]
        self.comments += [replace(one, start=one.start + shift, end=one.end + shift) for one in passage.comments]
        self.notes += [replace(one, start=one.start + shift) for one in passage.notes]
        self.formatting += [replace(one, start=one.start + shift, end=one.end + shift) for one in passage.formatting]
        return start

    # Headings

    def _is_heading(self, index: int) -> bool:
        part = self.parts[index]
        block, label = part.passage.block, part.labels[-1] if part.labels else None
        if len(part.body) > _LONGEST_HEADING:
            return False
        if block.heading_level:
            return not is_sentence(part.body)
        if label and label.kind in ("division", "article"):
            stopped = part.body[-1:] in (".", ";", ":")
            return not is_sentence(part.body) and (not stopped or looks_like_title(part.body, final_stop=True))
        bullet = block.list_level is not None and not part.passage.number
        if bullet or not looks_like_title(part.body, final_stop=label is not None):
            return False
        after = self._next(index)
        return (
            self._is_unnumbered_heading(part, after) if label is None else self._is_numbered_heading(part, label, after)
        )

    def _is_numbered_heading(self, part: Part, label: Label, after: Part | None) -> bool:
        if label.kind in ("section", "decimal", "absolute"):
            return after is not None or is_all_capitals(part.body)
        listed = self.leads.pending is not None or bool(self.numbering.levels and self.numbering.levels[-1].lead)
        return not listed and after is not None and self._is_deeper(label, after)

    def _is_unnumbered_heading(self, part: Part, after: Part | None) -> bool:
        if self._is_title_of_article():
            return True
        if after is None or self.leads.pending is not None or self.waiting:
            return False
        return is_all_capitals(part.body) or bool(after.labels) or not looks_like_title(after.body)

    def _is_title_of_article(self) -> bool:
        """Whether the heading before is a bare "ARTICLE 5" whose title stands in the next line."""
        last = self.headings[-1] if self.headings else None
        return bool(
            last
            and last.label
            and last.label.kind in ("division", "article")
            and last.text == last.label.name
            and self._just_headed
        )

    _just_headed: bool = False

    def _is_deeper(self, label: Label, after: Part) -> bool:
        """Whether the next paragraph belongs beneath this short title: other numbers, or a full sentence."""
        if after.labels:
            styles = {reading.style for reading in label.readings}
            return after.labels[0].kind in ("item", "decimal") and not any(
                reading.style in styles for reading in after.labels[0].readings
            )
        return not looks_like_title(after.body) and after.passage.block.cell is None

    def _next(self, index: int) -> Part | None:
        following = (self.parts[place] for place in range(index + 1, len(self.parts)))
        ahead = (part for part in following if not part.passage.block.beside)
        return next((part for part in islice(ahead, 5) if part.line), None)

    def _read_heading(self, index: int, start: int) -> None:
        part = self.parts[index]
        self.leads.close()
        self.waiting = ()
        style = part.passage.block.heading_level
        if not part.labels and self._is_title_of_article():
            last = self.headings[-1]
            last.text, last.part, last.start = heading_line(last.label, part.body), part, start
            self._just_headed = False
            return
        if not part.labels:
            if opens_instrument(part.body):
                self.numbering.levels.clear()
                self._drop_headings(0)
            self.numbering.close_items()
            self._close_headings(None, style)
            self.headings.append(Heading(part.body, None, style, None, part, start))
        for position, label in enumerate(part.labels):
            title = part.body if position == len(part.labels) - 1 else ""
            level = self.numbering.open(label, self.following[index], lead_in=None)
            level.heading = True
            self._close_headings(label, style)
            self.headings.append(Heading(heading_line(label, title), label, style, level, part, start))
        self._just_headed = True

    def _close_headings(self, label: Label | None, style: int) -> None:
        """Drop the headings that do not stand above what comes now."""
        keep = 0
        for heading in self.headings:
            if label is None and style and heading.style:
                above = heading.style < style
            elif heading.level is not None:
                above = any(level is heading.level for level in self.numbering.levels)
            else:
                above = label is not None and label.kind not in ("division", "article")
            if not above:
                break
            keep += 1
        self._drop_headings(keep)

    def _drop_headings(self, keep: int) -> None:
        """Close the inner headings. One with nothing beneath it is read as a provision, so that no words are lost."""
        while len(self.headings) > keep:
            heading = self.headings.pop()
            if not heading.used and heading.start + len(heading.part.body) > self._covered and heading.part.body:
                number = heading.level.number if heading.level else ""
                self._add(heading.part, heading.start, number, self._path(), "")

    def _path(self, *more: str) -> tuple[str, ...]:
        return (*(heading.text for heading in self.headings), *(text for text in more if text))

    # Provisions

    def _read_cell(self, part: Part, start: int) -> None:
        block = part.passage.block
        assert block.cell is not None
        self.leads.close()
        if block.cell[1] == 0 and (block.cell[0], block.cell[2], part.passage.text) in self.cell_headers:
            return
        number = part.labels[-1].name if part.labels else ""
        path = self._path(block.cell_header)
        last = self.provisions[-1] if self.provisions else None
        if last is not None and not number and self._cell == block.cell:
            text = f"{last.text}\n{part.body}"
            tracked = last.tracked + self._own_changes(part, start)
            self.provisions[-1] = replace(last, text=text, end=start + len(part.body), tracked=tracked)
        elif part.body:
            self._add(part, start, number, path, "")
        self._cell = block.cell

    _cell: tuple[int, int, int] | None = None

    def _read_provision(self, index: int, start: int) -> None:
        part = self.parts[index]
        labels = part.labels or self.waiting
        self.waiting = ()
        self._just_headed = False
        after = self._next(index)
        if labels:
            level = self._open(labels, index)
            lead_in = level.lead_in
            if opens_list(part.body, followed=followed_by_list(after, labels[-1])):
                level.lead = self.leads.compose(lead_in, part.body)
            self.leads.numbered(level.lead)
            number = level.number
        else:
            self.numbering.interrupt()
            bullet = part.passage.block.list_level
            lead_in = self.leads.unnumbered(
                part.body, bullet, followed=bool(after and after.labels and not part.labels)
            )
            number = ""
        self._add(part, start, number, self._path(), lead_in)

    def _open(self, labels: Sequence[Label], index: int) -> Level:
        pending = self.leads.take()
        level = None
        for label in labels:
            level = self.numbering.open(label, self.following[index], lead_in=pending)
            self._close_headings(label, 0)
            pending = None
        assert level is not None
        return level

    @property
    def _covered(self) -> int:
        return self.provisions[-1].end if self.provisions else 0

    def _add(self, part: Part, start: int, number: str, path: tuple[str, ...], lead_in: str) -> None:
        for heading in self.headings:
            heading.used = True
        self.provisions.append(
            Provision(
                number=number,
                text=part.body,
                start=start,
                end=start + len(part.body),
                heading_path=path,
                lead_in=lead_in,
                place=part.passage.block.place,
                tracked=self._own_changes(part, start),
            )
        )

    def _own_changes(self, part: Part, start: int) -> tuple[TrackedChange, ...]:
        own = self.tracked[len(self.tracked) - len(part.passage.tracked) :] if part.passage.tracked else []
        return tuple(change for change in own if change.start >= start)
