"""Synthetic orders for advertising time, laid out as stations and agencies print them."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.addresses import random_address
from docextract.training.synthetic.facts.document_facts import DocumentFacts
from docextract.training.synthetic.facts.identifiers import random_digits
from docextract.training.synthetic.facts.notation import Notation, format_date, round_to_cents
from docextract.training.synthetic.facts.people import last_name, random_person_name, town
from docextract.training.synthetic.facts.vocabulary import random_word
from docextract.training.synthetic.paper.cursor import (
    Cell,
    Column,
    LayoutCursor,
    draw_table,
    new_cursor,
    random_pair_style,
    random_table_style,
)
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, fill_template, wrap_text

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
    """An order being laid out: cursor and facts."""

    cursor: LayoutCursor
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
        return random_word(self.cursor.rng, "ad", "en", thing)

    @property
    def gross(self) -> Decimal:
        """Of all lines."""
        return sum((spot.amount for spot in self.spots), Decimal(0))

    def span(self) -> Inks:
        """First and last day, with a dash, "to" or bare white between."""
        link = self.cursor.rng.choice((" - ", " - ", " to ", " – ", " thru "))
        day = self.cursor.notation.day
        values = {
            "a": [self.cursor.ink(day(self.start), "flight_start")],
            "b": [self.cursor.ink(day(self.end), "flight_end")],
        }
        return fill_template("{a}" + link + "{b}", values)


def draw(rng: Random, *, weekly: bool = False) -> tuple[DocumentFacts, Sheet]:
    """Draw a random order or station's invoice; its facts and its sheet.

    `weekly`: a column for each week's spots.
    """
    notation = Notation(
        "en",
        rng.choice(_FORMS),
        ",",
        ".",
        "USD",
        rng.choice(("joined before", "joined before", "", "sign before")),
    )
    cursor = new_cursor(rng, notation, letter=True)
    cursor.style = cursor.style._replace(size=rng.choice((7.0, 7.5, 8.0, 8.5)))
    if rng.random() < 0.35:  # across
        cursor.sheet.width, cursor.sheet.height = cursor.sheet.height, cursor.sheet.width
        paper = cursor.sheet.paper
        paper.width, paper.height = cursor.sheet.width, cursor.sheet.height
        cursor.right, cursor.bottom = cursor.sheet.width - 40, cursor.sheet.height - 50
    order = _order(rng, cursor)
    _head(order)
    if order.spots and rng.random() < 0.9:
        _lines(order, weekly=weekly)
    if rng.random() < 0.35:
        _months(order)
    _totals(order)
    if rng.random() < 0.6:
        cursor.paragraph(order.word("condition"))
    values = {
        "contract_number": order.number,
        "advertiser": order.advertiser,
        "gross_amount": order.gross,
        "flight_start": order.start,
        "flight_end": order.end,
    }
    return DocumentFacts("en", values), cursor.sheet


def _order(rng: Random, cursor: LayoutCursor) -> Order:
    start = date(2010, 1, 4) + timedelta(days=rng.randrange(5000))
    end = start + timedelta(days=rng.choice((2, 4, 6, 6, 6, 13, 20, 27, 41)))
    number = rng.choice(
        (
            random_digits(rng, rng.randint(5, 8)),
            random_digits(rng, 8),
            f"{rng.choice('KW')}{random_digits(rng, 6)}",
        )
    )
    if rng.random() < 0.35:
        number += rng.choice(("-1", "-2", "-3"))
    places = {
        "name": random_person_name(rng, "US"),
        "first": random_person_name(rng, "US"),
        "last": last_name("US"),
        "other": last_name("US"),
        "city": town("US"),
        "thing": random_word(rng, "ad", "en", "thing"),
        "n": str(rng.randint(1, 99)),
        "office": rng.choice(("Congress", "Senate", "Governor", "Sheriff", "Assembly")),
        "year": str(start.year),
    }
    advertiser = random_word(rng, "ad", "en", "person" if rng.random() < 0.65 else "cause").format(
        **places
    )
    if rng.random() < 0.15:
        advertiser = f"{rng.choice(('POL', 'Pol', 'Political'))}/{advertiser}"
    if rng.random() < 0.15:
        advertiser += rng.choice(("/D", "/R", " (D)", " - Democrat", "/Sen/D/US Senate"))
    letters = "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3))
    return Order(
        cursor=cursor,
        invoiced=rng.random() < 0.2,
        number=number,
        advertiser=advertiser.upper() if rng.random() < 0.15 else advertiser,
        agency=random_word(rng, "ad", "en", "agency_name").format(**places),
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
        random_word(rng, "ad", "en", "program"),
        random_word(rng, "ad", "en", "days"),
        first,
        end,
        rng.choice((15, 30, 30, 30, 60)),
        weekly,
        spots,
        rate,
    )


def _pairs(order: Order) -> list[tuple[str, Inks | Ink | str]]:
    """The head's labels and values."""
    cursor, rng = order.cursor, order.cursor.rng
    number: Inks = [cursor.ink(order.number, "contract_number")]
    if rng.random() < 0.35:
        number = (
            [*number, Ink("/"), Ink(str(rng.randint(0, 9)))]
            if rng.random() < 0.8
            else [*number, Ink("/")]
        )
    found: list[tuple[str, Inks | Ink | str]] = [
        (order.word("invoice_number" if order.invoiced else "number"), number),
        (order.word("advertiser"), cursor.ink(order.advertiser, "advertiser")),
    ]
    if cursor.chance(0.7):
        found.append((order.word("flight"), order.span()))
    else:
        found.append(
            (order.word("start"), cursor.ink(cursor.notation.day(order.start), "flight_start"))
        )
        found.append((order.word("end"), cursor.ink(cursor.notation.day(order.end), "flight_end")))
    other = cursor.notation.day(order.start - timedelta(days=rng.randint(1, 30)))
    extras: tuple[tuple[float, str, str], ...] = (
        (0.6, "alternate", random_digits(rng, rng.randint(3, 8))),
        (0.7, "agency", order.agency),
        (
            0.5,
            "product",
            f"{order.advertiser.split()[0]} {rng.choice(('GENERAL', 'PRIMARY', 'Issue', 'TV'))}",
        ),
        (0.6, "original", rng.choice((other, f"{other} / {other}"))),
        (0.6, "station", order.station),
        (0.6, "executive", random_person_name(rng, "US")),
        (0.4, "office", town("US")),
        (0.3, "buyer", random_person_name(rng, "US")),
        (0.3, "demo", rng.choice(("Adults 35+", "HH", "A25-54", "RA35+"))),
        (0.5, "cycle", order.word("cycle_text")),
    )
    found += [(order.word(thing), text) for share, thing, text in extras if cursor.chance(share)]
    if cursor.chance(0.3):
        found.append((order.word("gross"), cursor.money(order.gross, "gross_amount")))
    if cursor.chance(0.7):
        rng.shuffle(found)
    return [(label.rstrip(":"), value) for label, value in found]


def _head(order: Order) -> None:
    cursor = order.cursor
    if cursor.chance(0.6):
        lines: list[Inks | Ink | str] = [order.station, *random_address(cursor.rng, "US").lines]
        if cursor.chance(0.4):
            area, *number = (random_digits(cursor.rng, count) for count in (3, 3, 4))
            lines.append(f"Main: ({area}) {'-'.join(number)}")
        cursor.y = cursor.block((cursor.left, cursor.y), lines) + cursor.line
    big = cursor.style.scaled(cursor.rng.choice((1.2, 1.6, 2.0)), bold=True)
    title = order.word("invoice" if order.invoiced else "title")
    middle = cursor.chance(0.5)
    cursor.sheet.write(
        ((cursor.left + cursor.right) / 2 if middle else cursor.left, cursor.y),
        title,
        big,
        align="c" if middle else "l",
    )
    cursor.y += big.size + 0.5 * cursor.line
    pairs = _pairs(order)
    if cursor.chance(0.3):
        _agency_block(order)
    way = cursor.rng.choice(("two", "two", "one", "grid"))
    if way == "grid":
        _grid(order, pairs)
        return
    if way == "one":
        cursor.y = (
            cursor.pairs((cursor.left, cursor.y), pairs, random_pair_style(cursor.rng, 300))
            + cursor.line
        )
        return
    half = (len(pairs) + 1) // 2
    x = cursor.left + 0.55 * (cursor.right - cursor.left)
    how = random_pair_style(cursor.rng, 0.45 * (cursor.right - cursor.left) - 10)
    cursor.y = (
        max(
            cursor.pairs((cursor.left, cursor.y), pairs[:half], how),
            cursor.pairs((x, cursor.y), pairs[half:], how),
        )
        + cursor.line
    )


def _agency_block(order: Order) -> None:
    cursor = order.cursor
    lines: list[Inks | Ink | str] = [
        order.word("agency"),
        order.agency,
        *random_address(cursor.rng, "US").lines,
    ]
    cursor.y = cursor.block((cursor.left, cursor.y), lines) + cursor.line


def _grid(order: Order, pairs: list[tuple[str, Inks | Ink | str]]) -> None:
    """Boxes with a small label above each value, three or four in a row."""
    cursor = order.cursor
    across = cursor.rng.choice((3, 4))
    step = (cursor.right - cursor.left) / across
    ruled = cursor.chance(0.7)
    small = cursor.style.scaled(0.85)
    for begin in range(0, len(pairs), across):
        group = pairs[begin : begin + across]
        cells = [
            wrap_text([Ink(v)] if isinstance(v, str) else v, cursor.style, step - 8)
            for _, v in group
        ]
        high = (1 + max(map(len, cells))) * cursor.line + 4
        top = cursor.y - cursor.style.size
        for at, (label, _) in enumerate(group):
            x = cursor.left + at * step
            if ruled:
                cursor.sheet.draw_frame((x, top, x + step, top + high))
            cursor.sheet.write((x + 3, cursor.y), label, small)
            cursor.block((x + 3, cursor.y + cursor.line), cells[at])
        cursor.y += high
    cursor.move_down(1)


def _lines(order: Order, *, weekly: bool) -> None:
    cursor = order.cursor
    day = cursor.notation.day
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
        if cursor.chance(share)
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
    columns[at:at] = [
        Column(f"{week}", format_date(week, "{mm}/{dd}", "en"), 0.6, "r") for week in weeks
    ]
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
                "rate": [cursor.money(spot.rate)],
                "spots": [str(spot.spots)],
                "amount": [cursor.money(spot.amount)],
                **{f"{week}": [str(spot.weekly) if week >= spot.start else "-"] for week in weeks},
            }
        )
    draw_table(cursor, columns, rows, random_table_style(cursor.rng))


def _days(order: Order) -> int:
    return (order.end - order.start).days + 1


def _months(order: Order) -> None:
    """Sums by month: with one month, its gross is that of the order."""
    cursor, gross = order.cursor, order.gross
    keys = ("months", "spots", "gross", "net")
    columns = [Column(key, order.word(key), 1.0, "l" if key == "months" else "r") for key in keys]
    net = round_to_cents(gross * Decimal("0.85"))
    count = str(sum(spot.spots for spot in order.spots))
    row: dict[str, Cell] = {
        "months": [format_date(order.start, "{S} {yyyy}", "en")],
        "spots": [count],
        "gross": [cursor.money(gross)],
        "net": [cursor.money(net)],
    }
    last: dict[str, Cell] = {
        "months": ["Totals"],
        "spots": [count],
        "gross": [cursor.money(gross, "gross_amount")],
        "net": [cursor.money(net)],
    }
    draw_table(cursor, columns, [row, last], random_table_style(cursor.rng))


def _totals(order: Order) -> None:
    cursor, gross = order.cursor, order.gross
    rows: list[tuple[str, Inks | Ink | str]] = []
    if cursor.chance(0.5):
        rows.append((order.word("spots"), str(sum(spot.spots for spot in order.spots))))
    rows.append((order.word("gross"), cursor.money(gross, "gross_amount")))
    if cursor.chance(0.6):
        commission = round_to_cents(gross * Decimal("0.15"))
        rows += [
            (order.word("commission"), cursor.money(commission)),
            (order.word("net"), cursor.money(gross - commission)),
        ]
    cursor.ensure_space(len(rows) * cursor.line)
    x = cursor.rng.choice((cursor.left, cursor.right - 220))
    cursor.y = cursor.pairs((x, cursor.y), rows, random_pair_style(cursor.rng, 210)) + cursor.line
