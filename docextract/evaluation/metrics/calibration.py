"""Calibration of confidences: reliability bins and expected calibration error.

The expected calibration error is that of Naeini, Cooper and Hauskrecht, "Obtaining well
calibrated probabilities using Bayesian binning", AAAI 2015, as Guo et al., "On calibration of
modern neural networks", ICML 2017, use it: ten bins of equal width, and the mean over values of
the distance between a bin's mean confidence and its share of right values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from docextract.evaluation.metrics.bootstrap import Interval, interval
from docextract.evaluation.metrics.equality import Level
from docextract.evaluation.metrics.scores import ratio
from docextract.evaluation.outcomes import FieldOutcome

BINS = 10
_NOTHING = np.zeros((0, BINS, 3))


class ConfidenceOutcome(NamedTuple):
    """A value's confidence, in [0, 1], and whether it is right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """The values whose confidence lies in (low, high]."""

    low: float
    high: float
    values: int
    confidence: float
    right: float


class ConfidenceThreshold(NamedTuple):
    """From this confidence on at least the share `aim` is right; `share` is how many those are.

    `confidence` is None where there is none such.
    """

    aim: float
    confidence: float | None
    share: float


@dataclass(frozen=True)
class Calibration:
    """How well confidences match the share of right values."""

    count: int
    error: float
    bins: tuple[Bin, ...]
    thresholds: tuple[ConfidenceThreshold, ...]


def confidence_outcomes(
    outcomes: Sequence[FieldOutcome], level: Level = Level.TYPED
) -> list[list[ConfidenceOutcome]]:
    """Every found value that has a confidence, document by document."""
    made: dict[str, list[ConfidenceOutcome]] = {outcome.document: [] for outcome in outcomes}
    for outcome in outcomes:
        made[outcome.document] += [
            ConfidenceOutcome(found.confidence, right)
            for found, right in zip(outcome.found, outcome.right[level], strict=True)
            if found.confidence is not None
        ]
    return list(made.values())


def error_interval(documents: Sequence[Sequence[ConfidenceOutcome]]) -> Interval:
    """The expected calibration error with its interval, from the values of each document.

    The error of few values is too high, as chance parts confidence and share in every bin
    (Kumar, Liang and Ma, "Verified uncertainty calibration", NeurIPS 2019), and a draw repeats
    documents, so the whole interval can lie above the figure.
    """
    counts = np.stack([binned(document) for document in documents]) if documents else _NOTHING
    return interval(counts, expected_error)


def calibration(
    values: Sequence[ConfidenceOutcome], aims: Sequence[float] = (0.99, 0.95)
) -> Calibration:
    """Reliability bins, expected calibration error, and a confidence threshold for each aim."""
    sums = binned(values)
    bins = tuple(
        Bin(
            number / BINS,
            (number + 1) / BINS,
            int(count),
            float(ratio(confidence, count)),
            float(ratio(right, count)),
        )
        for number, (count, confidence, right) in enumerate(sums)
    )
    thresholds = tuple(confidence_threshold(values, aim) for aim in aims)
    return Calibration(len(values), float(expected_error(sums)), bins, thresholds)


def binned(values: Sequence[ConfidenceOutcome]) -> npt.NDArray[np.float64]:
    """(10, 3): how many values a bin has, the sum of their confidences, how many are right."""
    sums = np.zeros((BINS, 3))
    for confidence, right in values:
        # Guo's bins are open below: a confidence of 0.9 is in the bin that ends there.
        number = min(max(int(np.ceil(round(confidence * BINS, 9))) - 1, 0), BINS - 1)
        sums[number] += (1, confidence, right)
    return sums


def expected_error(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The expected calibration error from the sums of bins, (..., 10, 3) -> (...)."""
    gap = np.abs(sums[..., 1] - sums[..., 2]).sum(axis=-1)
    return ratio(gap, sums[..., 0].sum(axis=-1))


def confidence_threshold(values: Sequence[ConfidenceOutcome], aim: float) -> ConfidenceThreshold:
    """The lowest confidence from which on the share `aim` of values is right.

    Values of equal confidence are taken together, since no threshold parts them.
    """
    ranked = sorted(values, key=lambda value: -value.confidence)
    best, right = 0, 0
    for number, value in enumerate(ranked, 1):
        right += value.right
        last = number == len(ranked) or ranked[number].confidence < value.confidence
        if last and right >= aim * number:
            best = number
    share = best / len(ranked) if ranked else 0.0
    return ConfidenceThreshold(aim, ranked[best - 1].confidence if best else None, share)
