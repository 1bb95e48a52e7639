"""Draws an invoice's title, and its numbers and dates as a strip of labels above values."""

from collections.abc import Sequence

from docextract.training.synthetic.invoice.blocks import InvoiceDraft, Pair
from docextract.training.synthetic.paper.cursor import Cell, Column, draw_table, random_table_style
from docextract.training.synthetic.paper.sheet import Ink, Inks


def title_inks(bill: InvoiceDraft, *, numbered: bool) -> Inks:
    """The title of the document, perhaps with its number and date."""
    facts = bill.facts
    name = bill.word("credit" if facts.credit else "title")
    if not numbered:
        return [Ink(name)]
    rng = bill.cursor.rng
    inks = [
        Ink(name),
        Ink(
            rng.choice(("Nr.", "Nr.", "", "#", ":"))
            if facts.language == "de"
            else rng.choice(("", "No.", "#") if facts.language == "en" else ("N°", "", "nº"))
        ),
    ]
    inks.append(bill.ink(facts.number, "invoice_number"))
    if bill.cursor.chance(0.5):
        link = {"de": "vom", "en": rng.choice(("dated", "of", "-")), "fr": "du", "es": "de"}[
            facts.language
        ]
        inks += [Ink(link), bill.ink(bill.cursor.notation.day(facts.issued), "issue_date")]
    return inks


def draw_title(
    bill: InvoiceDraft, at: tuple[float, float] | None = None, *, numbered: bool | None = None
) -> None:
    """Draw the title in large letters, at `cursor.y` where no other place is given."""
    cursor = bill.cursor
    big = cursor.style.scaled(cursor.rng.choice((1.1, 1.3, 1.5, 1.8, 2.2)), bold=cursor.chance(0.8))
    inks = title_inks(bill, numbered=cursor.chance(0.35) if numbered is None else numbered)
    cursor.sheet.write(at or (cursor.left, cursor.y), inks, big)
    if at is None:
        cursor.y += big.size * 0.6 + cursor.line


def draw_data_strip(bill: InvoiceDraft, rows: Sequence[Pair]) -> None:
    """Draw a table of one row whose header are the labels."""
    cursor = bill.cursor
    columns = [
        Column(str(at), label, 1.0, cursor.rng.choice("llc")) for at, (label, _) in enumerate(rows)
    ]
    cells: dict[str, Cell] = {str(at): [value] for at, (_, value) in enumerate(rows)}
    cursor.move_down(0.5)
    draw_table(cursor, columns, [cells], random_table_style(cursor.rng))
    cursor.move_down(0.8)
