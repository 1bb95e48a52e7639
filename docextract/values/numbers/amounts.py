"""Parsers of amounts, numbers, percentages and quantities, with any country's separators.

How a number with one kind of mark is read. A mark that repeats, or is a blank or an apostrophe,
groups thousands (or the Indian lakhs: 1,23,456). Of two kinds the last is the decimal mark. A
single mark before exactly three digits could be either: the caller's `decimal` decides, else it
groups thousands, because prices have two decimals and three only by exception. A mark that
groups thousands and stands before two last digits as well ("12.500.00") is misread or
misprinted, but means one thing only. What fits none of these ("12.50.30", "12 50") is no
number: a guess would be a wrong amount.
"""

import re
from decimal import Decimal

from docextract.values.characters import normalise_text
from docextract.values.numbers.currencies import CURRENCY_PATTERN
from docextract.values.numbers.units import parse_unit

#: Digits with marks between them; OCR often leaves a blank beside a mark ("12. 50").
_DIGITS = r"[0-9][0-9.,' ]*|[.,][0-9]+"
#: "12,-" and "12.--" are round sums in German and Swiss print.
_ROUND = re.compile(r"(?<=[0-9]) ?[.,] ?-{1,2}(?![0-9-])")
#: What stands for money beside a number and may mean something else anywhere else.
_SIDE = rf"(?:{CURRENCY_PATTERN}|(?i:kr)\.?|Fr\.|(?i:eur|usd|gbp|chf)(?![a-z]))?"
_AMOUNT = re.compile(
    rf"(?:(?P<before>(?i:CR|DR))\b\.?\s*)?(?P<open>\()?\s*(?P<minus>[-+])?\s*{_SIDE}[:\s]*(?P<inner>[-+(])?\s*(?P<digits>{_DIGITS})"
    rf"\s*(?P<after>[-)])?\s*{_SIDE}\s*(?P<trail>-)?\s*(?P<close>\))?\s*(?P<side>(?i:CR|DR))?\.?"
)
#: All signs of an amount together -> whether they make it negative.
_SIGNS = {"": False, "+": False, "-": True, "()": True, "(-)": True}
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,' ][0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
_PERCENT = re.compile(
    rf"(?P<minus>[-+])?\s*(?P<digits>{_DIGITS})\s*"
    r"(?:%|(?i:percent|per cent|pct\.?|prozent|v\.\s?h\.|pour cent|por ciento))?"
)
_QUANTITY = re.compile(rf"(?P<digits>-?(?:{_DIGITS}))\s*(?P<unit>[^\W\d_][\w./^]*|x)")


def parse_amount(text: str, *, decimal: str | None = None) -> Decimal | None:
    """The amount of money in `text`, which holds nothing else; None when it is no such thing.

    Currency signs, codes and names stand before or after. Minus before or after, parentheses
    and CR make it negative: a credit on a bill is what is not owed. DR changes nothing.

    Args:
        text: As printed: "1.234,56 EUR", "(1,234.56)", "RM 12. 50", "12,-".
        decimal: The document's decimal mark, "." or ",", for "1.234" (see the module).
    """
    body, rounded = _ROUND.subn("", normalise_text(text).strip(" :;*=|~_"), count=1)
    found = _AMOUNT.fullmatch(body.rstrip(" .,"))
    if not found:
        return None
    signs = "".join(filter(None, found.group("open", "minus", "inner", "after", "trail", "close")))
    if signs not in _SIGNS:
        return None
    value = _number(found["digits"], None if rounded else decimal)
    if rounded and value is not None and value != value.to_integral_value():
        return None  # the dash stands for the decimals, so every other mark groups
    negative = _SIGNS[signs] or "CR" in [(found[side] or "").upper() for side in ("before", "side")]
    return -value if value and negative else value


def parse_number(text: str, *, decimal: str | None = None) -> Decimal | None:
    """The plain number in `text`: digits, separators and a sign, nothing else."""
    body = normalise_text(text).rstrip(" .,")
    sign = -1 if body[:1] == "-" or body[-1:] == "-" else 1
    body = body.removeprefix("+") if sign == 1 else body.strip("-")
    if not re.fullmatch(_DIGITS, body := body.strip()):
        return None
    value = _number(body, decimal)
    return sign * value if value else value


def parse_percentage(text: str, *, decimal: str | None = None) -> Decimal | None:
    """The number of a percentage: 19 for "19 %", "19,00" or "19 percent".

    A single mark is a decimal mark here even before three digits ("19.000 %"), unless `decimal`
    says otherwise: thousands of per cent are rarer than three decimals.
    """
    found = _PERCENT.fullmatch(normalise_text(text).strip(" ()+:;"))
    if not found:
        return None
    marks = set(found["digits"]) & set(".,")
    value = _number(found["digits"], decimal or (marks.pop() if len(marks) == 1 else None))
    return -value if value and found["minus"] == "-" else value


def parse_quantity(text: str, *, decimal: str | None = None) -> tuple[Decimal, str] | None:
    """A number and its unit's symbol, of those in `units`: (12, "pcs") for "12 Stk.", "12x"."""
    found = _QUANTITY.fullmatch(normalise_text(text).strip(" ,;:"))
    if not found:
        return None
    value = parse_number(found["digits"], decimal=decimal)
    symbol = parse_unit(found["unit"])
    return None if value is None or symbol is None else (value, symbol)


def _number(digits: str, decimal: str | None) -> Decimal | None:
    """The number of a run of digits and marks, see the module; None when the marks disagree."""
    body = re.sub(r"\s*([.,'])\s*", r"\1", digits.strip())
    if re.fullmatch(r"[0-9]+", body):
        return Decimal(body)
    if _GROUPED.fullmatch(body) and len({c for c in body if not c.isdigit()}) == 1:
        single = sum(not char.isdigit() for char in body) == 1
        as_fraction = single and body[-4] in ".," and (body[0] == "0" or decimal == body[-4])
        return Decimal(body.replace(",", ".")) if as_fraction else Decimal(_only_digits(body))
    whole, mark, part = _split_last(body)
    if not mark or not part.isdigit() or (mark in whole and len(part) != 2):
        return None
    marks = {char for char in whole if not char.isdigit()}
    if marks and not (len(marks) == 1 and _GROUPED.fullmatch(whole)):
        return None
    return Decimal(f"{_only_digits(whole) or '0'}.{part}")


def _split_last(body: str) -> tuple[str, str, str]:
    """What stands before the last full stop or comma, that mark, and what stands after it."""
    at = max(body.rfind("."), body.rfind(","))
    return (body[:at], body[at], body[at + 1 :]) if at >= 0 else (body, "", "")


def _only_digits(body: str) -> str:
    return "".join(char for char in body if char.isdigit())
