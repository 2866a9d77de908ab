"""Words that a PDF breaks at a ligature: "def ined", "of fice", "classif ication".

Some files write fi, fl and ff as one sign with a gap after it. A break is mended where the whole word stands
elsewhere in the document, or where what stands before the gap is no word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BROKEN = re.compile(r"\b([A-Za-z]*f) ([ilf][a-z]+)\b")
_WORD = re.compile(r"[A-Za-z]+")
_WORDS_IN_F = frozenset(
    re.findall(
        r"[a-z]+",
        """of if off half self staff behalf itself himself herself myself yourself oneself brief chief proof relief
        belief roof leaf shelf loaf beef reef grief thief deaf gulf wolf golf turf surf scarf dwarf calf tariff sheriff
        plaintiff bailiff cliff stiff stuff cuff buff bluff puff handoff layoff payoff cutoff kickoff takeoff playoff
        standoff tradeoff spinoff signoff disbelief motif serf wharf aperitif mischief debrief waterproof
        fireproof f""",
    )
)


def mend_ligatures(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Close the gaps in the lines of all pages; lines without such a gap come back as they are."""
    broken = {match[0].lower() for page in pages for line in page for match in _BROKEN.finditer(line)}
    if not broken:
        return [list(page) for page in pages]
    whole = {word.lower() for page in pages for line in page for word in _WORD.findall(_BROKEN.sub(" ", line))}

    def mended(match: re.Match[str]) -> str:
        before = match[1].lower()
        joined = f"{match[1]}{match[2]}"
        return joined if joined.lower() in whole or before not in _WORDS_IN_F | whole else match[0]

    return [[_BROKEN.sub(mended, line) for line in page] for page in pages]
