"""`proviso analyse` and `proviso pairs`: one answer a line."""

from __future__ import annotations

from pathlib import Path

from app.analysis.aligning.resemblance import ClauseIndex
from app.analysis.compare import compare_texts
from app.analysis.pipeline import load_pipeline
from app.analysis.topics import obligation_of, topics_of
from app.commands.jsonl import Row, answer_lines
from app.commands.sources import load_settings
from app.library.baseline import library_baseline
from app.library.files import load_library


def analyse_lines(path: Path) -> None:
    """Topics, obligation, resembled clauses and undertakings of each passage."""
    settings = load_settings()
    pipeline = load_pipeline(settings.models_dir)
    texts = library_baseline(load_library(settings.clauses_dir)).texts
    clauses = ClauseIndex(texts, pipeline.concepts, pipeline.second_reader)

    def answer(row: Row) -> Row:
        topics = topics_of(row["text"], pipeline)
        likenesses = clauses.resembled_by(row["text"]) if topics else []
        return {
            "topics": topics,
            "obligation": obligation_of(row["text"], pipeline),
            "clauses": [each.as_json() for each in likenesses],
            "undertakings": [
                promise.as_json()
                for undertaking in pipeline.read(row["text"]).undertakings
                for promise in undertaking.promises
            ],
        }

    answer_lines(path, ("text",), answer)


def judge_lines(path: Path) -> None:
    """Verdict, moves and residue of each pair."""
    pipeline = load_pipeline(load_settings().models_dir)

    def answer(row: Row) -> Row:
        opinion, residue = compare_texts(row["library_text"], row["employer_text"], pipeline)
        return {
            "verdict": opinion.verdict,
            "moves": [move.as_json() for move in opinion.moves],
            "residue": [entry.as_json() for entry in residue],
            "confidence": opinion.confidence,
            "unsure": opinion.unsure,
        }

    answer_lines(path, ("library_text", "employer_text"), answer)
