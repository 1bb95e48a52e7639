"""The values of a record as JSON has them: their data, and the evidence in the same shape."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from docextract.document import (
    CheckResult,
    Data,
    Document,
    Evidence,
    Node,
    Place,
    RecordTree,
    Row,
    Typed,
    Value,
)
from docextract.export.review import share, sureness_json


def data_json(data: Mapping[str, Data]) -> dict[str, Any]:
    """Typed values as JSON has them, in the same shape."""
    return {name: _data(part) for name, part in data.items()}


def evidence_json(document: Document, tree: RecordTree) -> dict[str, Any]:
    """The tree with each `Value` described, in the same shape."""
    return {name: _node(document, node) for name, node in tree.items()}


def places_json(places: Sequence[Place]) -> dict[str, Any]:
    """The page where something begins (None when it is nowhere) and all its boxes."""
    boxes = [
        {
            "page": page,
            "x0": points(box.x0),
            "top": points(box.top),
            "x1": points(box.x1),
            "bottom": points(box.bottom),
        }
        for page, box in places
    ]
    return {"page": places[0].page if places else None, "boxes": boxes}


def points(length: float) -> float:
    """A length, to a hundredth of a point."""
    return round(float(length), 2)


def _data(data: Data | dict[str, Typed | None]) -> Any:
    if isinstance(data, dict):
        return {name: _data(part) for name, part in data.items()}
    if isinstance(data, list):
        return [_data(part) for part in data]
    return data.isoformat() if isinstance(data, date | time) else data


def _node(document: Document, node: Node | Row) -> Any:
    if isinstance(node, Mapping):
        return {column: _node(document, cell) for column, cell in node.items()}
    if isinstance(node, tuple):
        return [_node(document, part) for part in node]
    return _leaf(document, node) if node else None


def _leaf(document: Document, value: Value) -> dict[str, Any]:
    others = [
        {"value": _data(other.value), **_found(document, other)} for other in value.alternatives
    ]
    checks = [_check(check) for check in value.checks]
    made = {**_found(document, value), **sureness_json(value)}
    if value.parts:
        made["parts"] = dict(value.parts)
    if value.terms:
        made["terms"] = {name: round(number, 2) for name, number in value.terms}
    return {**made, "alternatives": others, "checks": checks}


def _found(document: Document, value: Value) -> dict[str, Any]:
    made = {
        "text": value.raw,
        **places_json(document.places_of(value)),
        "spans": _spans(value),
        "confidence": share(value.confidence),
        "origin": str(value.chain[-1]),
    }
    if len(value.chain) > 1:
        made["steps"] = [_step(step) for step in value.chain]
    return made


def _step(said: Evidence) -> dict[str, Any]:
    return {
        "step": str(said.step),
        "value": _data(said.value),
        "text": said.raw,
        "spans": _spans(said),
        "origin": str(said),
    }


def _spans(found: Value | Evidence) -> list[list[int]]:
    return [[start, end] for start, end in found.spans]


def _check(check: CheckResult) -> dict[str, Any]:
    return {"rule": check.rule, "holds": check.holds, "message": check.message}
