"""What always holds of the gate: it changes no word, twice is once, and nothing unknown gets through."""

from __future__ import annotations

import random
import re
import zipfile
from copy import deepcopy
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from app.errors import NotTableSafe, ProvisoError, UnreadableFile
from app.text.docx_reader import read_docx_blocks
from app.word.caucus_mark import MARKS, marked
from app.word.pictures import without_metadata
from app.word.table_safe import assert_table_safe, make_table_safe, things_to_look_at
from app.word.table_safe.manifest import write_archive
from app.word.table_safe.same_reading import compare
from app.word.table_safe.words import clean_words
from tests.factories.exports import EXPORTS
from tests.factories.secret_places import (
    MAIN,
    OFFICE,
    add_part,
    drawing,
    field,
    gif,
    jpeg,
    keep,
    numbering,
    old_box,
    png,
    repack,
    run,
    text_box,
    tree,
    unpack,
    xml,
)
from tests.factories.word_files import NAMESPACES, deleted, inserted, listed, paragraph, word_file

SECRET = "Zorblax45"
WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Cf")), min_size=1, max_size=12)
LOOKS = ("", "<w:b/>", "<w:i/><w:color w:val='FF0000'/>", "<w:vanish/>", "<w:vanish w:val='0'/>", "<w:webHidden/>")
WRAPS = (
    "{}",
    "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    '<w:smartTag w:element="x">{}</w:smartTag>',
    '<w:hyperlink w:anchor="nowhere">{}</w:hyperlink>',
    '<w:bookmarkStart w:id="1" w:name="a"/>{}<w:bookmarkEnd w:id="1"/>',
    '<w:fldSimple w:instr=" FILENAME ">{}</w:fldSimple>',
    '<w:fldSimple w:instr=" PAGE ">{}</w:fldSimple>',
    "{}<w:r><w:tab/><w:br/></w:r>",
)


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """Something that may stand in a paragraph, words included."""
    words = draw(WORDS)
    text = run(words.replace("&", "&amp;").replace("<", "&lt;"), draw(st.sampled_from(LOOKS)))
    wrap = draw(st.sampled_from(WRAPS))
    extra = draw(st.sampled_from(["", "", field(" AUTHOR "), field(" PAGEREF a \\h "), field(" REF a \\r \\h ")]))
    return wrap.format(text) + extra


def shown(data: bytes) -> list[tuple[str, str]]:
    """What a person reads, block by block: selectors that nobody sees could carry a message, so the gate drops them."""
    blocks = [
        (clean_words("".join(run.text for run in block.runs)), block.number) for block in read_docx_blocks(data)[0]
    ]
    return [block for block in blocks if any(block)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(pieces(), min_size=1, max_size=4), min_size=1, max_size=5))
def test_words_stay_and_twice_is_once(paragraphs: list[list[str]]) -> None:
    data = word_file("".join(f"<w:p>{''.join(each)}</w:p>" for each in paragraphs))
    written = make_table_safe(data)
    assert shown(written) == shown(data)
    assert make_table_safe(written) == written
    assert_table_safe(written)


@pytest.mark.parametrize("seed", range(60))
def test_unknown_things_are_refused_or_gone(seed: int) -> None:
    """Elements, attributes, values and parts that nobody has thought of, in random places."""
    chance = random.Random(seed)
    like = EXPORTS[chance.choice(sorted(EXPORTS))]()
    parts = unpack(like.data)
    names = [each for each in parts if each.endswith(".xml") and each.startswith("word/")]
    for _ in range(3):
        name = chance.choice(names)
        root = tree(parts, name)
        target = chance.choice([each for each in root.iter() if isinstance(each.tag, str)])
        kind = chance.randrange(5)
        uri = chance.choice([etree.QName(root).namespace, "urn:unknown"])
        if kind == 0:
            target.set(f"{{{uri}}}{chance.choice(['note', 'val', 'name', 'id'])}", SECRET)
        elif kind == 1:
            added = etree.SubElement(
                target, f"{{{uri}}}{chance.choice(['note', 'rPr', 'pict', 'jc', 'r', 't', 'ind'])}"
            )
            added.set(f"{{{uri}}}val", SECRET)
        elif kind == 2:
            added = etree.SubElement(target, f"{{{uri}}}{chance.choice(['note', 'instrText', 'pPr', 'tblPr'])}")
            added.text = SECRET
        elif kind == 3:
            added = etree.Comment(SECRET) if chance.random() < 0.5 else etree.ProcessingInstruction("note", SECRET)
            target.append(added)
        else:
            add_part(parts, f"word/x{chance.randrange(99)}.{chance.choice(['xml', 'bin', 'png'])}", SECRET, "whatever")
        keep(parts, name, root) if kind < 4 else None
    try:
        written = make_table_safe(repack(parts), keep_tracked=like.keep_tracked, theirs=like.theirs)
    except ProvisoError:
        return
    with zipfile.ZipFile(BytesIO(written)) as package:
        for name in package.namelist():
            content = package.read(name)
            assert SECRET.encode() not in content or f">{SECRET}</w:t>".encode() in content, name


@pytest.mark.parametrize("seed", range(30))
def test_a_file_in_disorder_is_refused_or_made_safe_and_stays_so(seed: int) -> None:
    """Elements gone, doubled, moved and renamed, odd values: only the two errors of the gate ever come out."""
    chance = random.Random(seed)
    like = EXPORTS[chance.choice(sorted(EXPORTS))]()
    parts = unpack(like.data)
    for name in chance.sample([each for each in parts if each.endswith((".xml", ".rels"))], 2):
        root = tree(parts, name)
        every = [each for each in root.iter() if isinstance(each.tag, str)]
        for _ in range(chance.randrange(1, 6)):
            one, other = chance.choice(every), chance.choice(every)
            holder, kind = one.getparent(), chance.randrange(4)
            if kind == 0 and holder is not None:
                holder.remove(one)
            elif kind == 1 and holder is not None:
                holder.insert(chance.randrange(len(holder) + 1), deepcopy(other))
            elif kind == 2:
                one.tag = other.tag
            elif one.attrib:
                one.set(chance.choice(list(one.attrib)), chance.choice(["", "-1", "9" * 30, "nan", "²", "x" * 900]))
        keep(parts, name, root)
    theirs = like.theirs if chance.random() < 0.5 else None
    try:
        written = make_table_safe(repack(parts), keep_tracked=True, theirs=theirs)
    except (NotTableSafe, UnreadableFile):
        return
    assert_table_safe(written, tracked=True, theirs=theirs)
    assert make_table_safe(written, keep_tracked=True, theirs=theirs) == written


@pytest.mark.parametrize("seed", range(40))
def test_the_check_refuses_whatever_is_slipped_into_a_written_file(seed: int) -> None:
    chance = random.Random(seed)
    like = EXPORTS[chance.choice(sorted(EXPORTS))]()
    safe = make_table_safe(like.data, keep_tracked=like.keep_tracked, theirs=like.theirs)
    at = chance.randrange(len(safe))
    spoilt = safe[:at] + SECRET.encode() + safe[at:]
    with pytest.raises(ProvisoError):
        assert_table_safe(spoilt, tracked=like.keep_tracked, theirs=like.theirs)


@pytest.mark.parametrize("picture", [png(), jpeg(), gif(b"x")])
def test_a_cleaned_picture_stays_as_it_is(picture: bytes) -> None:
    cleaned = without_metadata(picture)
    assert without_metadata(cleaned) == cleaned


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_picture_is_refused_and_never_breaks_the_program(seed: int) -> None:
    chance = random.Random(seed)
    for picture in (png(b"x"), jpeg(b"x"), gif(b"x")):
        spoilt = bytearray(picture[: chance.randrange(4, len(picture))])
        for _ in range(3):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            cleaned = without_metadata(bytes(spoilt))
        except ValueError:
            continue
        assert without_metadata(cleaned) == cleaned


@pytest.mark.parametrize(
    "spoilt",
    [
        png().replace(png()[33:37], b"\0\0\0\x09gAMA" + b"a secret!" + b"\xda\xc3\x3a\x6e" + png()[33:37], 1),
        jpeg().replace(b"\xff\xdb\0\x43\0", b"\xff\xdb\0\x4b\0", 1).replace(b"\xff\xc0", b"a secret\xff\xc0", 1),
        jpeg().replace(b"\xff\xc0", b"\xff\xcf\0\x11\x08\0\x01\0\x01\x01a secret!\xff\xc0", 1),
        gif(b"x").replace(b"!\xfe", b"!\xf9\x08a secret\0!\xfe", 1),
        gif(b"x").replace(b"\x01\0;", b"\x01\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;", 1),
    ],
    ids=["a long chunk", "a long table", "a second frame", "a long extension", "a second image"],
)
def test_a_picture_that_says_more_than_it_draws_is_refused(spoilt: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be checked"):
        without_metadata(spoilt)


@pytest.mark.parametrize("mark", MARKS)
def test_a_caucus_copy_is_refused_whatever_is_taken_out_of_it(mark: str) -> None:
    data = marked(word_file(paragraph("text")), mark)
    for gate in (make_table_safe, assert_table_safe):
        with pytest.raises(NotTableSafe, match="copy for the caucus"):
            gate(data)


class TestTrackedChanges:
    def test_are_refused_unless_asked_for(self) -> None:
        data = word_file(paragraph(inserted("ours") + run("text")))
        with pytest.raises(
            NotTableSafe, match=r"the text \(word/document\.xml\) has tracked changes\. Accept or reject"
        ):
            make_table_safe(data)

    def test_stay_with_their_dates_when_they_are_a_side_s(self) -> None:
        data = word_file(paragraph(inserted("ours") + deleted("theirs") + run("text"), mark="ins"))
        written = make_table_safe(data, keep_tracked=True, author="Ann")
        assert b'w:date="2026-01-02T03:04:05Z"' in unpack(written)[MAIN]
        with pytest.raises(NotTableSafe, match="by “Ann”"):
            make_table_safe(data, keep_tracked=True, author="Union")

    def test_of_the_employer_stay_in_the_employer_s_own_file(self) -> None:
        theirs = word_file(paragraph(inserted("new") + run("text")))
        ours = word_file(paragraph(inserted("new").replace("Ann", "Union") + inserted("new") + run("text")))
        assert_table_safe(make_table_safe(ours, keep_tracked=True, theirs=theirs), tracked=True, theirs=theirs)
        with pytest.raises(NotTableSafe, match="by “Ann”"):
            make_table_safe(ours, keep_tracked=True)

    def test_words_that_we_took_out_of_a_row_that_we_inserted_are_on_nobody_s_table(self) -> None:
        union = 'w:author="Union" w:date="2026-01-02T03:04:05Z"'
        struck = f'<w:del w:id="2" {union}><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
        rows = "".join(
            f"<w:tr>{marks}<w:tc>{properties}<w:p>{run('words')}{struck}</w:p></w:tc></w:tr>"
            for marks, properties in (
                (f'<w:trPr><w:ins w:id="1" {union}/></w:trPr>', ""),
                ("", f'<w:tcPr><w:cellIns w:id="3" {union}/></w:tcPr>'),
            )
        )
        data = word_file(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl><w:p/>")
        content = unpack(make_table_safe(data, keep_tracked=True))[MAIN].decode()
        assert SECRET not in content
        assert content.count(">words<") == 2

    def test_words_that_the_employer_took_out_of_what_we_inserted_stay(self) -> None:
        before, _, after = inserted("|").replace("Ann", "Union").partition("|")
        both = before.rpartition("<w:r>")[0] + deleted("theirs") + after.partition("</w:r>")[2]
        data = word_file(paragraph(run("text") + both))
        content = unpack(make_table_safe(data, keep_tracked=True, theirs=data))[MAIN].decode()
        assert ">theirs</w:delText>" in content


class TestUnseenLetters:
    @pytest.mark.parametrize(
        ("carrier", "left"),
        [
            ("a\ufe00\ufe0f\ufe01b", "ab"),  # variants of letters that have none
            ("\u2764\ufe0f\ufe01", "\u2764\ufe0f"),  # the first is the heart's own
            ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
            ("\u00a9\ufe0f", "\u00a9\ufe0f"),
            ("a\U000e0041b", "ab"),
        ],
    )
    def test_in_words_and_in_the_text_of_a_list(self, carrier: str, left: str) -> None:
        parts = unpack(word_file(listed(run(carrier))))
        levels = f'<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Art {carrier}%1"/></w:lvl>'
        numbering(
            f'<w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>'
        )(parts, "")
        written = unpack(make_table_safe(repack(parts)))
        assert f">{left}</w:t>" in written[MAIN].decode()
        assert f'"Art {left}%1"' in written["word/numbering.xml"].decode()

    @pytest.mark.parametrize("text", ["4 5 d a y s", "45", "%2 45"])
    def test_figures_and_spaced_letters_in_a_level_that_no_paragraph_shows(self, text: str) -> None:
        parts = unpack(word_file(listed("words")))
        levels = "".join(
            f'<w:lvl w:ilvl="{index}"><w:numFmt w:val="decimal"/><w:lvlText w:val="{each}"/></w:lvl>'
            for index, each in enumerate(["(%1)", text, "o"])
        )
        numbering(
            f'<w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>'
        )(parts, "")
        content = unpack(make_table_safe(repack(parts)))["word/numbering.xml"].decode()
        assert re.findall('lvlText w:val="(.*?)"', content) == ["(%1)", "%2.", "o"]


class TestWhatStays:
    def test_cross_references_stay_live_and_their_places_lose_their_names(self) -> None:
        reference = field(f" REF {SECRET} \\r \\h ", "1")
        body = (
            f'<w:p><w:bookmarkStart w:id="4" w:name="{SECRET}"/>{run("Notice")}<w:bookmarkEnd w:id="4"/></w:p>'
            f"<w:p>{run('See ')}{reference}</w:p>"
        )
        content = unpack(make_table_safe(word_file(body)))[MAIN].decode()
        assert 'w:name="_Ref1"' in content
        assert " REF _Ref1 \\r \\h " in content
        assert SECRET not in content

    def test_text_boxes_keep_the_words_that_word_shows(self) -> None:
        both = (
            f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{text_box("new box")}</mc:Choice><mc:Fallback>'
            f"{old_box('old box')}</mc:Fallback></mc:AlternateContent></w:r>{run('text')}</w:p>"
        )
        parts = unpack(word_file(paragraph("x")))
        parts[MAIN] = parts[MAIN].replace(b"<w:body>", b"<w:body>" + _declared(both), 1)
        data = repack(parts)
        assert ("new box", "") in shown(make_table_safe(data))
        assert b"old box" not in unpack(make_table_safe(data))[MAIN]

    def test_a_style_that_the_employer_named_keeps_its_name_in_the_employer_s_file(self) -> None:
        sheet = (
            '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:style w:type="paragraph" w:styleId="TW"><w:name w:val="Tidewater Body"/></w:style></w:styles>'
        )
        theirs = word_file(paragraph("text", style="TW"), parts={"styles": sheet})
        assert b"Tidewater Body" in unpack(make_table_safe(theirs, theirs=theirs))["word/styles.xml"]
        renamed = unpack(make_table_safe(theirs))
        assert b"Tidewater" not in renamed["word/styles.xml"]
        assert b'w:pStyle w:val="CustomStyle1"' in renamed[MAIN]

    def test_lists_number_as_before(self) -> None:
        parts = unpack(word_file("<w:p/>"))
        numbering(
            '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/>'
            '<w:lvlText w:val="Article %1:"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="2"><w:abstractNumId w:val="3"/></w:num>'
        )(parts, "")
        listed = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>{}</w:p>'
        parts[MAIN] = parts[MAIN].replace(b"<w:p/>", (listed.format(run("a")) + listed.format(run("b"))).encode())
        assert [number for _, number in shown(make_table_safe(repack(parts)))] == ["Article IV:", "Article V:"]


class TestThingsToLookAt:
    @pytest.mark.parametrize(
        ("body", "says"),
        [
            (run("our floor", '<w:color w:val="FFFFFF"/>'), "White letters: “our floor”"),
            (
                run("our floor", '<w:color w:val="003366"/><w:shd w:val="clear" w:fill="003366"/>'),
                "the colour of their ground: “our floor”",
            ),
            (run("our floor", '<w:sz w:val="2"/>'), "too small to be seen: “our floor”"),
            (field(" FILENAME \\p ", "C:/caucus/floor.docx"), "“C:/caucus/floor.docx”, which the field FILENAME"),
            (f'<w:fldSimple w:instr=" AUTHOR ">{run("Ana")}</w:fldSimple>', "“Ana”, which the field AUTHOR"),
        ],
    )
    def test_what_is_hard_to_see_is_named_and_stays(self, body: str, says: str) -> None:
        data = word_file(f"<w:p>{run('text ')}{body}</w:p>")
        assert says in " ".join(things_to_look_at(data))
        assert shown(make_table_safe(data)) == shown(data)

    @pytest.mark.parametrize(
        ("old", "new"),
        [('cx="900000" cy="900000"', 'cx="900000" cy="0"'), ("<wp:posOffset>0", "<wp:posOffset>-90000000")],
    )
    def test_a_box_that_nobody_sees(self, old: str, new: str) -> None:
        parts = unpack(word_file(paragraph("text")))
        box = _declared(f"<w:p><w:r>{text_box('our floor').replace(old, new)}</w:r></w:p>")
        parts[MAIN] = parts[MAIN].replace(b"<w:body>", b"<w:body>" + box, 1)
        assert "“our floor”" in " ".join(things_to_look_at(repack(parts)))

    @pytest.mark.parametrize(
        ("shape", "says"),
        [
            (
                old_box("our floor", ";height:0.5pt"),
                "A text box too small to be seen, or beside the page: “our floor”.",
            ),
            (old_box("our floor", ";margin-left:-2000pt"), "beside the page: “our floor”"),
            (drawing(BLIP="").replace('<wp:extent cx="9525"', '<wp:extent cx="0"'), "A picture too small to be seen"),
            ("<w:t>fl\u200boor</w:t>", "Letters without a shape within words, which may be a code: “fl·oor”"),
        ],
    )
    def test_old_shapes_pictures_and_letters_that_nobody_sees(self, shape: str, says: str) -> None:
        parts = unpack(word_file(paragraph("text")))
        body = _declared(f"<w:p>{shape if shape.startswith('<w:r>') else f'<w:r>{shape}</w:r>'}</w:p>")
        parts[MAIN] = parts[MAIN].replace(b"<w:body>", b"<w:body>" + body, 1)
        assert says in " ".join(things_to_look_at(repack(parts)))

    @pytest.mark.parametrize("shape", [old_box("our floor"), drawing(BLIP="").replace("9525", "952500")])
    def test_shapes_in_plain_sight_are_not_named(self, shape: str) -> None:
        parts = unpack(word_file(paragraph("text")))
        body = _declared(f"<w:p>{shape if shape.startswith('<w:r>') else f'<w:r>{shape}</w:r>'}</w:p>")
        parts[MAIN] = parts[MAIN].replace(b"<w:body>", b"<w:body>" + body, 1)
        assert things_to_look_at(repack(parts)) == []

    def test_white_on_a_dark_ground_is_no_secret(self) -> None:
        dark = run("Heading", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>')
        assert things_to_look_at(word_file(f"<w:p>{dark}</w:p>")) == []

    def test_a_long_list_is_cut(self) -> None:
        white = "".join(paragraph(run(f"word {number}", '<w:color w:val="FFFFFF"/>')) for number in range(50))
        said = things_to_look_at(word_file(white))
        assert len(said) == 21
        assert said[-1] == "There are 30 more such places."


class TestBeforeAndAfter:
    def test_words_that_a_header_would_lose_stop_the_export(self) -> None:
        before, after = (
            word_file(
                paragraph("text"),
                parts={"word/h.xml": f"<w:hdr {NAMESPACES}>{paragraph(words)}</w:hdr>"},
                relations=f'<Relationship Id="h" Type="{OFFICE}/header" Target="h.xml"/>',
            )
            for words in ("Without prejudice", "Without")
        )
        compare(before, before)
        with pytest.raises(NotTableSafe, match="in a header or footer: “Without”"):
            compare(before, after)

    def test_a_damaged_part_that_no_page_shows_is_left_behind(self) -> None:
        hidden = f"<w:p><w:r>{text_box('unseen', 'hidden=' + chr(34) + '1' + chr(34))}</w:r></w:p>"
        parts = unpack(word_file(paragraph("text")))
        parts[MAIN] = parts[MAIN].replace(b"<w:body>", b"<w:body>" + _declared(hidden), 1)
        parts["word/spare.bin"] = b"spare " * 9
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            for name, content in parts.items():
                package.writestr(name, content)
        data = buffer.getvalue().replace(b"spare spare", b"spoilt part")
        assert ("text", "") in shown(make_table_safe(data))


class TestBounds:
    def test_a_bomb_is_refused(self) -> None:
        with pytest.raises(UnreadableFile, match="times its size"):
            make_table_safe(word_file(paragraph("x" * 30_000_000)))
        bomb = BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(zipfile.ZipInfo("word/document.xml"), b"x" * 30_000_000)
        with pytest.raises(ProvisoError):
            assert_table_safe(bomb.getvalue())

    @pytest.mark.parametrize("data", [b"", b"PK", b"no file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
    def test_what_is_no_word_file(self, data: bytes) -> None:
        with pytest.raises(UnreadableFile):
            make_table_safe(data)
        with pytest.raises(UnreadableFile):
            assert_table_safe(data)

    def test_entities_are_refused(self) -> None:
        data = word_file(main='<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
        with pytest.raises(UnreadableFile, match="entities"):
            make_table_safe(data)

    def test_deep_nesting(self) -> None:
        cells = "<w:tbl><w:tr><w:tc>" * 300 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 300
        assert ("deep", "") in shown(make_table_safe(word_file(cells)))


class TestTraces:
    """What tells how a file came about, and nothing about what it says."""

    def test_words_that_were_typed_in_several_goes_stand_in_one_run(self) -> None:
        cut = (
            f"{run('not less than ')}<w:proofErr w:type='spellStart'/>{run('ninety')}{run(' ')}"
            f"{run('days', '<w:b/>')}{run('', '<w:b/>')}<w:bookmarkStart w:id='3' w:name='_GoBack'/>"
            f"{run(' in ', '<w:b/>')}<w:bookmarkEnd w:id='3'/>{run('writing')}<w:r><w:tab/></w:r>"
        )
        content = unpack(make_table_safe(word_file(f"<w:p>{cut}</w:p>")))[MAIN].decode()
        runs = re.findall("<w:r>(.*?)</w:r>", content)
        assert [re.sub("<w:rPr/>|<[^>]*preserve[^>]*>|<w:t>|</w:t>", "", each) for each in runs] == [
            "not less than ninety ", "<w:rPr><w:b/></w:rPr>days in ", "writing<w:tab/>",
        ]  # fmt: skip

    def test_the_check_refuses_words_in_pieces(self) -> None:
        written = unpack(make_table_safe(word_file(paragraph("ninety days"))))
        written[MAIN] = written[MAIN].replace(b"ninety days", b"nine</w:t></w:r><w:r><w:t>ty days")
        with pytest.raises(NotTableSafe, match="in several runs"):
            assert_table_safe(write_archive(written))

    def test_changes_notes_and_lists_are_counted_without_gaps(self) -> None:
        listing = "".join(
            f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText '
            f'w:val="(%1)"/></w:lvl></w:abstractNum><w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>'
            "</w:num>"
            for number in (7, 45)
        )
        notes = (
            '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
            f'<w:footnote w:id="12"><w:p>{run("gone")}</w:p></w:footnote>'
            f'<w:footnote w:id="45"><w:p>{run("seen")}</w:p></w:footnote>'
        )
        mark = '<w:r><w:footnoteReference w:id="45"/></w:r>'
        body = listed(inserted("a").replace('"1"', '"45"') + mark, num=45) + listed("b", num=99) + listed("c", num=0)
        parts = {"footnotes": f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>"}
        parts["numbering"] = f"<w:numbering {NAMESPACES}>{listing}</w:numbering>"
        data = word_file(body, parts=parts)
        made = make_table_safe(data, keep_tracked=True, author="Ann")
        written = unpack(made)
        content = b"".join(written.values()).decode()
        assert '"45"' not in content
        assert re.findall('<w:ins [^>]*w:id="(.*?)"', content) == ["1"]
        assert re.findall('<w:footnote[^R>]* w:id="(.*?)"', content) == ["-1", "1"]
        assert re.findall('footnoteReference w:id="(.*?)"', content) == ["1"]
        assert re.findall('w:numId w:val="(.*?)"', content) == ["1", "2", "0"]  # the second leads nowhere, as before
        assert re.findall('w:num w:numId="(.*?)"', content) == ["1"]
        assert shown(made) == shown(data)

    def test_the_check_refuses_an_id_that_tells_of_others(self) -> None:
        written = unpack(make_table_safe(word_file(paragraph(inserted("x"))), keep_tracked=True, author="Ann"))
        written[MAIN] = written[MAIN].replace(b'w:id="1"', b'w:id="45"')
        with pytest.raises(NotTableSafe, match="counts with gaps: w:id “45” on w:ins should be 1"):
            assert_table_safe(write_archive(written), tracked=True, author="Ann")


def _declared(text: str) -> bytes:
    """Blocks with the name spaces that they use."""
    return b"".join(etree.tostring(element) for element in xml(text))
