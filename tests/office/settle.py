"""Run by LibreOffice's own Python, not by ours: accept or reject all changes in Word files, print what is then there.

Usage: python3 settle.py PROFILE_FOLDER (keep|accept|reject) FILE.docx [(keep|accept|reject) FILE.docx ...]
Prints a JSON list with, for each file, the texts of paragraphs, cells and footnotes in order, then those of text boxes,
then those of the headers and footers in the order in which pages first show them, or null where it cannot be opened.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from bridge import running  # type: ignore[import-not-found]


def main(profile: str, *asked: str) -> None:
    answers: list[list[str] | None] = []
    with running(profile) as office:
        for decision, path in zip(asked[::2], asked[1::2], strict=True):
            document = office.open(path)
            if document is None:
                answers.append(None)
                continue
            if decision != "keep":
                office.command(document, f"{decision.capitalize()}AllTrackedChanges")
            answers.append([*_lines(document.Text), *_boxes(document.DrawPage), *_margins(document)])
            document.close(True)
    print(json.dumps(answers))


def _lines(text: Any) -> Iterator[str]:
    paragraphs = text.createEnumeration()
    while paragraphs.hasMoreElements():
        each = paragraphs.nextElement()
        if each.supportsService("com.sun.star.text.TextTable"):
            for name in each.CellNames:
                yield from (f"{name}: {line}" for line in _lines(each.getCellByName(name)))
        else:
            yield "".join(_portions(each))


def _boxes(page: Any) -> Iterator[str]:
    shapes = (page.getByIndex(index) for index in range(page.Count))
    yield from sorted(f"box: {each.String}" for each in shapes if hasattr(each, "String"))


def _margins(document: Any) -> Iterator[str]:
    """The lines of headers and footers that are not empty: of first pages, of left ones and of the others."""
    styles = document.StyleFamilies.getByName("PageStyles")
    for name in _page_styles(document, styles):
        style = styles.getByName(name)
        for place in ("Header", "Footer"):
            if not style.getPropertyValue(f"{place}IsOn"):
                continue
            shared = {"First": style.FirstIsShared, "Left": style.getPropertyValue(f"{place}IsShared")}
            for kind in ("First", "Left", ""):
                own = "" if shared.get(kind) else kind
                for line in _lines(style.getPropertyValue(f"{place}Text{own}")):
                    if line:
                        yield f"{place} {kind}: {line}"


def _page_styles(document: Any, styles: Any) -> list[str]:
    """The page styles in the order in which paragraphs ask for them, each followed by the one that comes after it."""
    cursor = document.CurrentController.ViewCursor
    names = []
    cursor.jumpToFirstPage()
    while True:
        names.append(cursor.PageStyleName)
        if not cursor.jumpToNextPage():
            return list(dict.fromkeys(names))


def _portions(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph with its notes in place."""
    portions = paragraph.createEnumeration()
    while portions.hasMoreElements():
        each = portions.nextElement()
        if each.TextPortionType == "Footnote":
            yield f"[note: {each.Footnote.String.strip()}]"
        elif each.TextPortionType in {"Text", "TextField"}:
            yield each.String


if __name__ == "__main__":
    main(*sys.argv[1:])
