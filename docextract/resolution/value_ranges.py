"""Plausible ranges: minimum and maximum of a field, as a check of the value itself.

A value outside the range of its field is kept: it is what the document says. But it is more often
a misread year or a lost decimal mark than the truth, so it is less sure, and the record says so.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from docextract.document import CheckResult, Typed, Value
from docextract.schema import FieldSchema

#: The name of the check.
RANGE_RULE = "plausible range"


def with_range(field: FieldSchema, value: Value) -> Value:
    """The value with whether it is within the range of its field, if that has one."""
    if field.minimum is None and field.maximum is None:
        return value
    message = _message(field, value)
    result = CheckResult(RANGE_RULE, not message, message)
    return replace(value, checks=(*value.checks, result))


def _message(field: FieldSchema, value: Value) -> str:
    """What is wrong with a value, or ""."""
    name = value.field.rpartition(".")[2].replace("_", " ")
    if field.minimum is not None and _less(value.value, field.minimum):
        return f"{name} {value.value} is less than {field.minimum}"
    if field.maximum is not None and _less(field.maximum, value.value):
        return f"{name} {value.value} is more than {field.maximum}"
    return ""


def _less(one: Typed, other: Typed) -> bool:
    if isinstance(one, date) and isinstance(other, date):
        return one < other
    numbers = isinstance(one, int | Decimal) and isinstance(other, int | Decimal)
    return numbers and Decimal(str(one)) < Decimal(str(other))
