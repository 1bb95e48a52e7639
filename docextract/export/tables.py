"""Records as tables: one row a document, one row a nested row, one row an error."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from docextract.document import Issue
from docextract.export.columns import SEPARATOR, Cell, Column, Sort, columns_of, typed
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
#: What a person must look at, where acceptance was asked for: fields, in a row its columns.
NEEDS_REVIEW = Column("needs_review", Sort.TEXT)
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
    """The columns of the tables of records and of nested rows: the union over `schemas`.

    `confidences` and `review` are those of `ExportOptions`.
    """

    schemas: Sequence[Schema]
    confidences: bool = False
    review: bool = False

    @cached_property
    def fields(self) -> tuple[Column, ...]:
        """The columns of fields in the table of records, in the schemas' order."""
        return self._columns([schema.fields for schema in self.schemas], self._record_fixed)

    @cached_property
    def line_fields(self) -> tuple[Column, ...]:
        """The columns of fields in the table of nested rows."""
        nested = [field.fields for s in self.schemas for field in s.fields.values()]
        return self._columns(nested, self._line_fixed)

    @property
    def record_columns(self) -> tuple[Column, ...]:
        """All columns of the table of records."""
        return (*self._record_fixed, *self.fields)

    @property
    def line_columns(self) -> tuple[Column, ...]:
        """All columns of the table of nested rows."""
        return (*self._line_fixed, *self.line_fields)

    def adder(self, record_row: Write, line_row: Write) -> Add:
        """What writes the rows of each document that was read."""

        def add(row: ExportRow, record: Record | None) -> None:
            if record is not None:
                record_row(record_cells(row, record, self.fields, review=self.review))
                for cells in line_cells(row, record, self.line_fields, review=self.review):
                    line_row(cells)

        return add

    @property
    def _record_fixed(self) -> tuple[Column, ...]:
        return with_review(RECORD_FIXED, review=self.review)

    @property
    def _line_fixed(self) -> tuple[Column, ...]:
        return with_review(LINE_FIXED, review=self.review)

    def _columns(
        self, parts: Sequence[Mapping[str, FieldSchema]], fixed: Sequence[Column]
    ) -> tuple[Column, ...]:
        names = [column.name for column in fixed]
        return columns_of(parts, fixed=names, confidences=self.confidences)


def with_review(columns: Sequence[Column], *, review: bool) -> tuple[Column, ...]:
    """These columns, and `NEEDS_REVIEW` after them where it is wanted."""
    return (*columns, NEEDS_REVIEW) if review else tuple(columns)


def record_cells(
    row: ExportRow, record: Record, columns: Sequence[Column], *, review: bool = False
) -> list[Cell]:
    """A document's row: `RECORD_FIXED`, perhaps `NEEDS_REVIEW`, then `columns`."""
    kind = record["kind"]
    fixed: list[Cell] = [row.path, kind["label"], float(kind["confidence"]), str(row.status)]
    if review:
        fixed.append(needs_review(record))
    return fixed + cells(record["data"], record["evidence"], columns)


def line_cells(
    row: ExportRow, record: Record, columns: Sequence[Column], *, review: bool = False
) -> Iterator[list[Cell]]:
    """The rows of a document's nested fields, from 1: `LINE_FIXED`, as above, then `columns`."""
    for table, number, data, evidence in nested(record):
        fixed: list[Cell] = [row.path, table, number]
        if review:
            doubted = [name for name, leaf in evidence.items() if leaf and leaf.get("review")]
            fixed.append(SEPARATOR.join(doubted) or None)
        yield [*fixed, *cells(data, evidence, columns)]


def needs_review(record: Record) -> str | None:
    """The fields of a record that a person must look at; its kind, where that is not known."""
    review = record.get("review")
    return SEPARATOR.join(review["fields"] if review else ["kind"]) or None


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
