"""Conversion of JSON records to ground truth or predictions."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from docextract.document import UNKNOWN, Document
from docextract.errors import ConfigError
from docextract.evaluation.inputs.truth_and_prediction import (
    Entity,
    Prediction,
    TrueRows,
    Truth,
    parts_of,
    read_by,
)
from docextract.export.columns import printed
from docextract.export.record_reading import tree_of

#: A record, or a part of one.
Json: TypeAlias = Mapping[str, Any]

#: What stands beside the fields in a record that is only its fields.
BESIDE = ("path", "document", "kind", "source", "entities", "evidence", "issues", "text", "error")


def truth_from_record(name: str, record: Json, where: str) -> Truth:
    """The truth that a record states. Raises ConfigError, naming `where`, when it is none."""
    kind = record.get("kind")
    label = kind.get("label") if isinstance(kind, Mapping) else kind
    data = record.get("data")
    if not isinstance(data, Mapping):
        data = {key: value for key, value in record.items() if key not in BESIDE}
    fields = {key: _answers(value, f"{where}: {key}") for key, value in data.items()}
    entities = record.get("entities")
    return Truth(
        name,
        {key: value for key, value in fields.items() if not _is_rows(data[key])},
        {key: _true_rows(value, where) for key, value in data.items() if _is_rows(value)},
        str(label) if label else None,
        None if entities is None else _entities(entities, where),
        str(record.get("source") or ""),
    )


def prediction_from_record(name: str, record: Json, where: str) -> Prediction:
    """What a run's record says. Raises ConfigError, naming `where`, when it is none."""
    if not isinstance(record.get("data"), Mapping):
        raise ConfigError(f'{where}: no "data": this is not a record of a run')
    try:
        return _prediction(name, record, where)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"{where}: not a valid record of a run: {error!r}") from error


def _prediction(name: str, record: Json, where: str) -> Prediction:
    kind = record.get("kind") or {}
    about = record.get("document") or {}
    fields, rows = parts_of(tree_of(record), Document(name))
    return Prediction(
        about.get("path", name),
        fields,
        rows,
        kind.get("label", UNKNOWN),
        _unknown(kind),
        _entities(record.get("entities") or (), where),
        read_by(page["read_by"] for page in about.get("page_details", ())),
        about.get("pages", 0),
    )


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _answers(value: Any, where: str) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    if any(isinstance(part, Mapping) for part in parts) and not _is_rows(value):
        raise ConfigError(f"{where}: a field is a value, a list of values or a list of rows")
    return tuple(printed(part) for part in parts if part not in (None, ""))


def _true_rows(rows: Sequence[Any], where: str) -> TrueRows:
    if not all(isinstance(row, Mapping) for row in rows):
        raise ConfigError(f"{where}: rows and values are mixed in one list")
    columns = {column: None for row in rows for column in row}
    return tuple({column: _cell(row.get(column)) for column in columns} for row in rows)


def _cell(value: Any) -> str | None:
    return None if value in (None, "") else printed(value)


def _unknown(kind: Json) -> float:
    shares = {one["label"]: one["confidence"] for one in kind.get("runners_up", ())}
    shares[kind.get("label", UNKNOWN)] = kind.get("confidence", 0)
    return float(shares.get(UNKNOWN, 0))


def _entities(spans: Any, where: str) -> frozenset[Entity]:
    try:
        return frozenset(Entity(span["label"], span["start"], span["end"]) for span in spans)
    except (KeyError, TypeError) as error:
        raise ConfigError(f"{where}: an entity has a label, a start and an end") from error
