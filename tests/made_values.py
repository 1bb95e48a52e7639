"""Values, spans and trees made by hand, of origins written as records print them."""

from collections.abc import Mapping
from dataclasses import replace
from math import prod
from typing import Any

from docextract.document import (
    Evidence,
    Origin,
    RecordTree,
    Row,
    SourceType,
    Span,
    Step,
    Stretch,
    Typed,
    Value,
)


def said(origin: str, typed: Typed, raw: str, spans: tuple[Stretch, ...] = ()) -> Evidence:
    """What "rule:label right 'Total'" or "model:m@1 0.95" found."""
    name, _, end = origin.rpartition(" ")
    if origin.startswith(SourceType.MODEL) and end.replace(".", "", 1).isdigit():
        return Evidence(Origin.parse(name), typed, raw, spans, score=float(end))
    return Evidence(Origin.parse(origin), typed, raw, spans)


def make_value(
    field: str,
    raw: str,
    typed: Typed,
    confidence: float = 0.9,
    spans: tuple[Stretch, ...] = ((0, 1),),
    origin: str = "rule:label right",
    row: int | None = None,
    **more: Any,
) -> Value:
    """A value as a source found it."""
    found = Value.found(field, said(origin, typed, raw, spans), confidence, row=row)
    return replace(found, **more)


def softmax_of(*confidences: float) -> list[float]:
    """The probabilities of rivals that are each this sure alone, beside having none of them."""
    odds = [one / (1 - one) for one in confidences]
    return [one / (1 + sum(odds)) for one in odds]


def both(*confidences: float) -> float:
    """How sure a value is that independent sources agree on, each this sure of it."""
    odds = prod(one / (1 - one) for one in confidences)
    return odds / (1 + odds)


def otherwise(value: Value, typed: Typed) -> Value:
    """The other meaning of a value's words."""
    return value.corrected(Step.REINTERPRETED, "other day order", typed)


def make_span(start: int, end: int, label: str, confidence: float, origin: str) -> Span:
    """A stretch that was found by this origin."""
    return Span(start, end, label, confidence, Origin.parse(origin))


def make_tree(evidence: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> RecordTree:
    """A tree of these values; of `data` that has none, of values that stand nowhere."""
    missing = {name: part for name, part in (data or {}).items() if not evidence.get(name)}
    return RecordTree({name: _node(name, part) for name, part in {**evidence, **missing}.items()})


def _node(field: str, part: Any, row: int | None = None) -> Any:
    if part is None or isinstance(part, Value):
        return part
    if isinstance(part, list | tuple):
        return tuple(
            _row(field, one, number) if isinstance(one, Mapping) else _node(field, one)
            for number, one in enumerate(part)
        )
    return make_value(field, str(part), part, 1.0, (), row=row)


def _row(field: str, cells: Mapping[str, Any], row: int) -> Row:
    return {name: _node(f"{field}.{name}", cell, row) for name, cell in cells.items()}
