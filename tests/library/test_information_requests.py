"""The question bank and the letter: the day of reply, every wording filled, and what the check says of broken files."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput, PlaceholderError, TextChangedWithoutNewVersion
from app.library.check import check_library
from app.library.files import Library, load_library, write_lock
from app.library.information_requests import LetterTemplate, RequestBank
from app.library.letters import Letter, Parties, QuestionGroup, compose_letter, reply_date
from app.library.lock import add_to_lock
from tests.factories.clause_source import ROOT, write_library

LETTER = "information_requests/letter/1.0.0.md"
DATA = "information_requests/questions/02-data.yml"
PARTIES = Parties("Local 418", "Gull Point Freight Handlers Inc.", "drivers & loaders")


@pytest.fixture
def letter(library: Library) -> LetterTemplate:
    found = library.requests.letter
    assert found is not None
    return found


def compose(letter: LetterTemplate, **values: object) -> Letter:
    groups = [QuestionGroup("What system", ("Which one?",)), QuestionGroup("Empty", ())]
    return compose_letter(
        letter,
        letter.variant_for("us-private"),
        PARTIES,
        groups,
        values={"signer": "Rosa Medina", **values},
        day=date(2026, 11, 27),
    )


@pytest.mark.parametrize(
    ("day", "days", "working", "last"),
    [
        (date(2026, 11, 27), 10, True, date(2026, 12, 11)),  # Friday to Friday, two weeks on
        (date(2026, 11, 27), 10, False, date(2026, 12, 7)),
        (date(2026, 11, 23), 4, True, date(2026, 11, 27)),  # Monday to Friday
        (date(2026, 11, 23), 5, True, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, True, date(2026, 11, 30)),  # Saturday: the next working day is Monday
        (date(2026, 11, 29), 1, True, date(2026, 11, 30)),
        (date(2026, 11, 25), 3, True, date(2026, 11, 30)),  # Wednesday: Thursday, Friday, Monday
    ],
)
def test_the_day_of_reply(day: date, days: int, working: bool, last: date) -> None:
    assert reply_date(day, days, working=working) == last


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), days=st.integers(1, 60))
def test_working_days_are_counted_one_by_one(day: date, days: int) -> None:
    last = reply_date(day, days, working=True)
    counted = sum((day + timedelta(days=n)).weekday() < 5 for n in range(1, (last - day).days + 1))
    assert counted == days
    assert last.weekday() < 5


def test_every_wording_makes_a_whole_letter(letter: LetterTemplate) -> None:
    for variant in letter.variants:
        made = compose_letter(
            letter, variant, PARTIES, [QuestionGroup("A", ("Q?",))], values={"signer": "R"}, day=date(2026, 11, 27)
        )
        whole = "\n".join(made.lines())
        assert "{" not in whole
        assert "[" not in whole
        assert "  " not in whole.replace("_", "")
        assert f"The {variant.side}" in whole
        assert variant.note not in whole


@pytest.mark.parametrize(
    ("jurisdiction", "variant"),
    [("us-private", "us-private"), ("canada", "canada"), ("nordics", "general"), ("atlantis", "general")],
)
def test_each_jurisdiction_has_its_wording(letter: LetterTemplate, jurisdiction: str, variant: str) -> None:
    assert letter.variant_for(jurisdiction).id == variant


def test_every_jurisdiction_of_the_vocabulary_is_served(letter: LetterTemplate, library: Library) -> None:
    served = {each for variant in letter.variants for each in variant.jurisdictions}
    assert served == set(library.vocabulary.jurisdictions)


def test_what_is_left_out_leaves_no_gap(letter: LetterTemplate) -> None:
    made = compose(letter, signer_title="")
    assert made.letterhead == ("Local 418",)
    assert made.addressee == ("Director of Labor Relations", "Gull Point Freight Handlers Inc.")
    assert made.lines()[-1] == "Rosa Medina" or made.signer_title
    assert "Please send it to" not in "\n".join(made.after)
    assert "Please send it to the office." in "\n".join(compose(letter, reply_to="the office").after)
    assert [group.label for group in made.groups] == ["What system"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("reply_days", 1), ("reply_days", 61), ("day_kind", "years"), ("signer", ""), ("subject", "{x}")],
)
def test_values_keep_their_bounds(letter: LetterTemplate, name: str, value: object) -> None:
    with pytest.raises(PlaceholderError) as caught:
        compose(letter, **{name: value})
    assert caught.value.name == name


@pytest.mark.parametrize("count", [0, 201])
def test_a_letter_asks_something_and_not_everything(letter: LetterTemplate, count: int) -> None:
    groups = [QuestionGroup("A", ("Which one?",) * count)]
    with pytest.raises(InvalidInput):
        compose_letter(letter, letter.variants[0], PARTIES, groups, values={"signer": "R"}, day=date(2026, 11, 27))


def test_the_bank_is_wide_and_every_question_stands_alone(library: Library) -> None:
    bank = library.requests
    assert len(bank.questions) >= 60
    assert len(bank.subjects) == 10
    assert len({each.text for each in bank.questions.values()}) == len(bank.questions)
    for question in bank.questions.values():
        assert set(question.elements) <= set(library.vocabulary.elements)


class TestCheck:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        clauses = write_library(tmp_path)
        shutil.copytree(ROOT / "clauses" / "information_requests", clauses / "information_requests")
        add_to_lock(clauses, load_library(clauses).versions)
        assert check_library(clauses) == []
        return clauses

    def change(self, folder: Path, file: str, old: str, new: str) -> list[str]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return check_library(folder)

    @pytest.mark.parametrize(
        ("file", "old", "new", "said"),
        [
            (DATA, "id: data-retention", "id: retention-data", "must begin with data-"),
            (DATA, "id: data-retention", "id: data-access", "data-access stands there twice"),
            (DATA, "DIS-7", "DIS-77", '"DIS-77" is not in vocabulary.yml'),
            (DATA, "good_for", "use", "use is unknown here"),
            (DATA, "id: data\n", "id: [\n", "is no YAML"),
            (LETTER, "{{ reply_by }}", "{{ reply_when }}", "{{ reply_when }} is not declared"),
            (LETTER, "{{ reply_by }}", "{{ reply_by.day }}", "which a clause may not"),
            (LETTER, "requires {{ employer }}", "requires {{ basis }}", "{{ basis }} is not declared"),
            (LETTER, "  - name: signer_title", "  - name: signature", "signer_title is missing"),
            (LETTER, "default: 10", "default: 90", "out of bounds"),
            (LETTER, "sources: [NLRB-1, PORT]", "sources: [RUMOR]", '"RUMOR" is not in vocabulary.yml'),
            (LETTER, "jurisdictions: [uk]", "jurisdictions: [mars]", '"mars" is not in vocabulary.yml'),
            (LETTER, "- id: uk", "- id: eu", "eu stands there twice"),
            (LETTER, "# Closing\n", "# Ending\n", 'section "Ending" is unknown'),
            (LETTER, "Sincerely,", "Yours,", "changed after it was published"),
        ],
    )
    def test_a_broken_file_is_named_in_a_sentence(self, folder: Path, file: str, old: str, new: str, said: str) -> None:
        problems = self.change(folder, file, old, new)
        assert any(said in each for each in problems), problems
        assert all("\n" not in each and each.endswith(".") for each in problems), problems

    def test_an_unlocked_letter_is_a_problem_and_is_locked(self, folder: Path) -> None:
        (folder / "information_requests" / "lock.yml").unlink()
        assert any("information-request@1.0.0 is published but not locked" in each for each in check_library(folder))
        assert write_lock(folder) == ["information-request@1.0.0"]
        assert check_library(folder) == []

    def test_a_changed_letter_is_not_locked_again(self, folder: Path) -> None:
        self.change(folder, LETTER, "Sincerely,", "Yours,")
        with pytest.raises(TextChangedWithoutNewVersion):
            write_lock(folder)

    def test_a_library_without_requests_is_whole(self, tmp_path: Path) -> None:
        assert load_library(write_library(tmp_path)).requests == RequestBank()
