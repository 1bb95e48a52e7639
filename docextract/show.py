"""Prints what a run found, readably: from the records.jsonl that it wrote."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docextract.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import RenderableType

#: Longer values are cut in the tables; the files have them whole.
WIDEST = 60


def records(out: Path) -> Iterator[Mapping[str, Any]]:
    """The records of a run. Raises ConfigError when there is no run in `out`."""
    path = out / "records.jsonl" if out.is_dir() else out
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except OSError as error:
        raise ConfigError(f"no records in {out}: {error.strerror}; give a run's folder") from error


def failures(out: Path) -> list[Mapping[str, str]]:
    """The rows of errors.csv; none when there is no such file."""
    import csv

    path = out / "errors.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def table(record: Mapping[str, Any]) -> "RenderableType":
    """One record as a table: field, value, confidence, where it was read."""
    from rich.table import Table

    kind = record["kind"] or {"label": "no kind", "confidence": 0.0}
    title = f"{record['document']['path']}   {kind['label']} {kind['confidence']:.2f}"
    made = Table(title=title, title_justify="left", title_style="bold", show_edge=False)
    for name, justify in (
        ("field", "left"),
        ("value", "left"),
        ("sure", "right"),
        ("page", "right"),
    ):
        made.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for name, value, leaf in flat(record["data"] or {}, record["evidence"] or {}):
        sure = f"{leaf['confidence']:.2f}" if leaf else ""
        made.add_row(name, _short(value), sure, str(leaf["page"]) if leaf else "")
    for issue in record["issues"]:
        made.add_row("", f"[yellow]{issue['category']}[/]: {_short(issue['message'])}", "", "")
    return made


def flat(data: Any, evidence: Any, name: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(path, value, its evidence) for every value that is there, depth first."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            under = evidence.get(key) if isinstance(evidence, Mapping) else None
            yield from flat(value, under, f"{name}.{key}" if name else key)
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for n, value in enumerate(data):
            under = evidence[n] if isinstance(evidence, Sequence) and n < len(evidence) else None
            yield from flat(value, under, f"{name}[{n}]")
    elif data is not None:
        yield name, data, evidence


def _short(value: Any) -> str:
    from rich.markup import escape

    text = " ".join(str(value).split())
    return escape(text if len(text) <= WIDEST else text[: WIDEST - 1] + "…")
