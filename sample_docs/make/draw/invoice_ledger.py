"""An American invoice over several pages: repeated table header, carried-forward rows."""

from decimal import Decimal

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import letter

from sample_docs.make.draw.sheet import GREY, Column, Sheet, Type
from sample_docs.make.facts.invoice import Invoice, Line
from sample_docs.make.facts.printed import american_date, english, plain

LEFT, RIGHT = 40, 572
NAVY = HexColor("#22304a")
RUST = HexColor("#a4471f")
SHADE = HexColor("#e9ebef")

BODY = Type("Helvetica", 8.6)
BOLD = Type("Helvetica-Bold", 8.6)
FIGURE = Type("Courier", 9)
SMALL = Type("Helvetica", 7.4, GREY)

COLUMNS = (
    Column("ITEM", LEFT + 24, "right"),
    Column("DESCRIPTION", LEFT + 34),
    Column("QTY", 370, "right"),
    Column("U/M", 380),
    Column("UNIT PRICE", 478, "right"),
    Column("EXTENDED", RIGHT - 6, "right"),
)
EDGES = (LEFT, LEFT + 28, 336, 374, 410, 484, RIGHT)
STEP = 20
FIRST_ROWS, NEXT_ROWS = 22, 28


def draw(invoice: Invoice) -> bytes:
    """The PDF; as many pages as its lines need."""
    sheet = Sheet(letter, f"Invoice {invoice.number}")
    pages = _pages(invoice.lines)
    carried, position = Decimal(), 1
    for number, lines in enumerate(pages, 1):
        top = _first_page(sheet, invoice) if number == 1 else _next_page(sheet, invoice)
        sheet.text(RIGHT, 28, f"Page {number} of {len(pages)}", SMALL, "right")
        y = _table(sheet, lines, top, position, carried if number > 1 else None)
        carried += sum(line.net for line in lines)
        position += len(lines)
        _contact(sheet, invoice)
        if number < len(pages):
            _carry(sheet, y, "Carried forward", carried)
            sheet.page()
        else:
            _totals(sheet, invoice, y)
    return sheet.finish()


def _pages(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    later = [lines[at : at + NEXT_ROWS] for at in range(FIRST_ROWS, len(lines), NEXT_ROWS)]
    return [lines[:FIRST_ROWS], *later]


def _gear(sheet: Sheet, x: float, y: float) -> None:
    for side in range(4):
        sheet.canvas.saveState()
        sheet.canvas.translate(x, sheet.height - y)
        sheet.canvas.rotate(45 * side)
        sheet.canvas.setFillColor(RUST)
        sheet.canvas.rect(-4.5, -21, 9, 42, fill=1, stroke=0)
        sheet.canvas.restoreState()
    sheet.disc((x, y), 15.5, RUST)
    sheet.disc((x, y), 6.5, HexColor("#ffffff"))


def _first_page(sheet: Sheet, invoice: Invoice) -> float:
    seller, buyer = invoice.seller, invoice.buyer
    _gear(sheet, LEFT + 22, 62)
    sheet.text(LEFT + 54, 58, "BRASSWELL", Type("Times-Bold", 23, NAVY))
    sheet.text(LEFT + 55, 71, "INDUSTRIAL SUPPLY, INC.", Type("Times-Roman", 9.5, NAVY))
    sheet.text(RIGHT, 66, "INVOICE", Type("Times-Bold", 26, NAVY), "right")
    from_lines = (seller.name, *seller.address, f"Phone {seller.phone}", seller.email)
    sheet.lines(LEFT, 102, from_lines, BODY)
    facts = (
        ("Invoice No.", invoice.number),
        ("Invoice Date", american_date(invoice.issued)),
        ("Due Date", american_date(invoice.due)),
        *invoice.references,
    )
    for row, (label, value) in enumerate(facts):
        y = 104 + 15 * row
        sheet.box((388, y - 11), (84, 15), fill=SHADE, stroke=GREY)
        sheet.box((472, y - 11), (100, 15), stroke=GREY)
        sheet.text(393, y, label, BOLD)
        sheet.text(567, y, value, BODY, "right")
    for x, title in ((LEFT, "BILL TO"), (LEFT + 172, "SHIP TO")):
        sheet.box((x, 176), (160, 14), fill=NAVY)
        sheet.text(x + 5, 186, title, Type("Helvetica-Bold", 7.8, HexColor("#ffffff")))
        lines = (buyer.name, *buyer.address)
        where = (buyer.contact, *lines) if title == "BILL TO" else ("Receiving Dock 2", *lines)
        sheet.box((x, 190), (160, 54), stroke=NAVY)
        sheet.lines(x + 5, 201, where, BODY)
    return 272


def _next_page(sheet: Sheet, invoice: Invoice) -> float:
    sheet.text(LEFT, 58, "BRASSWELL", Type("Times-Bold", 14, NAVY))
    heading = f"Invoice {invoice.number}, {american_date(invoice.issued)} (continued)"
    sheet.text(RIGHT, 58, heading, BOLD, "right")
    return 90


def _table(
    sheet: Sheet, lines: tuple[Line, ...], top: float, position: int, brought: Decimal | None
) -> float:
    """Returns the baseline of the row that would come next."""
    sheet.box((LEFT, top - 12), (RIGHT - LEFT, STEP), fill=SHADE)
    sheet.header(COLUMNS, top, Type("Helvetica-Bold", 7.6, NAVY))
    y = top + STEP
    if brought is not None:
        _carry(sheet, y, "Brought forward", brought)
        y += STEP
    for number, line in enumerate(lines, position):
        cells = (
            str(number),
            line.description,
            plain(line.quantity),
            line.unit,
            english(line.unit_price),
            english(line.net),
        )
        sheet.row(COLUMNS, y, cells, BODY)
        sheet.rule(LEFT, RIGHT, y + 6, weight=0.25, colour=GREY)
        y += STEP
    for x in EDGES:
        sheet.line((x, top - 12), (x, y - 12), weight=0.4, colour=NAVY)
    for edge in (top - 12, top + 6, y - 12):
        sheet.rule(LEFT, RIGHT, edge, weight=0.8, colour=NAVY)
    return y


def _carry(sheet: Sheet, y: float, label: str, amount: Decimal) -> None:
    italic = Type("Helvetica-Oblique", 8.6)
    sheet.text(COLUMNS[1].x, y, label, italic)
    sheet.text(RIGHT - 6, y, english(amount), italic, "right")


def _totals(sheet: Sheet, invoice: Invoice, y: float) -> None:
    ((rate, (_, tax)),) = invoice.taxes.items()
    rows = (
        ("Subtotal", english(invoice.net_total)),
        (f"Sales Tax ({plain(rate)}%)", english(tax)),
        ("Freight", "0.00"),
    )
    y += 8
    for label, amount in rows:
        sheet.text(412, y, label, BODY)
        sheet.text(RIGHT - 6, y, amount, BODY, "right")
        y += 15
    sheet.box((404, y - 9), (RIGHT - 404, 21), fill=NAVY)
    white = Type("Helvetica-Bold", 10.5, HexColor("#ffffff"))
    sheet.text(412, y + 5, "TOTAL DUE", white)
    sheet.text(RIGHT - 6, y + 5, f"${english(invoice.grand_total)}", white, "right")
    sheet.text(LEFT, y - 34, "Remit to:", BOLD)
    remit = (
        f"{invoice.seller.name}, P.O. Box 4410, Millrace, OH 45099",
        "1.5% per month will be charged on accounts over 30 days.",
        "Claims for shortages must be made within ten days of receipt.",
    )
    sheet.lines(LEFT, y - 22, remit, BODY)
    sheet.text(LEFT, y + 24, "We appreciate your business!", Type("Times-Italic", 11, RUST))


def _contact(sheet: Sheet, invoice: Invoice) -> None:
    seller = invoice.seller
    footer = f"{seller.name}  |  {seller.phone}  |  {seller.web}"
    sheet.text(sheet.width / 2, 770, footer, SMALL, "centre")
