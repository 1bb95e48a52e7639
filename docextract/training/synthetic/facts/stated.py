"""What a document of the smaller kinds says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
#: Puts what is to be said in the place of what was invented.
Teller = Callable[[T], T]


def as_invented(facts: T) -> T:
    """Tells nothing."""
    return facts


@dataclass(frozen=True)
class Stated:
    """The language, and field -> value (text, date, amount or list) for all that may be printed."""

    language: str
    values: Mapping[str, Any]
