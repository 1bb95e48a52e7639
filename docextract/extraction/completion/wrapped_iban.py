"""Completes account numbers that wrap into the next line of a narrow column.

The check digits of an IBAN (ISO 7064, mod 97) tell beyond doubt where it ends.
"""

from collections.abc import Iterable, Iterator

from docextract.document import Step, Stretch, Value
from docextract.extraction.context import Case
from docextract.schema import FieldType
from docextract.values.identifiers import parse_iban

#: The next line is within so many line heights, and has so many groups of the number at most.
NEAR, GROUPS = 1.5, 6


def with_whole_ibans(case: Case, values: Iterable[Value]) -> list[Value]:
    """The values, those of account numbers with what the next line has of them."""
    return [_whole(case, value) if _is_cut(case, value) else value for value in values]


def _is_cut(case: Case, value: Value) -> bool:
    is_account = case.schema.field(value.field).type is FieldType.IBAN
    return is_account and len(value.spans) == 1 and parse_iban(value.raw) is None


def _whole(case: Case, value: Value) -> Value:
    (span,) = value.spans
    for more in _beginnings(case, span):
        raw = f"{value.raw}\n{case.sheet.text[slice(*more)]}"
        if number := parse_iban(raw):
            return value.corrected(Step.COMPLETED, "next line", number, raw, (span, more))
    return value


def _beginnings(case: Case, span: Stretch) -> Iterator[Stretch]:
    """The first words of the lines under a stretch: one, two and so on."""
    above = case.sheet.at(span[0])
    if span[1] < above.end:
        return
    for below in case.sheet.below(above, lines=NEAR):
        for placed in below.words[:GROUPS]:
            yield below.start, placed.end
