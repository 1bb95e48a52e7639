"""Whole rows: a row is right when what it is and what it costs are both right.

The columns that tell are those that the schema requires of a row and those that one of its checks
adds up: of line items the description and the amount. DocILE's line items are scored so, cell by
cell after the rows are matched (Šimsa et al., "DocILE Benchmark for Document Information
Localization and Extraction", 2023, section on LIR); here a row counts as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from docextract.evaluation.inputs.pairing import Pair
from docextract.evaluation.inputs.sides import Found, FoundRows, TrueRows
from docextract.evaluation.metrics.equality import Level, holds
from docextract.evaluation.metrics.scores import FOUND, RIGHT, WANTED, WIDTH, Tally
from docextract.evaluation.outcomes import Rules
from docextract.schema import FieldSchema, Schema

#: A row of either side.
TrueRow = Mapping[str, str | None]
FoundRow = Mapping[str, Found | None]


def row_tally(pairs: Sequence[Pair], rules: Rules) -> Tally:
    """The counts of whole rows by document and field of rows; no field where no truth has rows.

    A field whose rows have no telling column in the truth is left out.
    """
    names = tuple(dict.fromkeys(name for pair in pairs for name in pair.truth.rows))
    counts = np.zeros((len(pairs), len(names), WIDTH), dtype=np.int64)
    for at, (truth, made) in enumerate(pairs):
        kind = truth.kind or (made.kind if made else "")
        for name, rows in truth.rows.items():
            columns = telling(rules.schemas.get(kind), name)
            columns = {key: field for key, field in columns.items() if _known(rows, key)}
            found = made.rows.get(name, ()) if made else ()
            if columns:
                counts[at, names.index(name)] = _counts(
                    rows, found, _Key(columns, rules.month_first)
                )
    return Tally(tuple(pair.truth.name for pair in pairs), names, counts)


def telling(schema: Schema | None, name: str) -> dict[str, FieldSchema]:
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
        """Whether every telling cell that the true row has is right in the found one."""
        return all(
            (cell := cells.get(key)) is not None
            and holds(level, field, cell, answer, month_first=self.month_first)
            for key, field in self.columns.items()
            if (answer := row.get(key)) is not None
        )


def _counts(truth: TrueRows, found: FoundRows, key: _Key) -> list[int]:
    """Wanted, found, and right at each level; a found row counts for one true row."""
    made = [0] * WIDTH
    made[WANTED], made[FOUND] = len(truth), len(found)
    for level in Level:
        left = list(found)
        for row in truth:
            hit = next((at for at, one in enumerate(left) if key.same(level, row, one)), None)
            if hit is not None:
                del left[hit]
                made[RIGHT + level] += 1
    return made
