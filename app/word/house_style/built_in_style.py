"""The house style that comes with Proviso, on Letter or A4 paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.word.house_style.style import HouseStyle, Margin
from app.word.paper import PAPER
from app.word.xml import parse, serialise

BUILT_IN = Path(__file__).parent / "built_in"

_MARGIN = 1440


@cache
def built_in_house_style(paper: str = "letter") -> HouseStyle:
    """The built-in house style; `paper` is "letter" or "a4"."""
    width, height = PAPER[paper]
    text_width = width - 2 * _MARGIN

    def read(name: str) -> bytes:
        data = (BUILT_IN / f"{name}.xml").read_text(encoding="utf-8")
        fitted = data.replace('"9360"', f'"{text_width}"').replace('"4680"', f'"{text_width // 2}"')
        return serialise(parse(fitted.encode()))  # without the comments

    section = (
        '<w:sectPr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" '
        'w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )
    return HouseStyle(
        name="",
        styles=read("styles"),
        numbering=read("numbering"),
        section=section.encode(),
        margins=(Margin("header", "default", read("header")), Margin("footer", "default", read("footer"))),
    )
