"""Positions of an e-invoice's values on its pages."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from docextract.document import Document, Statement, Value
from docextract.evidence.comparison import same
from docextract.extraction.text_search import Print, Stretch
from docextract.layout.segments import Sheet
from docextract.schema import FieldType, Schema

#: Letters that tell the beginning of a row's text from others, and the words of it that are looked
#: for when all are not in one piece. Judgements.
_TELLING, _BEGINNING = 8, 12
#: A row is looked for in so many code points behind the one before: about ten full pages.
_REACH = 40_000
#: How many elements of a name are passed over to find one; a listing has them in order.
_PASSED = 200


def listed(doc: Document, pairs: Iterable[tuple[Statement, Value]]) -> Iterator[Value]:
    """The values with their places in a listing of the elements that state them.

    Args:
        doc: Its text has a line for each element: the name, then the text.
        pairs: Statements in the order of their elements, with their values.
    """
    texts = [placed.word.text for placed in doc.words]
    at: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        at.setdefault(text, []).append(number)
    after = 0
    for said, value in pairs:
        spans = []
        for name, text in said.parts:
            line = [*name.split(), *text.split()]
            starts = at.get(line[0], [])
            near = bisect_left(starts, after)
            for start in starts[near : near + _PASSED]:
                if texts[start : start + len(line)] == line:
                    after = start + len(line)
                    first = doc.words[start + len(name.split())]
                    spans.append((first.start, doc.words[after - 1].end))
                    break
        yield replace(value, spans=tuple(spans))


def shown(
    doc: Document, schema: Schema, values: Sequence[Value], seen: Sequence[Value]
) -> Iterator[Value]:
    """The values with the places where the pages print them, none where they do not.

    Where a value was seen on the page for the same field, that is its place; else the first one.
    """
    page = Print(doc)
    for value in values:
        if value.row is None:
            spans = _seen(value, seen) or page.find(schema.field(value.field), value.value)
            yield _at(doc, value, spans)
    in_rows = sorted((value for value in values if value.row is not None), key=_row)
    sheet, after = Sheet(doc), 0
    for _, group in groupby(in_rows, key=_row):
        row = list(group)
        head = _head(page, schema, row, after)
        if head is None:
            yield from row
            continue
        after = head[1][1]
        yield _at(doc, row[head[0]], (head[1],))
        others = row[: head[0]] + row[head[0] + 1 :]
        yield from _cells(page, schema, others, _beside(sheet, head[1]))


def _row(value: Value) -> tuple[str, int]:
    return value.field.partition(".")[0], value.row or 0


def _seen(value: Value, seen: Sequence[Value]) -> tuple[Stretch, ...]:
    wanted = same(value.value)
    fitting = [one for one in seen if one.field == value.field and same(one.value) == wanted]
    return max(fitting, key=lambda one: one.confidence).spans if fitting else ()


def _at(doc: Document, value: Value, spans: tuple[Stretch, ...]) -> Value:
    if not spans:
        return value
    return replace(value, spans=spans, raw="\n".join(doc.text[a:b] for a, b in spans))


def _head(
    page: Print, schema: Schema, row: Sequence[Value], after: int
) -> tuple[int, Stretch] | None:
    """The number of the cell that tells the row, its longest text, and where that begins.

    Only its beginning, when the rest goes on in the next line, behind the other cells.
    """
    texts = [n for n, cell in enumerate(row) if schema.field(cell.field).type is FieldType.TEXT]
    if not texts:
        return None
    number = max(texts, key=lambda n: len(str(row[n].value)))
    words = str(row[number].value).split()
    tried = [" ".join(words[:count]) for count in range(min(len(words), _BEGINNING), 0, -1)]
    for text in (" ".join(words), *(part for part in tried if len(part) >= _TELLING)):
        if place := page.letters(text, after, after + _REACH):
            return number, place
    return None


def _beside(sheet: Sheet, place: Stretch) -> list[Stretch]:
    """What is printed at the levels of a stretch's first and last line, but for the stretch."""
    first, last = sheet.at(place[0]), sheet.at(place[1] - 1)
    levels = dict.fromkeys((one.start, one.end) for end in (first, last) for one in sheet.row(end))
    return _without(list(levels), place)


def _without(stretches: Iterable[Stretch], taken: Stretch) -> list[Stretch]:
    """What is left of the stretches."""
    left: list[Stretch] = []
    for start, end in stretches:
        if taken[1] <= start or end <= taken[0]:
            left.append((start, end))
            continue
        left += [part for part in ((start, taken[0]), (taken[1], end)) if part[0] < part[1]]
    return left


def _cells(
    page: Print, schema: Schema, row: Sequence[Value], within: list[Stretch]
) -> Iterator[Value]:
    """The cells with their places, of which none is another's."""
    for cell in row:
        spans = page.find(schema.field(cell.field), cell.value, within)
        for span in spans:
            within = _without(within, span)
        yield _at(page.doc, cell, spans)
