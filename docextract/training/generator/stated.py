"""What a document of the smaller kinds says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

#: The value of a field.
Value = str | date | Decimal | list[str]


@dataclass(frozen=True)
class Stated:
    """The language, and field -> value for all that may be printed."""

    language: str
    values: Mapping[str, Value]
