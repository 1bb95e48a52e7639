"""Return address: the small line above an envelope's window, "Ann & Co · Lane 1 · 12345 Town"."""

import re
from collections.abc import Iterator

from docextract.extraction.parties.vocabulary import STREET

#: The signs that part pieces of one line.
MARK = re.compile(r"[·•●|∙]")
#: What parts the name from the address where both are on one line, a postcode following.
_MARKED = re.compile(r"\s[·•●|∙]\s(?=.*\b\d{4,5}\b)")
#: The same without a sign that is used for nothing else: a street with a number and a town follow.
_PLAIN = re.compile(
    r"^(?P<name>[^\d,]{3,60}?)(?P<mark>,|\s[-–*])\s"
    r"(?=[^,]{2,40}?\d[^,]{0,8}?(?:,|\s[-–*])\s(?:[A-Z]{1,2}[- ])?\d{4,5}\s[^\W\d]{2})"
)
#: What parts the lines of an address that are printed on one line.
_PARTED = re.compile(r"\s[·•●|∙*–-]\s")


def sender(text: str) -> tuple[int, int] | None:
    """Where the name in a sender's line ends and the address begins; None if it is no such line."""
    if marked := _MARKED.search(text):
        return marked.span()
    plain = _PLAIN.search(text)
    if plain is None or STREET.search(plain["name"]):
        return None
    return plain.end("name"), plain.end()


def address_parts(text: str) -> Iterator[tuple[int, int]]:
    """The parts of an address that signs part."""
    start = 0
    for mark in _PARTED.finditer(text):
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)
