"""Everything that is measured of a run, from pairs of truth and prediction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docextract.document import UNKNOWN
from docextract.evaluation.document_outcomes import judge
from docextract.evaluation.inputs.pairing import Pair
from docextract.evaluation.metrics import classification as kinds_
from docextract.evaluation.metrics.bootstrap import Interval, interval
from docextract.evaluation.metrics.calibration import Calibration, calibration, error_interval, sure
from docextract.evaluation.metrics.entities import span_tally
from docextract.evaluation.metrics.equality import Level
from docextract.evaluation.metrics.scores import Tally, f1, micro_f1, tally
from docextract.evaluation.metrics.whole_rows import row_tally
from docextract.evaluation.outcomes import Outcome, Rules


@dataclass(frozen=True)
class Evaluation:
    """The figures of a run, and what came of every field of every document.

    `rows` counts whole rows, by field of rows.
    `fields` has no fields and `kinds` and `entities` are None where the truth knows none.
    """

    pairs: tuple[Pair, ...]
    outcomes: tuple[Outcome, ...]
    fields: Tally
    calibration: Calibration
    kinds: kinds_.Kinds | None
    entities: Tally | None
    rows: Tally

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
        return error_interval(sure(self.outcomes))

    def field_f1(self, field: str, level: Level = Level.TYPED) -> Interval:
        """F1 of one field."""
        counts = self.fields.only([field]).counts[:, 0]
        return interval(counts, lambda sums: f1(sums, level))


def evaluate(pairs: Sequence[Pair], rules: Rules, *, entities: Collection[str] = ()) -> Evaluation:
    """Compare every document with its truth.

    Args:
        pairs: The documents.
        rules: What the fields are.
        entities: The labels that the truth annotates; no others are scored.
    """
    outcomes = tuple(outcome for truth, made in pairs for outcome in judge(truth, made, rules))
    verdicts = [
        kinds_.Verdict(
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
        tally(outcomes, [truth.name for truth, _ in pairs]),
        calibration([value for values in sure(outcomes) for value in values]),
        kinds_.kinds(verdicts) if verdicts else None,
        span_tally(spans, entities) if entities and spans else None,
        row_tally(pairs, rules),
    )


class Slice(NamedTuple):
    """Some of the documents, and their counts."""

    name: str
    fields: Tally


#: Upper ends of the groups by number of pages.
PAGES = (1, 5, 20)


def slices(made: Evaluation) -> dict[str, list[Slice]]:
    """The fields by what the documents are; only where they differ in it."""
    found = {
        name: [_slice(made, group, of) for group in sorted({of(pair) for pair in made.pairs})]
        for name, of in _SLICES.items()
    }
    return {name: groups for name, groups in found.items() if len(groups) > 1}


def _slice(made: Evaluation, group: str, of: Callable[[Pair], str]) -> Slice:
    rows = [row for row, pair in enumerate(made.pairs) if of(pair) == group]
    names = tuple(made.fields.documents[row] for row in rows)
    return Slice(group, Tally(names, made.fields.fields, made.fields.counts[rows]))


def _pages(pair: Pair) -> str:
    if pair.made is None:
        return "no record"
    count, low = pair.made.pages, 1
    for high in PAGES:
        if count <= high:
            return f"{low}-{high}" if low < high else str(high)
        low = high + 1
    return f"{low} or more"


_SLICES: Mapping[str, Callable[[Pair], str]] = {
    "source": lambda pair: pair.truth.source,
    "how it was read": lambda pair: pair.made.read_by if pair.made else "no record",
    "number of pages": _pages,
    "kind": lambda pair: pair.truth.kind or (pair.made.kind if pair.made else "no record"),
}


def worst(outcomes: Sequence[Outcome], most: int) -> list[Outcome]:
    """The outcomes that are most wrong: values that were sure of themselves, then missing ones."""
    wrong = [outcome for outcome in outcomes if outcome.wrong]
    return sorted(wrong, key=lambda outcome: (-_calibrator(outcome), outcome.document))[:most]


def _calibrator(outcome: Outcome) -> float:
    """The highest confidence of a wrong value; below 0 where values are only missing."""
    values = zip(outcome.found, outcome.right[Level.TYPED], strict=True)
    return max((found.confidence or 0.0 for found, right in values if not right), default=-1.0)
