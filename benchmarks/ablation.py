"""What each rule, correction, check and feature brings: the pipeline with one thing off at a time.

    python benchmarks/ablation.py --data DIR [--sets receipts-sroie,einvoices] [--synthetic 20]
        [--only NAME] [--limit 60] [--given-words] [--workers 1] [--cache FOLDER] [--json FILE]

Documents are read and the model is asked once (`ablation_documents`), then everything after that
runs with all there is, and once with each thing off (`ablation_switches`); the kind is given.
A figure is what the thing brings, with it less without it, in hundredths: of F1 over fields, over
cells of line items, and over whole rows, with the interval that holds the middle 90 % of a paired
bootstrap over documents. "values" counts the values and cells of records that are others.

What the scorer learnt it learnt beside all that is there: another fit would make up for some of
what is off, so a gain is an upper bound, and a loss means that the thing does harm as it is.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

from benchmarks import ablation_documents as documents
from benchmarks.ablation_documents import PARTS, SETS, Labelled, case_of
from benchmarks.ablation_switches import SWITCHES, Switch
from docextract import resources
from docextract.document import Document
from docextract.evaluation import ComparisonRules, Pair, Prediction
from docextract.evaluation.document_outcomes import compare_document
from docextract.evaluation.inputs.truth_and_prediction import PredictedValue
from docextract.evaluation.metrics.bootstrap import Interval, paired_difference
from docextract.evaluation.metrics.equality import Level, normalise_text
from docextract.evaluation.metrics.scores import EXPECTED, FOUND, RIGHT, f1
from docextract.evaluation.metrics.whole_rows import count_rows
from docextract.extraction.completion.blocklist import headings_of
from docextract.extraction.context import Case
from docextract.extraction.context import Found as Said
from docextract.extraction.corrections import CORRECTIONS, Context
from docextract.extraction.rules import RULES, Rule, by_rules
from docextract.pipeline import Pipeline
from docextract.resolution.ocr_repair.repair import repaired
from docextract.resolution.record_builder import RecordBuilder
from docextract.resolution.scoring.scorer import Scorer
from docextract.schema import Schema
from docextract.stages.fields import with_candidates
from docextract.training.data.corpora import CORPORA
from docextract.training.data.sources import SYNTHETIC_SHARES

#: What is measured: (3, 5) counts a document, as `docextract.evaluation.metrics.scores` has them.
METRICS = ("fields", "cells", "rows")
Counts = npt.NDArray[np.int64]
#: The share of a bootstrap's draws that an interval holds.
COVERED = 0.9


@dataclass(frozen=True)
class Outcome:
    """What came of one document with everything on, and of it with each thing off that tells.

    Attributes:
        part: "dev", "held-out" or "synthetic".
        source: Its set.
        counts: With everything on.
        off: Name of a thing -> the counts without it and how many values are others; a thing is
            missing where nothing changes.
    """

    part: str
    source: str
    counts: Counts
    off: Mapping[str, tuple[Counts, int]]


class Gain(NamedTuple):
    """What a thing brings to some documents: to each metric, and the values it changes."""

    name: str
    metrics: Mapping[str, Interval]
    values: int

    @property
    def helps(self) -> bool:
        """Whether any figure is higher with it, beyond chance."""
        return any(one.low > 0 for one in self.metrics.values())

    @property
    def harms(self) -> bool:
        """Whether any figure is lower with it, beyond chance."""
        return any(one.high < 0 for one in self.metrics.values())


def gain(name: str, outcomes: Sequence[Outcome]) -> Gain:
    """What a thing brings to these documents."""
    on = np.array([one.counts for one in outcomes])
    off = np.array([one.off.get(name, (one.counts, 0))[0] for one in outcomes])
    values = sum(one.off[name][1] for one in outcomes if name in one.off)
    metrics = {
        metric: paired_difference(
            off[:, at], on[:, at], partial(f1, level=Level.TYPED), coverage=COVERED
        )
        for at, metric in enumerate(METRICS)
    }
    return Gain(name, metrics, values)


def unneeded(gains: Mapping[str, Sequence[Gain]]) -> list[str]:
    """The things that bring nothing in any part, beyond chance."""
    names = [one.name for one in next(iter(gains.values()))]
    needed = {one.name for own in gains.values() for one in own if one.helps}
    return [name for name in names if name not in needed]


class Bench:
    """A document with all that its generators say, and the records that parts of it make."""

    def __init__(self, one: Labelled, schemas: Mapping[str, Schema], scorer: Scorer) -> None:
        self._one, self._scorer = one, scorer
        self._schema = schemas[one.truth.kind or ""]
        self._rules = ComparisonRules(schemas, one.month_first)
        self._context = Context(self._case_of(schemas), headings_of(schemas.values()))

    def _case_of(self, schemas: Mapping[str, Schema]) -> Case:
        case = case_of(self._one.document, schemas)
        assert case
        return case

    @cached_property
    def _said(self) -> dict[str, list[Said]]:
        """Generator -> what it finds."""
        return {rule.__name__: list(rule(self._context.case)) for rule in RULES}

    @cached_property
    def _full(self) -> Document:
        return self._document(self._said, Switch("", ""))

    @cached_property
    def _record(self) -> Prediction:
        return self._prediction(self._full, Switch("", ""))

    def outcome(self, switches: Sequence[Switch]) -> Outcome:
        """With everything on, and with each thing off."""
        on = self._counts(self._record)
        off = {one.name: made for one in switches if (made := self._without(one))}
        return Outcome(self._one.part, self._one.truth.source, on, off)

    def _without(self, switch: Switch) -> tuple[Counts, int] | None:
        """The counts without a thing and how many values are others; None where nothing is."""
        said = {name: own for name, own in self._said.items() if name not in switch.generators}
        with switch.off():
            if switch.within:
                said[switch.within] = list(_RULES[switch.within](self._context.case))
                if said[switch.within] == self._said[switch.within]:
                    return None
            doc = self._document(said, switch)
            of_check = switch.scorer or (switch.patches and not switch.within)
            if doc.candidates == self._full.candidates and not of_check:
                return None
            made = self._prediction(doc, switch)
        changed = different(self._record, made)
        return (self._counts(made), changed) if changed else None

    def _document(self, said: Mapping[str, Sequence[Said]], switch: Switch) -> Document:
        rules = [_repeat(own) for own in said.values()]
        values = list(by_rules(self._context.case, rules))
        values += self._one.asked if switch.model else ()
        corrections = [one for one in CORRECTIONS if one.name not in switch.corrections]
        return with_candidates(self._one.document, self._context, values, corrections)

    def _prediction(self, doc: Document, switch: Switch) -> Prediction:
        scorer = switch.scorer(self._scorer) if switch.scorer else self._scorer
        record, _ = repaired(doc, self._schema, RecordBuilder(self._schema, scorer))
        return Prediction.of(doc.add(record=record))

    def _counts(self, made: Prediction) -> Counts:
        truth = self._one.truth
        made = _printed(made, self._one) if self._one.as_printed else made
        counts = np.zeros((len(METRICS), RIGHT + len(Level)), dtype=np.int64)
        for outcome in compare_document(truth, made, self._rules):
            own = counts[METRICS.index("cells" if "." in outcome.field else "fields")]
            own[EXPECTED] += len(outcome.expected)
            own[FOUND] += len(outcome.found)
            own[RIGHT:] += [outcome.hits(level) for level in Level]
        rows = count_rows([Pair(truth, made)], self._rules)
        counts[METRICS.index("rows")] = rows.counts.sum(axis=(0, 1))
        return counts


_RULES: Mapping[str, Rule] = {rule.__name__: rule for rule in RULES}


def _repeat(found: Sequence[Said]) -> Callable[[Case], Iterator[Said]]:
    return lambda _: iter(found)


def _printed(made: Prediction, one: Labelled) -> Prediction:
    """The prediction with the truth's own words for values whose printed words are those."""
    fields = {
        name: tuple(_worded(value, one.truth.fields.get(name, ())) for value in values)
        for name, values in made.fields.items()
    }
    rows = {
        name: tuple(
            {
                column: cell and _worded(cell, _column(one, name, column))
                for column, cell in row.items()
            }
            for row in table
        )
        for name, table in made.rows.items()
    }
    return replace(made, fields=fields, rows=rows)


def _column(one: Labelled, name: str, column: str) -> list[str]:
    return [cell for row in one.truth.rows.get(name, ()) if (cell := row.get(column))]


def _worded(found: PredictedValue, answers: Sequence[str]) -> PredictedValue:
    said = next((one for one in answers if normalise_text(one) == normalise_text(found.text)), None)
    return found if said is None else replace(found, value=said)


def different(one: Prediction, other: Prediction) -> int:
    """How many values and cells are in one record and not in the other, on either side."""
    return len(_values(one) ^ _values(other))


def _values(made: Prediction) -> set[tuple[str, int, str]]:
    found = {
        (name, 0, str(value.value)) for name, values in made.fields.items() for value in values
    }
    return found | {
        (f"{name}.{column}", at, str(cell.value))
        for name, rows in made.rows.items()
        for at, row in enumerate(rows)
        for column, cell in row.items()
        if cell
    }


def measured(
    labelled: Sequence[Labelled], switches: Sequence[Switch], schemas: Mapping[str, Schema]
) -> list[Outcome]:
    """The outcome of each document."""
    scorer = Scorer.load(resources.shipped_model())
    return [Bench(one, schemas, scorer).outcome(switches) for one in labelled if one.document.words]


def _named(
    labelled: Sequence[Labelled], names: Sequence[str], schemas: Mapping[str, Schema]
) -> list[Outcome]:
    """The same in another process, which gets the names of switches only."""
    return measured(labelled, [one for one in SWITCHES if one.name in names], schemas)


def main() -> None:
    """Read, measure, and print the tables."""
    options = _options()
    pipeline = Pipeline.load()
    schemas = {schema.name: schema for schema in pipeline.schemas}
    sources = _sources(options, pipeline)
    labelled = list(documents.prepared(sources, pipeline.schemas, options.cache))
    names = [one.name for one in SWITCHES if options.only in ("", one.name, one.area)]
    with ProcessPoolExecutor(options.workers) as pool:
        shares = [labelled[at :: 4 * options.workers] for at in range(4 * options.workers)]
        run = partial(_named, names=names, schemas=schemas)
        outcomes = [one for own in pool.map(run, shares) for one in own]
    groups = by_part(outcomes)
    gains = {group: [gain(name, own) for name in names] for group, own in groups.items()}
    console = Console(width=options.width)
    for group, own in gains.items():
        console.rule(f"{group}: {len(groups[group])} documents, {_totals(groups[group])}")
        console.print(table(own))
    console.rule("no gain beyond chance in any part")
    console.print(", ".join(unneeded({part: gains[part] for part in gains if part != "all"})))
    if options.json:
        by_set = {
            group: [gain(name, own) for name in names] for group, own in by_source(outcomes).items()
        }
        made = {group: [_json(one) for one in own] for group, own in {**gains, **by_set}.items()}
        options.json.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


def _sources(options: argparse.Namespace, pipeline: Pipeline) -> dict[str, Iterator[Labelled]]:
    """Name of a part and a set -> its documents, which are read when they are asked for."""
    made: dict[str, Iterator[Labelled]] = {}
    for name in options.sets.split(","):
        made[f"dev-{name}-{options.limit}"] = documents.dev(
            options.data,
            name,
            options.limit,
            pipeline.options,
            given_words=options.given_words,
            workers=options.workers,
        )
        if name in CORPORA and CORPORA[name].may_train:
            own = documents.held_out(options.data, name, options.limit)
            made[f"held-out-{name}-{options.limit}"] = own
    for kind in SYNTHETIC_SHARES if options.synthetic else ():
        made[f"synthetic-{kind}-{options.synthetic}"] = documents.synthetic(options.synthetic, kind)
    return made


def by_part(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each part, then all of them."""
    parts = {part: [one for one in outcomes if one.part == part] for part in PARTS}
    return {**{part: own for part, own in parts.items() if own}, "all": list(outcomes)}


def by_source(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each set within its part."""
    made: dict[str, list[Outcome]] = {}
    for one in outcomes:
        made.setdefault(f"{one.part}: {one.source}", []).append(one)
    return made


def table(gains: Sequence[Gain]) -> Table:
    """One line a thing: what it brings to each metric, and the values that it changes."""
    made = Table(box=None, pad_edge=False)
    made.add_column("without")
    for name in (*METRICS, "values"):
        made.add_column(name, justify="right")
    areas = {one.name: one.area for one in SWITCHES}
    area = ""
    for one in gains:
        if areas[one.name] != area:
            area = areas[one.name]
            made.add_row(f"[bold]{area}[/bold]")
        cells = [_cell(one.metrics[metric]) for metric in METRICS]
        made.add_row(one.name, *cells, str(one.values or "-"))
    return made


def _cell(one: Interval) -> str:
    if one == (0.0, 0.0, 0.0):
        return "-"
    low, high = f"{100 * one.low:+.2f}", f"{100 * one.high:+.2f}"
    text = f"{100 * one.value:+.2f} \\[{low}, {high}]"
    colour = "green" if one.low > 0 else "red" if one.high < 0 else ""
    return f"[{colour}]{text}[/{colour}]" if colour else text


def _totals(outcomes: Sequence[Outcome]) -> str:
    sums = np.array([one.counts for one in outcomes]).sum(axis=0)
    return ", ".join(
        f"F1 of {name} {100 * float(f1(own)):.1f}" for name, own in zip(METRICS, sums, strict=True)
    )


def _json(one: Gain) -> dict[str, Any]:
    return {"name": one.name, "values": one.values, **{k: list(v) for k, v in one.metrics.items()}}


def _options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    add("--sets", default=",".join(SETS))
    add("--limit", type=int, default=60, help="documents of each set and part")
    add("--synthetic", type=int, default=20, help="invented documents of each kind")
    add("--only", default="", help="one thing that can be off, or one area of the table")
    add("--given-words", action="store_true", help="dev parts, too, with the words of their sets")
    add("--workers", type=int, default=1)
    add("--cache", type=Path, help="keep there what was read and what the model gave")
    add("--json", type=Path, help="write all figures there, of single sets, too")
    add("--width", type=int, default=120, help="of the tables")
    options = parser.parse_args(arguments)
    if not options.data:
        parser.error("give --data, or set DOCEXTRACT_DATA")
    options.data = Path(options.data)
    return options


if __name__ == "__main__":
    main()
