"""Scores of a run, computed from pairs of ground truth and prediction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docextract.document import UNKNOWN
from docextract.evaluation.document_outcomes import compare_document
from docextract.evaluation.inputs.pairing import Pair
from docextract.evaluation.metrics import classification as kinds_
from docextract.evaluation.metrics.bootstrap import Interval, interval
from docextract.evaluation.metrics.calibration import (
    Calibration,
    calibration,
    confidence_outcomes,
    error_interval,
)
from docextract.evaluation.metrics.entities import count_spans
from docextract.evaluation.metrics.equality import Level
from docextract.evaluation.metrics.scores import CountTable, count_outcomes, f1, micro_f1
from docextract.evaluation.metrics.whole_rows import count_rows
from docextract.evaluation.outcomes import ComparisonRules, FieldOutcome


@dataclass(frozen=True)
class Evaluation:
    """The scores of a run, and the outcome of every field of every document.

    `rows` counts whole rows, by field of rows.
    `fields` has no fields and `kinds` and `entities` are None where the truth knows none.
    """

    pairs: tuple[Pair, ...]
    outcomes: tuple[FieldOutcome, ...]
    fields: CountTable
    calibration: Calibration
    kinds: kinds_.KindMetrics | None
    entities: CountTable | None
    rows: CountTable

    def f1(self, level: Level = Level.TYPED, fields: Sequence[str] | None = None) -> Interval:
        """Micro-F1 over fields, all that are no columns of rows unless they are named."""
        chosen = self.fields.only(self.fields.single if fields is None else fields)
        return interval(chosen.counts, lambda sums: micro_f1(sums, level))

    def row_f1(self, name: str, level: Level = Level.TYPED) -> Interval:
        """F1 of the whole rows of a field."""
        counts = self.rows.only([name]).counts[:, 0]
        return interval(counts, lambda sums: f1(sums, level))

    @property
    def calibration_error(self) -> Interval:
        """The expected calibration error of all values, with its interval."""
        return error_interval(confidence_outcomes(self.outcomes))

    def field_f1(self, field: str, level: Level = Level.TYPED) -> Interval:
        """F1 of one field."""
        counts = self.fields.only([field]).counts[:, 0]
        return interval(counts, lambda sums: f1(sums, level))


def evaluate(
    pairs: Sequence[Pair], rules: ComparisonRules, *, entities: Collection[str] = ()
) -> Evaluation:
    """Compare every document with its truth.

    Args:
        pairs: The documents.
        rules: The schemas, and how the truth writes dates.
        entities: The labels that the truth annotates; no others are scored.
    """
    outcomes = tuple(
        outcome for truth, made in pairs for outcome in compare_document(truth, made, rules)
    )
    verdicts = [
        kinds_.KindPrediction(
            truth.name, truth.kind, made.kind if made else UNKNOWN, made.unknown if made else 0.0
        )
        for truth, made in pairs
        if truth.kind
    ]
    spans = [
        (truth.name, truth.entities, made.entities if made else ())
        for truth, made in pairs
        if truth.entities is not None
    ]
    return Evaluation(
        tuple(pairs),
        outcomes,
        count_outcomes(outcomes, [truth.name for truth, _ in pairs]),
        calibration([value for values in confidence_outcomes(outcomes) for value in values]),
        kinds_.kind_metrics(verdicts) if verdicts else None,
        count_spans(spans, entities) if entities and spans else None,
        count_rows(pairs, rules),
    )


class Slice(NamedTuple):
    """Some of the documents, and their counts."""

    name: str
    fields: CountTable


#: Upper ends of the groups by number of pages.
PAGES = (1, 5, 20)


def slices(made: Evaluation) -> dict[str, list[Slice]]:
    """Field scores by groups of documents: source, kind, page count, way of reading."""
    found = {
        name: [_slice(made, group, of) for group in sorted({of(pair) for pair in made.pairs})]
        for name, of in _SLICES.items()
    }
    return {name: groups for name, groups in found.items() if len(groups) > 1}


def _slice(made: Evaluation, group: str, of: Callable[[Pair], str]) -> Slice:
    rows = [row for row, pair in enumerate(made.pairs) if of(pair) == group]
    names = tuple(made.fields.documents[row] for row in rows)
    return Slice(group, CountTable(names, made.fields.fields, made.fields.counts[rows]))


def _pages(pair: Pair) -> str:
    if pair.prediction is None:
        return "no record"
    count, low = pair.prediction.pages, 1
    for high in PAGES:
        if count <= high:
            return f"{low}-{high}" if low < high else str(high)
        low = high + 1
    return f"{low} or more"


_SLICES: Mapping[str, Callable[[Pair], str]] = {
    "source": lambda pair: pair.truth.source,
    "how it was read": lambda pair: pair.prediction.read_by if pair.prediction else "no record",
    "number of pages": _pages,
    "kind": lambda pair: (
        pair.truth.kind or (pair.prediction.kind if pair.prediction else "no record")
    ),
}


def worst_errors(outcomes: Sequence[FieldOutcome], most: int) -> list[FieldOutcome]:
    """The worst errors: wrong values by descending confidence, then missing ones."""
    wrong = [outcome for outcome in outcomes if outcome.wrong]
    return sorted(
        wrong, key=lambda outcome: (-_highest_wrong_confidence(outcome), outcome.document)
    )[:most]


def _highest_wrong_confidence(outcome: FieldOutcome) -> float:
    """The highest confidence of a wrong value; below 0 where values are only missing."""
    values = zip(outcome.found, outcome.right[Level.TYPED], strict=True)
    return max((found.confidence or 0.0 for found, right in values if not right), default=-1.0)
