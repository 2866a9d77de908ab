"""Options that several commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file; - is standard output.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")]


class Position(StrEnum):
    """The three positions of a clause, the strongest first."""

    OPENING = "opening"
    TARGET = "target"
    FLOOR = "floor"
