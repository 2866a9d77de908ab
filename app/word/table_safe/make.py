"""The gate: takes any Word file, leaves behind all that no page shows, and hands out only what the check has passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from app.errors import UnreadableFile
from app.text.docx_package import WordPackage
from app.word.package import MAX_MARKED, refuse_mended
from app.word.table_safe.caucus_copies import refuse_marked
from app.word.table_safe.check import check_contents
from app.word.table_safe.comment_words import dress
from app.word.table_safe.comments import COMMENTS, THREADS, settle_comments, write_known, write_threads
from app.word.table_safe.draft import Draft, Story, gather, gather_margins, refer
from app.word.table_safe.drawings import settle_drawings
from app.word.table_safe.fields import settle_fields
from app.word.table_safe.hidden import drop_hidden, drop_unseen_notes, show_styles
from app.word.table_safe.lists import settle_lists
from app.word.table_safe.manifest import (
    CONTENT_TYPES,
    CORE_RELATION,
    MAIN,
    OFFICE,
    relation_type,
    relations_name,
    write_archive,
    write_content_types,
    write_relations,
)
from app.word.table_safe.names import Element, settle_names, w
from app.word.table_safe.places import Places, number_moves
from app.word.table_safe.properties import APP, core_properties, shown_words
from app.word.table_safe.rebuild import rebuild
from app.word.table_safe.same_reading import compare, compare_comments, without_hidden
from app.word.table_safe.settings import settle_settings, settle_theme
from app.word.table_safe.styles import settle_styles, style_names, style_of_comments, theme_in_use
from app.word.table_safe.theirs import Theirs, what_they_know
from app.word.table_safe.traces import cover_traces
from app.word.table_safe.tracked import check_changes, drop_old_numbers, drop_second_thoughts
from app.word.table_safe.unused import drop_unused
from app.word.table_safe.values import Known
from app.word.table_safe.wrappers import drop_empty_runs, take_off


def make_table_safe(
    data: bytes,
    *,
    keep_tracked: bool = False,
    author: str = "Union",
    theirs: bytes | None = None,
    keep_comments: bool = True,
) -> bytes:
    """Make the copy of a Word file that may go to the other side.

    Args:
        data: A Word file: one of our exports, or the employer's own with our changes in it.
        keep_tracked: Whether tracked changes stay, as a redline needs. Without it a file that has any is refused.
        author: The side whose tracked changes may be seen.
        theirs: The file as the other side sent it. What it already holds (names of styles, authors of changes,
            pictures, comments) is no secret to them and stays.
        keep_comments: Whether their comments stay. They do so where the file is theirs with our changes in it; in any
            other, nobody can tell whether a comment stands at the words that it is about.

    Returns:
        The written package. Equal input gives equal bytes; making it safe again changes nothing.

    Raises:
        NotTableSafe: Something in the file can be neither left behind nor shown; names the part and the thing.
        UnreadableFile: The file is no Word file, is damaged, or unpacks beyond the bounds.
    """
    package = WordPackage(data, most_elements=MAX_MARKED)
    refuse_mended(package)
    comments = package.part("comments")
    refuse_marked(_headers(package), None if comments is None else settle_names(comments))
    known = what_they_know(theirs, author)
    if not keep_comments:
        known = replace(known, comments={}, threads={})
    try:
        draft = gather(package)
        before = without_hidden(data, draft)
        _clean(draft, known, author, keep_tracked=keep_tracked)
        written = _write(draft, known)
    except (RecursionError, MemoryError) as error:
        raise UnreadableFile("The Word file is too large or too deeply nested; split it.") from error
    compare(before, written)
    if theirs is not None and known.comments:
        compare_comments(written, theirs, author)
    check_contents(written, known, tracked=keep_tracked, author=author)
    return written


def _headers(package: WordPackage) -> Iterator[Element]:
    for relation in package.relationships.values():
        root = package.xml(relation.target) if relation.kind == "header" and not relation.external else None
        if root is not None:
            yield settle_names(root)


def _clean(draft: Draft, known: Theirs, author: str, *, keep_tracked: bool) -> None:
    take_off(draft.body.root, draft.body.name)
    gather_margins(draft)
    for story in draft.stories[1:]:
        take_off(story.root, story.name)
    comments = draft.story(COMMENTS)
    if comments is not None:
        drop_hidden(comments.root, draft.styles, COMMENTS)
        comments.root = write_known(comments.root, known.comments)
        if not len(comments.root):
            draft.stories.remove(comments)
    for tree in (draft.styles, draft.numbering):
        if tree is not None:
            take_off(tree, "the styles")
    places = Places([story.root for story in draft.stories])
    for story in draft.stories:
        drop_old_numbers(story.root)
        drop_second_thoughts(story.root, author, story.name)
        settle_fields(story.root, places.rename)
        drop_hidden(story.root, draft.styles, story.name)
        places.settle_links(story.root)
    settle_drawings(draft, known.pictures)
    _drop_unseen_notes(draft)
    _settle_comments(draft)
    done: set[str] = set()
    for story in draft.stories:
        places.settle_bookmarks(story.root, done)
        drop_empty_runs(story.root)
    number_moves([story.root for story in draft.stories])
    if draft.styles is not None:
        show_styles(draft.styles)
    roots = [story.root for story in draft.stories]
    drop_unused(draft, known.style_names)
    settle_styles(draft, known.style_names)
    if draft.numbering is not None:
        settle_lists(roots, draft.styles, draft.numbering, known.level_texts)
    notes = frozenset(story.name[5:-4] for story in draft.stories if story.name.endswith("notes.xml"))
    draft.settings = settle_settings(draft.settings, tracked=keep_tracked, notes=notes)
    if draft.theme is not None:
        if theme_in_use(draft):
            settle_theme(draft.theme)
        else:
            draft.theme = None
    trees = {story.name: story.root for story in draft.stories} | (
        {} if draft.styles is None else {"word/styles.xml": draft.styles}
    )
    check_changes(trees, known.authors, wanted=keep_tracked)


def _settle_comments(draft: Draft) -> None:
    """Their comments with their marks, and nobody else's."""
    comments = draft.story(COMMENTS)
    root = None if comments is None else comments.root
    settle_comments(root, {story.name: story.root for story in draft.stories})
    if comments is not None and not len(comments.root):
        draft.stories.remove(comments)


def _drop_unseen_notes(draft: Draft) -> None:
    """Notes that no mark refers to, and their part where none is left; what only they referred to goes with them."""
    for kind in ("footnote", "endnote"):
        notes = draft.story(f"word/{kind}s.xml")
        if notes is None:
            continue
        others = [story.root for story in draft.stories if story is not notes]
        drop_unseen_notes(others, notes.root, f"{kind}Reference")
        if not any(each.get(w("type"), "normal") == "normal" for each in notes.root):
            draft.stories.remove(notes)
    missing = {kind for kind in ("footnote", "endnote") if draft.story(f"word/{kind}s.xml") is None}
    for story in draft.stories:
        for kind in missing:
            for reference in list(story.root.iter(w(f"{kind}Reference"))):
                reference.getparent().remove(reference)


def _write(draft: Draft, known: Theirs) -> bytes:
    others = {
        "word/styles.xml": draft.styles,
        "word/numbering.xml": draft.numbering,
        "word/settings.xml": draft.settings,
        "word/theme/theme1.xml": draft.theme,
    }
    comments = draft.story(COMMENTS)
    if comments is not None:
        dress(comments.root, style_of_comments(draft.styles))
    others[THREADS] = None if comments is None else write_threads(comments.root, known.threads)
    names = _names_of(draft, known)
    for name, tree in others.items():
        if tree is not None:
            refer(draft.body, name)
    for story in draft.stories[1:]:
        refer(draft.body, story.name)
    trees = {
        story.name: rebuild(story.root, replace(names, relations=frozenset(story.relations)), story.name)
        for story in draft.stories
    }
    shown = list(trees.values())
    trees |= {name: rebuild(tree, names, name) for name, tree in others.items() if tree is not None}
    cover_traces(trees)
    parts = {name: _bytes(tree) for name, tree in trees.items()}
    parts |= {name: content for name, content in draft.pictures.items() if _is_referred_to(name, draft.stories)}
    package_properties = _core(draft.package)
    parts["docProps/core.xml"] = core_properties(package_properties, shown_words(shown))
    parts["docProps/app.xml"] = APP
    return write_archive(_with_manifest(parts, draft.stories))


def _names_of(draft: Draft, known: Theirs) -> Known:
    styles = [] if draft.styles is None else list(draft.styles.iterfind(w("style")))
    roots = [story.root for story in draft.stories]
    marks = (w("bookmarkStart"), w("moveFromRangeStart"), w("moveToRangeStart"))
    return Known(
        styles=frozenset(style.get(w("styleId")) for style in styles),
        style_names=style_names(draft.styles),
        places=frozenset(mark.get(w("name")) for root in roots for mark in root.iter(*marks)),
        authors=known.authors,
        commentators=known.commentators,
    )


def _is_referred_to(name: str, stories: list[Story]) -> bool:
    return any(name in story.relations.values() for story in stories)


def _with_manifest(parts: dict[str, bytes], stories: list[Story]) -> dict[str, bytes]:
    """The parts with what a package needs around them, in the order in which Word writes them."""
    links = {
        story.name: {
            key: (relation_type(target) or "", target.removeprefix("word/")) for key, target in story.relations.items()
        }
        for story in stories
    }
    package = {
        "rId1": (f"{OFFICE}/officeDocument", MAIN),
        "rId2": (CORE_RELATION, "docProps/core.xml"),
        "rId3": (f"{OFFICE}/extended-properties", "docProps/app.xml"),
    }
    written = {
        CONTENT_TYPES: write_content_types(list(parts)),
        relations_name(""): write_relations(package),
        MAIN: parts[MAIN],
    }
    for name, relations in links.items():
        if relations:
            written[relations_name(name)] = write_relations(relations)
    return written | parts


def _bytes(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _core(package: WordPackage) -> Element | None:
    for relation in package.relationships_of("").values():
        if relation.kind == "core-properties" and not relation.external:
            return package.xml(relation.target)
    return None
