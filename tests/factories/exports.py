"""One file of every kind that the program hands to the other side, small and with everything in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from lxml import etree

from app.proposals.docx_writer import write_proposal_docx
from app.proposals.views import ProposalView, RenderedArticle, RenderedProvision
from app.text.reading import read_bytes
from app.word.redline.texts import redline_texts
from tests.factories.marked_docx import marked_docx
from tests.factories.secret_places import MAIN, keep, repack, tree, unpack, w, xml

NOW = datetime(2026, 5, 19, 14, 15, tzinfo=UTC)
OLD = "1. The Employer shall give the Union notice of ninety days.\n\n2. Notice is given in writing.\n"
NEW = "1. The Employer shall give the Union notice of sixty days.\n\n2. Notice is given in writing and in time.\n"
COUNTER = """\
% Employer Counterproposal
# Technology
1. The Company {--shall--}{++may++} give notice of {++thirty++} days.{>>we could live with sixty<<}
(a) The notice names the vendor.{^Vendors are listed in Appendix A.^}
2. Nothing in this Article is **final**.
"""


@dataclass(frozen=True, slots=True)
class Export:
    """A file for the table and how it goes through the gate."""

    data: bytes
    keep_tracked: bool = False
    theirs: bytes | None = None


def proposal_export() -> Export:
    """Our proposal."""
    provisions = (
        RenderedProvision("1", 0, "", "Notice. The Employer shall notify the Union.", "", changed=False),
        RenderedProvision("2", 0, "", "The notice shall state:", "", changed=False),
        RenderedProvision("2(a)", 1, "The notice shall state:", "the vendor;", "", changed=False),
    )
    view = ProposalView(
        id="p", table_id="t", title="Technology and work", side="union", number=2, round_number=3,
        held_on=date(2026, 5, 19), employer="Tidewater", union="Local 418", unit="Warehouse", created_by="",
        created_at=NOW, articles=(),
    )  # fmt: skip
    return Export(write_proposal_docx(view, (RenderedArticle(1, "Notice", provisions),), now=NOW))


def redline_export() -> Export:
    """Our changes as tracked changes."""
    old, new = (read_bytes(text.encode(), "text.txt") for text in (OLD, NEW))
    return Export(redline_texts(old, new, date=NOW), keep_tracked=True)


def answer_export() -> Export:
    """Our answer in the employer's own file: their changes, comment, notes and lists, and a change of ours."""
    theirs = marked_docx(COUNTER)
    parts = unpack(theirs)
    root = tree(parts, MAIN)
    paragraph = [each for each in root.iter(w("p")) if each.find(w("r")) is not None][-1]
    change = (
        '<w:ins w:id="950" w:author="Union" w:date="2026-05-19T14:15:00Z"><w:r><w:t xml:space="preserve"> '
        "Either side may grieve it.</w:t></w:r></w:ins>"
    )
    for element in xml(change):
        paragraph.append(element)
    etree.cleanup_namespaces(root)
    keep(parts, MAIN, root)
    return Export(repack(parts), keep_tracked=True, theirs=theirs)


EXPORTS = {"proposal": proposal_export, "redline": redline_export, "answer in their file": answer_export}
