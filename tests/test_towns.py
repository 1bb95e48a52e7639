"""Addresses get the town that is printed behind or below them."""

from pathlib import Path

import pytest

from docextract.document import Document, Kind
from docextract.extraction.completion.towns import with_towns
from docextract.extraction.context import Case
from docextract.layout.labels import LabelLexicon
from docextract.layout.segments import Sheet
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.fields import Fields
from tests.made_values import make_value

INVOICE = Schema.load(Path(__file__).parents[1] / "schemas" / "invoice.toml")


@pytest.fixture
def whole(doc):
    """`whole(words, *lines)`: the seller's address after these words of it were found."""

    def run(words, *lines):
        made = doc(*lines)
        start = made.text.index(words)
        spans = ((start, start + len(words)),)
        value = make_value("seller_address", words, words, 0.9, spans, "model:m@1")
        (found,) = with_towns(Case(Sheet(made), INVOICE, LabelLexicon(INVOICE)), [value])
        assert found.raw == "\n".join(made.text[slice(*span)] for span in found.spans)
        return found.value

    return run


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("Ecke 12", "12345 Stadthausen"), "Ecke 12, 12345 Stadthausen"),
        (("Ecke 12", "", "DE 12345 Stadthausen"), "Ecke 12, 12345 Stadthausen"),
        (("Ecke 12 12345 Stadthausen",), "Ecke 12, 12345 Stadthausen"),
        (("Ecke 12 · 12345 Stadthausen",), "Ecke 12, 12345 Stadthausen"),
        (("Ecke 12", "London SW1A 2AA"), "Ecke 12, London SW1A 2AA"),
        (("Ecke 12", "GB SW1B 3BN London"), "Ecke 12, SW1B 3BN London"),
        (("Ecke 12", "Apt 643", "Port Ray, MO 20289"), "Ecke 12, Apt 643, Port Ray, MO 20289"),
        (("Ecke 12", "Apt 643", "Floor 2", "Port Ray, MO 20289"), "Ecke 12"),
        (("Ecke 12", "Tel. 12345 6789"), "Ecke 12"),
        (("Ecke 12", "      12345 Stadthausen"), "Ecke 12"),
        (("Ecke 12", "", "", "", "12345 Stadthausen"), "Ecke 12"),
        (("Ecke 12 links", "12345 Stadthausen"), "Ecke 12"),
    ],
)
def test_an_address_goes_on_with_its_town(whole, lines, wanted):
    assert whole("Ecke 12", "Bei Spiel GmbH", *lines) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Ecke 12 - 6387 Naters - USt-IdNr.: CHE-428.144.900", "Ecke 12, 6387 Naters"),
        ("Ecke 12 · 6387 Naters · Tel. 041 22 33", "Ecke 12, 6387 Naters"),
        ("Ecke 12 | 6387 Naters | Schweiz", "Ecke 12 | 6387 Naters | Schweiz"),
        ("Ecke 12, 6387 Naters, Telefon-Zentrum", "Ecke 12, 6387 Naters, Telefon-Zentrum"),
    ],
)
def test_how_to_reach_someone_is_no_part_of_an_address(whole, line, wanted):
    assert whole(line, "Bei Spiel GmbH", line) == wanted


def test_an_address_ends_before_the_next_one(whole):
    lines = ("9892 John Inlet", "Roberttown, KY 04668", "Megan Brock · Inlet 5 · Troy, NY 12180")
    wanted = "9892 John Inlet, Roberttown, KY 04668"
    assert whole("\n".join(lines), "", *lines) == wanted


def test_an_address_with_its_town_is_left_alone(whole):
    lines = ("Ecke 12", "12345 Stadthausen", "54321 Anderswo")
    assert whole("Ecke 12\n12345 Stadthausen", *lines) == "Ecke 12\n12345 Stadthausen"


def record(doc, *lines) -> dict[str, object]:
    made: Document = doc(*lines).add(kind=Kind("invoice", 1.0))
    (made,) = Check((INVOICE,), model="")(Fields((INVOICE,), model="")([made]))
    assert made.record
    return dict(made.record.data)


def test_a_line_over_a_telephone_number_belongs_to_the_address(doc):
    found = record(
        doc,
        "Verkäufer",
        "Name:              Physio Tinder",
        "Anschrift:         Musterweg 12",
        "",
        "                   12345 Beispielstadt",
        "Telefon:           0151 1963002",
    )
    assert found["seller_address"] == "Musterweg 12, 12345 Beispielstadt"


def test_a_sentence_that_begins_like_a_label_is_no_address(doc):
    found = record(doc, "Invoice 17", "Invoice to pay by wire transfer to our account")
    assert found["buyer_address"] is None


def test_a_town_is_nobodys_name(doc):
    assert record(doc, "Invoice 17", "Buyer", "06000 NICE")["buyer_name"] is None
    found = record(doc, "Adresse du client", "LE CLIENT", "Buyer line 2", "06000 NICE, FR")
    assert found["buyer_name"] == "LE CLIENT"
