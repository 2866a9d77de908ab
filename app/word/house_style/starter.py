"""The built-in house style as a Word file, for an office to begin its own template from."""

from __future__ import annotations

from app.word.house_style.built_in_style import built_in_house_style
from app.word.house_style.packing import WordFile, pack_word_file
from app.word.xml import Element, run, value, w

_SAMPLE = (
    ("Title", "House style"),
    (
        "Subtitle",
        "Change styles, page, header and footer of this file in Word, save it, and upload it. The text is not used.",
    ),
    ("heading 1", "The style Heading 1 names an article"),
    ("Provision", "The style Provision numbers a section of an article."),
    ("Provision", "A section may open a list:"),
    ("Provision Item", "the style Provision Item numbers its items; and"),
    ("Provision Item", "an item may open a list:"),
    ("Provision Subitem", "the style Provision Subitem numbers what stands below."),
    ("Provision Text", "The style Provision Text is for a paragraph without a number."),
    ("heading 1", "The next article"),
    ("Provision", "Its sections begin again."),
    ("Part Heading", "The style Part Heading stands over contents and signatures"),
    ("toc 1", "The style TOC 1 is a line of the table of contents."),
    ("Table Text", "The style Table Text is for the signature block."),
    ("Body Text", "The style Body Text is for everything else."),
)


def starter_file(paper: str = "letter") -> bytes:
    """The built-in house style with a line in each of its styles; `paper` is "letter" or "a4"."""
    house = built_in_house_style(paper)
    body: list[Element] = [
        w("p", w("pPr", value("pStyle", house.style(style))), run(words)) for style, words in _SAMPLE
    ]
    body.append(
        w(
            "p",
            w("pPr", value("pStyle", house.style("Body Text"))),
            run("The character style Defined Term marks a ", value("rStyle", house.style("Run-in Heading"))),
            run("term", value("rStyle", house.style("Defined Term"))),
            run(" where it is defined."),
        )
    )
    return pack_word_file(WordFile(body, house.margins, title="House style"), house)
