"""What we write, our own reader reads: the same provisions, the same text before and after."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.library.files import load_library
from app.library.rendering import render_position
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.export_options import ExportOptions
from app.proposals.views import ProposalView, RenderedArticle, RenderedProvision
from app.text.document import Document
from app.text.reading import read_bytes, read_file
from app.word.redline.texts import redline_texts

NOW = datetime(2026, 5, 19, 14, 15, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
COUNTER = ROOT / "app" / "proposals" / "demonstration" / "employer_counter.docx"
VIEW = ProposalView(
    id="p", table_id="t", title="Technology and work", side="union", number=2, round_number=3,
    held_on=date(2026, 5, 19), employer="Tidewater Regional Distribution", union="Local 418", unit="Warehouse",
    created_by="Dana Reyes", created_at=NOW, articles=(),
)  # fmt: skip

ACTIONS = st.sampled_from(
    ["notify the Union in writing", "pay $2,000 within 30 calendar days", "keep Worker Data secret & safe",
     "bargain before it buys an Automated System", "train each employee for 40 hours", "post the “list” at every site"]
)  # fmt: skip
TEXTS = st.sampled_from(
    ["“Automated System” means any software that ranks, scores or watches; it includes a “Pilot”.",
     "In this Article, \"Worker Data\" means data about an employee's work.",
     "The parties form a committee (the “Technology Committee”) of 6 members.",
     "Σύμφωνα με το άρθρο, ο εργοδότης ενημερώνει το «σωματείο».", "Работодатель уведомляет профсоюз за 30 дней.",
     "雇主应当在三十天前通知工会。", "يُخطِر صاحب العمل النقابة قبل ثلاثين يومًا.",
     "L’employeur avise le « syndicat » 𝒳 sans délai.", "Under the Act, section 2 governs; so does section 3 of it.",
     "Sections 1 to 3, section 2(b) and section 1(aa) apply; section 99 and section 8(a)(5) of the Act do not.",
     "Section 1 of this Article prevails over sections 2, 3 and 4(c)."]
)  # fmt: skip
LETTERS = [*"abcdefghijklmnopqrstuvwxyz", *(2 * letter for letter in "abcdefghijklmnopqrstuvwxyz")]
ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi"]
SENTENCES = st.tuples(st.sampled_from(["shall", "shall not", "may"]), ACTIONS).map(
    lambda pair: f"The Employer {pair[0]} {pair[1]}."
)


@st.composite
def an_article(draw: st.DrawFn, number: int) -> RenderedArticle:
    provisions: list[RenderedProvision] = []
    lead, deeper = "The Employer shall:", "do each of the following:"
    for place in range(1, draw(st.integers(1, 6)) + 1):
        items = draw(st.one_of(st.lists(ACTIONS, max_size=3), st.lists(ACTIONS, min_size=24, max_size=40)))
        if not items:
            text = draw(st.one_of(SENTENCES, TEXTS))
            provisions.append(RenderedProvision(str(place), 0, "", text, text, changed=False))
            continue
        provisions.append(RenderedProvision(str(place), 0, "", lead, lead, changed=False))
        for letter, action in zip(LETTERS, items, strict=False):
            nested = draw(st.lists(ACTIONS, max_size=11)) if letter == "b" else []
            text = deeper if nested else f"{action};"
            provisions.append(RenderedProvision(f"{place}({letter})", 1, lead, text, "", changed=False))
            provisions += [
                RenderedProvision(f"{place}({letter})({roman})", 2, f"{lead} {deeper}", f"{each};", "", changed=False)
                for roman, each in zip(ROMANS, nested, strict=False)
            ]
    return RenderedArticle(
        number, draw(st.sampled_from(["Notice", "Worker data", "Ενημέρωση", "再培训"])), tuple(provisions)
    )


def as_read(article: RenderedArticle, number: str) -> str:
    """A provision's number as one reads it under "Article 3.": "Article 3(2)(a)"."""
    section, _, item = number.partition("(")
    return f"Article {article.number}({section})" + (f"({item}" if item else "")


PROPOSALS = st.integers(1, 3).flatmap(lambda count: st.tuples(*(an_article(number) for number in range(1, count + 1))))


@settings(max_examples=40, deadline=None)
@given(PROPOSALS, st.builds(ExportOptions, st.booleans(), st.booleans(), st.booleans()))
def test_a_written_proposal_reads_back_as_the_same_provisions(
    articles: tuple[RenderedArticle, ...], options: ExportOptions
) -> None:
    document = read_bytes(write_proposal_docx(VIEW, articles, now=NOW, options=options), "proposal.docx")
    read = [(each.number, each.text, each.lead_in) for each in document.provisions if each.number]
    assert read == [
        (as_read(article, each.number), each.text, each.lead_in) for article in articles for each in article.provisions
    ]
    assert [each.startswith("A table of contents") for each in document.warnings] == [True] * bool(options.contents)
    assert document.before is None
    assert not document.comments
    headings = dict.fromkeys(each.heading_path[0] for each in document.provisions if each.number)
    assert list(headings) == [article.heading for article in articles]


def lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def a_text(text: str) -> Document:
    return read_bytes(text.encode(), "text.txt")


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=5), st.lists(SENTENCES, min_size=1, max_size=5))
def test_a_redline_reads_as_the_old_text_before_and_the_new_text_after(old: list[str], new: list[str]) -> None:
    before, after = a_text("\n\n".join(old)), a_text("\n\n".join(new))
    read = read_bytes(redline_texts(before, after), "redline.docx")
    assert lines(read) == lines(after)
    assert lines(read.before or read) == lines(before)


def test_the_employers_counter_can_be_redlined_against_itself_without_its_changes() -> None:
    counter = read_file(COUNTER)
    assert counter.before is not None
    read = read_bytes(redline_texts(counter.before, counter), "redline.docx")
    assert read.before is not None
    assert lines(read) == lines(counter)
    assert lines(read.before) == lines(counter.before)


@pytest.mark.parametrize(
    ("number", "start"), [("1.2", "Written notice. The Employer will endeavor"), ("5.2", "Complete")]
)
def test_the_counters_automatic_numbers_are_those_of_the_notes(number: str, start: str) -> None:
    found = next(each for each in read_file(COUNTER).provisions if each.number == number)
    assert found.text.startswith(start)


def test_every_clause_of_the_library_survives_the_way_through_word() -> None:
    versions = [clause.latest for clause in load_library(ROOT / "clauses").clauses.values()]
    articles = tuple(
        RenderedArticle(
            place,
            version.title,
            tuple(
                RenderedProvision(each.number, each.number.count("("), each.lead_in, each.text, "", changed=False)
                for each in render_position(version, "target")
            ),
        )
        for place, version in enumerate(versions, start=1)
    )
    document = read_bytes(write_proposal_docx(VIEW, articles, now=NOW), "proposal.docx")
    read = {each.number: (each.text, each.lead_in) for each in document.provisions if each.number}
    for article in articles:
        for each in article.provisions:
            assert read.get(as_read(article, each.number)) == (each.text, each.lead_in), article.title
