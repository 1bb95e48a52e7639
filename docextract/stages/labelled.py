"""The rule of labels: a value stands right of its label, below it, above it, or as a section."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from docextract.document import Box
from docextract.schema import FieldSchema, FieldType
from docextract.stages.address_words import POSTCODE
from docextract.stages.anchors import Anchor
from docextract.stages.blocks import block, part_of
from docextract.stages.case import FREE, Case, Found, Reading, Stretch
from docextract.stages.continued import hanging, running
from docextract.stages.segments import Segment
from docextract.values import dates

#: Printed as money: with decimals or a currency's sign.
_AMOUNT = re.compile(r"[.,]\d\d\)?-?$|[$€£]|[.,]-{1,2}$")
#: What may stand between a label and its value: brackets, and short codes as of currencies.
_ASIDE = re.compile(r"\([^)]*\)|\b[A-Z]{1,3}\b|\bRp\b|\bEuro\b")
#: What leads from a name to a date.
_ON = re.compile(r"[\s,]+(?:on|am|vom|le|el|den)?\s*$")
#: A mail address in angle brackets.
_MAIL = re.compile(r"\s*<[^<>]*@[^<>]*>")
#: Where someone lives: "Dry Fork, NV (US)", or a line with a number.
_PLACE = re.compile(r"\([A-Z]{2}\)\W*$|\d")
#: What leads to a number: "No. 4711" under the heading "INVOICE".
_NUMBER = re.compile(r"(?i)(?:no|nr|num|number|nummer|n°|nº)\b\.?|#")
_WORD = re.compile(r"[^\W\d_]{2}")
#: How many line heights under (over) its label a value may begin. A judgement: forms and bills
#: leave up to two lines free; more lets a label take the value of the next box.
REACH = 3.0
#: Words by which a printed label may be longer than the schema's: "of the applicant". More are
#: a sentence.
LONGER = 3
#: How many segments right of its label a value may stand: the columns of a row of totals.
STEPS = 6


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
        yield from _list_right(case, anchor, field)
    elif field.type is FieldType.ADDRESS:
        yield from _block_right(case, anchor, field)
    elif field.type in FREE:
        yield from _free_right(case, anchor, field)
    else:
        found = [
            reading
            for stretch in _stretches(case, anchor)
            for reading in case.readings(field, stretch)
        ]
        yield from _picked(case, anchor, field, found, "right")


def _picked(
    case: Case, anchor: Anchor, field: FieldSchema, found: Sequence[Reading], side: str
) -> Iterator[Found]:
    """The reading that the schema picks, then the one at the other end as a rival."""
    found = _likely(case, field, found)
    order = (0, -1) if field.pick == "first" else (-1, 0)
    sides = (f"label {side}", f"label {side}, other")
    for at, end in zip(order[: min(len(found), 2)], sides, strict=False):
        span, typed = found[at]
        between = case.sheet.text[anchor.end : span[0]] if side == "right" else ""
        rule = f"{end}, loose" if _interrupted(between) else end
        yield case.found(
            anchor.path, [span], typed, _strength(rule, anchor), note=_note(case, anchor)
        )


def _interrupted(between: str) -> bool:
    """Whether words stand between a label and its value that are no currency or percentage."""
    return bool(_WORD.search(_ASIDE.sub("", between)))


def _likely(case: Case, field: FieldSchema, found: Sequence[Reading]) -> Sequence[Reading]:
    """Of several numbers, those printed as money; of several codes, those that are no dates."""
    if field.type is FieldType.MONEY:
        sure = [one for one in found if _AMOUNT.search(case.sheet.text[one[0][0] : one[0][1]])]
        return sure or found
    if field.type is FieldType.CODE:
        return [one for one in found if not dates.date_of(str(one[1]))]
    return found


def _strength(rule: str, anchor: Anchor) -> str:
    """Tells labels of one word, which many things share, from longer ones."""
    place = "" if anchor.first else ", inside"
    return f"{rule}, {'short' if anchor.words == 1 else 'long'}{place}"


def _note(case: Case, anchor: Anchor) -> str:
    return repr(case.sheet.text[anchor.start : anchor.end])


def _stretches(case: Case, anchor: Anchor) -> Iterator[Stretch]:
    """What stands right of a label, piece by piece, up to the next label.

    A label right behind it is a part of it ("Total incl. VAT"): a value ends where one begins.
    """
    segment = anchor.segment
    stop = min(
        (
            other.start
            for other in case.anchors_in(segment)
            if other.start >= anchor.end
            and other.path != anchor.path
            and any(sign.isdigit() for sign in case.sheet.text[anchor.end : other.start])
        ),
        default=segment.end,
    )
    yield anchor.end, stop
    if stop < segment.end:
        return
    for other in islice(case.sheet.right_of(segment), STEPS):
        if case.labelled(other):
            return
        yield other.start, other.end


def _free_right(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    """Free text: the rest of the label's segment, else the next segment, if labels look so."""
    if not anchor.first:
        return
    text = case.sheet.text
    for at, whole in enumerate(_stretches(case, anchor)):
        stretch = _name_in(text, whole) if field.type is FieldType.NAME else whole
        rest = text[stretch[0] : stretch[1]]
        if rest.rstrip().endswith(":") or not any(sign.isalnum() for sign in rest):
            continue
        marked = text[anchor.end : stretch[1]].lstrip(" )").startswith((":", "#")) or at > 0
        if not marked and _runs_on(rest):
            continue
        rule = "label right" if marked else "label right, unmarked"
        for span, typed in case.readings(field, stretch):
            spans = hanging(case, span) if field.type is FieldType.TEXT else [span]
            value = typed if len(spans) == 1 else " ".join(text[a:b] for a, b in spans)
            yield case.found(
                anchor.path, spans, value, _strength(rule, anchor), note=_note(case, anchor)
            )
        return


def _runs_on(rest: str) -> bool:
    """Whether a label goes on: "Name of the person", of which only "Name" is in the schema."""
    return rest.lstrip()[:1].islower()


def _name_in(text: str, stretch: Stretch) -> Stretch:
    """A stretch up to a date or a mail address in it.

    "Reviewed by Ann Lee on 3 May 2024" names Ann Lee, and so does "From: Ann Lee <al@a.example>".
    """
    printed = text[stretch[0] : stretch[1]]
    address = _MAIL.search(printed)
    if address and printed[: address.start()].strip(" :"):
        printed = printed[: address.start()]
    found = next(dates.find(printed), None)
    if found is not None:
        printed = _ON.sub("", printed[: found.start])
    return stretch[0], stretch[0] + len(printed)


def _list_right(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    """Names in lines under each other right of their label, with where they live in between."""
    right = case.sheet.right_of(anchor.segment)
    if not right or not _bare(case, anchor):
        yield from _free_right(case, anchor, field)
        return
    for line in block(case, right[0]):
        printed = case.sheet.text[line.start : line.end]
        typed = None if _PLACE.search(printed) else case.type(field, printed)
        if typed is not None:
            span = (line.start, line.end)
            yield case.found(anchor.path, [span], typed, "label list", note=_note(case, anchor))


def _block_right(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    if not anchor.first:
        return
    right = case.sheet.right_of(anchor.segment)
    if right and not case.labelled(right[0]) and _bare(case, anchor):
        yield from _from_block(case, anchor, block(case, right[0]), "label right")
        return
    rest = (anchor.end, anchor.segment.end)
    for span, typed in case.readings(field, rest):
        yield case.found(
            anchor.path, [span], typed, _strength("label right", anchor), note=_note(case, anchor)
        )


def _bare(case: Case, anchor: Anchor) -> bool:
    """Whether the label is all there is in its segment."""
    rest = case.sheet.text[anchor.end : anchor.segment.end].strip()
    longer = _runs_on(rest) and len(rest.split()) <= LONGER
    bare = rest.endswith(":") or longer or not any(sign.isalnum() for sign in rest)
    return anchor.first and bare


def _below(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    label = _narrow(case, anchor)
    under = [other for other in case.sheet.below(label, lines=REACH) if other is not anchor.segment]
    if field.type in FREE:
        if _bare(case, anchor) and under and not case.labelled(under[0]):
            yield from _from_block(case, anchor, block(case, under[0]), "label below")
        return
    for other in under[:2]:
        found = list(case.readings(field, (other.start, other.end)))
        if found:
            numbered = field.type is FieldType.CODE and _NUMBER.match(case.sheet.text, other.start)
            yield from _picked(
                case, anchor, field, found, "below, numbered" if numbered else "below"
            )
            return
        if case.labelled(other):
            return


def _above(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    for other in case.sheet.above(_narrow(case, anchor), lines=REACH)[:1]:
        if case.labelled(other):
            return
        found = list(case.readings(field, (other.start, other.end)))
        yield from _picked(case, anchor, field, found, "above")


def _narrow(case: Case, anchor: Anchor) -> Segment:
    """The label's own words as a segment: other words may share its segment."""
    words = case.sheet.doc.words_of(anchor.start, anchor.end)
    box: Box = words[0].word.box
    for placed in words[1:]:
        box |= placed.word.box
    return Segment(words, box)


def _from_block(case: Case, anchor: Anchor, lines: Sequence[Segment], rule: str) -> Iterator[Found]:
    """The name or the address that a block of lines holds."""
    field = case.schema.field(anchor.path)
    spans = part_of(case, field, lines)
    if field.type is FieldType.ADDRESS and spans:
        spans += _town(case, spans)
    raw = "\n".join(case.sheet.text[start:end] for start, end in spans)
    typed = case.type(field, raw) if spans else None
    if typed is not None:
        yield case.found(
            anchor.path, spans, typed, _strength(rule, anchor), note=_note(case, anchor)
        )


def _town(case: Case, spans: Sequence[Stretch]) -> list[Stretch]:
    """The town in the next box of a form, where the address has none."""
    if any(POSTCODE.search(case.sheet.text[start:end]) for start, end in spans):
        return []
    right = case.sheet.right_of(case.sheet.at(spans[-1][0]))[:1]
    return [
        (other.start, other.end)
        for other in right
        if POSTCODE.search(case.sheet.text[other.start : other.end]) and not case.labelled(other)
    ]


def _section(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    """Running text from the label to the next heading, in reading order."""
    text = case.sheet.text
    marked = text[anchor.end : anchor.segment.end].lstrip().startswith(":")
    if not anchor.first or not (marked or _bare(case, anchor)):
        return
    start = anchor.end + len(text[anchor.end :]) - len(text[anchor.end :].lstrip(" :.\n-–"))
    spans = [(start, anchor.segment.end)] if start < anchor.segment.end else []
    spans += [(one.start, one.end) for one in running(case, anchor.segment)]
    typed = case.type(field, "\n".join(text[a:b] for a, b in spans)) if spans else None
    if typed is not None:
        yield case.found(anchor.path, spans, typed, "label section", note=_note(case, anchor))


_LOOKS = {"right": _right, "below": _below, "above": _above, "section": _section}
