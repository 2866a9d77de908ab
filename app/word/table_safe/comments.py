"""Comments: those that stand in the other side's own file stay in it, word for word; any other is left behind.

A comment is theirs when their file has one of the same id that says the same, by the same person, at the same time.
Its words are then written anew from their file (`comment_words`), and so is which answers which and what is settled.
What is said there under the name of our side is not theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from app.text.docx_package import WordPackage
from app.word.table_safe.comment_words import COMMENT, Said, said_in, write_comment
from app.word.table_safe.hidden import drop_hidden
from app.word.table_safe.names import ID, NAMESPACES, Element, P, full, remove, settle_names, w
from app.word.table_safe.values import Known, admit
from app.word.table_safe.wrappers import take_off

COMMENTS: Final = "word/comments.xml"
THREADS: Final = "word/commentsExtended.xml"
COMMENTS_ROOT: Final = w("comments")
RANGE_START, RANGE_END, REFERENCE = w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")
MARKS: Final = (RANGE_START, RANGE_END, REFERENCE)
ORDERS: Final = ([RANGE_START, RANGE_END, REFERENCE], [REFERENCE])
PARAGRAPH_ID: Final = full("w14:paraId")
THREAD, THREAD_ID, ANSWERS, SETTLED = (full(f"w15:{name}") for name in ("commentEx", "paraId", "paraIdParent", "done"))
IGNORABLE: Final = full("mc:Ignorable")
WITH_MARKS: Final = frozenset(f"word/{name}.xml" for name in ("document", "footnotes", "endnotes"))
"""Texts that may have comments at their words."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What Word shows around a comment."""

    answers: str = ""  # id of the comment that it answers
    settled: bool = False


def comments_of(package: WordPackage, author: str) -> tuple[dict[str, Said], dict[str, Thread]]:
    """The comments that the other side has in its file, by id, and what Word shows around them.

    Args:
        package: The file that they sent.
        author: Our own side; its comments are left out. So are those of an id that two have: they are nobody's.
    """
    root, extended, styles = (package.part(kind) for kind in ("comments", "commentsExtended", "styles"))
    if root is None:
        return {}, {}
    take_off(settle_names(root), COMMENTS)
    drop_hidden(root, None if styles is None else settle_names(styles), COMMENTS)
    comments = [
        each for each in root.iterfind(COMMENT) if admit("int", each.get(ID, ""), Known()) and each.find(P) is not None
    ]
    uses = Counter(each.get(ID) for each in comments)
    said = {each.get(ID): said_in(each) for each in comments if uses[each.get(ID)] == 1}
    said = {key: each for key, each in said.items() if not _is_same_person(each.author, author)}
    return said, {} if extended is None else _threads(comments, extended, said)


def write_known(comments: Element, known: Mapping[str, Said]) -> Element:
    """Comments that the other side wrote, written anew; any other is left behind.

    Args:
        comments: The comments of the file, without what is hidden.
        known: What the other side said, by id.
    """
    written = etree.Element(COMMENTS_ROOT)
    done: set[str] = set()
    for comment in comments.iterfind(COMMENT):
        key = comment.get(ID, "")
        if key in known and key not in done and known[key] == said_in(comment):
            written.append(write_comment(key, known[key]))
            done.add(key)
    return written


def settle_comments(comments: Element | None, stories: Mapping[str, Element]) -> None:
    """Once all else is clean: one set of marks for each comment, no comment without marks, no marks without comment.

    Args:
        comments: The comments that may stay; None where there are none.
        stories: All texts by the name of their part.
    """
    kept = frozenset() if comments is None else frozenset(each.get(ID, "") for each in comments)
    shown: set[str] = set()
    for name, root in stories.items():
        marks: dict[str, list[Element]] = {}
        for mark in root.iter(*MARKS):
            marks.setdefault(mark.get(ID, ""), []).append(mark)
        for key, own in marks.items():
            wanted = name in WITH_MARKS and key in kept - shown
            stay = _one_set(own) if wanted else []
            shown |= {key} if stay else set()
            for mark in own:
                if mark not in stay:
                    remove(mark)
    for comment in () if comments is None else list(comments):
        if comment.get(ID, "") not in shown:
            remove(comment)


def write_threads(comments: Element, threads: Mapping[str, Thread]) -> Element | None:
    """Number the comments for Word and say which answers which; None where none does and none is settled."""
    stamps = {comment.get(ID, ""): stamp(place) for place, comment in enumerate(comments, 1)}
    comments.attrib.pop(IGNORABLE, None)
    for paragraph in comments.iter(P):
        paragraph.attrib.pop(PARAGRAPH_ID, None)
    if not threads.keys() & stamps.keys():
        return None
    comments.set(IGNORABLE, "w14")
    root = etree.Element(full("w15:commentsEx"), nsmap={"w15": NAMESPACES["w15"]})
    for comment in comments:
        key = comment.get(ID, "")
        thread = threads.get(key, Thread())
        comment.findall(P)[-1].set(PARAGRAPH_ID, stamps[key])
        line = etree.SubElement(root, THREAD, {THREAD_ID: stamps[key]})
        if thread.answers in stamps:
            line.set(ANSWERS, stamps[thread.answers])
        line.set(SETTLED, "1" if thread.settled else "0")
    return root


def stamp(place: int) -> str:
    """What Word knows a comment by: the place that it has among the comments, from 1."""
    return f"{place:08X}"


def _threads(comments: list[Element], extended: Element, said: Collection[str]) -> dict[str, Thread]:
    ids = {each.findall(P)[-1].get(PARAGRAPH_ID, ""): str(each.get(ID)) for each in comments}
    found = {}
    for line in extended.iterfind(THREAD):
        key = ids.get(line.get(THREAD_ID, "-"), "")
        thread = Thread(ids.get(line.get(ANSWERS, "-"), ""), line.get(SETTLED, "0") in {"1", "true", "on"})
        if key in said and thread != Thread():
            found[key] = thread
    return found


def _is_same_person(name: str, author: str) -> bool:
    return "".join(name.split()).casefold() == "".join(author.split()).casefold()


def _one_set(marks: list[Element]) -> list[Element]:
    """Of the marks of one comment those that stay: all where they stand as they should, else the one behind."""
    if [mark.tag for mark in marks] in ORDERS:
        return marks
    return [mark for mark in marks if mark.tag == REFERENCE][:1]
