"""Markdown to blocks: headings, bullets and tables are kept as such, the marks themselves go."""

from __future__ import annotations

import re

from app.text.document import Block, Run
from app.text.labels import split_label

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"(\s*)[-*+•]\s+(?=\S)")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_INLINE = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.+?)(?<=\S)(?<!\\)\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=\S)(?<!\\)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<!`)`([^`\n]+)`(?!`)"), r"\1"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~$])"), r"\1"),
)


def without_marks(text: str) -> str:
    """Emphasis, links and escapes removed; the words stay."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def read_markdown_blocks(text: str) -> list[Block]:
    """Read Markdown; hard line breaks inside a paragraph join."""
    reader = _Reader()
    for number, line in enumerate(text.expandtabs(4).split("\n"), start=1):
        reader.take(line, number)
    reader.finish()
    return reader.blocks


class _Reader:
    """The lines so far: finished blocks, and the paragraph that is still open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.open: list[str] = []
        self.start = 0
        self.bullet: int | None = None
        self.bullets: list[int] = []  # indents of the open bullet lists
        self.table = -1
        self.row = -1
        self.header: list[str] = []

    def take(self, line: str, number: int) -> None:
        """Take in the next line."""
        line = re.sub(r"^\s{0,3}>\s?", "", line)
        stripped = line.strip()
        fence = bool(re.match(r"(?:```|~~~)", stripped))
        underlined = len(self.open) == 1 and self.bullet is None and _UNDERLINE.match(line)
        if underlined:
            self._add(self.open.pop(), heading=1 if "=" in line else 2)
        elif fence or not stripped or _RULE.match(line):
            self.finish()
            self.row = -1
        elif heading := _HEADING.match(line):
            self.finish()
            self.bullets = []
            self.start = number
            self._add(heading[2], heading=len(heading[1]))
        elif stripped.startswith("|") and stripped.count("|") > 1:
            self.finish()
            self._take_row(stripped, number)
        elif bullet := _BULLET.match(line):
            self.finish()
            self._take_bullet(line[bullet.end() :], len(bullet[1]), number)
        else:
            self._take_text(line, number)

    def _take_text(self, line: str, number: int) -> None:
        broken = bool(self.open) and self.open[-1].endswith(("  ", "\\"))
        if broken or (self.bullet is None and split_label(without_marks(line.strip()))):
            self.finish()
        if not self.open:
            self.start = number
            if not line.startswith(" "):
                self.bullets = []
        self.open.append(line.lstrip())

    def _take_bullet(self, text: str, indent: int, number: int) -> None:
        while self.bullets and self.bullets[-1] > indent:
            self.bullets.pop()
        if not self.bullets or self.bullets[-1] < indent:
            self.bullets.append(indent)
        self.start = number
        label = split_label(without_marks(text))
        self.bullet = None if label else len(self.bullets) - 1
        self.open.append(text)

    def _take_row(self, line: str, number: int) -> None:
        if _TABLE_RULE.match(line):
            first = [block for block in self.blocks if block.cell and block.cell[:2] == (self.table, 0)]
            self.header = ["".join(run.text for run in block.runs) for block in first]
            return
        if self.row < 0:
            self.table += 1
            self.header = []
        self.row += 1
        for column, cell in enumerate(re.split(r"(?<!\\)\|", line.strip().strip("|"))):
            header = self.header[column] if self.row and column < len(self.header) else ""
            self.start = number
            self._add(cell, cell=(self.table, self.row, column), header=header)

    def finish(self) -> None:
        """Close the paragraph that is open."""
        if self.open:
            text = " ".join(part.strip().removesuffix("\\") for part in self.open)
            self.open = []
            self._add(text, bullet=self.bullet)
        self.bullet = None

    def _add(
        self,
        text: str,
        *,
        heading: int = 0,
        bullet: int | None = None,
        cell: tuple[int, int, int] | None = None,
        header: str = "",
    ) -> None:
        words = without_marks(text).strip()
        if words or cell:
            self.blocks.append(
                Block(
                    runs=(Run(words),),
                    place=f"line {self.start}",
                    heading_level=heading,
                    list_level=bullet,
                    cell=cell,
                    cell_header=header,
                )
            )
