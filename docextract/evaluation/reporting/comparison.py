"""Comparison of two runs over the same ground truth: F1 changes with confidence intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docextract.evaluation.evaluation import Evaluation
from docextract.evaluation.metrics.bootstrap import Interval, paired_difference
from docextract.evaluation.metrics.scores import CountTable, micro_f1
from docextract.evaluation.outcomes import FieldOutcome


@dataclass(frozen=True)
class Change:
    """A field of a document with another outcome. `by` is how many fewer values are wrong."""

    before: FieldOutcome
    after: FieldOutcome

    @property
    def by(self) -> int:
        """Above 0 where the second run is better, below where the first was."""
        return self.before.wrong - self.after.wrong


class F1Change(NamedTuple):
    """F1 of both runs, and its increase with a confidence interval."""

    before: float
    after: float
    by: Interval


@dataclass(frozen=True)
class Comparison:
    """The second run against the first, and each field of a document that changed."""

    overall: F1Change
    fields: dict[str, F1Change]
    changes: tuple[Change, ...]


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """Compare two evaluations of the same truth.

    Raises:
        ValueError: they are not of the same documents.
    """
    if before.fields.documents != after.fields.documents:
        raise ValueError("the two evaluations are not of the same documents")
    both = [name for name in after.fields.fields if name in before.fields.fields]
    overall = _f1_change(*(made.fields.only(made.fields.single) for made in (before, after)))
    fields = {
        name: _f1_change(before.fields.only([name]), after.fields.only([name])) for name in both
    }
    return Comparison(overall, fields, tuple(changes(before.outcomes, after.outcomes)))


def _f1_change(before: CountTable, after: CountTable) -> F1Change:
    first, second = (float(micro_f1(made.counts.sum(axis=0))) for made in (before, after))
    return F1Change(first, second, paired_difference(before.counts, after.counts, micro_f1))


def changes(before: Sequence[FieldOutcome], after: Sequence[FieldOutcome]) -> list[Change]:
    """The fields that have more wrong values in one of the runs; losses first."""
    known = {(one.document, one.field): one for one in before}
    found = [
        Change(known[key], one)
        for one in after
        if (key := (one.document, one.field)) in known and known[key].wrong != one.wrong
    ]
    return sorted(found, key=lambda change: (change.by, change.after.document))
