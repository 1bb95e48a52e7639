"""Date parsing, of dates in digits and in words.

How 01/02/2024 is read. A number above 12 settles which one is the day. Else the caller's
`day_first` decides; without it a North American time zone beside the date (EST, PDT ...) makes
it month first, and in all other cases the day comes first, as in most of the world. AM and PM
settle nothing: half of Asia prints them after day-first dates.

Two-digit years are 1969 to 2068, POSIX's rule, and a hundred years earlier where the caller knows
that the date is not `latest`'s later: no one was born tomorrow. Four-digit ones are 1800 to 2199.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from docextract.values.characters import normalise_text
from docextract.values.dates.styles import DATE_PATTERN, DateStyle, date_parts
from docextract.values.dates.times import TIME_PATTERN

_AMERICAN = re.compile(r"\b(?:EST|EDT|CST|CDT|MST|MDT|PST|PDT)\b")


class DateMatch(NamedTuple):
    """A date found in a text: offsets, style, numbers, and evidence of the order of day and month.

    `day_first` is True or False where the digits themselves settle it, None where they do not
    (both at most 12) or where the style has but one order. `short` years have two digits.
    """

    start: int
    end: int
    style: DateStyle
    first: int
    second: int
    year: int
    short: bool
    day_first: bool | None

    def date(self, *, day_first: bool, latest: date | None = None) -> date | None:
        """The date, if there is such a day; `day_first` counts only where it is open.

        A date whose year has two digits is not after `latest`.
        """
        settled = self.style is not DateStyle.FIGURES or self.day_first
        in_order = day_first if settled is None else settled
        day, month = (self.first, self.second) if in_order else (self.second, self.first)
        found = _day(self.year, month, day)
        if found and latest and self.short and found > latest:
            return _day(self.year - 100, month, day)
        return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DateMatch]:
    """Every possible date in `text` between two offsets, in linear time."""
    for match in DATE_PATTERN.finditer(text, start, len(text) if end is None else end):
        found = _printed(match)
        if found.date(day_first=True) or found.date(day_first=False):
            yield found


def parse_date(
    text: str, *, day_first: bool | None = None, latest: date | None = None
) -> date | None:
    """The one date in `text`, which may have a weekday, a time or other words beside it.

    None when there is no date, an impossible one, several, or other digits that are no time.

    Args:
        text: As printed: "31.01.2024", "Wed, Jan. 31st, 2024 5:30 pm", "5MAR18".
        day_first: The document's order, for dates that could be read both ways.
        latest: The day that a date with a year of two digits is not after.
    """
    words = normalise_text(text)
    matches = [_printed(match) for match in DATE_PATTERN.finditer(words)]
    if len(matches) != 1:
        return None
    (found,) = matches
    around = f"{words[: found.start]} {words[found.end :]}"
    if any(char.isdigit() for char in TIME_PATTERN.sub(" ", around)):
        return None
    return found.date(day_first=_order(words, day_first), latest=latest)


def parse_date_range(text: str, *, day_first: bool | None = None) -> tuple[date, date] | None:
    """The two dates of a range, earlier first: "01/29/20-02/04/20".

    When one of them settles the order of day and month, it settles the other's. None when the
    second would lie before the first.
    """
    words = normalise_text(text)
    found = list(find_dates(words))
    if len(found) != 2:
        return None
    settled = {one.day_first for one in found} - {None}
    order = settled.pop() if len(settled) == 1 else _order(words, day_first)
    first, second = (one.date(day_first=bool(order)) for one in found)
    return (first, second) if first and second and first <= second else None


def _order(text: str, day_first: bool | None) -> bool:
    return day_first if day_first is not None else not _AMERICAN.search(text)


def _printed(match: re.Match[str]) -> DateMatch:
    style, first, second, year, short = date_parts(match)
    if short:
        year += 2000 if year <= 68 else 1900
    settled = None
    if style is DateStyle.FIGURES and max(first, second) > 12 >= min(first, second):
        settled = first > 12
    return DateMatch(*match.span(), style, first, second, year, short, settled)
