"""Nothing passes silently: every changed word is under a move or in the residue.

The reference is plain difflib over words and marks, without any tidying of our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.analysis.aligning.passage import Passage
from app.analysis.compare import compare, compare_texts
from app.analysis.learned.second_opinion import Opinion
from app.analysis.pipeline import Pipeline
from app.analysis.residue import unexplained
from app.analysis.results import Baseline, ClauseText, Comparison, Evidence, Protection, Residue, Span
from app.text.document import Document, Provision

_TOKEN = re.compile(r"\w+(?:[’'\-.]\w+)*|\s+|[^\w\s]")
_QUICK = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])

SENTENCES = (
    "The Employer shall give the Union at least 120 calendar days of written notice before it buys any system.",
    "The notice shall state the vendor, the purpose, the data collected and the jobs affected.",
    "The Employer shall not use the system until bargaining is complete.",
    "Worker Data shall be deleted within 60 days after collection.",
    "No employee shall be laid off because of technology.",
    "An employee may refuse a wearable device.",
    "The Union may file a grievance within 90 days, and an arbitrator may award back pay.",
    "The Employer shall pay at least 320 hours of training at full wages.",
    "“Automated System” means any software that makes or informs a decision.",
    "The committee shall meet four times a year.",
    "The Employer values its people.",
    "The Union waives, for the term of this Agreement, any right to bargain over technology.",
    "Nothing in this Agreement limits management rights to introduce technology.",
    "Uniforms come in three sizes.",
    "the name of the system;",
    "Pilots are excluded.",
    "Notwithstanding the foregoing, the Employer may lay off employees.",
    "Section 2 shall not apply during a pilot.",
    "Subject to Section 9, the Employer shall pay for training.",
    "Whereas no employee shall be laid off because of technology;",
    "An Automated System does not include vendor features.",
)
WORDS = (
    "shall", "may", "not", "will endeavour to", "where practicable,", "30 days", "material", "solely", "and", "or",
    "the Employer", "the Union", "except in an emergency", "up to", "$500", "in its sole discretion", "data", "pay,",
    "consult", "bargain", "after", "before", "café", "x", "ß", "(b)", "—", "٣", "\n", "’s", "AI", ".",
)  # fmt: skip


Judging = Callable[[str, str], tuple[Opinion, list[Residue]]]
Comparing = Callable[[Document, Baseline], Comparison]


@pytest.fixture(name="judging", scope="module")
def _judging(pipeline: Pipeline) -> Judging:
    """A function rather than the pipeline, whose rules would fill pages when an example fails."""
    return lambda old, new: compare_texts(old, new, pipeline)


@pytest.fixture(name="comparing", scope="module")
def _comparing(pipeline: Pipeline) -> Comparing:
    return lambda draft, baseline: compare(draft, baseline, pipeline)


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """A text with words dropped, put in and swapped."""
    words = text.split(" ")
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(words)))
        if draw(st.booleans()) and place < len(words):
            del words[place : place + draw(st.integers(1, 3))]
        else:
            words.insert(place, draw(st.sampled_from(WORDS)))
    return " ".join(words)


@st.composite
def two_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A passage of a few sentences and what became of it."""
    sentences = draw(st.lists(st.sampled_from(SENTENCES), max_size=3))
    kept = [sentence for sentence in sentences if draw(st.booleans())]
    other = [*kept, *draw(st.lists(st.sampled_from(SENTENCES), max_size=2))]
    return " ".join(sentences), draw(edited(" ".join(draw(st.permutations(other)))))


@st.composite
def two_documents(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """The provisions of two documents: some kept, some edited, dropped, moved, merged or new."""
    ours = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7))
    theirs = []
    for text in ours:
        match draw(st.sampled_from(["kept", "edited", "dropped", "merged"])):
            case "kept":
                theirs.append(text)
            case "edited":
                theirs.append(draw(edited(text)))
            case "merged" if theirs:
                theirs[-1] += f" {draw(edited(text))}"
    theirs += draw(st.lists(st.sampled_from(SENTENCES), max_size=2))
    return ours, [text for text in draw(st.permutations(theirs)) if text.strip()]


def changed_words(old: str, new: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The words with a letter or digit that difflib counts as changed, by offsets, on both sides."""
    ours, theirs = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    matcher = SequenceMatcher(None, [m[0] for m in ours], [m[0] for m in theirs], autojunk=False)
    left: list[re.Match[str]] = []
    right: list[re.Match[str]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            left += ours[a:b]
            right += theirs[c:d]
    return _worded(left), _worded(right)


def _worded(tokens: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    return [token.span() for token in tokens if any(letter.isalnum() for letter in token[0])]


def uncovered(words: Iterable[tuple[int, int]], covers: Iterable[tuple[int, int]], text: str) -> list[str]:
    """The words of which a letter or digit lies under no cover."""
    places = {place for start, end in covers for place in range(start, end)}
    return [text[a:b] for a, b in words if any(text[k].isalnum() and k not in places for k in range(a, b))]


def span(each: Span | Residue | Evidence) -> tuple[int, int]:
    return each.start, each.end


@_QUICK
@given(pair=two_texts())
@example(pair=("", ""))
@example(pair=("Notice is given.", ""))
@example(pair=("", "The Employer may proceed."))
@example(pair=("notice", "Notice"))
@example(pair=(SENTENCES[0], SENTENCES[0].replace("120", "30").replace("shall", "will endeavour to")))
def test_every_changed_word_of_two_texts_is_explained_or_listed(pair: tuple[str, str], judging: Judging) -> None:
    check_texts(*pair, judging)


@_QUICK
@given(old=st.text(max_size=60), new=st.text(max_size=60))
def test_the_same_for_any_characters(old: str, new: str, judging: Judging) -> None:
    check_texts(old, new, judging)


def check_texts(old: str, new: str, judging: Judging) -> None:
    opinion, residue = judging(old, new)
    moves = opinion.moves
    left, right = changed_words(old, new)
    for side, words, text in (("library", left, old), ("draft", right, new)):
        spans = [found for move in moves if (found := getattr(move, side))]
        listed = [entry for entry in residue if entry.side == side]
        for each in (*spans, *listed):
            assert text[each.start : each.end] == each.text
        assert all(any(letter.isalnum() for letter in entry.text) for entry in listed)
        assert uncovered(words, map(span, (*spans, *listed)), text) == []
    if old == new:
        assert (moves, residue) == ((), [])


# --- whole documents ---


def document(texts: Sequence[str], name: str = "draft.txt") -> Document:
    """Provisions "1", "2", … one a line."""
    made, place = [], 0
    for k, text in enumerate(texts):
        made.append(Provision(number=str(k + 1), text=text, start=place, end=place + len(text)))
        place += len(text) + 1
    return Document(name=name, kind="text", digest="0" * 64, text="\n".join(texts), provisions=tuple(made))


def file_baseline(ours: Document) -> Baseline:
    return Baseline(ours.name, "file", ours.digest, (ClauseText("", "", "", ours.name, "", ours.provisions),))


def clause_baseline(ours: Document, *, every: int = 1) -> Baseline:
    """One clause; each of every so many provisions carries a protection, the first of them together with the last."""
    numbers = [provision.number for provision in ours.provisions]
    protections = [Protection(f"DIS-{n}", f"Label {n}", "essential", (n,)) for n in numbers[::every]]
    protections.append(Protection("ENF-1", "Both", "important", tuple(dict.fromkeys((numbers[0], numbers[-1])))))
    clause = ClauseText("a-clause", "1.0.0", "target", "A clause", "disclosure", ours.provisions, tuple(protections))
    return Baseline("a-clause@1.0.0", "clause", ours.digest, (clause,))


def library_baseline(ours: Document) -> Baseline:
    (first,) = clause_baseline(ours, every=2).texts
    other = document(["The Employer shall share one half of the gains with employees.", "Books are open."], "other")
    second = replace(clause_baseline(other).texts[0], id="b-clause", title="Gains", topic="gain_sharing")
    return Baseline("library", "library", "0" * 64, (first, second))


@settings(_QUICK, max_examples=100)
@given(texts=two_documents(), kind=st.sampled_from(["file", "clause", "sparse clause", "library"]))
def test_no_provision_and_no_changed_word_of_two_documents_is_passed_over(
    texts: tuple[list[str], list[str]], kind: str, comparing: Comparing
) -> None:
    ours, theirs = document(texts[0], "ours"), document(texts[1])
    baseline = {
        "file": file_baseline(ours),
        "clause": clause_baseline(ours),
        "sparse clause": clause_baseline(ours, every=3),
        "library": library_baseline(ours),
    }[kind]
    comparison = comparing(theirs, baseline)
    offsets_lead_back(comparison, ours, theirs)
    absent = {f.clause.id for f in comparison.findings if f.clause and f.protection is None and f.library is None}
    if "a-clause" not in absent:
        nothing_of_ours_is_passed_over(comparison, ours, theirs, baseline.texts[0])
    nothing_of_theirs_is_passed_over(comparison, ours, theirs)


def offsets_lead_back(comparison: Comparison, ours: Document, theirs: Document) -> None:
    for finding in comparison.findings:
        if finding.draft:
            assert theirs.text[finding.draft.start : finding.draft.end] == finding.draft.text
        if finding.clause and finding.clause.id == "b-clause":
            continue
        if finding.library:
            assert ours.text[finding.library.start : finding.library.end] == finding.library.text
        for move in finding.moves:
            for found, text in ((move.library, ours.text), (move.draft, theirs.text)):
                assert found is None or text[found.start : found.end] == found.text
    for entry in comparison.residue:
        if entry.side == "draft":
            assert theirs.text[entry.start : entry.end] == entry.text


def nothing_of_ours_is_passed_over(comparison: Comparison, ours: Document, theirs: Document, text: ClauseText) -> None:
    """A word of ours that stands nowhere in the draft is under a move, in the residue, or in something missing."""
    findings = [f for f in comparison.findings if not f.clause or f.clause.id in {"", text.id}]
    covers = [span(move.library) for finding in findings for move in finding.moves if move.library]
    covers += [span(entry) for entry in comparison.residue if entry.side == "library"]
    gone = [f for f in findings if f.status == "missing" or "Part of it is missing" in f.explanation]
    covers += [span(f.library) for f in gone if f.library]
    missing = {f.protection.id for f in findings if f.status == "missing" and f.protection}
    numbers = {
        number for protection in text.protections if protection.id in missing for number in protection.provisions
    }
    covers += [(p.start, p.end) for p in ours.provisions if p.number in numbers]
    there = {token[0] for token in _TOKEN.finditer(theirs.text)}
    words = [(a, b) for a, b in _worded(_TOKEN.finditer(ours.text)) if ours.text[a:b] not in there]
    assert uncovered(words, covers, ours.text) == []


def nothing_of_theirs_is_passed_over(comparison: Comparison, ours: Document, theirs: Document) -> None:
    """A word of theirs that stands nowhere in ours is under a move, in the residue, or in something added."""
    covers = [span(move.draft) for finding in comparison.findings for move in finding.moves if move.draft]
    covers += [span(entry) for entry in comparison.residue if entry.side == "draft"]
    covers += [span(f.draft) for f in comparison.findings if f.status == "added" and f.draft]
    here = {token[0] for token in _TOKEN.finditer(ours.text)}
    words = [(a, b) for a, b in _worded(_TOKEN.finditer(theirs.text)) if theirs.text[a:b] not in here]
    assert uncovered(words, covers, theirs.text) == []


@settings(_QUICK, max_examples=40)
@given(texts=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8), kind=st.sampled_from(["file", "clause"]))
def test_a_text_against_itself_is_kept_without_residue(texts: list[str], kind: str, comparing: Comparing) -> None:
    ours = document(texts)
    comparison = comparing(ours, file_baseline(ours) if kind == "file" else clause_baseline(ours))
    assert {finding.status for finding in comparison.findings} == {"kept"}
    assert not any(finding.moves for finding in comparison.findings)
    assert comparison.residue == ()


def test_an_unmatched_provision_is_listed_whole(pipeline: Pipeline) -> None:
    ours, theirs = document(["The Employer values its people."]), document(["Uniforms come in three sizes."])
    comparison = compare(theirs, clause_baseline(document([SENTENCES[3]])), pipeline)
    assert [(entry.side, entry.text) for entry in comparison.residue if entry.side == "draft"] in (
        [("draft", "Uniforms come in three sizes.")],
        [],
    )
    comparison = compare(theirs, file_baseline(ours), pipeline)
    assert {(entry.side, entry.number) for entry in comparison.residue} <= {("library", "1"), ("draft", "1")}


def test_words_across_provisions_are_listed_provision_by_provision() -> None:
    ours, theirs = document(["alpha beta", "gamma delta"]), document(["alpha one", "two delta"])
    entries = unexplained(Passage.of(ours.provisions), Passage.of(theirs.provisions), [])
    assert [(entry.side, entry.number, entry.text) for entry in entries] == [
        ("library", "1", "beta"),
        ("library", "2", "gamma"),
        ("draft", "1", "one"),
        ("draft", "2", "two"),
    ]


def test_marks_alone_are_no_residue(pipeline: Pipeline) -> None:
    assert (
        compare_texts("The Employer shall pay; and report.", "The Employer shall pay, and report!", pipeline)[1] == []
    )
