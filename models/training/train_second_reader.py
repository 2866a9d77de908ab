"""Trains one half of the second reader from the corpus and writes it to `models/second_reader/`.

    python models/training/train_second_reader.py passages --base FOLDER
    python models/training/train_second_reader.py pairs --base FOLDER

FOLDER holds the weights and the tokenizer of all-MiniLM-L6-v2 (Apache-2.0), as published; their digests are checked.
Needs the packages of `models/training/requirements.txt`; on one core some twenty minutes for the passages and forty for
the pairs. Only rows of the training briefs are learned from; the development briefs choose the epoch; the unseen briefs
are not opened.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import random
import re
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.analysis.learned.second_reader import Encoded, encode_pair, encode_passage, load_tokenizer  # noqa: E402
from app.analysis.patterns import FAMILIES  # noqa: E402

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOPICS = [
    "disclosure",
    "impact_assessment",
    "worker_voice",
    "data_rights",
    "monitoring",
    "human_oversight",
    "fairness",
    "job_security",
    "retraining",
    "severance_recall",
    "likeness_credit",
    "professional_judgment",
    "health_safety",
    "gain_sharing",
    "enforcement",
    "definitions",
    "reopener",
    "union_ai",
]
OBLIGATIONS = ["mandatory", "permissive", "hedged", "none"]
VERDICTS = ["weakened", "equivalent", "strengthened"]
SEED = 7
MODALS_CHANGED = 0.4  # share of texts whose modals are said by another word
SMALL_CHANGES = 0.15  # share of union texts from which a pair is made by changing one word
MODAL = re.compile(r"\b(?:shall|will|must)\b(?! mean)")
BAN = re.compile(r"\b(?:shall|will|must|may) not\b")
BEFORE = re.compile(r"\b(?:before|prior to)\b")


@dataclass
class Pair:
    """One row to learn from; `families` says in which respects the texts differ, whichever way."""

    encoded: Encoded
    verdict: int
    families: list[float]


@dataclass
class Passage:
    """One row to learn from."""

    encoded: Encoded
    topics: list[float]
    obligation: int


@dataclass
class Alike:
    """Two texts on the same matter, and its topic: -1 where it has none of the topics."""

    encoded: Encoded
    other: Encoded
    topic: int


class Reader(nn.Module):
    """The encoder; the four kinds of tokens of a pair take the place of its two sentence numbers."""

    outputs: tuple[str, ...] = ()

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager")
        embeddings = self.encoder.embeddings
        old = embeddings.token_type_embeddings.weight.data
        self.width = old.shape[1]
        kinds = nn.Embedding(4, self.width)
        noise = torch.tensor([[0.0], [0.0], [0.02], [0.02]]) * torch.randn(4, self.width)
        kinds.weight.data = old[:1].repeat(4, 1) + noise
        embeddings.token_type_embeddings = kinds
        self.encoder.config.type_vocab_size = 4
        embeddings.word_embeddings.weight.requires_grad = False  # few rows, many words
        self.drop = nn.Dropout(0.1)

    def read(self, ids: Any, mask: Any, kinds: Any) -> tuple[Any, Any, Any]:
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        return states, weights, (states * weights).sum(1) / weights.sum(1).clamp(min=1)


class PassageReader(Reader):
    """The vector of a passage is the mean over its tokens, as in the original; topics and obligation are read off."""

    outputs = ("vector", "topics", "obligation")

    def __init__(self, base: Path) -> None:
        super().__init__(base)
        self.topics = nn.Linear(self.width, len(TOPICS))
        self.obligation = nn.Linear(2 * self.width, len(OBLIGATIONS))

    def forward(self, ids: Any, mask: Any, kinds: Any) -> tuple[Any, ...]:
        states, _, mean = self.read(ids, mask, kinds)
        both = self.drop(torch.cat([states[:, 0], mean], -1))
        # The graph keeps `kinds` as an input, so that both halves are called alike.
        return nn.functional.normalize(mean, dim=-1), self.topics(self.drop(mean)), self.obligation(both)


class PairReader(Reader):
    """Reads a pair where its words changed; where none did, the opening mark stands for the whole."""

    outputs = ("verdict", "families")

    def __init__(self, base: Path) -> None:
        super().__init__(base)
        width = self.width
        self.verdict = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Dropout(0.1), nn.Linear(width, 3))
        self.families = nn.Linear(2 * width, len(FAMILIES))

    def forward(self, ids: Any, mask: Any, kinds: Any) -> tuple[Any, ...]:
        states, weights, _ = self.read(ids, mask, kinds)
        changed = (kinds >= 2).unsqueeze(-1).to(states.dtype) * weights
        count = changed.sum(1)
        focus = torch.where(count > 0, (states * changed).sum(1) / count.clamp(min=1), states[:, 0])
        pair = self.drop(torch.cat([states[:, 0], focus], -1))
        return self.verdict(pair), self.families(pair)


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
    opposite = {"weakened": "strengthened", "strengthened": "weakened", "equivalent": "equivalent"}
    rng = random.Random(SEED)
    pairs = []

    def add(ours: str, theirs: str, label: str, names: set[str]) -> None:
        families = [float(name in names) for name in FAMILIES]
        pairs.append(Pair(encode_pair(tokenizer, ours, theirs), VERDICTS.index(label), families))

    for row in found:
        names = {*row.get("also", ()), row.get("gain", ""), row["family"]}
        ours, theirs = row["library_text"], row["employer_text"]
        if not turned:
            add(ours, theirs, row["label"], names)
            continue
        varied = other_modal(theirs, rng)
        add(ours, varied, row["label"], names)
        if not row.get("mixed") and not row.get("doubtful"):
            add(varied, ours, opposite[row["label"]], names)
        for made, label, family in small_changes(ours, rng):
            add(ours, made, label, {family})
            add(made, ours, opposite[label], {family})
    return pairs


def small_changes(text: str, rng: random.Random) -> list[tuple[str, str, str]]:
    """Changes of one word whose weight the corpus shows too seldom: the modal, the "not", before and after."""
    made = []
    if rng.random() < SMALL_CHANGES and MODAL.search(text):
        made.append((MODAL.sub("will" if "shall" in text else "shall", text), "equivalent", "paraphrase"))
    if rng.random() < 2 * SMALL_CHANGES and len(BAN.findall(text)) == 1:
        made.append((BAN.sub("may", text), "weakened", "modal_downgrade"))
    if rng.random() < 2 * SMALL_CHANGES and len(BEFORE.findall(text)) == 1:
        made.append((BEFORE.sub("after", text), "weakened", "timing_after_the_fact"))
    return made


def other_modal(text: str, rng: random.Random) -> str:
    """Say the same duty by another word: agreements differ in whether they write shall, will or must."""
    return MODAL.sub(rng.choice(["shall", "will", "will", "must"]), text) if rng.random() < MODALS_CHANGED else text


def passages_of(tokenizer: Any, found: list[dict[str, Any]], *, varied: bool = False) -> list[Passage]:
    """Encode passages with their labels; `varied` changes the modals of some."""
    rng = random.Random(SEED)
    return [
        Passage(
            encode_passage(tokenizer, other_modal(row["text"], rng) if varied else row["text"]),
            [float(name in row["topics"]) for name in TOPICS],
            OBLIGATIONS.index(row["obligation"]),
        )
        for row in found
    ]


def alike_of(tokenizer: Any, found: list[dict[str, Any]]) -> list[Alike]:
    """The two sides of a pair speak of the same matter, whatever they say of it."""
    return [
        Alike(
            encode_passage(tokenizer, row["library_text"]),
            encode_passage(tokenizer, row["employer_text"]),
            TOPICS.index(row["topic"]) if row["topic"] in TOPICS else -1,
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


def pair_loss(model: PairReader, part: list[Pair]) -> Any:
    verdict, families = model(*batch([pair.encoded for pair in part]))
    loss = nn.functional.cross_entropy(
        verdict.float(), torch.tensor([pair.verdict for pair in part]), label_smoothing=0.05
    )
    differs = torch.tensor([1.0 if VERDICTS[pair.verdict] != "equivalent" else 0.5 for pair in part]).unsqueeze(1)
    wanted = torch.tensor([pair.families for pair in part])
    named = nn.functional.binary_cross_entropy_with_logits(families.float(), wanted, reduction="none")
    return loss + 3 * (named * differs).mean()


def passage_loss(model: PassageReader, part: list[Passage]) -> Any:
    _, topics, obligation = model(*batch([passage.encoded for passage in part]))
    wanted = torch.tensor([passage.topics for passage in part])
    loss = 5 * nn.functional.binary_cross_entropy_with_logits(topics.float(), wanted)
    bound = torch.tensor([passage.obligation for passage in part])
    return loss + nn.functional.cross_entropy(obligation.float(), bound, label_smoothing=0.05)


def alike_loss(model: PassageReader, part: list[Alike]) -> Any:
    """Each text is nearer to its own other side than to those of the rows beside it; one of its topics is known."""
    ours = model(*batch([each.encoded for each in part]))
    theirs = model(*batch([each.other for each in part]))
    scores = ours[0].float() @ theirs[0].float().T * 20
    loss = 0.3 * nn.functional.cross_entropy(scores, torch.arange(len(part)))
    known = [k for k, each in enumerate(part) if each.topic >= 0]
    if known:
        picked = [side[1][k, part[k].topic] for side in (ours, theirs) for k in known]
        loss = loss + 0.3 * nn.functional.softplus(-torch.stack(picked).float()).mean()
    return loss


LOSSES: dict[type, Any] = {Pair: pair_loss, Passage: passage_loss, Alike: alike_loss}


@torch.no_grad()
def measure_pairs(model: PairReader, pairs: list[Pair]) -> dict[str, float]:
    right = family = weakened = 0
    for k in range(0, len(pairs), 32):
        part = pairs[k : k + 32]
        verdicts, families = model(*batch([pair.encoded for pair in part]))
        for verdict, named, pair in zip(verdicts, families, part, strict=True):
            right += int(verdict.argmax()) == pair.verdict
            if VERDICTS[pair.verdict] == "weakened":
                weakened += 1
                family += pair.families[int(named.argmax())] > 0
    return {"verdict": right / max(1, len(pairs)), "family": family / max(1, weakened)}


@torch.no_grad()
def measure_passages(model: PassageReader, passages: list[Passage]) -> dict[str, float]:
    hits = found = labelled = bound = 0
    for k in range(0, len(passages), 32):
        part = passages[k : k + 32]
        _, topics, obligation = model(*batch([passage.encoded for passage in part]))
        wanted = torch.tensor([passage.topics for passage in part]) > 0
        said = topics > 0
        hits, found, labelled = hits + int((wanted & said).sum()), found + int(said.sum()), labelled + int(wanted.sum())
        bound += sum(int(o.argmax()) == p.obligation for o, p in zip(obligation, part, strict=True))
    return {"topic_f1": 2 * hits / max(1, found + labelled), "obligation": bound / max(1, len(passages))}


def train(model: Reader, parts: list[tuple[list[Any], int]], measure: Any, *, epochs: int, rate: float) -> None:
    """Learn from several kinds of rows by turns, and keep the epoch that did best on the development briefs."""
    rng = random.Random(SEED)
    body = [weight for name, weight in model.named_parameters() if name.startswith("encoder") and weight.requires_grad]
    heads = [weight for name, weight in model.named_parameters() if not name.startswith("encoder")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": 10 * rate}], weight_decay=0.01)
    steps = epochs * sum(-(-len(rows_) // size) for rows_, size in parts)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    best, kept = -1.0, None
    for epoch in range(epochs):
        began = time.monotonic()
        batches = [each for rows_, size in parts for each in chunks(rows_, size, rng)]
        rng.shuffle(batches)
        model.train()
        for each in batches:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = LOSSES[type(each[0])](model, each)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        model.eval()
        scores = measure(model)
        print(epoch, {k: round(v, 3) for k, v in scores.items()}, f"{time.monotonic() - began:.0f} s", flush=True)
        if sum(scores.values()) > best:
            best, kept = sum(scores.values()), copy.deepcopy(model.state_dict())
    if kept:
        model.load_state_dict(kept)


def train_pairs(base: Path, epochs: int) -> Reader:
    tokenizer = load_tokenizer(base)
    model = PairReader(base)
    pairs = pairs_of(tokenizer, rows("pairs", briefs("train")), turned=True)
    dev = pairs_of(tokenizer, rows("pairs", briefs("dev")), turned=False)
    print(f"{len(pairs)} pairs, read both ways; development {len(dev)}", flush=True)
    train(model, [(pairs, 24)], lambda reader: measure_pairs(reader, dev), epochs=epochs, rate=1.5e-4)
    return model


def train_passages(base: Path, epochs: int) -> Reader:
    tokenizer = load_tokenizer(base)
    model = PassageReader(base)
    passages = passages_of(tokenizer, rows("passages", briefs("train")), varied=True)
    alike = alike_of(tokenizer, rows("pairs", briefs("train")))
    dev = passages_of(tokenizer, rows("passages", briefs("dev")))
    print(f"{len(passages)} passages, {len(alike)} texts that belong together; development {len(dev)}", flush=True)
    parts: list[tuple[list[Any], int]] = [(passages, 16), (alike[::4], 24)]
    train(model, parts, lambda reader: measure_passages(reader, dev), epochs=epochs, rate=2e-4)
    return model


def export(model: Reader, path: Path) -> None:
    """Write the network with weights of eight bits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    model.eval()
    example = torch.ones(2, 16, dtype=torch.long)
    names = ["ids", "mask", "kinds"]
    axes = {name: {0: "rows", 1: "tokens"} for name in names} | {name: {0: "rows"} for name in model.outputs}
    whole = path.with_suffix(".whole")
    torch.onnx.export(
        model,
        (example, example, example),
        str(whole),
        input_names=names,
        output_names=list(model.outputs),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()


def describe(out: Path) -> None:
    """Write reader.toml: labels in order, and the digest of each file."""

    def listed(names: list[str]) -> str:
        return "[" + ", ".join(f'"{name}"' for name in names) + "]"

    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.iterdir())
        if path.suffix in {".onnx", ".json"}
    }
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
        f"families = {listed(list(FAMILIES))}",
    ]
    (out / "reader.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=["passages", "pairs"])
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=0)
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "second_reader")
    options = parser.parse_args()
    digest = hashlib.sha256((options.base / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS:
        sys.exit(f"{options.base / 'model.safetensors'} has digest {digest}, not the published one.")
    torch.manual_seed(SEED)
    random.seed(SEED)
    trainer, epochs = {"passages": (train_passages, 14), "pairs": (train_pairs, 9)}[options.half]
    model = trainer(options.base, options.epochs or epochs)
    export(model, options.out / f"{options.half}.onnx")
    (options.out / "tokenizer.json").write_bytes((options.base / "tokenizer.json").read_bytes())
    describe(options.out)


if __name__ == "__main__":
    main()
