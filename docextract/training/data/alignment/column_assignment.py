"""Assigns matches of cell values to table columns where equal numbers are ambiguous."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docextract.training.data.alignment.search import Match, SearchableDocument

#: Numbers whose right edges are no further apart, in points, are in one column.
_APART = 20.0
#: A head further from a column than this, in points, is not its head.
_FAR = 60.0
#: A head stands at most so many lines above the first row.
_ABOVE = 8


class CellMatch(NamedTuple):
    """A candidate match of a row's value of a column; `off`: lines from the row's own."""

    row: int
    column: str
    place: Match
    off: int


def assign_columns(
    sought: SearchableDocument, cells: Sequence[CellMatch], names: Sequence[str], rows: int
) -> Mapping[int, Mapping[str, Match]]:
    """Assign matches to cells: row -> column -> match, no match for two columns.

    Columns are given, most certain first, to stretches of the page where their values stand in
    as many rows as possible, near the printed head of that column if there is one.
    """
    edges = _edges(sought, cells)
    heads = _heads(sought, cells, names)
    bids = []
    for name in names:
        for edge in sorted(set(edges.values())):
            there = [cell for cell in cells if cell.column == name and edges[cell] == edge]
            votes = sum(0.5**cell.off for cell in there) / rows
            if there:
                far = min(abs(edge - heads[name]) / _FAR, 1.0) if name in heads else 0.5
                bids.append((votes - far, name, edge))
    given: dict[str, float] = {}
    for _, name, edge in sorted(bids, key=lambda bid: (-bid[0], names.index(bid[1]), bid[2])):
        if name not in given and edge not in given.values():
            given[name] = edge
    made: dict[int, dict[str, Match]] = {}
    for cell in sorted(cells, key=lambda cell: cell.off):
        if edges[cell] == given.get(cell.column):
            made.setdefault(cell.row, {}).setdefault(cell.column, cell.place)
    return made


def _edges(sought: SearchableDocument, cells: Sequence[CellMatch]) -> Mapping[CellMatch, float]:
    """Each cell's column of the page, told by the right edge of its leftmost member."""
    words = sought.document.words
    made: dict[CellMatch, float] = {}
    last = first = float("-inf")
    for cell in sorted(cells, key=lambda cell: words[cell.place.end - 1].word.box.x1):
        edge = words[cell.place.end - 1].word.box.x1
        if edge - last > _APART:
            first = edge
        made[cell] = first
        last = edge
    return made


def _heads(
    sought: SearchableDocument, cells: Sequence[CellMatch], names: Sequence[str]
) -> Mapping[str, float]:
    """Where the printed heads of columns end, in points from the left."""
    words = sought.document.words
    first = min((sought.lines[cell.place.start] for cell in cells), default=0)
    made: dict[str, float] = {}
    for anchor in sorted(sought.anchors, key=lambda anchor: anchor.rank):
        name = anchor.path.rpartition(".")[2]
        last = words[sought.number(anchor.end - 1)]
        near = first - _ABOVE <= last.line < first
        if "." in anchor.path and name in names and near:
            made.setdefault(name, last.word.box.x1)
    return made
