"""What a document of the smaller kinds says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Stated:
    """The language, and field -> value (text, date, amount or list) for all that may be printed."""

    language: str
    values: Mapping[str, Any]
