"""What stands below an invoice's table: sums, terms of payment, the polite end."""

from datetime import timedelta

from docextract.training.generator.desk import Desk
from docextract.training.generator.fonts import Style, width
from docextract.training.generator.invoice_blocks import (
    Bill,
    bank_pairs,
    data_block,
    joined,
    sums,
)
from docextract.training.generator.sheet import Ink, Inks, woven


def totals(bill: Bill) -> None:
    """The sums, flush below the table."""
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
    }
    return woven(text, values)
