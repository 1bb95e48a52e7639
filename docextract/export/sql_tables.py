"""SQL tables of records, and how they grow with their schemas.

    documents       id, path, sha256, media_type, pages, status, kind, kind_confidence, ...,
                    and needs_review where acceptance was asked for
    issues          document_id, number, stage, category, page, field, message
    <kind>          document_id, a column a field
    <kind>_<rows>   document_id, row_number, a column a field: one table a nested field

A column is never dropped nor changed: those that a schema gains are added, and those that it
loses stay, empty from then on.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sql

from docextract.errors import ConfigError
from docextract.export.columns import SCALE, Column, Sort, columns_of
from docextract.export.tables import NEEDS_REVIEW
from docextract.schema import FieldSchema, FieldType, Schema

DOCUMENTS, ISSUES = "documents", "issues"
#: The columns without which a table of one of our names is somebody else's.
_OURS: Mapping[str, frozenset[str]] = {DOCUMENTS: frozenset({"id", "sha256", "schema_version"})}
_KEY = frozenset({"document_id"})
_IN_ROWS = ("document_id", "row_number")

#: Exact where the database can: PostgreSQL keeps a number's own scale, others need one given,
#: SQLite has only binary floats of 15 digits.
_NUMBER = (
    sql.Numeric()
    .with_variant(sql.Numeric(38, SCALE), "mysql", "mariadb", "mssql", "oracle")
    .with_variant(sql.Double(), "sqlite")
)
_TYPES: Mapping[Sort, Any] = {
    Sort.TEXT: sql.Text(),
    Sort.NUMBER: _NUMBER,
    Sort.SHARE: sql.Double(),
    Sort.INTEGER: sql.BigInteger(),
    Sort.BOOLEAN: sql.Boolean(),
    Sort.DATE: sql.Date(),
    Sort.TIME: sql.Time(),
}


@dataclass(frozen=True)
class Filled:
    """A table and the columns of fields that fill it, after those that tell the row."""

    table: sql.Table
    columns: tuple[Column, ...] = ()


#: Name -> table.
Tables = Mapping[str, Filled]


def tables_of(schemas: Sequence[Schema], *, confidences: bool, review: bool = False) -> Tables:
    """All tables for records of these schemas; the options are those of `ExportOptions`.

    Raises ConfigError when two of them would have one name.
    """
    made = [_documents(review=review), _issues()]
    for schema in schemas:
        made.append(_table(schema.name, schema.fields, _KEY, confidences))
        for name, field in schema.fields.items():
            if field.type is FieldType.ROWS:
                called = f"{schema.name}_{name}"
                made.append(_table(called, field.fields, _IN_ROWS, confidences))
    names = [filled.table.name for filled in made]
    if twice := ", ".join(sorted({name for name in names if names.count(name) > 1})):
        raise ConfigError(f"more than one database table would be called {twice}: rename a schema")
    return {filled.table.name: filled for filled in made}


def prepare(connection: sql.Connection, tables: Tables, *, wanted: Collection[str]) -> list[str]:
    """Make those of `tables` that are wanted and missing, and columns that tables lack.

    Returns the names of those of `tables` that the database then has, in their order.

    Raises ConfigError when a table of the same name is not ours.
    """
    inspector = sql.inspect(connection)
    there = set(inspector.get_table_names())
    for name, filled in tables.items():
        if name in there:
            columns = {column["name"] for column in inspector.get_columns(name)}
            if not _OURS.get(name, _KEY) <= columns:
                raise ConfigError(f"the database has a table {name!r} of another make; use another")
            _grow(connection, filled.table, columns)
        elif name in wanted:
            filled.table.create(connection)
    return [name for name in tables if name in there or name in wanted]


def _grow(connection: sql.Connection, table: sql.Table, there: Collection[str]) -> None:
    for column in table.columns:
        if column.name not in there:
            quote = connection.dialect.identifier_preparer.format_table
            added = sql.schema.CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(sql.DDL(f"ALTER TABLE {quote(table)} ADD COLUMN {added}"))


def _documents(*, review: bool) -> Filled:
    columns = [
        sql.Column("id", sql.String(64), primary_key=True),
        *(sql.Column(name, sql.Text()) for name in ("path", "sha256", "media_type")),
        sql.Column("pages", sql.Integer()),
        *(sql.Column(name, sql.Text()) for name in ("status", "kind")),
        sql.Column("kind_confidence", sql.Double()),
        sql.Column("schema_version", sql.Text()),
        *([sql.Column(NEEDS_REVIEW.name, sql.Text())] if review else []),
    ]
    return Filled(sql.Table(DOCUMENTS, sql.MetaData(), *columns))


def _issues() -> Filled:
    columns = [
        *_key_columns(("document_id", "number")),
        *(sql.Column(name, sql.Text()) for name in ("stage", "category")),
        sql.Column("page", sql.Integer()),
        *(sql.Column(name, sql.Text()) for name in ("field", "message")),
    ]
    return Filled(sql.Table(ISSUES, sql.MetaData(), *columns))


def _table(
    name: str, fields: Mapping[str, FieldSchema], key: Collection[str], confidences: bool
) -> Filled:
    columns = columns_of([fields], fixed=key, confidences=confidences)
    made = [sql.Column(column.name, _TYPES[column.sort]) for column in columns]
    return Filled(sql.Table(name, sql.MetaData(), *_key_columns(key), *made), columns)


def _key_columns(names: Collection[str]) -> list[Any]:
    return [
        sql.Column(
            name,
            sql.String(64) if name == "document_id" else sql.Integer(),
            primary_key=True,
            autoincrement=False,
        )
        for name in names
    ]
