"""Adds alternative readings to candidates: 03/04 as a day in March or in April."""

from dataclasses import replace

from docextract.document import Step, Value
from docextract.extraction.context import Case


def with_readings(case: Case, value: Value) -> Value:
    """The value with what else its words can mean as its first alternatives."""
    others = case.others(case.schema.field(value.field), value)
    if not others:
        return value
    second = (value.corrected(Step.REINTERPRETED, "other day order", other) for other in others)
    return replace(value, alternatives=(*second, *value.alternatives))
