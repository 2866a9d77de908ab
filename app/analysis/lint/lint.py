"""Our own text read alone: where it is vague, and what to write instead.

The comparison says what an employer's draft takes away; this says what our words never gave. It works on any text of
ours without declared protections. A remark must be worth a negotiator's minute, so the rules rather miss than cry
wolf: a time that stands anywhere in a provision or its opening counts, and what could be a name is no undefined term.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.analysis.lint.duties import Whole, duty_remarks, has_duty
from app.analysis.lint.references import reference_remarks
from app.analysis.lint.remarks import Line, Remark, lines_of
from app.analysis.lint.rules import LintRules
from app.analysis.lint.terms import term_remarks
from app.analysis.pipeline import Pipeline
from app.text.document import Document, Provision

__all__ = ["Remark", "lint"]


def lint(text: Document | Sequence[Provision], pipeline: Pipeline) -> list[Remark]:
    """Read a text of ours for what is vague.

    Args:
        text: a document, or provisions whose offsets count in one text.
        pipeline: for the rules.

    Returns:
        The remarks in the order of the text; one on the text as a whole comes first.
    """
    provisions = text.provisions if isinstance(text, Document) else text
    lines = lines_of(provisions, pipeline)
    rules = pipeline.lint
    whole = Whole.of(lines, rules)
    found = [remark for line in lines if line.promises for remark in duty_remarks(line, rules, whole)]
    found += [remark for line in lines for remark in _plain_remarks(line, rules)]
    found += [*term_remarks(lines, rules), *reference_remarks(lines, rules)]
    return [*_whole_remarks(lines, rules), *sorted(found, key=lambda remark: (remark.start, remark.end))]


def _plain_remarks(line: Line, rules: LintRules) -> list[Remark]:
    """Remarks on what stands there, whatever the line promises."""
    if rules.signature.search(line.words):
        return []
    made = [
        line.remark(rule, *match.span())
        for rule in rules.of("text")
        if rule.pattern
        for match in rule.pattern.finditer(line.text, line.own)
    ]
    return [remark for remark in made if remark is not None]


def _whole_remarks(lines: Sequence[Line], rules: LintRules) -> list[Remark]:
    """Remarks on what the text lacks as a whole; only a text that promises something lacks a remedy."""
    if not any(has_duty(line) for line in lines):
        return []
    return [
        Remark(rule.id, rule.severity, "", 0, 0, "", rule.message, rule.suggestion)
        for rule in rules.of("whole")
        if rule.pattern and not any(_speaks(line, rule.pattern, rule.before) for line in lines)
    ]


def _speaks(line: Line, pattern: re.Pattern[str], denied: re.Pattern[str] | None) -> bool:
    return any(
        not (denied and denied.search(line.text[max(0, match.start() - 40) : match.start()]))
        for match in pattern.finditer(line.text, line.own)
    )
