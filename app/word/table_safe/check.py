"""The check: reads the written package again, part by part, against the allow-list. It fails closed.

It shares the allow-list with the cleaning and nothing else: what the cleaning forgets, this finds. A new kind of
part, element, attribute or value has to be admitted in `allowed.txt` or here before it can leave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.word.table_safe.archive_check import parse, read_archive
from app.word.table_safe.caucus_copies import refuse_marked
from app.word.table_safe.comment_check import check_comments
from app.word.table_safe.comments import COMMENTS, THREADS
from app.word.table_safe.manifest import CONTENT_TYPES, MAIN
from app.word.table_safe.manifest_check import check_content_types, check_names, check_relations
from app.word.table_safe.names import Element, w
from app.word.table_safe.picture_check import check_pictures
from app.word.table_safe.property_check import check_properties
from app.word.table_safe.refusal import quoted, refusal
from app.word.table_safe.story_check import check_lists, check_margins, check_story, check_traces
from app.word.table_safe.style_names import id_for, may_stay
from app.word.table_safe.styles import style_names, style_of_comments
from app.word.table_safe.theirs import Theirs, what_they_know
from app.word.table_safe.tracked import check_changes, second_thoughts
from app.word.table_safe.tree_check import check_tree
from app.word.table_safe.values import Known

_STORY = re.compile(r"word/(?:document|footnotes|endnotes|comments|header\d{1,4}|footer\d{1,4})\.xml")
_SHEET = re.compile(r"word/(?:styles|numbering|settings|commentsExtended|theme/theme1)\.xml")
_MARGIN = re.compile(r"word/(?:header|footer)\d{1,4}\.xml")
_PLACE = re.compile(r"_Ref\d{1,6}|move\d{1,6}")


def assert_table_safe(
    data: bytes,
    *,
    paragraphs: Sequence[str] | None = None,
    margins: Sequence[str] = (),
    tracked: bool = False,
    author: str = "Union",
    theirs: bytes | None = None,
) -> None:
    """Refuse a Word file that holds anything beyond what was meant to be in it.

    Args:
        data: The finished DOCX.
        paragraphs: The exact text of the body, paragraph by paragraph, without automatic numbers. When given, one
            paragraph more, fewer or other is refused.
        margins: With `paragraphs`: the lines that header and footer may show.
        tracked: Whether tracked changes may stand in it.
        author: The side whose tracked changes they may be.
        theirs: The file that the other side sent; what it holds is no secret to them.

    Raises:
        NotTableSafe: Names the part and what is wrong in it. The file must not be handed out.
        UnreadableFile: It is no package, or is beyond the bounds.
    """
    trees = check_contents(data, what_they_know(theirs, author), tracked=tracked, author=author)
    if paragraphs is not None:
        _check_texts(_stories_of(trees), list(paragraphs), set(margins))


def check_contents(data: bytes, known: Theirs, *, tracked: bool, author: str) -> dict[str, Element]:
    """The same check for whoever has read the other side's file already; answers the parts as trees."""
    parts = read_archive(data)
    trees = {name: parse(name, content) for name, content in parts.items() if name.endswith((".xml", ".rels"))}
    refuse_marked((tree for tree in trees.values() if tree.tag == w("hdr")), trees.get(COMMENTS))
    check_names(parts)
    check_content_types(trees[CONTENT_TYPES], parts)
    relations = check_relations(trees, parts)
    stories = _stories_of(trees)
    sheets = {name: tree for name, tree in trees.items() if _SHEET.fullmatch(name)}
    names = _names_in(stories, sheets.get("word/styles.xml"), known)
    for name, tree in {**stories, **sheets}.items():
        check_tree(name, tree, replace(names, relations=frozenset(relations.get(name, {}))))
    check_changes({**stories, **sheets}, known.authors, wanted=tracked)
    for name, tree in stories.items():
        if second_thoughts(tree, author):
            raise refusal(name, "has something that we inserted and took out again.")
        check_story(name, tree, stories)
    check_comments(stories, sheets.get(THREADS), known, style_of_comments(sheets.get("word/styles.xml")))
    check_margins(stories[MAIN], sheets.get("word/settings.xml"))
    if "word/numbering.xml" in sheets:
        check_lists(stories, sheets.get("word/styles.xml"), sheets["word/numbering.xml"], known.level_texts)
    check_traces({**stories, **sheets})
    _check_settings(sheets.get("word/settings.xml"), tracked=tracked)
    check_pictures(stories, relations, parts, known.pictures)
    check_properties(trees, list(stories.values()))
    return trees


def _stories_of(trees: dict[str, Element]) -> dict[str, Element]:
    return {name: tree for name, tree in trees.items() if _STORY.fullmatch(name)}


def _names_in(stories: dict[str, Element], styles: Element | None, known: Theirs) -> Known:
    """The names that the file itself defines, if they are of the kind that says nothing."""
    ids = set()
    for style in () if styles is None else styles.iterfind(w("style")):
        name = style.find(w("name"))
        text = "" if name is None else name.get(w("val"), "")
        style_id = style.get(w("styleId"), "")
        if not may_stay(text, known.style_names):
            raise refusal("word/styles.xml", f"has a style with a name of its own, {quoted(text)}.")
        if re.fullmatch(re.escape(id_for(text)) + r"\d{0,3}", style_id) is None:
            raise refusal("word/styles.xml", f"has a style with an id of its own, {quoted(style_id)}.")
        ids.add(style_id)
    places = set()
    marks = (w("bookmarkStart"), w("moveFromRangeStart"), w("moveToRangeStart"))
    for part, root in stories.items():
        for mark in root.iter(*marks):
            name = mark.get(w("name"), "")
            if not _PLACE.fullmatch(name):
                raise refusal(part, f"has a bookmark with a name of its own, {quoted(name)}.")
            places.add(name)
    return Known(frozenset(ids), style_names(styles), frozenset(places), known.authors, known.commentators)


def _check_settings(settings: Element | None, *, tracked: bool) -> None:
    """Without changes to show, the file asks Word to keep names out when the other side saves it, too."""
    if tracked:
        return
    for name in ("removePersonalInformation", "removeDateAndTime"):
        if settings is None or settings.find(w(name)) is None:
            raise refusal("word/settings.xml", f"lacks the setting {name}.")


def _check_texts(stories: dict[str, Element], paragraphs: list[str], margins: set[str]) -> None:
    body = _paragraph_texts(stories[MAIN])
    if body != paragraphs:
        expected = set(paragraphs)
        odd = next((text for text in body if text not in expected), "")
        raise refusal(MAIN, f"does not hold exactly the articles (first other words: {quoted(odd)}).")
    for name, root in stories.items():
        if _MARGIN.fullmatch(name):
            for text in _paragraph_texts(root):
                if text and text not in margins:
                    raise refusal(name, f"shows {quoted(text)}, which was not meant to be there.")


def _paragraph_texts(root: Element) -> list[str]:
    texts = []
    marks = {w("tab"): "\t", w("br"): "\n"}
    for paragraph in root.iter(w("p")):
        pieces = []
        for element in paragraph.iter(w("t"), *marks):
            if element.tag == w("t"):
                pieces.append(element.text or "")
            elif element.getparent().tag == w("r"):
                pieces.append(marks[element.tag])
        texts.append("".join(pieces))
    return texts
