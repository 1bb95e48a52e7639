"""Business terms of EN 16931, with their XPaths in the two syntaxes of e-invoices.

Terms are those of EN 16931-1:2017; the places those of CEN/TS 16931-3-3 (UN/CEFACT Cross Industry
Invoice, which Factur-X, ZUGFeRD and XRechnung use) and CEN/TS 16931-3-2 (UBL 2.1, which XRechnung
and Peppol use). Places are XPath without namespaces.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

#: What the text of an element is; an address is joined from several.
Form = Literal["text", "number", "date", "address"]


class Term(NamedTuple):
    """A business term, the field of the record that it fills, and where each syntax has it.

    `field` is "" for what fills none and only explains the others.
    """

    number: str
    field: str
    form: Form
    cii: str
    ubl: str


def _day(place: str) -> str:
    """Where a date of CII is: in the element's child, in the first versions in itself."""
    return f"{place}/* | {place}[not(*)]"


_DEAL = "SupplyChainTradeTransaction"
_SELLER = f"{_DEAL}/ApplicableHeaderTradeAgreement/SellerTradeParty"
_BUYER = f"{_DEAL}/ApplicableHeaderTradeAgreement/BuyerTradeParty"
_SETTLED = f"{_DEAL}/ApplicableHeaderTradeSettlement"
#: The header's amounts; its name is another in the first version.
_SUMS = f"{_SETTLED}/*"
_PAID = f"{_SETTLED}/SpecifiedTradeSettlementPaymentMeans"
_FROM, _TO = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
_VAT = "PartyTaxScheme[normalize-space(TaxScheme/ID)='VAT']/CompanyID"
#: Not the tax in the currency of the seller's accounts, which is BT-111.
_SAME_CII = "[not(@currencyID) or @currencyID=normalize-space(../../InvoiceCurrencyCode)]"
_SAME_UBL = "[@currencyID=normalize-space(../../DocumentCurrencyCode)]"

#: What the whole invoice says; places are from the root element.
HEADER_TERMS: tuple[Term, ...] = (
    Term("BT-1", "invoice_number", "text", "ExchangedDocument/ID", "ID"),
    Term("BT-2", "issue_date", "date", _day("ExchangedDocument/IssueDateTime"), "IssueDate"),
    Term(
        "BT-9",
        "due_date",
        "date",
        _day(f"{_SETTLED}/SpecifiedTradePaymentTerms/DueDateDateTime"),
        "DueDate | PaymentMeans/PaymentDueDate",
    ),
    Term("BT-27", "seller_name", "text", f"{_SELLER}/Name", f"{_FROM}/*/RegistrationName"),
    Term(
        "BG-5",
        "seller_address",
        "address",
        f"{_SELLER}/PostalTradeAddress",
        f"{_FROM}/PostalAddress",
    ),
    Term(
        "BT-31",
        "seller_vat_id",
        "text",
        f"{_SELLER}/SpecifiedTaxRegistration/ID[@schemeID='VA']",
        f"{_FROM}/{_VAT}",
    ),
    Term(
        "BT-84",
        "seller_iban",
        "text",
        f"{_PAID}/PayeePartyCreditorFinancialAccount/IBANID",
        "PaymentMeans/PayeeFinancialAccount/ID",
    ),
    Term("BT-44", "buyer_name", "text", f"{_BUYER}/Name", f"{_TO}/*/RegistrationName"),
    Term(
        "BG-8", "buyer_address", "address", f"{_BUYER}/PostalTradeAddress", f"{_TO}/PostalAddress"
    ),
    Term(
        "BT-48",
        "buyer_vat_id",
        "text",
        f"{_BUYER}/SpecifiedTaxRegistration/ID[@schemeID='VA']",
        f"{_TO}/{_VAT}",
    ),
    Term("BT-5", "currency", "text", f"{_SETTLED}/InvoiceCurrencyCode", "DocumentCurrencyCode"),
    Term("BT-107", "", "number", f"{_SUMS}/AllowanceTotalAmount", "*/AllowanceTotalAmount"),
    Term("BT-108", "", "number", f"{_SUMS}/ChargeTotalAmount", "*/ChargeTotalAmount"),
    Term("BT-109", "net_total", "number", f"{_SUMS}/TaxBasisTotalAmount", "*/TaxExclusiveAmount"),
    # Of an invoice with one rate; of several none is the invoice's own.
    Term(
        "BT-119",
        "tax_rate",
        "number",
        f"{_SETTLED}/ApplicableTradeTax[last()=1]/RateApplicablePercent",
        "TaxTotal/TaxSubtotal[last()=1]/TaxCategory/Percent",
    ),
    Term(
        "BT-110",
        "tax_total",
        "number",
        f"{_SUMS}/TaxTotalAmount{_SAME_CII}",
        f"TaxTotal/TaxAmount{_SAME_UBL}",
    ),
    Term("BT-112", "grand_total", "number", f"{_SUMS}/GrandTotalAmount", "*/TaxInclusiveAmount"),
)

_LINE_DEAL, _LINE_SETTLED = "SpecifiedLineTradeAgreement", "SpecifiedLineTradeSettlement"
_PRICE = f"{_LINE_DEAL}/NetPriceProductTradePrice"
_BILLED = "SpecifiedLineTradeDelivery/BilledQuantity"

#: What each line says; places are from the line's element.
LINE_TERMS: tuple[Term, ...] = (
    Term("BT-126", "position", "text", "AssociatedDocumentLineDocument/LineID", "ID"),
    Term("BT-153", "description", "text", "SpecifiedTradeProduct/Name", "Item/Name"),
    # Before the quantity, whose attribute it is: attributes are listed before the text.
    Term(
        "BT-130",
        "unit",
        "text",
        f"{_BILLED}/@unitCode",
        "InvoicedQuantity/@unitCode | CreditedQuantity/@unitCode",
    ),
    Term("BT-129", "quantity", "number", _BILLED, "InvoicedQuantity | CreditedQuantity"),
    Term("BT-146", "unit_price", "number", f"{_PRICE}/ChargeAmount", "Price/PriceAmount"),
    Term("BT-149", "", "number", f"{_PRICE}/BasisQuantity", "Price/BaseQuantity"),
    Term(
        "BT-131",
        "net_amount",
        "number",
        f"{_LINE_SETTLED}/*/LineTotalAmount",
        "LineExtensionAmount",
    ),
    Term(
        "BT-152",
        "tax_rate",
        "number",
        f"{_LINE_SETTLED}/ApplicableTradeTax/RateApplicablePercent",
        "Item/ClassifiedTaxCategory/Percent",
    ),
    Term(
        "BG-27",
        "",
        "number",
        f"{_LINE_SETTLED}/SpecifiedTradeAllowanceCharge/ActualAmount",
        "AllowanceCharge/Amount",
    ),
)


class Syntax(NamedTuple):
    """One XML syntax of e-invoices.

    `root` is how the root element's name begins, namespace included. `lines` and `type_code` are
    places from the root element; `address` has those of an address's parts in the order of print.
    """

    root: str
    is_cii: bool
    lines: str
    type_code: str
    address: tuple[str, ...]


_CII_ADDRESS = ("LineOne", "LineTwo", "LineThree", "PostcodeCode", "CityName")
_CII_LINES = f"{_DEAL}/IncludedSupplyChainTradeLineItem"
_UBL_ADDRESS = ("StreetName", "AdditionalStreetName", "AddressLine/Line", "PostalZone", "CityName")
_UBL = "{urn:oasis:names:specification:ubl:schema:xsd:"

#: The newest first: of two in one file the first of these counts.
SYNTAXES: tuple[Syntax, ...] = (
    Syntax(
        "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:",
        True,
        _CII_LINES,
        "ExchangedDocument/TypeCode",
        _CII_ADDRESS,
    ),
    Syntax(f"{_UBL}Invoice-2}}Invoice", False, "InvoiceLine", "InvoiceTypeCode", _UBL_ADDRESS),
    Syntax(
        f"{_UBL}CreditNote-2}}CreditNote",
        False,
        "CreditNoteLine",
        "CreditNoteTypeCode",
        _UBL_ADDRESS,
    ),
    Syntax(
        "{urn:ferd:CrossIndustryDocument:invoice:1p0}",
        True,
        _CII_LINES,
        "ExchangedDocument/TypeCode",
        _CII_ADDRESS,
    ),
    # The release candidate of ZUGFeRD 1.0, which some programs went on writing.
    Syntax(
        "{urn:un:unece:uncefact:data:standard:CBFBUY:5}Invoice",
        True,
        _CII_LINES,
        "ExchangedDocument/TypeCode",
        _CII_ADDRESS,
    ),
)

#: Names of ZUGFeRD 1.0 (2014) -> those of the later versions.
OLD_NAMES: Mapping[str, str] = {
    "HeaderExchangedDocument": "ExchangedDocument",
    "SpecifiedSupplyChainTradeTransaction": "SupplyChainTradeTransaction",
    "ApplicableSupplyChainTradeAgreement": "ApplicableHeaderTradeAgreement",
    "ApplicableSupplyChainTradeSettlement": "ApplicableHeaderTradeSettlement",
    "SpecifiedSupplyChainTradeAgreement": "SpecifiedLineTradeAgreement",
    "SpecifiedSupplyChainTradeDelivery": "SpecifiedLineTradeDelivery",
    "SpecifiedSupplyChainTradeSettlement": "SpecifiedLineTradeSettlement",
    "ApplicablePercent": "RateApplicablePercent",
}

#: Codes of UNTDID 1001 for credit notes of all sorts: their amounts are paid back.
CREDIT_NOTE_CODES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"}
)
