"""Export rows: one a document, and the options of writing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docextract.document import Issue, Result, Status
from docextract.export.record import dumps, record_json
from docextract.export.record_reading import Written
from docextract.schema import Schema


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One document of a run, whether it was read or not.

    `path` is relative to the input, with forward slashes. `json` is `dumps(record_json(...))`,
    "" for a document that was not read; the path inside it is replaced by `path`. `kind` is the
    label inside it, given apart so that the columns are known before any JSON is parsed.
    """

    path: str
    status: Status
    sha256: str = ""
    kind: str = ""
    json: str = ""
    errors: tuple[Issue, ...] = ()


#: Gives the rows anew at each call, in the order in which they are written.
Rows = Callable[[], Iterable[ExportRow]]


#: Takes one document: its row, and its record with the path in it (None when it was not read).
Add = Callable[[ExportRow, Written | None], None]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How files are written.

    `csv_excel` makes CSV that a double click opens rightly where Excel's list separator is ";":
    a byte order mark, ";" between cells and "," in numbers. `confidences` puts a column with the
    confidence after each field's. `review` puts a column into the tables of records and rows with
    what a person must look at.
    """

    csv_excel: bool = False
    confidences: bool = False
    review: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where an export goes and what it holds.

    `name` is the format's name or the database's URL; `out` the folder of the run; `schemas` are
    the pipeline's, in its order; `kinds` those that occur in this run.
    """

    name: str
    out: Path
    schemas: Sequence[Schema]
    kinds: frozenset[str]
    options: ExportOptions = ExportOptions()

    @property
    def used(self) -> tuple[Schema, ...]:
        """The schemas of the kinds that occur."""
        return tuple(schema for schema in self.schemas if schema.name in self.kinds)


def row_of(result: Result, *, with_text: bool = False) -> ExportRow:
    """The row of a result that is at hand."""
    document = result.document
    if document is None:
        return ExportRow(result.name, result.status, errors=result.errors)
    return ExportRow(
        path=result.name,
        status=result.status,
        sha256=document.sha256,
        kind=document.kind.label if document.kind else "",
        json=dumps(record_json(result, with_text=with_text)),
        errors=result.errors,
    )
