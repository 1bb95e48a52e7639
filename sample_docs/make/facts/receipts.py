"""Till receipts: what was bought, where and when."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from sample_docs.make.facts.firms import Firm
from sample_docs.make.facts.printed import cents
from sample_docs.make.facts.record import Fact, Json, record


@dataclass(frozen=True)
class Item:
    """A row of a receipt; `rate` is its tax rate in percent."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        """Quantity times price, in cents."""
        return cents(self.quantity * self.unit_price)


@dataclass(frozen=True)
class Receipt:
    """One sale. Where prices hold the tax already, no subtotal is printed."""

    number: str
    merchant: Firm
    day: date
    time: time
    currency: str
    items: tuple[Item, ...]
    tax_included: bool
    tip: Decimal | None = None
    prints_unit_prices: bool = True  # also on rows of a single piece

    @property
    def sum(self) -> Decimal:
        """All rows as printed."""
        return sum((item.amount for item in self.items), Decimal())

    @property
    def taxes(self) -> dict[Decimal, tuple[Decimal, Decimal]]:
        """Rate in percent -> (amount of its rows as printed, tax in or on it)."""
        sums: dict[Decimal, Decimal] = {}
        for item in self.items:
            sums[item.rate] = sums.get(item.rate, Decimal()) + item.amount
        base = {rate: 100 + rate if self.tax_included else Decimal(100) for rate in sums}
        return {rate: (sums[rate], cents(sums[rate] * rate / base[rate])) for rate in sorted(sums)}

    @property
    def tax(self) -> Decimal:
        """All taxes together."""
        return sum((tax for _, tax in self.taxes.values()), Decimal())

    @property
    def total(self) -> Decimal:
        """What was paid, the tip among it."""
        return self.sum + (Decimal() if self.tax_included else self.tax) + (self.tip or Decimal())

    def _unit_price(self, item: Item) -> Decimal | None:
        return item.unit_price if self.prints_unit_prices or item.quantity != 1 else None

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "merchant_name": self.merchant.name,
            "merchant_address": self.merchant.one_line,
            "merchant_phone": self.merchant.phone,
            "date": self.day,
            "time": self.time,
            "currency": self.currency,
            "subtotal": None if self.tax_included else self.sum,
            "tax": self.tax,
            "tip": self.tip,
            "total": self.total,
            "amount_paid": self.total,  # all of them by card
            "change": None,
            "line_items": [
                {
                    "description": item.description,
                    "quantity": item.quantity,
                    "unit_price": self._unit_price(item),
                    "amount": item.amount,
                }
                for item in self.items
            ],
        }
        return record("receipt", data)


def _item(description: str, quantity: str, price: str, rate: str) -> Item:
    return Item(description, Decimal(quantity), Decimal(price), Decimal(rate))


COPPER_KETTLE = Receipt(
    number="20418",
    merchant=Firm(
        "The Copper Kettle",
        ("218 Juniper Street", "Marlow Falls, OR 97999"),
        phone="(503) 555-0147",
        web="copperkettle.example",
    ),
    day=date(2026, 5, 22),
    time=time(19, 42),
    currency="USD",
    items=(
        _item("Roasted Beet Salad", "1", "11.50", "8.5"),
        _item("Tomato Basil Soup", "2", "7.25", "8.5"),
        _item("Mushroom Risotto", "1", "19.75", "8.5"),
        _item("Grilled Trout", "1", "24.50", "8.5"),
        _item("Sparkling Water", "2", "4.50", "8.5"),
        _item("Glass Pinot Gris", "1", "12.00", "8.5"),
        _item("Walnut Tart", "2", "8.75", "8.5"),
        _item("Espresso", "2", "3.75", "8.5"),
    ),
    tax_included=False,
    tip=Decimal("21.00"),
    prints_unit_prices=False,
)

FRISCHHOF = Receipt(
    number="4471",
    merchant=Firm(
        "Frischhof Markt",
        ("Lindenallee 52", "10999 Berlin"),
        phone="030 23125 418",
        vat_id="",
    ),
    day=date(2026, 7, 11),
    time=time(10, 26),
    currency="EUR",
    items=(
        _item("Vollkornbrot 750 g", "1", "3.29", "7"),
        _item("Bio-Äpfel Elstar kg", "1.284", "2.99", "7"),
        _item("Frische Vollmilch 1 l", "3", "1.19", "7"),
        _item("Gouda jung 400 g", "1", "3.79", "7"),
        _item("Kaffee Röstmühle 500 g", "1", "6.49", "7"),
        _item("Mineralwasser 6x1,5 l", "2", "2.94", "19"),
        _item("Spülmittel Zitrone", "1", "1.85", "19"),
        _item("Küchenrolle 4 St.", "1", "2.75", "19"),
    ),
    tax_included=True,
    prints_unit_prices=False,
)

WILLOWMERE = Receipt(
    number="0093316",
    merchant=Firm(
        "Willowmere Books & Paper",
        ("31 Ferry Street", "Saltmere SM1 4PQ"),
        phone="01632 960233",
        web="willowmere.example",
    ),
    day=date(2026, 3, 28),
    time=time(14, 5),
    currency="GBP",
    items=(
        _item("Fountain pen ink, blue-black", "2", "6.95", "20"),
        _item("Sketchbook A4", "1", "9.40", "20"),
        _item("Gift wrap, per sheet", "3", "1.75", "20"),
        _item("Greeting card", "4", "2.60", "20"),
    ),
    tax_included=True,
)
