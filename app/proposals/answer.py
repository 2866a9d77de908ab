"""Our answer inside the Employer's own file: their formatting, comments and changes stay, ours come on top."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.analysis.results import Baseline
from app.errors import InvalidInput
from app.proposals.answer_steps import IN_PARTS, ByHand, Step, Suggested, suggest_steps
from app.proposals.comparison import get_comparison, get_received_file
from app.proposals.proposal import get_proposal
from app.proposals.provision_edit import LONGEST_PROVISION
from app.proposals.redline_pairs import LONGEST_AUTHOR
from app.proposals.views import ComparisonView
from app.text.document import Document
from app.text.docx_reader import read_docx_blocks
from app.text.file_kinds import without_ending
from app.word.redline.answer import answer_in_file, refusals
from app.word.redline.edits import Edit
from app.word.table_redline import tracked_authors
from app.word.table_safe import make_table_safe, things_to_look_at

if TYPE_CHECKING:
    from app.analysis.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class AnswerMaterial:
    """Everything that the page and the file need."""

    view: ComparisonView
    theirs: bytes
    suggested: Suggested
    placeholders: tuple[str, ...]  # labels that must not stand in the answer, in brackets
    authors: frozenset[str]  # who already changed something in their file


def answer_material(session: Session, person: Person, comparison_id: str, pipeline: Pipeline) -> AnswerMaterial:
    """What we suggest to answer in their file.

    Raises:
        NotFound: The comparison is unknown or foreign.
        InvalidInput: It was not made against a proposal of ours, or their text did not come as a Word file.
        UnreadableFile: Their file can not be opened again.
    """
    from app.analysis.compare import pairings  # noqa: PLC0415 - the pipeline is heavy; most requests compare nothing

    view = get_comparison(session, person, comparison_id)
    reason = unanswerable(view)
    if reason:
        raise InvalidInput(reason)
    _, content = get_received_file(session, person, comparison_id)
    blocks, _ = read_docx_blocks(content)
    info = view.result
    draft = Document(view.draft_name, view.draft_kind, info.draft.digest, view.draft_text, view.draft)
    baseline = Baseline(view.against_name, "file", info.against.digest, view.texts)
    suggested = suggest_steps(
        view.texts,
        view.draft,
        [(ours.provisions, theirs.provisions) for ours, theirs in pairings(draft, baseline, pipeline)],
        [each.finding for each in view.findings if each.decision != "dismissed"],
        automatic={block.place for block in blocks if block.number},
    )
    ours = get_proposal(session, person, view.against_proposal_id)
    labels = {each.placeholder.label for article in ours.articles for each in article.placeholders}
    return AnswerMaterial(view, content, _possible(content, suggested), tuple(sorted(labels)), tracked_authors(content))


def unanswerable(view: ComparisonView) -> str:
    """Why there can be no answer in their file; "" where there can."""
    if view.draft_kind != "docx":
        return "Their text did not come as a Word file (DOCX), so there is no file of theirs to answer in."
    if not view.against_proposal_id:
        return "This text was measured against the library; compare it with a proposal of ours first."
    return ""


def write_answer(
    material: AnswerMaterial,
    words: Mapping[str, str],
    *,
    author: str,
    date: datetime | None,
    tell: Callable[[str], object] | None = None,
) -> tuple[str, bytes]:
    """Write the chosen steps into their file, for the other side.

    Args:
        material: As `answer_material` has it now.
        words: The chosen steps by key, with the words for each as somebody left them.
        author: Whom the changes are attributed to: a side, never a person; "Union" where it is empty.
        date: When they were made; without it they carry no date.
        tell: Is told, sentence by sentence, what a person should look at before the file goes out.

    Returns:
        A name for the file, and the file.

    Raises:
        InvalidInput: Nothing was chosen, a step is not among those suggested now, or words can not stand.
        NotTableSafe: The file holds something that is not for the other side.
    """
    author = " ".join(author.split()) or "Union"
    if len(author) > LONGEST_AUTHOR:
        raise InvalidInput(f"The author is too long; use at most {LONGEST_AUTHOR} characters.", field="author")
    if author in material.authors:
        raise InvalidInput(f"{author} already has changes in their file; choose another name.", field="author")
    steps = {step.key: step for step in material.suggested.steps}
    if not words.keys() <= steps.keys():
        raise InvalidInput("What can be answered has changed since this page was opened; look through it again.")
    if not words:
        raise InvalidInput("Nothing is ticked; tick at least one change.")
    edits: list[Edit] = []
    for key, step in steps.items():
        if key in words:
            _check(step, words[key], material.placeholders)
            edits += edits_of(step, words[key])
    data = answer_in_file(material.theirs, edits, author=author, date=date)
    if tell is not None:
        for remark in things_to_look_at(data, theirs=material.theirs, author=author):
            tell(remark)
    safe = make_table_safe(data, keep_tracked=True, author=author, theirs=material.theirs)
    return f"Union answer - {without_ending(material.view.draft_name)}.docx", safe


def edits_of(step: Step, words: str) -> list[Edit]:
    """A step as edits of their file; each line of the words is a paragraph."""
    if step.kind == "strike":
        return [Edit("delete", step.place, was=step.was)]
    first, *further = [" ".join(line.split()) for line in words.split("\n") if line.strip()] or [""]
    edits = (
        [Edit("replace", step.place, first, was=step.was)]
        if step.kind == "replace"
        else [Edit("insert", step.place, paragraphs=(first,), was=step.was, like=step.like)]
    )
    if further:
        like = step.like_below or step.like
        edits.append(Edit("insert", step.place, paragraphs=tuple(further), was=step.was, like=like))
    return edits


def _check(step: Step, words: str, placeholders: Sequence[str]) -> None:
    if step.kind == "strike":
        return
    field = f"words-{step.key}"
    if not words.strip():
        raise InvalidInput("A ticked change has no words; write them, or take the tick away.", field=field)
    if len(words) > LONGEST_PROVISION:
        raise InvalidInput(f"These words are too long; use at most {LONGEST_PROVISION:,} characters.", field=field)
    gap = next((each for each in placeholders if f"[{each}]" in words), None)
    if gap is not None:
        raise InvalidInput(f"{gap} is not filled in; write it instead of [{gap}].", field=field)


def _possible(content: bytes, suggested: Suggested) -> Suggested:
    """Steps that their file allows, one by one; the others are for a person."""
    edits = [edits_of(step, step.ours) for step in suggested.steps]
    flat = iter(refusals(content, [each for group in edits for each in group]))
    steps, by_hand = [], list(suggested.by_hand)
    for step, group in zip(suggested.steps, edits, strict=True):
        reasons = [next(flat) for _ in group]
        if any(reasons):
            by_hand.append(ByHand("employer", step.number, step.was, IN_PARTS))
        else:
            steps.append(step)
    return Suggested(tuple(steps), tuple(by_hand))
