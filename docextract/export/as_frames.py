"""pandas frames: the tables of `tables`, with the types that pandas computes with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docextract.document import Node, RecordTree, Result, Status, Value
from docextract.export.columns import Cell, Column, Sort, both, columns_of, named
from docextract.export.record import record_json
from docextract.export.record_reading import Written
from docextract.export.rows import ExportRow
from docextract.export.tables import (
    ERROR_COLUMNS,
    LINE_FIXED,
    RECORD_FIXED,
    error_cells,
    line_cells,
    nested,
    record_cells,
    with_review,
)
from docextract.schema import FieldSchema, Schema

if TYPE_CHECKING:
    import pandas as pd

#: Sort -> pandas type. Amounts become floats, as pandas has no decimals that it can add up fast;
#: exact ones are in the records. Missing values are NaN, NaT or <NA>, and None for times.
_TYPES: Mapping[Sort, str] = {
    Sort.TEXT: "string",
    Sort.NUMBER: "float64",
    Sort.SHARE: "float64",
    Sort.INTEGER: "Int64",
    Sort.BOOLEAN: "boolean",
    Sort.DATE: "datetime64[s]",  # reaches every year that a date has; nanoseconds end in 2262
    Sort.TIME: "object",
}
#: Python type -> sort, for values without a schema; bool first, as it is an int too.
_SORTS: Mapping[type, Sort] = {
    bool: Sort.BOOLEAN,
    int: Sort.INTEGER,
    Decimal: Sort.NUMBER,
    float: Sort.NUMBER,
    date: Sort.DATE,
    time: Sort.TIME,
}


@dataclass(frozen=True, slots=True)
class _Read:
    """A document: its row, and its record, whose values may be dates rather than text."""

    row: ExportRow
    record: Written | None


def to_frame(
    results: Iterable[Result | Mapping[str, Any]], *, schemas: Sequence[Schema] = ()
) -> "pd.DataFrame":
    """One row a document: path, kind, kind_confidence, status, then a column a field.

    Where acceptance was asked for, needs_review stands before the fields.

    Args:
        results: What `extract_all` gives, or lines of records.jsonl parsed as JSON.
        schemas: Give columns their types where values cannot: JSON has text for a date.

    Returns:
        Dates are datetime64, amounts float64, integers Int64, text string. Documents that could
        not be read have a row with a path and a status only. Without schemas a field with
        `many` has a column only where a document has a value for it.
    """
    return to_frames(results, schemas=schemas)["records"]


def to_frames(
    results: Iterable[Result | Mapping[str, Any]], *, schemas: Sequence[Schema] = ()
) -> dict[str, "pd.DataFrame"]:
    """The frames "records" (see `to_frame`), "line_items" (a row each) and "errors"."""
    read = [_read(result) for result in results]
    records = [(one.row, one.record) for one in read if one.record is not None]
    parts = [schema.fields for schema in schemas]
    inner = [field.fields for part in parts for field in part.values()]
    review = any("review" in record.json for _, record in records)
    fixed, line_fixed = (with_review(one, review=review) for one in (RECORD_FIXED, LINE_FIXED))
    fields = _columns((r.tree.items() for _, r in records), parts, fixed)
    columns = _columns(
        (cells.items() for _, r in records for _, _, cells in nested(r.tree)), inner, line_fixed
    )
    return {
        "records": _frame((*fixed, *fields), [_cells(one, fields, review=review) for one in read]),
        "line_items": _frame(
            (*line_fixed, *columns),
            [c for row, record in records for c in line_cells(row, record, columns, review=review)],
        ),
        "errors": _frame(ERROR_COLUMNS, [cells for one in read for cells in error_cells(one.row)]),
    }


def _read(result: Result | Mapping[str, Any]) -> _Read:
    if isinstance(result, Mapping):
        about = result["document"]
        row = ExportRow(about["path"], Status(about["status"]), about["sha256"], json="{}")
        return _Read(row, Written(result))
    row = ExportRow(result.name, result.status, errors=result.errors)
    if result.document is None:
        return _Read(row, None)
    tree = result.record.evidence if result.record else RecordTree({})
    return _Read(replace(row, json="{}"), Written(record_json(result), tree))


def _cells(one: _Read, fields: Sequence[Column], *, review: bool) -> list[Cell]:
    if one.record is not None:
        return record_cells(one.row, one.record, fields, review=review)
    blank = len(fields) + review
    return [one.row.path, None, None, str(one.row.status), *(None for _ in range(blank))]


def _columns(
    found: Iterable[Iterable[tuple[str, Node]]],
    parts: Sequence[Mapping[str, FieldSchema]],
    fixed: Sequence[Column],
) -> tuple[Column, ...]:
    """A column for each field that occurs; its sort is the schemas', else that of its values."""
    known = {c.field: c.sort for c in columns_of(parts, fixed=(), confidences=False)}
    seen: dict[str, Sort | None] = {}
    for fields in found:
        for name, node in fields:
            # Without a schema nothing at all may stand for rows as well as for values.
            if name in known or not _may_be_rows(node):
                seen[name] = _sort(node, seen.get(name))
    sorts = {name: known.get(name, sort or Sort.TEXT) for name, sort in seen.items()}
    return named(sorts, fixed=[column.name for column in fixed])


def _sort(node: Node, known: Sort | None) -> Sort | None:
    if node is None:
        return known
    sort = _SORTS.get(type(node.value), Sort.TEXT) if isinstance(node, Value) else Sort.TEXT
    return both(known, sort) if known else sort


def _may_be_rows(node: Node) -> bool:
    return isinstance(node, tuple) and not any(isinstance(part, Value) for part in node)


def _frame(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> "pd.DataFrame":
    import pandas as pd

    made = {
        column.name: _series([row[at] for row in rows], column.sort)
        for at, column in enumerate(columns)
    }
    return pd.DataFrame(made, columns=[column.name for column in columns])


def _series(cells: Sequence[Cell], sort: Sort) -> "pd.Series[Any]":
    import numpy as np
    import pandas as pd

    if sort is Sort.DATE:
        return pd.Series(np.array(cells, dtype="datetime64[s]"))
    if sort is Sort.NUMBER:
        cells = [None if cell is None else float(str(cell)) for cell in cells]
    return pd.Series(cells, dtype=_TYPES[sort])
