"""Columns of a headed table: where they begin and end, and which one a word is in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from docextract.document import Box, Placed
from docextract.extraction.context import Case
from docextract.extraction.tables.header import (
    Head,
    columns_of,
    heads_at,
    joined,
    mostly_named,
    names_of,
    shared,
)
from docextract.layout.segments import Segment
from docextract.schema import FieldSchema, FieldType

#: A header has names for so many columns at least; one word alone may stand anywhere.
FEWEST = 2
#: Lines that belong to one header stand no further apart than this many line heights: a judgement.
STACKED = 1.0
#: Columns whose cells hold a number.
NUMERIC = frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.INTEGER, FieldType.PERCENT})

#: Segments at one level, left to right.
Level = list[Segment]


@dataclass(frozen=True)
class Column:
    """A column: the name of the schema's field, "" for one that it does not have, and its head."""

    name: str
    head: Box


@dataclass(frozen=True)
class Header:
    """The head of a table: its columns from left to right and where its last line ends."""

    page: int
    bottom: float
    columns: tuple[Column, ...]

    def column_of(self, box: Box) -> Column:
        """The column whose head shares most of a box's width, else the nearest one."""
        return max(self.columns, key=lambda column: shared(column.head, box))


def header_on(case: Case, rows: str, page: int) -> Header | None:
    """The header of a table of rows on a page, or None."""
    levels = [level for level in case.sheet.rows(page) if not level[0].vertical]
    named = [heads_at(case, rows, level) for level in levels]
    required = {key for key, column in case.schema.fields[rows].fields.items() if column.required}
    best = max(
        range(len(levels)),
        key=lambda at: (
            names_of(named[at]) >= FEWEST and bool(required & columns_of(named[at])),
            names_of(named[at]),
        ),
        default=None,
    )
    if best is None or names_of(named[best]) < FEWEST:
        return None
    first, last = _stack(levels, named, best)
    heads = [head for at in range(first, last + 1) for head in named[at]]
    bottom = max(segment.box.bottom for segment in levels[last])
    heads = joined(heads)
    heads += _between(case, heads, [*levels[:first][::-1]], levels[first])
    heads += _between(case, heads, levels[last + 1 :], levels[last])
    header = Header(page, bottom, tuple(_assigned(heads)))
    field = case.schema.fields[rows]
    if not tells(field, [column.name for column in header.columns if column.name]):
        return None
    return replace(header, bottom=_tail(case, field, header, levels[last:]))


def tells(rows: FieldSchema, names: Collection[str]) -> bool:
    """Whether heads of these names are those of the rows, and not of a table of taxes, say.

    One more than enough of them is, where none is of a column that every row has.
    """
    required = {name for name, column in rows.fields.items() if column.required}
    return len(names) >= FEWEST + bool(required and not required & set(names))


def is_header(case: Case, rows: str, level: Level) -> bool:
    """Whether a level has names for columns and no number: the head of this table or another.

    Of another one, as of taxes, a single name may be known; then it has more heads than words
    that go on under a row would stand apart.
    """
    names = names_of(heads_at(case, rows, level))
    return names + (len(level) > FEWEST) >= FEWEST and names > 0 and not has_digits(case, level)


def is_of_rows(case: Case, rows: str, level: Level) -> bool:
    """Whether a level that is a header is one of rows, such as one that is repeated."""
    return tells(case.schema.fields[rows], columns_of(heads_at(case, rows, level)))


def _tail(case: Case, rows: FieldSchema, header: Header, levels: Sequence[Level]) -> float:
    """Where a header ends whose heads go on in lines without a name: "amount / excl. / VAT"."""
    bottom = header.bottom
    for upper, lower in pairwise(levels):
        under = [header.column_of(segment.box).name for segment in lower]
        texts = [name for name in under if name and rows.fields[name].type is FieldType.TEXT]
        if texts or not _close(upper, lower) or has_digits(case, lower):
            break
        bottom = max(bottom, *(segment.box.bottom for segment in lower))
    return bottom


def has_digits(case: Case, level: Level) -> bool:
    """Whether there is a digit at a level."""
    return any(sign.isdigit() for one in level for sign in case.sheet.text[one.start : one.end])


def _stack(levels: Sequence[Level], named: Sequence[Sequence[Head]], at: int) -> tuple[int, int]:
    """The first and last level of a header whose names are broken over lines."""
    first = last = at
    if at > 0 and _close(levels[at - 1], levels[at]) and mostly_named(named[at - 1]):
        first = at - 1
    if at + 1 < len(levels) and _close(levels[at], levels[at + 1]) and mostly_named(named[at + 1]):
        last = at + 1
    return first, last


def _between(
    case: Case, heads: Sequence[Head], levels: Sequence[Level], level: Level
) -> list[Head]:
    """Heads without a name that stand a line over or under the others, in a gap between them."""
    found: list[Head] = []
    left, right = min(head.box.x0 for head in heads), max(head.box.x1 for head in heads)
    for other in levels:
        upper, lower = sorted((level, other), key=lambda one: one[0].box.y)
        if not _close(upper, lower) or has_digits(case, other):
            break
        for segment in other:
            alone = all(shared(head.box, segment.box) <= 0 for head in (*heads, *found))
            if alone and left < segment.box.x0 and segment.box.x1 < right:
                found.append(Head((), segment.box))
        level = other
    return found


def _close(upper: Level, lower: Level) -> bool:
    gap = min(segment.box.top for segment in lower) - max(segment.box.bottom for segment in upper)
    return gap <= STACKED * upper[0].height


def _assigned(heads: Sequence[Head]) -> list[Column]:
    """Each head with one of its names and each name once, better labels before worse ones."""
    names: dict[int, str] = {}
    offers = sorted((rank, at, name) for at, head in enumerate(heads) for rank, name in head.names)
    for _, at, name in offers:
        if at not in names and name not in names.values():
            names[at] = name
    columns = [Column(names.get(at, ""), head.box) for at, head in enumerate(heads)]
    return sorted(columns, key=lambda column: column.head.x0)


def cells(case: Case, rows: FieldSchema, header: Header, level: Level) -> dict[str, list[Placed]]:
    """Column name -> its words at a level; words of unknown columns are left out.

    A segment is in one column as a whole unless it reaches under several heads: then each word
    is in its own, but words without a digit stay out of columns of numbers. A sign of percent
    belongs to the number left of it.
    """
    found: dict[str, list[Placed]] = {}
    column: Column | None = None
    for segment in level:
        under = [one for one in header.columns if shared(one.head, segment.box) > 0]
        percent = case.sheet.text[segment.start] == "%"
        if column is None or not percent:
            column = header.column_of(_before_percent(case, level, segment))
        for placed in segment.words:
            if len(under) > 1 and not percent:
                column = _of_word(rows, header, placed, column, is_first=placed == segment.words[0])
            found.setdefault(column.name, []).append(placed)
    found.pop("", None)
    return found


def _before_percent(case: Case, level: Level, segment: Segment) -> Box:
    """The box of a segment, with that of the percent sign behind it where there is one."""
    right = level[level.index(segment) + 1 :][:1]
    goes_on = right and case.sheet.text[right[0].start] == "%"
    return segment.box | right[0].box if goes_on else segment.box


def _of_word(
    rows: FieldSchema, header: Header, placed: Placed, before: Column, *, is_first: bool
) -> Column:
    """The column of a word in a segment that reaches under several heads.

    Numbers stand under their head: one further from it than a line is high is in running text.
    """
    box = placed.word.box
    column = header.column_of(box)
    if is_first or column.name not in rows.fields or rows.fields[column.name].type not in NUMERIC:
        return column
    near = shared(column.head, box) > -max(box.height, column.head.height)
    return column if near and any(sign.isdigit() for sign in placed.word.text) else before
