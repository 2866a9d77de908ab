"""Paragraph properties in the redline: kept, changed with a record of what they were, inserted or deleted."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from app.word.names import (
    MARK_CHANGES,
    PPR,
    PPR_CHANGE,
    PROPERTY_CHANGES,
    RPR,
    RPR_CHANGE,
    SECT_CHANGE,
    SECT_PR,
    Element,
    w,
)
from app.word.redline.changes import change_record, put_in_order, track_mark
from app.word.redline.copies import Copies
from app.word.redline.ids import Signer
from app.word.redline.keys import Keys
from app.word.redline.stream import COMES, WAS, Mark, Side

_BEHIND: Final = frozenset({RPR, SECT_PR, PPR_CHANGE})
_REFERENCES: Final = frozenset({w("headerReference"), w("footerReference")})

Sections = tuple[Element | None, Element | None]
"""A section of the redline as the old and the new file have it; None where that file lacks it."""


class MarkWriter:
    """Makes the `w:pPr` of a paragraph in the redline."""

    def __init__(self, *, signer: Signer, copies: Copies, old_keys: Keys, new_keys: Keys) -> None:
        """Prepare."""
        self._signer = signer
        self._copies = copies
        self._old_keys = old_keys
        self._new_keys = new_keys
        self.sections: dict[Element, Sections] = {}

    def properties(self, mark: Mark) -> Element | None:
        """The properties of the paragraph that this mark ends; None where there is nothing to say."""
        made = self._made(mark)
        section = _part(made, SECT_PR)
        if section is not None:
            before, after = (None if side is None else _section_of(side) for side in (mark.old, mark.new))
            self.sections[section] = (
                None if mark.status in COMES else before,
                None if mark.status in WAS else after,
            )
        return made

    def pair_sections(self, old: Side, new: Side) -> None:
        """Remember that the sections which end in two paragraphs are one; nothing is written for them."""
        section = _section_of(old)
        if section is not None:
            self.sections[section] = section, _section_of(new)

    def _made(self, mark: Mark) -> Element | None:
        if mark.status == "kept":
            assert mark.old is not None
            if mark.new is None or mark.new is mark.old:
                return deepcopy(_ppr(mark.old))
            return self._changed(mark.old, mark.new)
        side = mark.old if mark.status in WAS else mark.new
        assert side is not None
        properties = self._copy(side, tracked=mark.status in WAS)
        track_mark(properties, mark.status, self._signer)
        return properties

    def _copy(self, side: Side, *, tracked: bool) -> Element:
        """A copy of one side's properties, with or without what others have tracked in them."""
        found = _ppr(side)
        if found is None:
            return side.paragraph.makeelement(PPR, nsmap=side.paragraph.nsmap)
        if side.is_new:
            return self._copies.bring(found)
        copy = deepcopy(found)
        if not tracked:
            for each in list(copy.iter(*MARK_CHANGES, *PROPERTY_CHANGES, SECT_PR)):
                each.getparent().remove(each)
        return copy

    def _keys(self, side: Side) -> Keys:
        return self._new_keys if side.is_new else self._old_keys

    def key(self, side: Side) -> str:
        """The key of the properties."""
        return self._keys(side).paragraph(_ppr(side))

    def differs(self, old: Side, new: Side) -> bool:
        """Whether the properties, or the look of the mark, or the section that ends here differ."""
        if self.key(old) != self.key(new):
            return True
        a, b = _ppr(old), _ppr(new)
        return self._keys(old).run(_part(a, RPR)) != self._keys(new).run(_part(b, RPR)) or (
            self._section_key(old) != self._section_key(new)
        )

    def _section_key(self, side: Side) -> str:
        section = _part(_ppr(side), SECT_PR)
        return "" if section is None else self.section_key(section, self._keys(side))

    def section_key(self, section: Element, keys: Keys) -> str:
        """The key of a section's page, without its headers."""
        return " ".join(
            sorted(keys.whole(each) for each in section if each.tag not in _REFERENCES and each.tag != SECT_CHANGE)
        )

    def _changed(self, old: Side, new: Side) -> Element | None:
        before, after = _ppr(old), _ppr(new)
        has_record = before is not None and _part(before, PPR_CHANGE) is not None
        same = self.key(old) == self.key(new) or has_record
        properties = self._copy(old, tracked=True) if same else self._copy(new, tracked=False)
        if not same:
            for tag in _BEHIND:
                for each in list(properties.iterchildren(tag)):
                    properties.remove(each)
        run = self._changed_mark(_part(before, RPR), _part(after, RPR), old, new, properties)
        section = _part(before, SECT_PR)
        if section is not None:
            section = self.section(section, _part(after, SECT_PR), self._keys(new))
        for tag, element in ((RPR, run), (SECT_PR, section)):
            for each in list(properties.iterchildren(tag)):
                properties.remove(each)
            if element is not None:
                put_in_order(properties, element)
        if not same:
            record = change_record(properties, None, PPR_CHANGE, PPR, self._signer)
            for each in before if before is not None else ():
                if each.tag not in _BEHIND:
                    record[0].append(deepcopy(each))
            properties.append(record)
        return properties if len(properties) else None

    def _changed_mark(
        self, before: Element | None, after: Element | None, old: Side, new: Side, holder: Element
    ) -> Element | None:
        has_record = before is not None and _part(before, RPR_CHANGE) is not None
        if has_record or self._keys(old).run(before) == self._keys(new).run(after):
            return deepcopy(before)
        if after is None:
            run = holder.makeelement(RPR, nsmap=holder.nsmap)
        else:
            run = self._copies.bring(after) if new.is_new else deepcopy(after)
            for each in [each for each in run if each.tag in MARK_CHANGES or each.tag in PROPERTY_CHANGES]:
                run.remove(each)
        theirs = [deepcopy(each) for each in before if each.tag in MARK_CHANGES] if before is not None else []
        run[0:0] = theirs
        run.append(change_record(run, before, RPR_CHANGE, RPR, self._signer))
        return run

    def section(self, old: Element, new: Element | None, keys: Keys) -> Element:
        """A section's properties: the old references to headers, the new page with a record of the old one."""
        if new is None or self.section_key(old, self._old_keys) == self.section_key(new, keys):
            return deepcopy(old)
        if _part(old, SECT_CHANGE) is not None:
            return deepcopy(old)
        section = old.makeelement(SECT_PR, dict(old.attrib), old.nsmap)
        section[:] = [deepcopy(each) for each in old if each.tag in _REFERENCES]
        for each in self._copies.bring(new):
            if each.tag not in _REFERENCES:
                section.append(each)
        record = self._signer.change(section, SECT_CHANGE)
        before = old.makeelement(SECT_PR, dict(old.attrib), old.nsmap)
        before[:] = [deepcopy(each) for each in old if each.tag not in _REFERENCES]
        record.append(before)
        section.append(record)
        return section


def _section_of(side: Side) -> Element | None:
    """The properties of the section that ends in a paragraph."""
    return _part(_ppr(side), SECT_PR)


def _ppr(side: Side) -> Element | None:
    return next(side.paragraph.iterchildren(PPR), None)


def _part(properties: Element | None, tag: str) -> Element | None:
    return None if properties is None else next(properties.iterchildren(tag), None)
