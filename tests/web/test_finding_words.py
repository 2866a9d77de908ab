from app.analysis.results import STATUSES
from app.web.finding_words import FAMILY_WORDS, STATUS_ORDER, STATUS_WORDS, confidence_words, family_words, status_words


def test_every_status_has_its_own_sign_and_word() -> None:
    assert set(STATUSES) < set(STATUS_WORDS)
    assert set(STATUS_ORDER) == set(STATUS_WORDS)
    assert len({words.sign for words in STATUS_WORDS.values()}) == len(STATUS_WORDS)


def test_the_fourteen_families_are_told_apart_in_plain_words() -> None:
    assert len(FAMILY_WORDS) == 14
    assert len(set(FAMILY_WORDS.values())) == 14
    assert not any("_" in words for words in FAMILY_WORDS.values())


def test_what_nobody_foresaw_still_reads() -> None:
    assert family_words("brand_new_trick") == "Brand new trick"
    assert status_words("odd").word == "not classified"


def test_confidence_is_words() -> None:
    assert [confidence_words(value) for value in (0.2, 0.6, 0.95)] == ["unsure", "fairly sure", "sure"]
