"""Takes out what is in the text but not on the page: hidden runs, hidden rows, cells below a merged one.

Whether a run is hidden is decided as the reader decides it. Where the styles leave it open (Word toggles a property
that two styles set), the file is refused.
"""

from __future__ import annotations

from app.text.docx_styles import Styles, look_of
from app.word.table_safe.lists import doubles
from app.word.table_safe.names import ID, PPR, RPR, SHAPES, VAL, WORDS, Element, P, R, elements, full, is_on, remove, w
from app.word.table_safe.refusal import quoted, refusal

_KEPT_IN_A_HIDDEN_RUN = frozenset({RPR, w("fldChar"), w("instrText"), w("delInstrText")})
_HIDING = ("w:vanish", "w:specVanish")
_HIDDEN_ROW = f"{w('trPr')}/{w('hidden')}"


def drop_hidden(root: Element, styles: Element | None, part: str) -> None:
    """Take the hidden words out of one story.

    Raises:
        NotTableSafe: It cannot be told what is hidden.
    """
    sheet = Styles(styles)
    _refuse_half_hidden_rows(root, sheet, part)
    drop_hidden_blocks(root)
    for cell in elements(root, "w:tc"):
        if _continues(cell):
            _empty(cell)
    if not _anything_hides(root) and not (styles is not None and _anything_hides(styles)):
        return
    _refuse_hiding_tables(root, styles, part)
    for run in elements(root, "w:r"):
        if _is_hidden(run, sheet, part):
            for child in list(run):
                if child.tag not in _KEPT_IN_A_HIDDEN_RUN:
                    run.remove(child)
    _drop_hidden_paragraphs(root, sheet)
    _forget_hiding(root)


def drop_hidden_blocks(root: Element) -> None:
    """Take out hidden rows, drawings, shapes and pieces of formulas, with all that is in them."""
    for element in _hidden_blocks(root):
        remove(element)
    for table in elements(root, "w:tbl"):
        if table.find(f".//{w('tr')}") is None:
            remove(table)


def holds_hidden_blocks(root: Element) -> bool:
    """Whether there are hidden rows, drawings, shapes or pieces of formulas."""
    return bool(_hidden_blocks(root))


def _hidden_blocks(root: Element) -> list[Element]:
    hidden = [row for row in root.iter(w("tr")) if is_on(row.find(_HIDDEN_ROW))]
    hidden += [piece for piece in root.iter(full("m:r")) if is_on(piece.find(f"{RPR}/{w('vanish')}"))]
    for drawing in root.iter(w("drawing")):
        properties = next(drawing.iter(full("wp:docPr")), None)
        if properties is not None and properties.get("hidden", "0").lower() in {"1", "true", "on"}:
            hidden.append(drawing)
    for shape in root.iter(*(full(name) for name in SHAPES)):
        style = shape.get("style", "").replace(" ", "").lower()
        if "visibility:hidden" in style or "display:none" in style:
            hidden.append(shape)
    return hidden


def _refuse_half_hidden_rows(root: Element, styles: Styles, part: str) -> None:
    """Word hides a row when all of its words are hidden as well; without that, programs differ."""
    for row in root.iter(w("tr")):
        if not is_on(row.find(_HIDDEN_ROW)):
            continue
        for run in row.iter(R):
            words = "".join(each.text or "" for each in run.iter(*WORDS))
            if words.strip() and not _is_hidden(run, styles, part):
                raise refusal(
                    part,
                    f"has a table row that is marked as hidden, with words that are not: {quoted(words)}; "
                    "show the row, hide its words, or delete it in a word processor.",
                )


def show_styles(styles: Element) -> None:
    """Let no style hide anything, once nothing hidden is left."""
    for element in elements(styles, *_HIDING, "w:webHidden"):
        remove(element)


def _anything_hides(root: Element) -> bool:
    return next(root.iter(*(w(name[2:]) for name in _HIDING)), None) is not None


def _is_hidden(run: Element, styles: Styles, part: str) -> bool:
    properties = run.find(RPR)
    direct = look_of(properties).hidden
    if properties is not None and is_on(properties.find(w("specVanish"))):
        return True
    if direct is not None:
        return direct
    named = None if properties is None else properties.find(w("rStyle"))
    by_run = None if named is None else styles.character_look(named.get(VAL, "")).hidden
    paragraph = next(run.iterancestors(P), None)
    by_paragraph = None if paragraph is None else styles.paragraph(_style_of(paragraph)).look.hidden
    if by_run is not None and by_paragraph:
        raise refusal(
            part,
            f"has text that two styles hide and Word may show: {quoted(''.join(run.itertext()))}; "
            "show or delete it in a word processor.",
        )
    if by_run is not None:
        return by_run
    return by_paragraph if by_paragraph is not None else bool(styles.default_look.hidden)


def _style_of(paragraph: Element) -> str:
    style = paragraph.find(f"{PPR}/{w('pStyle')}")
    return "" if style is None else str(style.get(VAL, ""))


def _drop_hidden_paragraphs(root: Element, styles: Styles) -> None:
    """A paragraph whose style hides it, and in which nothing visible is left, goes with its mark."""
    for paragraph in elements(root, "w:p"):
        if not styles.paragraph(_style_of(paragraph)).look.hidden or paragraph.find(f"{PPR}/{w('sectPr')}") is not None:
            continue
        following = paragraph.getnext()
        if following is None or following.tag == w("sectPr"):
            continue
        if all(child.tag == RPR for run in paragraph.iter(R) for child in run):
            remove(paragraph)


def _forget_hiding(root: Element) -> None:
    """A hidden paragraph mark joins two lines and hides no words, so it stays; nothing else hides any more."""
    for element in elements(root, *_HIDING, "w:webHidden"):
        properties = element.getparent()
        if properties is None or properties.tag != RPR or properties.getparent().tag != PPR:
            remove(element)


def _refuse_hiding_tables(root: Element, styles: Element | None, part: str) -> None:
    used = {each.get(VAL) for each in root.iter(w("tblStyle"))}
    for style in () if styles is None else styles.iter(w("style")):
        if style.get(w("styleId")) in used and style.get(w("type")) == "table" and _anything_hides(style):
            raise refusal(part, "has a table whose style hides text; choose another table style.")


def _continues(cell: Element) -> bool:
    """Whether Word shows the cell above or beside it in its place."""
    properties = cell.find(w("tcPr"))
    if properties is None:
        return False
    return any(
        merge is not None and merge.get(VAL, "continue") == "continue"
        for merge in (properties.find(w("vMerge")), properties.find(w("hMerge")))
    )


def _empty(cell: Element) -> None:
    blocks = [child for child in cell if child.tag != w("tcPr")]
    paragraphs = [child for child in blocks if child.tag == P]
    for block in blocks:
        if block is not (paragraphs[-1] if paragraphs else None):
            cell.remove(block)
    for paragraph in paragraphs[-1:]:
        for child in list(paragraph):
            if child.tag != PPR:
                paragraph.remove(child)


def drop_unseen_notes(stories: list[Element], notes: Element, reference: str) -> None:
    """Take out the notes that no mark in the text refers to; the lines that set notes apart stay, without words."""
    wanted = {each.get(ID) for root in stories for each in root.iter(w(reference))}
    for spare in doubles(notes, notes[0].tag if len(notes) else "", ID):
        remove(spare)
    for note in list(notes):
        if note.get(w("type"), "normal") == "normal":
            if note.get(ID) not in wanted:
                remove(note)
        else:
            for run in elements(note, "w:r"):
                if not any(child.tag in {w("separator"), w("continuationSeparator")} for child in run):
                    remove(run)
