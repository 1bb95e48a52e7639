"""Words as they were drawn -> printed lines in the order a person reads them.

Drawn order cannot be trusted (a form's labels may all be drawn before its values), so words that
stand level become rows again, from left to right over the whole page. A page is then parted at a
gutter - a white strip from top to bottom of several rows - only where reading across it would be
wrong:

* prose on both sides: columns of running text;
* sides whose rows are not level with each other: blocks set side by side, such as an address
  beside the data of an invoice;
* rows of "label: value" on the right of something that is no label.

Tables and forms have gutters too, and stay rows: label and value belong together.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from docextract.document import Line, Word

# In heights of the words beside it. Capitals are about 0.7 of the type size high, so this is 0.85
# of it: wider than the spaces of set text, narrower than the gutters between columns.
_SPACE = 1.2
_GUTTER = 6.0  # points: a strip narrower than this is a space, not a gutter
_PROSE_WORDS = 4  # words in one piece of a line; cells of tables have fewer
_PROSE_ROWS = 4
_PROSE_SHARE = 0.7  # of a side's words stand in such pieces
_LETTERS = 0.75  # share of letters in prose; rows of numbers have fewer
_BLOCK_ROWS = 3
_LEVEL = 0.5  # share of rows with a partner across the gutter, under which blocks are not level
_LABELLED = 0.6  # share of rows that begin with a label
_WAITING = 0.4  # share of rows that end in a label whose value stands across the gutter


class Piece(NamedTuple):
    """Words of one row with nothing but spaces between them."""

    x0: float
    top: float
    x1: float
    bottom: float
    words: list[Word]


#: Pieces that stand level, left to right.
Row = list[Piece]


def lines(runs: Iterable[Sequence[Word]]) -> tuple[Line, ...]:
    """Printed lines in reading order.

    Args:
        runs: Upright words in drawn order; a run is what was drawn as one line, never empty.
    """
    rows = _rows([piece for run in runs for piece in _pieces(run)])
    return tuple(_ordered(rows))


def _pieces(run: Sequence[Word]) -> Iterator[Piece]:
    """Part a run where it jumps: back, up, down, or over a gap."""
    first = run[0].box
    x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
    begin = 0
    for at in range(1, len(run)):
        box = run[at].box
        height = max(bottom - top, box.bottom - box.top)
        gap = box.x0 - x1
        # Twice the distance of the centres, to save two divisions a word.
        apart = abs(box.top + box.bottom - top - bottom)
        if -0.5 * height <= gap <= _SPACE * height and apart <= 1.2 * height:
            x1 = max(x1, box.x1)
            top, bottom = min(top, box.top), max(bottom, box.bottom)
            continue
        yield Piece(x0, top, x1, bottom, list(run[begin:at]))
        begin = at
        x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    yield Piece(x0, top, x1, bottom, list(run[begin:]))


def _rows(pieces: list[Piece]) -> list[Row]:
    """Pieces that stand level, from top to bottom."""
    pieces.sort(key=lambda piece: piece.top + piece.bottom)
    rows: list[Row] = []
    cores: list[tuple[float, float]] = []  # what all tall pieces of a row have in common
    for piece in pieces:
        height = piece.bottom - piece.top
        # Only the last rows can be level with a piece that is not above any of them.
        for at in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            top, bottom = cores[at]
            shared = min(bottom, piece.bottom) - max(top, piece.top)
            if shared >= 0.5 * min(bottom - top, height):
                rows[at].append(piece)
                # A dash or dot is level with a row, but no measure for what else is.
                if height >= 0.5 * (bottom - top):
                    cores[at] = max(top, piece.top), min(bottom, piece.bottom)
                break
        else:
            rows.append([piece])
            cores.append((piece.top, piece.bottom))
    for row in rows:
        row.sort(key=itemgetter(0))
    return rows


def _ordered(rows: list[Row]) -> Iterator[Line]:
    """The rows' lines; those between two gutters first down the left side, then the right."""
    gutter = _best_gutter(rows) if sum(len(row) > 1 for row in rows) >= _BLOCK_ROWS else None
    if gutter is None:
        for row in rows:
            words = [word for piece in row for word in piece.words]
            if len(row) > 1:  # pieces may overlap
                words.sort(key=lambda word: word.box.x0)
            yield tuple(words)
        return
    left, right = gutter.sides(rows)
    yield from _ordered(rows[: gutter.first])
    yield from _ordered(left)
    yield from _ordered(right)
    yield from _ordered(rows[gutter.end :])


class _Gutter(NamedTuple):
    """A white strip from x0 to x1 through the rows [first, end)."""

    x0: float
    x1: float
    first: int
    end: int

    def sides(self, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        """The rows' parts left and right of the strip; empty parts are left out."""
        within = rows[self.first : self.end]
        left = [[piece for piece in row if piece.x1 <= self.x0] for row in within]
        right = [[piece for piece in row if piece.x0 >= self.x1] for row in within]
        return [row for row in left if row], [row for row in right if row]


def _best_gutter(rows: list[Row]) -> _Gutter | None:
    """The longest strip that parts columns or blocks."""
    found = [gutter for gutter in _gutters(rows) if gutter.end - gutter.first >= _BLOCK_ROWS]
    found.sort(key=lambda gutter: gutter.first - gutter.end)
    return next((gutter for gutter in found if _parts(rows, gutter)), None)


def _gutters(rows: list[Row]) -> Iterator[_Gutter]:
    """All strips that no piece crosses, in one sweep from top to bottom."""
    open_: list[_Gutter] = []
    for number, row in enumerate(rows):
        free = _free(row)
        going: list[_Gutter] = []
        for gutter in open_:
            x0, x1 = max(
                ((max(gutter.x0, a), min(gutter.x1, b)) for a, b in free),
                key=lambda strip: strip[1] - strip[0],
            )
            if x1 - x0 >= _GUTTER:
                going.append(_Gutter(x0, x1, gutter.first, number + 1))
            else:
                yield gutter
        for a, b in free[1:-1]:
            if b - a >= _GUTTER and not any(g.x0 < b and a < g.x1 for g in going):
                going.append(_Gutter(a, b, number, number + 1))
        open_ = going
    yield from open_


def _free(row: Row) -> list[tuple[float, float]]:
    """The white of a row: before its first piece, between pieces, after the last."""
    free, at = [], float("-inf")
    for piece in row:
        if piece.x0 > at:
            free.append((at, piece.x0))
        at = max(at, piece.x1)
    return [*free, (at, float("inf"))]


def _parts(rows: list[Row], gutter: _Gutter) -> bool:
    """Whether reading across the strip would be wrong."""
    left, right = gutter.sides(rows)
    fewer = min(len(left), len(right))
    if fewer < _BLOCK_ROWS:
        return False
    if fewer >= _PROSE_ROWS and _is_prose(left) and _is_prose(right):
        return True
    both = len(left) + len(right) - (gutter.end - gutter.first)
    return both < _LEVEL * fewer or (_labelled(right) and not _bare_labels(left))


def _is_prose(rows: list[Row]) -> bool:
    pieces = [piece for row in rows for piece in row]
    words = sum(len(piece.words) for piece in pieces)
    long = [piece for piece in pieces if len(piece.words) >= _PROSE_WORDS]
    if sum(len(piece.words) for piece in long) < _PROSE_SHARE * words:
        return False
    text = "".join(word.text for piece in long for word in piece.words)
    return sum(map(str.isalpha, text)) >= _LETTERS * len(text)


def _labelled(rows: list[Row]) -> bool:
    """Whether rows begin with "label:", as the data block of an invoice does."""
    having = sum(any(word.text.endswith(":") for word in row[0].words) for row in rows)
    return having >= _LABELLED * len(rows)


def _bare_labels(rows: list[Row]) -> bool:
    """Whether rows are labels that wait for a value on their right."""
    having = sum(row[-1].words[-1].text.endswith(":") for row in rows)
    return having >= _WAITING * len(rows)
