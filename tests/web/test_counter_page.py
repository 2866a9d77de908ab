"""The page of a counter: order, counts, filters and quotations, from findings made by hand."""

from __future__ import annotations

import pytest

from app.analysis.results import (
    ClauseReference,
    Direction,
    Evidence,
    Finding,
    Move,
    ProtectionReference,
    Residue,
    Severity,
    Span,
    Status,
    Weight,
)
from app.text.document import Provision
from app.web.counter_filters import Filters
from app.web.counter_page import build_counter_page
from app.web.finding_card import Review

UNION = "The Employer shall give the Union written notice at least 120 calendar days before it invites bids."
EMPLOYER = "The Employer will endeavour to inform employees within 30 calendar days of deployment."


def evidence(text: str, *, number: str = "32.1", start: int = 0) -> Evidence:
    return Evidence(number=number, start=start, end=start + len(text), text=text)


def span(text: str, inside: str) -> Span:
    start = inside.index(text)
    return Span(start, start + len(text), text)


def move(family: str = "modal_downgrade", *, direction: Direction = "weaker", severity: Severity = "high") -> Move:
    return Move(
        family=family,
        rule="force.shall-to-endeavour",
        direction=direction,
        severity=severity,
        explanation="A duty became an effort: nobody can be held to it.",
        library=span("shall", UNION),
        draft=span("will endeavour to", EMPLOYER),
    )


def finding(
    status: Status = "weakened",
    *,
    hostile: bool = False,
    confidence: float = 0.9,
    weight: Weight | None = "essential",
    moves: tuple[Move, ...] | None = None,
    library: Evidence | None = None,
    draft: Evidence | None = None,
    explanation: str = "You hear of the system after it is bought, if the Employer manages to tell you.",
    label: str = "Notice before purchase",
) -> Finding:
    if library is None and status != "added":
        library = evidence(UNION)
    if draft is None and status != "missing":
        draft = evidence(EMPLOYER)
    return Finding(
        status=status,
        hostile=hostile,
        severity="high",
        confidence=confidence,
        clause=ClauseReference("notice-before-purchase", "1.0.0", "target", "Notice before technology is bought"),
        protection=ProtectionReference("DIS-3", label, weight) if weight else None,
        explanation=explanation,
        suggestion="The Employer shall give the Union 120 calendar days' written notice.",
        moves=(move(),) if moves is None else moves,
        library=library,
        draft=draft,
    )


def reviews() -> list[Review]:
    return [
        Review(
            "kept", finding("kept", moves=(), weight="helpful", draft=evidence("Same words.", number="31", start=5))
        ),
        Review("weak", finding("weakened", draft=evidence(EMPLOYER, start=100)), decision="agreed", note="Ask Rosa"),
        Review("gone", finding("missing", moves=(), weight="important")),
        Review("added", finding("added", hostile=True, weight=None, draft=evidence("The Union waives.", start=50))),
        Review("against", finding("contradicted", confidence=0.4, draft=evidence("May sell data.", start=300))),
    ]


def test_the_gravest_comes_first() -> None:
    page = build_counter_page(reviews(), ())
    assert [card.id for card in page.cards] == ["against", "weak", "gone", "added", "kept"]


def test_printed_order_follows_the_articles_and_keeps_what_is_missing_beside_its_neighbour() -> None:
    page = build_counter_page(reviews(), (), filters=Filters(order="articles"))
    assert [card.id for card in page.cards] == ["kept", "added", "weak", "gone", "against"]


def test_the_heading_counts_the_whole_run_in_words_whatever_the_filter() -> None:
    page = build_counter_page(
        reviews(), [Residue("draft", "31.1(b)", 0, 4, "Thus")], filters=Filters(status="weakened")
    )
    assert page.summary == ("1 contradicted · 1 weakened · 1 missing · 1 added, hostile · 1 kept · 1 to read")
    assert [card.id for card in page.cards] == ["weak"]
    assert page.passages.cards == ()


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(weight="important"), ["gone"]),
        (Filters(family="modal_downgrade"), ["against", "weak", "added"]),
        (Filters(family="sunset_or_pilot"), []),
        (Filters(decision="agreed"), ["weak"]),
        (Filters(words="rosa"), ["weak"]),
        (Filters(words="WAIVES"), ["added"]),
    ],
)
def test_filters_let_through_what_they_name(filters: Filters, ids: list[str]) -> None:
    assert [card.id for card in build_counter_page(reviews(), (), filters=filters).cards] == ids


def test_evidence_is_quoted_within_its_whole_provision_and_the_words_that_matter_are_marked() -> None:
    text = f"{EMPLOYER} Nothing more is owed."
    provision = Provision("32.1", text, 500, 500 + len(text), heading_path=("Article 32. Technology",))
    page = build_counter_page([Review("a", finding(draft=evidence(EMPLOYER, start=500)))], (), employer=[provision])
    quotation = page.cards[0].employer
    assert quotation is not None
    assert "".join(piece.text for piece in quotation.pieces) == text
    assert [piece.text for piece in quotation.pieces if piece.marked] == ["will endeavour to"]
    assert quotation.heading == "Article 32. Technology"


def test_evidence_without_moves_is_marked_itself_but_never_the_whole_quotation() -> None:
    provision = Provision("32.1", UNION, 0, len(UNION))
    part = finding("missing", moves=(), library=evidence("written notice"))
    whole = finding("missing", moves=())
    page = build_counter_page([Review("a", part), Review("b", whole)], (), union=[provision])
    marked = [[piece.text for piece in card.union.pieces if piece.marked] for card in page.cards if card.union]
    assert marked == [["written notice"], []]


def test_doubt_is_said_in_words_and_no_figure_shows() -> None:
    cards = {card.id: card for card in build_counter_page(reviews(), ()).cards}
    assert cards["against"].unsure == "We are unsure: read both."
    assert cards["against"].confidence == "unsure"
    assert cards["weak"].unsure == ""
    assert cards["weak"].confidence == "sure"


def test_an_added_demand_is_named_by_its_kind() -> None:
    demand = finding("added", hostile=True, weight=None, moves=(move("waiver_or_management_rights"),))
    assert build_counter_page([Review("a", demand)], ()).cards[0].title == "Rights given up to management"


def test_residue_quotes_the_side_it_stands_on() -> None:
    text = "Managers are thanked. The rest stands."
    provision = Provision("31.1(b)", text, 40, 40 + len(text))
    page = build_counter_page([], [Residue("draft", "31.1(b)", 40, 61, "Managers are thanked.")], employer=[provision])
    card = page.passages.cards[0]
    assert card.side == "Employer"
    assert [piece.text for piece in card.quotation.pieces if piece.marked] == ["Managers are thanked."]


def test_several_unclassified_stretches_of_one_provision_are_read_together() -> None:
    text = "Managers are thanked. The rest stands. Cake is served."
    provision = Provision("31.1", text, 40, 40 + len(text))
    stretches = [
        Residue("draft", "31.1", 40, 61, "Managers are thanked."),
        Residue("draft", "31.1", 79, 94, "Cake is served."),
    ]
    page = build_counter_page([], stretches, employer=[provision])
    (card,) = page.passages.cards
    assert [piece.text for piece in card.quotation.pieces if piece.marked] == [
        "Managers are thanked.",
        "Cake is served.",
    ]
    assert page.summary == "1 to read"


def test_filters_survive_the_address_and_nonsense_is_passed_over() -> None:
    filters = Filters.read({"status": "weakened", "weight": "nonsense", "words": " bids ", "order": "articles"})
    assert filters == Filters(status="weakened", order="articles", words="bids")
    assert filters.link(status="") == "?order=articles&words=bids"
    assert filters.active
    assert not Filters(order="articles").active


def test_thousands_of_passages_are_read_page_by_page_and_none_is_left_out() -> None:
    residue = [Residue("draft", str(number), 0, 4, "Text") for number in range(250)]
    seen: list[str] = []
    start = ""
    for _ in range(3):
        passages = build_counter_page([], residue, filters=Filters(start=start)).passages
        seen += [card.number for card in passages.cards]
        start = str(passages.first + len(passages.cards))
    assert seen == [str(number) for number in range(250)]
    assert passages.places == "Passages 201 to 250 of 250"
    assert (passages.earlier, passages.later) == ("?status=unclassified&start=101#residue-title", "")
    beyond = build_counter_page([], residue, filters=Filters(start="9000")).passages
    assert beyond.first == 1


def test_a_start_that_is_no_number_is_passed_over() -> None:
    for nonsense in ("-1", "x", "²", "9" * 40):
        assert Filters.read({"start": nonsense}).first == 0
    assert Filters.read({"start": "0"}).first == 0
