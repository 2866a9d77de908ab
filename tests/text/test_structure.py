"""Blocks to provisions: numbers, headings, lead-ins, tracked changes, offsets."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.document import Block, Comment, Document, Note, Run
from app.text.structure import build_document


def block(text: str, **more: object) -> Block:
    return Block(runs=(Run(text),), place="paragraph 1", **more)  # type: ignore[arg-type]


def build(*texts: str | Block) -> Document:
    blocks = [block(text) if isinstance(text, str) else text for text in texts]
    return build_document(blocks, name="test", kind="text", digest="", warnings=())


def numbers(document: Document) -> list[str]:
    return [provision.number for provision in document.provisions]


SEQUENCES = [
    (
        [
            "ARTICLE 125--TECHNOLOGY",
            "Section 2. The Parties agree:",
            "(a) Notice is given.",
            "(1) In writing.",
            "(b) No.",
        ],
        [
            "Article 125 Section 2",
            "Article 125 Section 2(a)",
            "Article 125 Section 2(a)(1)",
            "Article 125 Section 2(b)",
        ],
        "sections are named after their article",
    ),
    (
        [
            "32.1 The Employer shall tell:",
            "(a) the Union;",
            "(b) employees who:",
            "(i) stay, or",
            "(ii) go.",
            "32.2 It ends.",
        ],
        ["32.1", "32.1(a)", "32.1(b)", "32.1(b)(i)", "32.1(b)(ii)", "32.2"],
        "decimal numbers stand for themselves",
    ),
    (
        ["(g) One thing.", "(h) Two things.", "(i) Three things.", "(j) Four."],
        ["g", "h", "i", "j"],
        "(i) between (h) and (j) is a letter",
    ),
    (
        ["(h) Notice of:", "(i) cost;", "(ii) time."],
        ["h", "h(i)", "h(ii)"],
        "(i) with (ii) next is roman, even after (h)",
    ),
    (["(i) cost;", "(ii) time;", "(iii) place."], ["i", "ii", "iii"], "(i) after nothing is roman"),
    (["(iv) cost;", "(v) time;", "(vi) place."], ["iv", "v", "vi"], "(v) goes on in roman"),
    (["(u) cost;", "(v) time;", "(w) place."], ["u", "v", "w"], "(v) goes on in letters"),
    (["1. One duty.", "(a) First half.", "2. Two duties.", "(a) Again."], ["1", "1(a)", "2", "2(a)"], "library text"),
    (["Section 1. (a) Notice is given.", "(b) In time."], ["Section 1(a)", "Section 1(b)"], "two numbers in one line"),
    (["1.", "The Employer shall tell the Union."], ["1"], "a number alone in its line belongs to what follows"),
    (
        ["A. Tests are fair.", "1. No test is secret.", "B. Results are open.", "1. Each one is sent."],
        ["A", "A(1)", "B", "B(1)"],
        "capitals outside, digits inside",
    ),
]


@pytest.mark.parametrize(("texts", "expected", "why"), SEQUENCES)
def test_full_numbers(texts: list[str], expected: list[str], why: str) -> None:
    assert numbers(build(*texts)) == expected, why


def test_automatic_numbers_compose_as_typed_ones_do() -> None:
    typed = build("32.1 The Employer shall tell:", "(a) the Union.")
    automatic = build(block("The Employer shall tell:", number="32.1"), block("the Union.", number="(a)", list_level=1))
    assert numbers(typed) == numbers(automatic)
    assert typed.text == automatic.text


HEADINGS = [
    (["ARTICLE 5", "TECHNOLOGY", "Words follow here."], ("Article 5. TECHNOLOGY",), "a title in the next line"),
    (["Article 5. Technology", "5.1 Notice", "Words follow here."], ("Article 5. Technology", "5.1 Notice"), "nested"),
    (
        ["ARTICLE 5", "Section 6. Essential Employees.", "Words follow."],
        ("Article 5", "Section 6. Essential Employees"),
        "a stop",
    ),
    (
        ["ARTICLE 1", "A. Tests", "Words.", "ARTICLE 2", "Words follow here."],
        ("Article 2",),
        "an article closes the one before",
    ),
    (["LETTER OF AGREEMENT 5", "Words follow here."], ("LETTER OF AGREEMENT 5",), "all capitals"),
]


@pytest.mark.parametrize(("texts", "path", "why"), HEADINGS)
def test_heading_paths(texts: list[str], path: tuple[str, ...], why: str) -> None:
    assert build(*texts).provisions[-1].heading_path == path, why


def test_a_heading_style_on_a_whole_provision_does_not_hide_it() -> None:
    text = "The Employer shall give the Union notice before it buys an Automated System."
    assert build(block(text, heading_level=2, number="1.1")).provisions[0].text == text


def test_a_run_in_heading_stays_in_the_text() -> None:
    document = build("1. Notice. The Employer shall tell the Union.")
    assert document.provisions[0].text == "Notice. The Employer shall tell the Union."


def test_items_inherit_their_opening_and_the_closing_words_stand_alone() -> None:
    document = build(
        "2. It is agreed. The Employer shall:",
        "(a) tell the Union:",
        "(i) in time;",
        "(b) stop.",
        "All this is grievable.",
    )
    assert [provision.lead_in for provision in document.provisions] == [
        "",
        "The Employer shall:",
        "The Employer shall: tell the Union:",
        "The Employer shall:",
        "",
    ]


def test_bullets_inherit_their_opening() -> None:
    document = build(
        "The notice states:", block("the vendor", list_level=0), block("the cost", list_level=0), "It is sent."
    )
    assert [provision.lead_in for provision in document.provisions] == [
        "",
        "The notice states:",
        "The notice states:",
        "",
    ]


def test_table_cells_are_provisions_under_their_column() -> None:
    cells = [
        block("Step", cell=(0, 0, 0)),
        block("Answer due", cell=(0, 0, 1)),
        block("First step", cell=(0, 1, 0), cell_header="Step"),
        block("10 days", cell=(0, 1, 1), cell_header="Answer due"),
        block("from receipt", cell=(0, 1, 1), cell_header="Answer due"),
    ]
    document = build("ARTICLE 9 GRIEVANCES", *cells)
    assert [(provision.heading_path[-1], provision.text) for provision in document.provisions] == [
        ("Step", "First step"),
        ("Answer due", "10 days\nfrom receipt"),
    ]


def changed(*runs: Run, **more: object) -> Block:
    return Block(runs=runs, place="paragraph 1", **more)  # type: ignore[arg-type]


def test_tracked_changes_have_two_views_and_exact_offsets() -> None:
    document = build(
        changed(
            Run("1.  The Employer "),
            Run("shall", "deleted", "Counsel"),
            Run("may", "inserted", "Counsel"),
            Run("  give notice."),
        )
    )
    assert document.text == "1. The Employer may give notice."
    assert document.before is not None
    assert document.before.text == "1. The Employer shall give notice."
    inserted, deleted = (next(c for c in document.tracked if c.kind == kind) for kind in ("inserted", "deleted"))
    assert document.text[inserted.start : inserted.end] == "may"
    assert (deleted.text, deleted.start, deleted.end) == ("shall", inserted.start, inserted.start)
    assert document.provisions[0].tracked == document.tracked


def test_without_changes_there_is_no_view_before() -> None:
    assert build("1. One duty.").before is None


MARKS = [
    ("deleted", "The Employer shall give notice.", "The Employer\nshall give notice."),
    ("inserted", "The Employer\nshall give notice.", "The Employer shall give notice."),
]


@pytest.mark.parametrize(("mark", "after", "before"), MARKS)
def test_a_tracked_paragraph_mark_joins_in_one_view(mark: str, after: str, before: str) -> None:
    document = build(changed(Run("The Employer "), mark=mark), "shall give notice.")
    assert document.before is not None
    assert (document.text, document.before.text) == (after, before)


def test_a_deleted_paragraph_is_gone_from_the_after_view_only() -> None:
    document = build("1. One duty.", changed(Run("2. Two duties.", "deleted"), mark="deleted"), "3. Three duties.")
    assert numbers(document) == ["1", "3"]
    assert document.before is not None
    assert numbers(document.before) == ["1", "2", "3"]
    assert [change.text for change in document.tracked] == ["2. Two duties."]


def test_a_deleted_row_takes_its_cells_along() -> None:
    document = build(
        block("kept", cell=(0, 0, 0)),
        changed(Run("struck"), mark="deleted", cell=(0, 1, 0)),
        block("also kept", cell=(0, 2, 0)),
    )
    assert document.text == "kept\nalso kept"
    assert document.before is not None
    assert document.before.text == "kept\nstruck\nalso kept"


def test_comments_and_notes_move_with_their_words() -> None:
    text = "1.   The  Employer shall pay."
    start = text.index("Employer")
    document = build(
        "First line.",
        block(text, comments=(Comment("who?", start, start + 8),), notes=(Note("footnote", "1", "x", start + 8),)),
    )
    comment, note = document.comments[0], document.notes[0]
    assert document.text[comment.start : comment.end] == "Employer"
    assert note.start == comment.end


def test_contents_are_in_the_text_and_in_a_warning_but_no_provision() -> None:
    document = build(block("ARTICLE 1 NOTICE ........ 3", contents=True), "ARTICLE 1 NOTICE", "Words follow here.")
    assert [provision.text for provision in document.provisions] == ["Words follow here."]
    assert "NOTICE ........ 3" in document.text
    assert "table of contents" in document.warnings[0]


LINES = """ARTICLE 5|TECHNOLOGY|Section 2. Notice|5.1 The Employer shall:|(a) pay;|(i) in time|(ii)|2. - x|A. Tests|
1. One duty. Two duties follow:|Closing words.|It says “no”.|1.5 times pay""".replace("\n", "").split("|")
TEXTS = st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=12)


@given(TEXTS)
def test_no_word_is_lost_and_offsets_point_at_their_text(texts: list[str]) -> None:
    document = build(*texts)
    covered = [False] * len(document.text)
    end = 0
    for provision in document.provisions:
        assert document.text[provision.start : provision.end] == provision.text
        assert end <= provision.start, "provisions stand in order and do not overlap"
        end = provision.end
        covered[provision.start : provision.end] = [True] * (provision.end - provision.start)
    headings = " ".join(text for provision in document.provisions for text in provision.heading_path).casefold()
    rest = "".join(" " if done else letter for done, letter in zip(covered, document.text, strict=True)).casefold()
    lost = [word for word in re.findall(r"[^\W\d_]{3,}", rest) if word not in headings]
    assert set(lost) <= {"article", "section"}, "outside provisions and headings stand only numbers"
    visible = [" ".join(re.sub("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00]", "", text).split()) for text in texts]
    assert document.text == "\n".join(text for text in visible if text)
