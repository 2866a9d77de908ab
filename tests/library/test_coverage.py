"""The table of protection elements and the clauses that carry them."""

from __future__ import annotations

from app.library.coverage import FAMILIES, coverage
from app.library.files import Library
from app.library.front_matter import parse_clause
from tests.factories.clause_source import CLAUSE


def test_an_element_names_its_carriers_with_weight_and_positions(library: Library) -> None:
    small = coverage([parse_clause(CLAUSE, "short-notice")], library.vocabulary)
    elements = {element.id: element for family in small for element in family.elements}
    notice, remedy = elements["DIS-3"].carriers[0], elements["ENF-5"].carriers[0]
    assert (notice.id, notice.weight, notice.positions) == ("short-notice", "essential", ("opening", "target", "floor"))
    assert remedy.positions == ("opening", "target")
    assert [element.id for element in elements.values() if element.covered] == ["DIS-3", "ENF-5"]


def test_every_element_stands_in_the_table_once(library: Library) -> None:
    families = coverage(library.published, library.vocabulary)
    assert [family.id for family in families] == list(FAMILIES)
    ids = [element.id for family in families for element in family.elements]
    assert sorted(ids) == sorted(library.vocabulary.elements)


def test_every_element_is_carried_by_the_target_of_a_clause(library: Library) -> None:
    families = coverage(library.published, library.vocabulary)
    bare = [element.id for family in families for element in family.elements if not element.covered]
    assert bare == []
