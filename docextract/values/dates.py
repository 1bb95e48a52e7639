"""Dates, in digits and in words.

How 01/02/2024 is read. A number above 12 settles which one is the day. Else the caller's
`day_first` decides; without it a North American time zone beside the date (EST, PDT ...) makes
it month first, and in all other cases the day comes first, as in most of the world. AM and PM
settle nothing: half of Asia prints them after day-first dates.

Two-digit years are 1969 to 2068, POSIX's rule; four-digit ones 1800 to 2199. A date has no
digit at its sides, nor its own mark and a digit, so that "1.2.2024.5" is none.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from docextract.values.months import MONTH_FORMS, MONTHS
from docextract.values.printed import folded, plain
from docextract.values.times import TIME

_MONTH = rf"(?:{'|'.join(MONTH_FORMS)})"
_B = r"[^\S\f]"  # a blank or a line's end, never a page's
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"
_YEAR = r"(?:1[89]|2[01])[0-9]{2}"
_NTH = rf"(?:{_B}?(?:st|nd|rd|th|er|º|°))?"

#: Every style; the groups' first letter says the part, what follows it the style.
DATE = re.compile(
    rf"""
    (?<![0-9])(?<![0-9][./,:])(?:(?<![0-9]-)|(?=[0-9]{{1,2}}{_B}?[./]))(?:
      (?P<y1>{_YEAR})(?P<s1>[-/.]|{_B})(?P<m1>[0-9]{{1,2}})(?P=s1)(?P<d1>[0-9]{{1,2}})(?!(?P=s1)[0-9])
    | (?P<y2>{_YEAR})(?P<m2>[01][0-9])(?P<d2>[0-3][0-9])
    | (?P<a>[0-9]{{1,2}}){_B}?(?P<s>[./-]){_B}?(?P<b>[0-9]{{1,2}}){_B}?(?P=s){_B}?
      (?P<y3>{_YEAR}|'?[0-9]{{2}})(?!(?P=s)[0-9])
    | (?P<d4>[0-9]{{2}}){_B}(?P<m4>[0-9]{{2}}){_B}(?P<y4>{_YEAR})
    | (?P<d5>{_DAY}){_NTH}[.,]?{_B}?[-/.]?{_B}?(?:(?:day{_B})?(?:of|de|del){_B})?
      (?P<m5>{_MONTH})\.?{_B}?,?{_B}?[-/.]?{_B}?(?:(?:of|de|del){_B})?(?P<y5>{_YEAR}|'?[0-9]{{2}})
    | (?<![^\W_])(?P<m6>{_MONTH})\.?{_B}?[-/.]?{_B}?(?:the{_B})?(?P<d6>{_DAY}){_NTH}
      (?:{_B}?[.,]{_B}?|{_B}?[-/]{_B}?|{_B}(?:of{_B})?)(?P<y6>{_YEAR}|'?[0-9]{{2}})
    | (?P<y7>{_YEAR})(?:[-/.]|,?{_B})(?P<m7>{_MONTH})\.?(?:[-/.]|{_B})(?P<d7>{_DAY}){_NTH}
    )(?![0-9]|[./,:][0-9]|{_B}?[:%])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AMERICAN = re.compile(r"\b(?:EST|EDT|CST|CDT|MST|MDT|PST|PDT)\b")


class Printed(NamedTuple):
    """A date where it stands: offsets, its parts, and what they say about the order.

    `day_first` is True or False where the digits themselves settle it, None where they do not
    (both at most 12) or where the style has but one order (`fixed`).
    """

    start: int
    end: int
    first: int
    second: int
    year: int
    day_first: bool | None
    fixed: bool

    def date(self, *, day_first: bool) -> date | None:
        """The date, if there is such a day; `day_first` counts only where it is open."""
        order = day_first if self.day_first is None and not self.fixed else self.day_first
        day, month = (self.first, self.second) if order or self.fixed else self._swapped
        try:
            return date(self.year, month, day)
        except ValueError:
            return None

    @property
    def _swapped(self) -> tuple[int, int]:
        return self.second, self.first


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Printed]:
    """Every possible date in `text` between two offsets; linear in their distance."""
    for match in DATE.finditer(text, start, len(text) if end is None else end):
        found = _printed(match)
        if found.date(day_first=True) or found.date(day_first=False):
            yield found


def date_of(text: str, *, day_first: bool | None = None) -> date | None:
    """The one date in `text`, which may have a weekday, a time or other words beside it.

    None when there is no date, an impossible one, several, or other digits that are no time.

    Args:
        text: As printed: "31.01.2024", "Wed, Jan. 31st, 2024 5:30 pm", "5MAR18".
        day_first: The document's order, for dates that could be read both ways.
    """
    words = plain(text)
    matches = [_printed(match) for match in DATE.finditer(words)]
    if len(matches) != 1:
        return None
    (found,) = matches
    around = f"{words[: found.start]} {words[found.end :]}"
    if any(char.isdigit() for char in TIME.sub(" ", around)):
        return None
    return found.date(day_first=_order(words, day_first))


def period(text: str, *, day_first: bool | None = None) -> tuple[date, date] | None:
    """The two dates of a stretch of time, earlier first: "01/29/20-02/04/20".

    When one of them settles the order of day and month, it settles the other's. None when the
    second would lie before the first.
    """
    words = plain(text)
    found = list(find(words))
    if len(found) != 2:
        return None
    settled = {one.day_first for one in found} - {None}
    order = settled.pop() if len(settled) == 1 else _order(words, day_first)
    first, second = (one.date(day_first=bool(order)) for one in found)
    return (first, second) if first and second and first <= second else None


def _order(text: str, day_first: bool | None) -> bool:
    return day_first if day_first is not None else not _AMERICAN.search(text)


def _printed(match: re.Match[str]) -> Printed:
    parts = {name[0]: value for name, value in match.groupdict().items() if value}
    year = _year(parts["y"])
    if "a" not in parts:
        return Printed(
            *match.span(), int(parts["d"]), _month(parts["m"]), year, day_first=None, fixed=True
        )
    first, second = int(parts["a"]), int(parts["b"])
    settled = None if max(first, second) <= 12 or min(first, second) > 12 else first > 12
    return Printed(*match.span(), first, second, year, day_first=settled, fixed=False)


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else MONTHS[folded(printed)]


def _year(printed: str) -> int:
    digits = int(printed.lstrip("'"))
    if digits >= 100:
        return digits
    return 2000 + digits if digits <= 68 else 1900 + digits
