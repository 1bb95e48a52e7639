"""Spreadsheet number formats: a cell's value as the spreadsheet displays it."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

#: Parts of a number format that stand for no digit: "text", \x, _x (a gap), *x (a filler),
#: [Red], [$€-407]. Source: ECMA-376 part 1, section 18.8.31.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]+))?")
#: Marks of a format whose display is not a plain number: exponents, fractions.
_OTHER = re.compile(r"[eE][+-]|[?#0]\s*/|@")
_GENERAL = frozenset({"", "general", "@"})
#: Digits that "General" shows of a number.
_SHOWN = 10
#: A spreadsheet keeps 15 digits of a number; these bounds also keep `Decimal` exact.
_LARGEST, _MOST_DECIMALS = 10**15, 10


def format_cell(value: object, number_format: str) -> str:
    """A cell's value as text: dates and times in ISO form, numbers with the shown decimals.

    >>> displayed(1234.5, '#,##0.00 "EUR"'), displayed(0.19, "0%"), displayed(0.1 + 0.2, "General")
    ('1,234.50 EUR', '19%', '0.3')
    """
    match value:
        case bool():
            return str(value).upper()
        case int() | float():
            return _number(value, number_format)
        case datetime():
            midnight = value.time() == time(0)
            day_only = midnight and "h" not in number_format.lower()
            return value.date().isoformat() if day_only else _clock(value)
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="minutes" if not value.second else "seconds")
        case timedelta():
            return str(value)
        case _:
            return str(value)


def _clock(value: datetime) -> str:
    return value.isoformat(sep=" ", timespec="minutes" if not value.second else "seconds")


def _number(value: float, number_format: str) -> str:
    sections = number_format.split(";")
    # Of "positive;negative;zero" the negative section brings its own sign or brackets.
    own_sign = value < 0 and len(sections) > 1
    section = sections[1] if own_sign else sections[0]
    if value == 0 and len(sections) > 2:
        section = sections[2]
    pattern = _LITERAL.sub("", section)
    digits = _DIGITS.search(pattern)
    if number_format.lower() in _GENERAL or _OTHER.search(pattern) or not digits:
        return _plain(value)
    if not abs(value) < _LARGEST:
        return _plain(value)
    return _filled(Decimal(repr(abs(value) if own_sign else value)), section, digits)


def _plain(value: float) -> str:
    """As "General" shows it: no exponent, no more digits than it has room for."""
    if isinstance(value, int) or not isfinite(value):
        return str(value)
    return f"{Decimal(f'{value:.{_SHOWN}g}'):f}"


def _filled(value: Decimal, section: str, digits: re.Match[str]) -> str:
    """The section with the number in place of its digits."""
    if "%" in section:
        value *= 100
    least = len(digits[1].rstrip("#")) if digits[1] else 0
    most = min(len(digits[1]), _MOST_DECIMALS) if digits[1] else 0
    rounded = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    shown = f"{rounded:,f}" if "," in digits[0] else f"{rounded:f}"
    if most > least:
        whole, _, decimals = shown.partition(".")
        kept = decimals[:least] + decimals[least:].rstrip("0")
        shown = f"{whole}.{kept}" if kept else whole
    literal = _LITERAL.sub(lambda part: part[1] or part[2] or part[3] or "", section)
    return _DIGITS.sub(lambda _: shown, literal, count=1).strip()
