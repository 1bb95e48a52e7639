"""Two runs over the same truth: what became better, what worse, and whether it is chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from docextract.evaluation.bootstrap import Interval, difference
from docextract.evaluation.equality import Level
from docextract.evaluation.evaluate import Evaluation
from docextract.evaluation.outcomes import Outcome
from docextract.evaluation.scores import f1, micro_f1


@dataclass(frozen=True)
class Change:
    """A field of a document that came out otherwise. `by` is how many more values are right."""

    before: Outcome
    after: Outcome

    @property
    def by(self) -> int:
        """Above 0 where the second run is better, below where the first was."""
        return self.before.wrong - self.after.wrong


@dataclass(frozen=True)
class Comparison:
    """The second run against the first: differences of F1 with paired intervals, and changes."""

    overall: Interval
    fields: dict[str, Interval]
    changes: tuple[Change, ...]


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """Compare two evaluations of the same truth.

    Raises:
        ValueError: they are not of the same documents.
    """
    if before.fields.documents != after.fields.documents:
        raise ValueError("the two evaluations are not of the same documents")
    single = [name for name in after.fields.single if name in before.fields.fields]
    overall = difference(
        before.fields.only(before.fields.single).counts,
        after.fields.only(after.fields.single).counts,
        micro_f1,
    )
    fields = {
        name: difference(
            before.fields.only([name]).counts[:, 0], after.fields.only([name]).counts[:, 0], f1
        )
        for name in (*single, *(c for c in after.fields.columns if c in before.fields.fields))
    }
    return Comparison(overall, fields, tuple(changes(before.outcomes, after.outcomes)))


def changes(before: Sequence[Outcome], after: Sequence[Outcome]) -> list[Change]:
    """The fields that are right in one run only, or more right; losses first."""
    known = {(one.document, one.field): one for one in before}
    found = [
        Change(known[key], one)
        for one in after
        if (key := (one.document, one.field)) in known
        and known[key].hits(Level.TYPED) != one.hits(Level.TYPED)
    ]
    return sorted(found, key=lambda change: (change.by, change.after.document))
