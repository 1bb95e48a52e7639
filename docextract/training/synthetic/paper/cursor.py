"""Layout cursor: draws paragraphs, blocks, label-value pairs and tables down a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.notation import Notation
from docextract.training.synthetic.paper.fonts import FAMILIES, Style, text_width
from docextract.training.synthetic.paper.sheet import (
    Ink,
    Inks,
    Sheet,
    fill_template,
    words_of,
    wrap_text,
)

#: A4 and, for American paper, letter.
SIZES = {"A4": (595.28, 841.89), "letter": (612.0, 792.0)}
_FAMILIES = {"Helvetica": 62, "Times": 13, "Courier": 7, "Vera": 18}


@dataclass
class LayoutCursor:
    """Drawing state of a layout: sheet, margins, style; `y` is the baseline of what comes next."""

    rng: Random
    sheet: Sheet
    notation: Notation
    style: Style
    left: float
    right: float
    y: float
    bottom: float
    leading: float = 1.25
    taken: float = 0.0  # how far down the right side is taken, where that is further than `y`

    @property
    def line(self) -> float:
        """Distance of two baselines, in points."""
        return self.style.size * self.leading

    def move_down(self, lines: float = 1.0) -> None:
        """Move down by so many lines."""
        self.y += self.line * lines

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.rng.random() < share

    def tell(
        self, text: str, values: "Mapping[str, Ink | str]", style: Style | None = None
    ) -> None:
        """Draw a paragraph with values in the place of each "{name}"."""
        inks = {
            name: [Ink(value) if isinstance(value, str) else value]
            for name, value in values.items()
        }
        self.paragraph(fill_template(text, inks), style=style)

    def ink(self, text: str, label: str = "", row: int = -1) -> Ink:
        """A labelled text that is an occurrence of its own."""
        return self.sheet.ink(text, label, row)

    def ensure_space(self, needed: float, top: float = 60.0) -> None:
        """Begin a new page unless so many points are left above the bottom margin."""
        if self.y + needed > self.bottom:
            self.sheet.new_page()
            self.y = top

    def money(
        self, amount: Decimal, label: str = "", row: int = -1, beside: str | None = None
    ) -> list[Ink]:
        """An amount with its currency as the notation has it; the label is on the digits."""
        before, digits, after = self.notation.money(amount, beside)
        inks = [Ink(before)] if before else []
        inks.append(self.sheet.ink(digits, label, row))
        return [*inks, Ink(after)] if after else inks

    def block(
        self,
        at: tuple[float, float],
        lines: Sequence[Inks | Ink | str],
        style: Style | None = None,
        align: str = "l",
    ) -> float:
        """Draw lines below each other from `at`; returns the baseline after the last."""
        x, y = at
        used = style or self.style
        for line in lines:
            self.sheet.write((x, y), line, used, align=align)
            y += used.size * self.leading
        return y

    def paragraph(
        self, inks: Inks | Ink | str, room: float | None = None, style: Style | None = None
    ) -> None:
        """Draw a wrapped paragraph from the left margin at `y`, which moves below it."""
        used = style or self.style
        for line in wrap_text(inks, used, room or self.right - self.left):
            self.ensure_space(0)
            self.sheet.write((self.left, self.y), line, used)
            self.y += used.size * self.leading

    def pairs(
        self,
        at: tuple[float, float],
        rows: Sequence[tuple[str, Inks | Ink | str]],
        how: "PairStyle",
    ) -> float:
        """Draw labels with values; returns the baseline after the last."""
        x, y = at
        label_style = self.style.in_bold if how.bold_labels else self.style
        widest = max((text_width(label + how.colon, label_style) for label, _ in rows), default=0.0)
        for label, value in rows:
            self._pair((x, y), (label + how.colon, value), how, widest)
            y += self.style.size * self.leading * how.spread
        return y

    def _pair(
        self,
        at: tuple[float, float],
        row: tuple[str, Inks | Ink | str],
        how: "PairStyle",
        widest: float,
    ) -> None:
        label, value = row
        style = self.style.in_bold if how.bold_labels else self.style
        values = self.style.in_bold if how.bold_values else self.style
        if how.way == "inline":
            end = self.sheet.write(at, label, style)
            self.sheet.write((end + text_width("n", style) * 0.55, at[1]), value, values)
            return
        self.sheet.write(at, label, style)
        if how.way == "right" and text_width(_text(value), values) + widest + 8 < how.width:
            self.sheet.write((at[0] + how.width, at[1]), value, values, align="r")
        else:
            self.sheet.write((at[0] + widest + how.gap, at[1]), value, values)


@dataclass(frozen=True)
class PairStyle:
    """Style of label-value pairs: values "inline", in a "column", or flush "right"."""

    way: str
    colon: str
    gap: float
    width: float
    bold_labels: bool
    bold_values: bool
    spread: float


def random_pair_style(rng: Random, room: float) -> PairStyle:
    """A random style of label-value pairs, in a block so wide."""
    return PairStyle(
        way=rng.choice(("inline", "column", "column", "right")),
        colon=rng.choice((":", ":", ":", "", "", " :")),
        gap=rng.choice((6.0, 10.0, 16.0, 24.0)),
        width=room,
        bold_labels=rng.random() < 0.2,
        bold_values=rng.random() < 0.15,
        spread=rng.choice((1.0, 1.0, 1.1, 1.25)),
    )


def new_cursor(rng: Random, notation: Notation, *, letter: bool = False) -> LayoutCursor:
    """A cursor on a new sheet with random margins and fonts."""
    wide, high = SIZES["letter" if letter else "A4"]
    family = rng.choices(tuple(_FAMILIES), tuple(_FAMILIES.values()))[0]
    size = rng.choice((8.0, 8.5, 9.0, 9.0, 9.5, 10.0, 10.0, 10.5, 11.0))
    if family == "Vera":
        size -= 1.0
    if family == "Courier":
        size -= 0.5
    stretch = rng.choice((100, 100, 100, 100, 95, 90, 105))
    left = rng.choice((40.0, 50.0, 56.7, 62.0, 70.9))
    right = wide - rng.choice((30.0, 40.0, 45.0, 56.7))
    return LayoutCursor(
        rng,
        Sheet(wide, high),
        notation,
        Style(family, size, stretch=stretch),
        left,
        right,
        y=rng.uniform(40, 70),
        bottom=high - rng.uniform(95, 120),
        leading=rng.choice((1.15, 1.2, 1.25, 1.35)),
    )


@dataclass(frozen=True)
class Column:
    """A table column: key, header, share of the width, and alignment "l", "r" or "c"."""

    key: str
    header: str
    share: float
    align: str


@dataclass(frozen=True)
class TableStyle:
    """Style of a table: rules, tints, spacing.

    Attributes:
        rules: "grid", "rows", "head" (lines above and below the header), "frame" or "none".
        tinted: The header stands on grey.
        banded: Every second row stands on grey.
        spread: Height of a row, in lines, more than its text.
        bold_head: The header is bold.
    """

    rules: str
    tinted: bool
    banded: bool
    spread: float
    bold_head: bool


def random_table_style(rng: Random) -> TableStyle:
    """A random style of a table."""
    return TableStyle(
        rules=rng.choices(("grid", "rows", "head", "frame", "none"), (28, 20, 30, 8, 14))[0],
        tinted=rng.random() < 0.35,
        banded=rng.random() < 0.12,
        spread=rng.choice((0.15, 0.3, 0.5, 0.8, 1.1)),
        bold_head=rng.random() < 0.6,
    )


#: The lines of a cell.
Cell = Sequence[Inks | Ink | str]
_PAD = 3.0


#: Number of rows so far, whether at the end of a page -> the row that carries their sum over.
Carry = Callable[[int, bool], Mapping[str, Cell]]


def draw_table(
    cursor: LayoutCursor,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Cell]],
    look: TableStyle,
    carry: Carry | None = None,
) -> None:
    """Draw a table from `cursor.y` down, over as many pages as it takes."""
    cursor.ensure_space(5 * cursor.line)
    carried = [carry(len(rows), end) for end in (True, False)] if carry else []
    columns = _widened(cursor, columns, [*rows, *carried], look)
    edges = _edges(cursor, columns)
    top = _header(cursor, columns, edges, look)
    for number, row in enumerate(rows):
        lines = _lines(row, columns, edges, cursor.style)
        high = (max(len(cell) for cell in lines) - 1 + 1 + look.spread) * cursor.line
        if cursor.y + high > cursor.bottom:
            if carry:
                _carried(cursor, (columns, edges), carry(number, True), look)
            _close(cursor, edges, top, look)
            cursor.ensure_space(10_000)
            top = _header(cursor, columns, edges, look)
            if carry:
                _carried(cursor, (columns, edges), carry(number, False), look)
        _row(cursor, (columns, edges), lines, high, banded=look.banded and number % 2 == 1)
        if look.rules in ("grid", "rows"):
            cursor.sheet.horizontal_line(edges[0], cursor.y - cursor.style.size, edges[-1])
    _close(cursor, edges, top, look)
    cursor.move_down(0.6)


def _widened(
    cursor: LayoutCursor,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Cell]],
    look: TableStyle,
) -> list[Column]:
    """The columns with shares in points that their longest words and their numbers fit into."""
    room = cursor.right - cursor.left
    whole = sum(column.share for column in columns)
    head = cursor.style.in_bold if look.bold_head else cursor.style
    least = []
    for column in columns:
        words = [text_width(word, head) for word in column.header.split()]
        if column.align == "r":  # numbers with their currency or unit stay on one line
            words += [_cell_width(row.get(column.key, ()), cursor.style) for row in rows]
        else:
            words += [
                text_width(word, cursor.style)
                for row in rows
                for line in row.get(column.key, ())
                for word in _text(line).split()
            ]
        least.append(max(words, default=0.0) + 2 * _PAD + 2)
    wanted = [
        max(column.share / whole * room, fit) for column, fit in zip(columns, least, strict=True)
    ]
    spare = sum(wanted) - sum(least)
    over = max(0.0, sum(wanted) - room)
    part = min(1.0, over / spare) if spare > 0 else 0.0
    return [
        replace(column, share=want - part * (want - fit))
        for column, want, fit in zip(columns, wanted, least, strict=True)
    ]


def _cell_width(cell: Cell, style: Style) -> float:
    return max((text_width(_text(line), style) for line in cell), default=0.0)


def _text(line: Inks | Ink | str) -> str:
    return " ".join(word for word, _ in words_of(line))


def _edges(cursor: LayoutCursor, columns: Sequence[Column]) -> list[float]:
    whole = sum(column.share for column in columns)
    edges = [cursor.left]
    for column in columns:
        edges.append(edges[-1] + (cursor.right - cursor.left) * column.share / whole)
    return edges


def _header(
    cursor: LayoutCursor, columns: Sequence[Column], edges: list[float], look: TableStyle
) -> float:
    """Returns the top of the table."""
    style = cursor.style.in_bold if look.bold_head else cursor.style
    cells = [
        wrap_text(column.header, style, edges[at + 1] - edges[at] - 2 * _PAD)
        for at, column in enumerate(columns)
    ]
    high = (max(map(len, cells)) + look.spread) * cursor.line
    top = cursor.y - cursor.style.size
    if look.tinted:
        cursor.sheet.fill_rectangle((edges[0], top, edges[-1], top + high), 0.87)
    if look.rules in ("grid", "rows", "head", "frame"):
        cursor.sheet.horizontal_line(edges[0], top, edges[-1])
    _cells(cursor, (columns, edges), cells, style, high)
    cursor.y += high
    if look.rules != "none":
        cursor.sheet.horizontal_line(edges[0], cursor.y - cursor.style.size, edges[-1])
    return top


def _row(
    cursor: LayoutCursor,
    grid: tuple[Sequence[Column], list[float]],
    lines: list[list[Inks]],
    high: float,
    *,
    banded: bool,
) -> None:
    edges = grid[1]
    if banded:
        top = cursor.y - cursor.style.size
        cursor.sheet.fill_rectangle((edges[0], top, edges[-1], top + high), 0.94)
    _cells(cursor, grid, lines, cursor.style, high)
    cursor.y += high


def _carried(
    cursor: LayoutCursor,
    grid: tuple[Sequence[Column], list[float]],
    row: Mapping[str, Cell],
    look: TableStyle,
) -> None:
    lines = _lines(row, *grid, cursor.style)
    high = (max(map(len, lines)) + look.spread) * cursor.line
    _row(cursor, grid, lines, high, banded=False)
    cursor.sheet.horizontal_line(grid[1][0], cursor.y - cursor.style.size, grid[1][-1])


def _cells(
    cursor: LayoutCursor,
    grid: tuple[Sequence[Column], list[float]],
    cells: Sequence[Sequence[Inks]],
    style: Style,
    high: float,
) -> None:
    columns, edges = grid
    # The text stands a little below the top of its cell.
    first = cursor.y + 0.35 * (high - max(map(len, cells)) * cursor.line)
    for at, column in enumerate(columns):
        place = {
            "l": edges[at] + _PAD,
            "r": edges[at + 1] - _PAD,
            "c": (edges[at] + edges[at + 1]) / 2,
        }
        for number, line in enumerate(cells[at]):
            cursor.sheet.write(
                (place[column.align], first + number * cursor.line), line, style, align=column.align
            )


def _lines(
    row: Mapping[str, Cell], columns: Sequence[Column], edges: list[float], style: Style
) -> list[list[Inks]]:
    made: list[list[Inks]] = []
    for at, column in enumerate(columns):
        room = edges[at + 1] - edges[at] - 2 * _PAD
        cell: list[Inks] = []
        for line in row.get(column.key, ()):
            cell += wrap_text(line, style, room)
        made.append(cell or [[]])
    return made


def _close(cursor: LayoutCursor, edges: list[float], top: float, look: TableStyle) -> None:
    bottom = cursor.y - cursor.style.size
    if look.rules in ("grid", "frame", "head"):
        cursor.sheet.horizontal_line(edges[0], bottom, edges[-1])
    if look.rules == "grid":
        for x in edges:
            cursor.sheet.vertical_line(x, top, bottom)
    elif look.rules == "frame":
        cursor.sheet.vertical_line(edges[0], top, bottom)
        cursor.sheet.vertical_line(edges[-1], top, bottom)


#: All families a document may be set in.
TYPES = tuple(FAMILIES)
