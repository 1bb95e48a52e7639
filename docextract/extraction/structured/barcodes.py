"""Candidates from barcodes: payments in QR codes, and article numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal

from docextract.document import Code, Evidence, Origin, Place, SourceType, Typed, Value
from docextract.extraction.context import Case
from docextract.extraction.structured.shared_confidence import shared
from docextract.schema import FieldType, Schema
from docextract.values.identifiers import parse_gtin
from docextract.values.payments import parse_payment

#: What a code says -> the fields that it fills, by their names or aliases in schemas, best first,
#: and how sure it is that such a field has this value. Judgements: the code has check digits of its
#: own, so that it is never misread; but the amount may be an instalment, the name may be that of
#: the account's holder, and the article that of the box and not of the offer.
_FILLS: Mapping[str, tuple[tuple[str, ...], float]] = {
    "iban": (("seller_iban", "creditor_iban", "iban"), 0.98),
    "name": (("seller_name", "vendor_name", "payee"), 0.9),
    "address": (("seller_address", "vendor_address"), 0.85),
    "payer_name": (("buyer_name", "customer_name"), 0.85),
    "payer_address": (("buyer_address", "customer_address"), 0.8),
    "amount": (("grand_total", "amount_due", "total"), 0.9),
    "currency": (("currency",), 0.97),
    "reference": (("payment_reference", "reference"), 0.97),
    "gtin": (("gtin", "ean", "upc"), 0.9),
}
#: Types that a value of a code, which is no printed one, is taken for without being read again.
_AMOUNTS = frozenset({FieldType.MONEY, FieldType.NUMBER})


def by_code(case: Case) -> Iterator[Value]:
    """What the document's barcodes say of the schema's fields.

    Two payments over different amounts are instalments, or a choice: each is trusted by its part.
    """
    found: list[Value] = []
    for page in case.sheet.doc.pages:
        for code in page.codes:
            found += _values(case, Place(page.number, code.box), code)
    yield from shared(case.schema, found)


def _values(case: Case, place: Place, code: Code) -> Iterator[Value]:
    origin, said = _said(code)
    for part, value in said.items():
        names, confidence = _FILLS[part]
        path = _field(case.schema, names)
        typed = _typed(case, path, value) if path and value else None
        if path and typed is not None:
            found = Evidence(origin, typed, str(value))
            yield Value.found(path, found, confidence, places=(place,))


def _said(code: Code) -> tuple[Origin, Mapping[str, str | Decimal | None]]:
    """The origin of a code's values, and what it says: a key of `_FILLS` -> value."""
    if code.format != "qr":
        return Origin(SourceType.BARCODE, code.format), {"gtin": parse_gtin(code.text)}
    found = parse_payment(code.text)
    if found is None:
        return Origin(SourceType.QR), {}
    said = {name: value for name, value in asdict(found).items() if name in _FILLS}
    return Origin(SourceType.QR, found.standard), said


def _field(schema: Schema, names: tuple[str, ...]) -> str | None:
    """The schema's field of the first of these names."""
    for name in names:
        for path, field in schema.fields.items():
            if field.type is not FieldType.ROWS and name in (path, *field.aliases):
                return path
    return None


def _typed(case: Case, path: str, value: str | Decimal) -> Typed | None:
    wanted = case.schema.field(path)
    if isinstance(value, Decimal):
        return value if wanted.type in _AMOUNTS else None
    return case.type(wanted, value)
