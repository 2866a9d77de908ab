"""Makes sure that a file reads after the gate as it read before: words, numbers, notes, changes, margins, comments."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from itertools import chain

from lxml import etree

from app.errors import NotTableSafe
from app.text.document import Block
from app.text.docx_package import UNZIP_ERRORS, WordPackage
from app.text.docx_reader import read_docx, read_docx_blocks
from app.word.settle import reject_all
from app.word.table_safe.comments import MARKS, ORDERS
from app.word.table_safe.draft import Draft
from app.word.table_safe.hidden import drop_hidden_blocks, holds_hidden_blocks
from app.word.table_safe.manifest import write_archive
from app.word.table_safe.names import ID, Element, settle_names
from app.word.table_safe.refusal import quoted
from app.word.table_safe.words import clean_words

_MARGINS = frozenset({"header", "footer"})
_GONE = frozenset({"deleted", "moved_away"})
_NOTES = frozenset({"footnotes", "endnotes"})
_BESIDE = _MARGINS | _NOTES


def compare(before: bytes, after: bytes) -> None:
    """Make sure that the gate has changed nothing that is read.

    Raises:
        NotTableSafe: Names the first place.
    """
    was, now = read_docx(before), read_docx(after)
    old, new = ([seen for block in each.blocks if any((seen := _seen(block))[1:])] for each in (was, now))
    if [each[1:] for each in old] != [each[1:] for each in new]:
        other_words = [one for one, other in zip(old, new, strict=False) if one[1:] != other[1:]]
        changed = [*other_words, *old[len(new) :], *new[len(old) :]][0]
        raise _changed(f"at {changed[0]}", f"{changed[2]} {changed[1]}")
    margins = {clean_words(each) for each in was.margins}
    strange = next((each for each in now.margins if each not in margins), None)
    if strange is not None:
        raise _changed("in a header or footer", strange)


def compare_comments(written: bytes, theirs: bytes, author: str) -> None:
    """Make sure that each comment stands at the words at which they put it, once our changes are rejected."""
    ours, own = (_anchors(read_docx_blocks(each)[0]) for each in (reject_all(written, authors={author}), theirs))
    exact = _in_order(WordPackage(theirs))
    for key, anchor in ours.items():
        there = own.get(key)
        if key not in exact:  # which words it stands at is anybody's guess; the paragraph is not
            there = None if there is None else (*anchor[:3], there[3])
        if anchor != there:
            raise NotTableSafe(f"The file was not handed out: a comment would stand elsewhere, {quoted(anchor[0])}.")


def without_hidden(data: bytes, draft: Draft) -> bytes:
    """The file without rows and drawings that are hidden as a whole; readers differ on whether to read them.

    Args:
        data: The file.
        draft: Its parts, gathered and not yet cleaned.
    """
    gathered = (story.root for story in draft.stories)
    if not any(holds_hidden_blocks(root) for root in chain(gathered, _beside(draft.package, _MARGINS).values())):
        return data
    package = WordPackage(data)
    roots = {_key(name): root for name, root in _beside(package, _BESIDE).items()} | {_key(package.main): package.root}
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            with suppress(*UNZIP_ERRORS):  # readers do without a damaged part, too
                parts[name] = archive.read(name)
            if (root := roots.get(_key(name))) is not None:
                drop_hidden_blocks(settle_names(root))
                parts[name] = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    return write_archive(parts)


def _beside(package: WordPackage, kinds: Collection[str]) -> dict[str, Element]:
    """The roots of the texts of these kinds by the name of their part."""
    targets = {each.target for each in package.relationships.values() if each.kind in kinds and not each.external}
    roots = {target: package.xml(target) for target in targets}
    return {target: settle_names(root) for target, root in roots.items() if root is not None}


def _key(name: str) -> str:
    """The name of a part as packages tell parts apart."""
    return name.replace("\\", "/").lstrip("/").lower()


def _changed(where: str, words: str) -> NotTableSafe:
    return NotTableSafe(
        "The file was not handed out: without what may not leave, it would no longer read as it does now, "
        f"first {where}: {quoted(words)}."
    )


def _anchors(blocks: list[Block]) -> dict[str, tuple[str, int, int, str]]:
    """By the id of each comment: the words that it stands at, where they begin and end, and those of the paragraph."""
    found = {}
    for block in blocks:
        shown = "".join(run.text for run in block.runs if run.change not in _GONE)
        words = _squeezed("".join(run.text for run in block.runs))
        for said in block.comments:
            start, end = (len(_squeezed(shown[:place])) for place in (said.start, said.end))
            found[said.id] = (_squeezed(shown)[start:end], start, end, words)
    return found


def _in_order(package: WordPackage) -> frozenset[str]:
    """The ids of comments whose marks in the text stand as they should."""
    marks: defaultdict[str, list[str]] = defaultdict(list)
    for root in (package.root, *_beside(package, _NOTES).values()):
        for mark in settle_names(root).iter(*MARKS):
            marks[mark.get(ID, "")].append(mark.tag)
    return frozenset(key for key, own in marks.items() if own in ORDERS)


def _squeezed(text: str) -> str:
    return "".join(clean_words(text).split())


def _seen(block: Block) -> tuple[object, ...]:
    """What a reader of a block sees, without the comments."""
    runs = tuple((clean_words(run.text), run.change, run.author) for run in block.runs if run.text)
    return (
        block.place,
        "".join(text for text, *_ in runs),
        clean_words(block.number),
        runs if any(change for _, change, _ in runs) else (),
        clean_words(block.number_before),
        tuple(clean_words(note.text) for note in block.notes),
        block.cell,
    )
