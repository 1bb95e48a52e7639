"""What stands below an invoice's table: sums, terms of payment, the polite end."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from docextract.training.synthetic.facts.notation import cents
from docextract.training.synthetic.invoice.blocks import (
    Bill,
    bank_pairs,
    data_block,
    joined,
    rate_text,
    sums,
)
from docextract.training.synthetic.paper.cursor import Cell, Column, Desk, look_of, table
from docextract.training.synthetic.paper.fonts import Style, width
from docextract.training.synthetic.paper.sheet import Ink, Inks, woven

#: What is left of a bill that is paid early.
_LESS = Decimal("0.98")


def totals(bill: Bill) -> None:
    """The sums below the table: flush right in a block, or as "label: amount" at the left."""
    desk = bill.desk
    if desk.chance(0.2):
        tax_table(bill)
    lines = sums(bill)
    desk.room(len(lines) * desk.line * 1.4)
    if desk.chance(0.12):
        for label, amount, last in lines:
            style = desk.style.heavy if last and desk.chance(0.5) else desk.style
            desk.sheet.write((desk.left, desk.y), [*label, Ink("\x00:"), *amount], style)
            desk.down(1.2)
    else:
        _block(desk, lines)
    desk.down(0.8)


def _block(desk: Desk, lines: Sequence[tuple[Inks, Inks, bool]]) -> None:
    """Labels and amounts flush with each other; perhaps in a box, perhaps under a line."""
    rng = desk.rng
    room = rng.choice((150.0, 190.0, 230.0, 0.42 * (desk.right - desk.left)))
    left_side = desk.chance(0.1)
    x1 = desk.left + room + 40 if left_side else desk.right - rng.choice((0.0, 0.0, 3.0))
    x0 = desk.left if left_side else x1 - room - 20
    boxed, right_labels = desk.chance(0.15), desk.chance(0.3)
    top = desk.y - desk.style.size - 3
    spread = rng.choice((1.0, 1.15, 1.4))
    for label, amount, last in lines:
        style = desk.style.heavy if last and desk.chance(0.8) else desk.style
        if last and desk.chance(0.3):
            desk.sheet.level(x0, desk.y - desk.style.size, x1)
        _sum_line(desk, (x0, x1), (label, amount), style, right=right_labels)
        desk.y += desk.line * spread
    if boxed:
        desk.sheet.frame((x0 - 4, top, x1 + 4, desk.y - desk.style.size + 3))


def tax_table(bill: Bill) -> None:
    """What is owed at each rate, in a small table; with one rate its tax is that of the bill."""
    desk, plain = bill.desk, bill.desk.manner.plain
    alone = "tax_total" if len(bill.facts.taxes) == 1 else ""
    keys = [("tax_rate", "l"), ("base", "r"), ("tax_amount", "r")]
    columns = [Column(key, bill.label(key), 1.0, align) for key, align in keys]
    rows: list[dict[str, Cell]] = [
        {
            "tax_rate": [rate_text(bill, tax.rate)],
            "base": [plain(tax.base)],
            "tax_amount": [bill.ink(plain(tax.amount), alone)],
        }
        for tax in bill.facts.taxes
    ]
    right = desk.right
    desk.right = desk.left + desk.rng.uniform(0.45, 0.7) * (right - desk.left)
    table(desk, columns, rows, look_of(desk.rng))
    desk.right = right
    desk.down(0.6)


def _sum_line(
    desk: Desk, edges: tuple[float, float], line: tuple[Inks, Inks], style: Style, *, right: bool
) -> None:
    label, amount = line
    x0, x1 = edges
    end = desk.sheet.write((x1, desk.y), amount, style, align="r")
    wide = end - desk.sheet.paper.runs[-1].x
    if right:
        desk.sheet.write((x1 - max(wide, 70.0) - 14, desk.y), label, style, align="r")
    else:
        text = " ".join(ink.text.replace("\x00", "") for ink in label)
        desk.sheet.write((min(x0, x1 - wide - 12 - width(text, style)), desk.y), label, style)


def terms(bill: Bill) -> None:
    """When and how to pay, and the polite end."""
    desk = bill.desk
    if desk.y + 4 * desk.line > desk.bottom and desk.chance(0.7):
        return
    if desk.chance(0.35) and not bill.told.due:
        desk.paragraph(sentence(bill, bill.word("due_sentence")))
        bill.told.due = True
        desk.down(0.4)
    elif desk.chance(0.5):
        desk.paragraph(sentence(bill, bill.word("terms")))
        desk.down(0.4)
    if desk.chance(0.2) and desk.y < desk.bottom - 3 * desk.line:
        pairs = bank_pairs(bill, bill.facts.seller)
        if desk.chance(0.5):
            desk.paragraph([ink for pair in pairs for ink in joined(pair)])
        else:
            desk.y = data_block(bill, (desk.left, desk.y), 260, pairs)
        desk.down(0.4)
    if desk.y < desk.bottom - desk.line and (text := bill.word("closing")):
        desk.paragraph(text)


def sentence(bill: Bill, text: str) -> Inks:
    """The sentence with its values inked."""
    facts, day = bill.facts, bill.desk.manner.day
    values: dict[str, Inks] = {
        "due": [bill.ink(day(facts.due), "due_date")],
        "days": [Ink(str(facts.days))],
        "skonto": [Ink(day(facts.issued + timedelta(days=min(10, facts.days - 1))))],
        "gross": bill.desk.money(facts.gross, "grand_total"),
        "reduced": bill.desk.money(cents(facts.gross * _LESS)),
    }
    return woven(text, values)
