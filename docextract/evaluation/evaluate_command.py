"""What `docextract evaluate` does: read both sides, measure, compare, hold the gate."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.errors import ConfigError
from docextract.evaluation.evaluation import Evaluation, evaluate, worst
from docextract.evaluation.gate import failures, wanted
from docextract.evaluation.inputs.files import read_predictions, read_truth
from docextract.evaluation.inputs.pairing import Pairs, pair
from docextract.evaluation.outcomes import Rules
from docextract.evaluation.reporting import tables as tables_
from docextract.evaluation.reporting.as_json import as_json, comparison_json
from docextract.evaluation.reporting.comparison import Comparison, compare
from docextract.resources import available_resources, find_resource
from docextract.schema import Schema

if TYPE_CHECKING:
    from rich.console import RenderableType

#: How many documents that are on one side only are named.
MOST_NAMES = 5


@dataclass(frozen=True)
class Asked:
    """The options of the command; see its help."""

    against: Path | None = None
    entities: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    month_first: bool = False
    least: float | None = None
    least_by_field: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """What came of it. `too_low` says which scores are below what was asked."""

    pairs: Pairs
    evaluation: Evaluation
    comparison: Comparison | None
    too_low: tuple[str, ...]


def run(truth: Path, predictions: Path, asked: Asked) -> Measured:
    """Evaluate a run.

    Raises:
        UsageError: a path is not there, or no document is on both sides.
        ConfigError: a record, a schema or an option is wrong.
    """
    least = wanted(asked.least_by_field)
    schemas = known_schemas(asked.schemas)
    rules = Rules({schema.name: schema for schema in schemas}, asked.month_first)
    true = read_truth(truth, schemas)
    paired = pair(true, read_predictions(predictions))
    made = evaluate(paired.pairs, rules, entities=asked.entities)
    comparison = None
    if asked.against:
        other = pair(true, read_predictions(asked.against))
        before = evaluate(other.pairs, rules, entities=asked.entities)
        comparison = compare(before, made)
    too_low = failures(made, least=asked.least, by_field=least)
    return Measured(paired, made, comparison, tuple(too_low))


def known_schemas(own: tuple[str, ...]) -> tuple[Schema, ...]:
    """All schemas that can be named; those given here take the place of their like."""
    paths = [
        *available_resources("schemas").values(),
        *(find_resource("schemas", name) for name in own),
    ]
    return tuple({schema.name: schema for schema in map(Schema.load, paths)}.values())


def write_json(made: Measured, path: Path) -> None:
    """Write every figure. Raises ConfigError when the file cannot be written."""
    found = as_json(made.evaluation)
    found["documents"]["without_truth"] = list(made.pairs.without_truth)
    if made.comparison:
        found["comparison"] = comparison_json(made.comparison)
    try:
        path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write {path}: {error.strerror}") from error


def tables(made: Measured, *, errors: int) -> Iterator["RenderableType"]:
    """What to print, with so many of the worst errors."""
    yield f"{len(made.pairs.pairs)} documents have a truth"
    missing, extra = made.pairs.without_prediction, made.pairs.without_truth
    if missing:
        yield f"{len(missing)} of them have no record, so all is missing: {_names(missing)}"
    if extra:
        yield f"{len(extra)} records have no truth and do not count: {_names(extra)}"
    yield from tables_.tables(made.evaluation)
    if errors:
        yield tables_.errors(worst(made.evaluation.outcomes, errors))
    if made.comparison:
        yield from tables_.comparison(made.comparison)


def _names(names: tuple[str, ...]) -> str:
    from rich.markup import escape

    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return escape(", ".join(names[:MOST_NAMES])) + more
