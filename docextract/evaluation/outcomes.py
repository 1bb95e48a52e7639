"""What came of a field of a document, and what is known of its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docextract.evaluation.inputs.sides import Found
from docextract.evaluation.metrics.equality import Level, guessed
from docextract.schema import FieldSchema, Schema


@dataclass(frozen=True)
class Outcome:
    """What came of one field of one document; for a column, of its cells in all rows.

    `right` says for each level which of the values in `found` are right, in their order.
    """

    document: str
    field: str
    wanted: tuple[str, ...]
    found: tuple[Found, ...]
    right: Mapping[Level, tuple[bool, ...]]

    def hits(self, level: Level) -> int:
        """How many values are right."""
        return sum(self.right[level])

    @property
    def wrong(self) -> int:
        """Wrong values, or missing ones where those are more; at the level of types."""
        return max(len(self.wanted), len(self.found)) - self.hits(Level.TYPED)


@dataclass(frozen=True)
class Fields:
    """The fields of one kind; `month_first` is how the truth writes dates."""

    known: Mapping[str, FieldSchema]
    month_first: bool = False

    def at(self, path: str, found: Sequence[Found], answers: Sequence[str]) -> FieldSchema:
        """The field at `path`; where no schema describes it, one of a type that fits."""
        return self.known.get(path) or guessed(found, answers)


@dataclass(frozen=True)
class Rules:
    """The schemas by the name of their kind, and how the truth writes dates."""

    schemas: Mapping[str, Schema]
    month_first: bool = False

    def fields(self, kind: str) -> Fields:
        """The fields of a kind; none for one without a schema."""
        schema = self.schemas.get(kind)
        return Fields(dict(schema.walk()) if schema else {}, self.month_first)
