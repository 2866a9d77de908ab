"""What the library owes its readers as a whole: coverage, measurable language, one spelling, terms that are defined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pytest

from app.analysis.lint.lint import lint
from app.analysis.pipeline import Pipeline
from app.library.clause import POSITIONS, ClauseVersion
from app.library.definitions import defined_terms, term_homes
from app.library.files import Library, load_library
from app.library.rendering import render_position
from app.text.document import Document, Provision
from tests.factories.clause_source import ROOT

PUBLISHED = load_library(ROOT / "clauses").published
each_clause = pytest.mark.parametrize("version", PUBLISHED, ids=lambda version: version.id)

SECTORS_WITH_WORK_OF_THEIR_OWN = (
    "health", "journalism", "entertainment", "logistics", "public", "telecoms", "education", "platform", "technology",
)  # fmt: skip
STUDIES_MISS = {
    "HUM-6": "right-to-object-to-automated-decisions",
    "TRA-1": "understanding-ai-training",
    "INF-8": "outside-data-experts",
}
"""What studies say that most agreements lack, and the clause that gives it. Source: UNI-4 in clauses/vocabulary.yml."""

VAGUE = re.compile(
    r"\b(?:endeavou?rs?|reasonable efforts|best efforts|as soon as (?:practicable|possible)|promptly|timely|"
    r"where (?:appropriate|feasible|practicable|possible)|strives?|robust|meaningful(?:ly)?|solely)\b",
    re.IGNORECASE,
)
"""Words that measure nothing. A text of ours may name one only to forbid it."""

GENDERED = re.compile(
    r"\b(?:he|she|his|hers?|him|himself|herself|chairman|foreman|workmen|manpower|man-hours?|his/her)\b", re.IGNORECASE
)
BRITISH = re.compile(
    r"\b\w*(?:labour|favour|honour|behaviour|colour|neighbour)\w*\b|\b(?:organis|recognis|utilis|authoris|anonymis|minimis|summaris|"
    r"categoris|prioritis|standardis|analys|apologis|realis|emphasis)(?:e|es|ed|ing|ation|ations)\b|\bcentres?\b|\blicences?\b|"
    r"\bprogrammes?\b|\btravell(?:ed|ing)\b|\bcancell(?:ed|ing)\b|\bcheques?\b|\bdefence\b|\bfulfil\b|\bjudgement\b",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    r"\b\w*(?:labor|favor|honor|behavior|color|neighbor)(?:s|ed|ing|able|al)?\b|\b(?:organiz|recogniz|utiliz|authoriz|anonymiz|minimiz|"
    r"summariz|categoriz|prioritiz|standardiz|analyz|apologiz|realiz)(?:e|es|ed|ing|ation|ations)\b|\bcenters?\b|"
    r"\bcanceled\b|\bdefense\b|\bfulfill\b",
    re.IGNORECASE,
)
BRITISH_PLACES = {"uk", "eu", "germany", "spain", "nordics"}


def provisions(version: ClauseVersion, position: str, variant: str = "") -> tuple[Provision, ...]:
    return render_position(version, position, variant=variant)


@lru_cache(maxsize=1)
def definition_texts() -> dict[str, tuple[str, ...]]:
    """By definitions clause: the texts of its target."""
    return {
        each.id: tuple(p.text for p in provisions(each, "target")) for each in PUBLISHED if each.topic == "definitions"
    }


def with_its_definitions(version: ClauseVersion, position: str) -> tuple[Document, int]:
    """A position followed by the definitions clauses that it requires, as one text, and where these begin."""
    homes = term_homes(PUBLISHED)
    needed = dict.fromkeys(homes[term] for term in version.requires_definitions)
    texts = [(each.number, each.lead_in, each.text) for each in provisions(version, position)]
    own = sum(len(text) + 1 for _, _, text in texts)
    texts += [("", "", text) for clause in needed for text in definition_texts()[clause]]
    found, at = [], 0
    for number, lead_in, text in texts:
        found.append(Provision(number, text, at, at + len(text), lead_in=lead_in))
        at += len(text) + 1
    joined = "\n".join(text for _, _, text in texts)
    return Document(version.id, "text", "0" * 64, joined, tuple(found)), own


def test_there_are_sixty_clauses_and_every_topic_has_one(library: Library) -> None:
    assert len(library.published) >= 60
    assert {version.topic for version in library.published} == set(library.vocabulary.topics)


@pytest.mark.parametrize("sector", SECTORS_WITH_WORK_OF_THEIR_OWN)
def test_a_sector_whose_work_differs_has_language_of_its_own(sector: str) -> None:
    own = [each for each in PUBLISHED if sector in each.sectors]
    variants = [each for each in PUBLISHED if any(variant.sector == sector for variant in each.variants)]
    assert own or variants
    assert len(own) + len(variants) >= 2


def test_every_jurisdiction_has_language_of_its_own(library: Library) -> None:
    worded = {variant.jurisdiction for each in PUBLISHED for variant in each.variants}
    assert worded | {"us-private"} >= set(library.vocabulary.jurisdictions)  # us-private is the base text


@pytest.mark.parametrize(("element", "clause"), STUDIES_MISS.items())
def test_what_agreements_lack_has_a_clause_of_its_own(library: Library, element: str, clause: str) -> None:
    version = library.get(clause)
    protection = next(each for each in version.protections if each.id == element)
    assert protection.weight == "essential"
    assert protection.provisions("floor")


def test_the_umbrella_article_and_the_side_letter_stand_alone(library: Library) -> None:
    for clause in ("technology-and-ai-article", "side-letter-on-ai"):
        version = library.get(clause)
        assert version.requires_definitions == ()
        assert defined_terms(each.text for each in provisions(version, "target"))
    umbrella = {each.id.split("-")[0] for each in library.get("technology-and-ai-article").protections}
    assert umbrella >= {"DIS", "GOV", "DAT", "HUM", "JOB", "TRA", "ENF"}
    assert "side-letter" in library.get("side-letter-on-ai").instruments


@each_clause
def test_related_clauses_are_in_the_library(version: ClauseVersion, library: Library) -> None:
    assert [each for each in version.requires_clauses if each not in library.clauses] == []
    assert version.id not in version.requires_clauses


@each_clause
def test_a_clause_names_the_definitions_that_it_needs(version: ClauseVersion) -> None:
    """A term at home in a definitions clause is either defined here or listed."""
    homes = term_homes(PUBLISHED)
    for position in POSITIONS:
        texts = [each.text for each in provisions(version, position)]
        known = {*defined_terms(texts), *version.requires_definitions}
        used = {term for term in homes if any(re.search(rf"\b{term}s?\b", text) for text in texts)}
        loose = {term for term in used - known if " " in term or _stands_alone(term, texts)}
        assert loose == set(), f"{position}: {loose}"


def _stands_alone(term: str, texts: list[str]) -> bool:
    """A single word is no defined term at the start of a sentence, nor in a name such as the Technology Committee."""
    return any(re.search(rf"(?<=[a-z,] ){term}(?! [A-Z])", text) for text in texts)


@each_clause
def test_our_own_lint_finds_nothing_in_the_target(version: ClauseVersion, pipeline: Pipeline) -> None:
    document, own = with_its_definitions(version, "target")
    remarks = [each for each in lint(document, pipeline) if each.start < own and each.rule != "placeholder"]
    assert [(each.number, each.rule, each.text) for each in remarks] == []


@each_clause
def test_no_position_rests_on_words_that_measure_nothing(version: ClauseVersion) -> None:
    for _, number, text in every_text(version):
        for found in VAGUE.finditer(text):
            before = text[max(0, found.start() - 60) : found.start()]
            assert re.search(r"\b(?:not|no|never|whether or not|nor)\b", before), f"{number}: …{before}{found[0]}"


@each_clause
def test_nobody_is_he_or_she(version: ClauseVersion) -> None:
    found = [
        (place, number, each[0]) for place, number, text in every_text(version) for each in GENDERED.finditer(text)
    ]
    assert found == []


@each_clause
def test_spelling_is_that_of_the_place(version: ClauseVersion) -> None:
    for place, number, text in every_text(version):
        wrong = AMERICAN if place in BRITISH_PLACES else BRITISH
        if place == "canada":
            continue  # Canadian spelling takes some of both
        names = re.sub(r"National Labor Relations|Federal Labor Relations|Labour Code|Labor Code", "", text)
        assert wrong.findall(names) == [], f"{place} {number}"


def every_text(version: ClauseVersion) -> Iterator[tuple[str, str, str]]:
    """(jurisdiction, number, text) of every provision that a table may see."""
    european = {"uk", "eu", "germany", "spain", "nordics"} >= set(version.jurisdictions)
    for position in POSITIONS:
        for each in provisions(version, position):
            yield "eu" if european else "us", f"{position} {each.number}", each.text
    for variant in version.variants:
        replaced = {number for number, _ in variant.provisions}
        for each in provisions(version, "target", variant.place):
            if each.number.split("(")[0] in replaced:
                yield variant.jurisdiction or "us", f"{variant.place} {each.number}", each.text


@pytest.mark.parametrize("version", [each for each in PUBLISHED if each.topic == "retraining"], ids=lambda it: it.id)
def test_training_is_paid_leads_to_a_job_and_raises_pay(version: ClauseVersion) -> None:
    """Clauses on retraining say hours, pay, who designs, the job, the raise, the report, and the unspent rest."""
    carried = {each.id for each in version.protections if each.provisions("target")}
    assert carried >= {"TRA-2", "TRA-11"}
    assert carried & {"TRA-1", "TRA-4", "TRA-13"}
    text = " ".join(each.text for each in provisions(version, "target")).lower()
    for needed in (
        r"\bhours\b",
        r"percent|raise",
        r"\bunspent|not spent|carry|carries|left over",
        r"\breport|account|statement",
    ):
        assert re.search(needed, text), needed
