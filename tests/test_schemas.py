"""The schemas that are shipped."""

from collections import Counter
from pathlib import Path

import pytest

from docextract.schema import FieldType, Schema

FOLDER = Path(__file__).parents[1] / "schemas"
SCHEMAS = {path.stem: Schema.load(path) for path in sorted(FOLDER.glob("*.toml"))}

#: Names that must stay: programs read them.
CANONICAL = {
    "receipt": "merchant_name merchant_address merchant_phone date time currency subtotal tax tip "
    "total amount_paid change line_items",
    "receipt.line_items": "description quantity unit_price amount",
    "invoice": "invoice_number issue_date due_date seller_name seller_address seller_vat_id "
    "seller_iban buyer_name buyer_address buyer_vat_id currency net_total tax_rate tax_total "
    "grand_total line_items",
    "invoice.line_items": "position description quantity unit unit_price discount discount_rate"
    " net_amount tax_rate",
    "ad_buy": "contract_number advertiser gross_amount flight_start flight_end",
    "nda": "parties effective_date jurisdiction term",
    "contract": "title parties agreement_date effective_date expiration_date governing_law",
    "letter": "sender_name sender_address recipient_name recipient_address date subject reference",
    "form": "form_title form_number applicant_name date_of_birth address phone email date_signed",
    "medical_report": "patient_name date_of_birth patient_id report_date physician institution "
    "examination findings impression",
    "patent": "title publication_number filing_date publication_date inventors applicant "
    "classification abstract",
    "product_review": "product rating reviewer date title",
    "product_offer": "product_name brand product_number gtin price currency availability",
}


@pytest.mark.parametrize("name", CANONICAL)
def test_a_schema_has_its_canonical_fields_in_order(name):
    kind, _, rows = name.partition(".")
    fields = SCHEMAS[kind].fields[rows].fields if rows else SCHEMAS[kind].fields
    assert list(fields) == CANONICAL[name].split()


def test_there_is_a_schema_for_every_kind_and_no_other():
    assert set(SCHEMAS) == {name for name in CANONICAL if "." not in name}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_is_named_after_its_schema_and_describes_kind_and_fields(name):
    schema = SCHEMAS[name]
    assert schema.name == name
    assert len(schema.kind.descriptions) >= 2
    assert all(field.description for _, field in schema.walk())


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_alias_names_one_field_only(name):
    schema = SCHEMAS[name]
    for fields in [schema.fields, *(f.fields for f in schema.fields.values() if f.fields)]:
        names = Counter(alias for field in fields.values() for alias in field.aliases)
        assert not [alias for alias, count in names.items() if count > 1]
        assert not names.keys() & fields.keys()


def test_a_phrase_that_decides_for_a_kind_is_in_no_list_of_another():
    for name, schema in SCHEMAS.items():
        others = {
            phrase
            for other, its in SCHEMAS.items()
            if other != name
            for phrase in (*its.kind.decide, *its.kind.words)
        }
        assert not others & set(schema.kind.decide), name


def test_the_fields_with_several_values_are_those_that_people_expect():
    many = {
        f"{name}.{path}"
        for name, schema in SCHEMAS.items()
        for path, field in schema.walk()
        if field.many
    }
    assert many == {"nda.parties", "contract.parties", "patent.inventors"}
    assert SCHEMAS["invoice"].fields["line_items"].type is FieldType.ROWS
