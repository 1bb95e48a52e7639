"""Page flow: sets blocks without layout on nominal A4 pages, so that every word has a box.

DOCX, HTML, mail or plain text say what follows what, not where it stands. Here it is set on
nominal A4 pages in letters of one width, so that every word has a box, label and value of one
row stand on one printed line, and columns stand in line. What comes after reading then works
the same for all formats.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from docextract.document import Box, Line, Page, Table, Word
from docextract.errors import EmptyInput, TooLargeInput
from docextract.readers.options import ReadOptions
from docextract.readers.typesetting.blocks import Block, Break, Grid, Text
from docextract.readers.typesetting.monospace import LONGEST_WORD, split_lines, wrap_line
from docextract.readers.typesetting.table_layout import (
    CellPiece,
    LayoutRow,
    column_widths,
    layout_rows,
)

WIDTH, HEIGHT = 595.0, 842.0  # A4, in points
_MARGIN = 50.0
_ADVANCE = 6.0  # a letter of running text: Courier at 10 points
_PITCH = 14.0  # from line to line
_LETTER = 10.0  # height of a word's box
_PER_LINE = int((WIDTH - 2 * _MARGIN) / _ADVANCE)
_ROWS = int((HEIGHT - 2 * _MARGIN) / _PITCH)
#: Letters on a line of the smallest print, 2 points a letter.
_AT_MOST = int((WIDTH - 2 * _MARGIN) / 2)
assert _AT_MOST == LONGEST_WORD

#: Blanks in a row that make a column; two may just follow a full stop.
_COLUMN = " " * 3


class _Strip(NamedTuple):
    """The smallest part that stays on one page: a printed line, or a row of a table.

    `size` multiplies the measures above. `table` numbers the tables, 0 is none.
    """

    row: LayoutRow
    size: float = 1.0
    table: int = 0

    @property
    def height(self) -> float:
        """In points."""
        return self.row.height * _PITCH * self.size


#: A strip and its top on the page, in points.
_Placed = tuple[float, _Strip]

_GAP = _Strip(LayoutRow(1, (), ()), size=0.5)


def typeset(blocks: Iterable[Block], *, read_by: str, options: ReadOptions) -> tuple[Page, ...]:
    """Set blocks on pages; the pages within the page range.

    Raises EmptyInput when there is no text, TooLargeInput over `max_pages`.
    """
    made: list[Page] = []
    number = 0
    for number, placed in enumerate(_paginate(_strips(blocks)), 1):
        if not options.wanted(number):
            continue
        if len(made) == options.max_pages:
            raise TooLargeInput(
                f"more than {options.max_pages} pages; raise max_pages or give a page range"
            )
        made.append(_page(number, placed, read_by))
    if not number:
        raise EmptyInput("there is no text in it")
    if not made:
        raise EmptyInput(f"it has {number} pages, none of them in {options.page_range!r}")
    return tuple(made)


def _strips(blocks: Iterable[Block]) -> Iterator[_Strip | Break]:
    for number, block in enumerate(blocks, 1):
        match block:
            case Break():
                yield block
            case Grid():
                yield _GAP
                yield from _table(block, number)
            case Text():
                yield _GAP
                yield from _text(block)


def _text(block: Text) -> Iterator[_Strip]:
    lines = split_lines(block.text)
    size = block.size
    if block.preformatted:
        widest = max((len(line) for line in lines if _COLUMN in line.strip()), default=0)
        size *= min(1.0, _PER_LINE / min(max(widest, 1), _AT_MOST))
    room = max(1, round(_PER_LINE / size))
    for line in lines:
        for row in wrap_line(line, room):
            yield _Strip(LayoutRow(1, (((0, CellPiece(row, 0, room)),),) if row else (), ()), size)


def _table(block: Grid, number: int) -> Iterator[_Strip]:
    if not block.rows or not block.rows[0]:
        return
    widths = column_widths(block, _PER_LINE, _AT_MOST)
    size = min(1.0, _PER_LINE / (sum(widths) + 2 * (len(widths) - 1)))
    for row in layout_rows(block, widths, tallest=int(_ROWS / size)):
        yield _Strip(row, size, number)


def _paginate(strips: Iterable[_Strip | Break]) -> Iterator[list[_Placed]]:
    """Pages that have text, as strips with their tops."""
    page: list[_Placed] = []
    written, top = False, _MARGIN
    for strip in strips:
        full = isinstance(strip, Break) or top + strip.height > HEIGHT - _MARGIN
        if full and written:
            yield page
        if full:
            page, written, top = [], False, _MARGIN
        if isinstance(strip, _Strip) and (page or strip.row.lines):
            page.append((top, strip))
            written |= _is_written(strip)
            top += strip.height
    if written:
        yield page


def _is_written(strip: _Strip) -> bool:
    return any(piece.text.strip() for line in strip.row.lines for _, piece in line)


def _page(number: int, placed: list[_Placed], read_by: str) -> Page:
    lines = (line for top, strip in placed for line in _lines(top, strip))
    tables = (
        _grid(list(run)) for table, run in groupby(placed, key=lambda at: at[1].table) if table
    )
    return Page(
        number,
        WIDTH,
        HEIGHT,
        tuple(line for line in lines if line),
        read_by,
        reason="no layout in the file; set on nominal pages",
        tables=tuple(tables),
    )


def _lines(top: float, strip: _Strip) -> Iterator[Line]:
    for line in strip.row.lines:
        yield tuple(word for down, piece in line for word in _words(top, down, piece, strip.size))


def _words(top: float, down: int, piece: CellPiece, size: float) -> Iterator[Word]:
    # A word longer than its room is squeezed: its box stays in the cell or on the page.
    advance = _ADVANCE * size * min(1.0, piece.room / max(1, len(piece.text)))
    left = _MARGIN + piece.at * _ADVANCE * size
    y = top + (down * _PITCH + (_PITCH - _LETTER) / 2) * size
    at = 0
    for text in piece.text.split():
        at = piece.text.index(text, at)
        yield Word(
            text,
            Box(left + at * advance, y, left + (at + len(text)) * advance, y + _LETTER * size),
        )
        at += len(text)


def _grid(placed: list[_Placed]) -> Table:
    bottoms = [top + strip.height for top, strip in placed]
    return Table(
        tuple(
            tuple(
                cell and _cell(cell, strip.size, top, bottoms[min(r + cell[2], len(placed)) - 1])
                for cell in strip.row.cells
            )
            for r, (top, strip) in enumerate(placed)
        )
    )


def _cell(place: tuple[int, int, int], size: float, top: float, bottom: float) -> Box:
    at, room, _ = place
    left = _MARGIN + at * _ADVANCE * size
    return Box(left, top, left + room * _ADVANCE * size, bottom)
