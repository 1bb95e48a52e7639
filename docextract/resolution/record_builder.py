"""Record builder: candidates -> scores -> assignment -> record and issues.

Nothing else chooses a value or says how sure it is: the scorer, then the checks. What the values
of a record are worth as shares of right ones is `docextract.confidence`'s last step.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from docextract.document import (
    Document,
    Issue,
    Node,
    Record,
    RecordTree,
    Row,
    Typed,
    Value,
    readings,
)
from docextract.evidence.alternative_readings import ambiguous
from docextract.evidence.check_digits import DIGITS_RULE, with_check_digits
from docextract.resolution.assignment import assigned
from docextract.resolution.checks import Constraints, Outcome, outcomes
from docextract.resolution.conflicts import compared, disputes
from docextract.resolution.groups import Group, grouped
from docextract.resolution.scoring.scorer import MOST, Option, Scorer
from docextract.resolution.value_ranges import RANGE_RULE, with_range
from docextract.schema import FieldSchema, Schema

#: Candidates that lost are kept with the value that won, at most so many.
ALTERNATIVES = 3


@dataclass(frozen=True)
class RecordBuilder:
    """Makes the record of a document under a schema."""

    schema: Schema
    scorer: Scorer

    def __call__(
        self, doc: Document, candidates: Iterable[Value]
    ) -> tuple[Record, tuple[Issue, ...]]:
        """The record that these candidates make, and what is wrong with it."""
        made = Draft(doc, self.schema, self.scorer, tuple(checked_alone(self.schema, candidates)))
        return made.record, made.issues


def checked_alone(schema: Schema, candidates: Iterable[Value]) -> list[Value]:
    """The candidates of the form that their fields ask for, their digits and ranges checked."""
    return [
        with_range(schema.field(value.field), with_check_digits(schema.field(value.field), value))
        for value in candidates
        if value.is_stated or fits(schema.field(value.field), value)
    ]


def fits(field: FieldSchema, value: Value) -> bool:
    """Whether a value has the form that its field asks for, as a whole."""
    return not field.format or re.fullmatch(field.format, str(value.value)) is not None


@dataclass(frozen=True)
class Draft:
    """A record in the making."""

    doc: Document
    schema: Schema
    scorer: Scorer
    candidates: tuple[Value, ...]

    @cached_property
    def tables(self) -> dict[str, tuple[Row, ...]]:
        """Field of rows -> its rows."""
        return {name: self._rows(name) for name, one in self.schema.fields.items() if one.fields}

    @cached_property
    def columns(self) -> dict[str, list[Typed | None]]:
        """The values of each column, one a row, by "rows.column"."""
        return {
            f"{name}.{column}": [cell.value if (cell := row.get(column)) else None for row in table]
            for name, table in self.tables.items()
            for column in self.schema.fields[name].fields
        }

    @cached_property
    def options(self) -> dict[str, list[Option]]:
        """Field -> its options before any check of several fields, best first."""
        found = self.scorer.options(self.doc, self.schema, self.candidates)
        return {name: compared(self.schema.fields[name], own) for name, own in found.items()}

    @cached_property
    def ranked(self) -> dict[str, list[Option]]:
        """Field that has one value -> its options, the one that is taken first."""
        single = {n: own for n, own in self.options.items() if not self.schema.fields[n].many}
        constraints = Constraints.of_document(self.schema, self.columns)
        return assigned(single, constraints, self.scorer.checks)

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """The checks over the whole document, with their outcomes for the values taken."""
        values = {name: own[0].value.value for name, own in self.ranked.items()}
        checks = [check for check in self.schema.checks if not check.each]
        return list(outcomes(checks, {**self.columns, **values}))

    @cached_property
    def single(self) -> dict[str, Value]:
        """Field that has one value -> that, with the outcomes of the checks and what lost."""
        made = {}
        for name, (taken, *others) in self.ranked.items():
            value = self.scorer.meant(taken.value, self.schema.fields[name])
            results = [one.result for one in self.outcomes if name in one.check.expression.names]
            made[name] = replace(
                value,
                checks=(*value.checks, *results),
                alternatives=_alternatives(value, [one.value for one in others]),
            )
        return made

    @cached_property
    def kept(self) -> dict[str, Value]:
        """Those of them whose words are likely the right ones, however they can be read."""
        likely = {name for name, own in self.ranked.items() if self._is_likely(own[0].value)}
        return {name: value for name, value in self.single.items() if name in likely}

    @cached_property
    def record(self) -> Record:
        """The values that are likely enough, in the schema's shape."""
        nodes = {name: self._node(name, one) for name, one in self.schema.fields.items()}
        return Record(self.schema.name, self.schema.version, RecordTree(nodes))

    def _node(self, name: str, field: FieldSchema) -> Node:
        if field.fields:
            return self.tables[name]
        if field.many:
            options = (one.value for one in self.options.get(name, ()))
            likely = [value for value in options if self._is_likely(value)]
            return tuple(sorted(likely, key=lambda value: value.spans[:1]))
        return self.kept.get(name)

    def _is_likely(self, value: Value) -> bool:
        many = self.schema.fields[value.field].many
        return value.confidence >= self.scorer.least_of(self.schema.name, many=many)

    def _rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a field, in order, each with all of its columns.

        Where the rows are stated, only those: what was read on the page numbers them for itself.
        """
        found = [one for one in self.candidates if one.field.partition(".")[0] == name]
        stated = any(one.is_stated for one in found)
        cells: dict[int, list[Value]] = {}
        for value in found:
            if value.row is not None and value.is_stated == stated:
                cells.setdefault(value.row, []).append(value)
        return tuple(self._row(name, row) for _, row in sorted(cells.items()))

    def _row(self, name: str, cells: Sequence[Value]) -> Row:
        """One row, its cells as likely as its checks make them."""
        by_column: dict[str, list[Value]] = {}
        for cell in cells:
            by_column.setdefault(cell.field.partition(".")[2], []).append(cell)
        options = {column: self._cells(name, column, group) for column, group in by_column.items()}
        constraints = Constraints.of_row(self.schema, name)
        ranked = assigned(options, constraints, self.scorer.checks)
        taken = {column: own[0].value for column, own in ranked.items()}
        values = {column: value.value for column, value in taken.items()}
        told = list(outcomes(constraints.checks, values))
        for column, value in taken.items():
            results = [one.result for one in told if column in one.check.expression.names]
            taken[column] = replace(value, checks=(*value.checks, *results))
        return {column: taken.get(column) for column in self.schema.fields[name].fields}

    def _cells(self, table: str, column: str, cells: Sequence[Value]) -> list[Option]:
        path, field = f"{table}.{column}", self.schema.fields[table].fields[column]
        options = [self._cell(path, field, group) for group in grouped(cells)]
        return sorted(options, key=lambda option: -option.score)

    def _cell(self, path: str, field: FieldSchema, group: Group) -> Option:
        score = self.scorer.cell(self.schema.name, path, field, group.best)
        sure = 1.0 if math.isinf(score) else min(MOST, 1 / (1 + math.exp(-score)))
        value = replace(group.value, confidence=sure)
        return Option(value, 0.0 if value.is_stated else score, group)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """What is missing, contradicts itself, fails or can be read in two ways."""
        return (
            *self._missing(),
            *disputes(self.options),
            *self._failed_checks(),
            *self._failed_alone(),
            *self._failed_rows(),
            *ambiguous(self.record.evidence.values()),
        )

    def _missing(self) -> Iterable[Issue]:
        for name, field in self.schema.fields.items():
            if field.required and not self.record.evidence[name]:
                message = f"no {name.replace('_', ' ')} was found"
                yield Issue("check", "missing", message, field=name)

    def _failed_checks(self) -> Iterable[Issue]:
        for one in self.outcomes:
            if one.holds is False:
                field = min(one.check.expression.names & self.ranked.keys(), default=None)
                yield Issue("check", "check", one.check.message or one.check.rule, field=field)

    def _failed_alone(self) -> Iterable[Issue]:
        """Check digits and ranges that fail of values that stand in the record."""
        for value in self.kept.values():
            for check in value.checks:
                if check.rule in (DIGITS_RULE, RANGE_RULE) and check.holds is False:
                    yield Issue("check", "check", check.message, field=value.field)

    def _failed_rows(self) -> Iterable[Issue]:
        """The checks that fail in a row, with the row's number from 1."""
        for name, table in self.tables.items():
            for number, row in enumerate(table, 1):
                checks = [check for value in row.values() if value for check in value.checks]
                failed = {check.message or check.rule for check in checks if check.holds is False}
                for message in sorted(failed):
                    yield Issue("check", "check", f"row {number}: {message}", field=name)


def _alternatives(value: Value, others: Sequence[Value]) -> tuple[Value, ...]:
    """What else its words can mean, then the likeliest of what lost."""
    own = readings(value)
    told = {value.value, *(one.value for one in own)}
    rivals = [replace(one, alternatives=()) for one in others if one.value not in told]
    return (*own, *rivals)[:ALTERNATIVES]
