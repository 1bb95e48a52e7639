"""Parts of a value: street and city of an address, legal form of a name, currency of an amount."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace

from docextract.document import Value
from docextract.extraction.context import Case
from docextract.schema import FieldSchema, FieldType
from docextract.values.numbers import amounts, units
from docextract.values.numbers.currencies import parse_currency
from docextract.values.parties import addresses
from docextract.values.parties.organisations import parse_organisation

#: Name and text of a part; None where the value has none.
Part = tuple[str, str | None]


def with_parts(case: Case, value: Value) -> Value:
    """The value with its parts, where its field's type has any and they are sure."""
    field = case.schema.field(value.field)
    split = _unit if _is_unit(field) else _BY_TYPE.get(field.type)
    if split is None:
        return value
    return replace(value, parts=tuple((name, text) for name, text in split(value) if text))


def _address(value: Value) -> Iterator[Part]:
    found, printed = addresses.parse_address(str(value.value)), addresses.parse_address(value.raw)
    yield from asdict(found).items() if found else ()
    if found and printed and not found.country:  # the value leaves out its letters
        yield "country", printed.country


def _name(value: Value) -> Iterator[Part]:
    found = parse_organisation(str(value.value))
    if found and found.legal_form:
        yield from asdict(found).items()


def _money(value: Value) -> Iterator[Part]:
    yield "currency", parse_currency(value.raw)


def _number(value: Value) -> Iterator[Part]:
    if found := amounts.parse_quantity(value.raw):
        yield from _coded(found[1])


def _unit(value: Value) -> Iterator[Part]:
    if symbol := units.parse_unit(str(value.value)):
        yield from _coded(symbol)


def _is_unit(field: FieldSchema) -> bool:
    """Whether a column of words goes with one of numbers, as units do with quantities."""
    return field.type is FieldType.TEXT and bool(field.within)


def _coded(symbol: str) -> Iterator[Part]:
    yield "unit", symbol
    yield "unit_code", units.CODES.get(symbol)


_BY_TYPE: Mapping[FieldType, Callable[[Value], Iterator[Part]]] = {
    FieldType.ADDRESS: _address,
    FieldType.NAME: _name,
    FieldType.MONEY: _money,
    FieldType.NUMBER: _number,
}
