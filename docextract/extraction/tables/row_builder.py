"""Builds the rows of a headed table, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from docextract.document import Placed
from docextract.extraction.context import Case
from docextract.extraction.tables.columns import (
    NUMERIC,
    Header,
    Level,
    cells,
    is_header,
    is_of_rows,
)
from docextract.extraction.tables.line_roles import WHOLE, digits, numbered, texts, worded
from docextract.extraction.tables.row_notes import is_note
from docextract.extraction.tables.total_lines import left_out, totals
from docextract.schema import FieldSchema, FieldType

#: A table ends at a gap wider than this many line heights. A judgement: rows of tall cells stand
#: far apart, and what follows a table further; what is no row is mostly known by its label.
GAP = 6.0
#: The numbers of a row stand at most so many line heights under its first line: in a row of tall
#: cells they are in its middle. A judgement.
TALL = 3.0
#: The lines of a description begin at most so many line heights further left than its first.
INDENT = 2.0
#: Text right over the numbers of a row, with no more line heights in between, is its description.
TIGHT = 1.0
#: A line goes on with the row above it when it is no further than this many line heights away. A
#: judgement: more takes notes between rows into the description.
WRAPPED = 1.6


@dataclass
class Row:
    """A row in the making: the words of each column, and the level at which it ends so far.

    `left` is where its text begins.
    `closed`: a note has followed it, so that its description is over.
    """

    words: dict[str, list[Placed]] = field(default_factory=dict)
    bottom: float = 0.0
    left: float = 0.0
    closed: bool = False


@dataclass(frozen=True)
class Line:
    """A printed line of a table: the words of each column, and where it is.

    `left` is where its text begins, `beside` are the words but for those of this text, `note`
    tells whether the text is a note on the row above.
    """

    words: dict[str, list[Placed]]
    top: float
    bottom: float
    height: float
    left: float = 0.0
    note: bool = False
    beside: dict[str, list[Placed]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: dict[str, list[Placed]], level: Level) -> "Line":
        """From the segments that it consists of."""
        top = min(segment.box.top for segment in level)
        bottom = max(segment.box.bottom for segment in level)
        return cls(words, top, bottom, level[0].height, left=level[0].box.x0)


@dataclass
class RowTable:
    """The rows under headers, so far. `amounts` are the columns that add up to a total."""

    case: Case
    name: str
    rows: FieldSchema
    amounts: frozenset[str]
    running: frozenset[int]
    made: list[Row] = field(default_factory=list)

    def ends_under(self, header: Header) -> bool:
        """Add a page's rows, from its header down; whether the table ends on this page.

        It ends at a label of a total, and at a gap or a sub-total after which comes no row.
        """
        bottom, after_sum = header.bottom, False
        for level in self.case.sheet.rows(header.page):
            if min(segment.box.y for segment in level) <= header.bottom:
                continue
            line = self._line(header, level)
            whole = self._whole(header, line)
            if level[0].vertical or (level[0].start in self.running and not whole):
                continue
            if left_out(self.case, self.rows, level):
                after_sum = True
                continue
            if is_header(self.case, self.name, level):
                if not is_of_rows(self.case, self.name, level):
                    return True
                continue
            far = bottom and line.top - bottom > GAP * line.height
            if totals(self.case, level) or ((far or after_sum) and not whole):
                return True
            if bottom == header.bottom and self.made:  # the row may go on over a page break
                self.made[-1].bottom = bottom or line.top
            bottom, after_sum = line.bottom, False
            self._grow(line, whole=whole)
        return False

    def _line(self, header: Header, level: Level) -> Line:
        """A level as a line of the table."""
        line = Line.of(cells(self.case, self.rows, header, level), level)
        for at, segment in enumerate(level):
            name = header.column_of(segment.words[0].word.box).name
            if name in self.rows.fields and self.rows.fields[name].type is FieldType.TEXT:
                said = [placed for one in level[at:] for placed in one.words]
                beside = {
                    column: kept
                    for column, placed in line.words.items()
                    if (kept := [one for one in placed if one not in segment.words])
                }
                return replace(line, left=segment.box.x0, note=is_note(said), beside=beside)
        return line

    def _whole(self, header: Header, line: Line) -> bool:
        """Whether a line has the numbers of a row: two of them, or all that there are columns."""
        columns = [one.name for one in header.columns if one.name in self.rows.fields]
        able = sum(self.rows.fields[name].type in NUMERIC for name in columns)
        return len(digits(self.rows, line.words)) >= max(1, min(WHOLE, able))

    def _grow(self, line: Line, *, whole: bool) -> None:
        """Begin a row with this line, add it to the last one, or leave it out."""
        last = self.made[-1] if self.made else None
        if last is None or self._begins(last, line, whole=whole):
            self.made.append(Row(line.words, line.bottom, line.left))
            return
        said = bool(texts(self.rows, line.words))
        apart = (line.top - last.bottom) / line.height
        numbers = digits(self.rows, line.words) | numbered(self.rows, line.words)
        if line.note or (said and line.left < last.left - INDENT * line.height):
            last.closed = True  # a note, or text that begins left of all descriptions
            if apart <= TALL:
                add(last, self.rows, line.beside, numbers)
        elif said and not last.closed and apart <= WRAPPED:
            add(last, self.rows, line.words, frozenset(self.rows.fields))
        elif not said and apart <= TALL:
            add(last, self.rows, line.words, numbers)
        else:
            return
        last.bottom = max(last.bottom, line.bottom)

    def _begins(self, last: Row, line: Line, *, whole: bool) -> bool:
        """Whether a line is another row, since the last one has these cells already.

        A number in the text under a row is none, unless it is the amount of a row.
        """
        given = line.beside if line.note else line.words
        mine, before = digits(self.rows, given), digits(self.rows, last.words)
        said, position = texts(self.rows, line.words), numbered(self.rows, line.words)
        known = numbered(self.rows, last.words)
        apart = (line.top - last.bottom) / line.height
        if not before:
            return bool(whole and ((position - known and said) or apart > TIGHT))
        amount = mine & self.amounts
        # Where rows have a number, one without it and without an amount has more of the rest.
        whole = whole and len(mine) >= WHOLE + bool(known and not position and not amount)
        twice = mine & before or position & known
        again = twice and (whole or (amount and said))
        return bool(mine and (again or (whole and said and apart > WRAPPED)))


def add(
    row: Row, rows: FieldSchema, words: Mapping[str, list[Placed]], columns: frozenset[str]
) -> None:
    """Add cells of these columns to a row: more words of text, and numbers that it lacks."""
    held = digits(rows, row.words) | numbered(rows, row.words)
    for name, more in words.items():
        if name in columns and (rows.fields[name].type is FieldType.TEXT or name not in held):
            row.words.setdefault(name, []).extend(more)


def complete(rows: FieldSchema, made: Sequence[Row]) -> list[Row]:
    """The rows that have a number, without sums that no label told: an amount and no words.

    Where half of the rows have words, one without them needs two numbers.
    """
    filled = [row for row in made if digits(rows, row.words)]
    said = [any(row.words.get(name) for name in worded(rows)) for row in filled]
    if 2 * sum(said) < len(filled):
        return filled
    return [
        row
        for row, has in zip(filled, said, strict=True)
        if has or len(digits(rows, row.words)) >= WHOLE
    ]
