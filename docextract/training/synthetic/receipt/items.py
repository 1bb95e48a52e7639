"""Prints the line items of a receipt in one of the layouts that tills use."""

from decimal import Decimal

from docextract.training.synthetic.paper.sheet import Ink, Inks, wrap_text
from docextract.training.synthetic.receipt.facts import ReceiptItem
from docextract.training.synthetic.receipt.roll import ReceiptRoll


def print_items(roll: ReceiptRoll) -> None:
    """Print all line items in one random layout."""
    way = roll.rng.choices(("columns", "below", "above", "plain", "times"), (26, 22, 14, 24, 14))[0]
    if way == "columns" or roll.chance(0.25):
        _items_head(roll, way)
    suffix = roll.rng.choice(("", "", "", " SR", " A", " T", " ZRL", " *", " B"))
    for at, item in enumerate(roll.facts.items):
        _item(roll, way, at, item, suffix)


def _items_head(roll: ReceiptRoll, way: str) -> None:
    if way == "columns":
        xs = _stops(roll)
        heads = (
            ("QTY", "DESCRIPTION", "PRICE", "AMOUNT")
            if roll.facts.language == "en"
            else roll.word("heads").split(",")
        )
        roll.sheet.write((roll.left, roll.y), heads[0], roll.style)
        roll.sheet.write((xs[0], roll.y), heads[1], roll.style)
        roll.sheet.write((roll.right, roll.y), heads[3], roll.style, align="r")
        roll.move_down()
    else:
        roll.split(roll.word("heads").split(",")[1], roll.word("heads").split(",")[3])
    if roll.chance(0.4):
        roll.sheet.horizontal_line(roll.left, roll.y - roll.style.size, roll.right)
        roll.move_down(0.3)


def _stops(roll: ReceiptRoll) -> tuple[float, float]:
    wide = roll.right - roll.left
    return roll.left + 0.14 * wide, roll.right - 0.22 * wide


def _item(roll: ReceiptRoll, way: str, at: int, item: ReceiptItem, suffix: str) -> None:
    name = roll.ink(item.name, "line_items.description", at)
    amount: Inks = [
        *roll.money(item.amount, "line_items.amount", at),
        *([Ink(suffix, "", at)] if suffix else []),
    ]
    count = roll.ink(_number(roll, item), "line_items.quantity", at)
    price = roll.money(item.price, "line_items.unit_price", at)
    if way == "columns":
        _in_columns(roll, name, count, amount)
    elif way == "below":  # the name, then code, quantity x price and amount
        roll.text([Ink(item.code, "", at), name] if roll.chance(0.3) else name)
        cross = Ink(roll.rng.choice(("x", "X", "@", "*")), "", at)
        roll.split([count, cross, *price], amount)
    elif way == "above" and item.quantity != 1:
        cross = Ink(roll.rng.choice(("x", "X", "*")), "", at)
        roll.text([count, cross, *price])
        roll.split(name, amount)
    elif way == "times" and item.quantity != 1:
        roll.split([count, Ink("x", "", at), name], amount)
    else:
        roll.split([count, name] if way == "times" else name, amount)


def _number(roll: ReceiptRoll, item: ReceiptItem) -> str:
    """As a till counts: pieces, or kilograms with a comma or a point."""
    if isinstance(item.quantity, Decimal):
        return roll.facts.notation.plain(item.quantity, 3)
    return str(item.quantity)


def _in_columns(roll: ReceiptRoll, name: Ink, count: Ink, amount: Inks) -> None:
    x0, x1 = _stops(roll)
    roll.sheet.write((roll.left, roll.y), count, roll.style)
    lines = wrap_text(name, roll.style, x1 - x0 - 4)
    roll.sheet.write((roll.right, roll.y), amount, roll.style, align="r")
    for line in lines:
        roll.sheet.write((x0, roll.y), line, roll.style)
        roll.move_down()
