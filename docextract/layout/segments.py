"""Line segmentation: words split at wide gaps, with lookup of neighbours right, below and above.

A segment is the words of a line that stand together, with no gap as wide as a column's and in one
cell of a ruled table: a label or a value is nearly always one segment, whatever the reading order
of the page.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from docextract.document import Box, Document, Placed, Table

#: Narrowest gap between two segments, in heights of the line and in mean widths of a letter. A
#: space is about a third of the one in print, and just the other in a typewriter's face. A
#: judgement: narrower tears justified text apart, wider joins neighbouring columns.
GAP_HEIGHTS = 0.9
GAP_LETTERS = 1.7
#: Three letters or more that are together so much higher than wide are printed up the page: even
#: "lil" is nearly as wide as high.
VERTICAL_RATIO = 2.0
VERTICAL_LETTERS = 3


@dataclass(frozen=True, eq=False)
class Segment:
    """A run of words on a line without a wide gap. Lines count from 0 through the document."""

    words: tuple[Placed, ...]
    box: Box

    @property
    def start(self) -> int:
        """Offset of its first code point in the document's text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Offset after its last code point."""
        return self.words[-1].end

    @property
    def page(self) -> int:
        """The page's number."""
        return self.words[0].page

    @property
    def height(self) -> float:
        """The height of its line in points, never 0."""
        return max(self.box.height, 1.0)

    @cached_property
    def vertical(self) -> bool:
        """Whether its words run up or down the page, as along the margin of a form."""
        letters = sum(len(placed.word.text) for placed in self.words)
        return letters >= VERTICAL_LETTERS and self.box.height > VERTICAL_RATIO * self.box.width


class Sheet:
    """A document's segments and their neighbours, found by bisection. Made once a document.

    Segments are computed on first use: typed decoding needs only the text.
    """

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.text = doc.text

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All of them, in reading order."""
        sides = {
            page.number: [*map(_Sides.of, page.tables)] for page in self.doc.pages if page.tables
        }
        return tuple(_segments(self.doc.words, sides))

    @cached_property
    def _pages(self) -> dict[int, list[Segment]]:
        pages: dict[int, list[Segment]] = {}
        for segment in self.segments:
            pages.setdefault(segment.page, []).append(segment)
        for page in pages.values():
            page.sort(key=lambda segment: segment.box.y)
        return pages

    @cached_property
    def _levels(self) -> dict[int, list[float]]:
        return {number: [segment.box.y for segment in page] for number, page in self._pages.items()}

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def at(self, offset: int) -> Segment:
        """The segment that holds the word at this offset of the text."""
        return self.segments[max(0, bisect_right(self._starts, offset) - 1)]

    def between(self, page: int, top: float, bottom: float) -> list[Segment]:
        """The segments of a page whose centre lies between two levels in points, from the top."""
        levels = self._levels.get(page, [])
        return self._pages.get(page, [])[bisect_left(levels, top) : bisect_right(levels, bottom)]

    def row(self, segment: Segment) -> list[Segment]:
        """Every segment printed at the same level, itself among them, left to right.

        Words that run up the page are beside all of it, and so at no line's level.
        """
        if segment.vertical:
            return [segment]
        box, slack = segment.box, 0.15 * segment.height
        level = self.between(segment.page, box.top - slack, box.bottom + slack)
        level = [
            other
            for other in level
            if other is segment or (not other.vertical and _same_level(box, other.box))
        ]
        return sorted(level, key=lambda other: other.box.x0)

    def right_of(self, segment: Segment) -> list[Segment]:
        """What is printed at the same level further right, left to right."""
        edge = segment.box.x1 - 0.3 * segment.height
        return [other for other in self.row(segment) if other.box.x0 >= edge]

    def below(self, segment: Segment, *, lines: float) -> list[Segment]:
        """What is printed under it within so many line heights, nearest first."""
        box = segment.box
        reach = box.bottom + lines * segment.height
        found = self.between(segment.page, box.bottom, reach)
        return [other for other in found if other.box.top >= box.y and _under(box, other.box)]

    def above(self, segment: Segment, *, lines: float) -> list[Segment]:
        """What is printed over it within so many line heights, nearest first."""
        box = segment.box
        found = self.between(segment.page, box.top - lines * segment.height, box.top)
        found = [other for other in found if other.box.bottom <= box.y and _under(box, other.box)]
        return found[::-1]

    def after(self, segment: Segment) -> Iterator[Segment]:
        """What follows it in reading order."""
        return islice(self.segments, bisect_right(self._starts, segment.start), None)

    def page(self, number: int) -> list[Segment]:
        """The segments of a page from its top to its bottom."""
        return self._pages.get(number, [])

    def rows(self, number: int) -> Iterator[list[Segment]]:
        """The segments of a page level by level, each level left to right."""
        seen: set[int] = set()
        for segment in self.page(number):
            if segment.start in seen:
                continue
            level = [other for other in self.row(segment) if other.start not in seen]
            seen.update(other.start for other in level)
            yield level


@dataclass(frozen=True)
class _Sides:
    """Where the cells of a ruled table begin, row by row."""

    box: Box
    tops: tuple[float, ...]
    lefts: tuple[tuple[float, ...], ...]

    @classmethod
    def of(cls, table: Table) -> "_Sides":
        """Those of a table, but for rows in which no cell begins."""
        found = ([cell for cell in row if cell] for row in table.rows)
        rows = [cells for cells in found if cells]
        return cls(
            table.box,
            tuple(min(cell.top for cell in row) for row in rows),
            tuple(tuple(cell.x0 for cell in row) for row in rows),
        )

    def part(self, left: Box, right: Box) -> bool:
        """Whether a cell begins between two words of a line."""
        if not self.box.contains(right.x, right.y):
            return False
        row = self.lefts[max(0, bisect_right(self.tops, right.y) - 1)]
        return any(left.x < side <= right.x for side in row)


def _segments(
    words: tuple[Placed, ...], sides: Mapping[int, Sequence[_Sides]]
) -> Iterator[Segment]:
    run: list[Placed] = []
    for placed in words:
        if run and _apart(run[-1], placed, sides.get(placed.page, ())):
            yield _segment(run)
            run = []
        run.append(placed)
    if run:
        yield _segment(run)


def _segment(run: list[Placed]) -> Segment:
    # Not word by word with `|`: a long document has a hundred thousand words.
    boxes = [placed.word.box for placed in run]
    box = Box(
        min([box.x0 for box in boxes]),
        min([box.top for box in boxes]),
        max([box.x1 for box in boxes]),
        max([box.bottom for box in boxes]),
    )
    return Segment(tuple(run), box)


def _apart(left: Placed, right: Placed, sides: Sequence[_Sides]) -> bool:
    a, b = left.word.box, right.word.box
    if left.line != right.line:
        return True
    letter = (a.width + b.width) / max(1, len(left.word.text) + len(right.word.text))
    widest = max(GAP_HEIGHTS * max(a.height, b.height, 1.0), GAP_LETTERS * letter)
    if b.x0 - a.x1 > widest or b.x0 < a.x0:
        return True
    return any(table.part(a, b) for table in sides)


def _same_level(a: Box, b: Box) -> bool:
    """Whether two boxes share more than half the height of the lower one."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.5 * max(min(a.height, b.height), 0.1)


def _under(box: Box, other: Box) -> bool:
    """Whether `other` stands in the column of `box`: they overlap, or begin alike."""
    slack = 0.5 * max(box.height, other.height)
    return other.x0 <= box.x1 + slack and other.x1 >= box.x0 - slack
