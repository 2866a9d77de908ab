"""Comments of the written package: each one stands in the other side's own file, and says the same there."""

from __future__ import annotations

from collections import Counter

from app.word.table_safe.comment_words import COMMENT, said_in
from app.word.table_safe.comments import (
    ANSWERS,
    COMMENTS,
    MARKS,
    ORDERS,
    PARAGRAPH_ID,
    SETTLED,
    THREAD_ID,
    WITH_MARKS,
    stamp,
)
from app.word.table_safe.names import ID, VAL, Element, P, w
from app.word.table_safe.refusal import quoted, refusal
from app.word.table_safe.theirs import Theirs


def check_comments(stories: dict[str, Element], threads: Element | None, known: Theirs, style: str) -> None:
    """Refuse comments, or marks of comments, that are not the other side's own.

    Args:
        stories: The text parts.
        threads: The part that says which comment answers which, if there is one.
        known: What the other side's file holds.
        style: The id of the style that comments have; "" where there is none.

    Raises:
        NotTableSafe: Names the part and the comment.
    """
    root = stories.get(COMMENTS)
    ids = [] if root is None else [comment.get(ID, "") for comment in root.iter(COMMENT)]
    for comment in () if root is None else root.iter(COMMENT):
        if comment.get(ID) not in known.comments or said_in(comment) != known.comments[comment.get(ID)]:
            words = " ".join("".join(comment.itertext()).split())
            raise refusal(COMMENTS, f"has a comment that does not stand in their own file: {quoted(words)}.")
    named = () if root is None else (each.get(VAL) for each in root.iter(w("pStyle")))
    if any(each != style for each in named):
        raise refusal(COMMENTS, "has a comment in a style that is not for comments.")
    if root is not None and not ids:
        raise refusal(COMMENTS, "has no comments in it.")
    _check_marks(stories, Counter(ids))
    _check_stamps(root, threads, known)


def _check_marks(stories: dict[str, Element], comments: Counter[str]) -> None:
    """One mark behind the words, or one on either side of them and one behind, for each comment in one text."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, root in stories.items():
        for mark in root.iter(*MARKS):
            if name not in WITH_MARKS or mark.get(ID) not in comments:
                raise refusal(name, "has the mark of a comment that is not in the file.")
            found.setdefault(mark.get(ID, ""), []).append((name, mark.tag))
    for key, uses in comments.items():
        marks = found.get(key, [])
        if uses > 1 or len({name for name, _ in marks}) != 1 or [tag for _, tag in marks] not in ORDERS:
            raise refusal(COMMENTS, f"has a comment whose marks in the text are not as they should be ({quoted(key)}).")


def _check_stamps(root: Element | None, threads: Element | None, known: Theirs) -> None:
    comments = [] if root is None else list(root.iter(COMMENT))
    stamped = {paragraph.get(PARAGRAPH_ID) for each in comments for paragraph in each.iter(P)} - {None}
    if threads is None:
        if stamped:
            raise refusal(COMMENTS, "has stamps that nothing needs.")
        return
    stamps = {comment.get(ID, ""): stamp(place) for place, comment in enumerate(comments, 1)}
    for key, comment in zip(stamps, comments, strict=True):
        *others, last = [each.get(PARAGRAPH_ID) for each in comment.iter(P)]
        if last != stamps[key] or any(others):
            raise refusal(COMMENTS, "has a comment with a stamp of its own.")
    said = [(line.get(THREAD_ID), line.get(ANSWERS), line.get(SETTLED)) for line in threads]
    expected = []
    for key, own in stamps.items():
        thread = known.threads.get(key)
        answered = None if thread is None else stamps.get(thread.answers)
        expected.append((own, answered, "1" if thread is not None and thread.settled else "0"))
    if said != expected:
        raise refusal("word/commentsExtended.xml", "orders the comments in another way than their own file does.")
