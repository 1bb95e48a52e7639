"""Terminal tables of a run's records and failures, read from its output files."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from docextract.document import RecordTree, Row, Typed, Value
from docextract.errors import ConfigError
from docextract.export.columns import clean
from docextract.export.record_reading import tree_of

if TYPE_CHECKING:
    from rich.console import RenderableType

#: A record, or a part of one, as it stands in records.jsonl.
Json: TypeAlias = Mapping[str, Any]

#: Longer values are cut in the tables; the files have them whole.
WIDEST = 60
#: More rows than this are counted, not shown.
MOST_ROWS = 12
#: Stands behind a value that a person must look at.
MARK = " ?"
#: Where a reason for that stops being short.
_AT_LENGTH = ", the threshold"


def records(out: Path) -> Iterator[Json]:
    """The records of a run. Raises ConfigError when there is no run in `out`."""
    path = out / "records.jsonl" if out.is_dir() else out
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line, parse_float=Decimal)
    except OSError as error:
        raise ConfigError(f"no records in {out}: {error.strerror}; give a run's folder") from error


def failures(out: Path) -> list[Mapping[str, str]]:
    """The rows of errors.csv; none when there is no such file."""
    path = out / "errors.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {name: clean(cell or "") for name, cell in row.items()} for row in csv.DictReader(file)
        ]


def tables(record: Json) -> Iterator["RenderableType"]:
    """One record: a heading, its fields, a table for its rows, and what a person should see."""
    from rich.text import Text

    kind = record["kind"] or {"label": "no kind", "confidence": Decimal(0)}
    heading = Text(clean(record["document"]["path"]), style="bold")
    heading.append(f"   {kind['label']} {kind['confidence']:.2f}", style="cyan")
    if review := record.get("review"):
        message = f"{review['accepted']} of {review['values']} values accepted"
        heading.append(f"   {message} at {review['target']}", style="dim")
    yield heading
    tree = values(record)
    if fields := [value for value in tree.values() if value.row is None]:
        yield _fields(fields)
    for name in sorted(tree):
        if rows := tree.rows(name):
            yield _rows(name, rows)
            for line in _doubts(rows):
                yield Text(clean(f"  {line}"), style="yellow")
    for issue in record["issues"]:
        yield Text(clean(f"  {issue['category']}: {issue['message']}"), style="yellow")


def values(record: Json) -> RecordTree:
    """The values of a record. Raises ConfigError when no run wrote it like that."""
    try:
        return tree_of(record)
    except ValueError as error:
        path = clean(str(record["document"]["path"]))
        raise ConfigError(f"the record of {path}: {error}") from error


def _fields(found: Sequence[Value]) -> "RenderableType":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table("field", "value", box=SIMPLE_HEAD, show_edge=False, pad_edge=True)
    made.add_column("confidence", justify="right")
    made.add_column("page", justify="right")
    asked = any(value.review is not None for value in found)
    if asked:
        made.add_column("for review", style="yellow")
    for value in found:
        page = str(value.places[0].page) if value.places else ""
        shown = _short(value.value) + _mark(value)
        made.add_row(value.field, shown, f"{value.confidence:.2f}", page, *([_why(value)] * asked))
    return made


def _mark(value: Value | None) -> str:
    return MARK if value and value.review else ""


def _why(value: Value) -> str:
    """The first reason why a person must look at a value, and how many more there are."""
    if not value.review:
        return ""
    more = f" (+{len(value.review) - 1})" if len(value.review) > 1 else ""
    return _short(value.review[0].partition(_AT_LENGTH)[0]) + more


def _doubts(rows: Sequence[Row]) -> Iterator[str]:
    """The columns with cells for review, why, and in which rows."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows[:MOST_ROWS], 1):
        for column, cell in row.items():
            if cell and cell.review:
                found.setdefault((column, _why(cell)), []).append(number)
    for (column, reason), numbers in found.items():
        said = f"row{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
        yield f"{column}, {said}: {reason}"


def _rows(name: str, rows: Sequence[Row]) -> "RenderableType":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    columns = [key for key in rows[0] if any(row.get(key) for row in rows)]
    left_out = f", the first {MOST_ROWS}" if len(rows) > MOST_ROWS else ""
    title = f"{name} ({len(rows)}{left_out})"
    made = Table(title=title, title_justify="left", box=SIMPLE_HEAD, show_edge=False)
    for key in columns:
        cells = [cell for row in rows if (cell := row.get(key))]
        number = all(isinstance(cell.value, int | Decimal) for cell in cells)
        made.add_column(key, justify="right" if number else "left")
    for row in rows[:MOST_ROWS]:
        made.add_row(*(_cell(row.get(key)) for key in columns))
    return made


def _cell(cell: Value | None) -> str:
    return _short(cell.value) + _mark(cell) if cell else ""


def _short(value: Typed) -> str:
    from rich.markup import escape

    # Rich lets the escapes of terminals through, and a document could hold some.
    text = " ".join(clean(str(value)).split())
    return escape(text if len(text) <= WIDEST else text[: WIDEST - 1] + "…")
