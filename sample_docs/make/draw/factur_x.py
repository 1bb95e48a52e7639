"""The XML of an e-invoice: Cross Industry Invoice in the profile EN 16931 of Factur-X 1.0."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from lxml import etree
from lxml.builder import ElementMaker
from lxml.etree import _Element

from sample_docs.make.facts.firms import Firm
from sample_docs.make.facts.invoice import Invoice, Line
from sample_docs.make.facts.printed import plain

#: The name that Factur-X gives the attachment.
NAME = "factur-x.xml"

_STANDARD = "urn:un:unece:uncefact:data:standard:"
_SPACES = {
    "rsm": f"{_STANDARD}CrossIndustryInvoice:100",
    "ram": f"{_STANDARD}ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_STANDARD}UnqualifiedDataType:100",
}
RSM, RAM, UDT = (ElementMaker(namespace=space, nsmap=_SPACES) for space in _SPACES.values())

#: Printed unit -> code of UN/ECE Recommendation 20; "C62" is "one" of whatever it is.
_UNITS: Mapping[str, str] = {"Std.": "HUR", "Stück": "H87"}


def xml(invoice: Invoice, *, said: Decimal | None = None) -> bytes:
    """The file; `said` is the grand total that it states instead of the one that follows."""
    root = RSM.CrossIndustryInvoice(
        RSM.ExchangedDocumentContext(
            RAM.GuidelineSpecifiedDocumentContextParameter(RAM.ID("urn:cen.eu:en16931:2017"))
        ),
        RSM.ExchangedDocument(
            RAM.ID(invoice.number), RAM.TypeCode("380"), RAM.IssueDateTime(_day(invoice.issued))
        ),
        RSM.SupplyChainTradeTransaction(
            *(_line(number, line) for number, line in enumerate(invoice.lines, 1)),
            RAM.ApplicableHeaderTradeAgreement(
                RAM.SellerTradeParty(*_party(invoice.seller)),
                RAM.BuyerTradeParty(*_party(invoice.buyer)),
            ),
            RAM.ApplicableHeaderTradeDelivery(),
            _settlement(invoice, invoice.grand_total if said is None else said),
        ),
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _day(day: date) -> _Element:
    return UDT.DateTimeString(f"{day:%Y%m%d}", format="102")


def _party(firm: Firm) -> list[_Element]:
    *lines, town = firm.address
    code, _, city = town.partition(" ")
    names = ("LineOne", "LineTwo", "LineThree")
    address = RAM.PostalTradeAddress(
        RAM.PostcodeCode(code),
        *(RAM(name, line) for name, line in zip(names, lines, strict=False)),
        RAM.CityName(city),
        RAM.CountryID("DE"),
    )
    registered = RAM.SpecifiedTaxRegistration(RAM.ID(firm.vat_id, schemeID="VA"))
    return [RAM.Name(firm.name), address, *([registered] if firm.vat_id else [])]


def _line(number: int, line: Line) -> _Element:
    return RAM.IncludedSupplyChainTradeLineItem(
        RAM.AssociatedDocumentLineDocument(RAM.LineID(str(number))),
        RAM.SpecifiedTradeProduct(RAM.Name(line.description)),
        RAM.SpecifiedLineTradeAgreement(
            RAM.NetPriceProductTradePrice(RAM.ChargeAmount(str(line.unit_price)))
        ),
        RAM.SpecifiedLineTradeDelivery(
            RAM.BilledQuantity(plain(line.quantity), unitCode=_UNITS.get(line.unit, "C62"))
        ),
        RAM.SpecifiedLineTradeSettlement(
            _rate(line.tax_rate),
            RAM.SpecifiedTradeSettlementLineMonetarySummation(RAM.LineTotalAmount(str(line.net))),
        ),
    )


def _rate(rate: Decimal, *amounts: _Element) -> _Element:
    kind = "S" if rate else "Z"
    return RAM.ApplicableTradeTax(
        *amounts[:1],
        RAM.TypeCode("VAT"),
        *amounts[1:],
        RAM.CategoryCode(kind),
        RAM.RateApplicablePercent(plain(rate)),
    )


def _settlement(invoice: Invoice, said: Decimal) -> _Element:
    net, tax = str(invoice.net_total), str(invoice.tax_total)
    return RAM.ApplicableHeaderTradeSettlement(
        RAM.InvoiceCurrencyCode(invoice.currency),
        RAM.SpecifiedTradeSettlementPaymentMeans(
            RAM.TypeCode("58"),
            RAM.PayeePartyCreditorFinancialAccount(RAM.IBANID(invoice.seller.iban)),
        ),
        *(
            _rate(rate, RAM.CalculatedAmount(str(of_it)), RAM.BasisAmount(str(basis)))
            for rate, (basis, of_it) in invoice.taxes.items()
        ),
        RAM.SpecifiedTradePaymentTerms(RAM.DueDateDateTime(_day(invoice.due))),
        RAM.SpecifiedTradeSettlementHeaderMonetarySummation(
            RAM.LineTotalAmount(net),
            RAM.TaxBasisTotalAmount(net),
            RAM.TaxTotalAmount(tax, currencyID=invoice.currency),
            RAM.GrandTotalAmount(str(said)),
            RAM.DuePayableAmount(str(said)),
        ),
    )
