"""Redlines of two Word files at a table: the older one's look and numbers stay, for the table as for the caucus."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from lxml import etree
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput, NotTableSafe
from app.library.files import Library
from app.proposals.assemble import edit_provision, set_note
from app.proposals.comparison import get_comparison, receive_counter
from app.proposals.proposal import get_proposal
from app.proposals.redline_pairs import RedlineText, file_text, round_text, texts_without_file
from app.proposals.views import ProposalView, TableView
from app.text.docx_reader import read_docx_blocks
from app.word.caucus_mark import is_caucus_copy, marked
from app.word.settle import accept_all, reject_all
from app.word.table_safe import assert_table_safe
from tests.factories.marked_docx import marked_docx
from tests.factories.people import NOW
from tests.factories.word_content import content
from tests.factories.word_files import level, listed, numbering, word_file
from tests.proposals.test_redline_pairs import both_ways, read, redline, xml


def word_text(source: str, name: str, **options: Any) -> RedlineText:
    return file_text(marked_docx(source), name, field="old_file", max_bytes=100_000, **options)


def shown(data: bytes) -> list[Any]:
    """The content of the body; the gate writes headers anew, so the section is left out."""
    return [each for each in content(data) if each[0] != "sectPr"]


def styles(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/styles.xml").decode()


def numbered(data: bytes) -> list[str]:
    """What stands in the paragraphs that are in a list, by themselves or by their style, struck words left out."""
    blocks = read_docx_blocks(data)[0]
    return [f"{each.number} {''.join(run.text for run in each.runs)}" for each in blocks if each.number]


OFFER = "% Offer\n# Notice\n1. **Notice.** 30 days.\n2. In writing.\n"
ANSWER = "% Offer\n# Notice\n1. **Notice.** 60 days.\n2. In writing.\n3. In time.\n"


@pytest.mark.parametrize("for_table", [True, False])
def test_two_word_files_keep_their_look_and_their_numbers(*, for_table: bool) -> None:
    old, new = word_text(OFFER, "old.docx"), word_text(ANSWER, "new.docx")
    name, data = redline(old, new, for_table=for_table)
    assert name == f"{'' if for_table else 'CONFIDENTIAL caucus copy - '}Redline - new against old.docx"
    assert both_ways(data) == (old.document.text, new.document.text)
    assert shown(reject_all(data)) == shown(marked_docx(OFFER))
    assert shown(accept_all(data)) == shown(marked_docx(ANSWER))
    assert is_caucus_copy(data) is not for_table
    assert 'w:val="Heading1"' in xml(data), "their own styles"
    assert numbered(accept_all(data)) == numbered(marked_docx(ANSWER))
    assert len(numbered(reject_all(data))) == 3
    if for_table:
        assert_table_safe(data, tracked=True)


def test_each_paragraph_of_a_list_stays_in_it_and_a_new_one_joins_it() -> None:
    first_list = numbering(level(0, "decimal", "%1."))
    files = [
        word_file("".join(listed(each) for each in lines), parts={"numbering": first_list})
        for lines in (("First duty.", "Second duty."), ("First duty.", "A duty between.", "Second large duty."))
    ]
    old, new = (file_text(each, "a.docx", field="old_file", max_bytes=100_000) for each in files)
    _, data = redline(old, new)
    paragraphs = list(etree.fromstring(xml(data).encode()).iter(qn("w:p")))
    assert len(paragraphs) == 3
    assert len({each.find(f".//{qn('w:numId')}").get(qn("w:val")) for each in paragraphs}) == 1
    assert numbered(accept_all(data)) == ["1. First duty.", "2. A duty between.", "3. Second large duty."]
    alone = redline(old, new, text_alone=True)[1]
    assert "w:numPr" not in xml(alone)
    assert both_ways(alone) == both_ways(data)


def test_against_a_text_that_is_no_word_file_the_words_alone_are_compared() -> None:
    pasted = file_text(b"Offer\n\n1. Notice. 30 days.\n", "old.txt", field="old_file", max_bytes=1000)
    word = word_text(ANSWER, "new.docx")
    for data in (redline(pasted, word)[1], redline(pasted, word, for_table=False)[1]):
        assert both_ways(data) == (pasted.document.text, word.document.text)
        assert 'w:val="Title"' not in styles(data), "nothing of the Word file's own look"
    assert word.file is not None
    assert 'w:val="Title"' in styles(word.file)


def test_their_own_file_keeps_their_changes_under_their_name() -> None:
    theirs = OFFER.replace("30", "{--30--}{++20++}")
    old, new = word_text(theirs, "their offer.docx", is_theirs=True), word_text(ANSWER, "new.docx")
    _, data = redline(old, new)
    assert {"J. Castellane", "Union"} == set(re.findall('w:author="([^"]*)"', xml(data)))
    assert shown(reject_all(data, authors=["Union"])) == shown(marked_docx(theirs))
    assert shown(accept_all(data)) == shown(marked_docx(ANSWER))
    assert_table_safe(data, tracked=True, theirs=old.file)
    with pytest.raises(InvalidInput, match=r"J\. Castellane already has changes") as taken:
        redline(old, new, author="J.  Castellane")
    assert taken.value.field == "author"
    with pytest.raises(InvalidInput, match=r"J\. Castellane already has changes"):
        redline(old, new, author="J. Castellane", for_table=False)


def test_comments_of_theirs_stay_in_their_file_and_no_other_does() -> None:
    ours = word_text(OFFER.replace("30 days.", "30 days.{>>SECRET of ours<<}"), "ours.docx")
    theirs = word_text(ANSWER.replace("60 days.", "60 days.{>>a word of theirs<<}"), "t.docx", is_theirs=True)
    again = word_text(OFFER.replace("30 days.", "45 days.{>>SECRET of ours<<}"), "b.docx")
    for old, new, stays in ((ours, theirs, False), (theirs, ours, True), (ours, again, False)):
        with zipfile.ZipFile(io.BytesIO(redline(old, new)[1])) as package:
            words = b"".join(package.read(name) for name in package.namelist())
        assert b"SECRET" not in words
        assert (b"a word of theirs" in words) is stays


def test_their_answer_to_a_file_of_ours_keeps_what_is_theirs() -> None:
    named = io.BytesIO()
    document = docx.Document(io.BytesIO(marked_docx(ANSWER)))
    style = document.styles.add_style("Tidewater Legal", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Signed for Tidewater.", style=style)
    document.save(named)
    ours = word_text(OFFER, "ours.docx")
    theirs = file_text(named.getvalue(), "t.docx", field="new_file", max_bytes=100_000, is_theirs=True)
    assert "Tidewater Legal" in styles(redline(ours, theirs)[1])
    unknown = replace(theirs, is_theirs=False)
    assert "Tidewater Legal" not in styles(redline(ours, unknown)[1])


def test_earlier_changes_in_a_file_of_ours_are_not_for_the_other_side() -> None:
    ours = OFFER.replace("30", "{--ninety, but sixty would do--}{++30++}")
    old, new = word_text(ours, "old.docx"), word_text(ANSWER, "new.docx")
    with pytest.raises(NotTableSafe, match=r"“J\. Castellane”"):
        redline(old, new)
    for_us = redline(old, new, for_table=False)[1]
    assert "sixty would do" in xml(for_us)
    alone = redline(old, new, text_alone=True)[1]
    assert "sixty would do" not in xml(alone)
    their_answer = word_text(ANSWER.replace("60", "{--60--}{++30++}"), "theirs.docx", is_theirs=True)
    with pytest.raises(NotTableSafe, match="tracked changes"):  # that they know the name does not mean the words
        redline(old, their_answer)


@pytest.mark.parametrize("place", ["old", "new"])
@pytest.mark.parametrize("text_alone", [True, False])
def test_the_words_of_a_caucus_copy_do_not_leave_without_its_mark(*, place: str, text_alone: bool) -> None:
    texts = {"old": word_text(OFFER, "old.docx"), "new": word_text(ANSWER, "new.docx")}
    file = texts[place].file
    assert file is not None
    texts[place] = replace(texts[place], file=marked(file))
    with pytest.raises(InvalidInput, match=f"{place}.docx is a copy for the caucus"):
        redline(**texts, text_alone=text_alone)
    assert redline(**texts, for_table=False)


def test_what_came_as_no_word_file_is_known_beforehand(
    session: Session, person: Person, table: TableView, proposal: ProposalView, small_library: Library, pipeline: Any
) -> None:
    offer, ids = marked_docx(OFFER), []
    for data in (None, offer):
        record = receive_counter(
            session, person, table.id, data=data, pasted="" if data else "1. Notice of 30 days.", name="Counter.docx",
            against=proposal.id, pipeline=pipeline, library=small_library, max_bytes=100_000, now=NOW,
        )  # fmt: skip
        ids.append(get_comparison(session, person, record.public_id).draft_proposal_id)
    assert texts_without_file(session, person, table.id) == {ids[0]: "text alone"}
    pasted, word = (round_text(session, person, table.id, each) for each in ids)
    assert (pasted.file, word.file) == (None, offer)
    assert pasted.is_theirs
    assert word.is_theirs
    ours = round_text(session, person, table.id, proposal.id, for_table=True)
    assert not ours.is_theirs
    data = redline(word, ours)[1]
    assert both_ways(data) == (word.document.text, read(ours.file))


def test_nothing_of_ours_but_the_text_is_in_a_redline_for_the_table(
    session: Session, person: Person, table: TableView, proposal: ProposalView, second: ProposalView
) -> None:
    article = second.articles[0]
    set_note(session, person, article.id, "SECRET: never below sixty.")
    edit_provision(
        session,
        person,
        article.id,
        article.provisions[0].id,
        "Notice is given.",
        revision=article.provisions[0].revision,
    )
    set_note(session, person, article.id, "SECRET: of the provision.", provision_id=article.provisions[0].id)
    old, new = (round_text(session, person, table.id, each.id, for_table=True) for each in (proposal, second))
    _, data = redline(old, new)
    view = get_proposal(session, person, second.id)
    fallbacks = {each.text for each in view.articles[0].fallback} - {
        each.text for shown in (view, proposal) for article in shown.articles for each in article.provisions
    }
    assert fallbacks
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            words = package.read(name).decode()
            assert "SECRET" not in words
            assert "Ada" not in words
            assert not [each for each in fallbacks if each in words], name
