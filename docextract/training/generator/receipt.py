"""Lays out a till receipt: a narrow roll, one or two types, flush sums."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from docextract.training.generator.fonts import Style, width
from docextract.training.generator.ids import digits, phone
from docextract.training.generator.receipt_facts import Bought, Receipt, receipt
from docextract.training.generator.sheet import Ink, Inks, Sheet, wrapped
from docextract.training.generator.vocabulary import loaded

KIND = "receipt"
FIELDS = (
    "merchant_name", "merchant_address", "merchant_phone", "date", "time", "currency", "subtotal", "tax", "tip",
    "total", "line_items", "line_items.description", "line_items.quantity", "line_items.unit_price",
    "line_items.amount",
)  # fmt: skip
_LONG = 3000.0  # points of paper before it is cut off


@dataclass
class Roll:
    """The paper as it comes out of the till."""

    rng: Random
    sheet: Sheet
    facts: Receipt
    style: Style
    left: float
    right: float
    y: float
    beside: str
    centred: bool

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.rng.random() < share

    def word(self, thing: str) -> str:
        """One of the words for a thing; Malaysia's tax and currency stay there."""
        words: list[str] = loaded(f"receipt.{self.facts.language}")[thing]
        if self.facts.country != "MY":
            words = [word for word in words if "GST" not in word and "RM" not in word]
        text = self.rng.choice(words)
        if self.style.family == "Courier" and self.chance(0.5):
            return text.upper().replace("{R}", "{r}")
        return text

    def ink(self, text: str, label: str = "", row: int = -1) -> Ink:
        """A value."""
        return self.sheet.ink(text, label, row)

    def down(self, lines: float = 1.0) -> None:
        """Feed the paper."""
        self.y += self.style.size * 1.25 * lines

    def head(self, inks: Inks | Ink | str, style: Style | None = None) -> None:
        """A line of the head, centred or not, wrapped."""
        used = style or self.style
        for line in wrapped(inks, used, self.right - self.left):
            if self.centred:
                self.sheet.write(((self.left + self.right) / 2, self.y), line, used, align="c")
            else:
                self.sheet.write((self.left, self.y), line, used)
            self.y += used.size * 1.25

    def text(self, inks: Inks | Ink | str) -> None:
        """A line at the left, wrapped."""
        for line in wrapped(inks, self.style, self.right - self.left):
            self.sheet.write((self.left, self.y), line, self.style)
            self.down()

    def split(
        self, left: Inks | Ink | str, right: Inks | Ink | str, style: Style | None = None
    ) -> None:
        """A text at the left and one at the right; on two lines if there is no room."""
        used = style or self.style
        end = self.sheet.write((self.left, self.y), left, used)
        text = (
            right
            if isinstance(right, str)
            else " ".join(i.text for i in ([right] if isinstance(right, Ink) else right))
        )
        if end + width(text.replace("\x00", ""), used) + 6 > self.right:
            self.y += used.size * 1.25
        self.sheet.write((self.right, self.y), right, used, align="r")
        self.y += used.size * 1.25

    def dashes(self) -> None:
        """What parts two sections."""
        way = self.rng.choice(("dash", "line", "space", "equals", "none"))
        if way in ("dash", "equals"):
            mark = "-" if way == "dash" else "="
            count = int((self.right - self.left) / width(mark, self.style))
            self.sheet.write((self.left, self.y), mark * count, self.style)
            self.down()
        elif way == "line":
            self.sheet.level(self.left, self.y - 0.5 * self.style.size, self.right)
            self.down(0.7)
        elif way == "space":
            self.down(0.6)


def draw(rng: Random) -> tuple[Receipt, Sheet]:
    """A receipt and the roll it is printed on."""
    facts = receipt(rng)
    wide = rng.choice((164.0, 200.0, 227.0, 227.0, 260.0))
    family = rng.choices(("Courier", "Helvetica", "Vera", "Times"), (45, 33, 16, 6))[0]
    size = {"Courier": wide / 28, "Helvetica": wide / 25, "Vera": wide / 30, "Times": wide / 24}[
        family
    ]
    style = Style(
        family, round(size * rng.uniform(0.85, 1.05), 1), stretch=rng.choice((100, 100, 90, 85))
    )
    margin = rng.uniform(6, 16)
    beside = rng.choice(("", "", "", facts.manner.beside))
    roll = Roll(
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
    _items(roll)
    roll.dashes()
    _sums(roll)
    _foot(roll)
    _cut(roll)
    return facts, roll.sheet


def _cut(roll: Roll) -> None:
    paper = roll.sheet.paper
    roll.sheet.height = paper.height = roll.y + 25


def _head(roll: Roll) -> None:
    facts, rng = roll.facts, roll.rng
    if roll.chance(0.12):
        roll.head(roll.word("greeting"))
    big = roll.style.bigger(rng.choice((1.0, 1.15, 1.3, 1.5)), bold=roll.chance(0.5))
    roll.head(roll.ink(facts.merchant.name, "merchant_name"), big)
    if facts.country == "MY" and roll.chance(0.6):
        roll.head(
            rng.choice(
                ("({}-{})", "(CO. NO. {}-{})", "({}-{} )", "CO REG NO: {}-{}", "ROC NO: {}-{}")
            ).format(digits(rng, rng.randint(5, 7)), rng.choice("ABDHKMPTUVWX"))
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
        roll.down(0.5)
        roll.head(roll.word("title"), roll.style.heavy if roll.chance(0.5) else None)


def _address(roll: Roll) -> None:
    lines = roll.facts.merchant.address.lines
    part = roll.ink("").part
    upper = roll.chance(0.25)
    texts = [line.upper() if upper else line for line in lines]
    if roll.chance(0.25):
        mark = " " if texts[0].endswith(",") else ", "
        texts = [mark.join(texts)]
    for text in texts:
        roll.head(Ink(text, "merchant_address", -1, part))


def _phone(roll: Roll) -> None:
    if not roll.chance(0.6):
        return
    inks = [Ink(roll.word("phone")), roll.ink(roll.facts.merchant.phone, "merchant_phone")]
    if roll.chance(0.25):
        inks += [Ink("FAX:"), Ink(phone(roll.rng, roll.facts.country))]
    roll.head(inks)


def _tax_id(roll: Roll) -> None:
    if roll.chance(0.6):
        roll.head(f"{roll.word('tax_id')} {roll.facts.merchant.vat_id}")


def _when(roll: Roll) -> tuple[Ink, Ink]:
    facts = roll.facts
    day = facts.manner.day(facts.day)
    if "{S}" in facts.manner.form and roll.chance(0.4):
        day = day.upper()
    moment = facts.moment.strftime(facts.clock)
    if facts.language == "de" and roll.chance(0.3):
        moment += " Uhr"
    return roll.ink(day, "date"), roll.ink(moment, "time")


def _meta(roll: Roll) -> None:
    """Number, cashier, date and time in an order at random."""
    facts, rng = roll.facts, roll.rng
    day, moment = _when(roll)
    roll.down(0.4)
    lines: list[tuple[str, Inks]] = []
    if roll.chance(0.75):
        lines.append((roll.word("number"), [Ink(facts.number)]))
    if roll.chance(0.5):
        lines.append((roll.word("cashier"), [Ink(facts.cashier)]))
    if facts.restaurant and roll.chance(0.6):
        lines.append((roll.word("table"), [Ink(str(rng.randint(1, 40)))]))
    if roll.chance(0.3):
        lines.append((roll.word("terminal"), [Ink(digits(rng, rng.randint(1, 6)))]))
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


def _meta_lines(roll: Roll, lines: list[tuple[str, Inks]]) -> None:
    colon = roll.rng.choice((":", ":", "", " :"))
    paired = roll.chance(0.2)
    flush = roll.chance(0.15)
    widest = max(width(label + colon, roll.style) for label, _ in lines) + 6
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


def _aligned(roll: Roll, label: str, inks: Inks, widest: float) -> None:
    roll.sheet.write((roll.left, roll.y), label, roll.style)
    for line in wrapped(inks, roll.style, roll.right - roll.left - widest):
        roll.sheet.write((roll.left + widest, roll.y), line, roll.style)
        roll.down()


def _items(roll: Roll) -> None:
    way = roll.rng.choices(("columns", "below", "above", "plain", "times"), (26, 22, 14, 24, 14))[0]
    if way == "columns" or roll.chance(0.25):
        _items_head(roll, way)
    suffix = roll.rng.choice(("", "", "", " SR", " A", " T", " ZRL", " *", " B"))
    for at, item in enumerate(roll.facts.items):
        _item(roll, way, at, item, suffix)


def _items_head(roll: Roll, way: str) -> None:
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
        roll.down()
    else:
        roll.split(roll.word("heads").split(",")[1], roll.word("heads").split(",")[3])
    if roll.chance(0.4):
        roll.sheet.level(roll.left, roll.y - roll.style.size, roll.right)
        roll.down(0.3)


def _stops(roll: Roll) -> tuple[float, float]:
    wide = roll.right - roll.left
    return roll.left + 0.14 * wide, roll.right - 0.22 * wide


def _money(
    roll: Roll, amount: Decimal, label: str, row: int = -1, beside: str | None = None
) -> list[Ink]:
    before, digits_, after = roll.facts.manner.money(
        amount, roll.beside if beside is None else beside
    )
    inks = [Ink(before)] if before else []
    inks.append(roll.ink(digits_, label, row))
    return [*inks, Ink(after)] if after else inks


def _item(roll: Roll, way: str, at: int, item: Bought, suffix: str) -> None:
    name = roll.ink(item.name, "line_items.description", at)
    amount: Inks = [
        *_money(roll, item.amount, "line_items.amount", at),
        *([Ink(suffix, "", at)] if suffix else []),
    ]
    count = roll.ink(str(item.quantity), "line_items.quantity", at)
    price = _money(roll, item.price, "line_items.unit_price", at)
    if way == "columns":
        _in_columns(roll, name, count, amount)
    elif way == "below":  # the name, then code, quantity x price and amount
        roll.text([Ink(item.code, "", at), name] if roll.chance(0.3) else name)
        cross = Ink(roll.rng.choice(("x", "X", "@", "*")), "", at)
        roll.split([count, cross, *price], amount)
    elif way == "above" and item.quantity > 1:
        cross = Ink(roll.rng.choice(("x", "X", "*")), "", at)
        roll.text([count, cross, *price])
        roll.split(name, amount)
    elif way == "times" and item.quantity > 1:
        roll.split([count._replace(text=f"{item.quantity}"), Ink("x", "", at), name], amount)
    else:
        roll.split([count, name] if way == "times" else name, amount)


def _in_columns(roll: Roll, name: Ink, count: Ink, amount: Inks) -> None:
    x0, x1 = _stops(roll)
    roll.sheet.write((roll.left, roll.y), count, roll.style)
    lines = wrapped(name, roll.style, x1 - x0 - 4)
    roll.sheet.write((roll.right, roll.y), amount, roll.style, align="r")
    for line in lines:
        roll.sheet.write((x0, roll.y), line, roll.style)
        roll.down()


def _total_line(roll: Roll, thing: str, amount: Decimal, label: str, *, big: bool = False) -> None:
    style = roll.style
    if big:
        style = style.bigger(roll.rng.choice((1.0, 1.0, 1.2, 1.4)), bold=roll.chance(0.5))
    text = roll.word(thing).format(r=roll.facts.manner.count(roll.facts.sums.rate))
    beside = None
    if big and roll.chance(0.25):
        beside = roll.facts.manner.beside or "code before"
    inks = _money(roll, amount, label, beside=beside)
    bare = {roll.facts.manner.sign, roll.facts.manner.currency}
    inks = [
        roll.ink(ink.text, "currency") if label and ink.text in bare and not ink.label else ink
        for ink in inks
    ]
    colon = roll.rng.choice(("", "", ":", " :"))
    roll.split(text + colon if not text.endswith(":") else text, inks, style)


def _sums(roll: Roll) -> None:
    facts, sums = roll.facts, roll.facts.sums
    if roll.chance(0.2):
        _quantities(roll)
    if not sums.included or roll.chance(0.75 if sums.subtotal != sums.total else 0.2):
        net = not sums.included or sums.subtotal + sums.tax + sums.rounding == sums.total
        _total_line(roll, "subtotal" if net else "amount", sums.subtotal, "subtotal")
    if not sums.included and roll.chance(0.95):
        _total_line(roll, "tax", sums.tax, "tax")
    _adjustments(roll)
    if roll.chance(0.2):
        roll.dashes()
    _total_line(roll, "total", sums.total, "total", big=True)
    if sums.included and roll.chance(0.55):
        _total_line(roll, "included_tax", sums.tax, "tax")
    if roll.chance(0.8):
        _payment(roll)
    if facts.country == "MY" and roll.chance(0.4):
        _summary(roll)


def _adjustments(roll: Roll) -> None:
    """Rounding to five cents, a tip."""
    sums = roll.facts.sums
    if sums.rounding or (roll.facts.country == "MY" and roll.chance(0.2)):
        if roll.chance(0.4):
            _total_line(roll, "before_rounding", sums.total - sums.rounding, "")
        _total_line(roll, "rounding", sums.rounding, "")
    if sums.tip:
        _total_line(roll, "tip", sums.tip, "tip")


def _quantities(roll: Roll) -> None:
    roll.split(roll.word("items"), str(sum(item.quantity for item in roll.facts.items)))


def _payment(roll: Roll) -> None:
    facts = roll.facts
    if roll.chance(0.6):
        _total_line(roll, "cash", facts.cash, "")
        _total_line(roll, "change", facts.cash - facts.sums.total, "")
    else:
        _total_line(roll, "card", facts.sums.total, "")
        if roll.chance(0.4):
            roll.text(f"XXXX XXXX XXXX {digits(roll.rng, 4)}")


def _summary(roll: Roll) -> None:
    """The table of what was taxed, whose amounts are no sums to pay."""
    facts = roll.facts
    roll.down(0.5)
    roll.text("GST SUMMARY")
    net = facts.sums.total - facts.sums.rounding - facts.sums.tax
    xs = (roll.left, roll.left + 0.65 * (roll.right - roll.left), roll.right)
    for cells in (
        ("SUMMARY" if roll.chance(0.5) else "TAX CODE", "AMOUNT", "TAX"),
        (f"SR @ {facts.sums.rate}%", facts.manner.plain(net), ""),
    ):
        roll.sheet.write((xs[0], roll.y), cells[0], roll.style)
        roll.sheet.write((xs[1], roll.y), cells[1], roll.style, align="r")
        roll.sheet.write(
            (xs[2], roll.y),
            cells[2] or roll.ink(facts.manner.plain(facts.sums.tax), "tax"),
            roll.style,
            align="r",
        )
        roll.down()


def _foot(roll: Roll) -> None:
    roll.down(0.6)
    for _ in range(roll.rng.randint(0, 3)):
        roll.head(roll.word("foot"))
    if roll.facts.language == "de" and roll.chance(0.4):
        roll.head(f"TSE-Signatur: {digits(roll.rng, 12)}")
        roll.head(f"Transaktion {digits(roll.rng, 5)}")
