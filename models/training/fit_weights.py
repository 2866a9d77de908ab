"""Fits how much rules and second reader count for, and writes `models/second_reader/weights.toml`.

    python models/training/fit_weights.py

How often each rule is right is counted on the training briefs, from which a few rules were mended; everything else is
fitted on the development briefs, which chose the epoch of the second reader and taught it nothing else. The unseen
briefs are not opened.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.analysis.judging.judge import judge  # noqa: E402
from app.analysis.learned.second_opinion import VERDICTS, features, nearness  # noqa: E402
from app.analysis.learned.weights import log_odds, log_shares  # noqa: E402
from app.analysis.pipeline import Pipeline, load_pipeline  # noqa: E402
from app.analysis.topics import obligation_by_rule, topics_by_rule  # noqa: E402

RECALL = 0.94  # of weakened, wanted on the development briefs, which are the hardest there are
FALSE_ALARMS = 0.12  # at most, where recall allows
FAMILY_RIGHT = 0.5  # share of right ones among families that the second reader adds


def rows(kind: str, split: str) -> list[dict[str, Any]]:
    listed = tomllib.loads((ROOT / "models/corpus/briefs.toml").read_text(encoding="utf-8"))
    found = []
    for name, brief in listed.items():
        path = ROOT / "models/corpus" / kind / f"{name}.jsonl"
        if brief["split"] == split and path.exists():
            found += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return found


def count_rules(pipeline: Pipeline, found: list[dict[str, Any]]) -> tuple[dict[str, list[int]], dict[str, float]]:
    """Times fired, times the label agreed, times the label was equivalent; and the share over all rules."""
    fired: Counter[str] = Counter()
    right: Counter[str] = Counter()
    idle: Counter[str] = Counter()
    label_of = {"weaker": "weakened", "stronger": "strengthened"}
    for row in found:
        moves = judge(pipeline.read(row["library_text"]), pipeline.read(row["employer_text"]), pipeline)
        for rule, direction in {(move.rule, move.direction) for move in moves if move.direction != "neutral"}:
            key = f"{rule} {direction}"
            fired[key] += 1
            right[key] += row["label"] == label_of[direction]
            idle[key] += row["label"] == "equivalent"
    usual = {}
    for direction in label_of:
        keys = [key for key in fired if key.endswith(direction)]
        usual[direction] = round(sum(right[key] for key in keys) / max(1, sum(fired[key] for key in keys)), 4)
    return {key: [fired[key], right[key], idle[key]] for key in sorted(fired)}, usual


def fit_verdict(pipeline: Pipeline, found: list[dict[str, Any]]) -> tuple[Any, float, Any]:
    views = [pipeline.second_reader.pair(row["library_text"], row["employer_text"]) for row in found]
    rows_, wanted = [], []
    for row, view in zip(found, views, strict=True):
        moves = judge(pipeline.read(row["library_text"]), pipeline.read(row["employer_text"]), pipeline)
        near = nearness(row["library_text"], row["employer_text"])
        rows_.append(features(moves, view.verdict, near, pipeline.weights)[:-1])
        wanted.append(VERDICTS.index(row["label"]))
    x, y = np.array(rows_), np.array(wanted)
    model = LogisticRegression(C=0.5, max_iter=2000)
    chances = cross_val_predict(model, x, y, cv=8, method="predict_proba")
    model.fit(x, y)
    threshold = choose(chances, y)
    return np.hstack([model.coef_, model.intercept_[:, None]]), threshold, chances


def choose(chances: Any, y: Any) -> float:
    """The highest probability from which nearly all losses are still seen, unless alarms need it lower or higher."""
    best = (-1.0, 0.5)
    for threshold in np.arange(0.15, 0.6, 0.01):
        said = np.where(chances[:, 0] >= threshold, 0, 1 + chances[:, 1:].argmax(1))
        recall = float((said[y == 0] == 0).mean())
        alarms = float((said[y == 1] == 0).mean())
        accuracy = float((said == y).mean())
        value = accuracy - 2 * max(0.0, RECALL - recall) - max(0.0, alarms - FALSE_ALARMS)
        gains = float((said[y == 2] == 2).mean())
        print(f"  from {threshold:.2f}: {accuracy:.3f}, recall {recall:.3f}, alarms {alarms:.3f}, gains {gains:.3f}")
        best = max(best, (value, float(threshold)))
    return round(best[1], 2)


def fit_family(pipeline: Pipeline, found: list[dict[str, Any]]) -> float:
    """The probability from which a family that the second reader adds is right often enough."""
    views = [pipeline.second_reader.pair(row["library_text"], row["employer_text"]) for row in found]
    scored = []
    for row, view in zip(found, views, strict=True):
        if row["label"] != "weakened":
            continue
        for family, score in zip(pipeline.second_reader.families, 1 / (1 + np.exp(-view.families)), strict=True):
            scored.append((float(score), family in {row["family"], *row.get("also", ())}))
    for threshold in np.arange(0.2, 0.9, 0.05):
        picked = [good for score, good in scored if score >= threshold]
        if picked and sum(picked) / len(picked) >= FAMILY_RIGHT:
            return round(float(threshold), 2)
    return 0.9


def fit_topics(pipeline: Pipeline, found: list[dict[str, Any]]) -> Any:
    x, y = [], []
    for row in found:
        ruled = set(topics_by_rule(row["text"], pipeline))
        if not ruled and not pipeline.patterns.matter.search(row["text"]):
            continue
        view = pipeline.second_reader.passage(row["text"])
        for topic, score in zip(pipeline.second_reader.topics, view.topics, strict=True):
            x.append([float(score), float(topic in ruled)])
            y.append(topic in row["topics"])
    wanted = np.array(y)
    model = LogisticRegression(C=0.3, max_iter=2000).fit(np.array(x), wanted)
    chances = cross_val_predict(model, np.array(x), wanted, cv=8, method="predict_proba")[:, 1]
    scores = {round(t, 2): _f1(chances > t, wanted) for t in np.arange(0.3, 0.6, 0.05)}
    best = max(scores, key=scores.__getitem__)
    print(f"  topics: F1 from each probability on { ({k: round(v, 3) for k, v in scores.items()}) }")
    return np.append(model.coef_[0], model.intercept_[0] - log_odds(best))


def _f1(said: Any, wanted: Any) -> float:
    return float(2 * (said & wanted).sum() / (said.sum() + wanted.sum()))


def fit_obligation(pipeline: Pipeline, found: list[dict[str, Any]]) -> Any:
    views = [pipeline.second_reader.passage(row["text"]) for row in found]
    kinds = pipeline.second_reader.obligations
    x, y = [], []
    for row, view in zip(found, views, strict=True):
        ruled = obligation_by_rule(pipeline.read(row["text"]))
        x.append([*log_shares(view.obligation), *(float(kind == ruled) for kind in kinds)])
        y.append(kinds.index(row["obligation"]))
    model = LogisticRegression(C=0.5, max_iter=2000).fit(np.array(x), np.array(y))
    said = cross_val_predict(LogisticRegression(C=0.5, max_iter=2000), np.array(x), np.array(y), cv=8)
    print(f"  obligation: accuracy {(said == np.array(y)).mean():.3f}")
    return np.hstack([model.coef_, model.intercept_[:, None]])


def main() -> None:
    pipeline = load_pipeline(ROOT / "models")
    fired, usual = count_rules(pipeline, rows("pairs", "train"))
    counted = {rule: (c[0], c[1], c[2]) for rule, c in fired.items()}
    pipeline = replace(pipeline, weights=replace(pipeline.weights, fired=counted, usual=usual))
    pairs, passages = rows("pairs", "dev"), rows("passages", "dev")
    verdict, threshold, _ = fit_verdict(pipeline, pairs)
    family = fit_family(pipeline, pairs)
    write(
        verdict=verdict,
        threshold=threshold,
        family=family,
        topic=fit_topics(pipeline, passages),
        obligation=fit_obligation(pipeline, passages),
        fired=fired,
        usual=usual,
    )


def write(
    *, verdict: Any, threshold: float, family: float, topic: Any, obligation: Any, fired: Any, usual: Any
) -> None:
    def matrix(values: Any) -> str:
        return "[\n" + "".join(f"    [{', '.join(f'{v:.4f}' for v in row)}],\n" for row in values) + "]"

    lines = [
        "# Written by models/training/fit_weights.py. What the columns are stands in app/analysis/learned/weights.py.",
        "", "[verdict]", f"weights = {matrix(verdict)}", f"weakened_from = {threshold}", f"family_from = {family}",
        "", "[topic]", f"weights = [{', '.join(f'{v:.4f}' for v in topic)}]",
        "", "[obligation]", f"weights = {matrix(obligation)}",
        "", "[usual]", *(f"{direction} = {share}" for direction, share in usual.items()),
        "", "# Rule and direction: times fired, times right, times the texts were equivalent, on the training briefs.",
        "[rules]", *(f'"{rule}" = {counts}' for rule, counts in fired.items()),
    ]  # fmt: skip
    (ROOT / "models/second_reader/weights.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
