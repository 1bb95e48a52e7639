"""Till receipts: a strip of paper as long as its rows, in three shops' manners."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import black

from sample_docs.make.draw.sheet import MM, Sheet, Type
from sample_docs.make.facts.printed import american_date, english, german, german_date, plain
from sample_docs.make.facts.receipts import Item, Receipt

WIDTH = 80 * MM
LEFT, RIGHT = 5 * MM, 75 * MM
MIDDLE = WIDTH / 2


@dataclass(frozen=True)
class Row:
    """A printed row: text at the left and right edges, or in the middle."""

    left: str = ""
    right: str = ""
    middle: str = ""
    size: float = 8.6
    bold: bool = False
    rule: bool = False  # a dashed line instead of text

    @property
    def height(self) -> float:
        """Line feed, in points."""
        return self.size * 1.28


@dataclass(frozen=True)
class Shop:
    """How one shop's till prints: fonts, emblem on top, foot below, rows between."""

    rows: Callable[[Receipt], Sequence[Row]]
    font: str
    bold: str
    emblem: Callable[[Sheet], None]
    head: float
    foot: Callable[[Sheet, float, Receipt], None]
    foot_height: float


def draw(receipt: Receipt, shop: Shop) -> bytes:
    """The PDF of one strip."""
    rows = shop.rows(receipt)
    height = shop.head + sum(row.height for row in rows) + shop.foot_height
    sheet = Sheet((WIDTH, height), f"Receipt {receipt.number}")
    shop.emblem(sheet)
    y = shop.head
    for row in rows:
        y += row.height
        _print(sheet, y, row, Type(shop.bold if row.bold else shop.font, row.size, black))
    shop.foot(sheet, y + 6, receipt)
    return sheet.finish()


def _print(sheet: Sheet, y: float, row: Row, style: Type) -> None:
    if row.rule:
        sheet.canvas.setDash(3, 2)
        sheet.rule(LEFT, RIGHT, y - 2.5, weight=0.8, colour=black)
        sheet.canvas.setDash()
    sheet.text(LEFT, y, row.left, style)
    sheet.text(RIGHT, y, row.right, style, "right")
    sheet.text(MIDDLE, y, row.middle, style, "centre")


RULE = Row(size=7, rule=True)
SPACE = Row(size=5)


def _heading(receipt: Receipt, size: float) -> list[Row]:
    merchant = receipt.merchant
    return [
        Row(middle=merchant.name, size=size, bold=True),
        *(Row(middle=line) for line in merchant.address),
    ]


def _diner(receipt: Receipt) -> list[Row]:
    clock = receipt.time.strftime("%I:%M %p").lstrip("0")
    food = [
        Row(f"{plain(item.quantity):>2} {item.description}", english(item.amount))
        for item in receipt.items
    ]
    ((rate, (_, tax)),) = receipt.taxes.items()
    before_tip = receipt.sum + tax
    return [
        *_heading(receipt, 13),
        Row(middle=f"Tel {receipt.merchant.phone}"),
        SPACE,
        Row("Server: Noor", "Table 12"),
        Row(f"Check #{receipt.number}", "Guests: 2"),
        Row(american_date(receipt.day), clock),
        RULE,
        *food,
        RULE,
        Row("Subtotal", english(receipt.sum)),
        Row(f"Sales Tax {plain(rate)}%", english(tax)),
        Row("Amount", english(before_tip)),
        Row("Tip", english(receipt.tip or Decimal())),
        Row("TOTAL", f"${english(receipt.total)}", size=13, bold=True),
        SPACE,
        Row("VISA ************0417", english(receipt.total)),
        Row("Auth 08831C", "APPROVED"),
        RULE,
        Row(middle="Thank you, come again!"),
        Row(middle=receipt.merchant.web),
    ]


def _market_item(item: Item) -> list[Row]:
    letter = "A" if item.rate == 19 else "B"
    rows = [Row(item.description, f"{german(item.amount)} {letter}")]
    if item.quantity != 1:
        whole = item.quantity % 1 == 0
        count = plain(item.quantity) if whole else f"{german(item.quantity, 3)} kg"
        rows.append(Row(f"     {count} x {german(item.unit_price)}"))
    return rows


def _market(receipt: Receipt) -> list[Row]:
    letters = {19: "A", 7: "B"}
    taxes = [
        Row(f"{letters[int(rate)]} = {plain(rate)} % MwSt aus {german(gross)}", german(tax), size=8)
        for rate, (gross, tax) in receipt.taxes.items()
    ]
    return [
        *_heading(receipt, 12),
        Row(middle=f"Tel. {receipt.merchant.phone}"),
        SPACE,
        Row(right="EUR"),
        *(row for item in receipt.items for row in _market_item(item)),
        RULE,
        Row("SUMME EUR", german(receipt.total), size=12.5, bold=True),
        RULE,
        Row("Geg. girocard", german(receipt.total)),
        SPACE,
        *taxes,
        Row("MwSt gesamt", german(receipt.tax), size=8),
        SPACE,
        Row(f"Bon-Nr. {receipt.number}", "Kasse 3  Bed. 17", size=8),
        Row(f"Datum {german_date(receipt.day)}", f"Uhrzeit {receipt.time:%H:%M} Uhr", size=8),
        SPACE,
        Row(middle="Vielen Dank für Ihren Einkauf!"),
    ]


def _bookshop(receipt: Receipt) -> list[Row]:
    goods = []
    for item in receipt.items:
        goods.append(Row(item.description, f"£{english(item.amount)}"))
        goods.append(Row(f"   {plain(item.quantity)} @ £{english(item.unit_price)}", size=7.6))
    return [
        *_heading(receipt, 11.5),
        Row(middle=f"Telephone {receipt.merchant.phone}"),
        SPACE,
        Row(f"{receipt.day:%d/%m/%Y}  {receipt.time:%H:%M}", f"Receipt {receipt.number}", size=8),
        SPACE,
        *goods,
        SPACE,
        Row("Total to pay", f"£{english(receipt.total)}", size=12, bold=True),
        Row("Paid by contactless card", f"£{english(receipt.total)}"),
        Row("Total includes VAT 20%", f"£{english(receipt.tax)}"),
        SPACE,
        Row(middle="Exchanges within 28 days with this receipt", size=7.6),
    ]


def _kettle(sheet: Sheet) -> None:
    sheet.disc((MIDDLE, 36), 15, black)
    sheet.polygon([(MIDDLE + 11, 30), (MIDDLE + 27, 20), (MIDDLE + 15, 42)], black)
    sheet.box((MIDDLE - 6, 16), (12, 5), fill=black, radius=2)
    sheet.canvas.setLineWidth(2.4)
    top = sheet.height - 12
    sheet.canvas.arc(MIDDLE - 17, top - 22, MIDDLE + 17, top + 6, 25, 130)


def _leaf(sheet: Sheet) -> None:
    path = sheet.canvas.beginPath()
    tip, stem = (MIDDLE + 17, sheet.height - 12), (MIDDLE - 17, sheet.height - 42)
    path.moveTo(*stem)
    path.curveTo(stem[0] - 2, stem[1] + 22, tip[0] - 16, tip[1] + 3, *tip)
    path.curveTo(tip[0] + 2, tip[1] - 20, stem[0] + 18, stem[1] - 4, *stem)
    sheet.canvas.drawPath(path, fill=1, stroke=0)


def _book(sheet: Sheet) -> None:
    for side in (-1, 1):
        outer = MIDDLE + side * 20
        sheet.polygon([(MIDDLE + side, 24), (outer, 18), (outer, 38), (MIDDLE + side, 44)], black)


def _bars(sheet: Sheet, y: float, receipt: Receipt) -> None:
    """Bars as wide as the digits of the number say; for the look, not for scanners."""
    x = MIDDLE - 58
    for place, digit in enumerate(f"{receipt.number}{receipt.day:%d%m%y}{receipt.number}" * 2):
        wide = 0.9 + int(digit) % 4 * 0.8
        sheet.box((x, y + 4), (wide, 26), fill=black)
        x += wide + 1.1 + place % 3 * 0.7
        if x > MIDDLE + 58:
            break


def _signed(sheet: Sheet, y: float, receipt: Receipt) -> None:
    """The code that German tills print for the tax office."""
    side = 70
    code = QrCodeWidget(f"V0;KASSE-3;{receipt.number};{receipt.day};{receipt.total}", barLevel="L")
    code.barWidth = code.barHeight = side
    drawing = Drawing(side, side)
    drawing.add(code)
    renderPDF.draw(drawing, sheet.canvas, MIDDLE - side / 2, sheet.height - y - side)
    small = Type("Helvetica", 6.5, black)
    sheet.text(MIDDLE, y + side + 6, "TSE-Transaktion 118204 - Sig.-Zähler 236511", small, "centre")


DINER = Shop(_diner, "Courier", "Courier-Bold", _kettle, 58, _bars, 52)
MARKET = Shop(_market, "Helvetica", "Helvetica-Bold", _leaf, 50, _signed, 96)
BOOKSHOP = Shop(_bookshop, "Helvetica", "Helvetica-Bold", _book, 50, _bars, 52)
