"""What Word will show in front of numbered paragraphs, read off a finished file as any reader would."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.docx_reader import read_docx_blocks
from app.word.house_style.packing import WordFile, pack_word_file
from app.word.house_style.style import LEVELS, HouseStyle
from app.word.xml import run, value, w

_ARTICLE, _PROVISION, _ITEM, _SUBITEM = range(4)
_NAMES = ("Heading 1", *LEVELS[1:])


def shown_numbers(house: HouseStyle, levels: Sequence[int]) -> list[str]:
    """The automatic numbers of paragraphs at these levels, 0 for an article: "Article 1.", "2.", "(a)"."""
    body = [w("p", w("pPr", value("pStyle", house.style(LEVELS[level]))), run("Words.")) for level in levels]
    blocks, _ = read_docx_blocks(pack_word_file(WordFile(body, (), title=""), house))
    return [block.number for block in blocks]


def level_problem(house: HouseStyle) -> str:
    """What is wrong with the numbering of a house style, as a sentence with a remedy; "" if nothing is."""
    pattern = (_ARTICLE, _PROVISION, _PROVISION, _ITEM, _ITEM, _SUBITEM, _SUBITEM, _ITEM, _PROVISION, _ITEM)
    numbers = shown_numbers(house, (*pattern, *pattern))
    for level, name in enumerate(_NAMES):
        own = [number for number, of in zip(numbers, (*pattern, *pattern), strict=True) if of == level]
        if not all(own):
            return (
                f"the style “{name}” has no automatic number; link it to level {level + 1} of one multilevel list "
                "(Define New Multilevel List, Link level to style)."
            )
    half = len(pattern)
    if numbers[0] == numbers[half]:
        return "two articles in a row get the same number; let “Heading 1” count."
    for index, level in enumerate(pattern):
        if level and index and pattern[index - 1] == level and numbers[index] == numbers[index - 1]:
            return f"the style “{_NAMES[level]}” gives two paragraphs in a row the same number; let it count."
    going_on = shown_numbers(house, (_ARTICLE, *(_PROVISION,) * 4))[4]
    anew = shown_numbers(house, (_ARTICLE, _PROVISION, _PROVISION, _PROVISION, _ARTICLE, _PROVISION))[5]
    if anew == going_on:
        return "“Provision” counts on from article to article; let level 2 of the list restart after level 1."
    if numbers[3] != numbers[9]:
        return "“Provision Item” counts on from provision to provision; let level 3 of the list restart after level 2."
    return ""
