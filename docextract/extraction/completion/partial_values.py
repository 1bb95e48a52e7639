"""Completes partial values: a town by its whole address, a company's first word by its name.

Where blocks stand side by side the model sees their lines in pieces, and a logo shows a part of
the name. What was found as a piece is evidence for the fuller candidate, not against it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from docextract.document import Step, Value
from docextract.schema import FieldSchema, FieldType, Schema
from docextract.values.parties.addresses import parse_address
from docextract.values.parties.organisations import parse_organisation

#: A fuller candidate that is less sure is a guess, which pieces do not become. A judgement.
SURE = 0.3
#: What a whole tells at least: an address has something before its town, a name its legal form.
FULL = 2


def with_wholes(schema: Schema, values: Sequence[Value]) -> list[Value]:
    """The values, each piece outside tables replaced by the shortest candidate that has it.

    A piece of an address is printed within one that tells more of street, postcode and town. A
    piece of a name is the one word that begins a name with a legal form; that holds only of those
    who write, as only they have a logo.
    """
    by_field: dict[str, list[Value]] = {}
    for value in values:
        if value.row is None and value.confidence >= SURE:
            by_field.setdefault(value.field, []).append(value)
    return [_whole(schema, value, by_field.get(value.field, ())) for value in values]


def _whole(schema: Schema, value: Value, others: Iterable[Value]) -> Value:
    field = schema.field(value.field)
    tells, is_part = _TELLS.get(field.type), _PARTS.get(field.type)
    if tells is None or is_part is None or value.row is not None or field.many:
        return value
    told = tells(field, str(value.value))
    found = [
        one for one in others if is_part(value, one) and FULL <= tells(field, str(one.value)) > told
    ]
    if not found:
        return value
    best = min(found, key=lambda one: (-tells(field, str(one.value)), len(str(one.value))))
    return value.corrected(Step.COMPLETED, "whole value", best.value, best.raw, best.spans)


def _address(field: FieldSchema, text: str) -> int:
    """How much of an address there is: a postcode, something before the town, a street for sure."""
    del field
    found = parse_address(text)
    if found is None or not found.postcode:
        return 0
    before = re.split(r"[\n,]", text)[0]
    is_before = found.postcode not in before and before.strip() != found.city
    return 1 + is_before + bool(is_before and found.street)


def _name(field: FieldSchema, text: str) -> int:
    found = parse_organisation(text) if field.place == "heading" else None
    return FULL if found and found.legal_form else 0


_TELLS: Mapping[FieldType, Callable[[FieldSchema, str], int]] = {
    FieldType.ADDRESS: _address,
    FieldType.NAME: _name,
}


def _lies_within(piece: Value, whole: Value) -> bool:
    return bool(piece.spans) and all(
        any(a <= start and end <= b for a, b in whole.spans) for start, end in piece.spans
    )


def _begins(piece: Value, whole: Value) -> bool:
    begun, name = str(piece.value).casefold(), str(whole.value).casefold()
    if len(begun.split()) > 1:  # a name, which need not have its legal form
        return False
    return name.startswith(begun) and not name[len(begun) : len(begun) + 1].isalnum()


_PARTS: Mapping[FieldType, Callable[[Value, Value], bool]] = {
    FieldType.ADDRESS: _lies_within,
    FieldType.NAME: _begins,
}
