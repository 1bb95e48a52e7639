"""Rule: a value right of its label, below it, above it, or in the section under it."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from docextract.document import Box
from docextract.extraction.context import FREE, Case, Found, Reading
from docextract.extraction.labels.multiline import running
from docextract.extraction.labels.text_at_label import (
    at_label,
    block_right,
    free_right,
    from_block,
    is_bare,
    list_right,
    strength,
    stretches,
)
from docextract.extraction.parties.address_block import block, named
from docextract.layout.labels import Anchor
from docextract.layout.segments import Segment
from docextract.schema import FieldSchema, FieldType
from docextract.values.dates import parsing as dates

#: Printed as money: with decimals or a currency's sign.
_AMOUNT = re.compile(r"[.,]\d\d\)?-?$|[$€£]|[.,]-{1,2}$")
#: What may stand between a label and its value: brackets, and short codes as of currencies.
_ASIDE = re.compile(r"\([^)]*\)|\b[A-Z]{1,3}\b|\bRp\b|\bEuro\b")
#: What leads to a number: "No. 4711" under the heading "INVOICE".
_NUMBER = re.compile(r"(?i)(?:no|nr|num|number|nummer|n°|nº)\b\.?|#")
#: A label of one word that says the same: "Rechnungsnummer".
_NUMBER_OF = re.compile(r"(?i)\w(?:nummer|number|nr|no)\W*")
_WORD = re.compile(r"[^\W\d_]{2}")
#: How many line heights under (over) its label a value may begin. A judgement: forms and bills
#: leave up to two lines free; more lets a label take the value of the next box.
REACH = 3.0
#: ... and the block of a party, with numbers of its own in between. A judgement.
FAR = 6.0


def by_label(case: Case) -> Iterator[Found]:
    """The values at the labels of every field, except of rows."""
    for anchor in sorted(case.anchors, key=lambda one: (one.rank, one.start)):
        if "." in anchor.path:
            continue
        field = case.schema.field(anchor.path)
        for look in field.look:
            found = list(_LOOKS[look](case, anchor, field))
            if found:
                yield from found
                break


def _right(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    if field.many and field.type is FieldType.NAME:
        yield from list_right(case, anchor, field)
    elif field.type is FieldType.ADDRESS:
        yield from block_right(case, anchor, field)
    elif field.type in FREE:
        yield from free_right(case, anchor, field)
    else:
        found = [
            reading
            for stretch in stretches(case, anchor)
            for reading in case.readings(field, stretch)
        ]
        yield from _picked(case, anchor, field, found, "right")


def _picked(
    case: Case, anchor: Anchor, field: FieldSchema, found: Sequence[Reading], side: str
) -> Iterator[Found]:
    """The reading that the schema picks, then the one at the other end as a rival."""
    found = _likely(case, field, found)
    order = (-1, 0) if field.pick == "last" else (0, -1)
    sides = (f"label {side}", f"label {side}, other")
    for at, end in zip(order[: min(len(found), 2)], sides, strict=False):
        span, typed = found[at]
        between = case.sheet.text[anchor.end : span[0]] if side == "right" else ""
        rule = f"{end}, loose" if _interrupted(between) else end
        yield at_label(case, anchor, [span], typed, strength(rule, anchor))


def _interrupted(between: str) -> bool:
    """Whether words stand between a label and its value that are no currency or percentage."""
    return bool(_WORD.search(_ASIDE.sub("", between)))


def _likely(case: Case, field: FieldSchema, found: Sequence[Reading]) -> Sequence[Reading]:
    """Of several numbers, those printed as money; of several codes, those that are no dates."""
    if field.type is FieldType.MONEY:
        sure = [one for one in found if _AMOUNT.search(case.sheet.text[one[0][0] : one[0][1]])]
        return sure or found
    if field.type is FieldType.CODE:
        return [one for one in found if not dates.parse_date(str(one[1]))]
    return found


def _below(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    label = _narrow(case, anchor)
    near = [other for other in case.sheet.below(label, lines=REACH) if other is not anchor.segment]
    under = near or list(_in_cell_below(case, label))
    if field.type in FREE:
        first = _first_below(case, label, under, field) if is_bare(case, anchor) else None
        if first and not case.labelled(first):
            yield from from_block(case, anchor, block(case, first), "label below")
        return
    for other in under[:2]:
        found = list(case.readings(field, (other.start, other.end)))
        if found:
            numbered = field.type is FieldType.CODE and _numbered(case, anchor, other)
            yield from _picked(
                case, anchor, field, found, "below, numbered" if numbered else "below"
            )
            return
        if case.labelled(other):
            return


def _in_cell_below(case: Case, label: Segment) -> Iterator[Segment]:
    """What stands in the cell of a ruled table under the one that a label is in."""
    tables = (page.tables for page in case.sheet.doc.pages if page.number == label.page)
    for table in chain.from_iterable(tables):
        for row, below in pairwise(table.rows):
            for cell, under in zip(row, below, strict=False):
                if cell and under and cell.contains(label.box.x, label.box.y):
                    inside = case.sheet.between(label.page, under.top, under.bottom)
                    yield from (one for one in inside if under.contains(one.box.x, one.box.y))


def _numbered(case: Case, anchor: Anchor, under: Segment) -> bool:
    """Whether a label of one word, or what stands under it, says that it is a number's."""
    label = case.sheet.text[anchor.start : anchor.end]
    says = anchor.words == 1 and _NUMBER_OF.search(label)
    return bool(says or _NUMBER.match(case.sheet.text, under.start))


def _first_below(
    case: Case, label: Segment, under: Sequence[Segment], field: FieldSchema
) -> Segment | None:
    """Where the block under a label begins.

    Numbers that someone has ("Number : 4711") may stand between a party's label and its name,
    where the schema says that a block under the label is the first place to look.
    """
    if field.look[0] == "below" and field.type in (FieldType.NAME, FieldType.ADDRESS):
        for other in case.sheet.below(label, lines=FAR):
            if case.labelled(other) or named(case, other):
                return other
    return under[0] if under else None


def _above(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    for other in case.sheet.above(_narrow(case, anchor), lines=REACH)[:1]:
        if case.labelled(other):
            return
        found = list(case.readings(field, (other.start, other.end)))
        yield from _picked(case, anchor, field, found, "above")


def _narrow(case: Case, anchor: Anchor) -> Segment:
    """The label's own words as a segment, as high as its line: others may share its segment."""
    words = case.sheet.doc.words_of(anchor.start, anchor.end)
    line, boxes = anchor.segment.box, [placed.word.box for placed in words]
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    return Segment(words, Box(left, line.top, right, line.bottom))


def _section(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    """Running text from the label to the next heading, in reading order."""
    text = case.sheet.text
    marked = text[anchor.end : anchor.segment.end].lstrip().startswith(":")
    if not anchor.first or not (marked or is_bare(case, anchor)):
        return
    start = anchor.end + len(text[anchor.end :]) - len(text[anchor.end :].lstrip(" :.\n-–"))
    spans = [(start, anchor.segment.end)] if start < anchor.segment.end else []
    spans += [(one.start, one.end) for one in running(case, anchor.segment)]
    typed = case.type(field, "\n".join(text[a:b] for a, b in spans)) if spans else None
    if typed is not None:
        yield at_label(case, anchor, spans, typed, "label section")


_LOOKS = {"right": _right, "below": _below, "above": _above, "section": _section}
