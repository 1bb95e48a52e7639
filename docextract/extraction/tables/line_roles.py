"""Roles of lines in a table: a row, the continuation of one, a note, or none."""

import re
from collections.abc import Iterator, Mapping, Sequence

from docextract.document import Placed
from docextract.extraction.context import Case
from docextract.extraction.tables.columns import NUMERIC, Level
from docextract.layout.labels import fold_label
from docextract.layout.segments import Sheet
from docextract.schema import FieldSchema, FieldType

#: Numbers in so many columns make a row; one alone may be a part of a description.
WHOLE = 2
#: Running heads and feet stand in this part of a page, from its top and from its bottom.
MARGIN = 0.15


def digits(rows: FieldSchema, words: Mapping[str, Sequence[Placed]]) -> frozenset[str]:
    """The columns of numbers in which there is a digit."""
    return frozenset(name for name in _printed(words) if rows.fields[name].type in NUMERIC)


def numbered(rows: FieldSchema, words: Mapping[str, Sequence[Placed]]) -> frozenset[str]:
    """The columns of codes, as of a row's position, in which there is a digit."""
    return frozenset(name for name in _printed(words) if rows.fields[name].type is FieldType.CODE)


def _printed(words: Mapping[str, Sequence[Placed]]) -> Iterator[str]:
    for name, placed in words.items():
        if any(sign.isdigit() for one in placed for sign in one.word.text):
            yield name


def texts(rows: FieldSchema, words: Mapping[str, Sequence[Placed]]) -> list[Placed]:
    """The words in columns of text."""
    return [
        one
        for name, placed in words.items()
        if rows.fields[name].type is FieldType.TEXT
        for one in placed
    ]


def worded(rows: FieldSchema) -> list[str]:
    """The columns of text that every row has."""
    return [
        name
        for name, column in rows.fields.items()
        if column.required and column.type is FieldType.TEXT
    ]


def summed(case: Case, name: str) -> frozenset[str]:
    """The columns that checks of the schema add up, as the amounts of the rows."""
    return frozenset(
        path.partition(".")[2]
        for check in case.schema.checks
        if not check.each
        for path in check.expression.names
        if path.startswith(f"{name}.")
    )


def running(sheet: Sheet) -> frozenset[int]:
    """The offsets at which the heads and feet begin that pages repeat, page numbers aside."""
    found: dict[str, dict[int, list[int]]] = {}
    for page in sheet.doc.pages if len(sheet.doc.pages) > 1 else ():
        for level in sheet.rows(page.number):
            if _in_margin(level, page.height):
                found.setdefault(_masked(sheet, level), {}).setdefault(page.number, []).append(
                    level[0].start
                )
    return frozenset(
        start
        for pages in found.values()
        if len(pages) > 1
        for starts in pages.values()
        for start in starts
    )


def _in_margin(level: Level, height: float) -> bool:
    return not MARGIN * height <= level[0].box.y <= (1 - MARGIN) * height


def _masked(sheet: Sheet, level: Level) -> str:
    printed = " ".join(sheet.text[segment.start : segment.end] for segment in level)
    return fold_label(re.sub(r"\d+", "#", printed))
