"""Tables without headers: columns from lines whose numbers fulfil a row check."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import combinations, permutations

from docextract.extraction.context import Case
from docextract.extraction.tables.column_inference import NUMBER, is_word
from docextract.extraction.tables.columns import NUMERIC, Column, Header, Level
from docextract.extraction.tables.header import shared
from docextract.extraction.tables.line_roles import worded
from docextract.extraction.tables.total_lines import totals
from docextract.layout.segments import Segment
from docextract.schema import Check, FieldSchema

#: Numbers of a line that are tried in a check: one with more is no row of a plain table.
TRIED = 6

#: Which segment of a line is which column.
_Told = dict[str, Segment]


def bare_header(case: Case, name: str, page: int) -> Header | None:
    """A header over the rows of a page that has none: where its columns are, in no words.

    One line tells when its product is not that with 1; else it takes two whose columns stand
    under each other.
    """
    rows = case.schema.fields[name]
    checks = [check for check in case.schema.checks if check.each == name]
    told: list[_Told] = []
    for level in case.sheet.rows(page):
        if totals(case, level):
            break
        if level[0].vertical:
            continue
        for way in _ways(case, rows, checks, level):
            if _tells(case, way) or any(_under(way, other) for other in told):
                return _header(way, level, told)
            told.append(way)
    return None


def _ways(case: Case, rows: FieldSchema, checks: Sequence[Check], level: Level) -> Iterator[_Told]:
    """Each way to call the numbers of a line so that a check holds, beside the words of a text."""
    texts = worded(rows)
    said = [one for one in level if sum(map(is_word, one.words))]
    numbers = {at: number for at, one in enumerate(level) if (number := _number(case, one))}
    if len(texts) != 1 or not said or len(numbers) > TRIED:
        return
    text = max(said, key=lambda one: sum(map(is_word, one.words)))
    for check in checks:
        wanted = [
            key
            for key, column in rows.fields.items()
            if key in check.expression.names and column.type in NUMERIC
        ]
        for names in filter(partial(_decides, check), combinations(wanted, 3)):
            for places in permutations(numbers, 3):
                given = {key: numbers[at] for key, at in zip(names, places, strict=True)}
                if check.expression.holds(given, tolerance=check.tolerance):
                    cells = {key: level[at] for key, at in zip(names, places, strict=True)}
                    if text not in cells.values():
                        yield {texts[0]: text, **cells}


def _decides(check: Check, names: Sequence[str]) -> bool:
    """Whether a check says anything of these numbers, asked once rather than for each order."""
    given = dict.fromkeys(names, Decimal(1))
    return check.expression.holds(given, tolerance=check.tolerance) is not None


def _number(case: Case, segment: Segment) -> Decimal | None:
    """The number in a segment that begins with one, a sign of money aside."""
    found = next(case.readings(NUMBER, (segment.start, segment.end)), None)
    if found is None or not isinstance(found[1], Decimal) or not found[1]:
        return None
    lead = case.sheet.text[segment.start : found[0][0]]
    return None if sum(map(str.isalpha, lead)) > len("EUR") else found[1]


def _tells(case: Case, way: _Told) -> bool:
    """Whether no number is 1, with which any other would be a price and an amount at once."""
    values = [_number(case, segment) for segment in way.values()]
    return Decimal(1) not in values and len({*values}) == len(values)


def _under(way: _Told, other: _Told) -> bool:
    return way.keys() == other.keys() and all(
        shared(segment.box, other[key].box) > 0 for key, segment in way.items()
    )


def _header(way: _Told, level: Level, told: Sequence[_Told]) -> Header:
    """The header over the first line that the columns were told by."""
    names = {segment.start: key for key, segment in way.items()}
    columns = tuple(Column(names.get(one.start, ""), one.box) for one in level)
    lines = [level, *([*other.values()] for other in told if _under(way, other))]
    top = min(one.box.top for line in lines for one in line)
    return Header(level[0].page, top, columns)
