"""Loads the pipeline once; everything that reads text takes it from here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from app.analysis import components as _registered  # noqa: F401 - importing registers the factories
from app.analysis.across.rules import AcrossRules, load_across
from app.analysis.concepts import Concepts
from app.analysis.learned.second_reader import SecondReader
from app.analysis.learned.weights import Weights, load_weights
from app.analysis.lint.rules import LintRules, load_lint_rules
from app.analysis.package.rules import PackageRules, load_package_rules
from app.analysis.patterns import Patterns, load_concerns, load_patterns
from app.analysis.rule_moves import RuleMoves, load_rule_moves
from app.analysis.undertakings import Reading

_MOST_READINGS = 4000
"""Readings kept at a time: a library of sixty clauses and a long agreement beside it."""

_MARK = re.compile(r"[^\w\s]")
_CODE_VERSION = "0.1"


@dataclass(frozen=True)
class Pipeline:
    """The loaded pipeline with its rules; `version` changes whenever code, configuration or a rule does."""

    nlp: Language
    patterns: Patterns
    concepts: Concepts
    concerns: dict[str, frozenset[str]]
    lint: LintRules
    across: AcrossRules
    package: PackageRules
    rule_moves: RuleMoves
    second_reader: SecondReader
    weights: Weights
    version: str
    _readings: dict[str, Reading] = field(default_factory=dict, compare=False)  # by text

    def __repr__(self) -> str:
        """Name the version; the rules would fill pages."""
        return f"Pipeline({self.version!r})"

    def read(self, text: str) -> Reading:
        """Say what `text` promises; the texts of the library are asked for again and again, so readings are kept."""
        reading = self._readings.get(text)
        if reading is None:
            reading = self.nlp(text)._.reading
            if len(self._readings) >= _MOST_READINGS:
                self._readings.clear()
            self._readings[text] = reading
        return reading


def load_pipeline(models_dir: Path) -> Pipeline:
    """Load the pipeline that `models_dir` describes.

    Raises:
        FileNotFoundError: the folder lacks `config.cfg`, a rule file or a learned part.
        ValueError: a rule does not compile, or a learned part is not the one that was published.
    """
    folder = models_dir / "patterns"
    config = spacy.util.load_config(
        models_dir / "config.cfg", overrides={"paths.patterns": str(folder)}, interpolate=True
    )
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    # English affix rules peel one mark at a time, so a line of brackets costs its square. Marks split words as well.
    nlp.tokenizer = Tokenizer(nlp.vocab, infix_finditer=_MARK.finditer)
    nlp.max_length = 10_000_000
    patterns = load_patterns(folder)
    learned = models_dir / "second_reader"
    return Pipeline(
        nlp=nlp,
        patterns=patterns,
        concepts=Concepts(patterns),
        concerns=load_concerns(folder),
        lint=load_lint_rules(folder, patterns.words),
        across=load_across(folder, patterns.words),
        package=load_package_rules(folder, patterns.words),
        rule_moves=load_rule_moves(folder),
        second_reader=SecondReader(learned),
        weights=load_weights(learned / "weights.toml"),
        version=f"{_CODE_VERSION}+{_digest(models_dir)}",
    )


def _digest(models_dir: Path) -> str:
    digest = hashlib.sha256((models_dir / "config.cfg").read_bytes())
    for path in sorted([*(models_dir / "patterns").glob("*.toml"), *(models_dir / "second_reader").glob("*.toml")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
