"""How well kinds are told apart, and whether it is the kind or the source that is known.

    python benchmarks/accuracy_kinds.py --data DIR [--limit N] [--pipeline default] [--baseline]
        [--generated N] [--json FILE]

The sets `doctypes` and `doctypes-text`, with running text of no kind, are the main table. In
them a kind is one source, so a second table has documents of other sources: whole sets, and
--generated documents of our own that no data set holds. Whoever knows the source fails there.

--baseline adds weighted words with a linear model (baseline_kinds.py), which learns from the
training parts of the main sets.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

from benchmarks.baseline_kinds import Linear
from benchmarks.words import document_of
from docextract.evaluation import Prediction
from docextract.evaluation import kinds as kinds_
from docextract.evaluation import tables as tables_of
from docextract.evaluation.as_json import kinds_json
from docextract.evaluation.bootstrap import interval
from docextract.evaluation.kinds import Verdict, kinds
from docextract.pipeline import Pipeline, Stage
from docextract.training import corpora
from docextract.training.examples import Example
from docextract.training.generator import documents

MAIN = ("doctypes", "doctypes-text", "gum-texts", "wikigold-texts", "re3d-texts")
#: Sets of one kind each, and how they are related to those of the main table.
OTHER = {
    "receipts-indo": "photographs of receipts, in Indonesian",
    "einvoices": "invoices, most in German",
    "sentiment": "reviews: of films whole, of products some sentences",
    "patents": "abstracts, of the same publisher",
    "medical-sections": "single sections of the same reports",
    "cuad": "whole contracts, of which the main table has beginnings",
}

Judge = Callable[[Sequence[Example]], list[Verdict]]


def main() -> None:
    """Print both tables for the pipeline and, where asked for, for the baseline."""
    options = _options()
    main_examples = loaded(options, MAIN)
    labelled = sum(example.source in MAIN[:2] for example in main_examples)
    others = {name: loaded(options, [name]) for name in OTHER}
    if options.generated:
        others["generated"] = list(documents(options.generated, options.seed))
    ways: dict[str, Judge] = {f"pipeline {options.pipeline}": by_stage(options.pipeline)}
    if options.baseline:
        train = corpora.load(options.data, MAIN, "train")
        ways["weighted words, logistic regression"] = Linear(train)
    console, made = Console(width=options.width), {}
    for name, judge in ways.items():
        verdicts = judge(main_examples)
        found = kinds(verdicts)
        alone = kinds(verdicts[:labelled])
        rest = {source: kinds(judge(part)) for source, part in others.items() if part}
        console.rule(name)
        console.print(tables_of.kinds(found))
        macro = interval(alone.counts, kinds_.macro_f1)
        console.print(f"macro-F1 without the running text: {macro.value:.3f}\n")
        console.print(sources(rest))
        made[name] = {"main": kinds_json(found), "without running text": kinds_json(alone)} | {
            s: kinds_json(one) for s, one in rest.items()
        }
    if options.json:
        options.json.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


def loaded(options: argparse.Namespace, names: Sequence[str]) -> list[Example]:
    """The dev parts of these sets, at most --limit of each; in an order drawn by their names."""
    return [
        example
        for name in names
        for example in [e for e in corpora.load(options.data, [name], "dev") if e.kind][
            : options.limit
        ]
    ]


def by_stage(name: str) -> Judge:
    """The pipeline's own stage."""
    pipeline = Pipeline.load(name)
    (stage,) = [one for one in pipeline.stages if type(one).__name__ == "Classify"]
    return lambda examples: list(_judged(stage, examples))


def _judged(stage: Stage, examples: Sequence[Example]) -> Iterator[Verdict]:
    docs = stage([document_of(example.passage, example.name) for example in examples])
    for example, doc in zip(examples, docs, strict=True):
        made = Prediction.of(doc)
        yield Verdict(example.name, str(example.kind), made.kind, made.unknown)


def sources(found: dict[str, kinds_.Kinds]) -> Table:
    """One line a set: how many of its documents are right, and what the others are taken for."""
    table = Table("other sources", "kinds", box=None, pad_edge=False)
    table.add_column("documents", justify="right")
    table.add_column("right", justify="right")
    table.add_column("taken for")
    table.add_column("what it is")
    for source, one in found.items():
        count = one.confusion.total()
        right = sum(n for (truth, said), n in one.confusion.items() if truth == said)
        wrong: Counter[str] = Counter()
        for (truth, said), n in one.confusion.items():
            wrong[said] += n * (truth != said)
        others = ", ".join(f"{said} {n}" for said, n in wrong.most_common(4) if n)
        table.add_row(
            source,
            ", ".join(one.kinds),
            str(count),
            f"{right / count:.3f}",
            others,
            OTHER.get(source, ""),
        )
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add: Any = parser.add_argument
    add("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    add("--limit", type=int, help="only so many documents of each set")
    add("--pipeline", default="default", help="a name or a .toml file")
    add("--baseline", action="store_true")
    add("--generated", type=int, default=0, help="so many documents of our own")
    add("--seed", type=int, default=2_000_000, help="of the generated documents")
    add("--json", type=Path)
    add("--width", type=int, default=100)
    options = parser.parse_args()
    if not options.data:
        parser.error("give --data, or set DOCEXTRACT_DATA")
    options.data = Path(options.data)
    return options


if __name__ == "__main__":
    main()
