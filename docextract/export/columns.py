"""Columns of tables for the fields of a schema, and values as cells.

Tables are flat, so a field with `many` is one cell of text, its values joined by "; ".
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Context, Decimal
from enum import StrEnum
from typing import Any

from docextract.schema import FieldSchema, FieldType

Cell = str | int | float | bool | Decimal | date | time | None

SEPARATOR = "; "
#: What decimals of databases and Parquet hold: 38 digits, of them 9 after the point.
SCALE = 9
_DIGITS = Context(prec=38)
_PLACES = Decimal(1).scaleb(-SCALE)
_TOO_LARGE = 10 ** (38 - SCALE)
_MAX_INTEGER = 2**63 - 1


class Sort(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"  # str
    NUMBER = "number"  # Decimal
    INTEGER = "integer"  # int
    SHARE = "share"  # float in [0, 1]
    BOOLEAN = "boolean"  # bool
    DATE = "date"  # date
    TIME = "time"  # time


_SORTS: Mapping[FieldType, Sort] = {
    FieldType.MONEY: Sort.NUMBER,
    FieldType.NUMBER: Sort.NUMBER,
    FieldType.PERCENT: Sort.NUMBER,
    FieldType.INTEGER: Sort.INTEGER,
    FieldType.BOOLEAN: Sort.BOOLEAN,
    FieldType.DATE: Sort.DATE,
    FieldType.TIME: Sort.TIME,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `field` is the field whose value, or whose confidence, its cells hold."""

    name: str
    sort: Sort
    field: str = ""
    confidence: bool = False


def columns_of(
    parts: Iterable[Mapping[str, FieldSchema]], *, fixed: Collection[str], confidences: bool
) -> tuple[Column, ...]:
    """The columns of all fields of `parts` that are not rows, each name once, in their order.

    A field that is called like one of the columns `fixed` gets "_" after its name. Where two
    parts give one name different sorts, the column takes what can hold both: text, in the end.
    """
    sorts: dict[str, Sort] = {}
    for part in parts:
        for name, field in part.items():
            if field.type is not FieldType.ROWS:
                sort = Sort.TEXT if field.many else _SORTS.get(field.type, Sort.TEXT)
                sorts[name] = both(sorts.get(name, sort), sort)
    return named(sorts, fixed=fixed, confidences=confidences)


def named(
    sorts: Mapping[str, Sort], *, fixed: Collection[str], confidences: bool = False
) -> tuple[Column, ...]:
    """A column a field, and its confidence's after it where they are asked for."""
    taken = {*fixed, *sorts}
    made = []
    for field, sort in sorts.items():
        name = _free(field, taken) if field in fixed else field
        made.append(Column(name, sort, field))
        if confidences:
            made.append(
                Column(_free(f"{name}_confidence", taken), Sort.SHARE, field, confidence=True)
            )
    return tuple(made)


def both(one: Sort, other: Sort) -> Sort:
    """The sort that can hold the values of either."""
    if one is other:
        return one
    return Sort.NUMBER if {one, other} == {Sort.NUMBER, Sort.INTEGER} else Sort.TEXT


def typed(value: Any, sort: Sort) -> Cell:
    """A value of a record's data as a cell of a column of this sort."""
    if value is None:
        return None
    match sort:
        case Sort.NUMBER:
            return Decimal(value)
        case Sort.DATE:
            return value if isinstance(value, date) else date.fromisoformat(value)
        case Sort.TIME:
            return value if isinstance(value, time) else time.fromisoformat(value)
        case Sort.TEXT:
            return printed(value)
    return value  # type: ignore[no-any-return]  # JSON has this one itself


def printed(value: Any) -> str:
    """A value, or a list of values, as text: 12.50, true, 2024-05-31."""
    if isinstance(value, list | tuple):
        return SEPARATOR.join(printed(part) for part in value if part is not None)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def storable(cell: Cell) -> Cell:
    """The cell as typed stores can hold it: decimals to nine places, integers of 64 bits.

    A number that is larger, which no document means, becomes None; JSON and CSV keep it.
    """
    if isinstance(cell, Decimal):
        if not cell.is_finite() or abs(cell) >= _TOO_LARGE:
            return None
        places = -int(cell.as_tuple().exponent)
        return cell if places <= SCALE else cell.quantize(_PLACES, context=_DIGITS)
    if isinstance(cell, int) and abs(cell) > _MAX_INTEGER:
        return None
    return cell


#: Control characters (C0, DEL, C1) and what is no character; not white space.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_BREAK = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")


def clean(text: str) -> str:
    r"""Text that any table takes: line breaks and tabs are a blank, control characters gone.

    Lone surrogates, which UTF-8 cannot hold, become escapes: "\udc80".
    """
    kept = _CONTROL.sub("", _BREAK.sub(" ", text))
    return kept.encode("utf-8", "backslashreplace").decode()


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name
