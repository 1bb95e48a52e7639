"""Completes addresses down to their town, and shortens those that run on behind it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from docextract.document import Step, Stretch, Value
from docextract.extraction.context import Case
from docextract.extraction.model.typed_decoding import value_of
from docextract.extraction.parties.address_block import printed
from docextract.extraction.parties.vocabulary import CONTACT, TOWN
from docextract.schema import FieldType
from docextract.values.parties.addresses import UNIT_PATTERN, parse_address

#: The middle of the next line is within so many line heights: one of an address may be blank.
NEAR = 3.5
#: Lines from the street down to the town: a flat or a floor may have one of its own.
LINES = 2
#: Signs between the street and the town on one line.
_BETWEEN = " ,;·•●|-–"
_PIECE = re.compile(r"(?:(?!\s[-–·•●|*]\s|[\n\f])[^·•●|])+")


def with_towns(case: Case, values: Iterable[Value]) -> list[Value]:
    """The values, those of addresses with the town that follows, and with nothing behind it."""
    return [_whole(case, value) for value in values]


def _whole(case: Case, value: Value) -> Value:
    field = case.schema.field(value.field)
    if field.type is not FieldType.ADDRESS or value.row is not None or not value.spans:
        return value
    found, spans = parse_address(value.raw), _cut(case, value.spans)
    if not spans:
        # "9892 John Inlet" alone may be a street as well as a town.
        ends = found and found.postcode and ("\n" in value.raw or "," in value.raw)
        spans = value.spans if ends else (*value.spans, *_down_to_town(case, value.spans[-1]))
    typed = value_of(case, field, spans) if spans != value.spans else None
    if typed is None:
        return value
    raw = "\n".join(case.sheet.text[slice(*span)] for span in spans)
    if spans[-1][1] < value.spans[-1][1]:
        return value.corrected(Step.SHORTENED, "up to the town", typed, raw, spans)
    return value.corrected(Step.COMPLETED, "down to the town", typed, raw, spans)


def _down_to_town(case: Case, span: Stretch) -> Sequence[Stretch]:
    """The rest of the line where that is a town, else the lines below down to one."""
    segment = case.sheet.at(span[1] - 1)
    rest = case.sheet.text[span[1] : segment.end]
    if rest.strip():
        start = span[1] + len(rest) - len(rest.lstrip(_BETWEEN))
        is_town = TOWN.search(case.sheet.text[start : segment.end])
        return [(start, segment.end)] if is_town else ()
    lines: list[Stretch] = []
    for _ in range(LINES):
        below = next(iter(case.sheet.below(segment, lines=NEAR)), None)
        if below is None or abs(below.box.x0 - segment.box.x0) > segment.height:
            return ()
        lines.append((below.start, below.end))
        if TOWN.search(printed(case, below)) and not case.labelled(below):
            return lines
        if not UNIT_PATTERN.match(printed(case, below)):
            return ()
        segment = below
    return ()


def _cut(case: Case, spans: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """What stands up to the first town, if another one or how to reach someone follows it."""
    pieces = list(_pieces(case, spans))
    texts = [case.sheet.text[slice(*one)] for one in pieces]
    # Not the first of them: "9892 John Inlet" is a street.
    last = next((at for at, text in enumerate(texts) if at and TOWN.search(text)), len(texts))
    if any(CONTACT.search(text) or TOWN.search(text) for text in texts[last + 1 :]):
        return tuple(pieces[: last + 1])
    return ()


def _pieces(case: Case, spans: Sequence[Stretch]) -> Iterator[Stretch]:
    """The lines of stretches, and the parts that signs make of a line."""
    for start, end in spans:
        for match in _PIECE.finditer(case.sheet.text, start, end):
            text = match[0].strip(_BETWEEN)
            if text:
                begun = match.start() + match[0].index(text)
                yield begun, begun + len(text)
