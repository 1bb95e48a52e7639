"""Table layout: widths of columns, and the printed lines of each row."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docextract.readers.typesetting.blocks import Cell, Grid
from docextract.readers.typesetting.monospace import GAP, split_lines, wrap_line

_EMPTY = Cell("")


class CellPiece(NamedTuple):
    """A printed line of a cell: `at` and `room` are its first column and width in characters."""

    text: str
    at: int
    room: int


class LayoutRow(NamedTuple):
    """A row of a table, or a part of one that is too tall for a page.

    `lines` are printed lines in reading order, each with the printed row (from 0) of each of
    its pieces. `cells` are (first column, columns wide, rows down), in characters.
    """

    height: int
    lines: tuple[tuple[tuple[int, CellPiece], ...], ...]
    cells: tuple[tuple[int, int, int] | None, ...]


def column_widths(grid: Grid, room: int, most_room: int) -> tuple[int, ...]:
    """The widths of the columns, in characters.

    As wide as the longest line where that fits into `room`, else between longest word and
    longest line; where even the words need more, up to `most_room`. A sheet takes as much of
    `most_room` as its longest lines need, `room` at most for any one of them: prose is wrapped.

    Source: automatic table layout, CSS 2.1 section 17.5.2.2.
    """
    least, most = _needs(grid, room if grid.sheet else None)
    room = most_room if grid.sheet else room
    gaps = GAP * (len(most) - 1)
    room, most_room = max(room - gaps, 1), max(most_room - gaps, len(most))
    if sum(most) <= room:
        return tuple(most)
    spare = room - sum(least)
    if spare >= 0:
        wish = [m - n for m, n in zip(most, least, strict=True)]
        return tuple(n + w * spare // sum(wish) for n, w in zip(least, wish, strict=True))
    if sum(least) <= most_room:
        return tuple(least)
    return tuple(max(1, n * most_room // sum(least)) for n in least)


def _needs(grid: Grid, limit: int | None) -> tuple[list[int], list[int]]:
    """For each column the longest word and the longest line; at least 1.

    With a limit, no line counts as longer, unless a word of it is.
    """
    least = [1] * len(grid.rows[0])
    most = [1] * len(grid.rows[0])
    wide: list[tuple[int, Cell]] = []
    for row in grid.rows:
        for c, cell in enumerate(row):
            if cell and cell.across > 1:
                wide.append((c, cell))
            elif cell:
                least[c] = max(least[c], _longest(cell.text.split()))
                line = _longest(split_lines(cell.text), limit)
                most[c] = max(most[c], least[c], line)
    for c, cell in wide:  # what it covers grows evenly until the cell's line fits
        lacks = _longest(split_lines(cell.text), limit) - sum(most[c : c + cell.across])
        lacks -= GAP * (cell.across - 1)
        for covered in range(c, min(c + cell.across, len(most))):
            most[covered] += max(0, -(-lacks // cell.across))
    return least, most


def _longest(texts: Sequence[str], limit: int | None = None) -> int:
    longest = max(map(len, texts), default=0)
    return longest if limit is None else min(longest, limit)


def layout_rows(grid: Grid, widths: Sequence[int], *, tallest: int) -> Iterator[LayoutRow]:
    """Lay out the rows of a table; one of more than `tallest` printed rows comes in parts."""
    starts = [sum(widths[:c]) + GAP * c for c in range(len(widths) + 1)]
    for given in grid.rows:
        row = _run_over(given, widths) if grid.sheet else given
        cells = tuple(
            (starts[c], starts[min(c + cell.across, len(widths))] - GAP - starts[c], cell.down)
            if cell
            else None
            for c, cell in enumerate(row)
        )
        yield from _parts(row, cells, tallest)


def _run_over(row: Sequence[Cell | None], widths: Sequence[int]) -> tuple[Cell | None, ...]:
    """The row, its too long texts on as many of the empty cells after them as they need."""
    done = list(row)
    for c, cell in enumerate(row):
        if not cell or not cell.text or cell.down > 1:
            continue
        length, end = _longest(split_lines(cell.text)), c + cell.across
        while end < len(row) and row[end] == _EMPTY and length > _width(widths[c:end]):
            done[end] = None
            end += 1
        done[c] = Cell(cell.text, end - c)
    return tuple(done)


def _width(widths: Sequence[int]) -> int:
    """The room of a cell over columns of these widths."""
    return sum(widths) + GAP * (len(widths) - 1)


def _parts(
    row: Sequence[Cell | None], cells: tuple[tuple[int, int, int] | None, ...], tallest: int
) -> Iterator[LayoutRow]:
    columns: list[list[CellPiece]] = []
    apart = 0  # cells with lines of their own, as two addresses side by side have
    for cell, place in zip(row, cells, strict=True):
        if cell and place:
            at, room, _ = place
            lines = split_lines(cell.text.strip("\n"))
            apart += len(lines) > 1
            columns.append(
                [CellPiece(text, at, room) for one in lines for text in wrap_line(one, room)]
            )
    height = max(map(len, columns), default=1)
    for first in range(0, height, tallest):
        part = [column[first : first + tallest] for column in columns]
        yield LayoutRow(
            min(tallest, height - first),
            tuple(_downwards(part) if apart > 1 else _across(part)),
            cells,
        )


def _across(columns: Sequence[Sequence[CellPiece]]) -> Iterator[tuple[tuple[int, CellPiece], ...]]:
    for n in range(max(map(len, columns), default=0)):
        yield tuple((n, column[n]) for column in columns if n < len(column))


def _downwards(
    columns: Sequence[Sequence[CellPiece]],
) -> Iterator[tuple[tuple[int, CellPiece], ...]]:
    for column in columns:
        yield from (((n, piece),) for n, piece in enumerate(column))
