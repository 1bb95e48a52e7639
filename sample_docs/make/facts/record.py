"""The record that a person would write for a document."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

Fact: TypeAlias = "str | Decimal | date | time | Sequence[Fact] | Mapping[str, Fact] | None"
Json: TypeAlias = "str | int | float | list[Json] | dict[str, Json] | None"


def as_json(fact: Fact) -> Json:
    """Dates as ISO 8601, times as HH:MM:SS, amounts as numbers."""
    match fact:
        case None | str():
            return fact
        case Decimal():
            return int(fact) if fact == fact.to_integral_value() else float(fact)
        case date() | time():
            return fact.isoformat()
        case Mapping():
            return {name: as_json(part) for name, part in fact.items()}
    return [as_json(part) for part in fact]


def record(kind: str, data: Mapping[str, Fact]) -> Json:
    """The expected record of a readable document."""
    return {"kind": kind, "data": as_json(data)}


def refusal(category: str) -> Json:
    """The expected outcome of a document that cannot be read."""
    return {"error": {"category": category}}


def dump(expected: Json) -> bytes:
    """The JSON file's content."""
    return (json.dumps(expected, indent=2, ensure_ascii=False) + "\n").encode()
