"""The parts of a received package that the page shows, gathered for cleaning; everything else stays behind.

Parts are reached from the main part, never by their names in the archive: what nothing refers to is not even read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.text.docx_names import short
from app.text.docx_package import Relationship, WordPackage
from app.word.table_safe.manifest import MAIN
from app.word.table_safe.names import RELATION_ID, TYPE, Element, elements, is_on, remove, settle_names, w
from app.word.table_safe.refusal import refusal

MAX_STORIES: Final = 2_000
_BESIDE: Final = ("footnotes", "endnotes", "comments")
_MARGINS: Final = ("headerReference", "footerReference")


@dataclass(slots=True)
class Story:
    """One part with text of its own: the body, a header or footer, the footnotes, the endnotes, the comments."""

    name: str  # in the written package
    root: Element
    sources: dict[str, Relationship]  # what it referred to, by id
    relations: dict[str, str] = field(default_factory=dict)  # what it refers to in the written package: id to part


@dataclass(slots=True)
class Draft:
    """Everything that will be written, as trees that the steps of the gate change."""

    package: WordPackage
    stories: list[Story]
    styles: Element | None
    numbering: Element | None
    settings: Element | None
    theme: Element | None
    pictures: dict[str, bytes] = field(default_factory=dict)  # by the name of the part

    @property
    def body(self) -> Story:
        """The main part."""
        return self.stories[0]

    def story(self, name: str) -> Story | None:
        """The story that is written under this name."""
        return next((story for story in self.stories if story.name == name), None)


def gather(package: WordPackage) -> Draft:
    """Take the main part, its notes, comments, lists and styles; headers come later, with `gather_margins`."""
    main = settle_names(package.root)
    stories = [Story(MAIN, main, package.relationships)]
    for kind in _BESIDE:
        relation = _relation(package, kind)
        root = None if relation is None else _tree(package, relation.target, w(kind))
        if relation is not None and root is not None:
            stories.append(Story(f"word/{kind}.xml", root, package.relationships_of(relation.target)))
    found = {kind: _relation(package, kind) for kind in ("styles", "numbering", "settings", "theme")}
    trees = {
        kind: None if relation is None else _tree(package, relation.target, None) for kind, relation in found.items()
    }
    return Draft(package, stories, trees["styles"], trees["numbering"], trees["settings"], trees["theme"])


def gather_margins(draft: Draft) -> None:
    """Take the headers and footers that some page shows, and let the sections refer to those alone.

    A header for first pages stands in a file whether or not any section has a first page of its own, and a header for
    even pages whether or not they differ: nobody would see what is written there.
    """
    even = draft.settings is not None and is_on(draft.settings.find(w("evenAndOddHeaders")))
    sections = list(draft.body.root.iter(w("sectPr")))
    sections = [each for each in sections if each.getparent().tag != w("sectPrChange")]
    taken: dict[str, str] = {}
    first = {tag: first_pages(sections, tag) for tag in (w(name) for name in _MARGINS)}
    for index, section in enumerate(sections):
        for reference in list(elements(section, *(f"w:{name}" for name in _MARGINS))):
            kind = reference.get(TYPE, "default")
            if {"default": True, "even": even}.get(kind, first[reference.tag][index]):
                _take_margin(draft, reference, taken)
            else:
                remove(reference)


def first_pages(sections: list[Element], tag: str) -> list[bool]:
    """For each section, whether a first page of it, or of a later one that inherits from it, shows its own header."""
    shown: list[bool] = []
    follows = False  # whether the next section inherits such a header and shows it
    for section in reversed(sections):
        shown.append(has_first_page(section) or follows)
        follows = shown[-1] and not any(each.get(TYPE) == "first" for each in section.iterfind(tag))
    return shown[::-1]


def has_first_page(section: Element) -> bool:
    """Whether a section has a first page of its own, or had one as its tracked change says."""
    return any(is_on(each) for each in section.iter(w("titlePg")))


def _take_margin(draft: Draft, reference: Element, taken: dict[str, str]) -> None:
    relation = draft.body.sources.get(reference.get(RELATION_ID, ""))
    kind = "header" if reference.tag == w("headerReference") else "footer"
    root = None
    if relation is not None and not relation.external:
        if relation.target not in taken:
            root = _tree(draft.package, relation.target, w("hdr" if kind == "header" else "ftr"))
        elif not taken[relation.target].startswith(f"word/{kind}"):
            relation = None
    if relation is None or (root is None and relation.target not in taken):
        remove(reference)
        return
    if root is not None:
        number = 1 + sum(name.startswith(f"word/{kind}") for name in taken.values())
        taken[relation.target] = name = f"word/{kind}{number}.xml"
        draft.stories.append(Story(name, root, draft.package.relationships_of(relation.target)))
        if len(draft.stories) > MAX_STORIES:
            raise refusal("the document", f"has more than {MAX_STORIES:,} headers and footers; nothing needs so many.")
    name = taken[relation.target]
    reference.set(RELATION_ID, refer(draft.body, name))


def refer(story: Story, part: str) -> str:
    """Let a story refer to a part of the written package; answers the id."""
    for key, name in story.relations.items():
        if name == part:
            return key
    key = f"rId{len(story.relations) + 1}"
    story.relations[key] = part
    return key


def _relation(package: WordPackage, kind: str) -> Relationship | None:
    return next(
        (each for each in package.relationships.values() if each.kind == kind and not each.external),
        None,
    )


def _tree(package: WordPackage, name: str, tag: str | None) -> Element | None:
    root = package.xml(name)
    if root is None or short(root) == "":
        return None
    settled = settle_names(root)
    return settled if tag is None or settled.tag == tag else None
