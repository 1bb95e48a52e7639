"""What a record's JSON says of its values -> the values again.

It is the other direction of `docextract.export.evidence_json`, without the document:

* all boxes are `Value.places`, those of words too, since only the document tells which are;
* confidences, scores and boxes are as precise as they were written;
* who else says the same as the one that found a value is not in the record.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache, partial
from typing import Any

from docextract.document import (
    Box,
    CheckResult,
    Evidence,
    Json,
    Origin,
    Place,
    RecordTree,
    SourceType,
    Step,
    Stretch,
    Typed,
    Value,
)
from docextract.schema import FieldType, Schema

#: What a model's origin has behind it: how sure the model is.
_SCORE = re.compile(r"(?P<origin>.*) (?P<score>[01]\.[0-9]{2})", re.DOTALL)

#: The evidence of one value.
_Leaf = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """A record as it was written: its JSON, and its values; `known` where they are at hand."""

    json: Mapping[str, Any]
    known: RecordTree | None = None

    @cached_property
    def tree(self) -> RecordTree:
        """The values; read only where somebody asks, as not every format does."""
        return tree_of(self.json) if self.known is None else self.known


def tree_of(record: Mapping[str, Any], schema: Schema | None = None) -> RecordTree:
    """The values of a record that was read from JSON.

    Args:
        record: A line of records.jsonl, its numbers read by `loads`, so that amounts are exact.
        schema: Gives values their types. Without it they are what JSON has: of a date its text.

    Raises:
        ValueError: the record is not as `record_json` makes it, or not of this schema.
    """
    try:
        data, evidence = record["data"] or {}, record.get("evidence") or {}
        return RecordTree.from_json(data, evidence, partial(_value, schema))
    except (AttributeError, KeyError, TypeError, InvalidOperation) as error:
        raise ValueError(f"this is not the record of a run: {error!r}") from error


def places_of(found: Mapping[str, Any]) -> tuple[Place, ...]:
    """The boxes of a value, or of a stretch of text."""
    return tuple(
        Place(box["page"], Box(*(float(box[side]) for side in ("x0", "top", "x1", "bottom"))))
        for box in found["boxes"]
    )


def _value(schema: Schema | None, field: str, row: int | None, json: Json, leaf: Any) -> Value:
    kind = schema.field(field).type if schema else None
    if leaf is None:
        # No stage gives a value without its evidence, so a person has written it into the file.
        said = Evidence(Origin(SourceType.PERSON), _typed(json, kind), "")
        return Value.found(field, said, 1.0, row=row)
    return _found(field, row, json, leaf, kind)


def _found(field: str, row: int | None, json: Json, leaf: _Leaf, kind: FieldType | None) -> Value:
    """A value, or one of its alternatives, which have fewer parts."""
    steps = leaf.get("steps") or [{**leaf, "step": Step.FOUND, "value": json}]
    return Value(
        field,
        leaf["text"],
        _typed(json, kind),
        float(leaf["confidence"]),
        _spans(leaf["spans"]),
        tuple(_step(one, kind) for one in steps),
        row,
        alternatives=tuple(
            _found(field, row, one["value"], one, kind) for one in leaf.get("alternatives", ())
        ),
        checks=tuple(
            CheckResult(one["rule"], one["holds"], one["message"]) for one in leaf.get("checks", ())
        ),
        parts=tuple(leaf.get("parts", {}).items()),
        places=places_of(leaf),
        score=float(leaf["score"]) if "score" in leaf else None,
        review=tuple(leaf["review_reasons"]) if "review" in leaf else None,
        terms=tuple((name, float(number)) for name, number in leaf.get("terms", {}).items()),
    )


def _step(said: _Leaf, kind: FieldType | None) -> Evidence:
    origin, score = _origin(said["origin"])
    value, step = _typed(said["value"], kind), Step(said["step"])
    return Evidence(origin, value, said["text"], _spans(said["spans"]), step, score)


@lru_cache(1024)
def _origin(text: str) -> tuple[Origin, float | None]:
    found = _SCORE.fullmatch(text) if text.startswith(f"{SourceType.MODEL}:") else None
    if found is None:
        return Origin.parse(text), None
    return Origin.parse(found["origin"]), float(found["score"])


def _spans(spans: Iterable[tuple[int, int]]) -> tuple[Stretch, ...]:
    return tuple((start, end) for start, end in spans)


def _typed(json: Json, kind: FieldType | None) -> Typed:
    """A value as its field has it; as JSON has it where that is not known."""
    if json is None or isinstance(json, list | Mapping):
        raise ValueError(f"a field is a value, a list of values or a list of rows, not {json!r}")
    match kind:
        case FieldType.DATE:
            return date.fromisoformat(str(json))
        case FieldType.TIME:
            return time.fromisoformat(str(json))
        case FieldType.MONEY | FieldType.NUMBER | FieldType.PERCENT:
            return Decimal(str(json))
    return Decimal(str(json)) if isinstance(json, float) else json
