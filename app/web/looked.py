"""What a person looks at before a file goes to the other side: said once, and not again once it was looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """Things that are in a file and hard to see, and what the form sends back once somebody has looked at them."""

    remarks: tuple[str, ...] = ()

    @property
    def seal(self) -> str:
        """Stands for exactly these remarks: when others come up, the page asks again."""
        return hashlib.sha256("\n".join(self.remarks).encode()).hexdigest()[:16]


NOTHING: Final = ToLookAt()


def left_to_look_at(remarks: Sequence[str], seal: str) -> ToLookAt:
    """The things that nobody has looked at yet.

    Args:
        remarks: What there is.
        seal: What the form says was looked at; "" where it says nothing.
    """
    found = ToLookAt(tuple(remarks))
    return NOTHING if seal == found.seal else found
