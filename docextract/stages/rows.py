"""The rules of rows: line items under a header that names the columns, or by their pattern."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docextract.document import Placed
from docextract.schema import FieldSchema, FieldType
from docextract.stages.anchors import fold
from docextract.stages.case import Case, Found, Stretch
from docextract.stages.columns import NUMERIC, Header, Level, cells, header_on

#: A table ends at a gap wider than this many line heights.
GAP = 6.0
#: A line goes on with the row above it when it is no further than this many line heights away.
WRAPPED = 1.6


@dataclass
class _Row:
    """A row in the making: the words of each column, and the level at which it ends so far."""

    words: dict[str, list[Placed]] = field(default_factory=dict)
    bottom: float = 0.0


def by_row(case: Case) -> Iterator[Found]:
    """The cells of every field of rows; a header's rows count before a pattern's."""
    for name, rows in case.schema.fields.items():
        if rows.type is FieldType.ROWS:
            found = list(_headed(case, name, rows))
            yield from found or _patterned(case, name, rows)


def _headed(case: Case, name: str, rows: FieldSchema) -> Iterator[Found]:
    """Rows under headers, counted through all pages.

    A table without totals yet goes on at the top of the next page, under a header or without.
    """
    made: list[_Row] = []
    header: Header | None = None
    for page in case.sheet.doc.pages:
        own = header_on(case, name, page.number)
        header = own or (replace(header, page=page.number, bottom=0.0) if header else None)
        if header and _under(case, rows, header, made):
            header = None
    for number, row in enumerate(row for row in made if _numbers(rows, row.words)):
        for column, words in row.words.items():
            spans = _spans(words)
            yield from _cell(case, f"{name}.{column}", spans, number, "row")


def _under(case: Case, rows: FieldSchema, header: Header, made: list[_Row]) -> bool:
    """Add a page's rows, from its header down; whether the table ends on this page."""
    bottom = header.bottom
    for level in case.sheet.rows(header.page):
        top = min(segment.box.top for segment in level)
        if min(segment.box.y for segment in level) <= header.bottom:
            continue
        if _totals(case, level) or (header.bottom and top - bottom > GAP * level[0].height):
            return True
        bottom = max(segment.box.bottom for segment in level)
        if not _left_out(case, rows, level):
            _grow(made, rows, cells(case, rows, header, level), level)
    return False


def _grow(
    made: list[_Row], rows: FieldSchema, words: dict[str, list[Placed]], level: Level
) -> None:
    """Begin a row with this level, or add it to the last one."""
    top = min(segment.box.top for segment in level)
    bottom = max(segment.box.bottom for segment in level)
    last = made[-1] if made else None
    begins = _numbers(rows, words)
    if begins and (last is None or begins & _numbers(rows, last.words)):
        made.append(_Row(words, bottom))
    elif last is None:
        if words:
            made.append(_Row(words, bottom))
    elif begins or top - last.bottom <= WRAPPED * level[0].height:
        for column, more in words.items():
            if column in begins or rows.fields[column].type is FieldType.TEXT:
                last.words.setdefault(column, []).extend(more)
        last.bottom = bottom


def _numbers(rows: FieldSchema, words: Mapping[str, Sequence[Placed]]) -> frozenset[str]:
    """The columns of numbers in which there is a digit."""
    return frozenset(
        column
        for column, placed in words.items()
        if rows.fields[column].type in NUMERIC
        and any(sign.isdigit() for one in placed for sign in one.word.text)
    )


def _totals(case: Case, level: Level) -> bool:
    """Whether a level begins with the label of an amount of the whole document."""
    return any(
        anchor.first
        and "." not in anchor.path
        and case.schema.field(anchor.path).type is FieldType.MONEY
        for segment in level
        for anchor in case.anchors_in(segment)
    )


def _left_out(case: Case, rows: FieldSchema, level: Level) -> bool:
    """Whether a level is a sum carried to the next page, or another line that is no row."""
    text = fold("".join(case.sheet.text[segment.start : segment.end] for segment in level))
    return any(fold(label) in text for label in rows.not_anchors)


def _patterned(case: Case, name: str, rows: FieldSchema) -> Iterator[Found]:
    """Rows by the schema's patterns, one line each, above the first total.

    A line that matches nothing is the description of the row below it, if that has none.
    """
    number, before = 0, None
    for page in case.sheet.doc.pages:
        for level in case.sheet.rows(page.number):
            if _totals(case, level):
                return
            start, end = level[0].start, level[-1].end
            groups = None if _left_out(case, rows, level) else _matched(case, rows, (start, end))
            if groups is None:
                before = (start, end)
                continue
            text = next((c for c, f in rows.fields.items() if f.type is FieldType.TEXT), "")
            if text and text not in groups and before:
                groups[text] = before
            for column, stretch in groups.items():
                yield from _cell(case, f"{name}.{column}", [stretch], number, "row pattern")
            number, before = number + 1, None


def _matched(case: Case, rows: FieldSchema, line: Stretch) -> dict[str, Stretch] | None:
    """Column -> where it is, by the first pattern that matches a line as a whole."""
    start, end = line
    if start >= end:  # a level whose reading order is not from left to right
        return None
    for pattern in rows.patterns:
        groups = case.patterns.full_match(pattern, case.sheet.text[start:end])
        if groups:
            return {
                column: (start + a, start + b)
                for column, (a, b) in groups.items()
                if column in rows.fields
            }
    return None


def _cell(
    case: Case, path: str, spans: Sequence[Stretch], number: int, rule: str
) -> Iterator[Found]:
    """The typed value of a cell: all of its text, or the first number in it."""
    column = case.schema.field(path)
    if column.type in NUMERIC or column.type is FieldType.DATE:
        for span in spans:
            for found, typed in case.readings(column, span):
                yield case.found(path, [found], typed, rule)._replace(row=number)
                return
        return
    typed_text = case.type(column, " ".join(case.sheet.text[a:b] for a, b in spans))
    if typed_text is not None:
        yield case.found(path, spans, typed_text, rule)._replace(row=number)


def _spans(words: Sequence[Placed]) -> list[Stretch]:
    """The stretches that words cover: those next to each other in the text are one."""
    spans: list[Stretch] = []
    for placed in sorted(words, key=lambda one: one.start):
        if spans and placed.start == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], placed.end)
        else:
            spans.append((placed.start, placed.end))
    return spans
