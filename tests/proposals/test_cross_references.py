"""Which words of a provision name another provision of the same article."""

from __future__ import annotations

import pytest

from app.proposals.cross_references import find_references

TARGETS = {"1", "2", "2(a)", "2(d)", "3", "4", "4(b)", "4(b)(ii)", "7", "10"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("as section 2 of this Article says", ["2"]),
        ("Section 3 prevails.", ["3"]),
        ("the remedies in section 2(d) apply", ["2", "2(d)"]),
        ("under section 4(b)(ii).", ["4", "4(b)", "4(b)(ii)"]),
        ("sections 2 to 4 apply", ["2", "4"]),
        ("sections 2, 3 and 7, and section 10", ["2", "3", "7", "10"]),
        ("sections 3 and 4(b) bind", ["3", "4", "4(b)"]),
        ("section 2-3 and sections 2–4", ["2", "3", "2", "4"]),
        ("section 99 says nothing", []),
        ("section 2(z) is not there", []),
        ("section 2.1 is another numbering", []),
        ("section 8(a)(5) of the Act", []),
        ("section 2 of the National Labor Relations Act", []),
        ("the Railway Labor Act, section 2, governs", []),
        ("section 3 of Article 14", []),
        ("Article 14, section 3 and the GDPR’s section 4", []),
        ("within 2 days; subsection 2; intersection 3", []),
    ],
)
def test_references(text: str, named: list[str]) -> None:
    found = find_references(text, TARGETS)
    assert [each.target for each in found] == named
    for each in found:
        assert each.target.endswith(text[each.start : each.end])
