"""House style: page, styles, list and letterhead of the Word files that we write, built in or an office's own."""

from app.word.house_style.built_in_style import BUILT_IN, built_in_house_style
from app.word.house_style.packing import WordFile, pack_word_file
from app.word.house_style.reading import MAX_BYTES, read_house_style
from app.word.house_style.starter import starter_file
from app.word.house_style.style import HouseStyle, Margin

__all__ = [
    "BUILT_IN",
    "MAX_BYTES",
    "HouseStyle",
    "Margin",
    "WordFile",
    "built_in_house_style",
    "pack_word_file",
    "read_house_style",
    "starter_file",
]
