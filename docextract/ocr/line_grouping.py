"""Line grouping: word boxes -> lines in reading order, with columns of prose kept apart.

Every engine's words go through here, so that "TOTAL      12.50" is one line whichever engine
found it, and two columns of prose are read one after the other. Pure geometry; the page is
taken to be upright and level.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median
from typing import NamedTuple

from docextract.document import Line, Word

# How a stretch of rows must look to be two columns rather than a table: set by reasoning, and
# looked at on a two-column brochure and on receipts; not tuned. A table's columns hold a word or
# three a row; columns of prose fill their width with more.
_MIN_ROWS = 5
_MIN_WORDS_A_ROW = 3.5
_MIN_FILL = 0.6
_MIN_GAP = 1.2  # of the height of the words


class Gap(NamedTuple):
    """A horizontal gap between two words of a row, in points."""

    left: float
    right: float

    def meet(self, other: "Gap") -> "Gap":
        """The intersection of both; empty (right <= left) where there is none."""
        return Gap(max(self.left, other.left), min(self.right, other.right))

    @property
    def width(self) -> float:
        """In points; negative when empty."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Gutter:
    """A vertical strip of white space through the rows [first, last)."""

    first: int
    last: int
    gap: Gap


def group_lines(words: Sequence[Word]) -> tuple[Line, ...]:
    """The words as lines in reading order: top to bottom, columns of prose one by one."""
    rows = group_rows(words)
    gutter = _gutter(rows)
    if gutter is None:
        return tuple(rows)
    inside = [word for row in rows[gutter.first : gutter.last] for word in row]
    middle = (gutter.gap.left + gutter.gap.right) / 2
    return (
        *group_lines([word for row in rows[: gutter.first] for word in row]),
        *group_lines([word for word in inside if word.box.x < middle]),
        *group_lines([word for word in inside if word.box.x >= middle]),
        *group_lines([word for row in rows[gutter.last :] for word in row]),
    )


def group_rows(words: Sequence[Word]) -> list[Line]:
    """The words by printed row, top to bottom, each row from left to right.

    A word belongs to the row whose middle it is nearest to, if that is nearer than half the
    height of the smaller of both.
    """
    rows: list[list[Word]] = []
    middles: list[float] = []
    heights: list[float] = []
    # Tall words first would draw two rows together; from the top down, rows grow in order.
    for word in sorted(words, key=lambda word: word.box.y):
        at = _nearest(word, middles, heights)
        if at is None:
            rows.append([word])
            middles.append(word.box.y)
            heights.append(word.box.height)
        else:
            rows[at].append(word)
            middles[at] = fmean(other.box.y for other in rows[at])
            heights[at] = median(other.box.height for other in rows[at])
    order = sorted(range(len(rows)), key=lambda index: middles[index])
    return [tuple(sorted(rows[index], key=lambda word: word.box.x0)) for index in order]


def _nearest(word: Word, middles: list[float], heights: list[float]) -> int | None:
    """Among the latest rows, the one whose middle is near enough to the word's."""
    best, distance = None, float("inf")
    for index in range(len(middles) - 1, max(-1, len(middles) - 5), -1):
        apart = abs(word.box.y - middles[index])
        if apart < min(distance, 0.5 * min(word.box.height, heights[index])):
            best, distance = index, apart
    return best


def _gutter(rows: list[Line]) -> Gutter | None:
    """The longest white space through rows that has columns of prose on both sides."""
    if len(rows) < _MIN_ROWS:
        return None
    height = median(word.box.height for row in rows for word in row)
    found = [
        gutter
        for first in range(len(rows))
        for gap in _gaps(rows[first : first + 2], _MIN_GAP * height)
        if (gutter := _follow(rows, first, gap, _MIN_GAP * height))
    ]
    found = [gutter for gutter in found if _prose(rows, gutter)]
    return max(found, key=lambda gutter: gutter.last - gutter.first, default=None)


def _gaps(rows: list[Line], wide: float) -> list[Gap]:
    """White space in the first row, or between it and the second where they stand side by side.

    The lines of two columns need not be level with each other.
    """
    gaps = [Gap(one.box.x1, other.box.x0) for one, other in pairwise(rows[0])]
    for one, other in (rows, rows[::-1]) if len(rows) > 1 else ():
        gaps.append(Gap(one[-1].box.x1, other[0].box.x0))
    return [gap for gap in gaps if gap.width >= wide]


def _follow(rows: list[Line], first: int, gap: Gap, wide: float) -> Gutter | None:
    """Down the rows from `first` as long as the gap stays open."""
    last = first
    for row in rows[first:]:
        middle = (gap.left + gap.right) / 2
        left = max((word.box.x1 for word in row if word.box.x < middle), default=gap.left)
        right = min((word.box.x0 for word in row if word.box.x >= middle), default=gap.right)
        narrowed = gap.meet(Gap(left, right))
        if narrowed.width < wide:
            break
        gap, last = narrowed, last + 1
    return Gutter(first, last, gap) if last - first >= _MIN_ROWS else None


def _prose(rows: list[Line], gutter: Gutter) -> bool:
    """Whether both sides of the gutter are filled like columns of prose."""
    middle = (gutter.gap.left + gutter.gap.right) / 2
    stretch = rows[gutter.first : gutter.last]
    sides = (
        [[word for word in row if word.box.x < middle] for row in stretch],
        [[word for word in row if word.box.x >= middle] for row in stretch],
    )
    return all(_filled([row for row in side if row]) for side in sides)


def _filled(column: list[list[Word]]) -> bool:
    if len(column) < _MIN_ROWS or fmean(len(row) for row in column) < _MIN_WORDS_A_ROW:
        return False
    left = min(row[0].box.x0 for row in column)
    width = max(row[-1].box.x1 for row in column) - left
    return width > 0 and median((row[-1].box.x1 - row[0].box.x0) / width for row in column) >= (
        _MIN_FILL
    )
