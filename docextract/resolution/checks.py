"""Checks over an assignment: which hold, which fail, and what that adds to its score."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docextract.document import CheckResult, Typed
from docextract.evidence.comparison import same as folded
from docextract.resolution.scoring.scorer import CheckWeights
from docextract.schema import Check, Schema

#: Column -> its typed value in one row; field -> its typed value; "rows.column" -> all of them.
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A check with its outcome: None where a value that it needs is missing."""

    check: Check
    holds: bool | None

    @property
    def result(self) -> CheckResult:
        """As a value carries it."""
        message = self.check.message if self.holds is False else ""
        return CheckResult(self.check.rule, self.holds, message)


def outcomes(checks: Sequence[Check], values: Values) -> Iterator[Outcome]:
    """Each check with its outcome for these values."""
    for check in checks:
        yield Outcome(check, check.expression.holds(values, tolerance=check.tolerance))


def is_equation(check: Check) -> bool:
    """Whether a check hardly comes true by chance, as the order of two dates does."""
    return "==" in check.rule


def feature_of(outcome: Outcome) -> str | None:
    """The weight that an outcome adds, by its name in `CheckWeights`; None for one not told."""
    if outcome.holds is None:
        return None
    sort = "equation" if is_equation(outcome.check) else "order"
    return f"{sort}_{'holds' if outcome.holds else 'fails'}"


@dataclass(frozen=True)
class Constraints:
    """What ties the values of several fields together.

    Attributes:
        checks: Those that are told from one value a field.
        apart: Pairs of fields that never have the same value.
        columns: "rows.column" -> the values of that column, which stay as they are.
    """

    checks: Sequence[Check] = ()
    apart: Sequence[tuple[str, str]] = ()
    columns: Values = field(default_factory=dict)

    @classmethod
    def of_document(cls, schema: Schema, columns: Values) -> "Constraints":
        """Those of a whole document; checks over single rows are left out."""
        checks = [check for check in schema.checks if not check.each]
        apart = [(name, one.unlike) for name, one in schema.fields.items() if one.unlike]
        return cls(checks, apart, columns)

    @classmethod
    def of_row(cls, schema: Schema, table: str) -> "Constraints":
        """Those of one row of a table, its columns being the fields."""
        return cls([check for check in schema.checks if check.each == table])

    def among(self, names: Collection[str]) -> "Constraints":
        """Those that any of these fields has a part in."""
        checks = [one for one in self.checks if not one.expression.names.isdisjoint(names)]
        apart = [pair for pair in self.apart if not set(pair).isdisjoint(names)]
        return Constraints(checks, apart, self.columns)

    def counts(self, values: Values) -> dict[str, int]:
        """How often each weight of `CheckWeights` counts for these values."""
        made: dict[str, int] = {}
        for outcome in outcomes(self.checks, {**self.columns, **values}):
            if name := feature_of(outcome):
                made[name] = made.get(name, 0) + 1
        same = sum(_alike(values.get(one), values.get(other)) for one, other in self.apart)
        return {**made, "same_party": same} if same else made

    @property
    def ties(self) -> list[frozenset[str]]:
        """The fields that each of them ties together."""
        named = [check.expression.names for check in self.checks]
        return [*named, *(frozenset(pair) for pair in self.apart)]


def weight(weights: CheckWeights, counted: Mapping[str, int]) -> float:
    """What these outcomes add to the log score of an assignment."""
    table: dict[str, float] = weights.model_dump()
    return sum(table[name] * number for name, number in counted.items())


def _alike(one: Typed | None, other: Typed | None) -> bool:
    return one is not None and other is not None and folded(one) == folded(other)
