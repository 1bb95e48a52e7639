"""Words as they were drawn -> printed lines in the order a person reads them.

Drawn order cannot be trusted (a form's labels may all be drawn before its values), so words that
stand level become rows again, from left to right over the whole page. A page is then parted at a
gutter - a white strip from top to bottom of several rows - only where reading across it would be
wrong:

* prose on both sides: columns of running text;
* a ruled table on one side and none on the other;
* sides whose rows are not level with each other: blocks set side by side, such as an address
  beside the data of an invoice;
* an address beside another;
* rows of "label: value" on the right of something that is no heading of theirs;
* an address beside anything but the labels or the amounts of its lines, level with it or not.

Tables and forms have gutters too, and stay rows: label and value belong together.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from docextract.document import Box, Line, Word
from docextract.readers.geometry.address_blocks import among, goes_on
from docextract.readers.geometry.line_pieces import Piece, Row, pieces, printed_rows

_GUTTER = 6.0  # points: a strip narrower than this is a space, not a gutter
_BLOCK_ROWS = 3
_BREAK = 1.8  # in heights of a row: more white than this between two rows ends a block

_PROSE_ROWS = 4
_PROSE_WORDS = 4  # words in one piece of a line; cells of tables have fewer
_PROSE_SHARE = 0.7  # of a side's words stand in such pieces
_LETTERS = 0.75  # share of letters in prose; rows of numbers have fewer

_RULED = 0.8  # share of rows that stand in a ruled table
_LEVEL = 0.5  # share of rows with a partner across the gutter, under which blocks are not level
_BARE = 0.4  # share of rows that end in a label, which waits for a value across the gutter
_LABELLED = 0.6  # share of rows that begin with a label
_BESIDE = 0.5  # rows on the left for each on the right; fewer are headings of the rows


def lines(runs: Iterable[Sequence[Word]], tables: Sequence[Box] = ()) -> tuple[Line, ...]:
    """Printed lines in reading order.

    Args:
        runs: Upright words in drawn order; a run is what was drawn as one line, never empty.
        tables: Where ruled tables are; none is ever parted.
    """
    rows = printed_rows(piece for run in runs for piece in pieces(run))
    return tuple(_ordered(rows, tables))


def _ordered(rows: list[Row], tables: Sequence[Box]) -> Iterator[Line]:
    """The rows' lines; where a gutter parts them, first down its left side, then the right."""
    beside = sum(len(row) > 1 for row in rows) + sum(_beside(*pair) for pair in pairwise(rows))
    gutter = _parting(rows, tables) if beside >= _BLOCK_ROWS else None
    if gutter is None:
        for row in rows:
            words = [word for piece in row for word in piece.words]
            if len(row) > 1:  # pieces may overlap
                words.sort(key=lambda word: word.box.x0)
            yield tuple(words)
        return
    sides = gutter.sides(rows)
    yield from _ordered(rows[: gutter.first], tables)
    yield from _ordered(sides.left, tables)
    yield from _ordered(sides.right, tables)
    yield from _ordered(rows[gutter.end :], tables)


def _upwards(rows: list[Row], gutter: "_Gutter") -> "_Gutter":
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
        if nearest is None or not goes_on(above[0], nearest):
            break
        first -= 1
    return gutter._replace(first=first)


def _beside(above: Row, row: Row) -> bool:
    """Whether a row begins left or right of the one above rather than below it."""
    return row[0].top < above[0].bottom and (
        above[-1].x1 + _GUTTER <= row[0].x0 or row[-1].x1 + _GUTTER <= above[0].x0
    )


class _Sides(NamedTuple):
    """What rows have left and right of a strip; rows with nothing there are left out."""

    left: list[Row]
    right: list[Row]
    both: int  # rows with something on either side


class _Gutter(NamedTuple):
    """A white strip from x0 to x1 through the rows [first, end)."""

    x0: float
    x1: float
    first: int
    end: int

    def sides(self, rows: list[Row]) -> _Sides:
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
        return _Sides(left, right, len(left) + len(right) - (self.end - self.first))


def _parting(rows: list[Row], tables: Sequence[Box]) -> _Gutter | None:
    """The longest gutter across which it would be wrong to read."""
    found = [_upwards(rows, gutter) for gutter in _gutters(rows, tables)]
    found = [gutter for gutter in found if gutter.end - gutter.first >= _BLOCK_ROWS]
    found.sort(key=lambda gutter: gutter.first - gutter.end)
    # Most pages that get here are forms and tables: do not look for prose where there is none.
    if sum(len(p.words) >= _PROSE_WORDS for row in rows for p in row) >= 2 * _PROSE_ROWS:
        for gutter in found:
            if _columns(gutter.sides(rows)):
                return gutter
    breaks = _breaks(rows)
    for gutter in found:
        for stretch in _stretches(gutter, breaks):
            if stretch.end - stretch.first >= _BLOCK_ROWS and _blocks(stretch.sides(rows), tables):
                return stretch
    if address := _addressed(rows, found, both=True):
        return address
    for gutter in found:
        labelled = _trimmed(rows, gutter)
        if labelled and _labels(labelled.sides(rows)):
            return labelled
    return _addressed(rows, found, both=False)


def _gutters(rows: list[Row], tables: Sequence[Box]) -> Iterator[_Gutter]:
    """All strips that no piece and no table crosses, in one sweep from top to bottom."""
    going: list[_Gutter] = []
    for number, row in enumerate(rows):
        free = _free(row, tables)
        still: list[_Gutter] = []
        for gutter in going:
            left, right, begun, _ = gutter
            for x0, x1 in free:
                if x1 - left >= _GUTTER:  # the leftmost white that may leave enough of the strip
                    left, right = max(left, x0), min(right, x1)
                    break
            if right - left >= _GUTTER:
                still.append(_Gutter(left, right, begun, number + 1))
            else:
                yield gutter
        first = number
        if number and _beside(rows[number - 1], row):
            first = number - 1
            free = _free(sorted(rows[first] + row, key=itemgetter(0)), tables)
        for x0, x1 in free[1:-1]:
            if x1 - x0 >= _GUTTER and not any(g.x0 < x1 and x0 < g.x1 for g in still):
                still.append(_Gutter(x0, x1, first, number + 1))
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


def _breaks(rows: list[Row]) -> list[int]:
    """The rows with much white above them."""
    white = _BREAK * median(row[0].bottom - row[0].top for row in rows)
    tops = [min(piece.top for piece in row) for row in rows]
    bottoms = [max(piece.bottom for piece in row) for row in rows]
    return [at for at in range(1, len(rows)) if tops[at] - bottoms[at - 1] > white]


def _stretches(gutter: _Gutter, breaks: list[int]) -> Iterator[_Gutter]:
    """The gutter, parted at the breaks."""
    first = gutter.first
    for at in breaks:
        if first < at < gutter.end:
            yield gutter._replace(first=first, end=at)
            first = at
    yield gutter._replace(first=first)


def _columns(sides: _Sides) -> bool:
    """Whether there is prose on both sides."""
    fewer = min(len(sides.left), len(sides.right))
    return fewer >= _PROSE_ROWS and _is_prose(sides.left) and _is_prose(sides.right)


def _is_prose(rows: list[Row]) -> bool:
    pieces = [piece for row in rows for piece in row]
    words = sum(len(piece.words) for piece in pieces)
    long = [piece for piece in pieces if len(piece.words) >= _PROSE_WORDS]
    if sum(len(piece.words) for piece in long) < _PROSE_SHARE * words:
        return False
    text = "".join(word.text for piece in long for word in piece.words)
    return sum(map(str.isalpha, text)) >= _LETTERS * len(text)


def _blocks(sides: _Sides, tables: Sequence[Box]) -> bool:
    """Whether a table stands beside none, or rows beside others that they are not level with."""
    fewer = min(len(sides.left), len(sides.right))
    if fewer < _BLOCK_ROWS:
        return False
    ruled = _ruled(sides.left, tables), _ruled(sides.right, tables)
    if max(ruled) >= _RULED and min(ruled) <= 1 - _RULED:
        return True
    bare = sum(row[-1].words[-1].text.endswith(":") for row in sides.left)
    return sides.both < _LEVEL * fewer and bare <= _BARE * len(sides.left)


def _ruled(rows: list[Row], tables: Sequence[Box]) -> float:
    """The share of rows that begin within a table."""
    if not tables:
        return 0.0
    firsts = [row[0] for row in rows]
    within = (
        any(box.contains(piece.x0, (piece.top + piece.bottom) / 2) for box in tables)
        for piece in firsts
    )
    return sum(within) / len(rows)


def _addressed(rows: list[Row], gutters: list[_Gutter], *, both: bool) -> _Gutter | None:
    """The gutter along the first address that has something beside it, or another address."""
    for gutter in gutters:
        parted = rows[gutter.first : gutter.end]
        left = [[piece for piece in row if piece.x1 <= gutter.x0] for row in parted]
        right = [[piece for piece in row if piece.x0 >= gutter.x1] for row in parted]
        if found := among(left, right, both=both):
            first = gutter.first
            return gutter._replace(first=first + found.start, end=first + found.stop)
    return None


def _trimmed(rows: list[Row], gutter: _Gutter) -> _Gutter | None:
    """The gutter from the first to the last row that has "label:" on its right."""
    having = []
    for number in range(gutter.first, gutter.end):
        beyond = next((piece for piece in rows[number] if piece.x0 >= gutter.x1), None)
        if beyond and _is_labelled(beyond):
            having.append(number)
    if len(having) < _BLOCK_ROWS:
        return None
    return gutter._replace(first=having[0], end=having[-1] + 1)


def _labels(sides: _Sides) -> bool:
    """Whether "label: value" stands on the right, beside rows of another block."""
    left, right, _ = sides
    if len(left) < max(_BLOCK_ROWS, _BESIDE * len(right)):
        return False
    labelled = sum(_is_labelled(row[0]) for row in right)
    return labelled >= _LABELLED * len(right)


def _is_labelled(piece: Piece) -> bool:
    return any(word.text.endswith(":") for word in piece.words)
