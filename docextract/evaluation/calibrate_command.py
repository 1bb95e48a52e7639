"""Implementation of `docextract calibrate`: fits a confidence table on confirmed records.

It is fitted on scores, the uncalibrated confidences, which records keep beside the calibrated
ones. So it does not matter which table the run used.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.confidence.acceptance import Acceptance, least_values
from docextract.confidence.fit import FEWEST, Known, fitted
from docextract.confidence.table import CalibrationTable
from docextract.document import SourceType
from docextract.errors import UsageError
from docextract.evaluation.document_outcomes import compare_document
from docextract.evaluation.evaluate_command import load_schemas
from docextract.evaluation.inputs.files import read_predictions, read_truth
from docextract.evaluation.inputs.pairing import Pair, pair
from docextract.evaluation.metrics.cross_validation import (
    FOLDS,
    TARGETS,
    ByDocument,
    CrossValidation,
    HeldOutValue,
    cross_validate,
)
from docextract.evaluation.metrics.equality import Level
from docextract.evaluation.outcomes import ComparisonRules

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

#: Values that are needed: so many that without one fold, and uneven ones, a curve can be fitted.
LEAST_KNOWN = FEWEST * 3 // 2
#: Documents that are needed: two in each fold.
LEAST_DOCUMENTS = 2 * FOLDS
#: The row of all fields together.
ALL_VALUES = "all values"


@dataclass(frozen=True)
class CalibrateResult:
    """The table fitted on all values, and the cross-validation of such tables."""

    table: CalibrationTable
    held_out: CrossValidation


def run(
    truth: Path, out: Path, schemas: tuple[str, ...] = (), *, month_first: bool
) -> CalibrateResult:
    """Fit a table on the documents that are both in a run and in the truth.

    Raises:
        UsageError: a path is not there, no document is on both sides, or too few values are.
        ConfigError: a record or a schema is wrong.
    """
    used = load_schemas(schemas)
    rules = ComparisonRules({schema.name: schema for schema in used}, month_first)
    paired = pair(read_truth(truth, used), read_predictions(out))
    return fit_and_validate(known_values(paired.pairs, rules), sources=(truth.name,))


def fit_and_validate(known: ByDocument, *, sources: Sequence[str]) -> CalibrateResult:
    """Fit and cross-validate a table. Raises UsageError where there are too few values."""
    values = [one for document in known.values() for one in document]
    if len(values) < LEAST_KNOWN or len(known) < LEAST_DOCUMENTS:
        raise UsageError(
            f"{len(values)} values of {len(known)} documents are too few to calibrate with: it "
            f"takes {LEAST_KNOWN} values whose truth is known, of {LEAST_DOCUMENTS} documents"
        )
    return CalibrateResult(
        fitted(values, documents=len(known), sources=sources), cross_validate(known)
    )


def known_values(pairs: Sequence[Pair], rules: ComparisonRules) -> dict[str, list[Known]]:
    """The values whose truth is known, by document; those that a file states are certain anyway.

    A value counts for the field of the kind that was predicted for its document.
    """
    found: dict[str, list[Known]] = {}
    for truth, made in pairs:
        if made is None:
            continue
        fields = rules.fields(made.kind)
        for outcome in compare_document(truth, made, rules):
            kind = fields.at(outcome.field, outcome.found, outcome.expected).type
            for value, right in zip(outcome.found, outcome.right[Level.TYPED], strict=True):
                score = value.confidence if value.score is None else value.score
                if score is not None and not value.origin.startswith(SourceType.XML):
                    one = Known(f"{made.kind}.{outcome.field}", kind.value, score, right)
                    found.setdefault(truth.name, []).append(one)
    return found


def tables(made: CalibrateResult) -> Iterator["RenderableType"]:
    """The tables to print: calibration error before and after; which values are accepted."""
    yield (
        f"{made.table.values} values of {made.table.documents} documents; errors and shares below "
        f"are of documents that the table was not fitted on, in {FOLDS} folds"
    )
    yield _errors(made.held_out)
    for at in range(len(TARGETS)):
        yield _accepted(made, at)


def _errors(held_out: CrossValidation) -> "RenderableType":
    table = _table("expected calibration error", "values", "right", "before", "after")
    for field, group in _groups(held_out):
        counts = (str(len(group.values)), f"{_right(group.values):.3f}")
        before, after = group.before, group.after
        table.add_row(field or ALL_VALUES, *counts, f"{before.value:.3f}", f"{after.value:.3f}")
        if not field:
            ranges = (f"{one.low:.3f}-{one.high:.3f}" for one in (before, after))
            table.add_row("95 %", "", "", *ranges, style="dim")
    return table


def _accepted(made: CalibrateResult, at: int) -> "RenderableType":
    """Thresholds of the whole table; what is accepted, and right, by those of the other folds."""
    target = TARGETS[at]
    acceptance = Acceptance(made.table, target)
    title = f"precision {target:.0%}; {least_values(target)} values are needed to establish it"
    table = _table(title, "accepted from", "accepted", "right of them")
    for field, group in _groups(made.held_out):
        taken = [one for one in group.values if one.accepted[at]]
        least = acceptance.least(field, group.values[0].known.type if field else "")
        table.add_row(
            field or ALL_VALUES,
            "never" if least is None else f"{least:.4f}",
            f"{len(taken) / len(group.values):.1%}",
            f"{_right(taken):.3f}" if taken else "",
        )
    return table


def _groups(held_out: CrossValidation) -> Iterator[tuple[str, CrossValidation]]:
    """All values, under "", then those of each field."""
    yield "", held_out
    for field in sorted({one.known.field for one in held_out.values}):
        yield field, held_out.only(field)


def _right(values: Sequence[HeldOutValue]) -> float:
    return sum(one.known.right for one in values) / len(values)


def _table(title: str, *columns: str) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table("", title=title, title_justify="left", box=SIMPLE_HEAD, show_edge=False)
    for column in columns:
        made.add_column(column, justify="right")
    return made
