"""Lays out an invoice: many pages that differ in all that invoices differ in."""

from random import Random

from docextract.training.synthetic.facts.stated import Teller, as_invented
from docextract.training.synthetic.invoice.blocks import (
    Bill,
    Told,
    buyer_lines,
    data_block,
    data_pairs,
    footer,
    letterhead,
    sender_line,
)
from docextract.training.synthetic.invoice.facts import Invoice, invoice
from docextract.training.synthetic.invoice.fronts import front
from docextract.training.synthetic.invoice.items import items
from docextract.training.synthetic.invoice.terms import terms, totals
from docextract.training.synthetic.invoice.titles import strip_of, title, title_inks
from docextract.training.synthetic.invoice.viewer import draw_viewer, is_viewed
from docextract.training.synthetic.paper.cursor import desk_of
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, woven, wrapped

KIND = "invoice"
#: Every field of the kind's schema: all are marked where they are printed.
FIELDS = (
    "invoice_number",
    "issue_date",
    "due_date",
    "seller_name",
    "seller_address",
    "seller_vat_id",
    "seller_iban",
    "buyer_name",
    "buyer_address",
    "buyer_vat_id",
    "currency",
    "net_total",
    "tax_total",
    "grand_total",
    "line_items",
    "line_items.position",
    "line_items.description",
    "line_items.quantity",
    "line_items.unit",
    "line_items.unit_price",
    "line_items.net_amount",
    "line_items.tax_rate",
)
#: Share of invoices whose head is one of `invoice_fronts`.
FRONTED = 0.3


def draw(
    rng: Random, told: Teller[Invoice] = as_invented, *, carries: bool = False
) -> tuple[Invoice, Sheet]:
    """An invoice and the sheet it is printed on; `carries`: sums over the ends of pages."""
    facts = told(invoice(rng))
    desk = desk_of(rng, facts.manner, letter=facts.seller.country == "US")
    bill = Bill(desk, facts, Told(), carries=carries)
    if is_viewed(rng, facts.language):
        draw_viewer(bill)
    else:
        _page(bill)
    return facts, desk.sheet


def _page(bill: Bill) -> None:
    desk = bill.desk
    footed = _head(bill)
    _opening(bill)
    items(bill)
    totals(bill)
    terms(bill)
    if footed or desk.chance(0.8):
        footer(bill)
    if desk.chance(0.25):
        _page_number(bill)


def _head(bill: Bill) -> bool:
    """All above the table; whether the footer must name the seller."""
    if bill.desk.chance(FRONTED):
        return front(bill)
    letterhead(bill)
    _heads(bill)
    return False


def _page_number(bill: Bill) -> None:
    """At the very bottom."""
    desk = bill.desk
    count = len(desk.sheet.papers)
    text = f"{bill.label('page')} {count}{desk.rng.choice(('', f' / {count}', f'/{count}'))}"
    at = desk.rng.choice(((desk.right, "r"), ((desk.left + desk.right) / 2, "c")))
    small = desk.style.bigger(0.8)
    desk.sheet.write((at[0], desk.sheet.height - 12), text, small, align=at[1])


def _heads(bill: Bill) -> None:
    """Title, addresses and data in one of the customary arrangements."""
    ways = (_window, _columns, _strip, _stacked, _boxed)
    arrange = bill.desk.rng.choices(ways, (48, 16, 16, 10, 10))[0]
    if bill.desk.chance(0.12):
        _bare_date(bill)
    if arrange in (_columns, _boxed):
        bill.desk.y = max(bill.desk.y, bill.desk.taken)
    arrange(bill)


def _window(bill: Bill) -> None:
    """The buyer in an envelope's window on the left, the data on the right or below."""
    desk = bill.desk
    top = max(desk.y + 15, desk.rng.uniform(110, 150))
    y = top
    if desk.chance(0.7):
        sender_line(bill, (desk.left, y))
        y += 1.6 * desk.line
    elif desk.chance(0.3):
        desk.sheet.write((desk.left, y), bill.word("buyer"), desk.style.heavy)
        y += 1.2 * desk.line
    under = desk.block((desk.left, y), buyer_lines(bill, bill.facts.buyer, "buyer"))
    rows = data_pairs(bill)
    if desk.chance(0.65):
        x = desk.left + (desk.right - desk.left) * desk.rng.uniform(0.55, 0.66)
        begin = max(top + desk.rng.choice((0, desk.line, 7.0)), desk.taken + desk.line)
        beside = data_block(bill, (x, begin), desk.right - x, rows)
        desk.y = max(under, beside) + desk.rng.uniform(15, 40)
        title(bill)
        return
    desk.y = under + desk.rng.uniform(20, 45)
    title(bill)
    if desk.chance(0.5):
        strip_of(bill, rows[:6])
    else:
        desk.y = data_block(bill, (desk.left, desk.y), 220, rows) + 6


def _columns(bill: Bill) -> None:
    """Title at the top; seller, buyer and perhaps the place of delivery beside each other."""
    desk, facts = bill.desk, bill.facts
    desk.down(1.5)
    title(bill)
    blocks: list[tuple[str, list[Inks]]] = [
        (bill.word("buyer"), buyer_lines(bill, facts.buyer, "buyer")),
        (bill.word("seller"), buyer_lines(bill, facts.seller, "seller")),
    ]
    if desk.chance(0.4):
        blocks.append(
            (
                bill.word("ship"),
                buyer_lines(bill, facts.ship_to if desk.chance(0.6) else facts.buyer, ""),
            )
        )
    desk.rng.shuffle(blocks)
    step = (desk.right - desk.left) / (
        len(blocks) + (1 if len(blocks) == 2 and desk.chance(0.5) else 0)
    )
    data_beside = step * len(blocks) < desk.right - desk.left - 10
    bottom = desk.y
    for number, (label, lines) in enumerate(blocks):
        x = desk.left + number * step
        desk.sheet.write((x, desk.y), label, desk.style.heavy)
        bottom = max(bottom, _fitted(bill, (x, desk.y + 1.3 * desk.line), lines, step - 8))
    rows = data_pairs(bill)
    if data_beside:
        x = desk.left + len(blocks) * step
        bottom = max(bottom, data_block(bill, (x, desk.y), desk.right - x, rows[:7]))
        desk.y = bottom + 20
    else:
        desk.y = bottom + 15
        desk.y = data_block(bill, (desk.left, desk.y), 240, rows) + 10


def _fitted(bill: Bill, at: tuple[float, float], lines: list[Inks], room: float) -> float:
    return bill.desk.block(
        at, [piece for line in lines for piece in wrapped(line, bill.desk.style, room)]
    )


def _bare_date(bill: Bill) -> None:
    """The day of the invoice without a label, at the left or the right."""
    desk = bill.desk
    day = bill.ink(desk.manner.day(bill.facts.issued), "issue_date")
    text = bill.word("bare_date")
    inks = woven(text, {"day": [day], "city": [Ink(bill.facts.seller.address.city)]})
    if desk.chance(0.5):
        desk.sheet.write((desk.left, desk.y), inks, desk.style)
    else:
        desk.y = max(desk.y, desk.taken + desk.line)
        desk.sheet.write((desk.right, desk.y), inks, desk.style, align="r")
    desk.down(1.5)


def _boxed(bill: Bill) -> None:
    """Frames with small captions: the parties on the left, numbers and days on the right."""
    desk, facts = bill.desk, bill.facts
    small = desk.style.bigger(0.7)
    middle = desk.left + desk.rng.uniform(0.5, 0.58) * (desk.right - desk.left)
    top = y = desk.y + desk.line
    parties = [("seller", facts.seller), ("buyer", facts.buyer)]
    for who, party in parties if desk.chance(0.7) else parties[1:]:
        first = y - desk.style.size
        desk.sheet.write((desk.left + 3, y), bill.word(who), small)
        lines = buyer_lines(bill, party, who)
        y = _fitted(bill, (desk.left + 10, y + 1.3 * desk.line), lines, middle - desk.left - 24)
        desk.sheet.frame((desk.left, first, middle - 8, y - 0.6 * desk.style.size))
        y += 0.6 * desk.line
    edges = (middle + 8, desk.right)
    big = desk.style.bigger(1.2, bold=True)
    desk.sheet.write((edges[0] + 3, top), title_inks(bill, numbered=False), big)
    below = top + 1.6 * desk.line
    for label, value in data_pairs(bill):
        desk.sheet.write((edges[0] + 3, below), label, small)
        desk.sheet.write((edges[1] - 3, below + desk.line), value, desk.style.heavy, align="r")
        below += 2.2 * desk.line
        if desk.chance(0.8):
            desk.sheet.level(edges[0], below - desk.style.size, edges[1])
    desk.y = max(y, below) + 1.5 * desk.line


def _strip(bill: Bill) -> None:
    """The buyer on either side, then the data as a strip of labels above values."""
    desk = bill.desk
    right = desk.chance(0.3)
    x = desk.left + (0.55 * (desk.right - desk.left) if right else 0.0)
    desk.y = max(desk.y + 12, desk.rng.uniform(90, 140))
    if desk.chance(0.5):
        sender_line(bill, (x, desk.y))
        desk.down(1.6)
    elif desk.chance(0.6):
        desk.sheet.write((x, desk.y), bill.word("buyer"), desk.style.heavy)
        desk.down(1.3)
    desk.y = desk.block((x, desk.y), buyer_lines(bill, bill.facts.buyer, "buyer")) + 18
    title(bill)
    strip_of(bill, data_pairs(bill)[:6])


def _stacked(bill: Bill) -> None:
    """All on the left, or the data first and the buyer after."""
    desk = bill.desk
    title(bill)
    rows = data_pairs(bill)
    if desk.chance(0.5):
        desk.y = data_block(bill, (desk.left, desk.y), 230, rows) + 14
        desk.sheet.write((desk.left, desk.y), bill.word("buyer"), desk.style.heavy)
        desk.down(1.2)
        desk.y = desk.block((desk.left, desk.y), buyer_lines(bill, bill.facts.buyer, "buyer")) + 18
    else:
        desk.y = desk.block((desk.left, desk.y), buyer_lines(bill, bill.facts.buyer, "buyer")) + 14
        desk.y = data_block(bill, (desk.left, desk.y), 230, rows) + 18


def _opening(bill: Bill) -> None:
    desk, facts, day = bill.desk, bill.facts, bill.desk.manner.day
    if desk.chance(0.45):
        for thing in ("greeting", "opening"):
            if text := bill.word(thing):
                text = text.format(
                    order=facts.order_number,
                    ordered=day(facts.ordered),
                    delivered=day(facts.delivered),
                )
                desk.paragraph(text)
                desk.down(0.4)
    desk.down(0.8)
