"""E-invoices for tests: small XML in each syntax, and PDFs that hold it."""

import re
from ctypes import c_ushort
from io import BytesIO

import pypdfium2
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas

_CII = "urn:un:unece:uncefact:data:standard"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd"

#: What `page` prints, and every maker of XML states: 2 x 50.00 at 19 % and 20.00 at 7 %.
LINES = (
    "Fensterbau Adler GmbH",
    "Lindenweg 4",
    "12345 Musterstadt",
    "",
    "Rechnungsempfänger: Bäckerei Korn KG",
    "",
    "Rechnungsnummer: RE-2026-77",
    "Rechnungsdatum: 17.03.2026",
    "Fällig am: 16.04.2026",
    "",
    "Pos    Bezeichnung    Menge    Einzelpreis    USt    Gesamtpreis",
    "1    Fenstergriff Messing    2    50,00    19%    100,00",
    "2    Pflegeanleitung    1    20,00    7%    20,00",
    "",
    "Nettobetrag    120,00",
    "Umsatzsteuer    20,40",
    "Gesamtbetrag    140,40",
)


def cii(
    *, total: str = "140.40", code: str = "380", terms: str = "", sums: str = "", line: str = ""
) -> bytes:
    """A Cross Industry Invoice.

    `terms` go into the settlement, `sums` into its amounts, `line` into the first line's.
    """
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="{_CII}:CrossIndustryInvoice:100"
    xmlns:ram="{_CII}:ReusableAggregateBusinessInformationEntity:100"
    xmlns:udt="{_CII}:UnqualifiedDataType:100">
  <rsm:ExchangedDocument>
    <ram:ID>RE-2026-77</ram:ID><ram:TypeCode>{code}</ram:TypeCode>
    <ram:IssueDateTime>
      <udt:DateTimeString format="102">20260317</udt:DateTimeString>
    </ram:IssueDateTime>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    {_cii_line("1", "Fenstergriff Messing", "2", "50.00", "19", "100.00", line)}
    {_cii_line("2", "Pflegeanleitung", "1", "20.00", "7", "20.00")}
    <ram:ApplicableHeaderTradeAgreement>
      <ram:SellerTradeParty>
        <ram:Name>Fensterbau Adler GmbH</ram:Name>
        <ram:PostalTradeAddress>
          <ram:PostcodeCode>12345</ram:PostcodeCode><ram:LineOne>Lindenweg 4</ram:LineOne>
          <ram:CityName>Musterstadt</ram:CityName><ram:CountryID>DE</ram:CountryID>
        </ram:PostalTradeAddress>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">12/345</ram:ID>
        </ram:SpecifiedTaxRegistration>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE136695976</ram:ID>
        </ram:SpecifiedTaxRegistration>
      </ram:SellerTradeParty>
      <ram:BuyerTradeParty><ram:Name>Bäckerei Korn KG</ram:Name></ram:BuyerTradeParty>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{terms}
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:LineTotalAmount>120.00</ram:LineTotalAmount>{sums}
        <ram:TaxBasisTotalAmount>120.00</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="SEK">226.44</ram:TaxTotalAmount>
        <ram:TaxTotalAmount currencyID="EUR">20.40</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>""".encode()


#: The due date in CII's `terms`.
DUE = (
    "<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>"
    '<udt:DateTimeString format="102">20260416</udt:DateTimeString>'
    "</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>"
)


def _cii_line(
    number: str, name: str, quantity: str, price: str, rate: str, amount: str, more: str = ""
) -> str:
    return f"""<ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>{number}</ram:LineID>
      </ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct><ram:Name>{name}</ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>
        <ram:ChargeAmount>{price}</ram:ChargeAmount>
      </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery>
        <ram:BilledQuantity unitCode="H87">{quantity}</ram:BilledQuantity>
      </ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement>
        <ram:ApplicableTradeTax><ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent>
        </ram:ApplicableTradeTax>{more}
        <ram:SpecifiedTradeSettlementLineMonetarySummation>
          <ram:LineTotalAmount>{amount}</ram:LineTotalAmount>
        </ram:SpecifiedTradeSettlementLineMonetarySummation>
      </ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>"""


#: A later name of CII -> that of ZUGFeRD 1.0.
_FIRST_VERSION = {
    f"{_CII}:CrossIndustryInvoice:100": "urn:ferd:CrossIndustryDocument:invoice:1p0",
    "CrossIndustryInvoice": "CrossIndustryDocument",
    "rsm:ExchangedDocument": "rsm:HeaderExchangedDocument",
    "rsm:SupplyChainTradeTransaction": "rsm:SpecifiedSupplyChainTradeTransaction",
    "ApplicableHeaderTradeAgreement": "ApplicableSupplyChainTradeAgreement",
    "ApplicableHeaderTradeSettlement": "ApplicableSupplyChainTradeSettlement",
    "SpecifiedTradeSettlementHeaderMonetary": "SpecifiedTradeSettlementMonetary",
    "SpecifiedTradeSettlementLineMonetary": "SpecifiedTradeSettlementMonetary",
    "SpecifiedLineTrade": "SpecifiedSupplyChainTrade",
    "RateApplicablePercent": "ApplicablePercent",
}


def zugferd_1() -> bytes:
    """The same as `cii` makes, in the first version of ZUGFeRD."""
    text = cii(terms=DUE).decode()
    for later, first in _FIRST_VERSION.items():
        text = text.replace(later, first)
    return text.encode()


def zugferd_rc() -> bytes:
    """The same in that version's release candidate: other namespaces, dates without a child."""
    text = zugferd_1().decode()
    for name in re.findall(r'"(urn:ferd:[^"]+)"', text):
        text = text.replace(name, f"{_CII}:CBFBUY:5")
    text = text.replace("CrossIndustryDocument", "Invoice").replace("ram:", "")
    return re.sub(r"<udt:DateTimeString[^>]*>([0-9]+)</udt:DateTimeString>", r"\1", text).encode()


def ubl(kind: str = "Invoice") -> bytes:
    """The same in UBL: an "Invoice" or a "CreditNote", which names some elements otherwise."""
    quantity = "InvoicedQuantity" if kind == "Invoice" else "CreditedQuantity"
    due = "<cbc:DueDate>2026-04-16</cbc:DueDate>"
    paid = "<cbc:PaymentDueDate>2026-04-16</cbc:PaymentDueDate>"
    code = "380" if kind == "Invoice" else "381"

    def line(number: str, name: str, count: str, price: str, rate: str, amount: str) -> str:
        return f"""<cac:{kind}Line><cbc:ID>{number}</cbc:ID>
    <cbc:{quantity} unitCode="H87">{count}</cbc:{quantity}>
    <cbc:LineExtensionAmount currencyID="EUR">{amount}</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>{name}</cbc:Name>
      <cac:ClassifiedTaxCategory><cbc:Percent>{rate}</cbc:Percent></cac:ClassifiedTaxCategory>
    </cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">{price}</cbc:PriceAmount></cac:Price>
  </cac:{kind}Line>"""

    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="{_UBL}:{kind}-2" xmlns:cac="{_UBL}:CommonAggregateComponents-2"
    xmlns:cbc="{_UBL}:CommonBasicComponents-2">
  <cbc:ID>RE-2026-77</cbc:ID><cbc:IssueDate>2026-03-17</cbc:IssueDate>
  {due if kind == "Invoice" else ""}
  <cbc:{kind}TypeCode>{code}</cbc:{kind}TypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PostalAddress><cbc:StreetName>Lindenweg 4</cbc:StreetName>
      <cbc:CityName>Musterstadt</cbc:CityName><cbc:PostalZone>12345</cbc:PostalZone>
    </cac:PostalAddress>
    <cac:PartyTaxScheme><cbc:CompanyID>12/345</cbc:CompanyID>
      <cac:TaxScheme><cbc:ID>FC</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyTaxScheme><cbc:CompanyID>DE136695976</cbc:CompanyID>
      <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>Fensterbau Adler GmbH</cbc:RegistrationName>
    </cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity>
    <cbc:RegistrationName>Bäckerei Korn KG</cbc:RegistrationName>
  </cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentMeans>{paid if kind == "CreditNote" else ""}</cac:PaymentMeans>
  <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">20.40</cbc:TaxAmount></cac:TaxTotal>
  <cac:TaxTotal><cbc:TaxAmount currencyID="SEK">226.44</cbc:TaxAmount></cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="EUR">120.00</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="EUR">120.00</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">140.40</cbc:TaxInclusiveAmount>
  </cac:LegalMonetaryTotal>
  {line("1", "Fenstergriff Messing", "2", "50.00", "19", "100.00")}
  {line("2", "Pflegeanleitung", "1", "20.00", "7", "20.00")}
</{kind}>""".encode()


def page(*lines: str) -> bytes:
    """A PDF of one page that prints the lines; runs of four blanks part columns 80 points wide."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for row, line in enumerate(lines or LINES):
        for column, text in enumerate(line.split("    ")):
            canvas.drawString(60 + 80 * column + 60 * (column > 1), 780 - 16 * row, text)
    canvas.save()
    return out.getvalue()


def holding(pdf: bytes, files: dict[str, bytes]) -> bytes:
    """The PDF with these files attached."""
    out = BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        for name, data in files.items():
            wide = (name + "\0").encode("utf-16-le")
            text = (c_ushort * (len(wide) // 2)).from_buffer_copy(wide)
            attachment = raw.FPDFDoc_AddAttachment(document.raw, text)
            assert raw.FPDFAttachment_SetFile(attachment, document.raw, data, len(data))
        document.save(out)
    return out.getvalue()
