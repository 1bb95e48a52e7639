"""Regex finders: regular expressions over the digit-bearing parts of a text, with validators."""

import re
from collections.abc import Callable, Iterator, Sequence

#: (start, end) offsets, in order.
Ranges = Sequence[tuple[int, int]]

#: Finds (start, end) offsets in a text; the ranges given are those around its digits.
Finder = Callable[[str, Ranges], Iterator[tuple[int, int]]]

#: The farthest from a digit that a match can begin and end, in code points.
MAX_BEFORE_DIGIT, MAX_AFTER_DIGIT = 64, 48

_DIGITS = re.compile(r"[0-9]+")


def ranges_around_digits(text: str) -> list[tuple[int, int]]:
    """The ranges of `text` near its digits, without overlaps."""
    found: list[tuple[int, int]] = []
    for match in _DIGITS.finditer(text):
        start, end = (
            max(0, match.start() - MAX_BEFORE_DIGIT),
            min(len(text), match.end() + MAX_AFTER_DIGIT),
        )
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def regex_finder(
    pattern: str | re.Pattern[str],
    valid: Callable[[str], object] = bool,
    *,
    ignore_case: bool = False,
    digits: bool = True,
) -> Finder:
    """Finder of every match of `pattern`, or of its group "value", that `valid` accepts."""
    compiled = re.compile(pattern, re.IGNORECASE) if ignore_case else re.compile(pattern)
    group = "value" if "value" in compiled.groupindex else 0

    def find(text: str, stretches: Ranges) -> Iterator[tuple[int, int]]:
        for start, end in stretches if digits else ((0, len(text)),):
            for match in compiled.finditer(text, start, end):
                if valid(match[group]):
                    yield match.span(group)

    return find


def shrinking_regex_finder(pattern: str, valid: Callable[[str], object]) -> Finder:
    """As `regex_finder`; an invalid match is cut at its blanks from the end until it is valid."""
    compiled = re.compile(pattern)

    def find(text: str, stretches: Ranges) -> Iterator[tuple[int, int]]:
        for match in (m for stretch in stretches for m in compiled.finditer(text, *stretch)):
            start = match.start()
            gaps = [start + gap.start() for gap in re.finditer(r"[ \u00a0]", match[0])]
            for end in (match.end(), *reversed(gaps)):
                if valid(text[start:end]):
                    yield start, end
                    break

    return find
