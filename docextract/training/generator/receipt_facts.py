"""What a till receipt says."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random

from docextract.training.generator.manner import Manner, cents, manner_of
from docextract.training.generator.parties import Party, company, digits
from docextract.training.generator.people import last_name
from docextract.training.generator.vocabulary import loaded

_LANGUAGES = {"MY": "en", "US": "en", "GB": "en", "DE": "de", "AT": "de", "FR": "fr", "ES": "es"}
_PLACES = (("MY", 42), ("US", 16), ("DE", 18), ("GB", 10), ("AT", 4), ("FR", 7), ("ES", 3))
_RATES = {"MY": ("6", "6", "0"), "US": ("8.25", "6", "7"), "GB": ("20", "0", "20"), "DE": ("19", "7", "7"),
          "AT": ("20", "10", "10"), "FR": ("10", "5.5", "20"), "ES": ("10", "21", "10")}  # fmt: skip
_SIZES = ("", "", "", " 1KG", " 500G", " 1L", " LARGE", " (S)", " X2", " 250ML", " BLUE", " #2")


@dataclass(frozen=True)
class Bought:
    """An article on a receipt; prices as the till prints them."""

    code: str
    name: str
    quantity: int
    price: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Receipt:
    """All that a receipt may say."""

    language: str
    country: str
    manner: Manner
    merchant: Party
    branch: str
    day: date
    moment: time
    items: tuple[Bought, ...]
    rate: Decimal
    included: bool  # prices include the tax
    subtotal: Decimal
    tax: Decimal
    tip: Decimal
    rounding: Decimal
    total: Decimal
    cash: Decimal
    number: str
    cashier: str
    restaurant: bool


def receipt(rng: Random) -> Receipt:
    """A purchase somewhere."""
    places, weights = zip(*_PLACES, strict=True)
    country = rng.choices(places, weights)[0]
    language = _LANGUAGES[country]
    trade = rng.randrange(len(loaded("till")[language]))
    items = _items(rng, language, trade)
    amount = sum((item.amount for item in items), Decimal(0))
    rate = Decimal(rng.choice(_RATES[country]))
    included = country not in ("US", "MY") or (country == "MY" and rng.random() < 0.6)
    tax = cents(amount * rate / (100 + rate)) if included else cents(amount * rate / 100)
    subtotal = amount - tax if included and rng.random() < 0.5 else amount
    before = amount if included else amount + tax
    tip = (
        cents(before * Decimal(rng.choice(("0.1", "0.15", "0.18", "0.2"))))
        if country == "US" and trade == 1 and rng.random() < 0.6
        else Decimal(0)
    )
    total = before + tip
    rounding = _to_five(total) - total if country == "MY" and rng.random() < 0.6 else Decimal(0)
    total += rounding
    return Receipt(
        language=language, country=country, manner=manner_of(rng, country, language),
        merchant=company(rng, country), branch=rng.choice(("", "", f"BRANCH {rng.randint(1, 99)}", f"FILIALE {rng.randint(1, 999)}" if language == "de" else f"STORE #{digits(rng, 4)}")),
        day=date(2008, 1, 1) + timedelta(days=rng.randrange(6600)), moment=time(rng.randint(7, 22), rng.randrange(60), rng.randrange(60)),
        items=items, rate=rate, included=included, subtotal=subtotal, tax=tax, tip=tip, rounding=rounding, total=total,
        cash=_paid(rng, total), number=rng.choice((digits(rng, rng.randint(4, 10)), f"{rng.choice('ACRST')}{digits(rng, 6)}", f"{digits(rng, 3)}-{digits(rng, 5)}", f"CS{digits(rng, 8)}")),
        cashier=rng.choice((last_name(country), f"{rng.randint(1, 99):02}", "ADMIN", "CASHIER 1", "USER", last_name(country).upper())),
        restaurant=trade == 1,
    )  # fmt: skip


def _items(rng: Random, language: str, trade: int) -> tuple[Bought, ...]:
    names = loaded("till")[language][trade]
    count = min(
        len(names), rng.choices((1, 2, 3, 4, 5, 7, 9, 13), (18, 18, 16, 14, 11, 10, 8, 5))[0]
    )
    made = []
    for name in rng.sample(names, count):
        quantity = rng.choices((1, 2, 3, 4, 6, 10, 25), (66, 16, 6, 4, 3, 3, 2))[0]
        price = Decimal(round(40 * (120 ** rng.random()))) / 100
        if rng.random() < 0.5:
            price = price.quantize(Decimal("0.1")) + Decimal("0.00")
        if rng.random() < 0.3:
            name = (
                f"{rng.choice('ABCDEFGHKLMPRST')}{rng.choice('AEIOU')}{rng.choice('LNRST')} {name}"
            )
        code = digits(rng, rng.choice((4, 6, 8, 13)))
        full = name + (rng.choice(_SIZES) if language == "en" else "")
        made.append(Bought(code, full, quantity, price, quantity * price))
    return tuple(made)


def _to_five(amount: Decimal) -> Decimal:
    """Rounded to five cents."""
    return (amount * 20).quantize(Decimal(1), "ROUND_HALF_UP") / Decimal(20) + Decimal("0.00")


def _paid(rng: Random, total: Decimal) -> Decimal:
    for note in (5, 10, 20, 50, 100, 200, 500):
        if note >= total and rng.random() < 0.7:
            return Decimal(note) + Decimal("0.00")
    return total
