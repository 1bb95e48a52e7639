"""Catalogue of field extraction sets: their documents' kind and field names in our schemas."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldSet:
    """Annotation scheme of a field extraction set.

    Attributes:
        kind: What all its documents are.
        names: The set's field names -> ours; a field that is not in it is not used.
        many: Our fields with several right answers, compared as a set.
        suffix: The ending of the file to read, in place of the one that the truth names.
        month_first: Whether the truth's dates have the month first.
        group: The set's field whose value tells vendors apart; "": each document by itself.
    """

    kind: str
    names: Mapping[str, str]
    many: frozenset[str] = frozenset()
    suffix: str = ""
    month_first: bool = False
    group: str = ""


def _own_names(names: str) -> Mapping[str, str]:
    """Of a set that calls its fields as our schemas do."""
    return {name: name for name in names.split()}


_INVOICE = _own_names(
    "invoice_number issue_date due_date seller_name seller_address seller_vat_id seller_iban "
    "buyer_name buyer_address buyer_vat_id currency net_total tax_total grand_total"
)
_RECEIPT = _own_names(
    "merchant_name merchant_address merchant_phone date time currency subtotal tax total"
)

FIELD_SETS: Mapping[str, FieldSet] = {
    "receipts-sroie": FieldSet(
        "receipt",
        {
            "company": "merchant_name",
            "address": "merchant_address",
            "date": "date",
            "total": "total",
        },
        group="company",
    ),
    "adbuys": FieldSet(
        "ad_buy",
        {
            "contract_num": "contract_number",
            "advertiser": "advertiser",
            "gross_amount": "gross_amount",
            "flight_from": "flight_start",
            "flight_to": "flight_end",
        },
        month_first=True,
        group="station",
    ),
    "einvoices": FieldSet("invoice", _INVOICE, suffix=".visual.pdf", group="seller_name"),
    "einvoices-more": FieldSet("invoice", _INVOICE, suffix=".visual.pdf", group="seller_name"),
    "invoices-rendered": FieldSet("invoice", _INVOICE, group="seller_name"),
    "invoices-hand": FieldSet("invoice", _INVOICE, group="seller_name"),
    "invoices-1000-items": FieldSet("invoice", _INVOICE),
    "receipts-sroie-items": FieldSet("receipt", _RECEIPT, group="merchant_name"),
    "receipts-de": FieldSet("receipt", _RECEIPT, group="merchant_name"),
    "ndas": FieldSet(
        "nda",
        {
            "party": "parties",
            "effective_date": "effective_date",
            "jurisdiction": "jurisdiction",
            "term": "term",
        },
        many=frozenset({"parties"}),
    ),
    "invoices-1000": FieldSet(
        "invoice",
        {
            "invoice_number": "invoice_number",
            "invoice_date": "issue_date",
            "seller_name": "seller_name",
            "seller_address": "seller_address",
            "seller_tax_id": "seller_vat_id",
            "client_name": "buyer_name",
            "client_address": "buyer_address",
            "client_tax_id": "buyer_vat_id",
            "iban": "seller_iban",
        },
        month_first=True,
    ),
    "receipts-indo": FieldSet(
        "receipt",
        {
            "store_name": "merchant_name",
            "date": "date",
            "time": "time",
            "subtotal": "subtotal",
            "total": "total",
        },
    ),
}
