"""Terminal tables of a run's records and failures, read from its output files."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from docextract.errors import ConfigError
from docextract.export.columns import clean

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
    data, evidence = record["data"] or {}, record["evidence"] or {}
    rows = {name for name, value in data.items() if _is_rows(value)}
    if fields := list(scalars({k: v for k, v in data.items() if k not in rows}, evidence)):
        yield _fields(fields)
    for name in sorted(rows):
        yield _rows(name, data[name], evidence.get(name) or [])
        for line in _doubts(evidence.get(name) or []):
            yield Text(clean(f"  {line}"), style="yellow")
    for issue in record["issues"]:
        yield Text(clean(f"  {issue['category']}: {issue['message']}"), style="yellow")


def scalars(data: Json, evidence: Json) -> Iterator[tuple[str, Any, Json | None]]:
    """(name, value, its evidence) for every value that is there; one for each of many."""
    for name, value in data.items():
        leaf = evidence.get(name)
        if isinstance(value, list):
            for one, proof in zip(value, leaf or [None] * len(value), strict=False):
                yield name, one, proof
        elif value is not None:
            yield name, value, leaf


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _fields(found: Sequence[tuple[str, Any, Json | None]]) -> "RenderableType":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table("field", "value", box=SIMPLE_HEAD, show_edge=False, pad_edge=True)
    made.add_column("confidence", justify="right")
    made.add_column("page", justify="right")
    asked = any(leaf and "review" in leaf for _, _, leaf in found)
    if asked:
        made.add_column("for review", style="yellow")
    for name, value, leaf in found:
        sure = f"{leaf['confidence']:.2f}" if leaf else ""
        page = str(leaf["page"] or "") if leaf else ""
        made.add_row(name, _short(value) + _mark(leaf), sure, page, *([_why(leaf)] * asked))
    return made


def _mark(leaf: Json | None) -> str:
    return MARK if leaf and leaf.get("review") else ""


def _why(leaf: Json | None) -> str:
    """The first reason why a person must look at a value, and how many more there are."""
    reasons = (leaf or {}).get("review_reasons") or ()
    if not reasons:
        return ""
    more = f" (+{len(reasons) - 1})" if len(reasons) > 1 else ""
    return _short(reasons[0].partition(_AT_LENGTH)[0]) + more


def _doubts(evidence: Sequence[Json]) -> Iterator[str]:
    """The columns with cells for review, why, and in which rows."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(evidence[:MOST_ROWS], 1):
        for column, leaf in row.items():
            if _mark(leaf):
                found.setdefault((column, _why(leaf)), []).append(number)
    for (column, reason), numbers in found.items():
        rows = f"row{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
        yield f"{column}, {rows}: {reason}"


def _rows(name: str, rows: Sequence[Json], evidence: Sequence[Json]) -> "RenderableType":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    columns = [key for key in rows[0] if any(row.get(key) is not None for row in rows)]
    shown = rows[:MOST_ROWS]
    left_out = f", the first {MOST_ROWS}" if len(rows) > MOST_ROWS else ""
    title = f"{name} ({len(rows)}{left_out})"
    made = Table(title=title, title_justify="left", box=SIMPLE_HEAD, show_edge=False)
    for key in columns:
        number = all(isinstance(row[key], int | Decimal | None) for row in rows)
        made.add_column(key, justify="right" if number else "left")
    for at, row in enumerate(shown):
        leaves = evidence[at] if at < len(evidence) else {}
        made.add_row(*(_short(row[key]) + _mark(leaves.get(key)) for key in columns))
    return made


def _short(value: Any) -> str:
    from rich.markup import escape

    # Rich lets the escapes of terminals through, and a document could hold some.
    text = "" if value is None else " ".join(clean(str(value)).split())
    return escape(text if len(text) <= WIDEST else text[: WIDEST - 1] + "…")
