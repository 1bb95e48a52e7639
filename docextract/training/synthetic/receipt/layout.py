"""Random layouts of till receipts: head, metadata, items, totals, foot on a narrow roll."""

from random import Random

from docextract.training.synthetic.facts.document_facts import FactsOverride, unchanged
from docextract.training.synthetic.facts.identifiers import phone, random_digits
from docextract.training.synthetic.paper.fonts import Style, text_width
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, wrap_text
from docextract.training.synthetic.receipt.facts import Receipt, random_receipt
from docextract.training.synthetic.receipt.items import print_items
from docextract.training.synthetic.receipt.roll import ReceiptRoll
from docextract.training.synthetic.receipt.sums import print_totals

KIND = "receipt"
FIELDS = (
    "merchant_name",
    "merchant_address",
    "merchant_phone",
    "date",
    "time",
    "currency",
    "subtotal",
    "tax",
    "tip",
    "total",
    "line_items",
    "line_items.description",
    "line_items.quantity",
    "line_items.unit_price",
    "line_items.amount",
)
_LONG = 3000.0  # points of paper before it is cut off


def draw(rng: Random, override: FactsOverride[Receipt] = unchanged) -> tuple[Receipt, Sheet]:
    """Draw a random receipt; its facts and the roll it is printed on."""
    facts = override(random_receipt(rng))
    wide = rng.choice((164.0, 200.0, 227.0, 227.0, 260.0))
    family = rng.choices(("Courier", "Helvetica", "Vera", "Times"), (45, 33, 16, 6))[0]
    size = {"Courier": wide / 28, "Helvetica": wide / 25, "Vera": wide / 30, "Times": wide / 24}[
        family
    ]
    style = Style(
        family, round(size * rng.uniform(0.85, 1.05), 1), stretch=rng.choice((100, 100, 90, 85))
    )
    margin = rng.uniform(6, 16)
    beside = rng.choice(("", "", "", facts.notation.beside))
    roll = ReceiptRoll(
        rng,
        Sheet(wide, _LONG),
        facts,
        style,
        margin,
        wide - margin,
        rng.uniform(20, 45),
        beside,
        rng.random() < 0.75,
    )
    _head(roll)
    _meta(roll)
    roll.dashes()
    print_items(roll)
    roll.dashes()
    print_totals(roll)
    _foot(roll)
    _cut(roll)
    return facts, roll.sheet


def _cut(roll: ReceiptRoll) -> None:
    paper = roll.sheet.paper
    roll.sheet.height = paper.height = roll.y + 25


def _head(roll: ReceiptRoll) -> None:
    facts, rng = roll.facts, roll.rng
    if roll.chance(0.12):
        roll.head(roll.word("greeting"))
    big = roll.style.scaled(rng.choice((1.0, 1.15, 1.3, 1.5)), bold=roll.chance(0.5))
    roll.head(roll.ink(facts.merchant.name, "merchant_name"), big)
    if facts.country == "MY" and roll.chance(0.6):
        roll.head(
            rng.choice(
                ("({}-{})", "(CO. NO. {}-{})", "({}-{} )", "CO REG NO: {}-{}", "ROC NO: {}-{}")
            ).format(random_digits(rng, rng.randint(5, 7)), rng.choice("ABDHKMPTUVWX"))
        )
    if facts.branch and roll.chance(0.6):
        roll.head(facts.branch)
    if roll.chance(0.93):
        _address(roll)
    steps = [_phone, _tax_id]
    if roll.chance(0.3):
        steps.reverse()
    for step in steps:
        step(roll)
    if roll.chance(0.15):
        roll.head(facts.merchant.web if roll.chance(0.5) else facts.merchant.email)
    if roll.chance(0.5):
        roll.move_down(0.5)
        roll.head(roll.word("title"), roll.style.in_bold if roll.chance(0.5) else None)


def _address(roll: ReceiptRoll) -> None:
    lines = roll.facts.merchant.address.lines
    part = roll.ink("").part
    upper = roll.chance(0.25)
    texts = [line.upper() if upper else line for line in lines]
    if roll.chance(0.25):
        mark = " " if texts[0].endswith(",") else ", "
        texts = [mark.join(texts)]
    for text in texts:
        roll.head(Ink(text, "merchant_address", -1, part))


def _phone(roll: ReceiptRoll) -> None:
    if not roll.chance(0.6):
        return
    inks = [Ink(roll.word("phone")), roll.ink(roll.facts.merchant.phone, "merchant_phone")]
    if roll.chance(0.25):
        inks += [Ink("FAX:"), Ink(phone(roll.rng, roll.facts.country))]
    roll.head(inks)


def _tax_id(roll: ReceiptRoll) -> None:
    if roll.chance(0.6):
        roll.head(f"{roll.word('tax_id')} {roll.facts.merchant.vat_id}")


def _when(roll: ReceiptRoll) -> tuple[Ink, Ink]:
    facts = roll.facts
    day = facts.notation.day(facts.day)
    if "{S}" in facts.notation.form and roll.chance(0.4):
        day = day.upper()
    moment = facts.moment.strftime(facts.clock)
    if facts.language == "de" and roll.chance(0.3):
        moment += " Uhr"
    return roll.ink(day, "date"), roll.ink(moment, "time")


def _meta(roll: ReceiptRoll) -> None:
    """Number, cashier, date and time in an order at random."""
    facts, rng = roll.facts, roll.rng
    day, moment = _when(roll)
    roll.move_down(0.4)
    lines: list[tuple[str, Inks]] = []
    if roll.chance(0.75):
        lines.append((roll.word("number"), [Ink(facts.number)]))
    if roll.chance(0.5):
        lines.append((roll.word("cashier"), [Ink(facts.cashier)]))
    if facts.restaurant and roll.chance(0.6):
        lines.append((roll.word("table"), [Ink(str(rng.randint(1, 40)))]))
    if roll.chance(0.3):
        lines.append((roll.word("terminal"), [Ink(random_digits(rng, rng.randint(1, 6)))]))
    way = rng.choices(("together", "bare", "apart", "no time"), (40, 25, 22, 13))[0]
    if way == "together":
        lines.append((roll.word("date"), [day, moment]))
    elif way == "apart":
        lines += [(roll.word("date"), [day]), (roll.word("time"), [moment])]
    elif way == "no time":
        lines.append((roll.word("date"), [day]))
    else:
        lines.append(("", [day, moment]))
    if roll.chance(0.6):
        rng.shuffle(lines)
    _meta_lines(roll, lines)


def _meta_lines(roll: ReceiptRoll, lines: list[tuple[str, Inks]]) -> None:
    colon = roll.rng.choice((":", ":", "", " :"))
    paired = roll.chance(0.2)
    flush = roll.chance(0.15)
    widest = max(text_width(label + colon, roll.style) for label, _ in lines) + 6
    aligned = roll.chance(0.35)
    for label, inks in lines:
        if not label:
            if flush:
                roll.split([inks[0]], [inks[1]])
            else:
                roll.text(inks)
        elif paired and flush:
            roll.split(label + colon, inks)
        elif aligned:
            _aligned(roll, label + colon, inks, widest)
        else:
            roll.text([Ink(label + colon), *inks])


def _aligned(roll: ReceiptRoll, label: str, inks: Inks, widest: float) -> None:
    roll.sheet.write((roll.left, roll.y), label, roll.style)
    for line in wrap_text(inks, roll.style, roll.right - roll.left - widest):
        roll.sheet.write((roll.left + widest, roll.y), line, roll.style)
        roll.move_down()


def _foot(roll: ReceiptRoll) -> None:
    roll.move_down(0.6)
    for _ in range(roll.rng.randint(0, 3)):
        roll.head(roll.word("foot"))
    if roll.facts.language == "de" and roll.chance(0.4):
        roll.head(f"TSE-Signatur: {random_digits(roll.rng, 12)}")
        roll.head(f"Transaktion {random_digits(roll.rng, 5)}")
