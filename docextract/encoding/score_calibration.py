"""The model's scores -> confidences: how many values with such a score were right.

A model folder carries the table as `calibration.json`: for each type of field, points of score
and share of right values, neither falling. It is made by `fitted`, pool adjacent violators (Ayer
et al., 1955): of all curves that never fall, the one nearest to what was measured.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from docextract.errors import ConfigError
from docextract.mistakes import explain

NAME = "calibration.json"
#: The table's name for all types together, for a type that was not measured.
ALL = "all"
#: Values of which a point is made at least: fewer tell a share no closer than to 0.1.
LEAST_VALUES = 25


class Point(NamedTuple):
    """Of the values with this score, this share was right."""

    score: float
    share: float


_TABLE = TypeAdapter(dict[str, tuple[Point, ...]])


@dataclass(frozen=True)
class Calibration:
    """Type of field -> points, by rising score. Without any, a score is taken for the share."""

    points: Mapping[str, tuple[Point, ...]]

    @classmethod
    def load(cls, folder: Path) -> "Calibration":
        """The table of a model folder; one that leaves scores as they are where it has none.

        Raises ConfigError when the file is damaged.
        """
        path = folder / NAME
        if not path.is_file():
            return cls({})
        try:
            return cls(_TABLE.validate_json(path.read_bytes()))
        except OSError as error:
            raise ConfigError(f"cannot read {path}: {error.strerror}") from error
        except ValidationError as error:
            raise ConfigError(f"{path}: {explain(error)}") from error

    def save(self, folder: Path) -> None:
        """Write the table into a model folder."""
        text = json.dumps({name: list(points) for name, points in self.points.items()}, indent=1)
        (folder / NAME).write_text(text + "\n", "utf-8")

    @property
    def fingerprint(self) -> str:
        """Changes with the table."""
        return hashlib.sha256(repr(sorted(self.points.items())).encode()).hexdigest()

    def __call__(self, score: float, kind: str) -> float:
        """The confidence of a value of this type of field, linear between the points."""
        points = self.points.get(kind) or self.points.get(ALL)
        if not points:
            return score
        at = bisect_left([point.score for point in points], score)
        if at in (0, len(points)):
            return points[min(at, len(points) - 1)].share
        low, high = points[at - 1], points[at]
        part = (score - low.score) / (high.score - low.score)
        return low.share + part * (high.share - low.share)


def fitted(measured: Iterable[tuple[str, float, bool]]) -> Calibration:
    """The table that measurements make: type of field, score, and whether the value was right.

    A type with fewer than four times LEAST_VALUES has no curve of its own.
    """
    by_type: dict[str, list[tuple[float, bool]]] = {ALL: []}
    for kind, score, right in measured:
        by_type.setdefault(kind, []).append((score, right))
        by_type[ALL].append((score, right))
    curves = {
        kind: curve(values) for kind, values in by_type.items() if len(values) >= 4 * LEAST_VALUES
    }
    return Calibration(curves)


@dataclass
class Pool:
    """Values next to each other by score, taken together: the sum of scores, how many, right."""

    scores: float
    right: float
    count: int

    @property
    def share(self) -> float:
        """Of right values."""
        return self.right / self.count


def curve(values: Sequence[tuple[float, bool]]) -> tuple[Point, ...]:
    """The points of a curve that never falls, each of at least LEAST_VALUES values."""
    ranked = sorted(values)
    parts = [ranked[at : at + LEAST_VALUES] for at in range(0, len(ranked), LEAST_VALUES)]
    return never_falling(Pool(sum(s for s, _ in p), sum(r for _, r in p), len(p)) for p in parts)


def never_falling(found: Iterable[Pool]) -> tuple[Point, ...]:
    """The points of pools, given by rising score, whose shares are made to never fall."""
    pools: list[Pool] = []
    for pool in found:
        pools.append(pool)
        while len(pools) > 1 and pools[-1].share <= pools[-2].share:
            last = pools.pop()
            pools[-1].scores += last.scores
            pools[-1].right += last.right
            pools[-1].count += last.count
    # One right and one wrong value more: no share is known to be 0 or 1. Of few values that
    # weighs more, which must not make the curve fall.
    shares = accumulate(((pool.right + 1) / (pool.count + 2) for pool in pools), max)
    return tuple(Point(p.scores / p.count, share) for p, share in zip(pools, shares, strict=True))
