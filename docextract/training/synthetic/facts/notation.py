"""Formats of dates, numbers and money amounts by country; a document uses one throughout."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import TypeVar

_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
_SHORT = {
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene. feb. mar. abr. may. jun. jul. ago. sep. oct. nov. dic.",
}
#: Format letters: d day, dd two digits; m, mm month in digits; M name, S short name; y, yyyy year.
_DATES: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "de": (("{dd}.{mm}.{yyyy}", "{d}.{m}.{yyyy}", "{dd}.{mm}.{yy}", "{d}. {M} {yyyy}",
            "{dd}. {M} {yyyy}", "{yyyy}-{mm}-{dd}", "{d}. {S} {yyyy}"),
           (60, 5, 7, 10, 5, 8, 3)),
    "at": (("{dd}.{mm}.{yyyy}", "{d}.{m}.{yyyy}", "{d}. {M} {yyyy}"), (70, 15, 15)),
    "en": (("{dd}/{mm}/{yyyy}", "{d} {M} {yyyy}", "{dd} {S} {yyyy}", "{dd}-{mm}-{yyyy}",
            "{dd}-{S}-{yyyy}", "{yyyy}-{mm}-{dd}", "{d}/{m}/{yyyy}", "{dd}/{mm}/{yy}",
            "{dd}.{mm}.{yyyy}"),
           (30, 20, 15, 8, 7, 10, 4, 4, 2)),
    "us": (("{mm}/{dd}/{yyyy}", "{M} {d}, {yyyy}", "{S} {d}, {yyyy}", "{m}/{d}/{yyyy}",
            "{mm}/{dd}/{yy}", "{m}/{d}/{yy}", "{mm}-{dd}-{yyyy}", "{yyyy}-{mm}-{dd}"),
           (30, 22, 12, 12, 8, 6, 4, 6)),
    "fr": (("{dd}/{mm}/{yyyy}", "{d} {M} {yyyy}", "{dd}.{mm}.{yyyy}", "{dd}/{mm}/{yy}",
            "{dd}-{mm}-{yyyy}", "{yyyy}-{mm}-{dd}"),
           (60, 17, 6, 6, 5, 6)),
    "es": (("{dd}/{mm}/{yyyy}", "{d} de {M} de {yyyy}", "{dd}-{mm}-{yyyy}", "{d}/{m}/{yyyy}"),
           (65, 15, 12, 8)),
}  # fmt: skip
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF", "MYR": "RM", "CAD": "$", "AUD": "$"}
_T = TypeVar("_T")
_CENT = Decimal("0.01")


def format_date(day: date, form: str, language: str) -> str:
    """Format a date by a pattern such as "{d}. {M} {yyyy}"."""
    return form.format(
        d=day.day,
        dd=f"{day.day:02}",
        m=day.month,
        mm=f"{day.month:02}",
        yy=f"{day.year % 100:02}",
        yyyy=day.year,
        M=_MONTHS[language].split()[day.month - 1],
        S=_SHORT[language].split()[day.month - 1],
    )


@dataclass(frozen=True)
class Notation:
    """The format of dates, amounts and numbers in a document.

    Attributes:
        language: ISO 639-1, of names of months.
        form: Of dates.
        thousands, decimal: Marks between digits; `thousands` may be empty.
        currency: ISO code.
        beside: How a money amount names its currency: "", "sign before", "sign after",
            "code before", "code after", "joined before" or "joined after".
    """

    language: str
    form: str
    thousands: str
    decimal: str
    currency: str
    beside: str

    @property
    def with_full_years(self) -> "Notation":
        """The same notation with years of four digits: a birthday's century shows."""
        return replace(self, form=self.form.replace("{yy}", "{yyyy}"))

    @property
    def sign(self) -> str:
        """The currency's sign, else its code."""
        return _SIGNS.get(self.currency, self.currency)

    def day(self, day: date) -> str:
        """Format a date."""
        return format_date(day, self.form, self.language)

    def plain(self, amount: Decimal, places: int = 2) -> str:
        """Format an amount with separators and fixed decimals."""
        body = f"{abs(amount):,.{places}f}"
        body = body.replace(",", "\x01").replace(".", self.decimal)
        return ("-" if amount < 0 else "") + body.replace("\x01", self.thousands)

    def count(self, number: Decimal) -> str:
        """Format a number with as few digits as needed."""
        text = f"{number.normalize():f}"
        return text.replace(".", self.decimal)

    def money(self, amount: Decimal, beside: str | None = None) -> tuple[str, str, str]:
        r"""Format a money amount: text before the digits, digits, text after; "\x00" joins."""
        how = self.beside if beside is None else beside
        digits = self.plain(amount)
        mark = self.sign if "sign" in how or "joined" in how else self.currency
        if how.endswith("before"):
            return mark, ("\x00" if "joined" in how else "") + digits, ""
        if how.endswith("after"):
            return "", digits, ("\x00" if "joined" in how else "") + mark
        return "", digits, ""


#: Country -> (form of dates, marks of numbers with weights, ways of naming the currency).
_MARKS: dict[str, tuple[Sequence[tuple[str, str]], Sequence[int]]] = {
    "DE": ((((".", ",")), ("", ",")), (85, 15)),
    "AT": (((".", ","), (" ", ","), ("", ",")), (70, 15, 15)),
    "CH": ((("'", "."), ("’", "."), ("", ".")), (60, 20, 20)),
    "US": (((",", "."), ("", ".")), (85, 15)),
    "GB": (((",", "."), ("", ".")), (85, 15)),
    "MY": (((",", "."), ("", ".")), (75, 25)),
    "FR": (((" ", ","), ("", ","), (".", ",")), (30, 55, 15)),
    "ES": (((".", ","), ("", ",")), (80, 20)),
}
_BESIDE: dict[str, tuple[Sequence[str], Sequence[int]]] = {
    "DE": (("sign after", "code after", "", "code before", "joined after"), (45, 20, 22, 9, 4)),
    "AT": (("sign after", "code after", "", "code before", "sign before"), (25, 20, 20, 20, 15)),
    "CH": (("code before", "", "code after"), (55, 35, 10)),
    "US": (("joined before", "", "code before", "code after"), (65, 22, 7, 6)),
    "GB": (("joined before", "", "code before", "code after"), (65, 22, 7, 6)),
    "MY": (("", "joined before", "sign before"), (60, 20, 20)),
    "FR": (("sign after", "joined after", "", "code after"), (50, 15, 20, 15)),
    "ES": (("sign after", "joined after", "", "code after"), (45, 20, 20, 15)),
}
_CURRENCY = {"CH": "CHF", "US": "USD", "GB": "GBP", "MY": "MYR"}


def random_notation(rng: Random, country: str, language: str) -> Notation:
    """A random notation that is customary in a country."""
    which = {"US": "us", "AT": "at"}.get(country, language)
    forms, weights = _DATES[which]
    thousands, decimal = _pick(rng, *_MARKS[country])
    return Notation(
        language=language,
        form=_pick(rng, forms, weights),
        thousands=thousands,
        decimal=decimal,
        currency=_CURRENCY.get(country, "EUR"),
        beside=_pick(rng, *_BESIDE[country]),
    )


def _pick(rng: Random, choices: Sequence[_T], weights: Sequence[int]) -> _T:
    return rng.choices(choices, weights)[0]


def round_to_cents(amount: Decimal) -> Decimal:
    """Round to cents, half up, as bills do."""
    return amount.quantize(_CENT, "ROUND_HALF_UP")
