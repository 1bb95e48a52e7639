"""Random facts of an invoice: parties, numbers, dates, rows, and totals that add up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from docextract.training.synthetic.facts import goods
from docextract.training.synthetic.facts.goods import Article
from docextract.training.synthetic.facts.identifiers import random_from_pattern
from docextract.training.synthetic.facts.notation import Notation, random_notation, round_to_cents
from docextract.training.synthetic.facts.parties import Party, random_company, random_private_person
from docextract.training.synthetic.facts.vocabulary import word_lists

#: Rates of value added or sales tax, the usual one first.
_RATES = {
    "DE": ("19", "7", "16", "0"),
    "AT": ("20", "10", "13", "0"),
    "CH": ("7.7", "8.1", "2.5", "2.6"),
    "FR": ("20", "10", "5.5", "0"),
    "ES": ("21", "10", "4", "0"),
    "GB": ("20", "5", "0", "20"),
    "US": ("8.25", "6", "7.5", "0"),
}
#: (country of the seller, language) with weights.
_PLACES = (
    (("DE", "de"), 55),
    (("AT", "de"), 6),
    (("CH", "de"), 5),
    (("FR", "fr"), 10),
    (("GB", "en"), 9),
    (("US", "en"), 9),
    (("ES", "es"), 3),
    (("DE", "en"), 3),
)
#: Shapes of numbers: year, two digits of it, day, letters; "#" is a digit, "?" a capital.
_NUMBERS = (
    "{y}-####",
    "{a}-{y}-####",
    "{a}{yy}#####",
    "####",
    "######",
    "########",
    "{a}####",
    "{a}######",
    "{y}/##",
    "{y}/####",
    "{a}-###",
    "{a}-#####",
    "##/{yy}",
    "###/{yy}",
    "{day}-##",
    "{a}-{day}/###",
    "{yy}-###-##",
    "{a}/{y}/###",
    "00####",
    "0#####",
    "###.###.###",
    "{a} #####",
    "##########",
)
_CUSTOMERS = ("####", "#####", "########", "K#####", "C-####", "KD-#####", "##-####", "??####")
_ARTICLES = ("####", "######", "########", "??-####", "###-###", "?#####", "##.####", "???###")
_MOST = Decimal("250000")


@dataclass(frozen=True)
class InvoiceRow:
    """A line item; `discount` in percent."""

    position: str
    article: str
    good: Article
    quantity: Decimal
    discount: Decimal
    net: Decimal
    rate: Decimal
    note: str = ""

    @property
    def values(self) -> Mapping[str, Any]:
        """Nested field -> value."""
        return {
            "position": self.position,
            "description": f"{self.good.name} {self.good.detail}".strip(),
            "quantity": self.quantity,
            "unit": self.good.unit,
            "unit_price": self.good.price,
            "net_amount": self.net,
            "tax_rate": self.rate,
        }

    @property
    def gross(self) -> Decimal:
        """With tax."""
        return round_to_cents(self.net * (1 + self.rate / 100))


@dataclass(frozen=True)
class Tax:
    """Tax base and amount at one rate."""

    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Invoice:
    """The facts of an invoice; a layout prints a part of them."""

    language: str
    notation: Notation
    credit: bool
    number: str
    order_number: str
    customer_number: str
    delivery_number: str
    project: str
    issued: date
    due: date
    delivered: date
    ordered: date
    days: int
    seller: Party
    buyer: Party
    ship_to: Party
    rows: tuple[InvoiceRow, ...]
    taxes: tuple[Tax, ...]
    freight: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    paid: Decimal

    @property
    def values(self) -> Mapping[str, Any]:
        """Field -> value for all that may be printed."""
        return {
            "invoice_number": self.number,
            "issue_date": self.issued,
            "due_date": self.due,
            "seller_name": self.seller.name,
            "seller_address": self.seller.address.text,
            "seller_vat_id": self.seller.vat_id,
            "seller_iban": self.seller.iban,
            "buyer_name": self.buyer.name,
            "buyer_address": self.buyer.address.text,
            "buyer_vat_id": self.buyer.vat_id,
            "currency": self.notation.currency,
            "net_total": self.net,
            "tax_total": self.tax,
            "grand_total": self.gross,
            "line_items": [row.values for row in self.rows],
        }


def random_invoice(rng: Random) -> Invoice:
    """A random invoice: country, trade, parties, rows and totals."""
    places, weights = zip(*_PLACES, strict=True)
    country, language = rng.choices(places, weights)[0]
    issued = date(2009, 1, 1) + timedelta(days=rng.randrange(6200))
    days = rng.choice((7, 8, 10, 14, 14, 20, 21, 30, 30, 30, 45, 60))
    buyer_country = (
        country if rng.random() < 0.85 else rng.choice(("DE", "AT", "FR", "NL", "IT", "GB", "CH"))
    )
    seller = random_company(rng, country)
    buyer = (
        random_private_person(rng, buyer_country)
        if rng.random() < 0.2
        else random_company(rng, buyer_country)
    )
    rows = _rows(rng, country, language, abroad=buyer_country != country)
    credit = rng.random() < 0.06
    if credit and rng.random() < 0.4:
        rows = tuple(replace(row, quantity=-row.quantity, net=-row.net) for row in rows)
    freight = Decimal(rng.choice(("4.90", "5.95", "12.00", "25.00", "8.50")))
    freight = freight if rng.random() < 0.08 and not credit else Decimal(0)
    taxes = _taxes(rows, freight)
    net = sum((row.net for row in rows), freight)
    tax = sum((tax.amount for tax in taxes), Decimal(0))
    return Invoice(
        language=language,
        notation=random_notation(rng, country, language),
        credit=credit,
        number=random_number(rng, issued, language),
        order_number=random_number(rng, issued, language),
        customer_number=random_from_pattern(rng, *_CUSTOMERS),
        delivery_number=random_number(rng, issued, language),
        project=random_from_pattern(rng, "?##", "?###", "?#####"),
        issued=issued,
        due=issued + timedelta(days=days),
        delivered=issued - timedelta(days=rng.choice((0, 0, 1, 2, 5, 12))),
        ordered=issued - timedelta(days=rng.randint(3, 60)),
        days=days,
        seller=seller,
        buyer=buyer,
        ship_to=random_company(rng, buyer_country),
        rows=rows,
        taxes=taxes,
        freight=freight,
        net=net,
        tax=tax,
        gross=net + tax,
        paid=round_to_cents(net * Decimal(rng.choice(("0.1", "0.25", "0.5")))),
    )


def random_number(rng: Random, day: date, language: str) -> str:
    """A random number of an invoice, an order or a delivery: by year, running, with letters."""
    prefixes = {"de": "RE R RG Rg AR A KD LS", "fr": "FA F FAC FC", "es": "F FAC FV"}
    letters = rng.choice(prefixes.get(language, "INV IN SI I A").split())
    shape = rng.choice(_NUMBERS)
    return random_from_pattern(
        rng, shape.format(y=f"{day:%Y}", yy=f"{day:%y}", day=f"{day:%Y%m%d}", a=letters)
    )


def _rows(rng: Random, country: str, language: str, *, abroad: bool) -> tuple[InvoiceRow, ...]:
    trade = goods.random_trade(rng, language)
    rates = [Decimal(rate) for rate in _RATES[country]]
    mixed = rng.random() < 0.3
    if abroad and rng.random() < 0.6:
        rates, mixed = [Decimal(0)], False
    usual = rates[0] if rng.random() < 0.8 else rng.choice(rates)
    count = rng.choices((1, 2, 3, 4, 5, 6, 8, 11, 15), (16, 18, 18, 14, 10, 8, 7, 5, 4))[0]
    step = rng.choice((1, 1, 1, 1, 1, 10))
    discounts = rng.random() < 0.12
    made: list[InvoiceRow] = []
    total = Decimal(0)
    for at in range(count):
        good = goods.random_article(rng, language, trade)
        quantity = _quantity(rng, good)
        discount = Decimal(rng.choice((0, 5, 10, 15, 20))) if discounts else Decimal(0)
        net = round_to_cents(quantity * good.price * (100 - discount) / 100)
        if made and total + net > _MOST:
            break
        total += net
        rate = rng.choice(rates[:2]) if mixed and len(rates) > 1 else usual
        made.append(
            InvoiceRow(
                str((at + 1) * step),
                random_from_pattern(rng, *_ARTICLES),
                good,
                quantity,
                discount,
                net,
                rate,
                _note(rng, language),
            )
        )
    return tuple(made)


def _quantity(rng: Random, good: Article) -> Decimal:
    most = max(1, min(500, int(Decimal(3000) / good.price)))
    whole = Decimal(rng.choice((1, 1, 2, rng.randint(1, max(1, most // 4)), rng.randint(1, most))))
    if good.whole or rng.random() < 0.6:
        return whole
    return whole + rng.choice((Decimal("0.5"), Decimal("0.25"), Decimal("0.75"), Decimal("0.125")))


def _note(rng: Random, language: str) -> str:
    """What some rows say below the description."""
    if rng.random() < 0.8:
        return ""
    return random_from_pattern(rng, *word_lists(f"invoice.{language}")["notes"])


def _taxes(rows: tuple[InvoiceRow, ...], freight: Decimal) -> tuple[Tax, ...]:
    bases = {rows[0].rate: freight}
    for row in rows:
        bases[row.rate] = bases.get(row.rate, Decimal(0)) + row.net
    return tuple(
        Tax(rate, base, round_to_cents(base * rate / 100)) for rate, base in sorted(bases.items())
    )
