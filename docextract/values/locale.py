"""Locale inference: date order and decimal mark of a document, from all of its text together.

A single "01/02/2024" or "1.234" tells nothing; the other dates, sums and words of the same
document usually do. Evidence has ranks, and only the best rank that has any counts:

    day or month first   a number above 12, the weekday beside a date, the end of a stretch of
                         time after its beginning; places, currencies, languages, a decimal
                         comma; the order of dates in words
    decimal mark         two decimals; groups that repeat, sums that add up; a currency beside
                         three digits, round sums, places and languages, months before days

None means that there is no evidence, or that the evidence of the best rank is contradictory.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import TypeVar

from docextract.values.characters import fold_text
from docextract.values.dates import parsing as dates
from docextract.values.dates.styles import DateStyle
from docextract.values.dates.vocabulary import WEEKDAYS
from docextract.values.numbers.currencies import CURRENCY_PATTERN, THREE_DECIMALS, parse_currency
from docextract.values.numbers.separator_evidence import count_sums_by_mark

_T = TypeVar("_T")

#: Evidence must outweigh its contrary by this factor: a few misread marks overturn nothing.
MAJORITY = 3

#: Words and signs of places that write the day first, and of the one that does not. They only
#: count when no date settles the order by itself.
_DAY_FIRST = re.compile(
    r"€|£|\b(?:EUR|GBP|CHF|MYR|IDR|SGD|INR|AUD|NZD|GmbH|Sdn|Bhd|GST|MwSt|USt|"
    r"Rechnung|Datum|Betrag|facture|montant|fecha|factura|tarikh|tanggal|jalan|jln)\b"
    r"|\b(?:RM|Rp)\.?\s?[0-9]",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"\b(?:USA|United States|Inc|LLC|ZIP|EIN|SSN|sales tax)\b|\b[ECMP][SD]T\b"
    r"|\b(?:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[TA]|W[AVIY])\s[0-9]{5}(?:-[0-9]{4})?\b"
)
#: Words and signs of places that write a decimal comma, or a point. Not "€": Ireland has points.
_COMMA = re.compile(
    r"\b(?:Rechnung\w*|Betrag|Gesamt\w*|Summe|MwSt|USt|facture|montant|Rp|IDR)\b", re.IGNORECASE
)
_POINT = re.compile(
    r"£|\b(?:GBP|MYR|Sdn|Bhd|INR|SGD|HKD|CHF|Schweiz|Suisse|Svizzera)\b|\bRM\s?[0-9]"
)
_AMOUNT = re.compile(
    r"(?<![\w.,/:-])[0-9]{1,3}(?:(?P<group>[.,' \u00a0\u202f])[0-9]{3}){0,5}"
    r"(?P<mark>[.,])[0-9]{2}(?![\w/:]|[.,-][0-9])"
)
#: "1.234.567" and "1,23,456": no decimal mark repeats, but numbers of companies look so, too.
_REPEATED = re.compile(
    r"(?<![\w.,/:-])[0-9]{1,3}(?P<group>[.,])(?:[0-9]{2,3}(?P=group)){1,4}[0-9]{3}(?![\w/:]|[.,-][0-9])"
)
#: "1.234": the mark may be either.
_OPEN = re.compile(r"(?<![\w.,/:-])[1-9][0-9]{0,2}(?P<group>[.,])[0-9]{3}(?![\w/:]|[.,-][0-9])")
_BEFORE = re.compile(rf"{CURRENCY_PATTERN}\s?-?\Z")
#: A price per unit has as many decimals as it likes: "1,459 EUR/l".
_AFTER = re.compile(rf"\s?{CURRENCY_PATTERN}(?!\s?/)")
#: Code points to either side in which a currency or a weekday stands beside a number.
_BESIDE = 14
#: Numbers whose currencies are looked at: more tell no more.
_MOST = 400
#: Round sums that are no chance: one "1.000" may be a weight with three decimals.
_LIST = 3
#: What parts the first day of a stretch of time from its last.
_TO = re.compile(r"\s?(?:[-–—]|to|until|through|bis|au|al|hasta)\s?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Convention:
    """A document's number and date format: day before month, decimal mark; None is unknown."""

    day_first: bool | None = None
    decimal: str | None = None


def infer_convention(texts: Iterable[str]) -> Convention:
    """The date order and decimal mark of these texts, all of one document."""
    evidence = _Evidence(tuple(texts))
    return Convention(evidence.day_first(), evidence.decimal())


def infer_day_first(texts: Iterable[str]) -> bool | None:
    """Whether the day stands before the month in these texts' dates; None without evidence."""
    return _Evidence(tuple(texts)).day_first()


def infer_decimal_mark(texts: Iterable[str]) -> str | None:
    """The decimal mark, "." or ",", of these texts' amounts; None without evidence."""
    return _Evidence(tuple(texts)).decimal()


@dataclass(frozen=True)
class _Evidence:
    """Evidence from texts, each rank counted once and only when it is needed."""

    texts: tuple[str, ...]

    def day_first(self) -> bool | None:
        if self.day_votes:
            return _winner(self.day_votes)
        hints: Counter[bool] = Counter()
        for text in self.texts:
            hints[True] += sum(1 for _ in _DAY_FIRST.finditer(text))
            hints[False] += sum(1 for _ in _MONTH_FIRST.finditer(text))
        hints[True] += _winner(self.mark_votes) == ","  # no place has commas and months first
        return _winner(hints) if hints.total() else _winner(self._in_words())

    def decimal(self) -> str | None:
        if self.mark_votes:
            return _winner(self.mark_votes)
        forms: Counter[str] = Counter()
        for text in self.texts:
            forms.update(count_sums_by_mark(text))
            forms.update(_other(match["group"]) for match in _REPEATED.finditer(text))
        return _winner(forms) if forms.total() else _winner(self._mark_hints())

    @cached_property
    def printed(self) -> list[tuple[str, dates.DateMatch]]:
        return [(text, printed) for text in self.texts for printed in dates.find_dates(text)]

    @cached_property
    def day_votes(self) -> Counter[bool]:
        votes: Counter[bool] = Counter()
        for text, printed in self.printed:
            day_first = printed.day_first
            if day_first is None and printed.style is DateStyle.FIGURES:
                day_first = _by_weekday(text, printed)
            if day_first is not None:
                votes[day_first] += 1
        votes.update(_by_ranges(self.printed))
        return votes

    @cached_property
    def mark_votes(self) -> Counter[str]:
        """Of two decimals; an amount that shows both marks cannot be misread and counts thrice."""
        votes: Counter[str] = Counter()
        for text in self.texts:
            for match in _AMOUNT.finditer(text):
                if match["group"] != match["mark"]:
                    votes[match["mark"]] += 3 if match["group"] else 1
        return votes

    def _in_words(self) -> Counter[bool]:
        """The order of dates in words: "May 5, 2020" against "5 May 2020"."""
        styles = Counter(printed.style for _, printed in self.printed)
        return Counter({True: styles[DateStyle.DAY_FIRST], False: styles[DateStyle.MONTH_FIRST]})

    def _mark_hints(self) -> Counter[str]:
        hints: Counter[str] = Counter()
        for text in self.texts:
            hints.update(_beside_currencies(text))
            hints.update(_round_sums(text))
            hints[","] += sum(1 for _ in _COMMA.finditer(text))
            hints["."] += sum(1 for _ in _POINT.finditer(text))
        hints["."] += _winner(self.day_votes) is False
        return hints


def _by_weekday(text: str, printed: dates.DateMatch) -> bool | None:
    """The order under which a date falls on the weekday that is printed beside it."""
    before = text[max(0, printed.start - _BESIDE) : printed.start]
    after = text[printed.end : printed.end + _BESIDE]
    words = [*_WORD.findall(before)[-1:], *_WORD.findall(after)[:1]]
    named = {WEEKDAYS[word] for word in map(fold_text, words) if word in WEEKDAYS}
    if len(named) != 1:
        return None
    (wanted,) = named
    fits = [
        order
        for order in (True, False)
        if (day := printed.date(day_first=order)) and day.weekday() == wanted
    ]
    return fits[0] if len(fits) == 1 else None


def _by_ranges(printed: Sequence[tuple[str, dates.DateMatch]]) -> Iterator[bool]:
    """The orders under which alone a stretch of time ends after it begins: "9/4/24 - 2/5/24"."""
    for (text, first), (same, second) in pairwise(printed):
        if text is same and _TO.fullmatch(text[first.end : second.start][:_BESIDE]):
            fits = [order for order in (True, False) if _in_order(first, second, order)]
            if len(fits) == 1:
                yield fits[0]


def _in_order(first: dates.DateMatch, second: dates.DateMatch, day_first: bool) -> bool:
    begin, end = first.date(day_first=day_first), second.date(day_first=day_first)
    return bool(begin and end and begin <= end)


def _beside_currencies(text: str) -> Iterator[str]:
    """The decimal marks of sums of three digits in a currency that has no three decimals."""
    for match in islice(_OPEN.finditer(text), _MOST):
        start, end = match.span()
        before = _BEFORE.search(text[max(0, start - _BESIDE) : start])
        mark = before or _AFTER.match(text[end : end + _BESIDE])
        if mark and parse_currency(mark[0]) not in THREE_DECIMALS:
            yield _other(match["group"])


def _round_sums(text: str) -> Iterator[str]:
    """The decimal marks of a list of sums in round thousands: "45.000", "30.000", "15.000"."""
    printed = {match[0]: match["group"] for match in islice(_OPEN.finditer(text), _MOST)}
    found = [_other(group) for number, group in printed.items() if number.endswith("00")]
    yield from found if len(found) >= _LIST else ()


def _other(mark: str) -> str:
    return "," if mark == "." else "."


def _winner(votes: Counter[_T]) -> _T | None:
    ranked = votes.most_common(2)
    if not ranked or not ranked[0][1]:
        return None
    if len(ranked) > 1 and ranked[0][1] < MAJORITY * ranked[1][1]:
        return None
    return ranked[0][0]
