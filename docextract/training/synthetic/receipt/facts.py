"""Random facts of a till receipt: merchant, items, totals, payment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from docextract.training.synthetic.facts.identifiers import random_digits
from docextract.training.synthetic.facts.notation import Notation, random_notation, round_to_cents
from docextract.training.synthetic.facts.parties import Party, random_company
from docextract.training.synthetic.facts.people import last_name
from docextract.training.synthetic.facts.vocabulary import word_lists

_LANGUAGES = {"MY": "en", "US": "en", "GB": "en", "DE": "de", "AT": "de", "FR": "fr", "ES": "es"}
_PLACES = (("MY", 42), ("US", 16), ("DE", 18), ("GB", 10), ("AT", 4), ("FR", 7), ("ES", 3))
_RATES = {
    "MY": ("6", "6", "0"),
    "US": ("8.25", "6", "7"),
    "GB": ("20", "0", "20"),
    "DE": ("19", "7", "7"),
    "AT": ("20", "10", "10"),
    "FR": ("10", "5.5", "20"),
    "ES": ("10", "21", "10"),
}
_FORMS = (
    "{dd}/{mm}/{yyyy}",
    "{dd}-{mm}-{yyyy}",
    "{dd}/{mm}/{yy}",
    "{dd}-{S}-{yyyy}",
    "{d}/{m}/{yyyy}",
    "{yyyy}-{mm}-{dd}",
    "{dd} {S} {yyyy}",
    "{dd}-{mm}-{yy}",
    "{dd}.{mm}.{yyyy}",
    "{yyyy}/{mm}/{dd}",
)
_CLOCKS = {
    "en": ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p"),
    "continental": ("%H:%M", "%H:%M", "%H:%M:%S"),
}
#: The sort of shop in `words/till.toml` where one eats.
_RESTAURANT = 1
_SIZES = ("", "", "", " 1KG", " 500G", " 1L", " LARGE", " (S)", " X2", " 250ML", " BLUE", " #2")


@dataclass(frozen=True)
class ReceiptItem:
    """A line item of a receipt; prices as the till prints them."""

    code: str
    name: str
    quantity: int | Decimal  # kilograms, where it is weighed
    price: Decimal
    amount: Decimal


@dataclass(frozen=True)
class ReceiptTotals:
    """Totals of a receipt; `included`: the items' prices contain the tax.

    `taxes`: rate, amount with tax and tax of each rate, where there are several.
    """

    rate: Decimal
    included: bool
    subtotal: Decimal
    tax: Decimal
    tip: Decimal
    rounding: Decimal
    total: Decimal
    taxes: tuple[tuple[Decimal, Decimal, Decimal], ...] = ()


@dataclass(frozen=True)
class Receipt:
    """The facts of a receipt; `clock` is the `strftime` format of its time."""

    language: str
    country: str
    notation: Notation
    clock: str
    merchant: Party
    branch: str
    day: date
    moment: time
    items: tuple[ReceiptItem, ...]
    sums: ReceiptTotals
    cash: Decimal
    number: str
    cashier: str
    restaurant: bool

    @property
    def values(self) -> Mapping[str, Any]:
        """Field -> value for all that may be printed."""
        return {
            "merchant_name": self.merchant.name,
            "merchant_address": self.merchant.address.text,
            "merchant_phone": self.merchant.phone,
            "date": self.day,
            "time": self.moment,
            "currency": self.notation.currency,
            "subtotal": self.sums.subtotal,
            "tax": self.sums.tax,
            "tip": self.sums.tip,
            "total": self.sums.total,
            "line_items": [
                {
                    "description": item.name,
                    "quantity": Decimal(item.quantity),
                    "unit_price": item.price,
                    "amount": item.amount,
                }
                for item in self.items
            ],
        }


def random_receipt(rng: Random) -> Receipt:
    """A random receipt: country, merchant, items and totals."""
    places, weights = zip(*_PLACES, strict=True)
    country = rng.choices(places, weights)[0]
    language = _LANGUAGES[country]
    trade = rng.randrange(len(word_lists("till")[language]))
    items = _items(rng, language, trade)
    sums = _sums(rng, sum((item.amount for item in items), Decimal(0)), country)
    notation = random_notation(rng, country, language)
    clock = rng.choice(_CLOCKS["en" if language == "en" else "continental"])
    moment = time(rng.randint(7, 22), rng.randrange(60), rng.randrange(60))
    return Receipt(
        language=language,
        country=country,
        notation=replace(notation, form=_form(rng, country, notation.form)),
        clock=clock,
        merchant=random_company(rng, country),
        branch=rng.choice(
            ("", "", f"BRANCH {rng.randint(1, 99)}", f"STORE #{random_digits(rng, 4)}")
        ),
        day=date(2008, 1, 1) + timedelta(days=rng.randrange(6600)),
        moment=moment if "%S" in clock else moment.replace(second=0),
        items=items,
        sums=sums,
        cash=_paid(rng, sums.total),
        number=_number(rng),
        cashier=_cashier(rng, country),
        restaurant=trade == _RESTAURANT,
    )


def _sums(rng: Random, amount: Decimal, country: str) -> ReceiptTotals:
    """What is added to the items' amount, or included in it."""
    rate = Decimal(rng.choice(_RATES[country]))
    included = country != "US" and (country != "MY" or rng.random() < 0.6)
    tax = round_to_cents(amount * rate / (100 + rate if included else 100))
    before = amount if included else amount + tax
    tip = rounding = Decimal(0)
    if country == "US" and rng.random() < 0.3:
        tip = round_to_cents(before * Decimal(rng.choice(("0.1", "0.15", "0.18", "0.2"))))
    if country == "MY" and rng.random() < 0.6:
        rounding = _to_five(before) - before
    return ReceiptTotals(
        rate=rate,
        included=included,
        subtotal=amount - tax if included and rng.random() < 0.5 else amount,
        tax=tax,
        tip=tip,
        rounding=rounding,
        total=before + tip + rounding,
    )


def _form(rng: Random, country: str, form: str) -> str:
    """Tills write dates in more ways than letters do, and shorter."""
    if country == "US":
        return rng.choice(("{mm}/{dd}/{yy}", "{mm}/{dd}/{yyyy}", "{m}/{d}/{yyyy}", form))
    if country == "MY" or rng.random() < 0.2:
        return rng.choice(_FORMS)
    return form


def _number(rng: Random) -> str:
    return rng.choice(
        (
            random_digits(rng, rng.randint(4, 10)),
            f"{rng.choice('ACRST')}{random_digits(rng, 6)}",
            f"{random_digits(rng, 3)}-{random_digits(rng, 5)}",
            f"CS{random_digits(rng, 8)}",
        )
    )


def _cashier(rng: Random, country: str) -> str:
    name = last_name(country)
    return rng.choice(
        (name, f"{rng.randint(1, 99):02}", "ADMIN", "CASHIER 1", "USER", name.upper())
    )


def _items(rng: Random, language: str, trade: int) -> tuple[ReceiptItem, ...]:
    names = word_lists("till")[language][trade]
    count = min(
        len(names), rng.choices((1, 2, 3, 4, 5, 7, 9, 13), (18, 18, 16, 14, 11, 10, 8, 5))[0]
    )
    made = []
    for article in rng.sample(names, count):
        quantity = rng.choices((1, 2, 3, 4, 6, 10, 25), (66, 16, 6, 4, 3, 3, 2))[0]
        price = Decimal(round(40 * (120 ** rng.random()))) / 100
        if rng.random() < 0.5:
            price = price.quantize(Decimal("0.1")) + Decimal("0.00")
        brand = rng.choice("ABCDEFGHKLMPRST") + rng.choice("AEIOU") + rng.choice("LNRST")
        name = f"{brand} {article}" if rng.random() < 0.3 else article
        code = random_digits(rng, rng.choice((4, 6, 8, 13)))
        full = name + (rng.choice(_SIZES) if language == "en" else "")
        made.append(ReceiptItem(code, full, quantity, price, quantity * price))
    return tuple(made)


def _to_five(amount: Decimal) -> Decimal:
    """Rounded to five cents."""
    return (amount * 20).quantize(Decimal(1), "ROUND_HALF_UP") / Decimal(20) + Decimal("0.00")


def _paid(rng: Random, total: Decimal) -> Decimal:
    for note in (5, 10, 20, 50, 100, 200, 500):
        if note >= total and rng.random() < 0.7:
            return Decimal(note) + Decimal("0.00")
    return total
