"""Fits the calibration table on values whose truth is known: isotonic curves and thresholds.

The curves are isotonic regressions, as for the model's scores (`calibration`; Zadrozny and Elkan,
"Transforming classifier scores into accurate multiclass probability estimates", KDD 2002). Scores
of values are often equal, as they come from the shares of rules: equal scores are taken together.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from docextract.confidence.table import PLACES, CalibrationTable, Group, Step
from docextract.encoding.score_calibration import (
    ALL_TYPES,
    MIN_VALUES_PER_POINT,
    CalibrationPoint,
    Pool,
    pool_adjacent_violators,
)

#: Values that a group has at least, four points' worth; of fewer, the next wider one tells more.
FEWEST = 4 * MIN_VALUES_PER_POINT
#: Steps of a group at most. A threshold lies on one of them, so that it can accept up to one
#: part in so many too few.
MOST_STEPS = 100
#: Places of the points of a curve.
_EXACT = 6


class Known(NamedTuple):
    """A value whose truth is known: its field ("receipt.total"), type, score before the table."""

    field: str
    type: str
    score: float
    right: bool


def fitted(
    known: Sequence[Known], *, documents: int, sources: Iterable[str] = ()
) -> CalibrationTable:
    """The table of these values; one without groups, which changes nothing, of too few.

    Args:
        known: The values, of documents that nothing before the table was fitted on.
        documents: How many documents they are from.
        sources: What to say of where they are from.
    """
    grouped = [pair for pair in _grouped(known) if len(pair[1]) >= FEWEST]
    curves = {name: curve([(one.score, one.right) for one in group]) for name, group in grouped}
    rough = CalibrationTable(
        documents=documents,
        values=len(known),
        groups={name: Group(curve=points) for name, points in curves.items()},
    )
    sure = {one[:3]: rough.share(one.score, one.field, one.type) for one in known}
    return CalibrationTable(
        documents=documents,
        values=len(known),
        sources=tuple(sources),
        groups={
            name: Group(
                curve=curves[name], steps=steps([(sure[one[:3]], one.right) for one in group])
            )
            for name, group in grouped
        },
    )


def _grouped(known: Sequence[Known]) -> list[tuple[str, list[Known]]]:
    """The values of all groups, sorted by name; each value is in three."""
    groups: dict[str, list[Known]] = {ALL_TYPES: list(known)}
    for one in known:
        for name in (one.type, one.field):
            groups.setdefault(name, []).append(one)
    return sorted(groups.items())


def curve(values: Iterable[tuple[float, bool]]) -> tuple[CalibrationPoint, ...]:
    """Points of score and share of right values, neither falling.

    Each is of at least MIN_VALUES_PER_POINT values, where there are so many, and no score is in
    two. Below the lowest score that was measured the share goes down to nothing: where all values
    had 0.99 and were right, nobody knows what 0.3 means.
    """
    ranked = sorted((round(score, PLACES), right) for score, right in values)
    points = pool_adjacent_violators(_pools(ranked))
    lowest = ranked[0][0]
    below = (
        [CalibrationPoint(0.0, 0.0), CalibrationPoint(lowest, points[0].share)] if lowest else []
    )
    rounded = [
        CalibrationPoint(round(p.score, _EXACT), round(p.share, _EXACT)) for p in (*below, *points)
    ]
    return tuple(dict.fromkeys(rounded))


def _pools(ranked: Iterable[tuple[float, bool]]) -> list[Pool]:
    """Pools by rising score, each of MIN_VALUES_PER_POINT or more where there are so many."""
    pools: list[Pool] = []
    for score, group in groupby(ranked, key=lambda value: value[0]):
        rights = [right for _, right in group]
        pool = Pool(score * len(rights), sum(rights), len(rights))
        if pools and pools[-1].count < MIN_VALUES_PER_POINT:
            pools[-1] = _joined(pools[-1], pool)
        else:
            pools.append(pool)
    if len(pools) > 1 and pools[-1].count < MIN_VALUES_PER_POINT:
        last = pools.pop()
        pools[-1] = _joined(pools[-1], last)
    return pools


def _joined(one: Pool, other: Pool) -> Pool:
    return Pool(one.scores + other.scores, one.right + other.right, one.count + other.count)


def steps(values: Iterable[tuple[float, bool]]) -> tuple[Step, ...]:
    """How many values are at least so sure and right, from the surest down; the last has all."""
    ranked = sorted(values, reverse=True)
    made: list[Step] = []
    count = right = 0
    for confidence, group in groupby(ranked, key=lambda value: value[0]):
        rights = [is_right for _, is_right in group]
        count, right = count + len(rights), right + sum(rights)
        kept = made[-1].values if made else 0
        if count == len(ranked) or (count - kept) * MOST_STEPS >= len(ranked):
            made.append(Step(confidence, count, right))
    return tuple(made)
