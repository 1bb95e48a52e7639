"""Check digits of account, tax and article numbers, as a check of the value that they are in.

A number that fails is kept: it is what the document says, and OCR or a made-up example more often
than the eye is why. But it is less likely to have been read right.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from docextract.document import CheckResult, Value
from docextract.schema import FieldSchema, FieldType
from docextract.values import identifiers

#: The name of the check.
DIGITS_RULE = "check digits"
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


def with_check_digits(field: FieldSchema, value: Value) -> Value:
    """The value with the outcome of its check digits, if its field's numbers have any.

    How sure it is stays: the scorer has learnt what the outcome is worth.
    """
    check = digits_check(field)
    if check is None or value.checks:
        return value
    holds = check(str(value.value)) is not None
    message = "" if holds else f"the check digits of {value.field.replace('_', ' ')} are wrong"
    return replace(value, checks=(CheckResult(DIGITS_RULE, holds, message),))
