"""Formulas come out in one line that reads as the formula does."""

from __future__ import annotations

import pytest

from app.text.docx_reader import read_docx_blocks
from app.text.views import View, passages
from tests.factories.word_files import WHO, run, word_file


def words(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def part(name: str, **inner: str) -> str:
    """A part of a formula and what it holds; a value without a tag is plain words."""
    held = "".join(
        f"<m:{tag}>{content if content.startswith('<') else words(content)}</m:{tag}>" for tag, content in inner.items()
    )
    return f"<m:{name}><m:{name}Pr><m:ctrlPr/></m:{name}Pr>{held}</m:{name}>"


def shown(formula: str, view: View = "after") -> str:
    data = word_file(f"<w:p>{run('Pay is ')}<m:oMath>{formula}</m:oMath>{run(' a day.')}</w:p>")
    (passage,) = passages(read_docx_blocks(data)[0], view)
    return passage.text.removeprefix("Pay is ").removesuffix(" a day.")


HALF = part("f", num="1", den="2")
BRACKETED = part("d", e="a+b")


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        (HALF, "1/2"),
        (part("f", num="a+b", den="2.5"), "(a+b)/2.5"),
        (part("f", num=BRACKETED, den="2"), "(a+b)/2"),
        (part("f", num=BRACKETED + words("c"), den="2"), "((a+b)c)/2"),
        (part("f", num="3", den=HALF), "3/(1/2)"),
        (HALF + words("x"), "1/2 x"),
        (HALF + words("+x"), "1/2+x"),
        (part("sSup", e="x", sup="2") + words("y"), "x^2 y"),
        (part("sSup", e="x", sup="n+1"), "x^(n+1)"),
        (part("sSubSup", e="x", sub="1", sup="2"), "x_1^2"),
        ("<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e>" + words("a+b") + "</m:e></m:rad>", "√(a+b)"),
        ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr><m:e>' + words("a") + "</m:e></m:d>", "[a"),
        ("<m:d><m:e>" + words("a") + "</m:e><m:e>" + words("b") + "</m:e></m:d>", "(a|b)"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>' + words("1") + "</m:sub><m:sup>" + words("n")
         + "</m:sup><m:e>" + words("i") + "</m:e></m:nary>", "∑_1^n i"),
    ],
)  # fmt: skip
def test_a_formula_reads_as_it_is_meant(formula: str, line: str) -> None:
    assert shown(formula) == line


def test_a_tracked_change_within_a_formula() -> None:
    changed = f'<w:del w:id="1" {WHO}>{words("2")}</w:del><w:ins w:id="2" {WHO}>{words("4")}</w:ins>'
    formula = part("f", num="1", den=changed)
    assert (shown(formula, "before"), shown(formula)) == ("1/2", "1/4")
