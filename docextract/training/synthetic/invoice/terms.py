"""Draws what stands below an invoice's table: totals, tax table, terms of payment, closing."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from docextract.training.synthetic.facts.notation import round_to_cents
from docextract.training.synthetic.invoice.blocks import (
    InvoiceDraft,
    bank_pairs,
    draw_data_block,
    format_rate,
    label_and_value,
    total_lines,
)
from docextract.training.synthetic.paper.cursor import (
    Cell,
    Column,
    LayoutCursor,
    draw_table,
    random_table_style,
)
from docextract.training.synthetic.paper.fonts import Style, text_width
from docextract.training.synthetic.paper.sheet import Ink, Inks, fill_template

#: What is left of a bill that is paid early.
_LESS = Decimal("0.98")


def draw_totals(bill: InvoiceDraft) -> None:
    """Draw the totals: flush right in a block, or as "label: amount" at the left."""
    cursor = bill.cursor
    if cursor.chance(0.2):
        draw_tax_table(bill)
    lines = total_lines(bill)
    cursor.ensure_space(len(lines) * cursor.line * 1.4)
    if cursor.chance(0.12):
        for label, amount, last in lines:
            style = cursor.style.in_bold if last and cursor.chance(0.5) else cursor.style
            cursor.sheet.write((cursor.left, cursor.y), [*label, Ink("\x00:"), *amount], style)
            cursor.move_down(1.2)
    else:
        _block(cursor, lines)
    cursor.move_down(0.8)


def _block(cursor: LayoutCursor, lines: Sequence[tuple[Inks, Inks, bool]]) -> None:
    """Labels and amounts flush with each other; perhaps in a box, perhaps under a line."""
    rng = cursor.rng
    room = rng.choice((150.0, 190.0, 230.0, 0.42 * (cursor.right - cursor.left)))
    left_side = cursor.chance(0.1)
    x1 = cursor.left + room + 40 if left_side else cursor.right - rng.choice((0.0, 0.0, 3.0))
    x0 = cursor.left if left_side else x1 - room - 20
    boxed, right_labels = cursor.chance(0.15), cursor.chance(0.3)
    top = cursor.y - cursor.style.size - 3
    spread = rng.choice((1.0, 1.15, 1.4))
    for label, amount, last in lines:
        style = cursor.style.in_bold if last and cursor.chance(0.8) else cursor.style
        if last and cursor.chance(0.3):
            cursor.sheet.horizontal_line(x0, cursor.y - cursor.style.size, x1)
        _sum_line(cursor, (x0, x1), (label, amount), style, right=right_labels)
        cursor.y += cursor.line * spread
    if boxed:
        cursor.sheet.draw_frame((x0 - 4, top, x1 + 4, cursor.y - cursor.style.size + 3))


def draw_tax_table(bill: InvoiceDraft) -> None:
    """Draw base and tax by rate in a small table; with one rate its tax is the tax total."""
    cursor, plain = bill.cursor, bill.cursor.notation.plain
    alone = "tax_total" if len(bill.facts.taxes) == 1 else ""
    keys = [("tax_rate", "l"), ("base", "r"), ("tax_amount", "r")]
    columns = [Column(key, bill.label(key), 1.0, align) for key, align in keys]
    rows: list[dict[str, Cell]] = [
        {
            "tax_rate": [format_rate(bill, tax.rate)],
            "base": [plain(tax.base)],
            "tax_amount": [bill.ink(plain(tax.amount), alone)],
        }
        for tax in bill.facts.taxes
    ]
    right = cursor.right
    cursor.right = cursor.left + cursor.rng.uniform(0.45, 0.7) * (right - cursor.left)
    draw_table(cursor, columns, rows, random_table_style(cursor.rng))
    cursor.right = right
    cursor.move_down(0.6)


def _sum_line(
    cursor: LayoutCursor,
    edges: tuple[float, float],
    line: tuple[Inks, Inks],
    style: Style,
    *,
    right: bool,
) -> None:
    label, amount = line
    x0, x1 = edges
    end = cursor.sheet.write((x1, cursor.y), amount, style, align="r")
    wide = end - cursor.sheet.paper.runs[-1].x
    if right:
        cursor.sheet.write((x1 - max(wide, 70.0) - 14, cursor.y), label, style, align="r")
    else:
        text = " ".join(ink.text.replace("\x00", "") for ink in label)
        cursor.sheet.write(
            (min(x0, x1 - wide - 12 - text_width(text, style)), cursor.y), label, style
        )


def draw_terms(bill: InvoiceDraft) -> None:
    """Draw the terms of payment and the closing."""
    cursor = bill.cursor
    if cursor.y + 4 * cursor.line > cursor.bottom and cursor.chance(0.7):
        return
    if cursor.chance(0.35) and not bill.printed.due:
        cursor.paragraph(terms_sentence(bill, bill.word("due_sentence")))
        bill.printed.due = True
        cursor.move_down(0.4)
    elif cursor.chance(0.5):
        cursor.paragraph(terms_sentence(bill, bill.word("terms")))
        cursor.move_down(0.4)
    if cursor.chance(0.2) and cursor.y < cursor.bottom - 3 * cursor.line:
        pairs = bank_pairs(bill, bill.facts.seller)
        if cursor.chance(0.5):
            cursor.paragraph([ink for pair in pairs for ink in label_and_value(pair)])
        else:
            cursor.y = draw_data_block(bill, (cursor.left, cursor.y), 260, pairs)
        cursor.move_down(0.4)
    if cursor.y < cursor.bottom - cursor.line and (text := bill.word("closing")):
        cursor.paragraph(text)


def terms_sentence(bill: InvoiceDraft, text: str) -> Inks:
    """A sentence of the terms with its labelled values."""
    facts, day = bill.facts, bill.cursor.notation.day
    values: dict[str, Inks] = {
        "due": [bill.ink(day(facts.due), "due_date")],
        "days": [Ink(str(facts.days))],
        "skonto": [Ink(day(facts.issued + timedelta(days=min(10, facts.days - 1))))],
        "gross": bill.cursor.money(facts.gross, "grand_total"),
        "reduced": bill.cursor.money(round_to_cents(facts.gross * _LESS)),
    }
    return fill_template(text, values)
