"""The terms of the sum that decided how sure a value is, in words."""

from collections.abc import Mapping
from decimal import Decimal

from docextract.resolution.scoring.features import WORDS

#: What adds to the sum and is no feature of a candidate.
_LATER: Mapping[str, str] = {
    "checks": "checks",
    "ambiguous": "its words can be read in two ways",
}
#: Terms smaller than this, in log odds, are not told.
SMALL = 0.1


def in_words(terms: Mapping[str, Decimal | float]) -> tuple[str, ...]:
    """Each term of some size with what it added, the largest first."""
    told = [(name, float(number)) for name, number in terms.items()]
    told.sort(key=lambda term: -abs(term[1]))
    return tuple(f"{_words(name)} {number:+.1f}" for name, number in told if abs(number) >= SMALL)


def _words(name: str) -> str:
    feature, _, rule = name.partition(":")
    words = WORDS.get(feature) or _LATER.get(feature, feature)
    return f"{words} ({rule})" if rule else words
