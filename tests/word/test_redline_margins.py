"""Headers and footers in a redline: the words of both files, tracked where the pages show them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.word.redline.answer import answer_in_file
from app.word.redline.edits import Edit
from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from app.word.table_safe import make_table_safe
from tests.factories.margin_cases import MARGIN_CASES, Section, counted, pages, with_margins
from tests.factories.redline_cases import link
from tests.factories.schema_order import part_problems
from tests.factories.word_content import W, content, margin_texts, margins, part, parts
from tests.factories.word_files import NAMESPACES, R, deleted, inserted, paragraph, run, word_file
from tests.word.test_redline_files import assert_ids_are_single


def assert_right(old: bytes, new: bytes) -> bytes:
    redline = redline_files(old, new)
    accepted, without_ours = accept_all(redline), reject_all(redline, authors={"Union"})
    assert content(accepted) == content(new)
    assert margins(accepted) == margins(accept_all(new))
    assert margins(without_ours) == margins(old)
    assert margins(reject_all(redline)) == margins(reject_all(old))
    assert_ids_are_single(redline)
    return redline


@pytest.mark.parametrize("name", MARGIN_CASES)
def test_each_header_comes_out_right_both_ways(name: str) -> None:
    assert_right(*MARGIN_CASES[name])


THEIRS = paragraph(run("Employer Proposal ") + inserted("2") + deleted("1") + run(", final offer"))
WORDS = st.sampled_from(["", THEIRS, "Union Proposal 2", "Union Proposal 3", "without prejudice", "Local 418"])
MARGINS = st.dictionaries(
    st.sampled_from(["header", "footer", "header first", "header even", "footer first"]),
    WORDS.map(lambda words: words or paragraph()),
    max_size=3,
)
SECTIONS = st.builds(
    Section,
    st.sampled_from(["The first part of it.", "What follows is agreed.\nSigned.", "An annex.", "One\nTwo\nThree"]),
    MARGINS,
    st.booleans(),
)
FILES = st.builds(
    lambda sections, even: with_margins(*sections, even=even), st.lists(SECTIONS, min_size=1, max_size=4), st.booleans()
)


@settings(max_examples=200, deadline=None)
@given(FILES, FILES)
def test_any_headers_of_any_sections_come_out_right_both_ways(old: bytes, new: bytes) -> None:
    assert_right(old, new)


# What a reader sees


def tracked(data: bytes, kind: str, place: str = "header") -> list[str]:
    """The words that are inserted or deleted in the headers or footers."""
    found = []
    for name in parts(data):
        if re.fullmatch(rf"word/{place}\d*\.xml", name):
            for each in part(data, name).iter(f"{W}{kind}"):
                found.append("".join(text.text or "" for text in each.iter(f"{W}t", f"{W}delText")))
    return [words for words in found if words]


def test_a_changed_header_shows_its_words() -> None:
    redline = assert_right(*MARGIN_CASES["words"])
    assert tracked(redline, "del") == ["2", "without prejudice"]
    assert tracked(redline, "ins") == ["3", "for settlement only"]


def test_a_header_that_only_one_file_has_comes_or_goes_as_words() -> None:
    come, gone = (MARGIN_CASES[f"a header that comes{way}"] for way in ("", ", the other way"))
    assert tracked(assert_right(*come), "ins") == ["Union Proposal 2without prejudice"]
    redline = assert_right(*gone)
    assert tracked(redline, "del") == ["Union Proposal 2without prejudice"]
    assert not list(part(redline, "word/header1.xml").iter(f"{W}pPrChange"))


def test_what_stays_in_a_header_is_not_touched() -> None:
    old = pages({"header": "Agreement", "footer": counted("Draft")}, {"header": "Annex"})
    redline = redline_files(old, pages({"header": "Agreement", "footer": counted("Draft")}, {"header": "Annex"}))
    assert {name: etree.canonicalize(xml.decode()) for name, xml in parts(redline).items()} == {
        name: etree.canonicalize(xml.decode()) for name, xml in parts(old).items()
    }


def test_another_number_of_pages_is_no_change() -> None:
    old, new = (pages({"footer": counted("Draft", shown)}) for shown in (("1", "1"), ("3", "12")))
    redline = redline_files(old, new)
    assert tracked(redline, "ins", "footer") == tracked(redline, "del", "footer") == []
    changed = redline_files(old, pages({"footer": counted("Last offer", ("3", "12"))}))
    assert tracked(changed, "ins", "footer") == ["Last offer"]
    codes = [each.text.split() for each in part(changed, "word/footer1.xml").iter(f"{W}instrText")]
    assert codes == [["PAGE"], ["NUMPAGES"]]


def test_a_header_that_two_sections_share_is_parted_where_only_one_of_them_changes() -> None:
    redline = assert_right(*MARGIN_CASES["a second section that takes its header from the first"])
    sections = part(redline, "word/document.xml").iter(f"{W}sectPr")
    own = [[each.get(f"{{{R}}}id") for each in section.iter(f"{W}headerReference")] for section in sections]
    assert len(own[0]) == len(own[1]) == 1
    assert own[0] != own[1]


def test_elements_around_headers_stand_in_the_order_of_the_schema() -> None:
    for name, pair in MARGIN_CASES.items():
        for each, xml in parts(redline_files(*pair)).items():
            assert not each.endswith(".xml") or not list(part_problems(etree.fromstring(xml))), (name, each)


def test_a_new_header_is_a_part_of_the_package_with_its_type() -> None:
    redline = redline_files(*MARGIN_CASES["a header that comes"])
    assert b'"/word/header1.xml"' in parts(redline)["[Content_Types].xml"]
    assert b'Target="header1.xml"' in parts(redline)["word/_rels/document.xml.rels"]


def test_addresses_in_a_header_and_in_a_note_are_those_of_their_own_part() -> None:
    redline = assert_right(*MARGIN_CASES["a link in a header"])
    assert b'"http://b/"' in parts(redline)["word/_rels/header1.xml.rels"]
    assert b"http://b/" not in parts(redline)["word/_rels/document.xml.rels"]
    redline = redline_files(_noted("a"), _noted("b"))
    assert b'"http://b/"' in parts(redline)["word/_rels/footnotes.xml.rels"]
    assert len(list(part(redline, "word/footnotes.xml").iter(f"{W}hyperlink"))) == 2


def _noted(host: str) -> bytes:
    """A file whose note links to a host, under an id that means something else in the main part."""
    site = f'<Relationship Id="r1" Type="{R}/hyperlink" Target="http://{{}}/" TargetMode="External"/>'
    note = f'<w:footnote w:id="2">{paragraph(run("See ") + link("r1", run("the office")))}</w:footnote>'
    return word_file(
        paragraph(run("Words.") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        parts={
            "footnotes": f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>",
            "word/_rels/footnotes.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships">{site.format(host)}</Relationships>',
        },
        relations=site.format("other"),
    )


def test_beyond_a_thousand_sections_the_old_headers_stay() -> None:
    old, new = (
        with_margins(*(Section(f"Clause {each}.", {"header": words} if not each else {}) for each in range(1_001)))
        for words in ("Draft 1", "Draft 2")
    )
    redline = redline_files(old, new)
    assert margin_texts(accept_all(redline))[0] == ["Draft 1"] * 3 + [""] * 3
    assert content(accept_all(redline)) == content(new)


# Theirs


def test_what_they_tracked_in_a_header_stays_theirs() -> None:
    theirs = with_margins(Section("One.", {"header": THEIRS}), Section("Two."))
    ours = with_margins(Section("One.", {"header": "Union answer to Proposal 2"}), Section("Two.", {"header": "Annex"}))
    redline = redline_files(theirs, ours)
    assert margins(reject_all(redline, authors={"Union"})) == margins(theirs)
    assert margins(reject_all(redline)) == margins(reject_all(theirs))
    assert_ids_are_single(redline)
    authors = {each.get(f"{W}author") for each in part(redline, "word/header2.xml").iter(f"{W}del")}
    assert authors == {"Ann", "Union"}


def test_our_answer_leaves_their_headers_alone() -> None:
    theirs = with_margins(Section("One of the words.\nEnd.", {"header": THEIRS, "footer": counted("Draft")}))
    answer = answer_in_file(theirs, [Edit("replace", "paragraph 1", "Ours instead.", was="One of the words.")])
    for name, xml in parts(theirs).items():
        if "header" in name or "footer" in name:
            assert etree.canonicalize(parts(answer)[name].decode()) == etree.canonicalize(xml.decode())
    assert margins(accept_all(answer, authors={"Union"})) == margins(theirs)


# For the table


@pytest.mark.parametrize("name", MARGIN_CASES)
def test_the_gate_lets_a_changed_header_through_as_it_is(name: str) -> None:
    old, new = MARGIN_CASES[name]
    safe = make_table_safe(redline_files(old, new), keep_tracked=True)
    assert margin_texts(accept_all(safe)) == margin_texts(new)
    assert margin_texts(reject_all(safe)) == margin_texts(old)
