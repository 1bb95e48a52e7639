"""How well kinds are told apart, and whether it is the kind or the source that is known.

    python benchmarks/accuracy_kinds.py --data DIR [--limit N] [--model FOLDER] [--baseline]
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
from docextract.evaluation import Prediction
from docextract.evaluation.metrics import classification as kinds_
from docextract.evaluation.metrics.bootstrap import interval
from docextract.evaluation.metrics.classification import KindPrediction, kind_metrics
from docextract.evaluation.reporting import tables as tables_of
from docextract.evaluation.reporting.as_json import kinds_json
from docextract.pipeline import Pipeline, Stage
from docextract.training.data import corpora
from docextract.training.data.examples import Example
from docextract.training.fitting.given_words import document_of
from docextract.training.synthetic import synthetic_examples

LABELLED = ("doctypes", "doctypes-text")
#: With running text of no kind.
MAIN = (*LABELLED, "gum-texts", "wikigold-texts", "re3d-texts")
#: Sets of one kind each: receipts photographed in Indonesia and invoices most of them in German,
#: whose sources are in no main set; and other texts of sources that are: reviews (of products some
#: sentences each), abstracts of patents, sections of medical reports, whole contracts.
OTHER = ("receipts-indo", "einvoices", "sentiment", "patents", "medical-sections", "cuad")

Judge = Callable[[Sequence[Example]], list[KindPrediction]]
#: Way -> set -> figures.
Made = dict[str, dict[str, kinds_.KindMetrics]]


def main() -> None:
    """Print both tables for the pipeline and, where asked for, for the baseline."""
    options = _options()
    sets = {"main": loaded(options, MAIN)} | {name: loaded(options, [name]) for name in OTHER}
    sets["labelled"] = [example for example in sets["main"] if example.source in LABELLED]
    if options.generated:
        sets["generated"] = list(synthetic_examples(options.generated, options.seed))
    ways: dict[str, Judge] = {
        "pipeline": by_stage(Pipeline.load(options.pipeline, model=options.model))
    }
    if options.baseline:
        ways["linear"] = Linear(corpora.load(options.data, MAIN, "train"))
    made = {
        way: {name: kind_metrics(judge(part)) for name, part in sets.items() if part}
        for way, judge in ways.items()
    }
    console = Console(width=options.width)
    for way, found in made.items():
        console.rule(f"{way}: {', '.join(MAIN)}")
        console.print(tables_of.kind_table(found["main"]))
    console.print(figures(made), "", sources(made), sep="\n")
    if options.json:
        told = {way: {s: kinds_json(k) for s, k in found.items()} for way, found in made.items()}
        options.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def figures(made: Made) -> Table:
    """The figures of the main table, with running text and without."""
    table = Table("texts", "by", box=None, pad_edge=False)
    for heading in ("documents", "accuracy", "macro-F1", "95 %", "AUROC of unknown"):
        table.add_column(heading, justify="right")
    for name, title in {"labelled": " and ".join(LABELLED), "main": "with running text"}.items():
        for way, found in made.items():
            one = found[name]
            accuracy = interval(one.counts, kinds_.accuracy)
            macro = interval(one.counts, kinds_.macro_f1)
            table.add_row(
                title,
                way,
                str(len(one.counts)),
                f"{accuracy.value:.3f}",
                f"{macro.value:.3f}",
                f"{macro.low:.2f}-{macro.high:.2f}",
                "" if one.auroc is None else f"{one.auroc:.3f}",
            )
    return table


def loaded(options: argparse.Namespace, names: Sequence[str]) -> list[Example]:
    """The dev parts of these sets, at most --limit of each; in an order drawn by their names."""
    return [
        example
        for name in names
        for example in [e for e in corpora.load(options.data, [name], "dev") if e.kind][
            : options.limit
        ]
    ]


def by_stage(pipeline: Pipeline) -> Judge:
    """The pipeline's own stage."""
    (stage,) = [one for one in pipeline.stages if type(one).__name__ == "Classify"]
    return lambda examples: list(_judged(stage, examples))


def _judged(stage: Stage, examples: Sequence[Example]) -> Iterator[KindPrediction]:
    docs = stage([document_of(example.passage, example.name) for example in examples])
    for example, doc in zip(examples, docs, strict=True):
        made = Prediction.of(doc)
        yield KindPrediction(example.name, str(example.kind), made.kind, made.unknown)


def sources(made: Made) -> Table:
    """One line a set and way: how many of its documents are right, and what others pass for."""
    table = Table("other sources", "kinds", "by", box=None, pad_edge=False)
    table.add_column("documents", justify="right")
    table.add_column("right", justify="right")
    table.add_column("taken for")
    for source in (*OTHER, "generated"):
        for way, found in made.items():
            if one := found.get(source):
                count, wrong = one.confusion.total(), Counter[str]()
                for (truth, said), often in one.confusion.items():
                    wrong[said] += often * (truth != said)
                others = ", ".join(f"{said} {n}" for said, n in wrong.most_common(4) if n)
                right = f"{1 - wrong.total() / count:.3f}"
                table.add_row(source, ", ".join(one.kinds), way, str(count), right, others)
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add: Any = parser.add_argument
    add("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    add("--limit", type=int, help="only so many documents of each set")
    add("--pipeline", default="default", help="a name or a .toml file")
    add("--model", default="", help="a trained model in place of the pipeline's")
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
