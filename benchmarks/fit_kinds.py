"""Fits what each piece of evidence for a kind is worth, and says how well kinds are told apart.

    python benchmarks/fit_kinds.py --data DIR [--split dev] [--model NAME]

The model is one by name or path; "" finds the weights of phrases alone. The scores are linear in
five weights shared by all kinds, so that few documents suffice and no kind can be learnt by heart.
The loss is the mean negative log likelihood over classes. News and encyclopaedia text stand for
"unknown". Fitted on the training parts only; prints accuracy, macro-F1 over the classes and the
area under the ROC curve of "unknown" against the rest.
"""

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch

from docextract.classification.kind_scores import PHRASES_ONLY, Weights
from docextract.document import UNKNOWN, Box, Document, Page, Word
from docextract.encoding.encoder_cache import encoder_cache
from docextract.resources import available_resources
from docextract.schema import Schema
from docextract.stages.classify import Classify

#: The sets' labels -> our kinds, where they differ.
KINDS = {"registration_form": "form", "medical_note": "medical_report", "news": UNKNOWN}
SETS = ("doctypes", "doctypes-text")
#: Running text of no kind, besides the news of doctypes-text.
OTHER = ("wikigold", "re3d", "gum")
NAMES = ("model", "decide", "word", "against", "unknown")


class Example(NamedTuple):
    """A document of known kind; `features` has a row per kind, "unknown" last."""

    label: str
    source: str
    features: torch.Tensor  # (K + 1, 5)


def texts(data: Path, split: str, most: int) -> Iterator[tuple[str, str, str]]:
    """(label, source, text), at most `most` for a label of a set, drawn by a fixed seed."""
    for name in SETS:
        rows = list(lines(data / "classes" / name / f"{split}.jsonl.gz"))
        random.Random(0).shuffle(rows)
        count: Counter[str] = Counter()
        for row in rows:
            label = KINDS.get(row["label"], row["label"])
            count[label] += 1
            if count[label] <= most:
                yield label, row["source"], row["text"]
    for name in OTHER:
        rows = list(lines(data / "entities" / name / f"{split}.jsonl.gz"))
        pieces = [row.get("text") or " ".join(row["tokens"]) for row in rows]
        for at in range(0, min(len(pieces), most * 4), 8):  # half as many from each
            yield UNKNOWN, name, "\n".join(pieces[at : at + 8])


def lines(path: Path) -> Iterator[dict]:
    """The JSON objects of a gzipped file, one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def document(text: str) -> Document:
    """One page without a size, with the text's lines: the boxes say nothing."""
    rows = [
        tuple(Word(word, Box(0, 0, 1, 1)) for word in line.split())
        for line in text.splitlines()
        if line.strip()
    ]
    return Document("text", pages=(Page(1, 0, 0, tuple(rows)),))


def examples(data: Path, split: str, most: int, stage: Classify) -> list[Example]:
    """The documents with their features."""
    made = []
    for label, source, text in texts(data, split, most):
        doc = document(text)
        if not doc.words:
            continue
        reading = encoder_cache(stage.model, stage.device).encode([doc])[0] if stage.model else None
        hits = tuple(stage.phrase_matcher.find(doc.text))
        rows = [
            [one.model, one.decide, one.words, -one.against, float(kind == UNKNOWN)]
            for kind, one in stage.evidence(hits, reading).items()
        ]
        made.append(Example(label, source, torch.tensor(rows)))
    return made


def fit(found: Sequence[Example], names: Sequence[str]) -> torch.Tensor:
    """The five weights, none below zero, that make the right kinds likeliest."""
    features = torch.stack([example.features for example in found])  # (N, K + 1, 5)
    labels = torch.tensor([names.index(example.label) for example in found])
    counts = torch.bincount(labels, minlength=len(names)).clamp_min(1)
    share = 1.0 / counts[labels]
    weights = torch.ones(len(NAMES), requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=0.05)
    for _ in range(1500):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(
            features @ weights.clamp_min(0), labels, reduction="none"
        )
        (((loss * share).sum() / share.sum()) + 1e-4 * weights.square().sum()).backward()
        optimizer.step()
    return weights.detach().clamp_min(0)


def report(found: Sequence[Example], names: Sequence[str], weights: torch.Tensor) -> None:
    """Print accuracy, macro-F1, AUROC of "unknown", and who is taken for whom."""
    shares = torch.stack([(example.features @ weights).softmax(0) for example in found])
    said = [names[int(n)] for n in shares.argmax(1)]
    truth = [example.label for example in found]
    right = sum(a == b for a, b in zip(said, truth, strict=True))
    f1 = []
    for name in sorted(set(truth)):
        hit = sum(a == b == name for a, b in zip(said, truth, strict=True))
        precision, recall = hit / max(1, said.count(name)), hit / truth.count(name)
        f1.append(2 * precision * recall / max(1e-9, precision + recall))
        wrong = dict.fromkeys(names, 0)
        for a, b in zip(said, truth, strict=True):
            wrong[a] += b == name != a
        others = ", ".join(f"{a} {n}" for a, n in wrong.items() if n)
        print(f"  {name:16} {truth.count(name):4}  F1 {f1[-1]:.3f}  {others}")
    unknown = shares[:, -1].tolist()
    yes = [s for s, t in zip(unknown, truth, strict=True) if t == UNKNOWN]
    no = [s for s, t in zip(unknown, truth, strict=True) if t != UNKNOWN]
    pairs = sum((a > b) + 0.5 * (a == b) for a in yes for b in no)
    auroc = pairs / max(1, len(yes) * len(no))
    print(f"  accuracy {right / len(truth):.3f}  macro-F1 {sum(f1) / len(f1):.3f}  ", end="")
    print(f"AUROC of unknown {auroc:.3f}  on {len(truth)} documents")


def main() -> None:
    """Fit on train, report on train and on the split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--most", type=int, default=60, help="documents of a label in a set")
    parser.add_argument("--model", default="default")
    options = parser.parse_args()
    schemas = tuple(Schema.load(path) for path in available_resources("schemas").values())
    stage = Classify(schemas=schemas, model=options.model)
    names = [*(schema.name for schema in schemas), UNKNOWN]
    train = examples(options.data, "train", options.most, stage)
    weights = fit(train, names)
    print(", ".join(f"{n} = {w:.2f}" for n, w in zip(NAMES, weights.tolist(), strict=True)))
    print("train, fitted on:")
    report(train, names, weights)
    used = Weights() if options.model else PHRASES_ONLY
    shipped = torch.tensor([getattr(used, name) for name in NAMES])
    print(f"{options.split}, with the weights in the package:")
    report(examples(options.data, options.split, options.most, stage), names, shipped)


if __name__ == "__main__":
    main()
