"""An English invoice in the manner of a design studio: colour band, airy table."""

from decimal import Decimal
from functools import partial

from reportlab.lib.colors import HexColor, white

from sample_docs.make.draw.sheet import GREY, INK, Column, Sheet, Type
from sample_docs.make.facts.identifiers import grouped
from sample_docs.make.facts.invoice import Invoice
from sample_docs.make.facts.printed import british_date, english, plain

TEAL = HexColor("#0f5c5c")
MIST = HexColor("#eaf2f1")
CORAL = HexColor("#f2785c")
LEFT, RIGHT = 48, 547

SMALL = Type("Helvetica", 8, GREY)
BODY = Type("Helvetica", 9.2)
BOLD = Type("Helvetica-Bold", 9.2)
LABEL = Type("Helvetica-Bold", 7.4, TEAL)

COLUMNS = (
    Column("#", LEFT + 8),
    Column("DESCRIPTION", LEFT + 30),
    Column("QTY", 335, "right"),
    Column("UNIT", 343),
    Column("UNIT PRICE", 430, "right"),
    Column("VAT %", 470, "right"),
    Column("AMOUNT", RIGHT - 8, "right"),
)


def draw(invoice: Invoice) -> bytes:
    """The PDF of one page."""
    sheet = Sheet(title=f"Invoice {invoice.number}")
    _letterhead(sheet, invoice)
    _parties(sheet, invoice)
    y = _table(sheet, invoice)
    y = _totals(sheet, invoice, y + 18)
    _payment(sheet, invoice, max(y + 40, 610))
    return sheet.finish()


def _pounds(amount: Decimal) -> str:
    return f"£{english(amount)}"


def _letterhead(sheet: Sheet, invoice: Invoice) -> None:
    sheet.box((0, 0), (sheet.width, 112), fill=TEAL)
    _lark(sheet)
    sheet.text(104, 56, "larkspur", Type("Helvetica-Bold", 25, white))
    sheet.text(105, 72, "S T U D I O", Type("Helvetica", 8.5, HexColor("#bfe0dc")))
    sheet.text(RIGHT, 58, "INVOICE", Type("Helvetica", 27, white), "right")
    sheet.text(RIGHT, 76, f"No. {invoice.number}", Type("Helvetica-Bold", 11, white), "right")


def _lark(sheet: Sheet) -> None:
    """The emblem: a wing and a sun."""
    sheet.disc((70, 56), 22, HexColor("#177a78"))
    sheet.polygon([(54, 64), (70, 40), (76, 58)], white)
    sheet.polygon([(66, 62), (88, 50), (76, 66)], HexColor("#bfe0dc"))
    sheet.disc((84, 42), 4.5, CORAL)


def _parties(sheet: Sheet, invoice: Invoice) -> None:
    seller, buyer = invoice.seller, invoice.buyer
    sheet.text(LEFT, 144, "BILLED TO", LABEL)
    sheet.text(LEFT, 159, buyer.name, BOLD)
    y = sheet.lines(LEFT, 171, buyer.address, BODY)
    sheet.text(LEFT, y, f"Attn: {buyer.contact}", BODY)
    sheet.text(LEFT, y + 12, f"VAT Reg. No. {buyer.vat_id}", SMALL)
    sheet.text(232, 144, "FROM", LABEL)
    sheet.text(232, 159, seller.name, BOLD)
    y = sheet.lines(232, 171, seller.address, BODY)
    sheet.text(232, y, f"VAT Reg. No. {seller.vat_id}", SMALL)
    dates = (
        ("Invoice date", british_date(invoice.issued)),
        ("Payment due", british_date(invoice.due)),
        *invoice.references,
    )
    for row, (label, value) in enumerate(dates):
        sheet.text(408, 145 + 16 * row, label, SMALL)
        sheet.text(RIGHT, 145 + 16 * row, value, BOLD if row < 2 else BODY, "right")
        sheet.rule(408, RIGHT, 150 + 16 * row, weight=0.3, colour=HexColor("#c9d3d2"))


def _table(sheet: Sheet, invoice: Invoice) -> float:
    y = 266
    sheet.box((LEFT, y - 14), (RIGHT - LEFT, 22), fill=MIST, radius=3)
    sheet.header(COLUMNS, y, LABEL)
    for position, line in enumerate(invoice.lines, 1):
        y += 24
        cells = (
            str(position),
            line.description,
            plain(line.quantity),
            line.unit,
            english(line.unit_price),
            plain(line.tax_rate),
            english(line.net),
        )
        sheet.row(COLUMNS, y, cells, BODY)
        sheet.rule(LEFT, RIGHT, y + 9, weight=0.3, colour=HexColor("#c9d3d2"))
    return y


def _totals(sheet: Sheet, invoice: Invoice, y: float) -> float:
    line = partial(_total_line, sheet)
    y = line(y + 14, "Net total", _pounds(invoice.net_total), BODY)
    for rate, (net, tax) in invoice.taxes.items():
        y = line(y, f"VAT {plain(rate)}% on {_pounds(net)}", _pounds(tax), BODY)
    y = line(y, "Total VAT", _pounds(invoice.tax_total), BODY)
    sheet.box((338, y - 10), (RIGHT - 338, 28), fill=CORAL, radius=3)
    strong = Type("Helvetica-Bold", 12, white)
    sheet.text(348, y + 8, "Amount due (GBP)", strong)
    sheet.text(RIGHT - 8, y + 8, _pounds(invoice.grand_total), strong, "right")
    return y + 30


def _total_line(sheet: Sheet, y: float, label: str, amount: str, style: Type) -> float:
    sheet.text(348, y, label, style)
    sheet.text(RIGHT - 8, y, amount, style, "right")
    return y + 17


def _payment(sheet: Sheet, invoice: Invoice, y: float) -> None:
    seller = invoice.seller
    sheet.text(LEFT, y, "HOW TO PAY", LABEL)
    rows = (
        ("Bank", seller.bank),
        ("Account name", seller.name),
        ("IBAN", grouped(seller.iban)),
        ("BIC", seller.bic),
        ("Reference", invoice.number),
    )
    for row, (label, value) in enumerate(rows):
        sheet.text(LEFT, y + 16 + 14 * row, label, SMALL)
        sheet.text(LEFT + 76, y + 16 + 14 * row, value, BODY)
    note = (
        "Please pay within 30 days. We may charge interest on late payments at 8% above the "
        "base rate. Artwork remains the property of the studio until paid in full."
    )
    sheet.wrapped(330, y + 16, note, SMALL, RIGHT - 330)
    sheet.rule(LEFT, RIGHT, 792, weight=0.6, colour=TEAL)
    contact = f"{seller.web}   ·   {seller.email}   ·   {seller.phone}"
    sheet.text(sheet.width / 2, 806, contact, SMALL, "centre")
    legal = f"{seller.name}, registered in England, company no. 09990417"
    sheet.text(sheet.width / 2, 818, legal, Type("Helvetica", 7, INK), "centre")
