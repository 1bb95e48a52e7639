"""Generates OCR variants: candidates with signs that OCR takes for each other read otherwise.

Words that a file holds as text are what they are, and are never read otherwise.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import cached_property

from docextract.document import Document, Line, Page, Step, Typed, Value, Word
from docextract.evidence.check_digits import digits_check
from docextract.evidence.ocr_variants import NUMERIC, OcrVariant
from docextract.extraction.context import Case
from docextract.extraction.rules import by_rules
from docextract.layout.labels import LabelLexicon
from docextract.layout.segments import Sheet
from docextract.ocr import ENGINES
from docextract.schema import Schema
from docextract.values import locale, typed
from docextract.values.numbers import ocr_confusions


def is_ocr(page: Page) -> bool:
    """Whether an OCR engine read the page: one of ours, or one named by its place."""
    return page.read_by in ENGINES or ":" in page.read_by


@dataclass(frozen=True)
class DocumentVariants:
    """The OCR variants of a document's candidates under one schema (`OcrVariants`)."""

    doc: Document
    schema: Schema

    def look_alikes(self, value: Value) -> Iterator[OcrVariant]:
        """The other readings of a value's own words; none where no OCR read them."""
        return self._variants(value, self._texts(value))

    def other_digits(self, value: Value) -> Iterator[OcrVariant]:
        """The readings of a value's own words with one digit for another."""
        is_number = self.schema.field(value.field).type in NUMERIC
        return self._variants(
            value, ocr_confusions.digit_variants(value.raw if is_number else str(value.value))
        )

    def _variants(self, value: Value, texts: Iterable[str]) -> Iterator[OcrVariant]:
        places = self.doc.places_of(value)
        if value.is_stated or value.places or not places:
            return
        if {place.page for place in places} <= self._pages:
            told = {value.value, None}
            for text in texts:
                read = self._typed(value.field, text)
                if read is not None and read not in told:
                    told.add(read)
                    yield OcrVariant(_repaired(value, read), text, value)

    @property
    def is_read_by_ocr(self) -> bool:
        """Whether OCR read any of its pages."""
        return bool(self._pages)

    @cached_property
    def unread_numbers(self) -> tuple[OcrVariant, ...]:
        """Numbers that are none as OCR gave them ("1O.5O"), at the labels of their fields.

        The rules look once more, through the document as it is without letters in its numbers;
        what they find in words that were changed is offered. A cell of a table is only offered
        for a row that has been found, by other cells in the same place.
        """
        pages = tuple(_with_figures(page) if is_ocr(page) else page for page in self.doc.pages)
        if pages == self.doc.pages:
            return ()
        doc = replace(self.doc, pages=pages)
        sheet = Sheet(doc)
        values = list(by_rules(Case(sheet, self.schema, LabelLexicon(self.schema))))
        known = {(one.field, one.row, one.spans) for one in self.doc.candidates}
        rows = {
            (one.field.partition(".")[0], one.row)
            for one in values
            if one.row is not None and (one.field, one.row, one.spans) in known
        }
        return tuple(
            offer
            for value in values
            if value.row is None or (value.field.partition(".")[0], value.row) in rows
            for offer in self._unread(value)
        )

    def _unread(self, value: Value) -> Iterator[OcrVariant]:
        """The offer of a number that was found among changed words."""
        raw = " ".join(self.doc.text[start:end] for start, end in value.spans)
        if self.schema.field(value.field).type in NUMERIC and raw != value.raw:
            yield OcrVariant(replace(_repaired(value, value.value), raw=raw), value.raw)

    def _texts(self, value: Value) -> Iterator[str]:
        field = self.schema.field(value.field)
        if field.type in NUMERIC:
            yield from ocr_confusions.separator_variants(value.raw, self._decimal)
        elif digits_check(field):
            yield from ocr_confusions.identifier_variants(str(value.value))

    def _typed(self, path: str, text: str) -> Typed | None:
        field = self.schema.field(path)
        return typed.parse_value(field.type, text, decimal=self._decimal)

    @cached_property
    def _decimal(self) -> str | None:
        return locale.infer_decimal_mark([self.doc.text])

    @cached_property
    def _pages(self) -> Set[int]:
        return {page.number for page in self.doc.pages if is_ocr(page)}


def _repaired(value: Value, read: Typed) -> Value:
    """The value with another meaning, surely less sure; its checks are those of its old one."""
    return replace(
        value.corrected(Step.REPAIRED, "OCR look-alikes", read),
        alternatives=(),
        checks=(),
        parts=(),
    )


def _with_figures(page: Page) -> Page:
    """The page with digits for the letters in its numbers; offsets and boxes stay."""
    return replace(page, lines=tuple(map(_line, page.lines)))


def _line(line: Line) -> Line:
    return tuple(
        Word(ocr_confusions.letters_to_digits(word.text), word.box, word.confidence)
        for word in line
    )
