"""Text search: where on the pages a known value is printed, however it is written."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from docextract.document import Document, Typed
from docextract.extraction.value_shapes import pieces
from docextract.schema import FieldSchema, FieldType
from docextract.values import typed

#: A stretch [start, end) of the document's text.
Stretch = tuple[int, int]


@dataclass(frozen=True)
class Print:
    """A document's text, searched for values however they are printed.

    Numbers and dates are found by what they can mean, everything else by its letters and digits.
    """

    doc: Document

    def find(
        self, field: FieldSchema, value: Typed, within: Sequence[Stretch] | None = None
    ) -> tuple[Stretch, ...]:
        """The first place where the value can be read, one stretch for each part of an address.

        Args:
            field: What the value is of.
            value: Its typed value; the sign of a number does not count.
            within: Where to look; everywhere when it is None.
        """
        if within is None:
            within = ((0, len(self.doc.text)),)
        if isinstance(value, Decimal | date) and not isinstance(value, bool):
            places = (place for part in within for place in self._meaning(field, value, part))
            found = next(places, None)
            return (found,) if found else ()
        parts = str(value).split(", ") if field.type is FieldType.ADDRESS else [str(value)]
        return self._parts(parts, within)

    def _parts(self, parts: Sequence[str], within: Sequence[Stretch]) -> tuple[Stretch, ...]:
        """All parts, each behind the one before; nothing where one is missing."""
        found: list[Stretch] = []
        for part in parts:
            after = found[-1][1] if found else 0
            places = (self.letters(part, max(after, start), end) for start, end in within)
            place = next(filter(None, places), None)
            if place is None:
                return ()
            found.append(place)
        return tuple(found)

    def letters(self, text: str, start: int, end: int) -> Stretch | None:
        """Where the letters and digits of `text` stand, as whole words, from `start` to `end`."""
        wanted = "".join(sign for sign in text.casefold() if sign.isalnum())
        signs, offsets = self._signs
        first, last = self._sign_at(start), self._sign_at(end)
        at = signs.find(wanted, first, last) if wanted else -1
        while at >= 0:
            place = offsets[at], offsets[at + len(wanted) - 1] + 1
            if self._is_whole(*place):
                return place
            at = signs.find(wanted, at + 1, last)
        return None

    def _meaning(
        self, field: FieldSchema, value: Decimal | date, within: Stretch
    ) -> Iterator[Stretch]:
        """Where a number or a date is printed that can mean the value."""
        base = within[0]
        for line in self.doc.text[base : within[1]].splitlines(keepends=True):
            for start, end in pieces(field.type, line):
                if value in _meanings(field, line[start:end]):
                    yield base + start, base + end
            base += len(line)

    def _is_whole(self, start: int, end: int) -> bool:
        text = self.doc.text
        before, after = text[start - 1 : start], text[end : end + 1]
        return not (before.isalnum() or after.isalnum()) and "\f" not in text[start:end]

    @cached_property
    def _signs(self) -> tuple[str, list[int]]:
        """The text's letters and digits in one case, and the offset of each."""
        found = [
            (sign, at)
            for at, printed in enumerate(self.doc.text)
            for sign in printed.casefold()
            if sign.isalnum()
        ]
        return "".join(sign for sign, _ in found), [at for _, at in found]

    def _sign_at(self, offset: int) -> int:
        """The number of the first letter or digit at or behind an offset of the text."""
        return bisect_left(self._signs[1], offset)


def _meanings(field: FieldSchema, printed: str) -> Iterator[Typed]:
    """What the words can mean, whichever way the document writes numbers and dates."""
    for day_first, decimal in ((True, ","), (False, ".")):
        value = typed.parse_value(field.type, printed, day_first=day_first, decimal=decimal)
        if isinstance(value, Decimal):
            yield -value
        if value is not None:
            yield value
