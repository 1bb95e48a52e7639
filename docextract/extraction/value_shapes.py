"""Shapes of printed values by type: where in a line a value of a type can stand.

Shapes are generous; `values` decides whether the piece really is a date or an amount.
"""

import re
from collections.abc import Iterator, Mapping

from docextract.schema import FieldType
from docextract.values.dates import parsing as dates
from docextract.values.dates import times

_NUMBER = (
    r"(?:\d{1,2}(?:,\d{2}){1,4},\d{3}(?:\.\d{1,2})?"  # lakhs: 1,23,456.00
    r"|\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,5}(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,4})?)(?!\d)"
)
_SIGN = r"(?:[A-Z]{1,3}\$?|Rp\.?|[$€£¥₹])"
_COUNT = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|"
    r"twenty[- ]four|thirty[- ]six|einem?|zwei|drei|vier|fünf|zehn|zwölf)"
)

SHAPES: Mapping[FieldType, re.Pattern[str]] = {
    FieldType.MONEY: re.compile(
        rf"(?<![\w.,/-])(?<!\d:)[-–(]?\s?(?:{_SIGN}\s?)?[-–]?{_NUMBER}"
        r"(?:[.,][-–—]{1,2})?(?:\s?(?:[€$£]|EUR\b|USD\b))?-?\)?(?:\s?(?:CR|DR)\b)?"
        r"(?![\w/:]|[.,-]\d|\s?%)"
    ),
    FieldType.NUMBER: re.compile(rf"(?<![\w.,/])(?<!\d:)[-–]?{_NUMBER}(?![/:]\d|[.,]\d|\s?%)"),
    FieldType.INTEGER: re.compile(r"(?<![\w.,/:-])[-–]?\d+(?![\w/:.,]\d)"),
    FieldType.PERCENT: re.compile(
        r"(?<![\w.,/:])\d{1,3}(?:[.,]\d{1,3})?(?:\s?%)?(?![\w/:]|[.,]\d)"
    ),
    FieldType.CODE: re.compile(r"[^\W_][\w./\\-]*[\w]|\d"),
    FieldType.CURRENCY: re.compile(r"\b[A-Z]{3}\b|\bRM\b|\bRp\b|[$€£¥₹]|\bEuros?\b|\bdollars?\b"),
    FieldType.DURATION: re.compile(
        rf"(?i)(?:{_COUNT}\s*)?\(?{_COUNT}\)?[- ]?"
        r"(?:years?|months?|weeks?|days?|jahren?|monaten?|wochen?|tagen?|ans?|mois|años?|meses)\b"
    ),
    FieldType.IBAN: re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]){11,30}\b"),
    FieldType.VAT_ID: re.compile(
        r"\b[A-Z]{2,3}[- ]?[A-Z0-9]?\d(?:[ .-]?[A-Z0-9]){5,12}\b"
        r"|\b\d{2,3}[-/]?\d{2,3}[-/]?\d{3,5}\b"
    ),
    FieldType.PHONE: re.compile(r"(?<![\w.,])[+(]{0,2}\d[\d ()/.-]{5,20}\d"),
    FieldType.EMAIL: re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    FieldType.URL: re.compile(r"(?:https?://|www\.)[^\s<>\"]{3,200}"),
}
#: Types whose value is the whole of what stands there, but for the marks that lead to it.
_LEADING = re.compile(r"[\s:;.#=*_|·-]+")
_TRAILING = re.compile(r"[\s:;,|_]+$")


def pieces(kind: FieldType, text: str) -> Iterator[tuple[int, int]]:
    """Offsets [start, end) in `text` of whatever has the shape of this type, in order.

    A type without a shape of its own (text, name, address, choice) is the whole text.
    """
    if kind is FieldType.DATE:
        yield from ((found.start, found.end) for found in dates.find_dates(text))
    elif kind is FieldType.TIME:
        yield from (match.span() for match in times.TIME_PATTERN.finditer(text))
    elif kind in SHAPES:
        for match in SHAPES[kind].finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield start, match.end()
    else:
        yield from _whole(text)


def _whole(text: str) -> Iterator[tuple[int, int]]:
    lead = _LEADING.match(text)
    start = lead.end() if lead else 0
    trail = _TRAILING.search(text, start)
    end = trail.start() if trail else len(text)
    if end > start:
        yield start, end
