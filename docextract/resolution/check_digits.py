"""Check digits of account, tax and article numbers, as a check of the value that they are in.

A number that fails is kept: it is what the document says, and OCR or a made-up example more often
than the eye is why. But it is less likely to have been read right.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from docextract.document import CheckResult, Value
from docextract.resolution.assignment import judged
from docextract.schema import FieldSchema, FieldType
from docextract.values import identifiers

#: The name of the check.
DIGITS_RULE = "check digits"
#: By how much check digits that are right (or wrong) multiply the odds of a value. A judgement:
#: a slip of OCR passes one in ten (GTIN) to one in a hundred (IBAN), and numbers in samples and
#: tests are made up and fail, so that failing says less than passing.
DIGITS = (5.0, 0.5)

_BY_TYPE: Mapping[FieldType, Callable[[str], str | None]] = {
    FieldType.IBAN: identifiers.parse_iban,
    FieldType.VAT_ID: identifiers.parse_vat_id,
}
#: The same by the entities that a field accepts, for numbers that have no type of their own.
_BY_ENTITY: Mapping[str, Callable[[str], str | None]] = {
    "GTIN": identifiers.parse_gtin,
    "ISIN": identifiers.parse_isin,
    "LEI": identifiers.parse_lei,
}


def digits_check(field: FieldSchema) -> Callable[[str], str | None] | None:
    """What tells whether the check digits of a field's numbers hold; None where they have none."""
    entity = next((name for name in field.entities if name in _BY_ENTITY), "")
    return _BY_ENTITY.get(entity) or _BY_TYPE.get(field.type)


def with_checksum(field: FieldSchema, value: Value) -> Value:
    """The value with the outcome of its check digits, if its field's numbers have any.

    How sure it is stays: `by_digits` says what the outcome means for all sources of it together.
    """
    check = digits_check(field)
    if check is None or value.checks:
        return value
    holds = check(str(value.value)) is not None
    message = "" if holds else f"the check digits of {value.field.replace('_', ' ')} are wrong"
    return replace(value, checks=(CheckResult(DIGITS_RULE, holds, message),))


def by_digits(value: Value) -> Value:
    """The value as sure as its check digits make it."""
    outcome = next((check.holds for check in value.checks if check.rule == DIGITS_RULE), None)
    if outcome is None:
        return value
    gain, loss = DIGITS
    return replace(value, confidence=judged(value, gain if outcome else loss))
