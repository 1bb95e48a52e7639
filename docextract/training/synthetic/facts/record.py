"""The expected extraction record of a synthetic document."""

import json
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from docextract.training.synthetic.produce import SyntheticDocument
from docextract.training.synthetic.reading import ROWS


def expected_record(made: SyntheticDocument) -> dict[str, Any]:
    """The kind and the schema's data: a field that is not printed is None."""
    kind = made.example.kind
    fields = sorted(label.partition(".")[2] for label in made.example.asked)
    printed = _printed(made)
    values = made.facts.values
    data: dict[str, Any] = {
        field: _json(values[field]) if (field, -1) in printed else None
        for field in fields
        if "." not in field and field != ROWS
    }
    if ROWS in fields:
        data[ROWS] = _rows(values[ROWS], fields, printed)
    return {"kind": kind, "data": data}


def to_json(stated: Mapping[str, Any]) -> str:
    """Serialise a record as a JSON file holds it."""
    return json.dumps(stated, indent=2, ensure_ascii=False) + "\n"


def _printed(made: SyntheticDocument) -> set[tuple[str, int]]:
    """Each label with its row, for all values on the sheet."""
    return {
        (said.ink.label, said.ink.row)
        for paper in made.sheet.papers
        for run in paper.runs
        for said in run.words
        if said.ink.label
    }


def _rows(
    rows: list[Mapping[str, Any]], fields: list[str], printed: set[tuple[str, int]]
) -> list[dict[str, Any]]:
    nested = [field for field in fields if field.startswith(f"{ROWS}.")]
    return [
        {
            field.partition(".")[2]: _json(row[field.partition(".")[2]])
            if (field, at) in printed
            else None
            for field in nested
        }
        for at, row in enumerate(rows)
    ]


def _json(value: Any) -> Any:
    """Dates as ISO 8601, times as HH:MM:SS, amounts as numbers."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | time():
            return value.isoformat()
    return value
