"""How rules find: patterns over the stretches of a text that have digits, with validators."""

import re
from collections.abc import Callable, Iterator, Sequence

#: (start, end) offsets, in order.
Stretches = Sequence[tuple[int, int]]

#: Finds (start, end) offsets in a text; the stretches are those around its digits.
Finder = Callable[[str, Stretches], Iterator[tuple[int, int]]]

#: How far from a digit a match can begin and end, in code points.
BEFORE, AFTER = 64, 48

_DIGITS = re.compile(r"[0-9]+")


def around_digits(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` near its digits, each up to a blank, without overlaps."""
    found: list[tuple[int, int]] = []
    for match in _DIGITS.finditer(text):
        start, end = max(0, match.start() - BEFORE), min(len(text), match.end() + AFTER)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def matches(
    pattern: str | re.Pattern[str],
    valid: Callable[[str], object] = bool,
    *,
    ignore_case: bool = False,
    digits: bool = True,
) -> Finder:
    """Every match of `pattern`, or of its group "value", that `valid` says something of."""
    compiled = re.compile(pattern, re.IGNORECASE) if ignore_case else re.compile(pattern)
    group = "value" if "value" in compiled.groupindex else 0

    def find(text: str, stretches: Stretches) -> Iterator[tuple[int, int]]:
        for start, end in stretches if digits else ((0, len(text)),):
            for match in compiled.finditer(text, start, end):
                if valid(match[group]):
                    yield match.span(group)

    return find


def shrinking(pattern: str, valid: Callable[[str], object]) -> Finder:
    """As `matches`; a match that is not valid loses its last blank-separated parts until it is."""
    compiled = re.compile(pattern)

    def find(text: str, stretches: Stretches) -> Iterator[tuple[int, int]]:
        for match in (m for stretch in stretches for m in compiled.finditer(text, *stretch)):
            start = match.start()
            gaps = [start + gap.start() for gap in re.finditer(r"[ \u00a0]", match[0])]
            for end in (match.end(), *reversed(gaps)):
                if valid(text[start:end]):
                    yield start, end
                    break

    return find
