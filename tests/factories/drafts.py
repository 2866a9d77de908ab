"""Drafts of agreements as plain values, written as Word files, with edits of every kind that a redline has to show.

`draft(pages)` makes one of a given length, `edited(draft, count)` a revised one. Both are the same for the same seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape

from tests.factories.word_files import NAMESPACES, document, level, numbering, styles, word_file

Style = Literal["", "Heading1", "BodyText"]


@dataclass
class Words:
    """A run: text with a look, or a footnote."""

    text: str
    look: str = ""  # letters of b, i, u
    note: str = ""


@dataclass
class Paragraph:
    """A paragraph."""

    words: list[Words]
    style: Style = ""
    level: int | None = None
    align: str = ""

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.words)


@dataclass
class Table:
    """A table; each cell is a list of paragraphs."""

    rows: list[list[list[Paragraph]]]
    widths: list[int] = field(default_factory=list)


Draft = list[Paragraph | Table]

SUBJECTS = ["The Employer", "The Union", "Each employee", "The Joint Committee", "Management", "The steward"]
MODALS = ["shall", "shall not", "may", "will", "agrees to", "is required to"]
VERBS = [
    "notify the other party in writing", "disclose the purpose of the system", "bargain over the effects",
    "maintain a record of every decision", "provide training at full pay", "review the output before acting on it",
    "suspend use of the tool", "delete worker data that is no longer needed", "answer requests for information",
    "bear the cost of an independent audit", "protect the privacy of personal communications",
]  # fmt: skip
ENDS = [
    "within {n} calendar days of receipt", "before any pilot begins at site {n}", "for a period of {n} months",
    "where more than {n} employees are affected", "subject to Article {n}", "no later than {n} days after go-live",
    "unless {n} of the members object", "at intervals of {n} weeks", "in accordance with Appendix {n}",
]  # fmt: skip
TAILS = [
    "and shall copy the Local's office", "and shall state the reasons", "without loss of pay or seniority",
    "and such notice shall name the vendor", "including systems licensed from third parties", "to the extent possible",
]  # fmt: skip
TITLES = ["Notice", "Human Review", "Worker Data", "Training", "Job Security", "Audits", "Discipline", "Monitoring"]


def sentence(chance: random.Random) -> str:
    tail = f", {chance.choice(TAILS)}" if chance.random() < 0.6 else ""
    end = chance.choice(ENDS).format(n=chance.randint(2, 180))
    return f"{chance.choice(SUBJECTS)} {chance.choice(MODALS)} {chance.choice(VERBS)} {end}{tail}."


def body(chance: random.Random, *, sentences: int = 3, notes: float = 0.05) -> Paragraph:
    words = [Words(" ".join(sentence(chance) for _ in range(sentences)))]
    if chance.random() < 0.15:
        words.insert(0, Words(f"Section {chance.randint(1, 90)}. ", "b"))
    if chance.random() < notes:
        words.append(Words("", note=f"See the memorandum of {chance.randint(1, 28)} May and {sentence(chance)}"))
        words.append(Words(" " + sentence(chance)))
    return Paragraph(words, "BodyText", align="both" if chance.random() < 0.3 else "")


def table(chance: random.Random, *, rows: int = 6, columns: int = 3) -> Table:
    made = [[[Paragraph([Words(f"Column {index}", "b")])] for index in range(1, columns + 1)]]
    for _ in range(rows):
        made.append(
            [
                [Paragraph([Words(f"{chance.choice(TITLES)} {chance.randint(1, 999)}")])],
                *([[Paragraph([Words(sentence(chance))])] for _ in range(columns - 2)]),
                [Paragraph([Words(f"${chance.randint(100, 90_000):,}")])],
            ]
        )
    return Table(made, [3000] * columns)


def draft(pages: int, *, seed: int = 1, notes: float = 0.05) -> Draft:
    """A draft of about so many pages: eleven paragraphs and, on every fifth, a table."""
    chance = random.Random(seed)
    blocks: Draft = []
    for page in range(1, pages + 1):
        blocks.append(Paragraph([Words(f"Article {page}. {chance.choice(TITLES)}")], "Heading1"))
        for _ in range(6):
            blocks.append(body(chance, notes=notes))
        for _ in range(4):
            item = Paragraph([Words(sentence(chance))], level=chance.choice([0, 0, 1]))
            blocks.append(item)
        if page % 5 == 0:
            blocks.append(table(chance))
            blocks.append(Paragraph([Words("")]))
    blocks.append(Paragraph([Words("Signed for the parties.")], "BodyText"))
    return blocks


EDITS = (
    "text",
    "text",
    "text",
    "text",
    "cell",
    "row",
    "look",
    "move",
    "split",
    "merge",
    "new",
    "gone",
    "align",
    "note",
)


def edited(blocks: Draft, count: int, *, seed: int = 2, kinds: Sequence[str] = EDITS) -> Draft:
    """The draft after so many edits, of all kinds in turn."""
    chance = random.Random(seed)
    new = deepcopy(blocks)
    done = tries = 0
    while done < count and tries < 40 * count:
        tries += 1
        done += _edit(new, kinds[done % len(kinds)], chance)
    return new


def _edit(new: Draft, kind: str, chance: random.Random) -> bool:
    if len(new) < 2:
        return False
    at = chance.randrange(len(new) - 1)
    block = new[at]
    if kind in {"cell", "row", "column"}:
        tables = [each for each in new if isinstance(each, Table)]
        return bool(tables) and _edit_table(chance.choice(tables), kind, chance)
    if not isinstance(block, Paragraph) or not block.text:
        return False
    if kind == "text":
        return _edit_text(block, chance)
    if kind == "look":
        return _edit_look(block, chance)
    if kind == "move":
        if block.style == "Heading1" or len(block.text) < 60:
            return False
        new.insert(chance.randrange(max(len(new) - 1, 1)), new.pop(at))
        return True
    if kind == "split":
        return _split(new, at, block)
    if kind == "merge":
        following = new[at + 1]
        if not isinstance(following, Paragraph) or not following.text or block.style != "BodyText":
            return False
        if following.style != "BodyText":
            return False
        block.words += [Words(" "), *following.words]
        del new[at + 1]
        return True
    if kind == "new":
        new.insert(at, body(chance, sentences=2))
        return True
    if kind == "gone":
        del new[at]
        return True
    if kind == "align":
        block.align = "center" if block.align != "center" else ""
        return True
    return _edit_note(block, chance)


def _edit_text(block: Paragraph, chance: random.Random) -> bool:
    run = chance.choice(block.words)
    words = run.text.split(" ")
    if len(words) < 6:
        return False
    place = chance.randrange(1, len(words) - 3)
    change = chance.randrange(4)
    if change == 0:
        words[place : place + 2] = ["in", "its", "sole", "discretion"]
    elif change == 1:
        words.insert(place, "promptly")
    elif change == 2:
        del words[place]
    else:
        words[place] = f"{chance.randint(200, 400)}"
    run.text = " ".join(words)
    return True


def _edit_look(block: Paragraph, chance: random.Random) -> bool:
    index = max(range(len(block.words)), key=lambda each: len(block.words[each].text))
    run = block.words[index]
    words = run.text.split(" ")
    if len(words) < 6:
        return False
    place = chance.randrange(1, len(words) - 4)
    look = chance.choice("biu")
    first, middle, last = " ".join(words[:place]) + " ", " ".join(words[place : place + 3]), words[place + 3 :]
    block.words[index : index + 1] = [
        Words(first, run.look),
        Words(middle, look if look not in run.look else ""),
        Words(" " + " ".join(last), run.look),
    ]
    return True


def _split(new: Draft, at: int, block: Paragraph) -> bool:
    for index, run in enumerate(block.words):
        place = run.text.find(". ", 20)
        if 0 < place < len(run.text) - 20:
            first = [*block.words[:index], Words(run.text[: place + 1], run.look)]
            second = [Words(run.text[place + 2 :], run.look), *block.words[index + 1 :]]
            new[at : at + 1] = [
                Paragraph(first, block.style, block.level, block.align),
                Paragraph(second, block.style, block.level, block.align),
            ]
            return True
    return False


def _edit_table(table_: Table, kind: str, chance: random.Random) -> bool:
    if kind == "column":
        return _edit_column(table_, chance)
    place = chance.randrange(1, len(table_.rows))
    if kind == "cell":
        cell = chance.choice(table_.rows[place])
        cell[0].words = [Words(cell[0].text.replace("1", "2") + " as amended")]
        return True
    if chance.random() < 0.5 and len(table_.rows) > 3:
        del table_.rows[place]
    else:
        fresh = table(chance, rows=1, columns=len(table_.rows[0]))
        table_.rows.insert(place, fresh.rows[1])
    return True


def _edit_column(table_: Table, chance: random.Random) -> bool:
    """A column that comes or goes."""
    place = chance.randrange(len(table_.widths))
    if chance.random() < 0.5 and len(table_.widths) > 2:
        del table_.widths[place]
        for row in table_.rows:
            del row[place]
        return True
    table_.widths.insert(place, 2000)
    for number, row in enumerate(table_.rows):
        row.insert(place, [Paragraph([Words(f"${chance.randint(10, 90)}.00" if number else "Year 3")])])
    return True


def _edit_note(block: Paragraph, chance: random.Random) -> bool:
    notes = [each for each in block.words if each.note]
    if notes:
        notes[0].note += " (amended)"
        return True
    if block.style != "BodyText":
        return False
    block.words.append(Words("", note=f"Added: {sentence(chance)}"))
    return True


# Writing

_LOOKS = {"b": "<w:b/>", "i": "<w:i/>", "u": '<w:u w:val="single"/>'}
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>'
    "</w:style>"
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


class Writer:
    """Writes a draft as a Word file. `noise` splits runs and adds revision ids, as Word does."""

    def __init__(self, *, noise: int | None = None) -> None:
        self._notes: list[str] = []
        self._noise = random.Random(noise) if noise is not None else None

    def write(self, blocks: Sequence[Paragraph | Table]) -> bytes:
        xml = "".join(self._block(each) for each in blocks)
        parts: dict[str, str | bytes] = {
            "styles": styles(_STYLES),
            "settings": f'<w:settings {NAMESPACES}><w:defaultTabStop w:val="720"/></w:settings>',
            "numbering": numbering(level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)")),
        }
        if self._notes:
            marks = "".join(
                f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
                for kind, number in (("separator", -1), ("continuationSeparator", 0))
            )
            parts["footnotes"] = f"<w:footnotes {NAMESPACES}>{marks}{''.join(self._notes)}</w:footnotes>"
        return word_file(main=document(xml), parts=parts)

    def _block(self, block: Paragraph | Table) -> str:
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in block.widths)
        rows = "".join(
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
                f"{''.join(self._paragraph(each) for each in cell)}</w:tc>"
                for cell, width in zip(row, block.widths, strict=True)
            )
            + "</w:tr>"
            for row in block.rows
        )
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )

    def _paragraph(self, paragraph: Paragraph) -> str:
        inner = f'<w:pStyle w:val="{paragraph.style}"/>' if paragraph.style else ""
        if paragraph.level is not None:
            inner += f'<w:numPr><w:ilvl w:val="{paragraph.level}"/><w:numId w:val="1"/></w:numPr>'
        inner += f'<w:jc w:val="{paragraph.align}"/>' if paragraph.align else ""
        properties = f"<w:pPr>{inner}</w:pPr>" if inner else ""
        rsid = f' w:rsidR="{self._noise.randrange(16**8):08X}"' if self._noise else ""
        return f"<w:p{rsid}>{properties}{''.join(self._run(each) for each in paragraph.words)}</w:p>"

    def _run(self, words: Words) -> str:
        if words.note:
            number = len(self._notes) + 1
            self._notes.append(
                f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
                '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
                f'<w:r><w:t xml:space="preserve"> {escape(words.note)}</w:t></w:r></w:p></w:footnote>'
            )
            return (
                f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
            )
        properties = "".join(_LOOKS[each] for each in "biu" if each in words.look)
        properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        pieces = [words.text]
        if self._noise and len(words.text) > 10 and self._noise.random() < 0.3:
            cut = self._noise.randrange(1, len(words.text))
            pieces = [words.text[:cut], words.text[cut:]]
        return "".join(
            f'<w:r>{properties}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces if piece
        )


def written(blocks: Sequence[Paragraph | Table], *, noise: int | None = None) -> bytes:
    """The draft as a Word file."""
    return Writer(noise=noise).write(blocks)
