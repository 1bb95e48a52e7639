"""Free text at a label: names, addresses and other words, whose form tells nothing.

What is read depends on where the label's own segment ends and the next label begins.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from docextract.document import Stretch, Typed
from docextract.extraction.context import Case, Found
from docextract.extraction.labels.multiline import hanging
from docextract.extraction.parties.address_block import block, part_of
from docextract.extraction.parties.vocabulary import POSTCODE
from docextract.layout.labels import Anchor
from docextract.layout.segments import Segment
from docextract.schema import FieldSchema, FieldType
from docextract.values.dates import parsing as dates

#: What leads from a name to a date.
_ON = re.compile(r"[\s,]+(?:on|am|vom|le|el|den)?\s*$")
#: A mail address in angle brackets.
_MAIL = re.compile(r"\s*<[^<>]*@[^<>]*>")
#: Where someone lives: "Dry Fork, NV (US)", or a line with a number.
_PLACE = re.compile(r"\([A-Z]{2}\)\W*$|\d")
#: Words by which a printed label may be longer than the schema's: "of the applicant". More are
#: a sentence.
LONGER = 3
#: How many segments right of its label a value may stand: the columns of a row of totals.
STEPS = 6


def free_right(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    """Free text: the rest of the label's segment, else the next segment, if labels look so."""
    text = case.sheet.text
    if not anchor.first or _compound(text[anchor.end :]):
        return
    for at, whole in enumerate(stretches(case, anchor)):
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
            yield at_label(case, anchor, spans, value, strength(rule, anchor))
        return


def list_right(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    """Names in lines under each other right of their label, with where they live in between."""
    right = case.sheet.right_of(anchor.segment)
    if not right or not is_bare(case, anchor):
        yield from free_right(case, anchor, field)
        return
    for line in block(case, right[0]):
        printed = case.sheet.text[line.start : line.end]
        typed = None if _PLACE.search(printed) else case.type(field, printed)
        if typed is not None:
            span = (line.start, line.end)
            yield at_label(case, anchor, [span], typed, "label list")


def block_right(case: Case, anchor: Anchor, field: FieldSchema) -> Iterator[Found]:
    """The address right of a label: a block of its own, or the rest of the label's segment."""
    if not anchor.first:
        return
    right = case.sheet.right_of(anchor.segment)
    if right and not case.labelled(right[0]) and is_bare(case, anchor):
        yield from from_block(case, anchor, block(case, right[0]), "label right")
        return
    rest = (anchor.end, anchor.segment.end)
    if not re.search(r"\d", case.sheet.text[slice(*rest)]):
        return  # "Invoice to be paid by transfer"
    for span, typed in case.readings(field, rest):
        yield at_label(case, anchor, [span], typed, strength("label right", anchor))


def from_block(case: Case, anchor: Anchor, lines: Sequence[Segment], rule: str) -> Iterator[Found]:
    """The name or the address that a block of lines holds."""
    field = case.schema.field(anchor.path)
    spans = part_of(case, field, lines)
    if field.type is FieldType.ADDRESS and spans:
        spans += _town(case, spans)
    raw = "\n".join(case.sheet.text[start:end] for start, end in spans)
    typed = case.type(field, raw) if spans else None
    if typed is not None:
        yield at_label(case, anchor, spans, typed, strength(rule, anchor))


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


def is_bare(case: Case, anchor: Anchor) -> bool:
    """Whether the label is all there is in its segment."""
    rest = case.sheet.text[anchor.end : anchor.segment.end].strip()
    longer = _runs_on(rest) and len(rest.split()) <= LONGER and not re.search(r"\d", rest)
    bare = rest.endswith(":") or longer or not any(sign.isalnum() for sign in rest)
    return anchor.first and bare and not _compound(rest)


def stretches(case: Case, anchor: Anchor) -> Iterator[Stretch]:
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


def _runs_on(rest: str) -> bool:
    """Whether a label goes on: "Name of the person", of which only "Name" is in the schema."""
    return rest.lstrip()[:1].islower()


def _compound(rest: str) -> bool:
    """Whether a label is but the first half of a word: "Buyer" of "Buyer-IBAN"."""
    return bool(re.match(r"-[^\W\d_]", rest))


def _name_in(text: str, stretch: Stretch) -> Stretch:
    """A stretch up to a date or a mail address in it.

    "Reviewed by Ann Lee on 3 May 2024" names Ann Lee, and so does "From: Ann Lee <al@a.example>".
    """
    printed = text[stretch[0] : stretch[1]]
    address = _MAIL.search(printed)
    if address and printed[: address.start()].strip(" :"):
        printed = printed[: address.start()]
    found = next(dates.find_dates(printed), None)
    if found is not None:
        printed = _ON.sub("", printed[: found.start])
    return stretch[0], stretch[0] + len(printed)


def strength(rule: str, anchor: Anchor) -> str:
    """Tells labels of one word, which many things share, from longer ones."""
    place = "" if anchor.first else ", inside"
    return f"{rule}, {'short' if anchor.words == 1 else 'long'}{place}"


def at_label(
    case: Case, anchor: Anchor, spans: Sequence[Stretch], value: Typed, rule: str
) -> Found:
    """What `rule` found for the field of a label."""
    label = repr(case.sheet.text[anchor.start : anchor.end])
    return case.found(anchor.path, spans, value, rule, label=label)
