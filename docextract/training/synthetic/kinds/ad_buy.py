"""Lays out orders for advertising time as stations and agencies print them."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.addresses import address
from docextract.training.synthetic.facts.identifiers import digits
from docextract.training.synthetic.facts.notation import Manner, cents, spelt
from docextract.training.synthetic.facts.people import last_name, person, town
from docextract.training.synthetic.facts.stated import Stated
from docextract.training.synthetic.facts.vocabulary import word
from docextract.training.synthetic.paper.cursor import (
    Cell,
    Column,
    Desk,
    desk_of,
    look_of,
    pairs_of,
    table,
)
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, woven, wrapped

KIND = "ad_buy"
FIELDS = ("contract_number", "advertiser", "gross_amount", "flight_start", "flight_end")
_FORMS = (
    "{mm}/{dd}/{yy}",
    "{mm}/{dd}/{yy}",
    "{mm}/{dd}/{yyyy}",
    "{m}/{d}/{yy}",
    "{m}/{d}/{yyyy}",
    "{S} {d}, {yyyy}",
    "{dd}-{S}-{yy}",
    "{S}{dd}/{yy}",
)


@dataclass(frozen=True)
class Spot:
    """A line of the order."""

    program: str
    days: str
    start: date
    end: date
    seconds: int
    weekly: int
    spots: int
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        """Gross."""
        return self.rate * self.spots


@dataclass
class Order:
    """An order on its way to paper."""

    desk: Desk
    invoiced: bool
    number: str
    advertiser: str
    agency: str
    station: str
    start: date
    end: date
    spots: tuple[Spot, ...]

    def word(self, thing: str) -> str:
        """One of the words for a thing."""
        return word(self.desk.rng, "ad", "en", thing)

    @property
    def gross(self) -> Decimal:
        """Of all lines."""
        return sum((spot.amount for spot in self.spots), Decimal(0))

    def span(self) -> Inks:
        """First and last day, with a dash, "to" or bare white between."""
        link = self.desk.rng.choice((" - ", " - ", " to ", " – ", " thru "))
        day = self.desk.manner.day
        values = {
            "a": [self.desk.ink(day(self.start), "flight_start")],
            "b": [self.desk.ink(day(self.end), "flight_end")],
        }
        return woven("{a}" + link + "{b}", values)


def draw(rng: Random, *, weekly: bool = False) -> tuple[Stated, Sheet]:
    """An order or a station's invoice, and its sheet; `weekly`: a column for each week's spots."""
    manner = Manner(
        "en",
        rng.choice(_FORMS),
        ",",
        ".",
        "USD",
        rng.choice(("joined before", "joined before", "", "sign before")),
    )
    desk = desk_of(rng, manner, letter=True)
    desk.style = desk.style._replace(size=rng.choice((7.0, 7.5, 8.0, 8.5)))
    if rng.random() < 0.35:  # across
        desk.sheet.width, desk.sheet.height = desk.sheet.height, desk.sheet.width
        paper = desk.sheet.paper
        paper.width, paper.height = desk.sheet.width, desk.sheet.height
        desk.right, desk.bottom = desk.sheet.width - 40, desk.sheet.height - 50
    order = _order(rng, desk)
    _head(order)
    if order.spots and rng.random() < 0.9:
        _lines(order, weekly=weekly)
    if rng.random() < 0.35:
        _months(order)
    _totals(order)
    if rng.random() < 0.6:
        desk.paragraph(order.word("condition"))
    values = {
        "contract_number": order.number,
        "advertiser": order.advertiser,
        "gross_amount": order.gross,
        "flight_start": order.start,
        "flight_end": order.end,
    }
    return Stated("en", values), desk.sheet


def _order(rng: Random, desk: Desk) -> Order:
    start = date(2010, 1, 4) + timedelta(days=rng.randrange(5000))
    end = start + timedelta(days=rng.choice((2, 4, 6, 6, 6, 13, 20, 27, 41)))
    number = rng.choice(
        (digits(rng, rng.randint(5, 8)), digits(rng, 8), f"{rng.choice('KW')}{digits(rng, 6)}")
    )
    if rng.random() < 0.35:
        number += rng.choice(("-1", "-2", "-3"))
    places = {
        "name": person(rng, "US"),
        "first": person(rng, "US"),
        "last": last_name("US"),
        "other": last_name("US"),
        "city": town("US"),
        "thing": word(rng, "ad", "en", "thing"),
        "n": str(rng.randint(1, 99)),
        "office": rng.choice(("Congress", "Senate", "Governor", "Sheriff", "Assembly")),
        "year": str(start.year),
    }
    advertiser = word(rng, "ad", "en", "person" if rng.random() < 0.65 else "cause").format(
        **places
    )
    if rng.random() < 0.15:
        advertiser = f"{rng.choice(('POL', 'Pol', 'Political'))}/{advertiser}"
    if rng.random() < 0.15:
        advertiser += rng.choice(("/D", "/R", " (D)", " - Democrat", "/Sen/D/US Senate"))
    letters = "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3))
    return Order(
        desk=desk,
        invoiced=rng.random() < 0.2,
        number=number,
        advertiser=advertiser.upper() if rng.random() < 0.15 else advertiser,
        agency=word(rng, "ad", "en", "agency_name").format(**places),
        station=f"{rng.choice('KW')}{letters}{rng.choice(('', '-TV', '-FM', '-DT', '-AM'))}",
        start=start,
        end=end,
        spots=tuple(_spot(rng, start, end) for _ in range(rng.choice((1, 2, 3, 5, 8, 12, 16)))),
    )


def _spot(rng: Random, start: date, end: date) -> Spot:
    days = (end - start).days
    first = start + timedelta(days=rng.choice((0, 0, 0, 7)) if days > 13 else 0)
    weekly = rng.choice((1, 1, 2, 3, 5, 10))
    spots = weekly * max(1, ((end - first).days + 1) // 7)
    rate = Decimal(
        rng.choice((25, 40, 75, 100, 150, 225, 300, 450, 600, 1200, 2500, 15, 8500))
    ) + Decimal("0.00")
    return Spot(
        word(rng, "ad", "en", "program"),
        word(rng, "ad", "en", "days"),
        first,
        end,
        rng.choice((15, 30, 30, 30, 60)),
        weekly,
        spots,
        rate,
    )


def _pairs(order: Order) -> list[tuple[str, Inks | Ink | str]]:
    """The head's labels and values."""
    desk, rng = order.desk, order.desk.rng
    number: Inks = [desk.ink(order.number, "contract_number")]
    if rng.random() < 0.35:
        number = (
            [*number, Ink("/"), Ink(str(rng.randint(0, 9)))]
            if rng.random() < 0.8
            else [*number, Ink("/")]
        )
    found: list[tuple[str, Inks | Ink | str]] = [
        (order.word("invoice_number" if order.invoiced else "number"), number),
        (order.word("advertiser"), desk.ink(order.advertiser, "advertiser")),
    ]
    if desk.chance(0.7):
        found.append((order.word("flight"), order.span()))
    else:
        found.append((order.word("start"), desk.ink(desk.manner.day(order.start), "flight_start")))
        found.append((order.word("end"), desk.ink(desk.manner.day(order.end), "flight_end")))
    other = desk.manner.day(order.start - timedelta(days=rng.randint(1, 30)))
    extras: tuple[tuple[float, str, str], ...] = (
        (0.6, "alternate", digits(rng, rng.randint(3, 8))),
        (0.7, "agency", order.agency),
        (
            0.5,
            "product",
            f"{order.advertiser.split()[0]} {rng.choice(('GENERAL', 'PRIMARY', 'Issue', 'TV'))}",
        ),
        (0.6, "original", rng.choice((other, f"{other} / {other}"))),
        (0.6, "station", order.station),
        (0.6, "executive", person(rng, "US")),
        (0.4, "office", town("US")),
        (0.3, "buyer", person(rng, "US")),
        (0.3, "demo", rng.choice(("Adults 35+", "HH", "A25-54", "RA35+"))),
        (0.5, "cycle", order.word("cycle_text")),
    )
    found += [(order.word(thing), text) for share, thing, text in extras if desk.chance(share)]
    if desk.chance(0.3):
        found.append((order.word("gross"), desk.money(order.gross, "gross_amount")))
    if desk.chance(0.7):
        rng.shuffle(found)
    return [(label.rstrip(":"), value) for label, value in found]


def _head(order: Order) -> None:
    desk = order.desk
    if desk.chance(0.6):
        lines: list[Inks | Ink | str] = [order.station, *address(desk.rng, "US").lines]
        if desk.chance(0.4):
            lines.append(
                f"Main: ({digits(desk.rng, 3)}) {digits(desk.rng, 3)}-{digits(desk.rng, 4)}"
            )
        desk.y = desk.block((desk.left, desk.y), lines) + desk.line
    big = desk.style.bigger(desk.rng.choice((1.2, 1.6, 2.0)), bold=True)
    title = order.word("invoice" if order.invoiced else "title")
    middle = desk.chance(0.5)
    desk.sheet.write(
        ((desk.left + desk.right) / 2 if middle else desk.left, desk.y),
        title,
        big,
        align="c" if middle else "l",
    )
    desk.y += big.size + 0.5 * desk.line
    pairs = _pairs(order)
    if desk.chance(0.3):
        _agency_block(order)
    way = desk.rng.choice(("two", "two", "one", "grid"))
    if way == "grid":
        _grid(order, pairs)
        return
    if way == "one":
        desk.y = desk.pairs((desk.left, desk.y), pairs, pairs_of(desk.rng, 300)) + desk.line
        return
    half = (len(pairs) + 1) // 2
    x = desk.left + 0.55 * (desk.right - desk.left)
    how = pairs_of(desk.rng, 0.45 * (desk.right - desk.left) - 10)
    desk.y = (
        max(
            desk.pairs((desk.left, desk.y), pairs[:half], how),
            desk.pairs((x, desk.y), pairs[half:], how),
        )
        + desk.line
    )


def _agency_block(order: Order) -> None:
    desk = order.desk
    lines: list[Inks | Ink | str] = [
        order.word("agency"),
        order.agency,
        *address(desk.rng, "US").lines,
    ]
    desk.y = desk.block((desk.left, desk.y), lines) + desk.line


def _grid(order: Order, pairs: list[tuple[str, Inks | Ink | str]]) -> None:
    """Boxes with a small label above each value, three or four in a row."""
    desk = order.desk
    across = desk.rng.choice((3, 4))
    step = (desk.right - desk.left) / across
    ruled = desk.chance(0.7)
    small = desk.style.bigger(0.85)
    for begin in range(0, len(pairs), across):
        group = pairs[begin : begin + across]
        cells = [
            wrapped([Ink(v)] if isinstance(v, str) else v, desk.style, step - 8) for _, v in group
        ]
        high = (1 + max(map(len, cells))) * desk.line + 4
        top = desk.y - desk.style.size
        for at, (label, _) in enumerate(group):
            x = desk.left + at * step
            if ruled:
                desk.sheet.frame((x, top, x + step, top + high))
            desk.sheet.write((x + 3, desk.y), label, small)
            desk.block((x + 3, desk.y + desk.line), cells[at])
        desk.y += high
    desk.down(1)


def _lines(order: Order, *, weekly: bool) -> None:
    desk = order.desk
    day = desk.manner.day
    keys = [
        key
        for key, share in (
            ("line", 0.8),
            ("station", 0.5),
            ("start", 0.8),
            ("end", 0.8),
            ("program", 1.0),
            ("days", 0.8),
            ("length", 0.7),
            ("week", 0.6),
            ("rate", 0.9),
            ("spots", 0.9),
            ("amount", 0.9),
        )
        if desk.chance(share)
    ]
    left = {"line", "station", "start", "end", "program", "days"}
    columns = [
        Column(
            key,
            order.word(f"h_{key}"),
            3.0 if key == "program" else 1.0,
            "l" if key in left else "r",
        )
        for key in keys
    ]
    weeks = [order.start + timedelta(days=at) for at in range(0, _days(order), 7)] * weekly
    at = keys.index("rate") if "rate" in keys else len(keys)
    columns[at:at] = [Column(f"{week}", spelt(week, "{mm}/{dd}", "en"), 0.6, "r") for week in weeks]
    rows: list[dict[str, Cell]] = []
    for number, spot in enumerate(order.spots, 1):
        rows.append(
            {
                "line": [str(number)],
                "station": [order.station],
                "start": [day(spot.start)],
                "end": [day(spot.end)],
                "program": [spot.program],
                "days": [spot.days],
                "length": [f":{spot.seconds}"],
                "week": [str(spot.weekly)],
                "rate": [desk.money(spot.rate)],
                "spots": [str(spot.spots)],
                "amount": [desk.money(spot.amount)],
                **{f"{week}": [str(spot.weekly) if week >= spot.start else "-"] for week in weeks},
            }
        )
    table(desk, columns, rows, look_of(desk.rng))


def _days(order: Order) -> int:
    return (order.end - order.start).days + 1


def _months(order: Order) -> None:
    """Sums by month: with one month, its gross is that of the order."""
    desk, gross = order.desk, order.gross
    keys = ("months", "spots", "gross", "net")
    columns = [Column(key, order.word(key), 1.0, "l" if key == "months" else "r") for key in keys]
    net = cents(gross * Decimal("0.85"))
    count = str(sum(spot.spots for spot in order.spots))
    row: dict[str, Cell] = {
        "months": [spelt(order.start, "{S} {yyyy}", "en")],
        "spots": [count],
        "gross": [desk.money(gross)],
        "net": [desk.money(net)],
    }
    last: dict[str, Cell] = {
        "months": ["Totals"],
        "spots": [count],
        "gross": [desk.money(gross, "gross_amount")],
        "net": [desk.money(net)],
    }
    table(desk, columns, [row, last], look_of(desk.rng))


def _totals(order: Order) -> None:
    desk, gross = order.desk, order.gross
    rows: list[tuple[str, Inks | Ink | str]] = []
    if desk.chance(0.5):
        rows.append((order.word("spots"), str(sum(spot.spots for spot in order.spots))))
    rows.append((order.word("gross"), desk.money(gross, "gross_amount")))
    if desk.chance(0.6):
        commission = cents(gross * Decimal("0.15"))
        rows += [
            (order.word("commission"), desk.money(commission)),
            (order.word("net"), desk.money(gross - commission)),
        ]
    desk.room(len(rows) * desk.line)
    x = desk.rng.choice((desk.left, desk.right - 220))
    desk.y = desk.pairs((x, desk.y), rows, pairs_of(desk.rng, 210)) + desk.line
