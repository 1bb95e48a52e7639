"""Date styles: one pattern for all of them, and the parts that a match of each has.

A date has no digit at its sides, nor its own mark and a digit, so that "1.2.2024.5" is none.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from docextract.values.characters import fold_text
from docextract.values.dates.number_words import (
    CENTURY_WORDS,
    COUNT_WORDS,
    DAY_WORDS,
    day_from_words,
    year_from_words,
)
from docextract.values.dates.vocabulary import MONTH_FORMS, MONTHS
from docextract.values.word_patterns import alternation_pattern

_B = r"[^\S\f]"  # a blank or a line's end, never a page's
_GAP = rf"(?:{_B}?-{_B}?|{_B})"
_MONTH = rf"(?:{alternation_pattern(MONTH_FORMS)})"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"
_DAY_WORDS = rf"(?:{alternation_pattern(DAY_WORDS, blank=_GAP)})"
_YEAR = r"(?:1[89]|2[01])[0-9]{2}"
#: What makes a day an ordinal; "o" is what "º" becomes after normalisation.
_NTH = rf"(?:{_B}?(?:st|nd|rd|th|er|ro|º|°|o(?![^\W_])))?"
_OF = rf"(?:(?:(?:in|of){_B}the{_B}year(?:{_B}of)?|of|de|del){_B}|d['\u2019])"
_COUNT = rf"(?:{alternation_pattern(COUNT_WORDS, blank=_GAP)})(?![^\W_])"
_CENTURY = alternation_pattern(CENTURY_WORDS, blank=_B)


def _year_words(style: str) -> str:
    """A year of four digits or in words; the groups are marked with the style's number."""
    return (
        rf"(?:(?P<y{style}>{_YEAR})|(?P<c{style}>{_CENTURY})(?:{_GAP}?(?P<n{style}>{_COUNT}))?"
        r"(?![^\W_]))"
    )


#: Every style; a group's first letter says the part, what follows it the style.
DATE_PATTERN = re.compile(
    rf"""
    (?<![0-9])(?<![0-9][./,:])(?:(?<![0-9]-)|(?=[0-9]{{1,2}}{_B}?[./]))(?:
      (?P<y1>{_YEAR})(?P<s1>[-/.]|{_B})(?P<m1>[0-9]{{1,2}})(?P=s1)(?P<d1>[0-9]{{1,2}})(?!(?P=s1)[0-9])
    | (?P<y2>{_YEAR})(?P<m2>[01][0-9])(?P<d2>[0-3][0-9])
    | (?P<a>[0-9]{{1,2}}){_B}?(?P<s>[./-]){_B}?(?P<b>[0-9]{{1,2}}){_B}?(?P=s){_B}?
      (?P<y3>{_YEAR}|'?[0-9]{{2}})(?!(?P=s)[0-9])
    | (?P<d4>[0-9]{{2}}){_B}(?P<m4>[0-9]{{2}}){_B}(?P<y4>{_YEAR})
    | (?P<d5>{_DAY}){_NTH}[.,]?{_B}?[-/.]?{_B}?(?:day{_B})?{_OF}?
      (?P<m5>{_MONTH})\.?{_B}?,?{_B}?[-/.]?{_B}?{_OF}?(?:(?P<t5>'?[0-9]{{2}}(?![0-9]))|{_year_words("5")})
    | (?<![^\W_])(?P<m6>{_MONTH})\.?{_B}?[-/.]?{_B}?(?:the{_B})?
      (?:(?P<d6>{_DAY}){_NTH}|(?P<w6>{_DAY_WORDS}))
      (?:{_B}?[.,]{_B}?|{_B}?[-/]{_B}?|{_B}{_OF}?)(?:(?P<t6>'?[0-9]{{2}}(?![0-9]))|{_year_words("6")})
    | (?P<y7>{_YEAR})(?:[-/.]|,?{_B})(?P<m7>{_MONTH})\.?(?:[-/.]|{_B})(?P<d7>{_DAY}){_NTH}
    | (?<![^\W_])(?P<w8>{_DAY_WORDS}){_B}(?:day{_B})?{_OF}?
      (?P<m8>{_MONTH})\.?{_B}?,?{_B}?{_OF}?{_year_words("8")}
    )(?![0-9]|[./,:][0-9]|{_B}?[:%])
    """,
    re.IGNORECASE | re.VERBOSE,
)


class DateStyle(StrEnum):
    """The order of a date's parts."""

    FIGURES = "figures"  # 03/04/2024: either may be the day
    DAY_FIRST = "day first"  # 3 April 2024, 03 04 2024
    MONTH_FIRST = "month first"  # April 3, 2024
    YEAR_FIRST = "year first"  # 2024-04-03
    COMPACT = "compact"  # 20240403, which may as well be any other number


_STYLES = {
    "1": DateStyle.YEAR_FIRST,
    "2": DateStyle.COMPACT,
    "3": DateStyle.FIGURES,
    "4": DateStyle.DAY_FIRST,
    "5": DateStyle.DAY_FIRST,
    "6": DateStyle.MONTH_FIRST,
    "7": DateStyle.YEAR_FIRST,
    "8": DateStyle.DAY_FIRST,
}


class DateParts(NamedTuple):
    """The parts of a date: its numbers in the order of its style, day before month if it has one.

    `short` tells that the year has two digits, which are given as they are.
    """

    style: DateStyle
    first: int
    second: int
    year: int
    short: bool


def date_parts(match: re.Match[str]) -> DateParts:
    """The parts of a match of DATE_PATTERN."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    number = next((name[1:] for name in groups if name[0] == "m"), "3")
    found = {name[0]: value for name, value in groups.items()}
    year = _year(found)
    if number == "3":
        first, second = int(found["a"]), int(found["b"])
    else:
        first = int(found["d"]) if "d" in found else day_from_words(found["w"])
        second = _month(found["m"])
    return DateParts(_STYLES[number], first, second, year, short=year < 100)


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else MONTHS[fold_text(printed)]


def _year(found: Mapping[str, str]) -> int:
    if "c" in found:
        return year_from_words(found["c"], found.get("n", ""))
    return int((found.get("y") or found["t"]).lstrip("'"))
