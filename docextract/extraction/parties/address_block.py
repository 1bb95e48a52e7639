"""Address blocks: lines under each other that name someone and say where they live."""

import re
from collections.abc import Sequence
from itertools import pairwise

from docextract.document import Box, Stretch
from docextract.extraction.context import Case
from docextract.extraction.parties.printed_labels import KNOWN, lead
from docextract.extraction.parties.return_address import address_parts, sender
from docextract.extraction.parties.vocabulary import (
    ADDRESSED,
    CONTACT,
    DEPARTMENT,
    LEGAL,
    REGISTERED,
    STREET,
    TOWN,
)
from docextract.layout.labels import fold_label
from docextract.layout.segments import Segment
from docextract.schema import FieldSchema, FieldType
from docextract.values.characters import fold_text
from docextract.values.dates import parsing as dates
from docextract.values.parties.countries import COUNTRIES
from docextract.values.parties.organisations import parse_organisation

#: A block ends at a gap wider than this many line heights. A judgement, with WIDER: less breaks
#: generously set addresses, more joins an address to the next one under it.
LEADING = 1.3
#: ... or wider by so many line heights than the gaps above it in the block.
WIDER = 0.4
#: So many words on a line, most of them in lower case, are running text and no address.
PROSE = 9
#: Lines of a block that are looked at; an address has no more.
DEPTH = 8
#: The number of a house stands no further behind its street than so many line heights.
HOUSE = 2.0
#: What makes a label of the words before it: a colon, or a long number.
_VALUE = re.compile(r":|\d{6}")
_HOUSE = re.compile(r"\d{1,4}(?: ?[-/] ?\d{1,4})? ?[a-zA-Z]?")


def block(case: Case, first: Segment, *, past_labels: bool = False) -> list[Segment]:
    """The lines that begin under each other from `first` on, down to a gap.

    And down to a label, unless `past_labels`.
    """
    lines = [first]
    while len(lines) < DEPTH:
        last = lines[-1]
        slack = 1.0 * last.height
        under = [
            other
            for other in case.sheet.below(last, lines=LEADING + 1)
            if _aligned(other.box, first.box, slack)
        ]
        if not under or _parted(lines, under[0]):
            break
        if case.labelled(under[0]) and not past_labels:
            break
        lines.append(under[0])
    return lines


def _aligned(a: Box, b: Box, slack: float) -> bool:
    """Whether two lines begin alike, end alike or are centred."""
    return min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.x - b.x)) <= slack


def _parted(lines: Sequence[Segment], below: Segment) -> bool:
    """Whether a line stands further below a block than the block's own lines from each other."""
    last = lines[-1]
    gap = below.box.top - last.box.bottom
    inside = max((b.box.top - a.box.bottom for a, b in pairwise(lines)), default=None)
    wide = LEADING * last.height if inside is None else max(inside, 0.0) + WIDER * last.height
    return gap > min(wide, LEADING * last.height)


def part_of(case: Case, field: FieldSchema, lines: Sequence[Segment]) -> list[Stretch]:
    """The address of a block of lines for a field of that type, else its name."""
    if field.type is FieldType.ADDRESS:
        if lines and (found := sender(printed(case, lines[0]))):
            base = lines[0].start + found[1]
            parts = address_parts(case.sheet.text[base : lines[0].end])
            return [(base + start, base + end) for start, end in parts]
        return [(line.start, _housed(case, line)) for line in _address_of(case, lines)]
    return _name_of(case, lines)


def _housed(case: Case, line: Segment) -> int:
    """Where an address line ends with the house's number, which may stand a little apart."""
    for other in case.sheet.right_of(line)[:1]:
        near = other.box.x0 - line.box.x1 <= HOUSE * line.height and other.start == line.end + 1
        if near and _HOUSE.fullmatch(printed(case, other)):
            return other.end
    return line.end


def _name_of(case: Case, lines: Sequence[Segment]) -> list[Stretch]:
    """The first line that can be a name, without the number it is registered under.

    A form of address alone on its line is none. A second line that brings the legal form belongs
    to the name.
    """
    if lines and (found := sender(printed(case, lines[0]))):
        return [(lines[0].start, lines[0].start + found[0])]
    able = [at for at, line in enumerate(lines[:4]) if named(case, line)]
    at = next((at for at in able if not _no_one(printed(case, lines[at]))), None)
    if at is None:
        return []
    name = printed(case, lines[at])
    number = REGISTERED.search(name)
    spans = [(lines[at].start, lines[at].start + number.start() if number else lines[at].end)]
    if not number and at + 1 < len(lines) and _completes(name, printed(case, lines[at + 1])):
        below = printed(case, lines[at + 1])
        cut = REGISTERED.search(below)
        end = lines[at + 1].start + cut.start() if cut else lines[at + 1].end
        spans.append((lines[at + 1].start, end))
    return spans


def _no_one(line: str) -> bool:
    """Whether a line of an address names no one: a department, or a form of address alone."""
    return bool(DEPARTMENT.search(line) or ADDRESSED.fullmatch(line.strip()))


def _address_of(case: Case, lines: Sequence[Segment]) -> list[Segment]:
    """The address lines of a block: those after the name, up to what is no address.

    None where each line has a label: those are for the rule of sections.
    """
    texts = [printed(case, line) for line in lines]
    first = _begun(texts)
    if first is None or sum(bool(lead(text.split())) for text in texts) > 1:
        return []
    last = first
    for at in range(first, len(texts)):
        if CONTACT.search(texts[at]) or (at > first and _is_over(texts[at])):
            break
        if at > first and TOWN.search(texts[at - 1]) and _leaves(case, lines[at - 1], lines[at]):
            break
        last = at + 1
    while last > first and not _ends_address(texts[last - 1]):
        last -= 1
    return list(lines[first:last]) if not any(_sentence(text) for text in texts[first:last]) else []


def _begun(texts: Sequence[str]) -> int | None:
    """The number of the line in which an address begins: after the last name before its town."""
    town = next((at for at, text in enumerate(texts) if TOWN.search(text)), 0)
    after = max((at + 1 for at, text in enumerate(texts[:town]) if _is_company(text)), default=0)
    able = (at for at, text in enumerate(texts) if at >= after and _addressed(text))
    return next((at for at in able if next(dates.find_dates(texts[at]), None) is None), None)


def _is_company(text: str) -> bool:
    found = None if re.search(r"\d", text) else parse_organisation(text)
    return bool(found and found.legal_form)


def _leaves(case: Case, town: Segment, below: Segment) -> bool:
    """Whether the line under a town is no part of its address: apart, a label, another's name."""
    text = printed(case, below)
    apart = below.box.top - town.box.bottom > LEADING * town.height
    return apart or ":" in text or case.labelled(below) or _is_company(text)


def _is_over(text: str) -> bool:
    """Whether a line ends an address: a department, or the country, which is no part of it."""
    return bool(DEPARTMENT.search(text)) or fold_text(text.strip(" .,")) in COUNTRIES


def named(case: Case, segment: Segment) -> bool:
    """Whether a segment can be a name: enough letters, no town, no way to reach someone."""
    text = REGISTERED.sub("", printed(case, segment))
    letters = sum(sign.isalpha() for sign in text)
    beside = case.sheet.right_of(segment)
    if beside and _VALUE.match(printed(case, beside[0])):
        return False
    wordy = (
        letters >= 3
        and letters >= 0.5 * len(text.replace(" ", ""))
        and fold_label(text) not in KNOWN
    )
    return wordy and ":" not in text and not CONTACT.search(text) and not TOWN.search(text)


def _completes(name: str, line: str) -> bool:
    """Whether a line goes on with the name above it: it brings the legal form."""
    bare = REGISTERED.sub("", line)
    if name.rstrip().endswith(("&", " and", " und", " et", " y")):
        return True
    return bool(LEGAL.search(bare)) and not LEGAL.search(name) and not re.search(r"\d", bare)


def _addressed(text: str) -> bool:
    """Whether a line can begin an address."""
    if CONTACT.search(text) or REGISTERED.search(text) or ":" in text or fold_label(text) in KNOWN:
        return False
    return bool((re.search(r"\d", text) and re.search(r"[^\W\d]{2}", text)) or STREET.search(text))


def _sentence(text: str) -> bool:
    """Whether a line is running text."""
    return (
        len(text.split()) >= PROSE and sum(word[0].islower() for word in text.split()) > PROSE / 2
    )


def _ends_address(text: str) -> bool:
    return bool(re.search(r"[^\W\d]{2}", text))


def printed(case: Case, segment: Segment) -> str:
    """The words of a segment."""
    return case.sheet.text[segment.start : segment.end]
