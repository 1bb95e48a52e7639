"""Decimal-mark evidence from sums that add up under one reading of the separators only.

"1.234", "500" and "1.734" under each other say that the full stop groups thousands: with decimals
the last is not the sum of the others. Sums whose numbers all have the mark hold either way.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from docextract.values.numbers.amounts import parse_number

#: Numbers that are added at most, and looked at in one text: work stays linear.
_PARTS, _MOST = 10, 400
_NUMBER = re.compile(
    r"(?<![\w.,/:-])(?:[1-9][0-9]{0,2}[.,][0-9]{3}|[0-9]{1,9})(?![\w/:%]|[.,-][0-9])"
)


def count_sums_by_mark(text: str) -> Counter[str]:
    """Decimal mark -> how many numbers are sums of those before them under this mark alone."""
    printed = [match[0] for match in islice(_NUMBER.finditer(text), _MOST)]
    if all(one.isdigit() for one in printed):
        return Counter()
    point, comma = _totals(printed, "."), _totals(printed, ",")
    return Counter({".": len(point - comma), ",": len(comma - point)})


def _totals(printed: Sequence[str], decimal: str) -> set[tuple[int, int]]:
    """Every (place, count) at which a number is the sum of so many before it."""
    values = [parse_number(one, decimal=decimal) or 0 for one in printed]
    return {
        (at, count)
        for at, value in enumerate(values)
        for count in range(2, min(_PARTS, at) + 1)
        if value and value == sum(values[at - count : at])
    }
