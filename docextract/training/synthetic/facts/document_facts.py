"""The facts of a synthetic document: its language and field values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DocumentFacts:
    """Language, and field -> value (text, date, amount or list) for all that may be printed."""

    language: str
    values: Mapping[str, Any]
