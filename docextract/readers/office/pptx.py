"""Reader of PPTX: each slide is a page, its text at the place of its shapes."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from docextract.document import Box, Line, Page, Table, Word
from docextract.errors import EmptyInput, MalformedInput, TooLargeInput
from docextract.readers.content import Content
from docextract.readers.office.zip_package import open_package
from docextract.readers.options import ReadOptions
from docextract.readers.typesetting.monospace import split_lines, wrap_line

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_DAMAGED = (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError, SyntaxError)
_EMU = 12700  # English metric units in a point
#: Text without a size of its own is 18 points high; letters are about half as wide as high.
_SIZE, _WIDTH = 18.0, 0.5
_PITCH = 1.2  # from line to line, in sizes
#: Groups within groups.
_DEEPEST = 20


class _Frame(NamedTuple):
    """Affine map from slide coordinates, in EMU, to the page: x * scale + shift, and so for y."""

    x_scale: float = 1 / _EMU
    x_shift: float = 0.0
    y_scale: float = 1 / _EMU
    y_shift: float = 0.0

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        left, top = x * self.x_scale + self.x_shift, y * self.y_scale + self.y_shift
        return Box(
            left,
            top,
            left + max(0.0, width * self.x_scale),
            top + max(0.0, height * self.y_scale),
        )


class _Part(NamedTuple):
    """The text lines of one shape, and its grid if it is a table."""

    lines: tuple[Line, ...]
    box: Box
    table: Table | None = None


def read(data: bytes, options: ReadOptions) -> Content:
    """Read the text of all slides, from top to bottom; notes and hidden slides are left out.

    Raises EncryptedInput, MalformedInput, EmptyInput or TooLargeInput.
    """
    import pptx

    with open_package(data, options):
        pass
    try:
        presentation = pptx.Presentation(BytesIO(data))
        pages = tuple(_pages(presentation, options))
    except _DAMAGED as error:
        raise MalformedInput(f"the PPTX file is damaged: {error}") from error
    if not any(page.lines for page in pages):
        raise EmptyInput("there is no text on its slides")
    return Content(pages)


def _pages(presentation: "Presentation", options: ReadOptions) -> Iterator[Page]:
    width = (presentation.slide_width or 0) / _EMU
    height = (presentation.slide_height or 0) / _EMU
    made = 0
    for number, slide in enumerate(presentation.slides, 1):
        if not options.wanted(number) or slide._element.get("show") in {"0", "false"}:
            continue
        made += 1
        if made > options.max_pages:
            raise TooLargeInput(
                f"more than {options.max_pages} pages; raise max_pages or give a page range"
            )
        parts = sorted(_parts(slide.shapes, _Frame()), key=lambda part: (part.box.top, part.box.x0))
        lines = tuple(line for part in parts for line in part.lines)
        tables = tuple(part.table for part in parts if part.table)
        yield Page(number, width, height, lines, "pptx", reason="shapes of a slide", tables=tables)


def _parts(shapes: Any, frame: _Frame, depth: int = 0) -> Iterator[_Part]:
    for shape in shapes:
        if hasattr(shape, "shapes"):  # a group
            if depth < _DEEPEST:
                yield from _parts(shape.shapes, _inside(shape, frame), depth + 1)
            continue
        box = frame.box(shape.left or 0, shape.top or 0, shape.width or 0, shape.height or 0)
        if shape.has_text_frame:
            yield _Part(_set(shape.text_frame, box), box)
        elif getattr(shape, "has_table", False):
            yield _table(shape.table, box)


def _inside(group: Any, frame: _Frame) -> _Frame:
    """The frame of a group's children, who have coordinates of their own."""
    transform = group._element.grpSpPr.xfrm
    if transform is None or transform.chOff is None or not (
        transform.chExt is not None and transform.chExt.cx and transform.chExt.cy
    ):  # fmt: skip
        return frame
    x = group.width / transform.chExt.cx
    y = group.height / transform.chExt.cy
    return _Frame(
        frame.x_scale * x,
        frame.x_shift + (group.left - transform.chOff.x * x) * frame.x_scale,
        frame.y_scale * y,
        frame.y_shift + (group.top - transform.chOff.y * y) * frame.y_scale,
    )


def _table(table: Any, box: Box) -> _Part:
    """The cells of a table where their columns and rows are, from the shape's corner on."""
    rows: list[tuple[Box | None, ...]] = []
    lines: list[Line] = []
    lefts = _sums(box.x0, [column.width / _EMU for column in table.columns])
    tops = _sums(box.top, [row.height / _EMU for row in table.rows])
    for r, row in enumerate(table.rows):
        boxes: list[Box | None] = []
        printed: list[tuple[Line, ...]] = []
        for c, cell in enumerate(row.cells):
            if cell.is_spanned:
                boxes.append(None)
                continue
            right = lefts[min(c + cell.span_width, len(lefts) - 1)]
            bottom = tops[min(r + cell.span_height, len(tops) - 1)]
            boxes.append(Box(lefts[c], tops[r], max(lefts[c], right), max(tops[r], bottom)))
            printed.append(_set(cell.text_frame, boxes[-1] or box))
        rows.append(tuple(boxes))
        height = max(map(len, printed), default=0)
        lines += [
            tuple(word for cell_lines in printed for word in _line(cell_lines, n))
            for n in range(height)
        ]
    grid = Table(tuple(rows)) if any(cell for row in rows for cell in row) else None
    return _Part(tuple(line for line in lines if line), box, grid)


def _line(lines: tuple[Line, ...], n: int) -> Line:
    return lines[n] if n < len(lines) else ()


def _sums(start: float, lengths: list[float]) -> list[float]:
    places = [start]
    for length in lengths:
        places.append(places[-1] + max(0.0, length))
    return places


def _set(frame: Any, box: Box) -> tuple[Line, ...]:
    """Lines of the text, wrapped at the box and set smaller where it would not hold them."""
    texts = split_lines("\n".join(paragraph.text for paragraph in frame.paragraphs))
    size = _size(frame)
    rows = [
        row for text in texts for row in wrap_line(text, max(1, int(box.width / (size * _WIDTH))))
    ]
    pitch = min(size * _PITCH, max(box.height, 1.0) / max(1, len(rows)))
    lines = (
        _words(row, box.x0, box.top + n * pitch, min(size, pitch), box.width)
        for n, row in enumerate(rows)
    )
    return tuple(line for line in lines if line)


def _size(frame: Any) -> float:
    runs = (run for paragraph in frame.paragraphs for run in paragraph.runs)
    sizes = [run.font.size.pt for run in runs if run.font.size]
    return max(1.0, max(sizes, default=_SIZE))


def _words(row: str, left: float, top: float, size: float, room: float) -> Line:
    advance = min(size * _WIDTH, room / max(1, len(row)))
    words = []
    at = 0
    for text in row.split():
        at = row.index(text, at)
        end = at + len(text)
        words.append(Word(text, Box(left + at * advance, top, left + end * advance, top + size)))
        at = end
    return tuple(words)
