"""What the other side knows already, because its own file has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.text.docx_package import WordPackage
from app.word.table_safe.caucus_copies import refuse_marked
from app.word.table_safe.comment_words import Said
from app.word.table_safe.comments import COMMENTS, Thread, comments_of
from app.word.table_safe.draft import gather
from app.word.table_safe.drawings import picture_digests
from app.word.table_safe.lists import level_texts
from app.word.table_safe.names import settle_names, w
from app.word.table_safe.styles import style_names
from app.word.table_safe.tracked import authors_of


@dataclass(frozen=True, slots=True)
class Theirs:
    """Names, pictures and comments that may stay in a file for the other side."""

    authors: frozenset[str] = frozenset()
    style_names: frozenset[str] = frozenset()
    level_texts: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    comments: Mapping[str, Said] = field(default_factory=dict)  # by id
    threads: Mapping[str, Thread] = field(default_factory=dict)

    @property
    def commentators(self) -> frozenset[str]:
        """Names and initials of those who wrote the comments."""
        return frozenset(word for each in self.comments.values() for word in (each.author, each.initials))


def what_they_know(data: bytes | None, author: str) -> Theirs:
    """Read the file that they sent.

    Args:
        data: Their file; None where they sent none.
        author: Our own side, whose changes they may see in any case.

    Raises:
        NotTableSafe: It is no file of theirs but a copy for the caucus.
    """
    if data is None:
        return Theirs(authors=frozenset({author}))
    package = WordPackage(data)
    draft = gather(package)
    roots = [story.root for story in draft.stories]
    for relation in package.relationships.values():
        if relation.kind in {"header", "footer"} and not relation.external:
            root = package.xml(relation.target)
            roots += [] if root is None else [settle_names(root)]
    said = draft.story(COMMENTS)
    refuse_marked((root for root in roots if root.tag == w("hdr")), None if said is None else said.root)
    comments, threads = comments_of(package, author)
    return Theirs(
        comments=comments,
        threads=threads,
        authors=frozenset({author}) | authors_of(roots),
        style_names=style_names(draft.styles),
        level_texts=level_texts(draft.numbering),
        pictures=picture_digests(package),
    )
