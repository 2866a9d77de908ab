"""Where the provisions of a document stand, so that its own cross-references can be followed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.analysis.across.references import Reference, normal
from app.analysis.wording import short
from app.text.document import Provision

_LABEL = re.compile(
    r"(?P<noun>article|section|part|sec\.|§)\s*(?P<named>\d{1,3}[A-Z]{0,2}(?:\.\d{1,3}[A-Z]?)*|[IVXLC]{1,7}|[A-Z])\b"
    r"|^\(?(?P<bare>\d{1,3}[A-Z]{0,2}(?:\.\d{1,3}[A-Z]?)*)(?![\w])",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"(?:appendix|annex|schedule|attachment|exhibit|addendum|(?:side ?)?letter|memorandum|unsigned|policy)\b",
    re.IGNORECASE,
)
_TYPED = re.compile(r"(\d{1,3}[A-Z]?\.\d{1,3}[A-Z]?)(?:\.|\s)")
_FAR = 15  # a number so much higher than the last of a text belongs to another text, as in "Section 301"


@dataclass(frozen=True, slots=True)
class Place:
    """The address of one provision; each part in one spelling, "" or () where there is none."""

    article: str  # "27", "9a"
    section: str  # "3", "41.7"
    items: tuple[str, ...]  # ("a", "ii")
    annex: str  # the heading of the letter, appendix or policy that it stands in


class Places:
    """All addresses of one document, and the way from a reference to provisions."""

    def __init__(self, provisions: Sequence[Provision]) -> None:
        self.provisions = provisions
        self.all = [_place(provision) for provision in provisions]
        self._numbers = {provision.start: number for number, provision in enumerate(provisions)}
        self._sections: dict[str, list[int]] = defaultdict(list)
        self._articles: dict[str, list[int]] = defaultdict(list)
        for number, place in enumerate(self.all):
            self._articles[place.article].append(number)
            parts = place.section.split(".")
            for depth in range(1, len(parts) + 1):
                self._sections[".".join(parts[:depth])].append(number)
            if place.article and parts[0] == place.article:
                for depth in range(2, len(parts) + 1):  # "Section 4" in Article 41 may be written 41.4
                    self._sections[".".join(parts[1:depth])].append(number)

    def resolve(self, reference: Reference, at: int) -> frozenset[int]:
        """The provisions that a reference in provision `at` means; empty where the document has none such."""
        here = self.all[at]
        match reference.kind:
            case "this":
                return self._this(reference.ordinal, at)
            case "any":
                return self._main(at)
            case "foregoing":
                return self._foregoing(at)
            case "article":
                found: Iterable[int] = self._articles.get(reference.ordinal) or (
                    self._section(reference, here) if "." in reference.ordinal else ()
                )
            case "annex":
                pattern = re.compile(rf"^\W*{re.escape(reference.text)}\b", re.IGNORECASE)
                found = (k for k, place in enumerate(self.all) if place.annex and pattern.match(place.annex))
            case "item" if not reference.ordinal:
                return self._items(reference.items, at)
            case _:
                found = self._section(reference, here)
        items = reference.items
        return frozenset(k for k in found if self.all[k].items[: len(items)] == items)

    def lacks(self, reference: Reference, at: int) -> bool:
        """Whether a reference surely leads nowhere: the document numbers its sections and has none of that number."""
        if reference.kind not in {"section", "item"} or not reference.ordinal or self.resolve(reference, at):
            return False
        if reference.items and self._section(reference, self.all[at]):
            return False
        article = reference.article or self.all[at].article
        scope = [place.section for place in self.all if place.section and (not article or place.article == article)]
        root = reference.ordinal.split(".")[0]
        style = {len(section.split(".")) for section in scope}
        roots = {section.split(".")[0] for section in scope}
        if not root.isdigit() or (reference.kind == "item" and root not in roots):
            return False
        if "." in reference.ordinal:
            return root in roots and len(style - {1}) > 0
        numbers = [int(each) for each in roots if each.isdigit()]
        return len(numbers) > 1 and style == {1} and int(root) <= max(numbers) + _FAR

    def number(self, provision: Provision) -> int:
        """Which of the document's provisions this is."""
        return self._numbers[provision.start]

    def label(self, number: int) -> str:
        """How to name a provision in a sentence; the article is left out where there is only one."""
        place = self.all[number]
        if place.section and not place.annex and len(self._articles) - ("" in self._articles) < 2:
            return f"Section {place.section}" + "".join(f"({item})" for item in place.items)
        return label(self.provisions[number])

    def same_section(self, one: int, other: int) -> bool:
        first, second = self.all[one], self.all[other]
        return (first.article, first.section, first.annex) == (second.article, second.section, second.annex)

    def _this(self, noun: str, at: int) -> frozenset[int]:
        here = self.all[at]
        if noun == "agreement":
            return frozenset(range(len(self.all)))
        if noun == "part":
            path = self.provisions[at].heading_path
            depth = next((k for k, heading in enumerate(path, start=1) if heading.lower().startswith("part ")), 0)
            if depth:
                return frozenset(k for k, p in enumerate(self.provisions) if p.heading_path[:depth] == path[:depth])
        if here.annex and noun not in {"section", "clause", "subsection", "paragraph", "provision"}:
            return frozenset(k for k, place in enumerate(self.all) if place.annex == here.annex)
        if noun in {"section", "clause", "subsection", "paragraph", "provision"} and here.section:
            return frozenset(k for k in range(len(self.all)) if self.same_section(k, at))
        if noun in {"section", "clause", "subsection", "paragraph", "provision"}:
            path = self.provisions[at].heading_path
            return frozenset(k for k, p in enumerate(self.provisions) if path and p.heading_path == path) or frozenset(
                {at}
            )
        return self._main(at)

    def _main(self, at: int) -> frozenset[int]:
        """The article around, or all outside letters and appendices where there are no articles."""
        here = self.all[at]
        members = self._articles[here.article] if here.article else range(len(self.all))
        return frozenset(k for k in members if self.all[k].annex == here.annex)

    def _foregoing(self, at: int) -> frozenset[int]:
        earlier = frozenset(k for k in self._main(at) if k < at)
        same = frozenset(k for k in earlier if self.all[at].section and self.same_section(k, at))
        return same or earlier

    def _section(self, reference: Reference, here: Place) -> list[int]:
        found = self._sections.get(reference.ordinal, [])
        if reference.article:
            return [k for k in found if self.all[k].article == reference.article]
        near = [k for k in found if (self.all[k].article, self.all[k].annex) == (here.article, here.annex)]
        if near:
            return near
        return found if len({(self.all[k].article, self.all[k].annex) for k in found}) == 1 else []

    def _items(self, items: tuple[str, ...], at: int) -> frozenset[int]:
        siblings = [k for k in range(len(self.all)) if self.same_section(k, at)]
        for parent in (self.all[at].items[:-1], self.all[at].items, ()):
            wanted = parent + items
            found = frozenset(k for k in siblings if self.all[k].items[: len(wanted)] == wanted)
            if found:
                return found
        return frozenset()


def label(provision: Provision) -> str:
    """How to name a provision: "Section 3(a)", "Article 41 Section 2", else its heading or first words."""
    if provision.number:
        return f"Section {provision.number}" if provision.number[0].isdigit() else provision.number
    typed = _TYPED.match(provision.text)
    if typed:
        return f"Section {typed[1]}"
    heading = provision.heading_path[-1] if provision.heading_path else ""
    if heading and not heading[0].isdigit():
        return f"“{short(heading, 60)}”"
    return f"Section {heading}" if heading else f"“{short(provision.text, 40)}”"


def _place(provision: Provision) -> Place:
    article = section = annex = ""
    for heading in provision.heading_path:
        if _ANNEX.match(heading):
            article, section, annex = "", "", heading.lower()
            continue
        article, section = _read(heading, article, section, heading=True)
    number = provision.number
    if _ANNEX.match(number):
        annex = annex or number.partition("(")[0].lower()
    elif number:
        article, section = _read(number, article, section, heading=False)
    else:
        typed = _TYPED.match(provision.text)
        section = normal(typed[1]) if typed else section
    items = tuple(item.lower() for item in re.findall(r"\((\w+)\)", number))
    if not section and items and items[0].isdigit():
        section, items = items[0], items[1:]  # "Article 31(3)" is what people call Section 3 of Article 31
    return Place(article, section, items, annex)


def _read(words: str, article: str, section: str, *, heading: bool) -> tuple[str, str]:
    for found in _LABEL.finditer(words):
        noun = (found["noun"] or "").lower()
        if heading and found.start() > 0 and not noun:
            continue
        if noun == "article" and (not heading or found.start() == 0):
            article, section = normal(found["named"]), ""
        elif noun in {"section", "sec.", "§"} and (not heading or found.start() == 0):
            section = normal(found["named"])
        elif found["bare"]:
            section = normal(found["bare"])
        if heading:
            break
    return article, section
