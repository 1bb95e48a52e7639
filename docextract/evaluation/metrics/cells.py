"""Comparison of table cells: rows are paired with the true ones so that most cells match."""

from collections.abc import Mapping
from dataclasses import dataclass

from docextract.evaluation.inputs.truth_and_prediction import FoundRows, PredictedValue, TrueRows
from docextract.evaluation.metrics.equality import Level, is_match
from docextract.evaluation.metrics.row_pairing import best_pairs
from docextract.evaluation.outcomes import FieldOutcome, KindFields
from docextract.schema import FieldSchema

#: Longer tables are paired row by row in their order: the best pairing takes cubic time, 0.8 s
#: for 200 rows.
MOST_ROWS = 200


def compare_rows(
    document: str, name: str, truth: TrueRows, found: FoundRows, fields: KindFields
) -> list[FieldOutcome]:
    """The outcome of each column of the truth; of each found one where there is no true row."""
    columns = list(truth[0]) if truth else sorted({column for row in found for column in row})
    types = {
        column: fields.at(f"{name}.{column}", _found(found, column), _true(truth, column))
        for column in columns
    }
    table = _Table(truth, found, types, fields.month_first)
    partners = table.partners()
    return [
        FieldOutcome(
            document,
            f"{name}.{column}",
            _true(truth, column),
            _found(found, column),
            {level: table.right(level, column, partners) for level in Level},
        )
        for column in columns
    ]


@dataclass(frozen=True)
class _Table:
    truth: TrueRows
    found: FoundRows
    types: Mapping[str, FieldSchema]
    month_first: bool

    def partners(self) -> dict[int, int]:
        """Found row -> the true row that it is compared with."""
        if max(len(self.truth), len(self.found)) > MOST_ROWS:
            return {row: row for row in range(min(len(self.truth), len(self.found)))}
        worth = [
            [
                sum(self._equal(Level.TYPED, column, mine, true) for column in self.types)
                for mine in range(len(self.found))
            ]
            for true in range(len(self.truth))
        ]
        return {mine: true for true, mine in best_pairs(worth)}

    def right(self, level: Level, column: str, partners: Mapping[int, int]) -> tuple[bool, ...]:
        """Which cells of a column are right, of those that are there."""
        return tuple(
            mine in partners and self._equal(level, column, mine, partners[mine])
            for mine, row in enumerate(self.found)
            if row.get(column)
        )

    def _equal(self, level: Level, column: str, mine: int, true: int) -> bool:
        cell, answer = self.found[mine].get(column), self.truth[true].get(column)
        if cell is None or answer is None:
            return False
        return is_match(level, self.types[column], cell, answer, month_first=self.month_first)


def _found(rows: FoundRows, column: str) -> tuple[PredictedValue, ...]:
    return tuple(cell for row in rows if (cell := row.get(column)))


def _true(rows: TrueRows, column: str) -> tuple[str, ...]:
    return tuple(answer for row in rows if (answer := row.get(column)) is not None)
