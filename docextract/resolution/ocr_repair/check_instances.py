"""Check instances: each check over a document, a row or the digits of a field, with its outcome."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from docextract.document import Record, Typed, Value
from docextract.evidence.check_digits import DIGITS_RULE, digits_check
from docextract.schema import Check, Schema

#: A field's path and, in a table, the number of the row that a value stands in.
Key = tuple[str, int | None]


class CheckInstance(NamedTuple):
    """A check of a whole document, of the row `row` of `of`, or of the digits of the field `of`."""

    rule: str
    of: str = ""
    row: int | None = None

    @property
    def tells(self) -> bool:
        """Whether it hardly comes true by chance, as the order of two dates does."""
        return self.rule == DIGITS_RULE or "==" in self.rule


@dataclass(frozen=True)
class RecordChecks:
    """The values of a record, those too unsure to stand in it included, under its checks."""

    schema: Schema
    record: Record
    candidates: Sequence[Value]

    @cached_property
    def values(self) -> dict[Key, Value]:
        """All values of which a field has one, and the cells of tables."""
        found: dict[Key, Value] = {}
        for name, field in self.schema.fields.items():
            evidence = self.record.evidence
            if field.fields:
                cells = (cell for row in evidence.rows(name) for cell in row.values() if cell)
                found |= {(cell.field, cell.row): cell for cell in cells}
            elif not field.many and (value := evidence.value(name) or self._likeliest(name)):
                found[name, None] = value
        return found

    @cached_property
    def held(self) -> dict[CheckInstance, bool | None]:
        """Every check with its outcome; None where it cannot be told."""
        return dict(self._outcomes(self._typed))

    def comes_true_with(self, key: Key, value: Typed) -> frozenset[CheckInstance]:
        """The telling checks that come true with this value; none where one that held fails."""
        after = dict(self._outcomes({**self._typed, key: value}))
        if any(holds and not after.get(instance) for instance, holds in self.held.items()):
            return frozenset()
        return frozenset(
            instance
            for instance, holds in after.items()
            if instance.tells and holds and not self.held[instance]
        )

    @cached_property
    def unmet_fields(self) -> frozenset[str]:
        """The fields that a telling check names which is false, or cannot be told."""
        return self._named({instance for instance, holds in self.held.items() if not holds})

    @cached_property
    def failing_fields(self) -> frozenset[str]:
        """The fields that a telling check names which is false."""
        return self._named({instance for instance, holds in self.held.items() if holds is False})

    def _named(self, still: Set[CheckInstance]) -> frozenset[str]:
        """The fields that the telling ones of these checks name."""
        telling = {instance for instance in still if instance.tells}
        named = {instance.of for instance in telling if instance.rule == DIGITS_RULE}
        for check in self.schema.checks:
            if any(
                (instance.rule, instance.of) == (check.rule, check.each or "")
                for instance in telling
            ):
                named |= set(_names(check))
        return frozenset(named)

    def _likeliest(self, name: str) -> Value | None:
        own = [value for value in self.candidates if value.field == name and value.row is None]
        return max(own, key=lambda value: value.confidence, default=None)

    @cached_property
    def _typed(self) -> dict[Key, Typed]:
        return {key: value.value for key, value in self.values.items()}

    def _outcomes(self, typed: Mapping[Key, Typed]) -> Iterator[tuple[CheckInstance, bool | None]]:
        for check in self.schema.checks:
            if check.each:
                for row in self._rows[check.each]:
                    names = {
                        n: typed.get((f"{check.each}.{n}", row)) for n in check.expression.names
                    }
                    yield CheckInstance(check.rule, check.each, row), _holds(check, names)
            else:
                names = {n: self._value(typed, n) for n in check.expression.names}
                yield CheckInstance(check.rule), _holds(check, names)
        for name, field in self.schema.fields.items():
            if (digits := digits_check(field)) and (name, None) in typed:
                yield CheckInstance(DIGITS_RULE, name), digits(str(typed[name, None])) is not None

    def _value(self, typed: Mapping[Key, Typed], name: str) -> Any:
        """A field's value, or those of a column, one a row."""
        if "." not in name:
            return typed.get((name, None))
        return [typed.get((name, row)) for row in self._rows[name.partition(".")[0]]]

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        """Name of a table -> the numbers of its rows."""
        found: dict[str, set[int]] = {n: set() for n, f in self.schema.fields.items() if f.fields}
        for path, row in self.values:
            if row is not None:
                found[path.partition(".")[0]].add(row)
        return {name: sorted(rows) for name, rows in found.items()}


def _names(check: Check) -> Iterator[str]:
    """The paths of the fields that a check names."""
    for name in check.expression.names:
        yield f"{check.each}.{name}" if check.each else name


def _holds(check: Check, values: Mapping[str, Any]) -> bool | None:
    return check.expression.holds(values, tolerance=check.tolerance)
