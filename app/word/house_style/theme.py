"""The fonts of a template's theme, put into its styles by name, so that the theme itself can stay behind."""

from __future__ import annotations

from lxml import etree

from app.word.xml import Element, clean, q

_SLOTS = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}
_SCRIPTS = {"HAnsi": "latin", "Ascii": "latin", "EastAsia": "ea", "Bidi": "cs"}


class ThemeFonts:
    """Names of fonts by what styles call them: "minorHAnsi" is Calibri in most templates."""

    def __init__(self, theme: Element | None) -> None:
        self._names: dict[str, str] = {}
        for element in theme.iter() if theme is not None else ():
            local = etree.QName(element).localname
            if local not in {"majorFont", "minorFont"}:
                continue
            for child in element:
                script = etree.QName(child).localname
                face = clean(child.get("typeface", ""))[:60]
                for suffix, of in _SCRIPTS.items():
                    if of == script and face:
                        self._names[f"{local[:5]}{suffix}"] = face

    def settle(self, element: Element, source: Element) -> None:
        """Write the theme's fonts into a copied `w:rFonts`; `source` is the element as the template has it."""
        if element.tag != q("rFonts"):
            return
        for attribute, slot in _SLOTS.items():
            named = source.get(q(attribute))
            if named is not None and named in self._names:
                element.set(q(slot), self._names[named])
