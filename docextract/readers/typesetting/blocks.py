"""Content blocks of a document without layout: text, tables and page breaks, in order.

Readers of such formats give these blocks to `flow.typeset`, which finds them a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from docextract.errors import TooLargeInput


class Break(Enum):
    """A page break; several in a row count once."""

    PAGE = auto()


@dataclass(frozen=True, slots=True)
class Text:
    r"""One or more lines, apart by "\n". Tabs part columns, runs of spaces keep their width.

    `size` is the height of the letters as a multiple of running text. `preformatted` text is
    set smaller, where its columns need more room, rather than wrapped.
    """

    text: str
    size: float = 1.0
    preformatted: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table that covers `across` columns and `down` rows."""

    text: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Rows are equally long; a place that a neighbour's cell covers holds None.

    A `sheet` is set smaller rather than wrapped, and a text that is too long for its column
    runs over the empty cells to its right, as spreadsheets show it.
    """

    rows: tuple[tuple[Cell | None, ...], ...]
    sheet: bool = False


Block = Text | Grid | Break

#: A larger table is refused: a few bytes of markup can ask for any number of cells.
MAX_CELLS = 1_000_000


def block_text(block: Text | Grid) -> str:
    """The text of a block inside a cell: of a table, a line for each row."""
    if isinstance(block, Text):
        return block.text
    return "\n".join("\t".join(cell.text for cell in row if cell) for row in block.rows)


def simple_grid(rows: Sequence[Sequence[str]]) -> Grid:
    """A table without merged cells; short rows are filled up with empty cells.

    Raises TooLargeInput.
    """
    return spanned_grid([[Cell(text) for text in row] for row in rows])


def spanned_grid(rows: Sequence[Sequence[Cell]], *, sheet: bool = False) -> Grid:
    """A table from cells with spans as in HTML, where rows leave covered places out.

    A cell is cut down to the rows there are, short rows are filled up with empty cells.
    Raises TooLargeInput.
    """
    placed: list[dict[int, Cell | None]] = [{} for _ in rows]
    covered = 0
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while c in placed[r]:
                c += 1
            down = min(cell.down, len(rows) - r)
            covered += down * cell.across
            _check_size(covered)
            for below in placed[r : r + down]:
                below.update(dict.fromkeys(range(c, c + cell.across)))
            placed[r][c] = Cell(cell.text, cell.across, down)
            c += cell.across
    width = max((max(row) + 1 for row in placed if row), default=0)
    _check_size(width * len(rows))
    empty = Cell("")
    return Grid(tuple(tuple(row.get(c, empty) for c in range(width)) for row in placed), sheet)


def _check_size(cells: int) -> None:
    if cells > MAX_CELLS:
        raise TooLargeInput(f"a table of more than {MAX_CELLS:,} cells")
