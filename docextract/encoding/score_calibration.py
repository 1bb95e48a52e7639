"""Score calibration by isotonic regression: a model's score -> the share of values that are right.

A model folder carries the table as `calibration.json`: for each type of field, points of score
and share of right values, both ascending. It is made by `fit_calibrator` with the algorithm of
pool adjacent violators (Ayer et al., 1955): of all non-decreasing curves, the one nearest to
what was measured.
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
from docextract.validation_errors import format_validation_error

CALIBRATION_FILE = "calibration.json"
#: The table's key for all types together, used for a type that was not measured.
ALL_TYPES = "all"
#: The fewest values that make a point: from fewer, a share is known no closer than to 0.1.
MIN_VALUES_PER_POINT = 25


class CalibrationPoint(NamedTuple):
    """A point of a calibration curve: of the values with this score, this share was right."""

    score: float
    share: float


_TABLE = TypeAdapter(dict[str, tuple[CalibrationPoint, ...]])


@dataclass(frozen=True)
class ScoreCalibrator:
    """Type of field -> points by ascending score. Without any, the score is the confidence."""

    points: Mapping[str, tuple[CalibrationPoint, ...]]

    @classmethod
    def load(cls, folder: Path) -> "ScoreCalibrator":
        """The table of a model folder; one that leaves scores as they are where it has none.

        Raises ConfigError when the file is damaged.
        """
        path = folder / CALIBRATION_FILE
        if not path.is_file():
            return cls({})
        try:
            return cls(_TABLE.validate_json(path.read_bytes()))
        except OSError as error:
            raise ConfigError(f"cannot read {path}: {error.strerror}") from error
        except ValidationError as error:
            raise ConfigError(f"{path}: {format_validation_error(error)}") from error

    def save(self, folder: Path) -> None:
        """Write the table into a model folder."""
        text = json.dumps({name: list(points) for name, points in self.points.items()}, indent=1)
        (folder / CALIBRATION_FILE).write_text(text + "\n", "utf-8")

    @property
    def fingerprint(self) -> str:
        """Changes with the table."""
        return hashlib.sha256(repr(sorted(self.points.items())).encode()).hexdigest()

    def __call__(self, score: float, kind: str) -> float:
        """The confidence of a value of this type of field, linear between the points."""
        points = self.points.get(kind) or self.points.get(ALL_TYPES)
        if not points:
            return score
        at = bisect_left([point.score for point in points], score)
        if at in (0, len(points)):
            return points[min(at, len(points) - 1)].share
        low, high = points[at - 1], points[at]
        part = (score - low.score) / (high.score - low.score)
        return low.share + part * (high.share - low.share)


def fit_calibrator(measured: Iterable[tuple[str, float, bool]]) -> ScoreCalibrator:
    """Fit the table to measurements: type of field, score, and whether the value was right.

    A type with fewer than four times MIN_VALUES_PER_POINT has no curve of its own.
    """
    by_type: dict[str, list[tuple[float, bool]]] = {ALL_TYPES: []}
    for kind, score, right in measured:
        by_type.setdefault(kind, []).append((score, right))
        by_type[ALL_TYPES].append((score, right))
    curves = {
        kind: isotonic_curve(values)
        for kind, values in by_type.items()
        if len(values) >= 4 * MIN_VALUES_PER_POINT
    }
    return ScoreCalibrator(curves)


@dataclass
class Pool:
    """Values with neighbouring scores, pooled: the sum of scores, how many, how many are right."""

    scores: float
    right: float
    count: int

    @property
    def share(self) -> float:
        """The share of right values."""
        return self.right / self.count


def isotonic_curve(values: Sequence[tuple[float, bool]]) -> tuple[CalibrationPoint, ...]:
    """A non-decreasing curve through (score, right), of MIN_VALUES_PER_POINT values a point."""
    ranked = sorted(values)
    parts = [
        ranked[at : at + MIN_VALUES_PER_POINT] for at in range(0, len(ranked), MIN_VALUES_PER_POINT)
    ]
    return pool_adjacent_violators(
        Pool(sum(s for s, _ in p), sum(r for _, r in p), len(p)) for p in parts
    )


def pool_adjacent_violators(found: Iterable[Pool]) -> tuple[CalibrationPoint, ...]:
    """Merge pools, given by ascending score, until their shares ascend too; the curve's points."""
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
    return tuple(
        CalibrationPoint(p.scores / p.count, share) for p, share in zip(pools, shares, strict=True)
    )
