"""Ruled tables on a PDF page.

pdfplumber finds the cells, from lines that PDFium gives: parsing the page a second time with
pdfminer, as pdfplumber does by itself, takes fifty times as long as reading its text.
"""

from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_float
from typing import TYPE_CHECKING, Any

from docextract.document import Box, Table
from docextract.readers.pdf.file import PageFrame, PdfBox
from docextract.readers.pdf.page_objects import object_bounds, page_objects

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_THIN = 2.0  # points: thicker is a box, not a line
_SHORT = 4.0  # points: shorter lines are parts of letters and dashes
_TOLERANCE = 3.0  # points that lines may miss each other by; pdfplumber's default
#: More lines than this are a drawing: a full order form has 400.
_MOST_LINES = 600
#: A path of more segments is a drawing.
_MOST_SEGMENTS = 200

#: A level or upright line (x0, top, x1, bottom) as seen; two of its numbers are equal.
Ruling = PdfBox
#: The same as pdfplumber writes it.
_Edge = dict[str, Any]


def find_tables(page: "PdfPage", frame: PageFrame) -> tuple[Table, ...]:
    """The ruled grids on the page, of at least two rows and two columns."""
    return find_grids(list(page_rulings(page, frame)))


def find_grids(lines: Sequence[Ruling]) -> tuple[Table, ...]:
    """The grids of at least two rows and two columns that the lines form."""
    level = sum(top == bottom for _, top, _, bottom in lines)
    # Two by two cells have three lines each way; a few underlines are no table.
    if level < 3 or len(lines) - level < 3 or len(lines) > _MOST_LINES:
        return ()
    found = (_table(cells) for cells in _cells(lines))
    return tuple(table for table in found if len(table.rows) > 1 and len(table.rows[0]) > 1)


def page_rulings(page: "PdfPage", frame: PageFrame) -> Iterator[Ruling]:
    """The horizontal and vertical lines on the page, sides of boxes included."""
    from pypdfium2 import raw

    for path in page_objects(page, raw.FPDF_PAGEOBJ_PATH):
        count = raw.FPDFPath_CountSegments(path)
        if count <= 5:  # one line or one rectangle; its bounds tell it all
            yield from _sides(frame.place(object_bounds(path)))
        elif count <= _MOST_SEGMENTS:
            for x0, y0, x1, y1 in _strokes(path, count):
                box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                if min(box[2] - box[0], box[3] - box[1]) <= _THIN:  # no diagonals
                    yield from _sides(frame.place(box))


def _sides(box: PdfBox) -> Iterator[Ruling]:
    x0, top, x1, bottom = box
    width, height = x1 - x0, bottom - top
    if height <= _THIN:
        if width >= _SHORT:
            y = (top + bottom) / 2
            yield x0, y, x1, y
    elif width <= _THIN:
        if height >= _SHORT:
            x = (x0 + x1) / 2
            yield x, top, x, bottom
    elif width >= _SHORT and height >= _SHORT:
        yield x0, top, x1, top
        yield x0, bottom, x1, bottom
        yield x0, top, x0, bottom
        yield x1, top, x1, bottom


def _strokes(path: Any, count: int) -> Iterator[PdfBox]:
    """The straight parts of a path, from point to point, y up."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(path, byref(matrix)):
        return
    x, y = c_float(), c_float()
    start = last = (0.0, 0.0)
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        sort = raw.FPDFPathSegment_GetType(segment)
        if sort == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif sort == raw.FPDF_SEGMENT_LINETO:
            yield *last, *point
        if raw.FPDFPathSegment_GetClose(segment):
            yield *point, *start
        last = point


def _cells(lines: Iterable[Ruling]) -> list[list[PdfBox]]:
    """The cells of each table. pdfplumber joins the lines, and the cells into tables."""
    from pdfplumber import table

    edges = table.merge_edges([_edge(line) for line in lines], *[_TOLERANCE] * 4)
    level = [edge for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    found: list[list[PdfBox]] = table.cells_to_tables(list(_between(level, upright)))
    return found


def _between(level: list[_Edge], upright: list[_Edge]) -> Iterator[PdfBox]:
    """The smallest cell to the lower right of each crossing.

    What pdfplumber's `intersections_to_cells` finds, by following each line from crossing to
    crossing: that one compares all crossings with each other, a second for a page-wide grid.
    """
    along: dict[int, list[float]] = {}  # number of a level line -> where it is crossed
    down: dict[int, list[float]] = {}
    corners: dict[tuple[float, float], tuple[int, int]] = {}
    for v, post in enumerate(upright):
        for h, beam in enumerate(level):
            x, y = post["x0"], beam["top"]
            if (
                post["top"] - _TOLERANCE <= y <= post["bottom"] + _TOLERANCE
                and beam["x0"] - _TOLERANCE <= x <= beam["x1"] + _TOLERANCE
            ):
                along.setdefault(h, []).append(x)
                down.setdefault(v, []).append(y)
                corners[x, y] = h, v
    for (x, y), (h, v) in corners.items():
        below = sorted(other for other in down[v] if other > y)
        right = sorted(other for other in along[h] if other > x)
        opposite = (
            (x1, y1)
            for y1 in below
            for x1 in right
            if (x1, y1) in corners and corners[x1, y1] == (corners[x, y1][0], corners[x1, y][1])
        )
        if corner := next(opposite, None):
            yield x, y, *corner


def _edge(line: Ruling) -> _Edge:
    """The line as pdfplumber writes it."""
    x0, top, x1, bottom = line
    return {
        "object_type": "line",
        "orientation": "h" if top == bottom else "v",
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "doctop": top,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _table(cells: list[PdfBox]) -> Table:
    """The cells by their top edges and left edges; a merged cell stands where it begins."""
    lefts = sorted({cell[0] for cell in cells})
    tops = sorted({cell[1] for cell in cells})
    at = {(cell[1], cell[0]): Box(*cell) for cell in cells}
    return Table(tuple(tuple(at.get((top, left)) for left in lefts) for top in tops))
