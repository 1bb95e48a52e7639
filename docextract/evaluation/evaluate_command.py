"""Implementation of `docextract evaluate`: read, pair, score, compare, check minimums."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.errors import ConfigError
from docextract.evaluation.evaluation import Evaluation, evaluate, worst_errors
from docextract.evaluation.gate import parse_thresholds, threshold_failures
from docextract.evaluation.inputs.files import read_predictions, read_truth
from docextract.evaluation.inputs.pairing import Pairs, pair
from docextract.evaluation.outcomes import ComparisonRules
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
class EvaluateOptions:
    """The options of the command; see its help."""

    against: Path | None = None
    entities: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    month_first: bool = False
    min_f1: float | None = None
    min_f1_by_field: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvaluateResult:
    """The result of the command. `below_threshold` names the scores below their minimum."""

    pairs: Pairs
    evaluation: Evaluation
    comparison: Comparison | None
    below_threshold: tuple[str, ...]


def run(truth: Path, predictions: Path, options: EvaluateOptions) -> EvaluateResult:
    """Evaluate a run.

    Raises:
        UsageError: a path is not there, or no document is on both sides.
        ConfigError: a record, a schema or an option is wrong.
    """
    minimums = parse_thresholds(options.min_f1_by_field)
    schemas = load_schemas(options.schemas)
    rules = ComparisonRules({schema.name: schema for schema in schemas}, options.month_first)
    true = read_truth(truth, schemas)
    paired = pair(true, read_predictions(predictions))
    made = evaluate(paired.pairs, rules, entities=options.entities)
    comparison = None
    if options.against:
        other = pair(true, read_predictions(options.against))
        before = evaluate(other.pairs, rules, entities=options.entities)
        comparison = compare(before, made)
    below_threshold = threshold_failures(made, min_f1=options.min_f1, by_field=minimums)
    return EvaluateResult(paired, made, comparison, tuple(below_threshold))


def load_schemas(own: tuple[str, ...]) -> tuple[Schema, ...]:
    """All available schemas; the given ones replace those of the same name."""
    paths = [
        *available_resources("schemas").values(),
        *(find_resource("schemas", name) for name in own),
    ]
    return tuple({schema.name: schema for schema in map(Schema.load, paths)}.values())


def write_json(made: EvaluateResult, path: Path) -> None:
    """Write every figure. Raises ConfigError when the file cannot be written."""
    found = as_json(made.evaluation)
    found["documents"]["without_truth"] = list(made.pairs.without_truth)
    if made.comparison:
        found["comparison"] = comparison_json(made.comparison)
    try:
        path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write {path}: {error.strerror}") from error


def tables(made: EvaluateResult, *, errors: int) -> Iterator["RenderableType"]:
    """What to print, with so many of the worst errors."""
    yield f"{len(made.pairs.pairs)} documents have ground truth"
    missing, extra = made.pairs.without_prediction, made.pairs.without_truth
    if missing:
        shown = _names(missing)
        yield f"{len(missing)} of them have no record, all their values count as missing: {shown}"
    if extra:
        yield f"{len(extra)} records have no ground truth and are not scored: {_names(extra)}"
    yield from tables_.evaluation_tables(made.evaluation)
    if errors:
        yield tables_.error_table(worst_errors(made.evaluation.outcomes, errors))
    if made.comparison:
        yield from tables_.comparison_tables(made.comparison)


def _names(names: tuple[str, ...]) -> str:
    from rich.markup import escape

    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return escape(", ".join(names[:MOST_NAMES])) + more
