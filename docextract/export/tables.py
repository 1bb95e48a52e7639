"""Records as tables: one row a document, one row a nested row, one row an error."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from docextract.document import Issue
from docextract.export.columns import Cell, Column, Sort, columns_of, typed
from docextract.export.rows import Add, ExportRow
from docextract.schema import FieldSchema, Schema

Record = Mapping[str, Any]

_PATH = Column("path", Sort.TEXT)
RECORD_FIXED = (
    _PATH,
    Column("kind", Sort.TEXT),
    Column("kind_confidence", Sort.SHARE),
    Column("status", Sort.TEXT),
)
LINE_FIXED = (_PATH, Column("table", Sort.TEXT), Column("row", Sort.INTEGER))
ERROR_COLUMNS = (
    _PATH,
    Column("status", Sort.TEXT),
    Column("stage", Sort.TEXT),
    Column("category", Sort.TEXT),
    Column("page", Sort.INTEGER),
    Column("message", Sort.TEXT),
)


#: Writes one row.
Write = Callable[[Sequence[Cell]], object]


@dataclass(frozen=True)
class Layout:
    """The columns of the tables of records and of nested rows: the union over `schemas`."""

    schemas: Sequence[Schema]
    confidences: bool = False

    @cached_property
    def fields(self) -> tuple[Column, ...]:
        """The columns of fields in the table of records, in the schemas' order."""
        return self._columns([schema.fields for schema in self.schemas], RECORD_FIXED)

    @cached_property
    def line_fields(self) -> tuple[Column, ...]:
        """The columns of fields in the table of nested rows."""
        nested = [field.fields for s in self.schemas for field in s.fields.values()]
        return self._columns(nested, LINE_FIXED)

    @property
    def record_columns(self) -> tuple[Column, ...]:
        """All columns of the table of records."""
        return (*RECORD_FIXED, *self.fields)

    @property
    def line_columns(self) -> tuple[Column, ...]:
        """All columns of the table of nested rows."""
        return (*LINE_FIXED, *self.line_fields)

    def adder(self, record_row: Write, line_row: Write) -> Add:
        """What writes the rows of each document that was read."""

        def add(row: ExportRow, record: Record | None) -> None:
            if record is not None:
                record_row(record_cells(row, record, self.fields))
                for cells in line_cells(row, record, self.line_fields):
                    line_row(cells)

        return add

    def _columns(
        self, parts: Sequence[Mapping[str, FieldSchema]], fixed: Sequence[Column]
    ) -> tuple[Column, ...]:
        names = [column.name for column in fixed]
        return columns_of(parts, fixed=names, confidences=self.confidences)


def record_cells(row: ExportRow, record: Record, columns: Sequence[Column]) -> list[Cell]:
    """A document's row: `RECORD_FIXED`, then `columns`."""
    kind = record["kind"]
    fixed: list[Cell] = [row.path, kind["label"], float(kind["confidence"]), str(row.status)]
    return fixed + cells(record["data"], record["evidence"], columns)


def line_cells(row: ExportRow, record: Record, columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """The rows of a document's nested fields, counted from 1: `LINE_FIXED`, then `columns`."""
    for table, number, data, evidence in nested(record):
        yield [row.path, table, number, *cells(data, evidence, columns)]


def error_cells(row: ExportRow) -> Iterator[list[Cell]]:
    """A row for each error of a document; one too for a failure that gives no reason."""
    errors = row.errors or ((Issue("", "", ""),) if not row.json else ())
    for error in errors:
        where = [error.stage, str(error.category), error.page]
        yield [row.path, str(row.status), *where, error.message]


def nested(record: Record) -> Iterator[tuple[str, int, Record, Record]]:
    """(table, row counted from 1, data, evidence) of each nested row of a record."""
    for table, rows in record["data"].items():
        if isinstance(rows, list):
            found = record["evidence"].get(table) or []
            for number, data in enumerate(rows, 1):
                if isinstance(data, Mapping):
                    evidence = found[number - 1] if number <= len(found) else {}
                    yield table, number, data, evidence


def cells(data: Record, evidence: Record, columns: Sequence[Column]) -> list[Cell]:
    """The cells of these columns; empty where the kind at hand has no such field."""
    return [
        _confidence(evidence.get(column.field))
        if column.confidence
        else typed(_scalar(data.get(column.field)), column.sort)
        for column in columns
    ]


def _scalar(value: Any) -> Any:
    """The value, or None where another kind has rows under the same name, or nothing at all."""
    if isinstance(value, list) and (not value or isinstance(value[0], Mapping)):
        return None
    return value


def _confidence(evidence: Any) -> float | None:
    """The confidence of a value; the lowest of several."""
    leaves = evidence if isinstance(evidence, list) else [evidence]
    found = [float(leaf["confidence"]) for leaf in leaves if leaf and "confidence" in leaf]
    return min(found, default=None)
