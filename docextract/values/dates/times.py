"""Parsers of times of day and durations."""

import re
from datetime import time
from decimal import Decimal

from docextract.values.characters import fold_text, normalise_text
from docextract.values.dates.vocabulary import NUMERALS, TIME_UNITS

_B = r"[^\S\f]"
_HOUR = r"(?:[01]?[0-9]|2[0-3])"
_HALF = r"(?:[ap]\.?m\b\.?|[ap]\b)"

#: "10:34", "10:34:22.5 PM", "10.34 Uhr", "10h34", "17 heures 30", "5 pm"; with a zone's offset.
TIME_PATTERN = re.compile(
    rf"""
    (?<![0-9])(?<![0-9][.,:])(?:
      (?P<h1>{_HOUR}){_B}?:{_B}?(?P<m1>[0-5][0-9])(?:{_B}?:{_B}?(?P<s1>[0-5][0-9])(?:[.,][0-9]+)?)?
      (?:{_B}?(?P<half1>{_HALF}))?
    | (?P<h2>{_HOUR})[.h](?P<m2>[0-5][0-9])(?:[.](?P<s2>[0-5][0-9]))?{_B}?
      (?:(?P<half2>{_HALF})|(?:uhr|hrs|h)\b)
    | (?P<h3>{_HOUR}){_B}?(?:h|heures?|uhr){_B}?(?P<m3>[0-5][0-9])
    | (?P<h4>0?[1-9]|1[0-2]){_B}?(?P<half4>[ap]\.?m\b\.?)
    | (?P<h5>{_HOUR}){_B}?uhr\b
    )(?:Z\b|{_B}?[+-][01][0-9]:?[0-5]0\b)?(?![0-9]|[.,:][0-9])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DOTTED = re.compile(rf"(?P<h>{_HOUR})[.](?P<m>[0-5][0-9])(?:[.](?P<s>[0-5][0-9]))?")

_UNIT = "|".join(sorted(TIME_UNITS, key=len, reverse=True))
_NUMERAL = "|".join(sorted((re.escape(word) for word in NUMERALS), key=len, reverse=True))
_DURATION = re.compile(
    rf"""
    (?<![\w.,-])(?:(?P<word>{_NUMERAL})|(?P<digits>[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?))
    (?:\s*-?\s*\(\s*(?P<inner>[0-9]{{1,4}}|{_NUMERAL})\s*\))?[\s-]*
    (?:calendar\s|business\s|full\s|consecutive\s|volle[nr]?\s)?\(?(?P<unit>{_UNIT})\)?\b
    """,
    re.VERBOSE,
)


def parse_time(text: str) -> time | None:
    """The one time of day in `text`, to the second; None for none, several or impossible ones.

    A bare "10.34" counts only when it is the whole text.
    """
    words = normalise_text(text)
    found = [_time(match) for match in TIME_PATTERN.finditer(words)]
    if not found and (whole := _DOTTED.fullmatch(words)):
        found = [_time(whole)]
    return found[0] if len(found) == 1 else None


def _time(match: re.Match[str]) -> time | None:
    parts = {name.rstrip("12345"): value for name, value in match.groupdict().items() if value}
    hour = int(parts["h"])
    if half := parts.get("half", "").lower():
        if hour == 0 or (hour > 12 and half[0] == "a"):
            return None
        # Tills print "13:05 PM": the hour already counts to 24.
        hour = hour if hour > 12 else hour % 12 + 12 * (half[0] == "p")
    return time(hour, int(parts.get("m", 0)), int(parts.get("s", 0)))


def parse_duration(text: str) -> str | None:
    """The one duration in `text`, in English: "2 years" for "two (2) years".

    None when there is none, when there are several, or when words and digits disagree.
    """
    found = {_duration(match) for match in _DURATION.finditer(fold_text(text))}
    return found.pop() if len(found) == 1 else None


def _duration(match: re.Match[str]) -> str | None:
    counts = {_count(part) for part in match.group("word", "digits", "inner") if part}
    if len(counts) != 1:
        return None
    count = counts.pop()
    unit = TIME_UNITS[match["unit"]]
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _count(printed: str) -> Decimal:
    number = NUMERALS.get(printed)
    return Decimal(printed.replace(",", ".") if number is None else number)
