"""Chooses one value a field, checks the values against each other, and builds the record."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from docextract import resources
from docextract.confidence.final import Sureness
from docextract.document import (
    CheckResult,
    Document,
    Issue,
    Node,
    Record,
    RecordTree,
    Value,
    readings,
)
from docextract.evidence.alternative_readings import ambiguous
from docextract.ocr_repair.repair import repaired
from docextract.resolution.assignment import chosen, factor, judged
from docextract.resolution.check_digits import DIGITS_RULE, by_digits, with_checksum
from docextract.resolution.conflicts import disputes, settled
from docextract.resolution.distinct_fields import told_apart
from docextract.resolution.e_invoice_agreement import Agreement, without_adjusted
from docextract.resolution.scoring import INDEPENDENT, Joining
from docextract.resolution.value_ranges import RANGE_RULE, with_range
from docextract.schema import Check as CrossCheck
from docextract.schema import FieldSchema, Schema

#: Changes when the same candidates could make another record.
VERSION = "7"
#: Candidates that lost are kept with the value that won, at most so many.
ALTERNATIVES = 3
#: A value less likely than this is left out of the record. A judgement: lower fills more fields
#: with wrong values, higher leaves more right ones out. The candidate stays in any case.
ENOUGH = 0.3


@dataclass(frozen=True)
class Check:
    """The stage that turns candidates into a record. An unknown kind has no record.

    Attributes:
        model: The trained model, by name or path, whose folder says what its values are worth
            beside those of rules; "" takes all sources as independent.
        confidence: The table that turns scores into shares of right values: "default" for the
            user's own or else the shipped one, the path of a file that `docextract calibrate`
            wrote, or "" for none.
        accept_at: The share of right values that is wanted of what no person looks at, such as
            0.99; 0 accepts nothing and marks nothing.
    """

    schemas: tuple[Schema, ...] = ()
    model: str = "default"
    confidence: str = ""
    accept_at: float = 0.0

    def __post_init__(self) -> None:
        Sureness(self.confidence, self.accept_at)  # which refuses what cannot be

    def __call__(self, docs: Sequence[Document]) -> list[Document]:
        """The documents with their records and with an issue for whatever is missing or wrong."""
        return [self._check(doc) for doc in docs]

    @property
    def fingerprint(self) -> str:
        """Of the checks and the schemas they come from."""
        schemas = [schema.model_dump(mode="json") for schema in self.schemas]
        parts = [self._joining.fingerprint, self._sureness.fingerprint]
        text = json.dumps(["check", VERSION, schemas, *parts], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _check(self, doc: Document) -> Document:
        schema = self._known.get(doc.kind.label if doc.kind else "")
        if schema is None:
            return doc
        if doc.stated:
            schema = without_adjusted(schema, doc.stated)
        joining, values = self._joining.of(schema.name, doc.candidates)
        build_so = partial(build, joining=joining)
        record, issues = repaired(replace(doc, candidates=tuple(values)), schema, build_so)
        if doc.stated and doc.stated.file:
            read = [value for value in values if not value.is_stated]
            page, _ = build_so(schema, read)
            record, differing = Agreement(doc, schema)(record, page)
            issues += differing
        record = self._sureness(record, schema, (*doc.issues, *issues))
        return doc.add(record=record, issues=issues)

    @cached_property
    def _sureness(self) -> Sureness:
        return Sureness(self.confidence, self.accept_at)

    @cached_property
    def _known(self) -> dict[str, Schema]:
        return {schema.name: schema for schema in self.schemas}

    @cached_property
    def _joining(self) -> Joining:
        return Joining.load(resources.model(self.model)) if self.model else INDEPENDENT


def build(
    schema: Schema, candidates: Iterable[Value], joining: Joining = INDEPENDENT
) -> tuple[Record, tuple[Issue, ...]]:
    """The record that these candidates make under a schema, and what is wrong with it."""
    fitting = judged_alone(schema, candidates)
    rows = {
        name: _rows(schema, name, fitting) for name, field in schema.fields.items() if field.fields
    }
    columns = _columns(schema, rows)
    ranked = told_apart(schema, _ranked(schema, fitting, joining))
    single = chosen(
        {name: values for name, values in ranked.items() if not schema.fields[name].many},
        schema.checks,
        columns,
    )
    single, issues = _cross_checked(single, schema, columns)
    single = {name: _with_rivals(value, ranked[name]) for name, value in single.items()}
    evidence = RecordTree(
        {name: _node(name, field, single, ranked, rows) for name, field in schema.fields.items()}
    )
    record = Record(schema.name, schema.version, evidence)
    return record, (
        *_missing(schema, record),
        *disputes(ranked),
        *issues,
        *_digit_issues(single.values()),
        *_row_issues(schema, rows),
        *ambiguous(evidence.values()),
    )


def judged_alone(schema: Schema, candidates: Iterable[Value]) -> list[Value]:
    """The candidates of the form that their fields ask for, their digits and ranges checked."""
    return [
        with_range(schema.field(value.field), with_checksum(schema.field(value.field), value))
        for value in candidates
        if value.is_stated or fits(schema.field(value.field), value)
    ]


def fits(field: FieldSchema, value: Value) -> bool:
    """Whether a value has the form that its field asks for, as a whole."""
    return not field.format or re.fullmatch(field.format, str(value.value)) is not None


def _ranked(schema: Schema, values: Iterable[Value], joining: Joining) -> dict[str, list[Value]]:
    """Top-level field -> its distinct values, best first."""
    found: dict[str, list[Value]] = {}
    for value in values:
        if value.row is None:
            found.setdefault(value.field, []).append(value)
    return {
        name: sorted(
            map(by_digits, settled(schema.fields[name], group, joining)),
            key=lambda value: -value.confidence,
        )
        for name, group in found.items()
    }


def _with_rivals(value: Value, ranked: Sequence[Value]) -> Value:
    own = readings(value)
    told = {value.value, *(one.value for one in own)}
    rivals = [replace(one, alternatives=()) for one in ranked if one.value not in told]
    return replace(value, alternatives=(*own, *rivals)[:ALTERNATIVES])


def _node(
    name: str,
    field: FieldSchema,
    single: Mapping[str, Value],
    ranked: Mapping[str, Sequence[Value]],
    rows: Mapping[str, Sequence[Mapping[str, Value | None]]],
) -> Node:
    if field.fields:
        return tuple(rows[name])
    if field.many:
        kept = [value for value in ranked.get(name, ()) if value.confidence >= ENOUGH]
        return tuple(sorted(kept, key=lambda value: value.spans[:1]))
    value = single.get(name)
    return value if value and value.confidence >= ENOUGH else None


def _missing(schema: Schema, record: Record) -> list[Issue]:
    return [
        Issue("check", "missing", f"no {name.replace('_', ' ')} was found", field=name)
        for name, field in schema.fields.items()
        if field.required and not record.evidence[name]
    ]


def _digit_issues(values: Iterable[Value]) -> list[Issue]:
    return [
        Issue("check", "check", check.message, field=value.field)
        for value in values
        for check in value.checks
        if check.rule in (DIGITS_RULE, RANGE_RULE)
        and check.holds is False
        and value.confidence >= ENOUGH
    ]


def _cross_checked(
    values: Mapping[str, Value], schema: Schema, columns: Mapping[str, Any]
) -> tuple[dict[str, Value], list[Issue]]:
    """The values with the outcome of every check that names them, and the checks that fail."""
    checked = dict(values)
    issues = []
    typed = {**columns, **{name: value.value for name, value in values.items()}}
    for check in schema.checks:
        if check.each:
            continue
        holds = check.expression.holds(typed, tolerance=check.tolerance)
        for name in check.expression.names & checked.keys():
            checked[name] = _judged(checked[name], check, holds)
        if holds is False:
            field = min(check.expression.names & checked.keys(), default=None)
            issues.append(Issue("check", "check", check.message or check.rule, field=field))
    return checked, issues


def _judged(value: Value, check: CrossCheck, holds: bool | None) -> Value:
    result = CheckResult(check.rule, holds, "" if holds is not False else check.message)
    by = 1.0 if holds is None else factor(check, holds=holds)
    return replace(value, confidence=judged(value, by), checks=(*value.checks, result))


def _rows(schema: Schema, name: str, values: Iterable[Value]) -> list[dict[str, Value | None]]:
    """The rows of a nested field, in order, each with all of its columns.

    Where the rows are stated, only those: what was read on the page numbers them for itself.
    """
    found = [value for value in values if value.field.partition(".")[0] == name]
    stated = any(value.is_stated for value in found)
    cells: dict[int, dict[str, list[Value]]] = {}
    for value in found:
        column = value.field.partition(".")[2]
        if value.row is not None and value.is_stated == stated:
            cells.setdefault(value.row, {}).setdefault(column, []).append(value)
    columns = schema.fields[name].fields
    checks = [check for check in schema.checks if check.each == name]
    made = []
    for _, row in sorted(cells.items()):
        best = {
            column: by_digits(max(group, key=lambda value: value.confidence))
            for column, group in row.items()
        }
        made.append({column: _row_checked(best, checks).get(column) for column in columns})
    return made


def _row_checked(row: Mapping[str, Value], checks: Sequence[CrossCheck]) -> dict[str, Value]:
    checked = dict(row)
    typed = {column: value.value for column, value in row.items()}
    for check in checks:
        holds = check.expression.holds(typed, tolerance=check.tolerance)
        for column in check.expression.names & checked.keys():
            checked[column] = _judged(checked[column], check, holds)
    return checked


def _row_issues(
    schema: Schema, rows: Mapping[str, Sequence[Mapping[str, Value | None]]]
) -> list[Issue]:
    """The checks that fail in a row, with the row's number from 1."""
    issues = []
    for name, table in rows.items():
        for number, row in enumerate(table, 1):
            failed = {
                result.message or result.rule
                for value in row.values()
                if value
                for result in value.checks
                if result.holds is False
            }
            issues += [
                Issue("check", "check", f"row {number}: {message}", field=name)
                for message in sorted(failed)
            ]
    return issues


def _columns(
    schema: Schema, rows: Mapping[str, Sequence[Mapping[str, Value | None]]]
) -> dict[str, list[Any]]:
    """For checks over whole documents: "rows.column" -> the column's values, one a row."""
    return {
        f"{name}.{column}": [cell.value if (cell := row.get(column)) else None for row in table]
        for name, table in rows.items()
        for column in schema.fields[name].fields
    }
