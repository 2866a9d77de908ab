"""Pairing provisions that speak of the same thing, many to many."""

from __future__ import annotations

from app.analysis.aligning.align import Group, align, article_of, offers
from app.analysis.aligning.likeness import ConceptIndex, Likeness
from app.analysis.aligning.verbatim import kept_at_home
from app.analysis.pipeline import Pipeline
from app.analysis.results import ClauseText
from app.text.document import Provision

NOTICE = "The Employer shall give the Union written notice before it buys an automated system."
TRAINING = "The Employer shall pay for retraining of employees whose work is changed, at full wages."
DELETION = "Biometric recordings shall be deleted within thirty days after they were collected."
PANEL = "A neutral umpire hears every dispute over discipline within three weeks."


def provisions(*texts: str, numbers: tuple[str, ...] = ()) -> tuple[Provision, ...]:
    made, place = [], 0
    for k, text in enumerate(texts):
        number = numbers[k] if numbers else str(k + 1)
        made.append(Provision(number=number, text=text, start=place, end=place + len(text)))
        place += len(text) + 1
    return tuple(made)


def grouped(ours: tuple[Provision, ...], theirs: tuple[Provision, ...], pipeline: Pipeline) -> list[Group]:
    likeness = Likeness(ConceptIndex(ours, pipeline.concepts), ConceptIndex(theirs, pipeline.concepts))
    groups = align(ours, theirs, likeness)
    # every provision of both sides is in exactly one group, whatever the texts are
    assert sorted(i for group in groups for i in group.library) == list(range(len(ours)))
    assert sorted(j for group in groups for j in group.draft) == list(range(len(theirs)))
    assert all(0.0 <= group.likeness <= 1.0 for group in groups)
    return groups


def pairs(groups: list[Group]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(group.library, group.draft) for group in groups}


def test_the_same_text_pairs_with_itself(pipeline: Pipeline) -> None:
    ours = provisions(NOTICE, TRAINING, DELETION)
    groups = grouped(ours, ours, pipeline)
    assert pairs(groups) == {((0,), (0,)), ((1,), (1,)), ((2,), (2,))}
    assert all(group.likeness == 1.0 for group in groups)


def test_the_same_sentence_twice_pairs_in_order(pipeline: Pipeline) -> None:
    ours = provisions(NOTICE, NOTICE)
    assert pairs(grouped(ours, ours, pipeline)) == {((0,), (0,)), ((1,), (1,))}


def test_reordered_provisions_find_each_other(pipeline: Pipeline) -> None:
    groups = grouped(provisions(NOTICE, TRAINING, DELETION), provisions(DELETION, NOTICE, TRAINING), pipeline)
    assert pairs(groups) == {((0,), (1,)), ((1,), (2,)), ((2,), (0,))}


def test_reworded_provisions_find_each_other(pipeline: Pipeline) -> None:
    reworded = (
        "Prior to purchasing automated tools the Company shall inform the Guild in writing.",
        "Employees whose job is altered are retrained at the cost of the Company, their wages continuing.",
    )
    groups = grouped(provisions(NOTICE, TRAINING), provisions(*reversed(reworded)), pipeline)
    assert pairs(groups) == {((0,), (1,)), ((1,), (0,))}


def test_nothing_in_common_gives_no_pair(pipeline: Pipeline) -> None:
    groups = grouped(provisions(DELETION), provisions("Uniforms and boots come in three sizes."), pipeline)
    assert pairs(groups) == {((0,), ()), ((), (0,))}
    assert all(group.likeness == 0.0 for group in groups)


def test_what_is_dropped_and_what_is_new_stand_alone(pipeline: Pipeline) -> None:
    groups = grouped(provisions(NOTICE, DELETION), provisions(NOTICE, PANEL), pipeline)
    assert pairs(groups) == {((0,), (0,)), ((1,), ()), ((), (1,))}


def test_two_provisions_merged_into_one_share_a_group(pipeline: Pipeline) -> None:
    merged = f"{NOTICE} {TRAINING}"
    (group,) = grouped(provisions(NOTICE, TRAINING), provisions(merged), pipeline)
    assert (group.library, group.draft) == ((0, 1), (0,))


def test_one_provision_split_in_two_shares_a_group(pipeline: Pipeline) -> None:
    whole = f"{NOTICE} {TRAINING}"
    (group,) = grouped(provisions(whole), provisions(NOTICE, TRAINING), pipeline)
    assert (group.library, group.draft) == ((0,), (0, 1))


def test_a_list_answered_by_one_sentence_stays_whole(pipeline: Pipeline) -> None:
    ours = provisions(
        "The notice shall state:",
        "the vendor and the name of the system;",
        "the purpose of the system;",
        "the boots that nobody mentions.",
        numbers=("2", "2(a)", "2(b)", "2(c)"),
    )
    theirs = provisions("The notice shall state the vendor, name and purpose of the system.", numbers=("7",))
    (group,) = grouped(ours, theirs, pipeline)
    assert (group.library, group.draft) == ((0, 1, 2, 3), (0,))


def test_the_same_number_decides_between_equals(pipeline: Pipeline) -> None:
    ours = provisions("The Employer shall keep a record of every system update.", numbers=("4",))
    theirs = provisions(
        "The Employer keeps a record of system changes.", "The Employer keeps a record of system changes.",
        numbers=("9", "4"),
    )  # fmt: skip
    groups = grouped(ours, theirs, pipeline)
    best = next(group for group in groups if group.library)
    assert 1 in best.draft


def test_one_side_may_be_empty(pipeline: Pipeline) -> None:
    assert pairs(grouped(provisions(NOTICE), (), pipeline)) == {((0,), ())}
    assert pairs(grouped((), provisions(NOTICE), pipeline)) == {((), (0,))}
    assert grouped((), (), pipeline) == []


def test_only_what_is_offered_becomes_a_partner(pipeline: Pipeline) -> None:
    ours, theirs = provisions(NOTICE), provisions("The Employer shall give the Union notice of an automated system.")
    likeness = Likeness(ConceptIndex(ours, pipeline.concepts), ConceptIndex(theirs, pipeline.concepts))
    assert pairs(align(ours, theirs, likeness, frozenset())) == {((0,), ()), ((), (0,))}
    assert pairs(align(ours, theirs, likeness, frozenset({0}))) == {((0,), (0,))}


def test_an_article_is_offered_to_the_clause_that_it_resembles_as_a_whole(pipeline: Pipeline) -> None:
    first = provisions(NOTICE, "The notice shall name the vendor.", "The Union may file a grievance.")
    second = provisions(TRAINING, "Training hours are paid hours.", "The Union may file a grievance.")
    draft = tuple(
        Provision(number=p.number, text=p.text, start=p.start, end=p.end, heading_path=("Article 5",))
        for p in provisions(TRAINING, "Hours of training are paid.", "The Union may file a grievance within 10 days.")
    )
    theirs = ConceptIndex(draft, pipeline.concepts)
    likenesses = [Likeness(ConceptIndex(text, pipeline.concepts), theirs) for text in (first, second)]
    offered = offers(
        likenesses,
        draft,
        titles=[frozenset(), frozenset()],
        topics=["disclosure", "retraining"],
        focused=True,
    )
    assert offered[1] == frozenset({0, 1, 2})
    assert not offered[0] or 0 not in offered[0]


def test_one_text_alone_is_offered_everything(pipeline: Pipeline) -> None:
    draft = provisions(NOTICE)
    likeness = Likeness(ConceptIndex(draft, pipeline.concepts), ConceptIndex(draft, pipeline.concepts))
    assert offers([likeness], draft, titles=[frozenset()], topics=[""], focused=True) == [None]


def test_an_article_is_known_by_its_heading_then_by_its_number() -> None:
    headed = Provision("32.1(b)", "x", 0, 1, heading_path=("Article 32", "Notice"))
    assert article_of(headed, 0) == ("Article 32",)
    assert article_of(Provision("32.1(b)", "x", 0, 1), 0) == ("32",)
    assert article_of(Provision("", "x", 0, 1), 7) == ("provision 7",)


def text_of(*texts: str) -> ClauseText:
    return ClauseText("clause", "1.0.0", "target", "Clause", "disclosure", provisions(*texts))


def test_what_came_back_unchanged_answers_its_own_article_only() -> None:
    everything = frozenset(range(3))
    offered = kept_at_home(
        [text_of(NOTICE, DELETION), text_of(TRAINING)], provisions(PANEL, TRAINING, DELETION), [everything] * 2
    )
    assert offered == [{0, 2}, {0, 1}], "what they changed is open to both"


def test_what_two_articles_say_alike_goes_back_in_its_order() -> None:
    ours = [text_of(PANEL, NOTICE), text_of(NOTICE)]
    both = [frozenset({0, 1})] * 2
    assert kept_at_home(ours, provisions(NOTICE, NOTICE), both) == [{0}, {1}]
    assert kept_at_home(ours, provisions(NOTICE), [frozenset({0})] * 2) == [{0}, {0}], "one is gone: either may be it"


def test_what_is_no_answer_at_all_is_not_made_one() -> None:
    assert kept_at_home([text_of(NOTICE), text_of(PANEL)], provisions(NOTICE), [frozenset()] * 2) == [set(), set()]
