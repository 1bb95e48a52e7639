"""Records as tables: one row a document, one row a nested row, one row an error."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from docextract.document import Issue, Node, RecordTree, Row, Value
from docextract.export.columns import SEPARATOR, Cell, Column, Sort, columns_of, typed
from docextract.export.record_reading import Written
from docextract.export.rows import Add, ExportRow
from docextract.schema import FieldSchema, Schema

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

        def add(row: ExportRow, record: Written | None) -> None:
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
    row: ExportRow, record: Written, columns: Sequence[Column], *, review: bool = False
) -> list[Cell]:
    """A document's row: `RECORD_FIXED`, perhaps `NEEDS_REVIEW`, then `columns`."""
    kind = record.json["kind"]
    fixed: list[Cell] = [row.path, kind["label"], float(kind["confidence"]), str(row.status)]
    if review:
        fixed.append(needs_review(record))
    return fixed + cells(record.tree.get, columns)


def line_cells(
    row: ExportRow, record: Written, columns: Sequence[Column], *, review: bool = False
) -> Iterator[list[Cell]]:
    """The rows of a document's nested fields, from 1: `LINE_FIXED`, as above, then `columns`."""
    for table, number, values in nested(record.tree):
        fixed: list[Cell] = [row.path, table, number]
        if review:
            doubted = [name for name, cell in values.items() if cell and cell.review]
            fixed.append(SEPARATOR.join(doubted) or None)
        yield [*fixed, *cells(values.get, columns)]


def needs_review(record: Written) -> str | None:
    """The fields of a record that a person must look at; its kind, where that is not known."""
    review = record.json.get("review")
    return SEPARATOR.join(review["fields"] if review else ["kind"]) or None


def error_cells(row: ExportRow) -> Iterator[list[Cell]]:
    """A row for each error of a document; one too for a failure that gives no reason."""
    errors = row.errors or ((Issue("", "", ""),) if not row.json else ())
    for error in errors:
        where = [error.stage, str(error.category), error.page]
        yield [row.path, str(row.status), *where, error.message]


def nested(tree: RecordTree) -> Iterator[tuple[str, int, Row]]:
    """(table, row counted from 1, its values) of each nested row of a record."""
    for table in tree:
        for number, row in enumerate(tree.rows(table), 1):
            yield table, number, row


def cells(node: Callable[[str], Node], columns: Sequence[Column]) -> list[Cell]:
    """The cells of these columns; empty where the kind at hand has no such field.

    Args:
        node: What stands for a field: `RecordTree.get`, or a row's.
        columns: What the cells are of.
    """
    return [_cell(node(column.field), column) for column in columns]


def _cell(node: Node, column: Column) -> Cell:
    """A value or its confidence, several as one; empty where another kind has rows of that name."""
    parts = node if isinstance(node, tuple) else (node,)
    values = [part for part in parts if isinstance(part, Value)]
    if not values:
        return None
    if column.confidence:
        return min(value.confidence for value in values)
    given = [value.value for value in values] if isinstance(node, tuple) else values[0].value
    return typed(given, column.sort)
