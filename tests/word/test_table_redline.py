"""Who has changes in a Word file already: nobody else may sign with that name."""

from __future__ import annotations

import pytest

from app.errors import InvalidInput
from app.word.table_redline import redline_for_table, tracked_authors
from tests.factories.word_files import WHO, deleted, inserted, paragraph, run, word_file

PARAGRAPH_CHANGE = f'<w:pPrChange w:id="5" {WHO}><w:pPr/></w:pPrChange>'
CHANGES = {
    "inserted words": paragraph(inserted("Words.")),
    "deleted words": paragraph(deleted("Words.") + run("More.")),
    "the mark of a paragraph": paragraph("Words.", mark="ins") + paragraph("More."),
    "the look of words": paragraph(run("Words.", f'<w:b/><w:rPrChange w:id="5" {WHO}><w:rPr/></w:rPrChange>')),
    "the look of a paragraph": paragraph("Words.", properties=f'<w:jc w:val="center"/>{PARAGRAPH_CHANGE}'),
    "a row": f'<w:tbl><w:tr><w:trPr><w:ins w:id="5" {WHO}/></w:trPr><w:tc>{paragraph("Words.")}</w:tc></w:tr></w:tbl>'
    + paragraph(),
}


@pytest.mark.parametrize("body", CHANGES.values(), ids=CHANGES)
def test_whoever_changed_anything_is_known_and_can_not_sign_again(body: str) -> None:
    theirs, new = word_file(body), word_file(paragraph("Other words altogether."))
    assert tracked_authors(theirs) == {"Ann"}
    with pytest.raises(InvalidInput, match="Ann already has changes"):
        redline_for_table(theirs, new, author="Ann", date=None, old_is_theirs=True)
    assert redline_for_table(theirs, new, author="Union", date=None, old_is_theirs=True)


def test_where_nothing_is_tracked_nobody_is_named() -> None:
    assert tracked_authors(word_file(paragraph("Words."))) == frozenset()
