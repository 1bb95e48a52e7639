"""What values consist of: the street and the city of an address, the legal form in a name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace

from docextract.document import Value
from docextract.schema import FieldType
from docextract.stages.case import Case
from docextract.values import addresses, amounts, units
from docextract.values.organisations import organisation

#: Name and text of a part; None where the value has none.
Part = tuple[str, str | None]


def with_parts(case: Case, value: Value) -> Value:
    """The value with its parts, where its field's type has any and they are sure."""
    split = _BY_TYPE.get(case.schema.field(value.field).type)
    if split is None:
        return value
    return replace(value, parts=tuple((name, text) for name, text in split(value) if text))


def _address(value: Value) -> Iterator[Part]:
    found = addresses.parts(str(value.value))
    yield from asdict(found).items() if found else ()


def _name(value: Value) -> Iterator[Part]:
    found = organisation(str(value.value))
    if found and found.legal_form:
        yield from asdict(found).items()


def _money(value: Value) -> Iterator[Part]:
    yield "currency", amounts.currency(value.raw)


def _number(value: Value) -> Iterator[Part]:
    if found := amounts.quantity(value.raw):
        yield "unit", found[1]
        yield "unit_code", units.CODES.get(found[1])


_BY_TYPE: Mapping[FieldType, Callable[[Value], Iterator[Part]]] = {
    FieldType.ADDRESS: _address,
    FieldType.NAME: _name,
    FieldType.MONEY: _money,
    FieldType.NUMBER: _number,
}
