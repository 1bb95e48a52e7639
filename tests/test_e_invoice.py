"""What the XML of an e-invoice states, in each syntax, and XML that lies."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.document import Stated
from docextract.errors import MalformedInput
from docextract.readers import ReadOptions, Source, read
from docextract.readers.e_invoice.parser import parse_e_invoice
from docextract.readers.text.xml import parse_xml
from tests.e_invoices import DUE, cii, holding, page, ubl, zugferd_1, zugferd_rc

HEADER = {
    "invoice_number": "RE-2026-77",
    "issue_date": date(2026, 3, 17),
    "due_date": date(2026, 4, 16),
    "seller_name": "Fensterbau Adler GmbH",
    "seller_address": "Lindenweg 4, 12345 Musterstadt",
    "seller_vat_id": "DE136695976",
    "buyer_name": "Bäckerei Korn KG",
    "currency": "EUR",
    "net_total": Decimal("120.00"),
    "tax_total": Decimal("20.40"),
    "grand_total": Decimal("140.40"),
}
FIRST_ROW = {
    "line_items.position": "1",
    "line_items.description": "Fenstergriff Messing",
    "line_items.quantity": Decimal(2),
    "line_items.unit": "H87",
    "line_items.unit_price": Decimal("50.00"),
    "line_items.net_amount": Decimal("100.00"),
    "line_items.tax_rate": Decimal(19),
}
SYNTAXES = {
    "cii": cii(terms=DUE),
    "zugferd 1.0": zugferd_1(),
    "zugferd 1.0 rc": zugferd_rc(),
    "ubl invoice": ubl(),
    "ubl credit note": ubl("CreditNote"),
}


def stated(xml: bytes) -> Stated:
    found = parse_e_invoice(parse_xml(xml))
    assert found is not None
    return found


def fields(found: Stated, row: int | None = None) -> dict[str, object]:
    return {said.field: said.value for said in found.values if said.field and said.row == row}


def in_pdf(files: dict[str, bytes], **options: int) -> tuple[Stated | None, list[str]]:
    """What a PDF that holds these files states, and its issues."""
    source = Source("a.pdf", data=holding(page(), files))
    document = read(source, ReadOptions(**options)).document
    assert document is not None
    assert document.words
    return document.stated, [issue.message for issue in document.issues]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_every_syntax_states_the_same_fields(syntax):
    assert fields(stated(SYNTAXES[syntax])) == HEADER


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_every_syntax_states_whole_rows_with_their_own_tax_rates(syntax):
    found = stated(SYNTAXES[syntax])
    assert fields(found, 0) == FIRST_ROW
    assert fields(found, 1)["line_items.tax_rate"] == Decimal(7)


def in_cii(*rates: str) -> bytes:
    made = (
        f"<ram:ApplicableTradeTax><ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent>"
        "</ram:ApplicableTradeTax>"
        for rate in rates
    )
    return cii(terms="".join(made))


def in_ubl(*rates: str) -> bytes:
    made = (
        f"<cac:TaxSubtotal><cac:TaxCategory><cbc:Percent>{rate}</cbc:Percent></cac:TaxCategory>"
        "</cac:TaxSubtotal>"
        for rate in rates
    )
    return ubl().replace(b"</cac:TaxTotal>", "".join(made).encode() + b"</cac:TaxTotal>", 1)


@pytest.mark.parametrize("write", [in_cii, in_ubl])
def test_the_tax_rate_of_an_invoice_is_stated_where_it_has_only_one(write):
    assert fields(stated(write("19.00")))["tax_rate"] == Decimal(19)
    assert "tax_rate" not in fields(stated(write("19.00", "7.00")))


def test_a_statement_names_its_business_term_and_the_elements_that_state_it():
    (total,) = (said for said in stated(cii()).values if said.field == "grand_total")
    assert (total.term, total.parts) == ("BT-112", (("GrandTotalAmount", "140.40"),))


@pytest.mark.parametrize(
    ("xml", "is_credit"),
    [(cii(), False), (cii(code="381"), True), (ubl(), False), (ubl("CreditNote"), True)],
)
def test_a_credit_note_is_told_and_keeps_the_signs_that_it_states(xml, is_credit):
    found = stated(xml)
    assert found.is_credit == is_credit
    assert fields(found)["grand_total"] == Decimal("140.40")


def test_the_price_of_several_units_becomes_that_of_one():
    price = b"<ram:ChargeAmount>50.00</ram:ChargeAmount>"
    xml = cii().replace(price, price + b"<ram:BasisQuantity>1000</ram:BasisQuantity>")
    assert fields(stated(xml), 0)["line_items.unit_price"] == Decimal("0.05")


@pytest.mark.parametrize("written", ["12,50", "NaN", "1E3", "", "twelve", "9" * 40])
def test_an_amount_that_is_no_decimal_of_xml_is_not_stated(written):
    assert "grand_total" not in fields(stated(cii(total=written)))


def test_a_day_that_no_calendar_has_is_not_stated():
    assert "issue_date" not in fields(stated(cii().replace(b"20260317", b"20260231")))


@given(st.text(st.characters(codec="utf-8", exclude_characters="<>&", exclude_categories=["C"])))
def test_whatever_stands_in_an_element_is_read_or_left(text):
    found = fields(stated(cii(total=text, code=text)))
    assert isinstance(found.get("grand_total"), Decimal | None)


@pytest.mark.parametrize(
    "root",
    [
        b"<Invoice><ID>1</ID></Invoice>",
        b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>',
        b'<a:CrossIndustryInvoice xmlns:a="urn:mine"/>',
    ],
)
def test_another_root_is_no_e_invoice(root):
    assert parse_e_invoice(parse_xml(root)) is None


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "anything.XML"])
def test_the_xml_in_a_pdf_is_found_whatever_its_name(name):
    found, issues = in_pdf({"terms.txt": b"none", name: cii()})
    assert found is not None
    assert found.file == name
    assert issues == []


def test_of_two_e_invoices_in_a_pdf_the_newer_syntax_counts():
    found, _ = in_pdf({"ZUGFeRD-invoice.xml": zugferd_1(), "factur-x.xml": cii()})
    assert found is not None
    assert found.file == "factur-x.xml"


def test_a_pdf_and_the_invoice_in_it_are_one_document():
    assert (
        read(Source("a.pdf", data=holding(page(), {"factur-x.xml": cii()})), ReadOptions()).parts
        == ()
    )


ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "140.40">]>'
    + cii(total="&a;").split(b"?>", 1)[1]
)
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>"""
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://localhost/x.dtd"><x/>'


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        (ENTITY, "document type"),
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (cii()[:-20], "not well-formed"),
        (b"<a>" * 5000, "not well-formed"),
        (b"\0\1\2", "not well-formed"),
        (b'<a:Invoice xmlns:a="urn:draft"/>', "{urn:draft}Invoice is no e-invoice"),
    ],
    ids=["entity", "bomb", "outside", "cut off", "deep", "bytes", "another root"],
)
def test_a_hostile_e_invoice_is_an_issue_and_the_pdf_is_read(xml, says):
    found, issues = in_pdf({"factur-x.xml": xml})
    assert found is None
    assert len(issues) == 1
    assert "factur-x.xml" in issues[0]
    assert says in issues[0]


@pytest.mark.parametrize("xml", [b"<a", b"<a/>"])
def test_another_xml_file_that_is_not_named_like_an_e_invoice_is_let_be(xml):
    assert in_pdf({"data.xml": xml}) == (None, [])


def test_a_huge_attachment_is_not_parsed():
    found, issues = in_pdf({"factur-x.xml": cii()}, max_attached=1000)
    assert found is None
    assert "max_attached" in issues[0]


def test_an_xml_invoice_of_its_own_is_read_and_a_hostile_one_refused():
    document = read(Source("a.xml", data=ubl()), ReadOptions()).document
    assert document is not None
    assert document.stated is not None
    assert document.stated.file == ""
    with pytest.raises(MalformedInput, match="document type"):
        read(Source("a.xml", data=ENTITY), ReadOptions())
