"""Trains the second reader from the corpus and writes `models/second_reader/`.

    python models/training/train_second_reader.py --base FOLDER [--epochs N]

FOLDER holds the weights and the tokenizer of all-MiniLM-L6-v2 (Apache-2.0), as published; their digests are checked.
Needs the packages of `models/training/requirements.txt`, two cores and about half an hour. Only rows of the training
briefs are learned from; the development briefs choose the epoch; the unseen briefs are not opened.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import random
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.analysis.second_reader import Encoded, encode_pair, encode_passage, load_tokenizer  # noqa: E402

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOPICS = (
    "disclosure impact_assessment worker_voice data_rights monitoring human_oversight fairness job_security retraining"
    " severance_recall likeness_credit professional_judgment health_safety gain_sharing enforcement definitions"
    " reopener union_ai"
).split()
OBLIGATIONS = ["mandatory", "permissive", "hedged", "none"]
VERDICTS = ["weakened", "equivalent", "strengthened"]
FAMILIES = (
    "modal_downgrade consent_to_consult notice_shortened timing_after_the_fact scope_narrowed discretion"
    " carve_out_exception remedy_removed knowledge_or_materiality_qualifier sunset_or_pilot cap_or_amount_reduced"
    " waiver_or_management_rights actor_removed_or_passive definition_narrowed"
).split()
SEED = 7


@dataclass
class Pair:
    """One row to learn from; `families` says in which respects the texts differ, whichever way."""

    encoded: Encoded
    ours: Encoded
    theirs: Encoded
    verdict: int
    families: list[float]
    topic: int  # -1 where the pair has none of the topics


@dataclass
class Passage:
    encoded: Encoded
    topics: list[float]
    obligation: int


class Reader(nn.Module):
    """The encoder with its heads; the vector of a passage is the mean over its tokens, as in the original."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager")
        old = self.encoder.embeddings.token_type_embeddings.weight.data
        kinds = nn.Embedding(4, old.shape[1])
        kinds.weight.data = old[:1].repeat(4, 1) + torch.tensor([[0.0], [0.0], [1.0], [1.0]]) * 0.02 * torch.randn(4, old.shape[1])
        self.encoder.embeddings.token_type_embeddings = kinds
        self.encoder.config.type_vocab_size = 4
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False  # few rows, many words
        width = old.shape[1]
        self.drop = nn.Dropout(0.1)
        self.topics = nn.Linear(width, len(TOPICS))
        self.obligation = nn.Linear(2 * width, len(OBLIGATIONS))
        self.verdict = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Dropout(0.1), nn.Linear(width, 3))
        self.families = nn.Linear(2 * width, len(FAMILIES))

    def forward(self, ids: Any, mask: Any, kinds: Any) -> tuple[Any, ...]:
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
        changed = (kinds >= 2).unsqueeze(-1).to(states.dtype) * weights
        # Where words changed, the pair is read there; elsewhere the opening mark stands for the whole.
        focus = torch.where(
            changed.sum(1) > 0, (states * changed).sum(1) / changed.sum(1).clamp(min=1), states[:, 0]
        )
        both = self.drop(torch.cat([states[:, 0], mean], -1))
        pair = self.drop(torch.cat([states[:, 0], focus], -1))
        vector = nn.functional.normalize(mean, dim=-1)
        return vector, self.topics(self.drop(mean)), self.obligation(both), self.verdict(pair), self.families(pair)


def briefs(split: str) -> list[str]:
    listed = tomllib.loads((ROOT / "models/corpus/briefs.toml").read_text(encoding="utf-8"))
    return [name for name, brief in listed.items() if brief["split"] == split]


def rows(kind: str, names: list[str]) -> list[dict[str, Any]]:
    found = []
    for name in names:
        path = ROOT / "models/corpus" / kind / f"{name}.jsonl"
        if path.exists():
            found += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return found


def pairs_of(tokenizer: Any, found: list[dict[str, Any]], *, turned: bool) -> list[Pair]:
    """Encode; with `turned` each pure loss is also learned as the gain that it is when read the other way."""
    pairs = []
    for row in found:
        names = {*row.get("also", ()), row.get("gain", ""), row["family"]}
        families = [float(name in names) for name in FAMILIES]
        ours, theirs = row["library_text"], row["employer_text"]
        views = [(ours, theirs, row["label"])]
        if turned and not row.get("mixed") and not row.get("doubtful"):
            opposite = {"weakened": "strengthened", "strengthened": "weakened", "equivalent": "equivalent"}
            views.append((theirs, ours, opposite[row["label"]]))
        topic = TOPICS.index(row["topic"]) if row["topic"] in TOPICS else -1
        for one, other, label in views:
            pairs.append(
                Pair(
                    encode_pair(tokenizer, one, other),
                    encode_passage(tokenizer, one),
                    encode_passage(tokenizer, other),
                    VERDICTS.index(label),
                    families,
                    topic,
                )
            )
    return pairs


def passages_of(tokenizer: Any, found: list[dict[str, Any]]) -> list[Passage]:
    return [
        Passage(
            encode_passage(tokenizer, row["text"]),
            [float(name in row["topics"]) for name in TOPICS],
            OBLIGATIONS.index(row["obligation"]),
        )
        for row in found
    ]


def batch(encoded: list[Encoded]) -> tuple[Any, Any, Any]:
    width = max(len(each.ids) for each in encoded)
    ids = torch.zeros(len(encoded), width, dtype=torch.long)
    kinds, mask = ids.clone(), ids.clone()
    for row, each in enumerate(encoded):
        ids[row, : len(each.ids)] = torch.tensor(each.ids)
        kinds[row, : len(each.kinds)] = torch.tensor(each.kinds)
        mask[row, : len(each.ids)] = 1
    return ids, mask, kinds


def chunks(items: list[Any], size: int, rng: random.Random) -> list[list[Any]]:
    """Batches of like length, in random order."""
    order = sorted(items, key=lambda item: len(item.encoded.ids) + rng.random() * 16)
    parts = [order[k : k + size] for k in range(0, len(order), size)]
    rng.shuffle(parts)
    return parts


def pair_loss(model: Reader, part: list[Pair], *, alike: bool) -> Any:
    _, _, _, verdict, families = model(*batch([pair.encoded for pair in part]))
    loss = nn.functional.cross_entropy(verdict.float(), torch.tensor([pair.verdict for pair in part]), label_smoothing=0.05)
    changed = torch.tensor([1.0 if pair.verdict != 1 else 0.5 for pair in part]).unsqueeze(1)
    wanted = torch.tensor([pair.families for pair in part])
    loss = loss + 3 * (nn.functional.binary_cross_entropy_with_logits(families.float(), wanted, reduction="none") * changed).mean()
    if alike and len(part) > 2:
        ours = model(*batch([pair.ours for pair in part]))
        theirs = model(*batch([pair.theirs for pair in part]))
        scores = ours[0].float() @ theirs[0].float().T * 20
        target = torch.arange(len(part))
        loss = loss + 0.3 * nn.functional.cross_entropy(scores, target)
        known = [k for k, pair in enumerate(part) if pair.topic >= 0]
        if known:  # the topic that a pair is filed under is one of its topics; of the others nothing is known
            picked = torch.stack([ours[1][k, part[k].topic] for k in known] + [theirs[1][k, part[k].topic] for k in known])
            loss = loss + 0.15 * nn.functional.softplus(-picked.float()).mean()
    return loss


def passage_loss(model: Reader, part: list[Passage]) -> Any:
    _, topics, obligation, _, _ = model(*batch([passage.encoded for passage in part]))
    wanted = torch.tensor([passage.topics for passage in part])
    loss = 5 * nn.functional.binary_cross_entropy_with_logits(topics.float(), wanted)
    bound = torch.tensor([passage.obligation for passage in part])
    return loss + nn.functional.cross_entropy(obligation.float(), bound, label_smoothing=0.05)


@torch.no_grad()
def measure(model: Reader, pairs: list[Pair], passages: list[Passage]) -> dict[str, float]:
    model.eval()
    right = sum(
        int(scores.argmax()) == pair.verdict
        for k in range(0, len(pairs), 32)
        for scores, pair in zip(model(*batch([p.encoded for p in pairs[k : k + 32]]))[3], pairs[k : k + 32], strict=True)
    )
    hits = found = labelled = bound = family = 0
    for k in range(0, len(pairs), 32):
        part = pairs[k : k + 32]
        named = model(*batch([p.encoded for p in part]))[4].argmax(-1)
        family += sum(pair.verdict == 0 and pair.families[int(n)] > 0 for pair, n in zip(part, named, strict=True))
    for k in range(0, len(passages), 32):
        part = passages[k : k + 32]
        _, topics, obligation, _, _ = model(*batch([p.encoded for p in part]))
        wanted = torch.tensor([p.topics for p in part]) > 0
        said = topics > 0
        hits += int((wanted & said).sum())
        found += int(said.sum())
        labelled += int(wanted.sum())
        bound += sum(int(o.argmax()) == p.obligation for o, p in zip(obligation, part, strict=True))
    model.train()
    weakened = max(1, sum(pair.verdict == 0 for pair in pairs))
    return {
        "verdict": right / max(1, len(pairs)),
        "family": family / weakened,
        "topic_f1": 2 * hits / max(1, found + labelled),
        "obligation": bound / max(1, len(passages)),
    }


def train(model: Reader, tokenizer: Any, epochs: int) -> dict[str, float]:
    rng = random.Random(SEED)
    pairs = pairs_of(tokenizer, rows("pairs", briefs("train")), turned=True)
    passages = passages_of(tokenizer, rows("passages", briefs("train")))
    dev_pairs = pairs_of(tokenizer, rows("pairs", briefs("dev")), turned=False)
    dev_passages = passages_of(tokenizer, rows("passages", briefs("dev")))
    print(f"{len(pairs)} pairs (both ways), {len(passages)} passages; dev {len(dev_pairs)}, {len(dev_passages)}", flush=True)
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    body = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body, "lr": 1e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01)
    steps = epochs * (-(-len(pairs) // 24) + -(-len(passages) // 16))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    best, kept, figures = 0.0, None, {}
    for epoch in range(epochs):
        began = time.monotonic()
        parts: list[list[Any]] = chunks(pairs, 24, rng) + chunks(passages, 16, rng)
        rng.shuffle(parts)
        for part in parts:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                alike = isinstance(part[0], Pair) and rng.random() < 0.15
                loss = pair_loss(model, part, alike=alike) if isinstance(part[0], Pair) else passage_loss(model, part)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        scores = measure(model, dev_pairs, dev_passages)
        total = 2 * scores["verdict"] + scores["family"] + scores["topic_f1"] + scores["obligation"]
        print(epoch, {k: round(v, 3) for k, v in scores.items()}, f"{time.monotonic() - began:.0f} s", flush=True)
        if total > best:
            best, kept, figures = total, copy.deepcopy(model.state_dict()), scores
    model.load_state_dict(kept or model.state_dict())
    return figures


def export(model: Reader, base: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    example = torch.ones(2, 16, dtype=torch.long)
    names = ["ids", "mask", "kinds"]
    outputs = ["vector", "topics", "obligation", "verdict", "families"]
    axes = {name: {0: "rows", 1: "tokens"} for name in names} | {name: {0: "rows"} for name in outputs}
    whole = out / "whole.onnx"
    torch.onnx.export(
        model, (example, example, example), str(whole), input_names=names, output_names=outputs,
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )
    quantize_dynamic(str(whole), str(out / "reader.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    (out / "tokenizer.json").write_bytes((base / "tokenizer.json").read_bytes())


def describe(out: Path) -> None:
    """Write reader.toml: labels in order, and the digest of each file."""
    def listed(names: list[str]) -> str:
        return "[" + ", ".join(f'"{name}"' for name in names) + "]"

    files = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("reader.onnx", "tokenizer.json")}
    lines = [
        "# Written by models/training/train_second_reader.py. The loader refuses files with other digests.",
        "",
        "[files]",
        *(f'"{name}" = "{digest}"' for name, digest in files.items()),
        "",
        "[labels]",
        f"topics = {listed(TOPICS)}",
        f"obligations = {listed(OBLIGATIONS)}",
        f"verdicts = {listed(VERDICTS)}",
        f"families = {listed(FAMILIES)}",
    ]
    (out / "reader.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "second_reader")
    options = parser.parse_args()
    digest = hashlib.sha256((options.base / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS:
        sys.exit(f"{options.base / 'model.safetensors'} has digest {digest}, not the published one.")
    torch.manual_seed(SEED)
    np.random.seed(SEED)
    random.seed(SEED)
    model = Reader(options.base)
    print(train(model, load_tokenizer(options.base), options.epochs))
    export(model, options.base, options.out)
    describe(options.out)


if __name__ == "__main__":
    main()
