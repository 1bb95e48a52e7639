"""A station's contract form for spots: dense, boxed, on landscape paper."""

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import landscape, letter

from sample_docs.make.draw.sheet import GREY, INK, Column, Sheet, Type, star
from sample_docs.make.facts.ad_buys import AdBuy
from sample_docs.make.facts.printed import english

LEFT, RIGHT = 30, 762
BLUE = HexColor("#12336b")
GOLD = HexColor("#e0a92e")
SHADE = HexColor("#e6ebf5")

BODY = Type("Helvetica", 8)
BOLD = Type("Helvetica-Bold", 8)
LABEL = Type("Helvetica", 6.6, GREY)
FIRST_WEEK = 384
WEEK = 46

TERMS = (
    "This contract is subject to the station's standard terms. Spots that do not air as ordered "
    "will be made good within the flight or credited on the invoice. Cancellation requires two "
    "weeks' notice in writing. Station does not discriminate in the sale of advertising time and "
    "will accept no advertising placed with an intent to discriminate."
)


def _columns(order: AdBuy) -> tuple[Column, ...]:
    weeks = (
        Column(f"{week:%m/%d}", FIRST_WEEK + WEEK * at, "centre")
        for at, week in enumerate(order.weeks)
    )
    return (
        Column("Ln", LEFT + 16, "right"),
        Column("Program", LEFT + 26),
        Column("Days", 182),
        Column("Time", 222),
        Column("Len", 302, "centre"),
        Column("Wk spots", 342, "centre"),
        *weeks,
        Column("Spots", 630, "right"),
        Column("Rate", 686, "right"),
        Column("Amount", RIGHT - 6, "right"),
    )


def draw(order: AdBuy) -> bytes:
    """The PDF of one page."""
    sheet = Sheet(landscape(letter), f"Contract {order.contract_number}")
    _letterhead(sheet, order)
    _facts(sheet, order)
    y = _table(sheet, order)
    _totals(sheet, order, y + 16)
    _signatures(sheet, order)
    return sheet.finish()


def _letterhead(sheet: Sheet, order: AdBuy) -> None:
    sheet.box((LEFT, 24), (46, 46), fill=BLUE, radius=8)
    sheet.polygon(star((LEFT + 23, 47), 19, 9, 0.72), GOLD)
    sheet.text(LEFT + 23, 57, "9", Type("Helvetica-Bold", 27, BLUE), "centre")
    sheet.text(LEFT + 56, 43, "KQZT-TV", Type("Helvetica-Bold", 18, BLUE))
    where = f"{order.station.one_line}   {order.station.phone}"
    sheet.text(LEFT + 56, 56, where, BODY)
    sheet.text(LEFT + 56, 67, "An independent station", Type("Helvetica-Oblique", 7.5, GREY))
    sheet.text(RIGHT, 46, "CONTRACT", Type("Helvetica-Bold", 22, BLUE), "right")
    sheet.text(RIGHT, 62, "Print Date 09/02/26      Page 1 of 1", BODY, "right")


def _facts(sheet: Sheet, order: AdBuy) -> None:
    agency = order.agency
    flight = f"{order.flight_start:%m/%d/%y} - {order.flight_end:%m/%d/%y}"
    blocks = (
        (LEFT, 250, (
            ("Agency", agency.name),
            ("Address", agency.one_line),
            ("Buyer", agency.contact),
            ("Phone", agency.phone),
        )),
        (LEFT + 256, 236, (
            ("Advertiser", order.advertiser),
            ("Product", order.product),
            ("Account Executive", order.station.contact),
            ("Sales Office", "Dry Fork - Local"),
        )),
        (LEFT + 498, 234, (
            ("Contract / Revision", f"{order.contract_number} /"),
            ("Contract Dates", flight),
            ("Billing Cycle", "EOM/EOC"),
            ("Billing Calendar", "Broadcast"),
        )),
    )  # fmt: skip
    for x, width, rows in blocks:
        sheet.box((x, 84), (width, 70), stroke=BLUE)
        for row, (label, value) in enumerate(rows):
            y = 98 + 16 * row
            sheet.text(x + 6, y, label, LABEL)
            sheet.text(x + (44 if x == LEFT else 84), y, value, BOLD if row == 0 else BODY)


def _table(sheet: Sheet, order: AdBuy) -> float:
    columns = _columns(order)
    y = 178
    sheet.box((LEFT, y - 12), (RIGHT - LEFT, 18), fill=BLUE)
    sheet.header(columns, y, Type("Helvetica-Bold", 7.4, white))
    for number, buy in enumerate(order.buys, 1):
        y += 17
        if number % 2 == 0:
            sheet.box((LEFT, y - 12), (RIGHT - LEFT, 17), fill=SHADE)
        cells = (
            str(number),
            buy.programme,
            buy.days,
            buy.time,
            buy.length,
            f"{min(buy.spots)}-{max(buy.spots)}x",
            *map(str, buy.spots),
            str(sum(buy.spots)),
            english(buy.rate),
            english(buy.amount),
        )
        sheet.row(columns, y, cells, BODY)
    sheet.rule(LEFT, RIGHT, y + 6, weight=1, colour=BLUE)
    return y


def _totals(sheet: Sheet, order: AdBuy, y: float) -> None:
    spots = [sum(buy.spots[week] for buy in order.buys) for week in range(len(order.weeks))]
    sheet.text(222, y + 4, "Spots per week", BOLD)
    for at, count in enumerate(spots):
        sheet.text(FIRST_WEEK + WEEK * at, y + 4, str(count), BOLD, "centre")
    sheet.text(630, y + 4, str(sum(spots)), BOLD, "right")
    rows = (
        ("Gross Amount", order.gross),
        ("Agency Commission (15%)", -order.commission),
        ("Net Amount", order.gross - order.commission),
    )
    for row, (label, amount) in enumerate(rows):
        sheet.text(566, y + 26 + 15 * row, label, BOLD)
        figure = f"{'-' if amount < 0 else ''}${english(abs(amount))}"
        sheet.text(RIGHT - 6, y + 26 + 15 * row, figure, BOLD, "right")
        sheet.rule(560, RIGHT, y + 31 + 15 * row, weight=0.3, colour=GREY)
    end = sheet.wrapped(LEFT, y + 26, TERMS, Type("Helvetica", 7, INK), 440)
    sheet.text(LEFT, end + 6, "Political - Issue. Cash in advance.", BOLD)


def _signatures(sheet: Sheet, order: AdBuy) -> None:
    rows = ((LEFT, order.station.contact, "for KQZT-TV", 5), (420, order.agency.contact, "", 11))
    for x, name, firm, seed in rows:
        sheet.signature(x + 20, 532, seed)
        sheet.rule(x, x + 220, 540)
        sheet.text(x, 551, f"{name}, {firm or 'for ' + order.agency.name}", BODY)
        sheet.text(x + 236, 536, f"{order.signed:%m/%d/%Y}", BODY)
        sheet.rule(x + 230, x + 300, 540)
        sheet.text(x + 230, 551, "Date", LABEL)
