"""SQL export: SQLite in a file of its own, or any database that SQLAlchemy has a URL for.

Writing the same documents again changes nothing: what a document had in any table is deleted
and written anew, in one transaction. Documents that are not in this run stay as they are.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from docextract.document import Node
from docextract.errors import ConfigError, MissingDependency
from docextract.export.columns import Cell, clean, storable
from docextract.export.files import atomic
from docextract.export.record_reading import Written
from docextract.export.rows import Add, ExportRow, Target
from docextract.export.sql_tables import DOCUMENTS, ISSUES, Tables, prepare, tables_of
from docextract.export.tables import NEEDS_REVIEW, cells, needs_review, nested

#: Documents in one transaction: SQLite waits for the disk once a transaction.
_TOGETHER = 500

#: A row to insert: the table's name and column -> value.
_Insert = tuple[str, Mapping[str, Any]]


@contextmanager
def file(target: Target) -> Iterator[Add]:
    """records.sqlite, written anew each time."""
    with atomic(target.out / "records.sqlite") as part:
        part.unlink(missing_ok=True)
        with _store(sql.URL.create("sqlite", database=str(part)), target) as add:
            yield add


@contextmanager
def database(target: Target) -> Iterator[Add]:
    """Tables in the database at the URL `target.name`, which get what is new or changed."""
    with _store(target.name, target) as add:
        yield add


def check_url(url: str) -> None:
    """See that a database answers at the URL.

    Raises:
        ConfigError: it is not a URL, or no database can be opened there.
        MissingDependency: the package that speaks to such a database is not installed.
    """
    engine = _engine(url)
    with _translated(engine), engine.connect():
        pass
    engine.dispose()


def document_id(path: str, sha256: str) -> str:
    """The key of a document: the same content at the same path has the same key for ever."""
    return hashlib.sha256(f"{sha256}\n{path}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class _Entry:
    """One document: its key, and what goes where."""

    key: str
    inserts: tuple[_Insert, ...]


@contextmanager
def _store(url: str | sql.URL, target: Target) -> Iterator[Add]:
    engine = _engine(url)
    options = target.options
    tables = tables_of(target.schemas, confidences=options.confidences, review=options.review)
    used = tables_of(target.used, confidences=options.confidences, review=options.review)
    versions = {schema.name: schema.version for schema in target.schemas}
    with _translated(engine), engine.begin() as connection:
        there = prepare(connection, tables, wanted=used.keys())
    held: list[_Entry] = []

    def flush() -> None:
        with _translated(engine), engine.begin() as connection:
            _replace(connection, held, [tables[name].table for name in there])
        held.clear()

    def add(row: ExportRow, record: Written | None) -> None:
        key = document_id(row.path, row.sha256)
        held.append(_Entry(key, tuple(_inserts(key, row, record, tables, versions))))
        if len(held) == _TOGETHER:
            flush()

    try:
        yield add
        flush()
    finally:
        engine.dispose()


def _replace(
    connection: sql.Connection, entries: Sequence[_Entry], tables: Sequence[sql.Table]
) -> None:
    """Put these documents in the place of what the tables have of them."""
    keys = [entry.key for entry in entries]
    inserts: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in entries:
        for name, values in entry.inserts:
            inserts[name].append(values)
    for table in tables:
        key = table.columns["id" if table.name == DOCUMENTS else "document_id"]
        connection.execute(table.delete().where(key.in_(keys)))
        if rows := inserts[table.name]:
            connection.execute(table.insert(), rows)


def _inserts(
    key: str, row: ExportRow, record: Written | None, tables: Tables, versions: Mapping[str, str]
) -> Iterator[_Insert]:
    yield DOCUMENTS, _document(key, row, record, tables, versions)
    issues = record.json["issues"] if record else [asdict(issue) for issue in row.errors]
    for number, issue in enumerate(issues, 1):
        values = {**issue, "category": str(issue["category"])}
        yield ISSUES, {"document_id": key, "number": number, **_cleaned(values)}
    if record is None or (kind := record.json["kind"]["label"]) not in versions:
        return
    yield kind, {"document_id": key, **_values(tables, kind, record.tree.get)}
    for name, number, line in nested(record.tree):
        table = f"{kind}_{name}"
        place = {"document_id": key, "row_number": number}
        yield table, {**place, **_values(tables, table, line.get)}


def _document(
    key: str, row: ExportRow, record: Written | None, tables: Tables, versions: Mapping[str, str]
) -> dict[str, Cell]:
    about = record.json["document"] if record else {}
    kind = record.json["kind"] if record else {}
    confidence = kind.get("confidence")
    values = {
        "id": key,
        "path": row.path,
        "sha256": row.sha256,
        "media_type": about.get("media_type"),
        "pages": about.get("pages"),
        "status": str(row.status),
        "kind": kind.get("label"),
        "kind_confidence": None if confidence is None else float(confidence),
        "schema_version": versions.get(kind.get("label", "")),
    }
    if NEEDS_REVIEW.name in tables[DOCUMENTS].table.columns:
        values[NEEDS_REVIEW.name] = needs_review(record) if record else None
    return _cleaned(values)


def _values(tables: Tables, table: str, node: Callable[[str], Node]) -> dict[str, Cell]:
    columns = tables[table].columns
    names = [column.name for column in columns]
    return _cleaned(dict(zip(names, cells(node, columns), strict=True)))


def _cleaned(values: Mapping[str, Cell]) -> dict[str, Cell]:
    return {
        name: clean(cell) if isinstance(cell, str) else storable(cell)
        for name, cell in values.items()
    }


def _engine(url: str | sql.URL) -> sql.Engine:
    try:
        # Parameters are the documents' text, which must not get into error messages.
        return sql.create_engine(url, hide_parameters=True)
    except SQLAlchemyError as error:
        raise ConfigError(f"not the URL of a database: {error}") from error
    except ModuleNotFoundError as error:
        raise MissingDependency(
            f"this database needs the package {error.name}; try: pip install {error.name}"
        ) from error


@contextmanager
def _translated(engine: sql.Engine) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        where = engine.url.render_as_string(hide_password=True)
        what = error.orig if isinstance(error, DBAPIError) else error
        raise ConfigError(f"database {where}: {what}") from error
