"""Parties whose address is printed part by part, as the viewers of e-invoices do."""

from pathlib import Path

import pytest

from docextract.document import Kind
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.fields import Fields

INVOICE = Schema.load(Path(__file__).parents[1] / "schemas" / "invoice.toml")


@pytest.fixture
def data(doc):
    """`data(*lines)`: the record of an invoice."""

    def run(*lines):
        made = Fields((INVOICE,), model="")([doc(*lines).add(kind=Kind("invoice", 1.0))])
        return Check((INVOICE,), model="")(made)[0].record.data

    return run


COLONS = (
    "Informationen zum Verkäufer:",
    "Kennung : 36026127",
    "Name / Firma : Spedition Seip eG",
    "Straße / Hausnummer : Auf der Heide 16",
    "PLZ : 80763",
    "Ortsname : Wertingen",
    "Ländercode : DE",
    "Telefon : 04781 77757",
)
COLUMNS = (
    "Seller information",
    "Number                  36026127",
    "Trading name            Spedition Seip eG",
    "Address line 1          Auf der Heide 16",
    "Postal code             80763",
    "City                    Wertingen",
    "Country code            DE",
)
BLANKS = (
    "Verkäufer",
    "Unternehmen Spedition Seip eG",
    "Adresszeile1 Auf der Heide 16",
    "Postleitzahl 80763",
    "Stadt Wertingen",
    "Land DE",
)
ONE_LINE = (
    "Fournisseur",
    "Raison sociale :        Spedition Seip eG",
    "Rue :                   Auf der Heide 16",
    "Code postal/Ville :     80763 Wertingen",
)


@pytest.mark.parametrize("lines", [COLONS, COLUMNS, BLANKS, ONE_LINE])
def test_the_parts_of_an_address_are_put_together(data, lines):
    found = data(*lines)
    assert found["seller_name"] == "Spedition Seip eG"
    assert found["seller_address"] == "Auf der Heide 16, 80763 Wertingen"


def test_labelled_parts_are_the_values_parts(doc):
    made = Fields((INVOICE,), model="")([doc(*COLONS).add(kind=Kind("invoice", 1.0))])
    record = Check((INVOICE,), model="")(made)[0].record
    parts = dict(record.evidence["seller_address"].parts)
    assert (parts["street"], parts["postcode"], parts["city"]) == (
        "Auf der Heide",
        "80763",
        "Wertingen",
    )


def test_letters_before_a_postcode_are_the_country_among_the_parts(doc):
    lines = ("Verkäufer", "Seip eG", "Auf der Heide 16", "DE 80763 Wertingen")
    made = Fields((INVOICE,), model="")([doc(*lines).add(kind=Kind("invoice", 1.0))])
    value = Check((INVOICE,), model="")(made)[0].record.evidence["seller_address"]
    assert value.value == "Auf der Heide 16, 80763 Wertingen"
    assert dict(value.parts)["country"] == "DE"


def test_a_street_with_a_label_goes_on_with_a_town_without_one(data):
    found = data(
        "Accounting customer party",
        "Legal name :     Nosa Automotive Inc.",
        "Street :         16876 Matthews Meadows",
        "Lindamouth, GA 96265",
        "Contact name :   Laura Baxter",
    )
    assert found["buyer_name"] == "Nosa Automotive Inc."
    assert found["buyer_address"] == "16876 Matthews Meadows, Lindamouth, GA 96265"


def test_an_address_line_may_begin_like_a_label(data):
    lines = ("Verkäufer", "Seip eG", "Straße des 17. Juni 135", "10623 Berlin")
    assert data(*lines)["seller_address"] == "Straße des 17. Juni 135, 10623 Berlin"


def test_a_long_number_makes_a_label_of_what_stands_before_it(data):
    found = data(
        "Rechnungsempfänger:",
        "Globale Nummer          4020981515007 (GLN)",
        "Stroh & Juncken GbR",
        "Burgallee 69",
        "25948 Bad Langensalza",
    )
    assert found["buyer_name"] == "Stroh & Juncken GbR"


@pytest.mark.parametrize("lead", ["An die Firma", "Firma", "To", "Herrn"])
def test_a_form_of_address_is_nobodys_name(data, lead):
    found = data("Rechnung an:", lead, "Stroh & Juncken GbR", "Burgallee 69", "25948 Aue")
    assert found["buyer_name"] == "Stroh & Juncken GbR"
