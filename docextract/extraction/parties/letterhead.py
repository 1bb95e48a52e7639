"""Rules for parties: sender from the letterhead, recipient from the address window.

A letterhead begins a page; the recipient's address stands under it where the window of the
envelope is (DIN 5008), with the sender's own in one small line above; and what stands in the block
under the label of a party is that party's.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from docextract.extraction.context import Case, Found
from docextract.extraction.parties.address_block import (
    DEPTH,
    LEADING,
    block,
    named,
    part_of,
    printed,
)
from docextract.extraction.parties.return_address import MARK, sender
from docextract.extraction.parties.sections import by_section, is_head
from docextract.extraction.parties.vocabulary import CONTACT, POSTCODE, REACHED, TOWN
from docextract.layout.labels import fold_label
from docextract.layout.segments import Segment
from docextract.schema import FieldSchema, FieldType
from docextract.values.dates import parsing as dates

#: Rows of page 1 in which a letterhead begins. A judgement: logos and titles come before it.
HEAD = 10
#: A letterhead ends at a gap of so many line heights. A judgement: logos stand well apart from
#: the name, and the text of a letter further still.
BREAK = 4.0
#: A label stands no further above its block than so many line heights.
NEAR = 3.0

#: The name of a rule, and the lines that it says hold the name and the address.
Place = tuple[str, list[Segment]]


def by_party(case: Case) -> Iterator[Found]:
    """Names and addresses at the head of page 1, and values in the blocks of a party."""
    for path, field in case.schema.fields.items():
        if field.place in _PLACES and field.type in (FieldType.NAME, FieldType.ADDRESS):
            suffix = ", labelled" if _labelled_elsewhere(case, path) else ""
            for rule, lines in _PLACES[field.place](case, field):
                yield from _value(case, path, field, lines, rule + suffix)
        if field.within:
            yield from _in_block(case, path, field)
        if field.within or field.place in _PLACES:
            yield from by_section(case, path, field)


def _labelled_elsewhere(case: Case, path: str) -> bool:
    """Whether a label of the field stands alone or with a colon: then its value is there."""
    return any(anchor.path == path and is_head(case, anchor) for anchor in case.anchors)


def _value(
    case: Case, path: str, field: FieldSchema, lines: Sequence[Segment], rule: str
) -> Iterator[Found]:
    spans = part_of(case, field, lines)
    typed = case.type(field, "\n".join(case.sheet.text[a:b] for a, b in spans)) if spans else None
    if typed is not None:
        yield case.found(path, spans, typed, rule)


def _in_block(case: Case, path: str, field: FieldSchema) -> Iterator[Found]:
    """Values of the field's type in the block under the label of the party they belong to."""
    heads = [one for one in case.anchors if one.path == field.within and is_head(case, one)]
    for anchor in heads:
        under = case.sheet.below(anchor.segment, lines=NEAR)
        for line in block(case, under[0], past_labels=True) if under else ():
            for span, typed in case.readings(field, (line.start, line.end)):
                yield case.found(path, [span], typed, "party block")


def _heading(case: Case, field: FieldSchema) -> Iterator[Place]:
    """The lines from the first that can be a name on, row by row; then from the next one on."""
    rows = list(islice(case.sheet.rows(1), HEAD + DEPTH))
    for row in rows:
        if sender(printed(case, row[0])):
            yield "sender line", row[:1]
            return
    barred = {fold_label(label) for label in field.not_anchors}
    starts = [
        at
        for at, row in enumerate(rows[:HEAD])
        if named(case, row[0]) and fold_label(printed(case, row[0])) not in barred
    ]
    for at in starts[:2]:
        below = rows[at : at + DEPTH]
        able = [one for one in rows[at] if one is rows[at][0] or named(case, one)]
        columns = [list(_column(below, one)) for one in able]
        # Who writes tells how to be reached; where two begin level, that tells them apart.
        yield "heading", max(columns, key=lambda lines: _is_reached(case, lines))


def _is_reached(case: Case, lines: Sequence[Segment]) -> bool:
    texts = [printed(case, line) for line in lines]
    return any(map(REACHED.search, texts)) and any(map(TOWN.search, texts))


def _column(rows: Sequence[Sequence[Segment]], first: Segment) -> Iterator[Segment]:
    """Of each row the first segment that stands under the one of the first row."""
    last = first
    for row in rows:
        under = (one for one in row if one.box.x0 < first.box.x1 and one.box.x1 > first.box.x0)
        one = next(under, None)
        if one and one.box.top - last.box.bottom > BREAK * max(one.height, last.height):
            return
        if one:
            yield one
            last = one


def _recipient(case: Case, field: FieldSchema) -> Iterator[Place]:
    """The block under the sender's line; else the addresses on the upper half, from the top.

    The one at the head of the page is who writes, if there is another. Where the goods go counts
    if no other address is left, as on a note of delivery.
    """
    del field
    if window := next(_windows(case), None):
        yield "recipient window", window
        return
    top = next((segment for segment in case.sheet.page(1) if named(case, segment)), None)
    blocks, goods = list(_addresses(case)), _addresses(case, of_others=True)
    others = [lines for lines in blocks if top not in lines]
    others = others or [lines for lines in goods if top not in lines]
    for lines in others or blocks:
        yield "recipient" if others else "recipient on top", lines


def _windows(case: Case) -> Iterator[list[Segment]]:
    """The lines under the sender's small line, down to the postcode, however far apart."""
    page = case.sheet.doc.pages[0]
    for segment in case.sheet.between(1, 0, page.height / 2):
        line = _sender(case, segment)
        if not line:
            continue
        edges, last = (line[0].box.x0, line[-1].box.x1), line[0]
        lines: list[Segment] = []
        for other in case.sheet.between(1, last.box.bottom, page.height / 2):
            if other.box.x1 < edges[0] or other.box.x0 > edges[1] or other.box.top < last.box.y:
                continue
            if other.box.top - last.box.bottom > BREAK * max(other.height, last.height):
                break
            lines.append(other)
            last = other
            if POSTCODE.search(printed(case, other)) or len(lines) == DEPTH:
                break
        if lines and POSTCODE.search(printed(case, lines[-1])):
            yield lines


def _sender(case: Case, segment: Segment) -> list[Segment]:
    """The segments of a sender's small line, "Ann & Co · Lane 1 · 12345 Town", if this is one."""
    if not MARK.search(printed(case, segment)):
        return [segment] if sender(printed(case, segment)) else []
    level = case.sheet.row(segment)
    for count in range(1, len(level) + 1):
        if sender(" ".join(printed(case, one) for one in level[:count])):
            return level[:count]
    return []


def _addresses(case: Case, *, of_others: bool = False) -> Iterator[list[Segment]]:
    """Blocks on the upper half of page 1 that hold a postcode under a name and have no label.

    Or, `of_others`, have one that is no field's.
    """
    seen: set[int] = set()
    page = case.sheet.doc.pages[0]
    for segment in case.sheet.between(1, 0, page.height / 2):
        if segment.start in seen or not _nameable(case, segment):
            continue
        lines = block(case, segment)
        seen.update(line.start for line in lines)
        labels = [one for one in case.sheet.above(segment, lines=LEADING)[:1] if case.labelled(one)]
        if labels and (not of_others or case.anchors_in(labels[0])):
            continue  # a label says whose block this is
        texts = [printed(case, line) for line in lines]
        if any(":" in text or CONTACT.search(text) for text in texts):
            continue
        if any(POSTCODE.search(text) for text in texts[1:]):
            yield lines


def _nameable(case: Case, segment: Segment) -> bool:
    """Whether a segment can be the name over an address: no label, no date."""
    if case.labelled(segment) or not named(case, segment):
        return False
    return next(dates.find_dates(printed(case, segment)), None) is None


_PLACES = {"heading": _heading, "recipient": _recipient}
