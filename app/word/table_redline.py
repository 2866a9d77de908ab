"""The redline of two Word files as the other side may have it: inside the older one, by a side, through the gate.

Three things are refused at the door, since the finished redline no longer shows them: a file that is marked for the
caucus, of which a redline takes the words and not the mark; an author who has changes in the older file already, since
nobody could tell the two apart; and earlier tracked changes in a file of ours, which hold what we struck.

What is hidden in either file is taken out beforehand: words that a style hides would be struck in a paragraph of
another style, and be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.errors import InvalidInput
from app.word.names import AUTHOR
from app.word.package import Package
from app.word.redline.engine import redline_files
from app.word.redline.ids import changes_in, story_names
from app.word.table_safe import make_table_safe, refuse_caucus_copy, things_to_look_at
from app.word.table_safe.hidden import drop_hidden
from app.word.table_safe.names import settle_names
from app.word.table_safe.refusal import quoted, refusal


def redline_for_table(
    old: bytes,
    new: bytes,
    *,
    author: str,
    date: datetime | None,
    old_is_theirs: bool = False,
    new_is_theirs: bool = False,
    tell: Callable[[str], object] | None = None,
) -> bytes:
    """Write the changes from one Word file to another for the other side.

    Args:
        old: What rejecting our changes gives. Its look, numbering and tables stay; where it is theirs, so do its
            tracked changes, with their authors.
        new: What accepting all changes gives.
        author: The side that the changes are attributed to.
        date: When they were made; without it they carry no date.
        old_is_theirs: Whether the other side sent the older file; what it holds is no secret to them.
        new_is_theirs: The same of the newer file. Where both are theirs, names of styles that only the newer one has
            are replaced as in a file of ours. Comments stay only in an older file of theirs.
        tell: Is told, sentence by sentence, what a person should look at before the file goes out; or that the two are
            the same.

    Raises:
        InvalidInput: The author has changes in the older file already.
        NotTableSafe: One of the two is a caucus copy, or holds what is not for the other side.
        UnreadableFile: One of the two is no Word file, is damaged, or is beyond the bounds.
    """
    for each in (old, new):
        refuse_caucus_copy(each)
    if old_is_theirs:
        refuse_taken_author(old, author)
    else:
        _refuse_earlier_changes(old)
    data = redline_files(_as_shown(old), _as_shown(new), author=author, date=date, tell=tell)
    theirs = old if old_is_theirs else new if new_is_theirs else None
    if tell is not None:
        for remark in things_to_look_at(data, theirs=old if old_is_theirs else None, author=author):
            tell(remark)
    return make_table_safe(data, keep_tracked=True, author=author, theirs=theirs, keep_comments=old_is_theirs)


def _as_shown(file: bytes) -> bytes:
    """A Word file without the words that its pages hide."""
    package = Package(file)
    name = package.part_of_kind("styles")
    styles = package.tree(name) if name else None
    for story in story_names(package):
        root = package.tree(story)
        if root is not None:
            drop_hidden(settle_names(root), styles, story)
    return package.save()


def refuse_taken_author(file: bytes, author: str) -> None:
    """Raise InvalidInput where this author has tracked changes in a Word file already."""
    if author in tracked_authors(file):
        raise InvalidInput(
            f"{author} already has changes in the older file; choose another name for the author of these.",
            field="author",
        )


def tracked_authors(file: bytes) -> frozenset[str]:
    """Who has tracked changes in a Word file, those of formatting among them."""
    package = Package(file)
    roots = [root for name in story_names(package) if (root := package.tree(name)) is not None]
    return frozenset(change.get(AUTHOR, "") for root in roots for change in changes_in(root))


def _refuse_earlier_changes(file: bytes) -> None:
    authors = sorted(tracked_authors(file))
    if authors:
        names = ", ".join(quoted(each) for each in authors)
        raise refusal(
            "the older file",
            f"has tracked changes by {names}. Accept or reject them first; only where the file is the other side's own "
            "do they stay.",
        )
