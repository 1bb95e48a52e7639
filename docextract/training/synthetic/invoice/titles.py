"""What an invoice calls itself, and its numbers and days as a strip of labels above values."""

from collections.abc import Sequence

from docextract.training.synthetic.invoice.blocks import Bill, Pair
from docextract.training.synthetic.paper.cursor import Cell, Column, look_of, table
from docextract.training.synthetic.paper.sheet import Ink, Inks


def title_inks(bill: Bill, *, numbered: bool) -> Inks:
    """What the document is, and perhaps its number and day."""
    facts = bill.facts
    name = bill.word("credit" if facts.credit else "title")
    if not numbered:
        return [Ink(name)]
    rng = bill.desk.rng
    inks = [
        Ink(name),
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


def title(
    bill: Bill, at: tuple[float, float] | None = None, *, numbered: bool | None = None
) -> None:
    """The title in large letters, at `desk.y` where no other place is given."""
    desk = bill.desk
    big = desk.style.bigger(desk.rng.choice((1.1, 1.3, 1.5, 1.8, 2.2)), bold=desk.chance(0.8))
    inks = title_inks(bill, numbered=desk.chance(0.35) if numbered is None else numbered)
    desk.sheet.write(at or (desk.left, desk.y), inks, big)
    if at is None:
        desk.y += big.size * 0.6 + desk.line


def strip_of(bill: Bill, rows: Sequence[Pair]) -> None:
    """A table of one row: the labels are its header."""
    desk = bill.desk
    columns = [
        Column(str(at), label, 1.0, desk.rng.choice("llc")) for at, (label, _) in enumerate(rows)
    ]
    cells: dict[str, Cell] = {str(at): [value] for at, (_, value) in enumerate(rows)}
    desk.down(0.5)
    table(desk, columns, [cells], look_of(desk.rng))
    desk.down(0.8)
