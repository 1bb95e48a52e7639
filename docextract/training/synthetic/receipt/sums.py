"""Prints what stands below a receipt's items: totals, tax, rounding, payment."""

from decimal import Decimal

from docextract.training.synthetic.facts.identifiers import random_digits
from docextract.training.synthetic.receipt.roll import ReceiptRoll


def _total_line(
    roll: ReceiptRoll, thing: str, amount: Decimal, label: str, *, big: bool = False
) -> None:
    style = roll.style
    if big:
        style = style.scaled(roll.rng.choice((1.0, 1.0, 1.2, 1.4)), bold=roll.chance(0.5))
    text = roll.word(thing).format(r=roll.facts.notation.count(roll.facts.sums.rate))
    beside = None
    if big and roll.chance(0.25):
        beside = roll.facts.notation.beside or "code before"
    inks = roll.money(amount, label, beside=beside)
    bare = {roll.facts.notation.sign, roll.facts.notation.currency}
    inks = [
        roll.ink(ink.text, "currency") if label and ink.text in bare and not ink.label else ink
        for ink in inks
    ]
    colon = roll.rng.choice(("", "", ":", " :"))
    roll.split(text + colon if not text.endswith(":") else text, inks, style)


def print_totals(roll: ReceiptRoll) -> None:
    """Print the totals, from the subtotal to the change."""
    facts, owed = roll.facts, roll.facts.sums
    if roll.chance(0.2) and not owed.taxes:
        _quantities(roll)
    if not owed.included or roll.chance(0.75 if owed.subtotal != owed.total else 0.2):
        net = not owed.included or owed.subtotal + owed.tax + owed.rounding == owed.total
        _total_line(roll, "subtotal" if net else "amount", owed.subtotal, "subtotal")
    if not owed.included and roll.chance(0.95):
        _total_line(roll, "tax", owed.tax, "tax")
    _adjustments(roll)
    if roll.chance(0.2):
        roll.dashes()
    _total_line(roll, "total", owed.total, "total", big=True)
    if owed.taxes:
        _rates(roll)
    elif owed.included and roll.chance(0.55):
        _total_line(roll, "included_tax", owed.tax, "tax")
    if roll.chance(0.8):
        _payment(roll)
    if facts.country == "MY" and roll.chance(0.4):
        _summary(roll)


def _rates(roll: ReceiptRoll) -> None:
    """The tax at each rate and all of it; what was taxed beside it where there is room."""
    facts = roll.facts
    for rate, amount, tax in facts.sums.taxes:
        text = roll.word("included_tax").format(r=facts.notation.count(rate))
        rated = text if any(sign.isdigit() for sign in text) else f"{text} {rate}%"
        roll.split(f"{rated} / {facts.notation.plain(amount)}", facts.notation.plain(tax))
    roll.split(roll.word("all_tax"), roll.money(facts.sums.tax, "tax"))


def _adjustments(roll: ReceiptRoll) -> None:
    """Rounding to five cents, a tip."""
    sums = roll.facts.sums
    if sums.rounding or (roll.facts.country == "MY" and roll.chance(0.2)):
        if roll.chance(0.4):
            _total_line(roll, "before_rounding", sums.total - sums.rounding, "")
        _total_line(roll, "rounding", sums.rounding, "")
    if sums.tip:
        _total_line(roll, "tip", sums.tip, "tip")


def _quantities(roll: ReceiptRoll) -> None:
    roll.split(roll.word("items"), str(sum(item.quantity for item in roll.facts.items)))


def _payment(roll: ReceiptRoll) -> None:
    facts = roll.facts
    if roll.chance(0.6):
        _total_line(roll, "cash", facts.cash, "")
        _total_line(roll, "change", facts.cash - facts.sums.total, "")
    else:
        _total_line(roll, "card", facts.sums.total, "")
        if roll.chance(0.4):
            roll.text(f"XXXX XXXX XXXX {random_digits(roll.rng, 4)}")


def _summary(roll: ReceiptRoll) -> None:
    """The table of what was taxed, whose amounts are no sums to pay."""
    facts = roll.facts
    roll.move_down(0.5)
    roll.text("GST SUMMARY")
    net = facts.sums.total - facts.sums.rounding - facts.sums.tax
    xs = (roll.left, roll.left + 0.65 * (roll.right - roll.left), roll.right)
    for cells in (
        ("SUMMARY" if roll.chance(0.5) else "TAX CODE", "AMOUNT", "TAX"),
        (f"SR @ {facts.sums.rate}%", facts.notation.plain(net), ""),
    ):
        roll.sheet.write((xs[0], roll.y), cells[0], roll.style)
        roll.sheet.write((xs[1], roll.y), cells[1], roll.style, align="r")
        roll.sheet.write(
            (xs[2], roll.y),
            cells[2] or roll.ink(facts.notation.plain(facts.sums.tax), "tax"),
            roll.style,
            align="r",
        )
        roll.move_down()
