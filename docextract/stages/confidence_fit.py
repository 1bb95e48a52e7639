"""Fits the table of confidences on values whose truth is known.

The curves are isotonic regressions, as for the model's scores (`calibration`; Zadrozny and Elkan,
"Transforming classifier scores into accurate multiclass probability estimates", KDD 2002). Scores
of values are often equal, as they come from the shares of rules: equal scores are taken together.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from docextract.stages.calibration import ALL, LEAST_VALUES, Point, Pool, never_falling
from docextract.stages.confidence import PLACES, Confidences, Group, Step

#: Values that a group has at least, four points' worth; of fewer, the next wider one tells more.
FEWEST = 4 * LEAST_VALUES
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


def fitted(known: Sequence[Known], *, documents: int, sources: Iterable[str] = ()) -> Confidences:
    """The table of these values; one without groups, which changes nothing, of too few.

    Args:
        known: The values, of documents that nothing before the table was fitted on.
        documents: How many documents they are from.
        sources: What to say of where they are from.
    """
    by_group: dict[str, list[Known]] = {ALL: list(known)}
    for one in known:
        by_group.setdefault(one.type, []).append(one)
        by_group.setdefault(one.field, []).append(one)
    curves = {
        name: Group(curve=curve([(one.score, one.right) for one in group]), steps=())
        for name, group in sorted(by_group.items())
        if len(group) >= FEWEST
    }
    table = Confidences(
        documents=documents, values=len(known), sources=tuple(sources), groups=curves
    )
    stepped = {
        name: group.model_copy(update={"steps": steps(by_group[name], _sure(table))})
        for name, group in curves.items()
    }
    return table.model_copy(update={"groups": stepped})


def curve(values: Iterable[tuple[float, bool]]) -> tuple[Point, ...]:
    """Points of score and share of right values, neither falling.

    Each is of at least LEAST_VALUES values, where there are so many, and no score is in two.
    Below the lowest score that was measured the share goes down to nothing: where all values had
    0.99 and were right, nobody knows what 0.3 means.
    """
    ranked = sorted((round(score, PLACES), right) for score, right in values)
    points = never_falling(_pools(ranked))
    lowest = ranked[0][0]
    below = [Point(0.0, 0.0), Point(lowest, points[0].share)] if lowest else []
    rounded = [Point(round(p.score, _EXACT), round(p.share, _EXACT)) for p in (*below, *points)]
    return tuple(dict.fromkeys(rounded))


def _pools(ranked: Iterable[tuple[float, bool]]) -> list[Pool]:
    """Pools by rising score, each of LEAST_VALUES or more where there are so many."""
    pools: list[Pool] = []
    for score, group in groupby(ranked, key=lambda value: value[0]):
        rights = [right for _, right in group]
        pool = Pool(score * len(rights), sum(rights), len(rights))
        if pools and pools[-1].count < LEAST_VALUES:
            pools[-1] = _joined(pools[-1], pool)
        else:
            pools.append(pool)
    if len(pools) > 1 and pools[-1].count < LEAST_VALUES:
        last = pools.pop()
        pools[-1] = _joined(pools[-1], last)
    return pools


def _joined(one: Pool, other: Pool) -> Pool:
    return Pool(one.scores + other.scores, one.right + other.right, one.count + other.count)


def steps(known: Iterable[Known], sure: Callable[[Known], float]) -> tuple[Step, ...]:
    """How many values are at least so sure and right, from the surest down; the last has all."""
    ranked = sorted(((sure(one), one.right) for one in known), reverse=True)
    made: list[Step] = []
    values = right = 0
    for confidence, group in groupby(ranked, key=lambda value: value[0]):
        rights = [is_right for _, is_right in group]
        values, right = values + len(rights), right + sum(rights)
        kept = made[-1].values if made else 0
        if values == len(ranked) or (values - kept) * MOST_STEPS >= len(ranked):
            made.append(Step(confidence, values, right))
    return tuple(made)


def _sure(table: Confidences) -> Callable[[Known], float]:
    return lambda one: table.share(one.score, one.field, one.type)
