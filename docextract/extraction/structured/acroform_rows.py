"""Tables of form fields: "qty1", "desc1" and "amount1" are the first row.

Programs number the fields of a table in their own ways: "QtyRow1", "item_2_price",
"form1[0].Table1[0].Row3[0].Amount[0]". Fields whose names differ in their numbers alone are a
column, those whose numbers are the same are a row, and the rest of a name must say which column
of the schema it is, as `form_names` has it for other fields.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from docextract.document import FormField, Value
from docextract.extraction.structured.acroform_names import Names, shortened
from docextract.extraction.tables.columns import tells
from docextract.schema import FieldType, Schema

#: So many digits are no row's number.
_NUMBER = re.compile(r"[0-9]{1,9}")

#: What tells a row from the others: the numbers in a name that are not the same in all of them.
RowKey = tuple[int, ...]


class Cell(NamedTuple):
    """A form field in a table: the column's path, the number of the row, how sure the name is."""

    path: str
    row: int
    confidence: float


def cells(schema: Schema, fields: Iterable[FormField]) -> dict[FormField, Cell]:
    """The form fields that are cells of the schema's tables; rows that are empty do not count."""
    found: dict[FormField, Cell] = {}
    columns = list(_columns(field for field in fields if field.checked is None))
    for name, rows in schema.fields.items():
        if rows.type is not FieldType.ROWS:
            continue
        meant = _meant(Names(schema, name), columns)
        if tells(rows, meant.keys()):
            found |= dict(_placed(name, meant))
    return found


def _columns(fields: Iterable[FormField]) -> Iterator[dict[RowKey, FormField]]:
    """Fields whose names differ in numbers alone: what differs -> the field."""
    groups: dict[str, dict[RowKey, FormField]] = {}
    for field in fields:
        numbers = tuple(map(int, _NUMBER.findall(field.name)))
        groups.setdefault(_NUMBER.sub("#", field.name), {}).setdefault(numbers, field)
    for group in groups.values():
        varying = [at for at, seen in enumerate(zip(*group, strict=True)) if len(set(seen)) > 1]
        if varying:
            yield {tuple(key[at] for at in varying): field for key, field in group.items()}


def _meant(
    names: Names, columns: Iterable[Mapping[RowKey, FormField]]
) -> dict[str, tuple[float, Mapping[RowKey, FormField]]]:
    """Name of a schema's column -> how sure that is, and its fields; the first such column."""
    found: dict[str, tuple[float, Mapping[RowKey, FormField]]] = {}
    for column in columns:
        first = next(iter(column.values()))
        for field in (first, shortened(first)):
            if (meaning := names.meaning(field)).paths:
                found.setdefault(meaning.paths[0], (meaning.confidence, column))
                break
    return found


def _placed(
    table: str, columns: Mapping[str, tuple[float, Mapping[RowKey, FormField]]]
) -> Iterator[tuple[FormField, Cell]]:
    """Each field with its cell, the rows in the order of their numbers."""
    keys = {
        key
        for _, column in columns.values()
        for key, field in column.items()
        if field.value.strip()
    }
    order = {key: row for row, key in enumerate(sorted(keys))}
    for name, (confidence, column) in columns.items():
        for key, field in column.items():
            yield field, Cell(f"{table}.{name}", order.get(key, -1), confidence)


def with_form_rows(values: Sequence[Value], rows: Sequence[Value]) -> list[Value]:
    """All values, those of a form's tables among them.

    What was typed into a form stands on the page too, and may have been read as rows from there.
    Where each row of the form is one of those, both are the same table: what is printed beside
    the form's fields belongs to its rows, and in a cell that was typed into the form has the word.
    Else the table is the form's alone.

    Args:
        values: What else was found.
        rows: The cells of the form.
    """
    made = list(values)
    for table in dict.fromkeys(_table(cell) for cell in rows):
        own = [cell for cell in rows if _table(cell) == table]
        printed = [value for value in made if _table(value) == table and value.row is not None]
        numbers = _numbers(own, printed)
        placed = [replace(cell, row=(numbers or {}).get(cell.row, cell.row)) for cell in own]
        typed = {(cell.field, cell.row) for cell in placed}
        lost = {id(one) for one in printed if numbers is None or (one.field, one.row) in typed}
        made = [*(value for value in made if id(value) not in lost), *placed]
    return made


def _table(value: Value) -> str:
    return value.field.partition(".")[0]


def _numbers(own: Iterable[Value], printed: Iterable[Value]) -> dict[int | None, int | None] | None:
    """Row of a form -> the row that was read in its place; None unless each has one of its own."""
    at = {span: value.row for value in printed for span in value.spans}
    seen: dict[int | None, set[int | None]] = {}
    for cell in own:
        near = {row for span, row in at.items() if any(_shared(span, one) for one in cell.spans)}
        seen.setdefault(cell.row, set()).update(near)
    if any(len(rows) != 1 for rows in seen.values()):
        return None
    found = {number: row for number, (row,) in seen.items()}
    return found if len(set(found.values())) == len(found) else None


def _shared(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
