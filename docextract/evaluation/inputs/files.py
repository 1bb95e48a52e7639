"""Readers of ground truth and predictions: JSON, JSON lines and CSV files.

Truth is one of

    a folder      a JSON record for each document, beside it or under the same name elsewhere:
                  a.json, a.pdf.json or a.pdf.expected.json for a.pdf
    records.jsonl a record a line, as a run writes it: perhaps a run's own, corrected by hand
    a .csv file   a row a document: a column `path`, perhaps `kind`, and a column a field

and a record is either what a run writes (`data` holds the fields) or only the fields by name,
with `path`, `kind` and `source` beside them where they are wanted. An empty cell, null or an
empty list says that the document has no such value; a field that is missing is not scored. A
document inside another may be named with a dot: mail.eml.a.pdf for mail.eml/a.pdf.

Predictions are the folder of a run or its records.jsonl.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeAlias

from docextract.errors import ConfigError, UsageError
from docextract.evaluation.inputs.records import Json, prediction_from_record, truth_from_record
from docextract.evaluation.inputs.truth_and_prediction import Prediction, Truth
from docextract.export.columns import SEPARATOR
from docextract.schema import Schema

#: (the document's name, its record, where it stands)
_Record: TypeAlias = tuple[str, Json, str]

#: What the column with a document's path may be called.
PATHS = ("path", "file", "document", "name")
#: Columns of a run's records.csv that are no fields.
NO_FIELDS = ("kind", "kind_confidence", "status", "needs_review", "source")


def read_truth(path: Path, schemas: Sequence[Schema] = ()) -> list[Truth]:
    """What is true of each document. `schemas` tell which cells of a CSV hold several values.

    Raises:
        UsageError: there is no such file, or no record in it.
        ConfigError: a record is not one; the message says which and what is wrong.
    """
    if path.suffix.lower() == ".csv":
        found = list(_of_csv(path, schemas))
    else:
        found = [truth_from_record(name, record, where) for name, record, where in _records(path)]
    return _some(found, path)


def read_predictions(path: Path) -> list[Prediction]:
    """What a run found in each document that it could read. Raises as `read_truth` does."""
    records = _records(path / "documents" if _mirror(path) else path)
    return _some(
        [prediction_from_record(name, record, where) for name, record, where in records], path
    )


def _mirror(path: Path) -> bool:
    """Whether a run wrote a file a document and no records.jsonl."""
    return (path / "documents").is_dir() and not (path / "records.jsonl").is_file()


def _some(found: list[Any], path: Path) -> list[Any]:
    if not found:
        raise UsageError(
            f"there are no records in {path}; give a folder of JSON records, "
            "a records.jsonl or a .csv file"
        )
    return found


def _records(path: Path) -> Iterator[_Record]:
    lines = path / "records.jsonl" if path.is_dir() else path
    if lines.is_file() or not path.is_dir():
        yield from _of_lines(lines)
    else:
        for file in sorted(path.rglob("*.json")):
            name = file.relative_to(path).as_posix().removesuffix(".json")
            name = name.removesuffix(".expected")
            yield name, _object(_text(file), str(file)), str(file)


def _of_lines(path: Path) -> Iterator[_Record]:
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            where = f"{path}, line {number}"
            record = _object(line, where)
            name = record.get("path") or _inside(record, "document", "path")
            if not isinstance(name, str):
                raise ConfigError(f'{where}: no "path" says which document this is')
            yield name, record, where


def _inside(record: Json, outer: str, inner: str) -> Any:
    part = record.get(outer)
    return part.get(inner) if isinstance(part, Mapping) else None


def _of_csv(path: Path, schemas: Sequence[Schema]) -> Iterator[Truth]:
    heading, *rows = _cells(path) or [[]]
    columns = [column.strip() for column in heading]
    named = next((column for column in columns if column.lower() in PATHS), None)
    if named is None:
        raise ConfigError(
            f"{path}: no column is called {' or '.join(PATHS)}; there are: "
            f"{', '.join(columns) or 'none'}"
        )
    for cells in rows:
        row = dict(zip_longest(columns, cells[: len(columns)], fillvalue=""))
        if name := row.pop(named).strip():
            yield _of_row(name, row, schemas)


def _cells(path: Path) -> list[list[str]]:
    text = _text(path)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ConfigError(f"{path} is not CSV: {error}") from error


def _of_row(name: str, row: Mapping[str, str], schemas: Sequence[Schema]) -> Truth:
    kind, source = row.get("kind", "").strip(), row.get("source", "").strip()
    many = {
        field
        for schema in schemas
        if kind in ("", schema.name)
        for field, one in schema.fields.items()
        if one.many
    }
    cells = {
        column: cell.split(SEPARATOR) if column in many else [cell]
        for column, cell in row.items()
        if column not in NO_FIELDS
    }
    fields = {
        column: tuple(part.strip() for part in parts if part.strip())
        for column, parts in cells.items()
    }
    return Truth(name, fields, kind=kind or None, source=source)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8: {error}") from error


def _object(text: str, where: str) -> Json:
    try:
        found = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise ConfigError(f"{where} is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise ConfigError(f"{where}: a record is an object of fields, not a {type(found).__name__}")
    return found
