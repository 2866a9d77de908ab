"""Names of styles that everybody has: those of Word and LibreOffice, and those of Proviso's own template.

Any other name was given by somebody and may say something ("Floor Note"); such styles are renamed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_OURS: Final = (
    "Provision", "Provision Item", "Provision Subitem", "Provision Text", "Part Heading", "Run-in Heading",
    "Defined Term", "Table Text", "Question", "Side Label", "Remark", "Union Quotation", "Employer Quotation",
    "Signature", "Signature Line", "Signature Block", "Initials", "Letterhead", "Cross Reference",
)  # fmt: skip
_FAMILIES: Final = (
    r"heading [1-9]", r"toc [1-9]", r"index [1-9]", r"(?:List|List Bullet|List Number|List Continue) ?[2-5]?",
    r"Body Text(?: [23])?", r"Body Text (?:First Indent(?: 2)?|Indent(?: [23])?)",
    r"(?:Light|Dark|Colorful) (?:Shading|List|Grid)(?: Accent [1-6])?",
    r"Medium (?:Shading|List|Grid) [12](?: Accent [1-6])?",
    r"(?:Grid|List) Table [1-7](?: Light| Colorful| Dark)?(?: Accent [1-6])?",
    r"(?:Grid Table Light|Plain Table [1-5])",
    r"Table (?:Grid|List|Columns|Classic|Colorful|Simple|Subtle|Web|3D effects) ?[1-8]?",
    r"Table (?:Elegant|Professional|Contemporary|Theme|Normal|Contents|Heading)", r"TableNormal", r"Table\d{1,3}",
    r"HTML (?:Acronym|Address|Cite|Code|Definition|Keyboard|Preformatted|Sample|Typewriter|Variable|Top of Form"
    r"|Bottom of Form)",
    r"WW8Num\d{1,3}(?:z\d)?", r"ListLabel \d{1,4}", r"(?:Default|Numbering|Bullet) (?:Symbols|Paragraph Font)",
    r"(?:Outline|Article) ?/? ?(?:List|Section)(?: [1-3])?", r"1 / 1\.1 / 1\.1\.1", r"1 / a / i",
)  # fmt: skip
_SINGLE: Final = (
    "Normal", "Normal (Web)", "Normal Table", "Normal Indent", "No List", "No Spacing", "Default Paragraph Font",
    "Title", "Subtitle", "Strong", "Emphasis", "Subtle Emphasis", "Intense Emphasis", "Subtle Reference",
    "Intense Reference", "Quote", "Intense Quote", "Book Title", "Bibliography", "TOC Heading", "Revision",
    "Placeholder Text", "List Paragraph", "caption", "table of figures", "table of authorities", "toa heading",
    "index heading", "header", "footer", "footnote text", "footnote reference", "endnote text", "endnote reference",
    "annotation text", "annotation reference", "annotation subject", "page number", "line number", "Hyperlink",
    "FollowedHyperlink", "Balloon Text", "Document Map", "Plain Text", "macro", "Macro Text", "Block Text", "Closing",
    "Salutation", "Date", "Signature", "E-mail Signature", "Message Header", "Note Heading", "envelope address",
    "envelope return", "Mention", "Smart Hyperlink", "Hashtag", "Unresolved Mention", "Smart Link",
    # LibreOffice
    "Heading", "Text Body", "Index", "Frame Contents", "Footnote", "Endnote", "Footnote Characters",
    "Endnote Characters", "Footnote Symbol", "Endnote Symbol", "Footnote Anchor", "Endnote Anchor", "Internet Link",
    "Visited Internet Link", "Bullets", "Numbering Symbols", "Header and Footer", "Header Left", "Footer Left",
    "Header Right", "Footer Right",
    "Comment", "Line Numbering", "Quotations", "Preformatted Text", "Horizontal Line", "List Contents",
    "Source Text", "Illustration", "Drawing", "Frame", "Sender", "Addressee", "Text", "Standard", "Default",
)  # fmt: skip
_PUBLIC: Final = re.compile(
    f"(?i:{'|'.join([*_FAMILIES, *(re.escape(name) for name in _SINGLE)])})(?: Char)?"
    f"|(?:{'|'.join(re.escape(name) for name in _OURS)})(?: Char)?"
)
_WORDS_OWN_IDS: Final = {
    "Normal Table": "TableNormal",
    "annotation reference": "CommentReference",
    "annotation text": "CommentText",
    "annotation subject": "CommentSubject",
    "macro": "MacroText",
    "HTML Top of Form": "z-TopofForm",
    "HTML Bottom of Form": "z-BottomofForm",
    "toa heading": "TOAHeading",
}
RENAMED: Final = re.compile(r"Custom Style [1-9]\d{0,3}")


def may_stay(name: str, known: Collection[str] = ()) -> bool:
    """Whether a style may keep its name.

    Args:
        name: The name.
        known: Further names that the other side knows, as its own file has them.
    """
    return name in known or RENAMED.fullmatch(name) is not None or _PUBLIC.fullmatch(name) is not None


def id_for(name: str) -> str:
    """The id of a style of this name: "heading 1" is Heading1."""
    if name in _WORDS_OWN_IDS:
        return _WORDS_OWN_IDS[name]
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[0-9A-Za-z]+", name)) or "Style"
