"""Amounts and dates the way each country prints them."""

from datetime import date
from decimal import Decimal

CENT = Decimal("0.01")

GERMAN_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def cents(amount: Decimal) -> Decimal:
    """`amount` rounded half up to two places, as a till does."""
    return amount.quantize(CENT, "ROUND_HALF_UP")


def english(amount: Decimal, places: int = 2) -> str:
    """1,234.50."""
    return f"{amount:,.{places}f}"


def german(amount: Decimal, places: int = 2) -> str:
    """1.234,50."""
    return english(amount, places).translate(str.maketrans(",.", ".,"))


def plain(amount: Decimal) -> str:
    """A quantity without needless zeros: "2", "1.5"."""
    return f"{amount.normalize():f}"


def long_date(day: date) -> str:
    """March 4, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def british_date(day: date) -> str:
    """4 March 2026."""
    return f"{day.day} {day:%B} {day.year}"


def german_date(day: date) -> str:
    """04.03.2026."""
    return f"{day:%d.%m.%Y}"


def german_long_date(day: date) -> str:
    """4. März 2026."""
    return f"{day.day}. {GERMAN_MONTHS[day.month - 1]} {day.year}"


def american_date(day: date) -> str:
    """03/04/2026."""
    return f"{day:%m/%d/%Y}"
