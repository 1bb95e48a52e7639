"""Metric of whole table rows: a row is right when all of its key columns are right.

The key columns are those that the schema requires of a row and those that one of its checks
adds up: of line items the description and the amount. DocILE's line items are scored so, cell by
cell after the rows are matched (Šimsa et al., "DocILE Benchmark for Document Information
Localization and Extraction", 2023, section on LIR); here a row counts as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from docextract.evaluation.inputs.pairing import Pair
from docextract.evaluation.inputs.truth_and_prediction import FoundRows, PredictedValue, TrueRows
from docextract.evaluation.metrics.equality import Level, is_match
from docextract.evaluation.metrics.scores import EXPECTED, FOUND, RIGHT, WIDTH, CountTable
from docextract.evaluation.outcomes import ComparisonRules
from docextract.schema import FieldSchema, Schema

#: A row of either side.
TrueRow = Mapping[str, str | None]
FoundRow = Mapping[str, PredictedValue | None]


def count_rows(pairs: Sequence[Pair], rules: ComparisonRules) -> CountTable:
    """The counts of whole rows by document and field of rows; no field where no truth has rows.

    A field whose rows have no key_columns column in the truth is left out.
    """
    names = tuple(dict.fromkeys(name for pair in pairs for name in pair.truth.rows))
    counts = np.zeros((len(pairs), len(names), WIDTH), dtype=np.int64)
    for at, (truth, made) in enumerate(pairs):
        kind = truth.kind or (made.kind if made else "")
        for name, rows in truth.rows.items():
            columns = key_columns(rules.schemas.get(kind), name)
            columns = {key: field for key, field in columns.items() if _known(rows, key)}
            found = made.rows.get(name, ()) if made else ()
            if columns:
                counts[at, names.index(name)] = _counts(
                    rows, found, _Key(columns, rules.month_first)
                )
    return CountTable(tuple(pair.truth.name for pair in pairs), names, counts)


def key_columns(schema: Schema | None, name: str) -> dict[str, FieldSchema]:
    """The columns by which a row of the field `name` is known, with what they are."""
    if schema is None or name not in schema.fields:
        return {}
    added = {
        path.partition(".")[2]
        for check in schema.checks
        if not check.each
        for path in check.expression.names
        if path.startswith(f"{name}.")
    }
    columns = schema.fields[name].fields
    return {key: field for key, field in columns.items() if field.required or key in added}


def _known(rows: TrueRows, column: str) -> bool:
    return any(row.get(column) is not None for row in rows)


@dataclass(frozen=True)
class _Key:
    """The columns that tell rows apart, and how dates are written in the truth."""

    columns: Mapping[str, FieldSchema]
    month_first: bool

    def same(self, level: Level, row: TrueRow, cells: FoundRow) -> bool:
        """Whether every key cell that the true row has is right in the found one."""
        return all(
            (cell := cells.get(key)) is not None
            and is_match(level, field, cell, answer, month_first=self.month_first)
            for key, field in self.columns.items()
            if (answer := row.get(key)) is not None
        )


def _counts(truth: TrueRows, found: FoundRows, key: _Key) -> list[int]:
    """Wanted, found, and right at each level; a found row counts for one true row."""
    made = [0] * WIDTH
    made[EXPECTED], made[FOUND] = len(truth), len(found)
    for level in Level:
        left = list(found)
        for row in truth:
            hit = next((at for at, one in enumerate(left) if key.same(level, row, one)), None)
            if hit is not None:
                del left[hit]
                made[RIGHT + level] += 1
    return made
