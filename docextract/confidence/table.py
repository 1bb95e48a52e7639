"""Calibration table: curves from scores to shares of right values, by field, type and all.

Before it, a value's confidence has come from rules and the trained model, from sources that agree
and from checks: good for choosing among candidates, and no promise. The table is what became of
values whose truth is known, so that of the values at 0.9 nine in ten are right. It is the last to
act, so that it decides nothing about which values a record has.

Values are measured in groups: those of a field of a kind ("receipt.total"), those of a type of
field ("money"), and all of them. A value belongs to the first of these that the table has.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from docextract.document import Value
from docextract.encoding.score_calibration import ALL_TYPES, CalibrationPoint, ScoreCalibrator
from docextract.errors import ConfigError
from docextract.schema import Schema
from docextract.validation_errors import format_validation_error

#: Places to which scores and confidences are rounded: those of a record's JSON, so that what is
#: measured in records, what is compared with a threshold and what is shown are one number.
PLACES = 4

_Share = Annotated[float, Field(ge=0, le=1)]
_Count = Annotated[int, Field(ge=0)]


class Step(NamedTuple):
    """How many values were at least so sure, and how many of these were right."""

    confidence: _Share
    values: _Count
    right: _Count


class Group(BaseModel):
    """What was measured of some values: points by rising score, steps by falling confidence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    curve: Annotated[tuple[CalibrationPoint, ...], Field(min_length=1)]
    steps: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ends = [share for point in self.curve for share in point]
        if not all(0 <= share <= 1 for share in ends):
            raise ValueError("curve: scores and shares lie between 0 and 1")
        if any(b.score < a.score or b.share < a.share for a, b in pairwise(self.curve)):
            raise ValueError("curve: neither scores nor shares may fall")
        falls = all(b.confidence < a.confidence for a, b in pairwise(self.steps))
        if not falls or any(
            b.values < a.values or b.right < a.right for a, b in pairwise(self.steps)
        ):
            raise ValueError("steps: confidences must fall, and counts may not")
        if any(step.right > step.values for step in self.steps):
            raise ValueError("steps: more values are right than there are")
        return self


class CalibrationTable(BaseModel):
    """The table, as its JSON file has it. `documents` and `sources` say what it was made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: _Count
    values: _Count
    sources: tuple[str, ...] = ()
    groups: Mapping[str, Group]

    @classmethod
    def load(cls, path: Path) -> "CalibrationTable":
        """Read a file. Raises ConfigError that names it and says what is wrong in it."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise ConfigError(f"cannot read {path}: {error.strerror}") from error
        except ValidationError as error:
            raise ConfigError(
                f"{path} is no table of confidences: {format_validation_error(error)}; "
                "`docextract calibrate` writes one"
            ) from error

    def save(self, path: Path) -> None:
        """Write the file, a line a group. Raises ConfigError when that cannot be done."""
        about = self.model_dump(mode="json", exclude={"groups"})
        groups = [
            f"  {json.dumps(name)}: {json.dumps(group.model_dump(mode='json'))}"
            for name, group in self.groups.items()
        ]
        head = json.dumps(about, ensure_ascii=False).removesuffix("}")
        text = f'{head}, "groups": {{\n' + ",\n".join(groups) + "\n}}\n"
        try:
            path.write_text(text, "utf-8")
        except OSError as error:
            raise ConfigError(f"cannot write {path}: {error.strerror}") from error

    @property
    def fingerprint(self) -> str:
        """Changes with what is in the table."""
        return hashlib.sha256(self.model_dump_json(include={"groups"}).encode()).hexdigest()

    def groups_of(self, field: str, kind: str) -> Iterator[str]:
        """The groups that the values of a field like "receipt.total" are in, the nearest first."""
        return (name for name in (field, kind, ALL_TYPES) if name in self.groups)

    def share(self, score: float, field: str, kind: str) -> float:
        """The share of right values with such a score; the score itself where none is known.

        Args:
            score: The confidence after all checks, in [0, 1].
            field: The kind of document and the field's path: "invoice.line_items.net_amount".
            kind: The type of the field.
        """
        nearest = next(self.groups_of(field, kind), None)
        known = round(score, PLACES)
        return round(self._curves(known, nearest), PLACES) if nearest else known

    def applied(self, value: Value, schema: Schema) -> Value:
        """The value with that share as its confidence; what a file states stays certain.

        What lost gets the same curve, so that it is still the less sure of the two.
        """
        if value.is_stated or ALL_TYPES not in self.groups:
            return value
        field, kind = name_of(schema, value.field), schema.field(value.field).type
        return replace(
            value,
            confidence=self.share(value.confidence, field, kind),
            score=round(value.confidence, PLACES),
            alternatives=tuple(
                other
                if other.is_stated
                else replace(other, confidence=self.share(other.confidence, field, kind))
                for other in value.alternatives
            ),
        )

    @cached_property
    def _curves(self) -> ScoreCalibrator:
        return ScoreCalibrator({name: group.curve for name, group in self.groups.items()})


def name_of(schema: Schema, path: str) -> str:
    """What the group of a field's values is called."""
    return f"{schema.name}.{path}"
