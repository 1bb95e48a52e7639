"""What an invoice says, and how its totals follow from its lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sample_docs.make.facts.firms import Firm
from sample_docs.make.facts.printed import cents
from sample_docs.make.facts.record import Fact, Json, record


@dataclass(frozen=True)
class Line:
    """A row of the table of goods and services."""

    description: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    tax_rate: Decimal

    @property
    def net(self) -> Decimal:
        """Quantity times price, in cents."""
        return cents(self.quantity * self.unit_price)


@dataclass(frozen=True)
class Invoice:
    """One invoice. `references` are further labelled numbers, in the language of the paper."""

    number: str
    issued: date
    due: date
    seller: Firm
    buyer: Firm
    currency: str
    lines: tuple[Line, ...]
    references: tuple[tuple[str, str], ...] = ()
    prints_rates: bool = True  # whether each row of the table shows its tax rate

    @property
    def net_total(self) -> Decimal:
        """The sum of the lines, before tax."""
        return sum((line.net for line in self.lines), Decimal())

    @property
    def taxes(self) -> Mapping[Decimal, tuple[Decimal, Decimal]]:
        """Rate in percent -> (net amount, tax on it), highest rate first."""
        nets: dict[Decimal, Decimal] = {}
        for line in self.lines:
            rate = line.tax_rate
            nets[rate] = nets.get(rate, Decimal()) + line.net
        return {rate: (nets[rate], cents(nets[rate] * rate / 100)) for rate in sorted(nets)[::-1]}

    @property
    def tax_total(self) -> Decimal:
        """All taxes together."""
        return sum((tax for _, tax in self.taxes.values()), Decimal())

    @property
    def grand_total(self) -> Decimal:
        """What is to be paid."""
        return self.net_total + self.tax_total

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "invoice_number": self.number,
            "issue_date": self.issued,
            "due_date": self.due,
            "seller_name": self.seller.name,
            "seller_address": self.seller.one_line,
            "seller_vat_id": self.seller.vat_id or None,
            "seller_iban": self.seller.iban or None,
            "buyer_name": self.buyer.name,
            "buyer_address": self.buyer.one_line,
            "buyer_vat_id": self.buyer.vat_id or None,
            "currency": self.currency,
            "net_total": self.net_total,
            "tax_rate": min(self.taxes) if len(self.taxes) == 1 else None,
            "tax_total": self.tax_total,
            "grand_total": self.grand_total,
            "line_items": [
                {
                    "position": str(position),
                    "description": line.description,
                    "quantity": line.quantity,
                    "unit": line.unit,
                    "unit_price": line.unit_price,
                    "discount": None,
                    "discount_rate": None,
                    "net_amount": line.net,
                    "tax_rate": line.tax_rate if self.prints_rates else None,
                }
                for position, line in enumerate(self.lines, 1)
            ],
        }
        return record("invoice", data)
