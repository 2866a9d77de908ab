"""Content controls that are bound to a value elsewhere in the file: Word shows that value, whatever stands in them.

The value lies in a custom XML part or in the document's properties (ECMA-376 part 1, 17.5.2.6). Paths are followed
step by step, by names and positions alone; a path that asks for more is left alone, and so is a control of rich text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from app.errors import UnreadableFile
from app.text.docx_names import Element, attribute, child, children, is_on, short
from app.text.docx_package import Relationship, WordPackage

MAX_BOUND: Final = 2_000_000  # characters that all bound controls of a file show together
_LONGEST_PATH: Final = 4_000
_MOST_IN_TURN: Final = 100  # parts to look through for a control that names none
_PROPERTIES: Final = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "core-properties",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "extended-properties",
}
_STEP: Final = re.compile(r"/(?:(?P<prefix>[\w.-]+):)?(?P<name>[\w.-]+)(?:\[(?P<nth>\d{1,6})\])?")
_LEAF: Final = re.compile(r"/(?:text\(\)|@(?:(?P<prefix>[\w.-]+):)?(?P<name>[\w.-]+))$")
_PREFIX: Final = re.compile(r"""xmlns:([\w.-]+)\s*=\s*(["'])(.*?)\2""")
_LISTS: Final = frozenset({"w:dropDownList", "w:comboBox"})
_PLAIN: Final = frozenset({"w:text", "w:date", "w14:checkbox"}) | _LISTS
_ON: Final = frozenset({"1", "true"})


class Bindings:
    """The controls of a file that are bound to values."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._stores: _Stores | None = None
        self._length = 0  # of all values shown so far

    def show(self, root: Element) -> dict[Element, str]:
        """Put into each bound control of one part what Word shows there.

        Returns:
            What was put there and what it took the place of, in words, by control; those that say the same are left
            out.
        """
        changed: dict[Element, str] = {}
        within: set[Element] = set()  # bindings within a control that has been dealt with: it shows no others
        for binding in list(root.iter("{*}dataBinding")):
            properties = binding.getparent()
            if binding in within or short(binding) != "w:dataBinding" or short(properties) != "w:sdtPr":
                continue
            control = properties.getparent()
            content = child(control, "w:sdtContent")
            shown = None if content is None else self._value(binding, properties)
            if content is not None and shown is not None:
                within.update(content.iter("{*}dataBinding"))
                if said := _fill(properties, content, shown):
                    changed[control] = said
        return changed

    def _value(self, binding: Element, properties: Element) -> str | None:
        self._stores = self._stores or _Stores(self._package)
        bound = self._stores.value(binding)
        shown = None if bound is None else _shown(properties, bound)
        self._length += len(shown or "")
        if self._length > MAX_BOUND:
            raise UnreadableFile(
                f"The form controls of the file show more than {MAX_BOUND / 1e6:.0f} million characters from elsewhere "
                "in it, which is more than is read at once; split the document and upload the parts."
            )
        return shown


def _fill(properties: Element, content: Element, shown: str) -> str:
    """Put the value in; answers what it took the place of, "" where it says the same."""
    texts = [each for each in content.iter() if short(each) == "w:t"]
    prompt = child(properties, "w:showingPlcHdr")
    stored = "" if is_on(prompt) else "".join(each.text or "" for each in texts)
    if " ".join(shown.split()) == " ".join(stored.split()):
        return ""
    if prompt is not None:
        properties.remove(prompt)
    _put(shown, texts, content)
    return f"“{_excerpt(shown)}” instead of “{_excerpt(stored)}”"


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"


def _put(shown: str, texts: list[Element], content: Element) -> None:
    for each in texts[1:]:
        each.text = ""
    if texts:
        first = texts[0]
    else:
        space = etree.QName(content).namespace
        paragraph = next((each for each in content.iter() if short(each) == "w:p"), content)
        first = etree.SubElement(etree.SubElement(paragraph, f"{{{space}}}r"), f"{{{space}}}t")
    first.text = shown
    first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _shown(properties: Element, bound: str) -> str | None:
    """What a control of this kind shows for a value; None where its kind shows no plain text."""
    name, kind = next(((name, each) for name, each in children(properties) if name in _PLAIN), ("", None))
    if kind is None:
        return None
    if name in _LISTS:
        for _, item in children(kind):
            if attribute(item, "w:value", attribute(item, "w:displayText")) == bound:
                return attribute(item, "w:displayText", bound)
    elif name == "w14:checkbox":
        return _box(kind, ticked=bound.strip().lower() in _ON)
    elif name == "w:date" and bound[:10] == attribute(kind, "w:fullDate")[:10]:
        return None  # the words stored are that day as the control writes it
    return bound


def _box(kind: Element, *, ticked: bool) -> str:
    state = child(kind, "w14:checkedState" if ticked else "w14:uncheckedState")
    code = "" if state is None else attribute(state, "w14:val")
    usual = "☒" if ticked else "☐"
    return chr(int(code, 16)) if re.fullmatch(r"2[0-9a-fA-F]{3}", code) else usual


class _Stores:
    """The parts that controls can be bound to."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._roots: dict[str, Element] = {}
        for target in _targets(package.relationships, "customXml"):
            root = package.xml(target)
            if root is not None:
                self._roots[self._id_of(target)] = root
        for store_id, kind in _PROPERTIES.items():
            for target in _targets(package.relationships_of(""), kind):
                root = package.xml(target)
                if root is not None:
                    self._roots.setdefault(store_id, root)
        self._in_turn = list(self._roots.values())[:_MOST_IN_TURN]
        self._children: dict[tuple[Element, str], list[Element]] = {}

    def value(self, binding: Element) -> str | None:
        """The value that a binding names; None where there is none."""
        stated = attribute(binding, "w:prefixMappings")
        wanted = attribute(binding, "w:storeItemID").upper()
        path = attribute(binding, "w:xpath").strip()
        if max(len(path), len(stated)) > _LONGEST_PATH:
            return None
        prefixes = {found[1]: found[3] for found in _PREFIX.finditer(stated)}
        roots = [self._roots[wanted]] if wanted in self._roots else []
        values = (self._follow(root, path, prefixes) for root in roots or ([] if wanted else self._in_turn))
        return next((value for value in values if value is not None), None)

    def _id_of(self, part: str) -> str:
        for target in _targets(self._package.relationships_of(part), "customXmlProps"):
            properties = self._package.xml(target)
            for name, stated in properties.attrib.items() if properties is not None else ():
                if name.endswith("itemID"):
                    return str(stated).upper()
        return f"#{part}"

    def _follow(self, root: Element, path: str, prefixes: dict[str, str]) -> str | None:
        """The text at a path such as `/ns0:form[1]/ns0:period[1]`."""
        leaf = _LEAF.search(path)
        steps = path[: leaf.start()] if leaf else path
        here: Element | None = None
        place = 0
        for step in _STEP.finditer(steps):
            namespace = prefixes.get(step["prefix"]) if step["prefix"] else ""
            if step.start() != place or namespace is None:
                return None
            place = step.end()
            name = f"{{{namespace}}}{step['name']}" if namespace else step["name"]
            same = [root] if here is None else self._named(here, name)
            nth = int(step["nth"] or 1)
            if not 0 < nth <= len(same) or same[nth - 1].tag != name:
                return None
            here = same[nth - 1]
        if here is None or place != len(steps):
            return None
        if leaf is not None and leaf["name"]:
            namespace = prefixes.get(leaf["prefix"] or "", "")
            stated = here.get(f"{{{namespace}}}{leaf['name']}" if namespace else leaf["name"])
            return None if stated is None else str(stated)
        return None if len(here) else here.text or ""

    def _named(self, parent: Element, name: str) -> list[Element]:
        if (parent, name) not in self._children:
            self._children[parent, name] = list(parent.iterchildren(name))
        return self._children[parent, name]


def _targets(relationships: dict[str, Relationship], kind: str) -> Iterator[str]:
    return (each.target for each in relationships.values() if each.kind == kind and not each.external)
