"""The facts of a synthetic document: its language and field values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
#: Replaces random facts of a document by given ones.
FactsOverride = Callable[[T], T]


def unchanged(facts: T) -> T:
    """Replace nothing."""
    return facts


@dataclass(frozen=True)
class DocumentFacts:
    """Language, and field -> value (text, date, amount or list) for all that may be printed."""

    language: str
    values: Mapping[str, Any]
