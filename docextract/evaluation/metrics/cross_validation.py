"""Cross-validation of confidence tables, by document.

Documents are dealt into folds, the same ones each time; the values of each fold get their
confidences, and are accepted or not, by a table of the other folds (Stone, "Cross-validatory
choice and assessment of statistical predictions", JRSS B 36, 1974). A document's values stay
together, since their errors do.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docextract.confidence.acceptance import Acceptance
from docextract.confidence.fit import Known, fitted
from docextract.evaluation.metrics.bootstrap import Interval
from docextract.evaluation.metrics.calibration import ConfidenceOutcome, error_interval

FOLDS = 5
#: The shares of right values that are shown.
TARGETS = (0.95, 0.99)

#: The values whose truth is known, by document.
ByDocument = Mapping[str, Sequence[Known]]


class HeldOutValue(NamedTuple):
    """A value after a table that has not seen its document; `accepted` at each of TARGETS."""

    known: Known
    confidence: float
    accepted: tuple[bool, ...]


@dataclass(frozen=True)
class CrossValidation:
    """Every value, by document, as it came out."""

    documents: tuple[tuple[HeldOutValue, ...], ...]

    @property
    def values(self) -> tuple[HeldOutValue, ...]:
        """Of all documents."""
        return tuple(one for document in self.documents for one in document)

    @property
    def before(self) -> Interval:
        """The expected calibration error of the scores."""
        return error_interval(
            [
                [ConfidenceOutcome(one.known.score, one.known.right) for one in doc]
                for doc in self.documents
            ]
        )

    @property
    def after(self) -> Interval:
        """The expected calibration error of the confidences."""
        return error_interval(
            [
                [ConfidenceOutcome(one.confidence, one.known.right) for one in doc]
                for doc in self.documents
            ]
        )

    def only(self, field: str) -> "CrossValidation":
        """The same of one field's values."""
        kept = (
            tuple(one for one in document if one.known.field == field)
            for document in self.documents
        )
        return CrossValidation(tuple(document for document in kept if document))


def cross_validate(known: ByDocument) -> CrossValidation:
    """Evaluate tables on the documents that they were not fitted on."""
    dealt = sorted(known, key=lambda name: hashlib.sha256(name.encode()).digest())
    fold = {name: number % FOLDS for number, name in enumerate(dealt)}
    held_out: dict[str, tuple[HeldOutValue, ...]] = {}
    for number in range(FOLDS):
        others = [name for name in known if fold[name] != number]
        table = fitted([one for name in others for one in known[name]], documents=len(others))
        acceptances = [Acceptance(table, target) for target in TARGETS]
        for name in (name for name in known if fold[name] == number):
            held_out[name] = tuple(_held_out_value(one, acceptances) for one in known[name])
    return CrossValidation(tuple(held_out[name] for name in known))


def _held_out_value(one: Known, acceptances: Sequence[Acceptance]) -> HeldOutValue:
    confidence = acceptances[0].table.share(one.score, one.field, one.type)
    least = [acceptance.least(one.field, one.type) for acceptance in acceptances]
    return HeldOutValue(one, confidence, tuple(t is not None and confidence >= t for t in least))
