"""Gutters: vertical strips of white space between blocks that stand side by side."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from docextract.document import Box
from docextract.readers.geometry.address_blocks import continues_block
from docextract.readers.geometry.line_pieces import Row

MIN_GUTTER = 6.0  # points: a strip narrower than this is a space, not a gutter
_BREAK = 1.8  # in heights of a row: more white than this between two rows ends a block


class GutterSides(NamedTuple):
    """The parts of rows left and right of a gutter; rows with nothing there are left out."""

    left: list[Row]
    right: list[Row]
    both: int  # rows with something on either side


class Gutter(NamedTuple):
    """A vertical strip of white space from x0 to x1 through the rows [first, end)."""

    x0: float
    x1: float
    first: int
    end: int

    def sides(self, rows: list[Row]) -> GutterSides:
        """The parts of the rows on either side."""
        left, right = [], []
        for row in rows[self.first : self.end]:
            # Nothing crosses the strip, so one edge of a piece tells its side.
            if row[-1].x1 <= self.x0:
                left.append(row)
            elif row[0].x0 >= self.x1:
                right.append(row)
            else:
                left.append([piece for piece in row if piece.x0 < self.x0])
                right.append([piece for piece in row if piece.x0 >= self.x1])
        return GutterSides(left, right, len(left) + len(right) - (self.end - self.first))


def find_gutters(rows: list[Row], tables: Sequence[Box]) -> Iterator[Gutter]:
    """All gutters that no piece and no table crosses, in one sweep from top to bottom."""
    going: list[Gutter] = []
    for number, row in enumerate(rows):
        free = _free(row, tables)
        still: list[Gutter] = []
        for gutter in going:
            left, right, begun, _ = gutter
            for x0, x1 in free:
                if x1 - left >= MIN_GUTTER:  # the leftmost white that may leave enough of the strip
                    left, right = max(left, x0), min(right, x1)
                    break
            if right - left >= MIN_GUTTER:
                still.append(Gutter(left, right, begun, number + 1))
            else:
                yield gutter
        first = number
        if number and is_beside(rows[number - 1], row):
            first = number - 1
            free = _free(sorted(rows[first] + row, key=itemgetter(0)), tables)
        for x0, x1 in free[1:-1]:
            if x1 - x0 >= MIN_GUTTER and not any(g.x0 < x1 and x0 < g.x1 for g in still):
                still.append(Gutter(x0, x1, first, number + 1))
        going = still
    yield from going


def _free(row: Row, tables: Sequence[Box]) -> list[tuple[float, float]]:
    """The white of a row: before its first piece, between pieces, after the last."""
    taken = [(piece.x0, piece.x1) for piece in row]
    y = (row[0].top + row[0].bottom) / 2
    if across := [(box.x0, box.x1) for box in tables if box.top <= y <= box.bottom]:
        taken = sorted(taken + across)
    free, at = [], float("-inf")
    for x0, x1 in taken:
        if x0 > at:
            free.append((at, x0))
        at = max(at, x1)
    return [*free, (at, float("inf"))]


def block_breaks(rows: list[Row]) -> list[int]:
    """Numbers of the rows with much white above them, where a block begins."""
    white = _BREAK * median(row[0].bottom - row[0].top for row in rows)
    tops = [min(piece.top for piece in row) for row in rows]
    bottoms = [max(piece.bottom for piece in row) for row in rows]
    return [at for at in range(1, len(rows)) if tops[at] - bottoms[at - 1] > white]


def split_at_breaks(gutter: Gutter, breaks: list[int]) -> Iterator[Gutter]:
    """The gutter, split at the breaks."""
    first = gutter.first
    for at in breaks:
        if first < at < gutter.end:
            yield gutter._replace(first=first, end=at)
            first = at
    yield gutter._replace(first=first)


def extend_upwards(rows: list[Row], gutter: Gutter) -> Gutter:
    """The gutter with the first lines of a block that begins above what stands beside it."""
    first = gutter.first
    while first:
        above, right = rows[first - 1], rows[first - 1][0].x0 >= gutter.x1
        if len(above) > 1 or not (right or above[0].x1 <= gutter.x0):
            break
        below = (
            piece
            for row in rows[first : gutter.end]
            for piece in row
            if (piece.x0 >= gutter.x1) is right
        )
        nearest = next(below, None)
        if nearest is None or not continues_block(above[0], nearest):
            break
        first -= 1
    return gutter._replace(first=first)


def is_beside(above: Row, row: Row) -> bool:
    """Whether a row begins left or right of the one above rather than below it."""
    return row[0].top < above[0].bottom and (
        above[-1].x1 + MIN_GUTTER <= row[0].x0 or row[-1].x1 + MIN_GUTTER <= above[0].x0
    )
