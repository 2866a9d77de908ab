"""A small clause file for tests, complete and without problems; each test breaks one thing in it."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CLAUSE = """---
id: short-notice
version: 1.0.0
status: published
title: Notice of new systems
topic: disclosure
summary: The Employer tells the Union in writing before it uses a new system.
sectors: [all]
jurisdictions: [us-private, uk]
variants:
  - jurisdiction: uk
    why: Agreements bind in law only where they say so.
    provisions: {"2": "**Disputes.** The parties intend this Article to be binding after {{ days }} calendar days."}
instrument: [article]
placeholders:
  - name: days
    label: Days of notice
    help: Calendar days counted from the day the Union receives the notice.
    type: integer
    unit: calendar days
    direction: more
    default: {opening: 180, target: 120, floor: 60}
    minimum: 30
    maximum: 365
  - name: fine
    label: Sum for each day
    help: What the Employer pays for each day of delay.
    type: money
    unit: per day
    direction: more
    default: {opening: 2000, target: 1000}
    minimum: 10
    maximum: 5000
  - name: place
    label: Where hearings are held
    help: Choose what suits the members.
    type: choice
    direction: none
    default: site
    choices: [site, union hall]
protections:
  - id: DIS-3
    weight: essential
    carried_by: {opening: ["1"], target: ["1"], floor: ["1"]}
  - id: ENF-5
    weight: important
    carried_by: {opening: ["2(b)"], target: ["2(b)"]}
requires: {clauses: [], definitions: [Union]}
precedents:
  - key: CUL-1
    reported: Hotel workers reported six months of notice in 2018.
    certainty: source
    arbitrated: unknown
changes: First version.
authors: [Proviso clause editors]
reviewed: {by: "", on: ""}
---

# Opening

1. **Notice.** The Employer shall give the Union written notice {{ days }} calendar days before it buys a system.
2. **Remedy.** If it does not, the Employer shall:
   (a) stop the system;
   (b) pay {{ fine | money }} a day, at a hearing {% if place == "site" %}on site{% else %}in the hall{% endif %}.

# Target

1. **Notice.** The Employer shall give the Union written notice {{ days }} calendar days before it uses a system.
2. **Remedy.** If it does not, the Employer shall:
   (a) stop the system;
   (b) pay {{ fine | money }} for each day.

# Floor

1. **Notice.** The Employer shall tell the Union {{ days }} calendar days before it uses a system.
2. **Remedy.** If it does not, the Employer shall pay {{ fine | money }} for each day.

# Why it matters

Without time there is nothing to bargain.

# What the employer will say

**The employer:** "We cannot know so early."
**Reply:** The order is signed months before.

**The employer:** "Vendors want silence."
**Reply:** They sign what you ask them to sign.

# Questions to ask

- What is on order now?
- Who decides,
  and when?

# Drafting notes

Count calendar days.
"""


def write_library(folder: Path, *sources: str) -> Path:
    """A library folder with the real schema and vocabulary, and these clause files, filed under what they say."""
    clauses = folder / "clauses"
    clauses.mkdir(exist_ok=True)
    for name in ("schema.yml", "vocabulary.yml"):
        shutil.copy(ROOT / "clauses" / name, clauses / name)
    for source in sources or (CLAUSE,):
        write_clause(clauses, source)
    return clauses


def write_clause(clauses: Path, source: str) -> Path:
    """File one clause under its topic, id and version."""
    fields = dict(line.split(": ", 1) for line in source.splitlines() if ": " in line and not line.startswith(" "))
    path = clauses / fields["topic"] / fields["id"] / f"{fields['version']}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path
