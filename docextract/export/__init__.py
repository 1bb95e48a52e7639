"""Exports: records as files, tables and databases.

`write` goes once through the rows and gives each to every format, so a run of any size is
written in flat memory. A format is a context manager that takes a `Target` and gives a function
to call with each document; what it has written appears, complete, when the context ends well.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from docextract.errors import ConfigError, MissingDependency
from docextract.export.as_frames import to_frame, to_frames
from docextract.export.record import dumps, loads, record_json, with_path
from docextract.export.record_reading import Written, tree_of
from docextract.export.rows import Add, ExportOptions, ExportRow, Rows, Target, row_of
from docextract.schema import Schema

__all__ = [
    "FORMATS",
    "ExportOptions",
    "ExportRow",
    "Rows",
    "check_formats",
    "dumps",
    "loads",
    "record_json",
    "row_of",
    "to_frame",
    "to_frames",
    "tree_of",
    "with_path",
    "write",
]

_Open = Callable[[Target], AbstractContextManager[Add]]


@dataclass(frozen=True)
class Format:
    """One way to write records: what opens it, what it leaves in the folder, what it needs."""

    opens: str
    files: tuple[str, ...] = ()
    module: str = ""
    extra: str = ""


#: Every format there is. Strings, so that naming formats imports no library.
FORMATS: Mapping[str, Format] = {
    "jsonl": Format("docextract.export.as_json:lines", ("records.jsonl",)),
    "json": Format("docextract.export.as_json:documents", ("documents",)),
    "csv": Format("docextract.export.as_csv:tables", ("records.csv", "line_items.csv")),
    "xlsx": Format("docextract.export.as_xlsx:workbook", ("records.xlsx",)),
    "parquet": Format(
        "docextract.export.as_parquet:tables",
        ("records.parquet", "line_items.parquet"),
        "pyarrow",
        "parquet",
    ),
    "sqlite": Format("docextract.export.as_sql:file", ("records.sqlite",)),
}
#: A database's URL in a format's place: sqlite:///records.db, postgresql://host/name.
DATABASE = Format("docextract.export.as_sql:database")
#: Written whatever the format is, so that no failure goes unseen.
ERRORS = Format("docextract.export.as_csv:errors", ("errors.csv",))


def check_formats(formats: Sequence[str]) -> None:
    """Refuse, before any work is done, what `write` could not write.

    Raises:
        ConfigError: no such format, and the message names those there are; or no database
            answers at the URL.
        MissingDependency: the package for it is not installed; the message says how to.
    """
    for name in formats:
        chosen = _format(name)
        if chosen.module and find_spec(chosen.module) is None:
            raise MissingDependency(
                f"format {name!r} needs {chosen.module}; "
                f'try: pip install "docextract[{chosen.extra}]"'
            )
        if chosen is DATABASE:
            from docextract.export.as_sql import check_url

            check_url(name)


def write(
    rows: Rows,
    *,
    formats: Sequence[str],
    out: Path,
    schemas: Sequence[Schema],
    options: ExportOptions = ExportOptions(),  # noqa: B008 -- frozen
) -> list[Path]:
    """Write all rows in all formats, and errors.csv with what went wrong.

    `rows` is called twice: once to see which kinds occur, once to write. The same rows give the
    same bytes. Each file is complete or, where writing it fails, as it was before.

    Args:
        rows: Gives the documents; their order is the order of lines and rows.
        formats: Names from `FORMATS`, or URLs of databases.
        out: The folder for the files; made when it is not there.
        schemas: Those of the pipeline; they give the tables their columns.
        options: See `ExportOptions`.

    Returns:
        The files and folders written.

    Raises:
        ConfigError: a format does not exist, `out` cannot be written to, or a database refuses
            what it is given.
        MissingDependency: see `check_formats`.
    """
    check_formats(formats)
    kinds = frozenset(row.kind for row in rows())
    chosen = {name: _format(name) for name in dict.fromkeys(formats)} | {"": ERRORS}
    try:
        out.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            adds = [
                stack.enter_context(_opener(form)(Target(name, out, schemas, kinds, options)))
                for name, form in chosen.items()
            ]
            _pour(rows, adds)
    except OSError as error:
        raise ConfigError(f"cannot write into {out}: {error.strerror or error}") from error
    return [out / file for form in chosen.values() for file in form.files]


def _pour(rows: Rows, adds: Sequence[Add]) -> None:
    """Give each row, with its record parsed once, to everything that writes."""
    for row in rows():
        record = Written(with_path(loads(row.json), row.path)) if row.json else None
        for add in adds:
            add(row, record)


def _format(name: str) -> Format:
    if "://" in name:
        return DATABASE
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise ConfigError(f"no format {name!r}; there are: {known}, and the URLs of databases")
    return FORMATS[name]


def _opener(form: Format) -> _Open:
    module, _, name = form.opens.partition(":")
    return cast(_Open, getattr(import_module(module), name))
