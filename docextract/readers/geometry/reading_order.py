"""Reading order: sorts words with boxes into lines, and lines into blocks and columns.

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

from docextract.document import Box, Line, Word
from docextract.readers.geometry.address_blocks import find_address_rows
from docextract.readers.geometry.gutters import (
    Gutter,
    GutterSides,
    block_breaks,
    extend_upwards,
    find_gutters,
    is_beside,
    split_at_breaks,
)
from docextract.readers.geometry.line_pieces import LinePiece, Row, group_rows, split_run

_BLOCK_ROWS = 3

_PROSE_ROWS = 4
_PROSE_WORDS = 4  # words in one piece of a line; cells of tables have fewer
_PROSE_SHARE = 0.7  # of a side's words stand in such pieces
_LETTERS = 0.75  # share of letters in prose; rows of numbers have fewer

_RULED = 0.8  # share of rows that stand in a ruled table
_LEVEL = 0.5  # share of rows with a partner across the gutter, under which blocks are not level
_BARE = 0.4  # share of rows that end in a label, which waits for a value across the gutter
_LABELLED = 0.6  # share of rows that begin with a label
_BESIDE = 0.5  # rows on the left for each on the right; fewer are headings of the rows


def order_lines(runs: Iterable[Sequence[Word]], tables: Sequence[Box] = ()) -> tuple[Line, ...]:
    """Printed lines in reading order.

    Args:
        runs: Upright words in drawn order; a run is what was drawn as one line, never empty.
        tables: Where ruled tables are; none is ever parted.
    """
    rows = group_rows(piece for run in runs for piece in split_run(run))
    return tuple(_ordered_lines(rows, tables))


def _ordered_lines(rows: list[Row], tables: Sequence[Box]) -> Iterator[Line]:
    """The rows' lines; where a gutter parts them, first down its left side, then the right."""
    beside = sum(len(row) > 1 for row in rows) + sum(is_beside(*pair) for pair in pairwise(rows))
    gutter = _splitting_gutter(rows, tables) if beside >= _BLOCK_ROWS else None
    if gutter is None:
        for row in rows:
            words = [word for piece in row for word in piece.words]
            if len(row) > 1:  # pieces may overlap
                words.sort(key=lambda word: word.box.x0)
            yield tuple(words)
        return
    sides = gutter.sides(rows)
    yield from _ordered_lines(rows[: gutter.first], tables)
    yield from _ordered_lines(sides.left, tables)
    yield from _ordered_lines(sides.right, tables)
    yield from _ordered_lines(rows[gutter.end :], tables)


def _splitting_gutter(rows: list[Row], tables: Sequence[Box]) -> Gutter | None:
    """The longest gutter across which lines must not be read."""
    found = [extend_upwards(rows, gutter) for gutter in find_gutters(rows, tables)]
    found = [gutter for gutter in found if gutter.end - gutter.first >= _BLOCK_ROWS]
    found.sort(key=lambda gutter: gutter.first - gutter.end)
    # Most pages that get here are forms and tables: do not look for prose where there is none.
    if sum(len(p.words) >= _PROSE_WORDS for row in rows for p in row) >= 2 * _PROSE_ROWS:
        for gutter in found:
            if _columns(gutter.sides(rows)):
                return gutter
    breaks = block_breaks(rows)
    for gutter in found:
        for stretch in split_at_breaks(gutter, breaks):
            if stretch.end - stretch.first >= _BLOCK_ROWS and _blocks(stretch.sides(rows), tables):
                return stretch
    if address := _addressed(rows, found, both=True):
        return address
    for gutter in found:
        labelled = _trimmed(rows, gutter)
        if labelled and _labels(labelled.sides(rows)):
            return labelled
    return _addressed(rows, found, both=False)


def _columns(sides: GutterSides) -> bool:
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


def _blocks(sides: GutterSides, tables: Sequence[Box]) -> bool:
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


def _addressed(rows: list[Row], gutters: list[Gutter], *, both: bool) -> Gutter | None:
    """The gutter along the first address that has something beside it, or another address."""
    for gutter in gutters:
        parted = rows[gutter.first : gutter.end]
        left = [[piece for piece in row if piece.x1 <= gutter.x0] for row in parted]
        right = [[piece for piece in row if piece.x0 >= gutter.x1] for row in parted]
        if found := find_address_rows(left, right, both=both):
            first = gutter.first
            return gutter._replace(first=first + found.start, end=first + found.stop)
    return None


def _trimmed(rows: list[Row], gutter: Gutter) -> Gutter | None:
    """The gutter from the first to the last row that has "label:" on its right."""
    having = []
    for number in range(gutter.first, gutter.end):
        beyond = next((piece for piece in rows[number] if piece.x0 >= gutter.x1), None)
        if beyond and _is_labelled(beyond):
            having.append(number)
    if len(having) < _BLOCK_ROWS:
        return None
    return gutter._replace(first=having[0], end=having[-1] + 1)


def _labels(sides: GutterSides) -> bool:
    """Whether "label: value" stands on the right, beside rows of another block."""
    left, right, _ = sides
    if len(left) < max(_BLOCK_ROWS, _BESIDE * len(right)):
        return False
    labelled = sum(_is_labelled(row[0]) for row in right)
    return labelled >= _LABELLED * len(right)


def _is_labelled(piece: LinePiece) -> bool:
    return any(word.text.endswith(":") for word in piece.words)
