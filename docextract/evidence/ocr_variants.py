"""OCR variants: what words may have said that OCR misread, as candidates of a field.

A variant is a candidate whose last evidence is a repair; nothing else speaks for it, and the
scorer knows that. Whether one is taken is for the checks to decide. What makes them knows a
document's words (`docextract.extraction.ocr_variants`), what takes them knows the checks.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from docextract.document import Document, Value
from docextract.schema import FieldType

#: Types of numbers that equations are about.
NUMERIC = frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.PERCENT, FieldType.INTEGER})


class OcrVariant(NamedTuple):
    """Another value for a field, and the text that its words would have had in print.

    `value.raw` stays as OCR gave it. `instead` is the value that the same words had, None where
    they were no value before.
    """

    value: Value
    text: str
    instead: Value | None = None


class OcrVariants(Protocol):
    """The variants of one document's candidates; none of words that no OCR read."""

    @property
    def doc(self) -> Document:
        """The document."""
        ...

    @property
    def is_read_by_ocr(self) -> bool:
        """Whether OCR read any of its pages."""
        ...

    @property
    def unread_numbers(self) -> Sequence[OcrVariant]:
        """Numbers that are none as OCR gave them ("1O.5O"), at the labels of their fields."""
        ...

    def look_alikes(self, value: Value) -> Iterator[OcrVariant]:
        """The other readings of a value's own words, signs taken for those that look like them."""
        ...

    def other_digits(self, value: Value) -> Iterator[OcrVariant]:
        """The readings of a value's own words with one digit for another."""
        ...
