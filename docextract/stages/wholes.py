"""Pieces of a value speak for the whole: the town of an address, the first word of a company.

Where blocks stand side by side the model sees their lines in pieces, and a logo shows a part of
the name. What was found as a piece is evidence for the fuller candidate, not against it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from docextract.document import Value
from docextract.schema import FieldSchema, FieldType, Schema
from docextract.values.addresses import parts
from docextract.values.organisations import organisation

#: A fuller candidate that is less sure is a guess, which pieces do not become. A judgement.
SURE = 0.3


def with_wholes(schema: Schema, values: Sequence[Value]) -> list[Value]:
    """The values, each piece outside tables replaced by the shortest candidate that has it.

    A piece of an address lacks its street, postcode or town and is printed within one that has all
    of them. A piece of a name has no legal form and begins one that has; that holds only of those
    who write, as only they have a logo.
    """
    by_field: dict[str, list[Value]] = {}
    for value in values:
        if value.row is None and is_full(schema.field(value.field), value):
            by_field.setdefault(value.field, []).append(value)
    return [_whole(schema, value, by_field.get(value.field, ())) for value in values]


def is_full(field: FieldSchema, value: Value) -> bool:
    """Whether a value that is sure enough lacks nothing, for a type of which that can be told."""
    tell = _FULL.get(field.type)
    return tell is not None and value.confidence >= SURE and tell(field, str(value.value))


def _address(field: FieldSchema, text: str) -> bool:
    del field
    found = parts(text)
    return bool(found and found.street and found.postcode and found.city)


def _name(field: FieldSchema, text: str) -> bool:
    found = organisation(text) if field.place == "heading" else None
    return bool(found and found.legal_form)


_FULL: Mapping[FieldType, Callable[[FieldSchema, str], bool]] = {
    FieldType.ADDRESS: _address,
    FieldType.NAME: _name,
}


def _whole(schema: Schema, value: Value, full: Iterable[Value]) -> Value:
    field = schema.field(value.field)
    if value.row is not None or field.many or value in full:
        return value
    tell, is_part = _FULL.get(field.type), _PARTS.get(field.type)
    if tell is None or is_part is None or tell(field, str(value.value)):
        return value
    found = [one for one in full if is_part(value, one)]
    if not found:
        return value
    best = min(found, key=lambda one: len(str(one.value)))
    return replace(value, value=best.value, raw=best.raw, spans=best.spans)


def _lies_within(piece: Value, whole: Value) -> bool:
    return bool(piece.spans) and all(
        any(a <= start and end <= b for a, b in whole.spans) for start, end in piece.spans
    )


def _begins(piece: Value, whole: Value) -> bool:
    begun, name = str(piece.value).casefold(), str(whole.value).casefold()
    return name.startswith(begun) and not name[len(begun) : len(begun) + 1].isalnum()


_PARTS: Mapping[FieldType, Callable[[Value, Value], bool]] = {
    FieldType.ADDRESS: _lies_within,
    FieldType.NAME: _begins,
}
