"""Numbers: unit, value, what they are for, and which way is better for workers."""

from __future__ import annotations

import pytest

from app.analysis.quantities import Quantity, read_quantities


def only(text: str) -> Quantity:
    (quantity,) = read_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("The Employer shall give sixty (60) days' written notice.", "days", 60),  # words and figure
        ("The Employer shall give at least 120 calendar days of notice.", "days", 120),
        ("The Employer shall give two months' notice.", "days", 365 / 6),
        ("Notice shall be given half a year before deployment.", "days", 182.5),
        ("The Employer shall give one hundred and twenty days' notice.", "days", 120),
        ("Notice shall be given 1,000 days before.", "days", 1000),  # the comma belongs to the number
        ("The Employer shall reply within 5 business days of the request.", "days", 7),  # five of seven
        ("The Employer shall give ninety (90) working days' notice.", "days", 126),
        ("The Employer shall reply within one week.", "days", 7),
        ("The Employer shall reply within two fortnights.", "days", 28),
        ("The Employer shall reply within seventy-two hours.", "days", 3),
        ("The matter is settled within a year.", "days", 365),  # "a" counts after a word that measures
        ("They hold recall for one and one-half years.", "days", 547.5),
        ("The Employer shall pay $2,000 to the fund.", "money", 2000),
        ("The Employer shall pay $1.5 million to the fund.", "money", 1_500_000),
        ("The Employer shall pay £20 to the fund.", "money", 20),
        ("The Employer shall pay five hundred dollars.", "money", 500),
        ("The Employer shall pay fifty cents.", "money", 0.5),
        ("The Employer shall pay 25 percent of the gains.", "percent", 25),
        ("The Employer shall pay twenty-five per cent of the gains.", "percent", 25),
        ("The Employer shall pay 12.5% of the gains.", "percent", 12.5),
        ("The Employer shall pay two weeks' pay.", "weeks_pay", 2),
        ("The committee shall meet twice a year.", "times_a_year", 2),
        ("The committee shall meet four times per year.", "times_a_year", 4),
        ("The committee shall meet quarterly.", "times_a_year", 4),
        ("The committee shall meet monthly.", "times_a_year", 12),
        ("Reports are posted each week.", "times_a_year", 52),
        ("A fee is due half-yearly.", "times_a_year", 2),  # not once a year
    ],
)
def test_units_and_values(text: str, unit: str, value: float) -> None:
    quantity = only(text)
    assert quantity.unit == unit
    assert quantity.value == pytest.approx(value)
    assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    "text",
    [
        "The employee takes a day off.",
        "Article 12 applies.",
        "It was the year of the flood.",
        "It takes one quarter of the week.",
        "",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "role", "better"),
    [
        # each row of PRECEDENTS c.2 that is a number
        ("The Employer shall give 120 calendar days of written notice before deployment.", "notice", "more"),
        ("The Employer shall answer a request for information within 10 days.", "deadline", "less"),
        ("The Employer shall provide the documents no later than 10 days after a request.", "deadline", "less"),
        ("The Employer shall explain the decision within 30 days of a request.", "deadline", "less"),
        ("The Employer shall answer the appeal within 30 days.", "deadline", "less"),
        ("Worker Data shall be deleted within 60 days after collection.", "retention", "less"),
        ("Recordings shall be retained for 30 days.", "retention", "less"),
        ("Audit logs shall be kept for six months.", "log_retention", "more"),
        ("The Employer shall keep an audit log for at least two years.", "log_retention", "more"),
        ("The Employer shall pay two weeks' pay on severance.", "pay", "more"),
        ("The Employer shall pay $2,000 on severance.", "amount", "more"),
        ("Health coverage continues for 6 months.", "recall", "more"),
        ("Recall lasts for two years.", "recall", "more"),
        ("The committee shall be formed within 90 days after ratification.", "deadline", "less"),
        ("The committee shall meet twice a year.", "frequency", "more"),
        ("Employees receive 25 percent of the gains.", "share", "more"),
        ("The Union shall have 30 days to object.", "to_object", "more"),
        ("The Employer shall give the Union 30 days to respond.", "to_object", "more"),
        ("The Union may file a grievance within 90 days after learning of it.", "to_object", "more"),
        ("The Union may take it to arbitration, with a hearing within 14 days.", "deadline", "less"),
        ("On request of the Union, the Employer shall answer within 2 days.", "deadline", "less"),
        ("The employee keeps the old rate and benefits for 36 months.", "recall", "more"),  # no data are kept here
        ("Retraining lasts 320 hours.", "training", "more"),
        ("This Article expires 12 months after ratification.", "term", "unknown"),  # depends on what expires
        ("The agreement was made by persons 18 years of age.", "probe", "unknown"),
    ],
)
def test_what_a_number_is_for_and_which_way_is_better(text: str, role: str, better: str) -> None:
    quantity = only(text)
    assert (quantity.role, quantity.better) == (role, better)


@pytest.mark.parametrize(
    ("text", "role", "better"),
    [
        # how long something lasts is no deadline
        ("The right continues for 36 months after employment ends.", "recall", "more"),
        ("The Employer shall base no discipline on errors for 60 calendar days after first use.", "period", "unknown"),
        ("The Employer shall pay 24 months of credit monitoring.", "period", "unknown"),
        ("The Employer shall not use it until 15 calendar days after the full answer.", "period", "more"),
        # a step so soon afterwards is taken for revenge
        ("Action within 60 calendar days after that is presumed to be retaliation.", "period", "more"),
        ("If discipline follows within 6 months, the Employer shall prove its reason.", "period", "more"),
        # what burdens workers should end
        ("The Employer may suspend the account for no more than 72 hours.", "period", "less"),
        ("The Employer may open the records, and none older than 14 days before the report.", "period", "less"),
        ("A consent ends after 12 months.", "period", "less"),
        ("The Employer shall remove a warning that used a record after 12 months.", "period", "less"),
        ("The Employer shall credit each employee who worked on it for 10 working days or more.", "threshold", "less"),
        ("The Employer shall cut no more than 8 percent of the posts.", "share", "less"),
        # whose time it is
        ("An employee may withdraw with 10 calendar days of notice.", "own_notice", "less"),
        ("On the Union's written request within 30 days the Employer shall bargain.", "to_object", "more"),
        ("The employee may appeal and shall have the answer within 10 working days.", "deadline", "less"),
        ("The Union shall tell the members of a leak within 48 hours.", "deadline", "less"),
        ("The Employer shall give 90 days of notice for the first change.", "notice", "more"),
    ],
)
def test_what_lasts_what_burdens_and_whose_time_it_is(text: str, role: str, better: str) -> None:
    quantity = only(text)
    assert (quantity.role, quantity.better) == (role, better)


@pytest.mark.parametrize(
    ("text", "cap"),
    [
        ("The Employer shall provide up to 40 hours of training.", True),
        ("The Employer shall pay a maximum of $500.", True),
        ("The Employer shall pay not more than 5 percent.", True),
        ("Training is limited to 40 hours.", True),
        ("The cost shall not exceed $500.", True),
        ("The Employer shall pay at least $500.", False),
        ("The Employer shall pay $500.", False),
    ],
)
def test_a_ceiling_is_told_from_a_promise(text: str, cap: bool) -> None:
    assert only(text).cap is cap


def test_a_comma_behind_a_sum_is_no_part_of_it() -> None:
    assert only("The Employer shall pay $1,500, and the matter is closed.").text == "$1,500"


def test_working_days_are_marked() -> None:
    assert only("The Employer shall reply within 5 business days.").working_days
    assert not only("The Employer shall reply within 5 calendar days.").working_days


def test_quantities_come_in_the_order_of_the_text() -> None:
    text = "Within 10 days the Employer shall pay $500, and 5 percent each year after that."
    starts = [quantity.start for quantity in read_quantities(text)]
    assert starts == sorted(starts)
    assert len(starts) == 4
