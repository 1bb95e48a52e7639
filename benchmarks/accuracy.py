"""How many fields come out right, on labelled data sets.

    python benchmarks/accuracy.py --data DIR [--split dev] [--sets receipts-sroie,adbuys]
        [--original] [--given-words] [--given-kind] [--model FOLDER] [--baseline] [--workers 2]
        [--limit N] [--errors N] [--json FILE]

`DIR/fields/NAME/` holds a data set (docextract/training/fitting/labelled_sets.py). Documents are
read from their files by the real reader with its default OCR, unless --given-words takes the set's
own words; documents without a file are left out unless it does. The kind is found by the pipeline,
unless --given-kind gives it. Of e-invoices the copies without XML are read, unless --original takes
those with it.
Figures are defined in docextract/evaluation; a document that cannot be read misses all its values,
and rows are paired so that most of their cells are right.

--baseline adds F1 of the rules alone, which get the kind that the pipeline found, and how much
better the pipeline is. --errors N lists the N surest wrong values of each set.
"""

import argparse
import json
import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console

from docextract import readers
from docextract.document import Document
from docextract.errors import InputError
from docextract.evaluation import (
    ComparisonRules,
    Evaluation,
    Pair,
    Prediction,
    Truth,
    compare,
    evaluate,
    worst_errors,
)
from docextract.evaluation.metrics.calibration import (
    ConfidenceOutcome,
    calibration,
    confidence_outcomes,
    error_interval,
)
from docextract.evaluation.reporting import tables as tables_of
from docextract.evaluation.reporting.as_json import as_json, comparison_json
from docextract.pipeline import Pipeline, build_stage
from docextract.readers import ReadOptions, Source
from docextract.training.data.corpora.field_sets import FIELD_SETS
from docextract.training.fitting.labelled_sets import Example, examples

#: Columns of line items whose truth is not what is printed: units are UN/ECE codes.
NOT_PRINTED = frozenset({"unit"})


@dataclass(frozen=True)
class Done:
    """A data set: its documents, each read (None where that failed) and with a record."""

    examples: tuple[Example, ...]
    documents: tuple[Document | None, ...]


def main() -> None:
    """Evaluate every set and print its tables."""
    options = _options()
    console, made = Console(width=options.width), {}
    values: list[Sequence[ConfidenceOutcome]] = []
    for name in options.sets.split(","):
        kind = FIELD_SETS[name].kind if options.given_kind else ""
        pipeline = Pipeline.load(options.pipeline, kind=kind, model=options.model)
        done = run(name, pipeline, options)
        found = measured(name, done, pipeline)
        made[name] = as_json(found)
        values += confidence_outcomes(found.outcomes)
        console.rule(f"{name}, {options.split}: {_way(options)}, pipeline {pipeline.name}")
        console.print(*tables(found, errors=options.errors), sep="\n")
        if options.baseline:
            bare = measured(name, replace(done, documents=by_rules(done, pipeline)), pipeline)
            difference = compare(bare, found)
            made[name] |= {"baseline": as_json(bare), "above": comparison_json(difference)}
            console.print(*tables_of.comparison_tables(difference, ("rules", "pipeline")), sep="\n")
    if len(made) > 1:
        console.rule("all sets together")
        console.print(all_values(values))
    if options.json:
        options.json.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")


def all_values(documents: Sequence[Sequence[ConfidenceOutcome]]) -> Any:
    """How far the values of all sets can be trusted; a set weighs as many as it has."""
    values = [value for document in documents for value in document]
    return tables_of.calibration_table(calibration(values), error_interval(documents))


def run(
    name: str,
    pipeline: Pipeline,
    options: argparse.Namespace,
    *,
    only: Collection[str] | None = None,
) -> Done:
    """Read the documents of a set, perhaps only those of some names, and run the stages."""
    wanted = [
        example
        for example in examples(options.data, name, options.split, original=options.original)
        if (example.path or options.given_words) and (only is None or example.name in only)
    ][: options.limit]
    if options.given_words:
        read: list[Document | None] = [example.given for example in wanted]
    else:
        with ProcessPoolExecutor(options.workers) as pool:
            read = list(pool.map(_read, wanted, repeat(pipeline.options)))
    processed = iter(pipeline.run_stages([doc for doc in read if doc]))
    return Done(tuple(wanted), tuple(next(processed) if doc else None for doc in read))


def _read(example: Example, options: ReadOptions) -> Document | None:
    assert example.path
    source = Source.of(example.path, name=example.name)
    try:
        reading = readers.read(source, options)
        return (
            readers.recognise_waiting_pages(source, reading.document, options)
            if reading.document
            else None
        )
    except InputError as error:
        print(f"{example.name}: {error}", file=sys.stderr)
        return None


def by_rules(done: Done, pipeline: Pipeline) -> tuple[Document | None, ...]:
    """The records that the stages make without a model, of documents whose kind is found."""
    bare = [
        replace(doc, entities=(), candidates=(), record=None, issues=())
        for doc in done.documents
        if doc
    ]
    without: Sequence[Mapping[str, str]] = (
        {"use": "entities", "model": ""},
        {"use": "fields", "model": ""},
        {"use": "check", "model": ""},
    )
    for table in without:
        bare = build_stage(table, {"schemas": pipeline.schemas})(bare)
    processed = iter(bare)
    return tuple(next(processed) if doc else None for doc in done.documents)


def measured(name: str, done: Done, pipeline: Pipeline) -> Evaluation:
    """Compare the records with the truth."""
    return evaluate(pairs(name, done), rules(name, pipeline))


def rules(name: str, pipeline: Pipeline) -> ComparisonRules:
    """What the fields of a set are."""
    schemas = {schema.name: schema for schema in pipeline.schemas}
    return ComparisonRules(schemas, FIELD_SETS[name].month_first)


def pairs(name: str, done: Done) -> list[Pair]:
    """The records of a set with the truth."""
    kind = FIELD_SETS[name].kind
    made = [
        Pair(truth(example, kind, name), Prediction.of(doc) if doc else None)
        for example, doc in zip(done.examples, done.documents, strict=True)
    ]
    return [_one_kind(pair, kind) for pair in made]


def truth(example: Example, kind: str, source: str) -> Truth:
    """What is true of an example."""
    rows = {"line_items": tuple(map(_printed, example.rows))} if example.rows else {}
    return Truth(example.name, example.answers, rows, kind, source=source)


def _printed(row: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name: cell for name, cell in row.items() if name not in NOT_PRINTED}


def _one_kind(pair: Pair, kind: str) -> Pair:
    """A record of another kind has fields that are called the same and mean something else."""
    if pair.prediction is None or pair.prediction.kind == kind:
        return pair
    return Pair(pair.truth, replace(pair.prediction, fields={}, rows={}))


def tables(made: Evaluation, *, errors: int) -> Iterator[Any]:
    """What is printed of a set; the errors are its surest."""
    unread = sum(pair.prediction is None for pair in made.pairs)
    yield f"{len(made.pairs)} documents, {unread} of them not read"
    yield from tables_of.evaluation_tables(made)
    if errors:
        yield tables_of.error_table(worst_errors(made.outcomes, errors))


def _way(options: argparse.Namespace) -> str:
    words = "given words" if options.given_words else "documents read"
    return f"{words}, {'kind given' if options.given_kind else 'kind found'}"


def _options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = partial(parser.add_argument)
    add("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    add("--split", default="dev", choices=["train", "dev"])
    add("--sets", default="receipts-sroie,adbuys,einvoices,ndas")
    add("--original", action="store_true", help="e-invoices with their XML")
    add("--given-words", action="store_true")
    add("--given-kind", action="store_true")
    add("--pipeline", default="default", help="a name or a .toml file")
    add("--model", default="", help="a trained model in place of the pipeline's")
    add("--baseline", action="store_true", help="also the rules alone")
    add("--workers", type=int, default=1)
    add("--limit", type=int, help="only the first documents of each set")
    add("--errors", type=int, default=0)
    add("--json", type=Path, help="write all figures and errors there")
    add("--width", type=int, default=100, help="of the tables")
    options = parser.parse_args(arguments)
    if not options.data:
        parser.error("give --data, or set DOCEXTRACT_DATA")
    options.data = Path(options.data)
    return options


if __name__ == "__main__":
    main()
