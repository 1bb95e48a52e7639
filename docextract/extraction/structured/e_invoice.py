"""Candidates from an e-invoice's XML: certain, with the places where they are printed.

Of a PDF with an e-invoice in it, the pages show what the data says, and each value is looked for
on them. Of an XML file the pages are a listing of its elements, in which each one is found.
"""

from collections.abc import Iterable, Iterator, Sequence

from docextract.document import (
    Document,
    Evidence,
    Origin,
    SourceType,
    Statement,
    Typed,
    Value,
)
from docextract.extraction.structured.e_invoice_positions import listed, shown
from docextract.readers.e_invoice.terms import HEADER_TERMS
from docextract.schema import FieldSchema, FieldType, Schema
from docextract.values import typed

#: Types of text that is taken as it is stated: nothing of how it was printed must be taken off.
AS_IS = frozenset({FieldType.TEXT, FieldType.NAME, FieldType.ADDRESS, FieldType.CODE})
#: What an e-invoice says if there is such a thing: no listing of its elements says more of it.
_TOLD = frozenset({term.field for term in HEADER_TERMS} | {"line_items"})


def with_stated(doc: Document, schema: Schema, seen: Sequence[Value]) -> list[Value]:
    """All candidates: those that the document states, which are certain, then those seen on it."""
    if doc.stated is None:
        return list(seen)
    pairs = list(_values(schema, doc.stated.values))
    if doc.stated.file:
        return [*shown(doc, schema, [value for _, value in pairs], seen), *seen]
    others = [value for value in seen if value.field.partition(".")[0] not in _TOLD]
    return [*listed(doc, pairs), *others]


def _values(schema: Schema, statements: Iterable[Statement]) -> Iterator[tuple[Statement, Value]]:
    """A certain value for each statement of a field that the schema has; it has no place yet."""
    fields = dict(schema.walk())
    for said in statements:
        field = fields.get(said.field)
        value = _typed(field, said) if field and not field.fields else None
        if value is not None:
            found = Evidence(Origin(SourceType.XML, said.term), value, said.raw)
            yield said, Value.found(said.field, found, 1.0, row=said.row)


def _typed(field: FieldSchema, said: Statement) -> Typed | None:
    """The statement as the field's type has it."""
    text = str(said.value)
    if field.type in AS_IS:
        return text
    value = typed.parse_value(field.type, text, decimal=".", choices=field.choices)
    # A tax number of a country that prints none in a known form is still what it is.
    return text if value is None and field.type is FieldType.VAT_ID else value
