"""How one document writes days and decimals, decided from all of its text.

A single "01/02/2024" or "1.234" tells nothing; the other dates, sums and words of the same
document usually do. None means that nothing speaks, or that the evidence quarrels.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from docextract.values import dates

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
    r"\b(?:USA|United States|Inc|LLC|ZIP|EIN|SSN|sales tax)\b"
    r"|\b(?:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[TA]|W[AVIY])\s[0-9]{5}(?:-[0-9]{4})?\b"
)
_AMOUNT = re.compile(
    r"(?<![\w.,/:-])[0-9]{1,3}(?:(?P<group>[.,' \u00a0\u202f])[0-9]{3})*"
    r"(?P<mark>[.,])[0-9]{2}(?![\w/:]|[.,-][0-9])"
)


def day_first_of(texts: Iterable[str]) -> bool | None:
    """Whether the day stands before the month in these texts' dates; None when none tells.

    A date that has a number above 12 counts before words ("GmbH", "TX 77002"), and words with
    the order of dates in words ("May 5, 2020" against "5 May 2020") only after those.
    """
    votes: Counter[bool] = Counter()
    hints: Counter[bool] = Counter()
    for text in texts:
        votes.update(date.day_first for date in dates.find(text) if date.day_first is not None)
        hints[True] += sum(1 for _ in _DAY_FIRST.finditer(text))
        hints[False] += sum(1 for _ in _MONTH_FIRST.finditer(text))
    return _winner(votes) if votes else _winner(hints)


def decimal_mark_of(texts: Iterable[str]) -> str | None:
    """The mark, "." or ",", before the two decimals of these texts' amounts.

    An amount that shows both marks counts three times: it cannot be misread.
    """
    votes: Counter[str] = Counter()
    for text in texts:
        for match in _AMOUNT.finditer(text):
            if match["group"] != match["mark"]:
                votes[match["mark"]] += 3 if match["group"] else 1
    return _winner(votes)


def _winner(votes: Counter[_T]) -> _T | None:
    ranked = votes.most_common(2)
    if not ranked or not ranked[0][1]:
        return None
    if len(ranked) > 1 and ranked[0][1] < MAJORITY * ranked[1][1]:
        return None
    return ranked[0][0]
