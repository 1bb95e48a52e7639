"""Two runs over the same truth: what became better, what worse, and whether it is chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docextract.evaluation.evaluation import Evaluation
from docextract.evaluation.metrics.bootstrap import Interval, difference
from docextract.evaluation.metrics.scores import Tally, micro_f1
from docextract.evaluation.outcomes import Outcome


@dataclass(frozen=True)
class Change:
    """A field of a document that came out otherwise. `by` is how many fewer values are wrong."""

    before: Outcome
    after: Outcome

    @property
    def by(self) -> int:
        """Above 0 where the second run is better, below where the first was."""
        return self.before.wrong - self.after.wrong


class Rise(NamedTuple):
    """F1 of both runs, and how much it rose, with its interval."""

    before: float
    after: float
    by: Interval


@dataclass(frozen=True)
class Comparison:
    """The second run against the first, and each field of a document that changed."""

    overall: Rise
    fields: dict[str, Rise]
    changes: tuple[Change, ...]


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """Compare two evaluations of the same truth.

    Raises:
        ValueError: they are not of the same documents.
    """
    if before.fields.documents != after.fields.documents:
        raise ValueError("the two evaluations are not of the same documents")
    both = [name for name in after.fields.fields if name in before.fields.fields]
    overall = _rise(*(made.fields.only(made.fields.single) for made in (before, after)))
    fields = {name: _rise(before.fields.only([name]), after.fields.only([name])) for name in both}
    return Comparison(overall, fields, tuple(changes(before.outcomes, after.outcomes)))


def _rise(before: Tally, after: Tally) -> Rise:
    first, second = (float(micro_f1(made.counts.sum(axis=0))) for made in (before, after))
    return Rise(first, second, difference(before.counts, after.counts, micro_f1))


def changes(before: Sequence[Outcome], after: Sequence[Outcome]) -> list[Change]:
    """The fields that have more wrong values in one of the runs; losses first."""
    known = {(one.document, one.field): one for one in before}
    found = [
        Change(known[key], one)
        for one in after
        if (key := (one.document, one.field)) in known and known[key].wrong != one.wrong
    ]
    return sorted(found, key=lambda change: (change.by, change.after.document))
