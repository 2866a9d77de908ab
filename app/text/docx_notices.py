"""What a Word file holds that is not read, or not as text: said in one sentence for each kind, with the places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from app.text.docx_paragraph import Paragraph

NoticeKind = Literal[
    "hidden",
    "withdrawn",
    "picture",
    "linked picture",
    "object",
    "control",
    "embedded document",
    "fetching field",
    "contents",
    "number field",
    "number worked out",
    "formula field",
    "prompt",
    "bound",
    "covered",
]

_OF_WORDS: Final[frozenset[NoticeKind]] = frozenset({"hidden", "withdrawn", "covered"})
_PLACES = 5
_EXCERPT = 80
_SENTENCES: Final[dict[NoticeKind, tuple[str, str, str]]] = {
    "hidden": (
        "Hidden text was found and left out",
        "Hidden text was found and left out in {count} places",
        "show hidden text in a word processor to see it",
    ),
    "withdrawn": (
        "Words that were inserted and deleted again stand in neither version and were left out",
        "Words that were inserted and deleted again stand in neither version and were left out in {count} places",
        "",
    ),
    "picture": (
        "A picture was not read",
        "{count} pictures were not read",
        "look whether there are words in it",
    ),
    "linked picture": (
        "A picture kept outside the file was not fetched",
        "{count} pictures kept outside the file were not fetched",
        "ask for a copy that holds everything",
    ),
    "object": (
        "An embedded object was not opened",
        "{count} embedded objects were not opened",
        "ask what it holds, and for the words as text",
    ),
    "control": (
        "An active control was not run",
        "{count} active controls were not run",
        "ask for a copy saved as plain DOCX",
    ),
    "embedded document": (
        "Another document is embedded in the file and was not read",
        "{count} other documents are embedded in the file and were not read",
        "open the file in a word processor, save it again, and read that copy",
    ),
    "fetching field": (
        "A field takes its words from elsewhere; what it showed last was read and nothing was fetched",
        "{count} fields take their words from elsewhere; what they showed last was read and nothing was fetched",
        "ask for a copy with the words typed in",
    ),
    "contents": (
        "A table of contents or an index was left out, as it repeats what stands elsewhere",
        "{count} tables of contents or indexes were left out, as they repeat what stands elsewhere",
        "",
    ),
    "number field": (
        "A number comes from a LISTNUM or AUTONUM field and is missing here",
        "{count} numbers come from LISTNUM or AUTONUM fields and are missing here",
        "check the numbering against the file in a word processor",
    ),
    "number worked out": (
        "A number comes from an AUTONUM or LISTNUM field, which stores none, and was worked out here",
        "{count} numbers come from AUTONUM or LISTNUM fields, which store none, and were worked out here",
        "check the numbering against the file in a word processor",
    ),
    "formula field": (
        "A formula (an EQ field) is missing here, as the file stores no words for it",
        "{count} formulas (EQ fields) are missing here, as the file stores no words for them",
        "look at them in a word processor",
    ),
    "prompt": (
        "A form control is empty and shows only its prompt, which was read as text",
        "{count} form controls are empty and show only their prompts, which were read as text",
        "",
    ),
    "bound": (
        "A form control shows in Word the value it is bound to, which was read",
        "{count} form controls show in Word the values they are bound to, which were read",
        "ask which is meant",
    ),
    "covered": (
        "Words in a cell that a merged cell covers are not shown and were left out",
        "Words in {count} cells that merged cells cover are not shown and were left out",
        "ask whether they are meant",
    ),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that was left out, where it stands, and words of it where there are any."""

    kind: NoticeKind
    paragraph: Paragraph | None = None
    words: str = ""


def sentences(notices: Iterable[Notice]) -> list[str]:
    """One sentence for each kind, with its places."""
    grouped: dict[NoticeKind, list[tuple[str, str]]] = {}
    for notice in notices:
        place = notice.paragraph.whereabouts() if notice.paragraph is not None else ""
        found = grouped.setdefault(notice.kind, [])
        if notice.kind in _OF_WORDS and found and found[-1][0] == place:
            found[-1] = (place, found[-1][1] + notice.words)
        else:
            found.append((place, notice.words))
    return [_sentence(kind, [each for each in found if _counts(kind, each)]) for kind, found in grouped.items()
            if any(_counts(kind, each) for each in found)]  # fmt: skip


def _counts(kind: NoticeKind, found: tuple[str, str]) -> bool:
    return kind not in _OF_WORDS or bool(found[1].strip())


def _sentence(kind: NoticeKind, found: list[tuple[str, str]]) -> str:
    one, many, remedy = _SENTENCES[kind]
    said = one if len(found) == 1 else many.format(count=f"{len(found):,}")
    places = list(dict.fromkeys(_place(*each) for each in found if any(each)))
    more = f"; and {len(places) - _PLACES:,} more" if len(places) > _PLACES else ""
    where = f" ({'; '.join(places[:_PLACES])}{more})" if places else ""
    return f"{said}{where}{f'; {remedy}' if remedy else ''}."


def _place(place: str, words: str) -> str:
    text = " ".join(words.split())
    if not text.startswith("“"):
        text = f"“{text if len(text) <= _EXCERPT else f'{text[:_EXCERPT]}…'}”" if text else ""
    return f"{place}: {text}" if place and text else place or text
