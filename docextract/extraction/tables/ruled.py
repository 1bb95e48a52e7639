"""Line items from ruled tables that the reader found: cells under named heads."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docextract.document import Box, Page, Placed, Table
from docextract.extraction.context import Case
from docextract.extraction.tables.columns import NUMERIC, tells
from docextract.layout.labels import fold_label
from docextract.schema import FieldSchema, FieldType

#: Column name -> the words of its cell.
Cells = dict[str, list[Placed]]

#: A head that goes on behind a label ("Amount EUR") counts from so many letters of the label on.
SHORTEST = 3
#: What stands between two labels of one head.
_JOINED = re.compile(r"\s*[&/+]\s*|\s+(?:and|und|et|y)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class _Others:
    """Labels that a head may say which only begins with a column's: of fields, and of rates."""

    fields: frozenset[str]
    rates: tuple[str, ...]

    @classmethod
    def of(cls, case: Case, rows: FieldSchema) -> "_Others":
        fields = case.schema.fields.values()
        rates = (one for one in rows.fields.values() if one.type is FieldType.PERCENT)
        labels = {label for one in rates for label in _folded(tuple(one.anchors))}
        return cls(
            frozenset(label for field in fields for label in _folded(tuple(field.anchors))),
            tuple(sorted(label for label in labels if len(label) >= SHORTEST)),
        )


def grid_rows(case: Case, name: str, rows: FieldSchema) -> Iterator[Cells]:
    """The rows of every table whose head names columns of the field, over all pages.

    A table without a head goes on with the columns of the one before, if it has as many. One whose
    head lacks a required column that an earlier table has is of something else, such as taxes.
    """
    if not any(page.tables for page in case.sheet.doc.pages):
        return
    others = _Others.of(case, rows)
    names: Mapping[int, str] = {}
    head: Sequence[Box | None] = ()
    for page in case.sheet.doc.pages:
        for table in page.tables:
            lines = _filled(case, page, table)
            named = [_named(rows, line, others) for line in lines]
            first = next((at for at, columns in enumerate(named) if columns), None)
            if first is not None and _required(rows, names) <= _required(rows, named[first]):
                names, head = named[first], table.rows[first]
            elif first is not None or len(head) != len(table.rows[0]):
                continue
            for at in range(first or 0, len(lines)):
                if not named[at]:
                    yield _by_name(rows, names, head, lines[at], table.rows[at])


def _by_name(
    rows: FieldSchema,
    names: Mapping[int, str],
    head: Sequence[Box | None],
    line: Mapping[int, list[Placed]],
    cells: Sequence[Box | None],
) -> Cells:
    """The words of a row by their columns; a cell under several heads of numbers holds them all."""
    made: Cells = {}
    for at, words in line.items():
        cell = cells[at]
        under = {one: box for one in names if (box := head[one]) and cell and _covers(cell, box)}
        if len(under) > 1 and all(rows.fields[names[one]].type in NUMERIC for one in under):
            for one, box in under.items():
                if own := [word for word in words if box.x0 <= word.word.box.x <= box.x1]:
                    made[names[one]] = own
        elif at in names:
            made[names[at]] = words
    return made


def _covers(cell: Box, head: Box) -> bool:
    """Whether a cell is as wide as a head over it, or wider."""
    slack = 0.5 * head.height
    return cell.x0 - slack <= head.x0 and head.x1 <= cell.x1 + slack


def _required(rows: FieldSchema, names: Mapping[int, str]) -> set[str]:
    """The columns that every row has: a table of taxes has fewer of them than one of items."""
    return {name for name in names.values() if rows.fields[name].required}


def _filled(case: Case, page: Page, table: Table) -> list[dict[int, list[Placed]]]:
    """For each row of a table, column number -> the words whose centre lies in the cell."""
    inside = [
        placed
        for segment in case.sheet.between(page.number, table.box.top, table.box.bottom)
        for placed in segment.words
    ]
    return [
        {at: words for at, cell in enumerate(row) if cell and (words := _within(inside, cell))}
        for row in table.rows
    ]


def _within(words: Sequence[Placed], cell: Box) -> list[Placed]:
    found = [placed for placed in words if cell.contains(placed.word.box.x, placed.word.box.y)]
    return sorted(found, key=lambda placed: placed.start)


def _named(
    rows: FieldSchema, line: Mapping[int, Sequence[Placed]], others: _Others
) -> dict[int, str]:
    """Column number -> name, when a line is a head; each name once, better labels first."""
    offers = sorted(
        (rank, at, name)
        for at, words in line.items()
        for name, column in rows.fields.items()
        if (rank := _rank(column, " ".join(one.word.text for one in words), others)) is not None
    )
    names: dict[int, str] = {}
    for _, at, name in offers:
        if at not in names and name not in names.values():
            names[at] = name
    return names if tells(rows, names.values()) else {}


def _rank(column: FieldSchema, head: str, others: _Others) -> int | None:
    """The place of a head in the list of a column's labels; behind all where it says more.

    Of two labels that share a head, "Name & description", either will do. What says more is not
    to be another field's label, nor to go on with tax: "Amount of VAT" heads no amounts of items.
    """
    labels = _folded(tuple(column.anchors))
    whole = fold_label(head)
    if whole in labels:
        return labels.index(whole)
    if whole in others.fields:
        return None
    begun = [at for at, label in enumerate(labels) if len(label) >= SHORTEST]
    longer = [
        at
        for at in begun
        if whole.startswith(labels[at]) and not whole[len(labels[at]) :].startswith(others.rates)
    ]
    parts = {fold_label(part) for part in _JOINED.split(head)} - {whole}
    longer += [at for at, label in enumerate(labels) if label in parts]
    return len(labels) + longer[0] if longer else None


@lru_cache(maxsize=512)
def _folded(labels: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a field, folded once for all documents."""
    return tuple(map(fold_label, labels))
