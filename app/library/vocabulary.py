"""The words that clause files may use, each with the sentence that the pages show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.errors import ClauseFileError
from app.library.yaml_text import load_yaml


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the vocabulary as people read it."""

    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything in `clauses/vocabulary.yml`, by id, in the order of the file."""

    topics: dict[str, Term]
    weights: dict[str, Term]
    certainty: dict[str, Term]
    sectors: dict[str, Term]
    jurisdictions: dict[str, Term]
    instruments: dict[str, Term]
    elements: dict[str, str]
    sources: frozenset[str]
    everyday: dict[str, str]  # what people say, lower case, and what a contract says instead

    def element_label(self, element: str) -> str:
        """What a protection element gives workers, in a few words; the id itself where it is unknown."""
        return self.elements.get(element, element)

    def topic_label(self, topic: str) -> str:
        """A topic as people read it; the id itself where it is unknown."""
        return self.topics[topic].label if topic in self.topics else topic


@lru_cache(maxsize=4)
def load_vocabulary(clauses_dir: Path) -> Vocabulary:
    """Read the vocabulary of a library; raises ClauseFileError when it is not there or has not its shape."""
    path = clauses_dir / "vocabulary.yml"
    try:
        data = load_yaml(path.read_text(encoding="utf-8"))
        groups = {
            name: {key: Term(**term) for key, term in data[name].items()}
            for name in ("topics", "weights", "certainty", "sectors", "jurisdictions", "instruments")
        }
        return Vocabulary(
            **groups,
            elements=dict(data["elements"]),
            sources=frozenset(data["sources"]),
            everyday=dict(data["everyday"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ClauseFileError(f"{path}: the vocabulary cannot be read ({error}); see clauses/README.md.") from error
