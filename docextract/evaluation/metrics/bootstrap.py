"""Confidence intervals of metrics: percentile bootstrap over documents.

Documents are drawn with replacement, as many as there are, and the figure is computed anew; the
interval holds the middle 95 % of these (Efron, "Bootstrap methods: another look at the
jackknife", Annals of Statistics 7, 1979; Efron and Tibshirani, 1993, chapter 13). A document is
drawn with all its fields, since their errors go together. Figures must be functions of sums
over documents, so that a draw is a product of matrices.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

#: Counts, or sums of them: of integers or of floats.
Sums: TypeAlias = npt.NDArray[Any]
#: Sums over documents, (B, ...) -> the figure, (B,).
Statistic: TypeAlias = Callable[[Sums], npt.NDArray[np.float64]]
RESAMPLES = 1000
COVERAGE = 0.95


class Interval(NamedTuple):
    """A figure, and the interval it lies in."""

    value: float
    low: float
    high: float


def interval(
    counts: Sums, statistic: Statistic, *, times: int = RESAMPLES, seed: int = 0
) -> Interval:
    """The figure with its interval.

    Args:
        counts: (D, ...) of D documents; nothing else is known of them.
        statistic: The figure, from their sums.
        times: How many resampled_sums.
        seed: The same one gives the same interval.
    """
    value = float(statistic(counts.sum(axis=0)[None])[0])
    if not len(counts):
        return Interval(value, value, value)
    return Interval(value, *_middle(statistic(resampled_sums(counts, times=times, seed=seed))))


def paired_difference(
    before: Sums,
    after: Sums,
    statistic: Statistic,
    *,
    times: int = RESAMPLES,
    seed: int = 0,
    coverage: float = COVERAGE,
) -> Interval:
    """How much the figure rose between two runs over the same documents.

    Paired: each draw takes the same documents from both, (D, ...) each, so what is hard for both
    does not widen the interval, which holds the middle share `coverage` of the draws.
    """
    value = statistic(after.sum(axis=0)[None])[0] - statistic(before.sum(axis=0)[None])[0]
    if not len(before):
        return Interval(float(value), float(value), float(value))
    drawn = [
        statistic(resampled_sums(counts, times=times, seed=seed)) for counts in (before, after)
    ]
    return Interval(float(value), *_middle(drawn[1] - drawn[0], coverage))


def resampled_sums(counts: Sums, *, times: int, seed: int) -> Sums:
    """Sums over documents drawn with replacement. (D, ...) -> (B, ...)."""
    sums = _often(len(counts), times, seed) @ counts.reshape(len(counts), -1)
    return sums.reshape(times, *counts.shape[1:])


@lru_cache(maxsize=1)  # an evaluation asks for many intervals over the same documents
def _often(size: int, times: int, seed: int) -> Sums:
    """How often each draw takes each document, (B, D)."""
    made = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=times)
    return made.astype(float)  # products of floats are many times faster


def _middle(drawn: npt.NDArray[np.float64], coverage: float = COVERAGE) -> tuple[float, float]:
    tail = (1 - coverage) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return float(low), float(high)
