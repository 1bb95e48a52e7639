"""Precision, recall and F1 over counts; the counts of many documents as one array.

    precision = right / found      recall = right / expected      F1 = 2 right / (found + expected)

F1 is the harmonic mean of the two (van Rijsbergen, "Information Retrieval", 1979, chapter 7).
Micro: over the counts of all fields together, so frequent fields weigh more. Macro: the mean of
the fields' F1 (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008,
section 13.6). A share of nothing is 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docextract.evaluation.metrics.equality import Level
from docextract.evaluation.outcomes import FieldOutcome

#: (..., 5): expected, found, and right at the three levels.
Counts = npt.NDArray[np.int64]
EXPECTED, FOUND, RIGHT = 0, 1, 2
WIDTH = RIGHT + len(Level)


@dataclass(frozen=True, eq=False)
class CountTable:
    """Counts by document and field: (D, F, 5); a field that a document lacks counts nothing."""

    documents: tuple[str, ...]
    fields: tuple[str, ...]
    counts: Counts

    def only(self, fields: Sequence[str]) -> "CountTable":
        """The same of some fields."""
        at = [self.fields.index(field) for field in fields]
        return CountTable(self.documents, tuple(fields), self.counts[:, at])

    @property
    def single(self) -> tuple[str, ...]:
        """The fields that are no columns of rows."""
        return tuple(field for field in self.fields if "." not in field)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of rows."""
        return tuple(field for field in self.fields if "." in field)


def count_outcomes(
    outcomes: Sequence[FieldOutcome], documents: Sequence[str] | None = None
) -> CountTable:
    """The counts of these outcomes; of all `documents`, where some have no outcome."""
    names = tuple(documents or dict.fromkeys(outcome.document for outcome in outcomes))
    fields = tuple(dict.fromkeys(outcome.field for outcome in outcomes))
    rows = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(fields), WIDTH), dtype=np.int64)
    for outcome in outcomes:
        right = [outcome.hits(level) for level in Level]
        counts[rows[outcome.document], fields.index(outcome.field)] += np.array(
            [len(outcome.expected), len(outcome.found), *right]
        )
    return CountTable(names, fields, counts)


def ratio(part: npt.ArrayLike, whole: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The quotient of part and whole, 0 where the whole is 0."""
    above, below = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    made: npt.NDArray[np.float64] = np.divide(
        above, below, out=np.zeros(np.broadcast(above, below).shape), where=below > 0
    )
    return made


def precision(counts: Counts, level: Level = Level.TYPED) -> npt.NDArray[np.float64]:
    """Right values among those found. `counts`: (..., 5) -> (...)."""
    return ratio(counts[..., RIGHT + level], counts[..., FOUND])


def recall(counts: Counts, level: Level = Level.TYPED) -> npt.NDArray[np.float64]:
    """Right values among those expected. `counts`: (..., 5) -> (...)."""
    return ratio(counts[..., RIGHT + level], counts[..., EXPECTED])


def f1(counts: Counts, level: Level = Level.TYPED) -> npt.NDArray[np.float64]:
    """The harmonic mean of precision and recall. `counts`: (..., 5) -> (...)."""
    return ratio(2 * counts[..., RIGHT + level], counts[..., FOUND] + counts[..., EXPECTED])


def micro_f1(counts: Counts, level: Level = Level.TYPED) -> npt.NDArray[np.float64]:
    """F1 of all fields together. `counts`: (..., F, 5) -> (...)."""
    return f1(counts.sum(axis=-2), level)


def macro_f1(counts: Counts, level: Level = Level.TYPED) -> npt.NDArray[np.float64]:
    """The mean of the fields' F1, of those that are expected or found. (..., F, 5) -> (...)."""
    there = (counts[..., EXPECTED] + counts[..., FOUND]) > 0
    return ratio((f1(counts, level) * there).sum(axis=-1), there.sum(axis=-1))


@dataclass(frozen=True)
class SroieScores:
    """SROIE's measure, and the share of document and field pairs that are exactly right."""

    precision: float
    recall: float
    f1: float
    exact: float


def sroie(made: CountTable) -> SroieScores:
    """Exact match as in the ICDAR 2019 challenge on scanned receipts, task 3.

    Huang et al., "ICDAR2019 Competition on Scanned Receipt OCR and Information Extraction",
    section on task 3: a text counts when it and its category equal the truth; precision is over
    all texts found, recall over all fields of all receipts.
    """
    sums = made.counts.sum(axis=(0, 1))
    expected, exact = made.counts[..., EXPECTED], made.counts[..., RIGHT + Level.EXACT]
    whole = (exact == expected) & (made.counts[..., FOUND] == expected) & (expected > 0)
    return SroieScores(
        float(precision(sums, Level.EXACT)),
        float(recall(sums, Level.EXACT)),
        float(f1(sums, Level.EXACT)),
        float(ratio(whole.sum(), (expected > 0).sum())),
    )
