"""Random page layouts of invoices: letterhead, addresses, data, table, totals, footer."""

from random import Random

from docextract.training.synthetic.facts.document_facts import FactsOverride, unchanged
from docextract.training.synthetic.invoice.blocks import (
    InvoiceDraft,
    PrintedFields,
    buyer_lines,
    data_pairs,
    draw_data_block,
    draw_footer,
    draw_letterhead,
    draw_sender_line,
)
from docextract.training.synthetic.invoice.facts import Invoice, random_invoice
from docextract.training.synthetic.invoice.fronts import draw_block_header
from docextract.training.synthetic.invoice.items import draw_items
from docextract.training.synthetic.invoice.terms import draw_terms, draw_totals
from docextract.training.synthetic.invoice.titles import draw_data_strip, draw_title, title_inks
from docextract.training.synthetic.invoice.viewer import draw_viewer, is_printed_by_viewer
from docextract.training.synthetic.paper.cursor import new_cursor
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, fill_template, wrap_text

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
    rng: Random, override: FactsOverride[Invoice] = unchanged, *, carries: bool = False
) -> tuple[Invoice, Sheet]:
    """Draw a random invoice; its facts and its sheet. `carries`: sums over the ends of pages."""
    facts = override(random_invoice(rng))
    cursor = new_cursor(rng, facts.notation, letter=facts.seller.country == "US")
    bill = InvoiceDraft(cursor, facts, PrintedFields(), carries=carries)
    if is_printed_by_viewer(rng, facts.language):
        draw_viewer(bill)
    else:
        _page(bill)
    return facts, cursor.sheet


def _page(bill: InvoiceDraft) -> None:
    cursor = bill.cursor
    footed = _head(bill)
    _opening(bill)
    draw_items(bill)
    draw_totals(bill)
    draw_terms(bill)
    if footed or cursor.chance(0.8):
        draw_footer(bill)
    if cursor.chance(0.25):
        _page_number(bill)


def _head(bill: InvoiceDraft) -> bool:
    """All above the table; whether the footer must name the seller."""
    if bill.cursor.chance(FRONTED):
        return draw_block_header(bill)
    draw_letterhead(bill)
    _heads(bill)
    return False


def _page_number(bill: InvoiceDraft) -> None:
    """At the very bottom."""
    cursor = bill.cursor
    count = len(cursor.sheet.papers)
    text = f"{bill.label('page')} {count}{cursor.rng.choice(('', f' / {count}', f'/{count}'))}"
    at = cursor.rng.choice(((cursor.right, "r"), ((cursor.left + cursor.right) / 2, "c")))
    small = cursor.style.scaled(0.8)
    cursor.sheet.write((at[0], cursor.sheet.height - 12), text, small, align=at[1])


def _heads(bill: InvoiceDraft) -> None:
    """Title, addresses and data in one of the customary arrangements."""
    ways = (_window, _columns, _strip, _stacked, _boxed)
    arrange = bill.cursor.rng.choices(ways, (48, 16, 16, 10, 10))[0]
    if bill.cursor.chance(0.12):
        _bare_date(bill)
    if arrange in (_columns, _boxed):
        bill.cursor.y = max(bill.cursor.y, bill.cursor.taken)
    arrange(bill)


def _window(bill: InvoiceDraft) -> None:
    """The buyer in an envelope's window on the left, the data on the right or below."""
    cursor = bill.cursor
    top = max(cursor.y + 15, cursor.rng.uniform(110, 150))
    y = top
    if cursor.chance(0.7):
        draw_sender_line(bill, (cursor.left, y))
        y += 1.6 * cursor.line
    elif cursor.chance(0.3):
        cursor.sheet.write((cursor.left, y), bill.word("buyer"), cursor.style.in_bold)
        y += 1.2 * cursor.line
    under = cursor.block((cursor.left, y), buyer_lines(bill, bill.facts.buyer, "buyer"))
    rows = data_pairs(bill)
    if cursor.chance(0.65):
        x = cursor.left + (cursor.right - cursor.left) * cursor.rng.uniform(0.55, 0.66)
        begin = max(top + cursor.rng.choice((0, cursor.line, 7.0)), cursor.taken + cursor.line)
        beside = draw_data_block(bill, (x, begin), cursor.right - x, rows)
        cursor.y = max(under, beside) + cursor.rng.uniform(15, 40)
        draw_title(bill)
        return
    cursor.y = under + cursor.rng.uniform(20, 45)
    draw_title(bill)
    if cursor.chance(0.5):
        draw_data_strip(bill, rows[:6])
    else:
        cursor.y = draw_data_block(bill, (cursor.left, cursor.y), 220, rows) + 6


def _columns(bill: InvoiceDraft) -> None:
    """Title at the top; seller, buyer and perhaps the place of delivery beside each other."""
    cursor, facts = bill.cursor, bill.facts
    cursor.move_down(1.5)
    draw_title(bill)
    blocks: list[tuple[str, list[Inks]]] = [
        (bill.word("buyer"), buyer_lines(bill, facts.buyer, "buyer")),
        (bill.word("seller"), buyer_lines(bill, facts.seller, "seller")),
    ]
    if cursor.chance(0.4):
        blocks.append(
            (
                bill.word("ship"),
                buyer_lines(bill, facts.ship_to if cursor.chance(0.6) else facts.buyer, ""),
            )
        )
    cursor.rng.shuffle(blocks)
    step = (cursor.right - cursor.left) / (
        len(blocks) + (1 if len(blocks) == 2 and cursor.chance(0.5) else 0)
    )
    data_beside = step * len(blocks) < cursor.right - cursor.left - 10
    bottom = cursor.y
    for number, (label, lines) in enumerate(blocks):
        x = cursor.left + number * step
        cursor.sheet.write((x, cursor.y), label, cursor.style.in_bold)
        bottom = max(bottom, _fitted(bill, (x, cursor.y + 1.3 * cursor.line), lines, step - 8))
    rows = data_pairs(bill)
    if data_beside:
        x = cursor.left + len(blocks) * step
        bottom = max(bottom, draw_data_block(bill, (x, cursor.y), cursor.right - x, rows[:7]))
        cursor.y = bottom + 20
    else:
        cursor.y = bottom + 15
        cursor.y = draw_data_block(bill, (cursor.left, cursor.y), 240, rows) + 10


def _fitted(bill: InvoiceDraft, at: tuple[float, float], lines: list[Inks], room: float) -> float:
    return bill.cursor.block(
        at, [piece for line in lines for piece in wrap_text(line, bill.cursor.style, room)]
    )


def _bare_date(bill: InvoiceDraft) -> None:
    """The day of the invoice without a label, at the left or the right."""
    cursor = bill.cursor
    day = bill.ink(cursor.notation.day(bill.facts.issued), "issue_date")
    text = bill.word("bare_date")
    inks = fill_template(text, {"day": [day], "city": [Ink(bill.facts.seller.address.city)]})
    if cursor.chance(0.5):
        cursor.sheet.write((cursor.left, cursor.y), inks, cursor.style)
    else:
        cursor.y = max(cursor.y, cursor.taken + cursor.line)
        cursor.sheet.write((cursor.right, cursor.y), inks, cursor.style, align="r")
    cursor.move_down(1.5)


def _boxed(bill: InvoiceDraft) -> None:
    """Frames with small captions: the parties on the left, numbers and days on the right."""
    cursor, facts = bill.cursor, bill.facts
    small = cursor.style.scaled(0.7)
    middle = cursor.left + cursor.rng.uniform(0.5, 0.58) * (cursor.right - cursor.left)
    top = y = cursor.y + cursor.line
    parties = [("seller", facts.seller), ("buyer", facts.buyer)]
    for who, party in parties if cursor.chance(0.7) else parties[1:]:
        first = y - cursor.style.size
        cursor.sheet.write((cursor.left + 3, y), bill.word(who), small)
        lines = buyer_lines(bill, party, who)
        y = _fitted(
            bill, (cursor.left + 10, y + 1.3 * cursor.line), lines, middle - cursor.left - 24
        )
        cursor.sheet.draw_frame((cursor.left, first, middle - 8, y - 0.6 * cursor.style.size))
        y += 0.6 * cursor.line
    edges = (middle + 8, cursor.right)
    big = cursor.style.scaled(1.2, bold=True)
    cursor.sheet.write((edges[0] + 3, top), title_inks(bill, numbered=False), big)
    below = top + 1.6 * cursor.line
    for label, value in data_pairs(bill):
        cursor.sheet.write((edges[0] + 3, below), label, small)
        cursor.sheet.write(
            (edges[1] - 3, below + cursor.line), value, cursor.style.in_bold, align="r"
        )
        below += 2.2 * cursor.line
        if cursor.chance(0.8):
            cursor.sheet.horizontal_line(edges[0], below - cursor.style.size, edges[1])
    cursor.y = max(y, below) + 1.5 * cursor.line


def _strip(bill: InvoiceDraft) -> None:
    """The buyer on either side, then the data as a strip of labels above values."""
    cursor = bill.cursor
    right = cursor.chance(0.3)
    x = cursor.left + (0.55 * (cursor.right - cursor.left) if right else 0.0)
    cursor.y = max(cursor.y + 12, cursor.rng.uniform(90, 140))
    if cursor.chance(0.5):
        draw_sender_line(bill, (x, cursor.y))
        cursor.move_down(1.6)
    elif cursor.chance(0.6):
        cursor.sheet.write((x, cursor.y), bill.word("buyer"), cursor.style.in_bold)
        cursor.move_down(1.3)
    cursor.y = cursor.block((x, cursor.y), buyer_lines(bill, bill.facts.buyer, "buyer")) + 18
    draw_title(bill)
    draw_data_strip(bill, data_pairs(bill)[:6])


def _stacked(bill: InvoiceDraft) -> None:
    """All on the left, or the data first and the buyer after."""
    cursor = bill.cursor
    draw_title(bill)
    rows = data_pairs(bill)
    if cursor.chance(0.5):
        cursor.y = draw_data_block(bill, (cursor.left, cursor.y), 230, rows) + 14
        cursor.sheet.write((cursor.left, cursor.y), bill.word("buyer"), cursor.style.in_bold)
        cursor.move_down(1.2)
        cursor.y = (
            cursor.block((cursor.left, cursor.y), buyer_lines(bill, bill.facts.buyer, "buyer")) + 18
        )
    else:
        cursor.y = (
            cursor.block((cursor.left, cursor.y), buyer_lines(bill, bill.facts.buyer, "buyer")) + 14
        )
        cursor.y = draw_data_block(bill, (cursor.left, cursor.y), 230, rows) + 18


def _opening(bill: InvoiceDraft) -> None:
    cursor, facts, day = bill.cursor, bill.facts, bill.cursor.notation.day
    if cursor.chance(0.45):
        for thing in ("greeting", "opening"):
            if text := bill.word(thing):
                text = text.format(
                    order=facts.order_number,
                    ordered=day(facts.ordered),
                    delivered=day(facts.delivered),
                )
                cursor.paragraph(text)
                cursor.move_down(0.4)
    cursor.move_down(0.8)
