"""Equality of typed values: when two say the same, and when they cannot both be right."""

from docextract.document import Typed


def same(value: Typed) -> object:
    """What two values have in common when they say the same."""
    if isinstance(value, str):
        return "".join(sign for sign in value.casefold() if sign.isalnum())
    return value


def contradict(one: Typed, other: Typed) -> bool:
    """Whether two values cannot both be right: "ACME" and "ACME Ltd" can, 12.50 and 13 cannot."""
    a, b = same(one), same(other)
    if isinstance(a, str) and isinstance(b, str):
        return a not in b and b not in a
    return a != b
