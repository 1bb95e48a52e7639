"""Blocks of lines that name someone and say where they live: letterheads and addresses."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from docextract.schema import FieldSchema, FieldType
from docextract.stages.address_words import (
    CONTACT,
    COUNTRY,
    LEGAL,
    POSTCODE,
    REGISTERED,
    SENDER,
    STREET,
)
from docextract.stages.anchors import fold
from docextract.stages.case import Case, Found, Stretch
from docextract.stages.segments import Segment

#: A block ends at a gap wider than this many line heights.
LEADING = 1.3
#: Lines of a block that are looked at; an address has no more.
DEPTH = 8
#: Rows of page 1 in which a letterhead begins.
HEAD = 10


def by_block(case: Case) -> Iterator[Found]:
    """Names and addresses whose place is the heading, or the recipient's block, of page 1."""
    wanted = [
        (path, field)
        for path, field in case.schema.fields.items()
        if field.place in _PLACES and field.type in (FieldType.NAME, FieldType.ADDRESS)
    ]
    for path, field in wanted:
        for lines in _PLACES[field.place](case, field):
            yield from _value(case, path, field, lines, field.place)


def _value(
    case: Case, path: str, field: FieldSchema, lines: Sequence[Segment], rule: str
) -> Iterator[Found]:
    spans = part_of(case, field, lines)
    typed = case.type(field, "\n".join(case.sheet.text[a:b] for a, b in spans)) if spans else None
    if typed is not None:
        yield case.found(path, spans, typed, rule)


def block(case: Case, first: Segment) -> list[Segment]:
    """The lines that begin under each other from `first` on, down to a label or a gap."""
    lines = [first]
    while len(lines) < DEPTH:
        last = lines[-1]
        slack = 1.0 * last.height
        under = [
            other
            for other in case.sheet.below(last, lines=LEADING + 1)
            if abs(other.box.x0 - first.box.x0) <= slack or abs(other.box.x - first.box.x) <= slack
        ]
        if not under or under[0].box.top - last.box.bottom > LEADING * last.height:
            break
        if case.labelled(under[0]):
            break
        lines.append(under[0])
    return lines


def part_of(case: Case, field: FieldSchema, lines: Sequence[Segment]) -> list[Stretch]:
    """The address of a block of lines for a field of that type, else its name."""
    if field.type is FieldType.ADDRESS:
        sender = SENDER.search(_text(case, lines[0])) if lines else None
        if sender:
            return [(lines[0].start + sender.end(), lines[0].end)]
        return [(_homeless(case, line), line.end) for line in _address_of(case, lines)]
    return _name_of(case, lines)


def _homeless(case: Case, line: Segment) -> int:
    """Where an address line begins without the country's letters before the postcode."""
    country = COUNTRY.match(_text(case, line))
    return line.start + country.end() if country else line.start


def _name_of(case: Case, lines: Sequence[Segment]) -> list[Stretch]:
    """The first line that can be a name, without the number it is registered under.

    A second line that brings the legal form belongs to it.
    """
    sender = SENDER.search(_text(case, lines[0])) if lines else None
    if sender:
        return [(lines[0].start, lines[0].start + sender.start())]
    at = next((at for at, line in enumerate(lines[:4]) if _named(case, line)), None)
    if at is None:
        return []
    name = _text(case, lines[at])
    number = REGISTERED.search(name)
    spans = [(lines[at].start, lines[at].start + number.start() if number else lines[at].end)]
    if not number and at + 1 < len(lines) and _completes(name, _text(case, lines[at + 1])):
        below = _text(case, lines[at + 1])
        cut = REGISTERED.search(below)
        end = lines[at + 1].start + cut.start() if cut else lines[at + 1].end
        spans.append((lines[at + 1].start, end))
    return spans


def _address_of(case: Case, lines: Sequence[Segment]) -> list[Segment]:
    """The address lines of a block: those after the name, up to what is no address."""
    texts = [_text(case, line) for line in lines]
    first = next((at for at, text in enumerate(texts) if _addressed(text)), None)
    if first is None:
        return []
    last = first
    for at in range(first, len(texts)):
        if CONTACT.search(texts[at]):
            break
        last = at + 1
    while last > first and not _ends_address(texts[last - 1]):
        last -= 1
    return list(lines[first:last])


def _heading(case: Case, field: FieldSchema) -> Iterator[list[Segment]]:
    """The lines from the first that can be a name on, row by row; then from the next one on."""
    rows = list(islice(case.sheet.rows(1), HEAD + DEPTH))
    for row in rows:
        if SENDER.search(_text(case, row[0])):
            yield row[:1]
            return
    barred = {fold(label) for label in field.not_anchors}
    starts = [
        at
        for at, row in enumerate(rows[:HEAD])
        if _named(case, row[0]) and fold(_text(case, row[0])) not in barred
    ]
    for at in starts[:2]:
        yield list(_column(rows[at : at + DEPTH]))


def _column(rows: Sequence[Sequence[Segment]]) -> Iterator[Segment]:
    """Of each row the first segment that stands under the first row's."""
    first = rows[0][0]
    for row in rows:
        under = (one for one in row if one.box.x0 < first.box.x1 and one.box.x1 > first.box.x0)
        if one := next(under, None):
            yield one


def _recipient(case: Case, field: FieldSchema) -> Iterator[list[Segment]]:
    """Blocks on the upper half of page 1 that hold a postcode under a name, from the top."""
    seen: set[int] = set()
    page = case.sheet.doc.pages[0] if case.sheet.doc.pages else None
    for segment in case.sheet.between(1, 0, page.height / 2) if page else []:
        if segment.start in seen or case.labelled(segment) or not _named(case, segment):
            continue
        if any(case.labelled(over) for over in case.sheet.above(segment, lines=LEADING)[:1]):
            continue  # a label says whose block this is
        lines = block(case, segment)
        seen.update(line.start for line in lines)
        if SENDER.search(_text(case, segment)):
            lines = lines[1:]  # the line over the address, for the window of the envelope
        texts = [_text(case, line) for line in lines]
        if any(POSTCODE.search(text) for text in texts[1:]) and not CONTACT.search(" ".join(texts)):
            yield lines


def _named(case: Case, segment: Segment) -> bool:
    """Whether a segment can be a name: enough letters, and no way to reach someone."""
    text = REGISTERED.sub("", _text(case, segment))
    letters = sum(sign.isalpha() for sign in text)
    beside = case.sheet.right_of(segment)
    if beside and _text(case, beside[0]).startswith(":"):
        return False
    wordy = letters >= 3 and letters >= 0.5 * len(text.replace(" ", ""))
    return wordy and ":" not in text and not CONTACT.search(text)


def _completes(name: str, line: str) -> bool:
    """Whether a line goes on with the name above it: it brings the legal form."""
    bare = REGISTERED.sub("", line)
    if name.rstrip().endswith(("&", " and", " und", " et", " y")):
        return True
    return bool(LEGAL.search(bare)) and not LEGAL.search(name) and not re.search(r"\d", bare)


def _addressed(text: str) -> bool:
    """Whether a line can begin an address."""
    if CONTACT.search(text) or REGISTERED.search(text) or ":" in text:
        return False
    return bool((re.search(r"\d", text) and re.search(r"[^\W\d]{2}", text)) or STREET.search(text))


def _ends_address(text: str) -> bool:
    return bool(re.search(r"[^\W\d]{2}", text))


def _text(case: Case, segment: Segment) -> str:
    return case.sheet.text[segment.start : segment.end]


_PLACES = {"heading": _heading, "recipient": _recipient}
