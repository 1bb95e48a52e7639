"""Lays out an invoice: many pages that differ in all that invoices differ in."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from docextract.training.generator.desk import Cell, Column, Desk, desk_of, look_of, table
from docextract.training.generator.invoice_blocks import (
    Bill,
    Told,
    buyer_lines,
    data_block,
    data_pairs,
    footer,
    letterhead,
    sender_line,
    sums,
)
from docextract.training.generator.invoice_facts import Invoice, Row, invoice
from docextract.training.generator.sheet import Ink, Inks, Sheet

KIND = "invoice"
#: Every field of the kind's schema: all are marked where they are printed.
FIELDS = (
    "invoice_number", "issue_date", "due_date", "seller_name", "seller_address", "seller_vat_id",
    "seller_iban", "buyer_name", "buyer_address", "buyer_vat_id", "currency", "net_total", "tax_total",
    "grand_total", "line_items", "line_items.position", "line_items.description", "line_items.quantity",
    "line_items.unit", "line_items.unit_price", "line_items.net_amount", "line_items.tax_rate",
)  # fmt: skip


def draw(rng: Random) -> tuple[Invoice, Sheet]:
    """An invoice and the sheet it is printed on."""
    facts = invoice(rng)
    desk = desk_of(rng, facts.manner, letter=facts.seller.country == "US")
    bill = Bill(desk, facts, Told())
    _page(bill)
    return facts, desk.sheet


def _page(bill: Bill) -> None:
    desk = bill.desk
    letterhead(bill)
    _heads(bill)
    _opening(bill)
    items(bill)
    _totals(bill)
    terms(bill)
    if desk.chance(0.8):
        footer(bill)


def _heads(bill: Bill) -> None:
    """Title, addresses and data in one of the customary arrangements."""
    arrange = bill.desk.rng.choices((_window, _columns, _strip, _stacked), (50, 18, 20, 12))[0]
    if arrange is _columns:
        bill.desk.y = max(bill.desk.y, bill.desk.taken)
    arrange(bill)


def _title_inks(bill: Bill, *, numbered: bool) -> Inks:
    facts = bill.facts
    title = bill.word("credit" if facts.credit else "title")
    if not numbered:
        return [Ink(title)]
    rng = bill.desk.rng
    inks = [
        Ink(title),
        Ink(
            rng.choice(("Nr.", "Nr.", "", "#", ":"))
            if facts.language == "de"
            else rng.choice(("", "No.", "#") if facts.language == "en" else ("N°", "", "nº"))
        ),
    ]
    inks.append(bill.ink(facts.number, "invoice_number"))
    if bill.desk.chance(0.5):
        link = {"de": "vom", "en": rng.choice(("dated", "of", "-")), "fr": "du", "es": "de"}[
            facts.language
        ]
        inks += [Ink(link), bill.ink(bill.desk.manner.day(facts.issued), "issue_date")]
    return inks


def _title(
    bill: Bill, at: tuple[float, float] | None = None, *, numbered: bool | None = None
) -> None:
    desk = bill.desk
    big = desk.style.bigger(desk.rng.choice((1.1, 1.3, 1.5, 1.8, 2.2)), bold=desk.chance(0.8))
    inks = _title_inks(bill, numbered=desk.chance(0.35) if numbered is None else numbered)
    desk.sheet.write(at or (desk.left, desk.y), inks, big)
    if at is None:
        desk.y += big.size * 0.6 + desk.line


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
        _title(bill)
        return
    desk.y = under + desk.rng.uniform(20, 45)
    _title(bill)
    if desk.chance(0.5):
        _strip_of(bill, rows[:6])
    else:
        desk.y = data_block(bill, (desk.left, desk.y), 220, rows) + 6


def _columns(bill: Bill) -> None:
    """Title at the top; seller, buyer and perhaps the place of delivery beside each other."""
    desk, facts = bill.desk, bill.facts
    desk.down(1.5)
    _title(bill)
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
    from docextract.training.generator.sheet import wrapped

    return bill.desk.block(
        at, [piece for line in lines for piece in wrapped(line, bill.desk.style, room)]
    )


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
    _title(bill)
    _strip_of(bill, data_pairs(bill)[:6])


def _strip_of(bill: Bill, rows: list[tuple[str, Inks | Ink | str]]) -> None:
    """A table of one row: the labels are its header."""
    desk = bill.desk
    columns = [
        Column(str(at), label, 1.0, desk.rng.choice("llc")) for at, (label, _) in enumerate(rows)
    ]
    cells: dict[str, Cell] = {str(at): [value] for at, (_, value) in enumerate(rows)}
    desk.down(0.5)
    table(desk, columns, [cells], look_of(desk.rng))
    desk.down(0.8)


def _stacked(bill: Bill) -> None:
    """All on the left, or the data first and the buyer after."""
    desk = bill.desk
    _title(bill)
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


#: Column -> (share of the width, alignment, how often it is there).
_COLUMNS = {
    "position": (0.6, "l", 0.6), "article": (1.2, "l", 0.35), "description": (4.2, "l", 1.0),
    "quantity": (0.8, "r", 0.97), "unit": (0.7, "l", 0.55), "price": (1.25, "r", 0.94),
    "discount": (0.9, "r", 1.0), "rate": (0.9, "r", 0.4), "amount": (1.35, "r", 1.0), "gross_amount": (1.3, "r", 0.06),
}  # fmt: skip
_ORDERS = (
    ("position", "article", "description", "quantity", "unit", "price", "discount", "rate", "amount", "gross_amount"),
    ("quantity", "unit", "article", "description", "price", "discount", "rate", "amount", "gross_amount"),
    ("position", "quantity", "unit", "description", "article", "price", "discount", "amount", "rate"),
    ("description", "quantity", "unit", "price", "rate", "discount", "amount"),
    ("article", "description", "price", "quantity", "unit", "discount", "rate", "amount", "gross_amount"),
    ("position", "description", "rate", "quantity", "unit", "price", "discount", "amount"),
    ("quantity", "description", "rate", "price", "discount", "amount"),
)  # fmt: skip


def items(bill: Bill) -> None:
    """The table of what is charged for."""
    desk, facts = bill.desk, bill.facts
    chosen = {key for key, (_, _, share) in _COLUMNS.items() if desk.chance(share)}
    if all(row.discount == 0 for row in facts.rows):
        chosen.discard("discount")
    keys = [key for key in desk.rng.choice(_ORDERS) if key in chosen]
    merged = "unit" not in keys and desk.chance(0.35)  # "2 Std." in one cell
    headers = {key: bill.label(key) for key in keys}
    if desk.chance(0.15):
        headers = {key: text.upper() for key, text in headers.items()}
    centred = desk.chance(0.1)
    columns = [
        Column(
            key,
            headers[key],
            _COLUMNS[key][0] * desk.rng.uniform(0.85, 1.2),
            "c" if centred and key != "description" else _COLUMNS[key][1],
        )
        for key in keys
    ]
    beside = desk.rng.choice(("", "", desk.manner.beside))
    places = Cells(
        bill,
        beside,
        merged=merged,
        percent=desk.rng.choice((" %", "%", "")),
        glued=desk.chance(0.5),
        form=desk.rng.choice(("count", "count", "plain")),
    )
    table(
        desk, columns, [places.row(at, row) for at, row in enumerate(facts.rows)], look_of(desk.rng)
    )


class Cells:
    """Writes the rows of one table, all alike."""

    def __init__(
        self, bill: Bill, beside: str, *, merged: bool, percent: str, glued: bool, form: str
    ) -> None:
        self._bill, self._beside, self._merged = bill, beside, merged
        self._percent, self._glued, self._form = percent, glued, form

    def row(self, at: int, row: Row) -> Mapping[str, Cell]:
        """The cells of row `at`."""
        ink, desk = self._bill.ink, self._bill.desk
        quantity: list[Ink] = [ink(self._number(row), "line_items.quantity", at)]
        if self._merged:
            quantity.append(ink(row.good.unit, "line_items.unit", at))
        return {
            "position": [ink(row.position, "line_items.position", at)],
            "article": [ink(row.article, "", at)],
            "description": self._description(at, row),
            "quantity": [quantity],
            "unit": [ink(row.good.unit, "line_items.unit", at)],
            "price": [desk.money(row.good.price, "line_items.unit_price", at, self._beside)],
            "discount": [
                Ink(
                    f"{desk.manner.count(row.discount)}{self._percent or ' %'}"
                    if row.discount
                    else "",
                    "",
                    at,
                )
            ],
            "rate": [
                ink(f"{desk.manner.count(row.rate)}{self._percent}", "line_items.tax_rate", at)
            ],
            "amount": [desk.money(row.net, "line_items.net_amount", at, self._beside)],
            "gross_amount": [desk.money(row.gross, "", at, self._beside)],
        }

    def _number(self, row: Row) -> str:
        manner = self._bill.desk.manner
        if self._form == "plain" and row.quantity == row.quantity.quantize(row.good.price):
            return manner.plain(row.quantity)
        return manner.count(row.quantity)

    def _description(self, at: int, row: Row) -> Cell:
        ink, good = self._bill.ink, row.good
        lines: list[Ink]
        if good.detail and self._glued:
            lines = [
                ink(
                    f"{good.name}, {good.detail}"
                    if self._form == "count"
                    else f"{good.name} {good.detail}",
                    "line_items.description",
                    at,
                )
            ]
        elif good.detail:
            first = ink(good.name, "line_items.description", at)
            lines = [first, first._replace(text=good.detail)]
        else:
            lines = [ink(good.name, "line_items.description", at)]
        if row.note:
            lines.append(ink(row.note, "", at))
        return lines


def _totals(bill: Bill) -> None:
    desk = bill.desk
    lines = sums(bill)
    room = desk.rng.choice((150.0, 190.0, 230.0, 0.42 * (desk.right - desk.left)))
    left_side = desk.chance(0.1)
    x1 = desk.left + room + 40 if left_side else desk.right - desk.rng.choice((0.0, 0.0, 3.0))
    x0 = desk.left if left_side else x1 - room - 20
    desk.room(len(lines) * desk.line * 1.4)
    boxed = desk.chance(0.15)
    top = desk.y - desk.style.size - 3
    spread = desk.rng.choice((1.0, 1.15, 1.4))
    right_labels = desk.chance(0.3)
    for label, amount, last in lines:
        style = desk.style.heavy if last and desk.chance(0.8) else desk.style
        if last and desk.chance(0.3):
            desk.sheet.level(x0, desk.y - desk.style.size, x1)
        _sum_line(desk, (x0, x1), (label, amount), style, right=right_labels)
        desk.y += desk.line * spread
    if boxed:
        desk.sheet.frame((x0 - 4, top, x1 + 4, desk.y - desk.style.size + 3))
    desk.down(0.8)


def _sum_line(
    desk: Desk, edges: tuple[float, float], line: tuple[Inks, Inks], style: "Style", *, right: bool
) -> None:
    label, amount = line
    x0, x1 = edges
    end = desk.sheet.write((x1, desk.y), amount, style, align="r")
    wide = end - desk.sheet.paper.runs[-1].x
    if right:
        desk.sheet.write((x1 - max(wide, 70.0) - 14, desk.y), label, style, align="r")
    else:
        from docextract.training.generator.fonts import width

        text = " ".join(ink.text.replace("\x00", "") for ink in label)
        desk.sheet.write((min(x0, x1 - wide - 12 - width(text, style)), desk.y), label, style)


def terms(bill: Bill) -> None:
    """When and how to pay, and the polite end."""
    desk = bill.desk
    if desk.y + 4 * desk.line > desk.bottom and desk.chance(0.7):
        return
    if desk.chance(0.35) and not bill.told.due:
        desk.paragraph(_sentence(bill, bill.word("due_sentence")))
        bill.told.due = True
        desk.down(0.4)
    elif desk.chance(0.5):
        desk.paragraph(_sentence(bill, bill.word("terms")))
        desk.down(0.4)
    if desk.chance(0.2) and desk.y < desk.bottom - 3 * desk.line:
        from docextract.training.generator.invoice_blocks import bank_pairs, joined

        pairs = bank_pairs(bill, bill.facts.seller)
        if desk.chance(0.5):
            desk.paragraph([ink for pair in pairs for ink in joined(pair)])
        else:
            desk.y = data_block(bill, (desk.left, desk.y), 260, pairs)
        desk.down(0.4)
    if desk.y < desk.bottom - desk.line and (text := bill.word("closing")):
        desk.paragraph(text)


def _sentence(bill: Bill, text: str) -> Inks:
    """The sentence with its values inked."""
    facts, day = bill.facts, bill.desk.manner.day
    values = {
        "{due}": bill.ink(day(facts.due), "due_date"),
        "{days}": Ink(str(facts.days)),
        "{skonto}": Ink(day(facts.issued + timedelta(days=min(10, facts.days - 1)))),
        "{gross}": Ink(""),
    }
    return woven(text, values, {"{gross}": bill.desk.money(facts.gross, "grand_total")})


def woven(text: str, values: Mapping[str, Ink], several: Mapping[str, Inks]) -> Inks:
    """The text with inks in the place of "{name}"; marks after a place are joined to it."""
    import re

    inks: list[Ink] = []
    for piece in re.split(r"(\{\w+\})", text):
        if piece in several:
            inks += several[piece]
        elif piece in values:
            inks.append(values[piece])
        elif piece:
            joined = inks and not piece.startswith(" ")
            inks.append(Ink(("\x00" if joined else "") + piece))
    return inks
