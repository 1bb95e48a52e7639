"""Line pieces: splits runs of words at gaps, and groups the pieces into rows."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from docextract.document import Word

# In heights of the words beside it. Capitals are about 0.7 of the type size high, so this is 0.85
# of it: wider than the spaces of set text, narrower than the gutters between columns.
_SPACE = 1.2


class LinePiece(NamedTuple):
    """Words of one row with nothing but spaces between them."""

    x0: float
    top: float
    x1: float
    bottom: float
    words: list[Word]


#: Pieces that stand level, left to right.
Row = list[LinePiece]


def split_run(run: Sequence[Word]) -> Iterator[LinePiece]:
    """Split a run of words where it jumps: back, up, down, or over a gap."""
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
        yield LinePiece(x0, top, x1, bottom, list(run[begin:at]))
        begin = at
        x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    yield LinePiece(x0, top, x1, bottom, list(run[begin:]))


def group_rows(found: Iterable[LinePiece]) -> list[Row]:
    """Group pieces that are at the same height into rows, from top to bottom."""
    rows: list[Row] = []
    cores: list[tuple[float, float]] = []  # what all tall pieces of a row have in common
    for piece in sorted(found, key=lambda piece: piece.top + piece.bottom):
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
