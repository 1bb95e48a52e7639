"""Field outcomes of documents, and the field types that values are compared by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docextract.evaluation.inputs.truth_and_prediction import PredictedValue
from docextract.evaluation.metrics.equality import Level, infer_field
from docextract.schema import FieldSchema, Schema


@dataclass(frozen=True)
class FieldOutcome:
    """Expected and found values of one field of one document; of a column, in all rows.

    `right` says for each level which of the values in `found` are right, in their order.
    """

    document: str
    field: str
    expected: tuple[str, ...]
    found: tuple[PredictedValue, ...]
    right: Mapping[Level, tuple[bool, ...]]

    def hits(self, level: Level) -> int:
        """How many values are right."""
        return sum(self.right[level])

    @property
    def wrong(self) -> int:
        """Wrong values, or missing ones where those are more; at the level of types."""
        return max(len(self.expected), len(self.found)) - self.hits(Level.TYPED)


@dataclass(frozen=True)
class KindFields:
    """The fields of one kind; `month_first` is how the truth writes dates."""

    known: Mapping[str, FieldSchema]
    month_first: bool = False

    def at(self, path: str, found: Sequence[PredictedValue], answers: Sequence[str]) -> FieldSchema:
        """The field at `path`; where no schema describes it, one of a type that fits."""
        return self.known.get(path) or infer_field(found, answers)


@dataclass(frozen=True)
class ComparisonRules:
    """The schemas by the name of their kind, and how the truth writes dates."""

    schemas: Mapping[str, Schema]
    month_first: bool = False

    def fields(self, kind: str) -> KindFields:
        """The fields of a kind; none for one without a schema."""
        schema = self.schemas.get(kind)
        return KindFields(dict(schema.walk()) if schema else {}, self.month_first)
