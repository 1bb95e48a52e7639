"""Rule: sections of a party, from its heading to the next one.

Under "Seller" a form lists what a party is: "Name: ...", "Address: ...", "VAT no: ...", each on a
line of its own, the lines of a long value over and under its label. A letter-like invoice prints
numbers and blank lines between the name, the address and the VAT id.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docextract.document import Placed
from docextract.extraction.context import Case, Found
from docextract.extraction.parties.address_block import part_of, printed
from docextract.extraction.parties.printed_labels import KNOWN, LABELS, OWN, PART_OF, lead
from docextract.extraction.parties.vocabulary import CONTACT
from docextract.extraction.tables.header import cover
from docextract.layout.labels import Anchor, fold_label
from docextract.layout.segments import Segment
from docextract.schema import FieldSchema, FieldType

#: A section ends at a gap of so many line heights; within it there are blank lines. A judgement.
APART = 4.0
#: ... and has so many lines at most: names, addresses, contacts and numbers of one party.
DEEP = 16
#: A line without a label belongs to the label above it, unless the one below is so much nearer.
NEARER = 0.8


@dataclass(frozen=True)
class _Line:
    """A line of a section: what is printed left, and what it is the label of, if of anything."""

    label: str
    value: tuple[Segment, ...]
    y: float


def by_section(case: Case, path: str, field: FieldSchema) -> Iterator[Found]:
    """A party's name and address by their labels in its section, else its address there.

    And for a field that belongs `within` the section of a party, what has its form there.
    """
    head = field.within or path
    for anchor in case.anchors:
        if anchor.path == head and is_head(case, anchor):
            levels = list(_section(case, anchor))
            if field.within:
                yield from _formed(case, path, field, levels)
            elif field.type in LABELS:
                yield from _labelled(case, path, field, levels)


def is_head(case: Case, anchor: Anchor) -> bool:
    """Whether a label stands alone, or with a colon: then what it names follows."""
    rest = case.sheet.text[anchor.end : anchor.segment.end].lstrip()
    return anchor.first and (not rest or rest.startswith(":"))


def _section(case: Case, anchor: Anchor) -> Iterator[list[Segment]]:
    """The lines under a heading that stands alone, in its column, up to the next heading."""
    head = anchor.segment
    right = case.sheet.right_of(head)
    if case.sheet.text[anchor.end : head.end].strip(" :") or any(
        printed(case, one).startswith(":") for one in right
    ):
        return
    edge = min((one.box.x0 for one in right), default=float("inf")) - head.height
    last, count = head, 0
    for level in case.sheet.rows(head.page):
        inside = [
            one
            for one in level
            if head.box.x0 - head.height <= one.box.x0 < edge and not one.vertical
        ]
        if not inside or level[0].box.y <= head.box.bottom:
            continue
        first = inside[0]
        gap = first.box.top - last.box.bottom
        if count == DEEP or gap > APART * last.height or _heads(case, inside):
            return
        yield inside
        last, count = first, count + 1


def _heads(case: Case, level: Sequence[Segment]) -> bool:
    """Whether a line is the heading of another section: alone, with a colon or a party's label."""
    if len(level) > 1:
        return False
    return printed(case, level[0]).endswith(":") or any(
        is_head(case, anchor) and case.schema.field(anchor.path).type is FieldType.NAME
        for anchor in case.anchors_in(level[0])
        if "." not in anchor.path
    )


def _formed(
    case: Case, path: str, field: FieldSchema, levels: Sequence[Sequence[Segment]]
) -> Iterator[Found]:
    """Values by their form: the VAT id in the section of a party is that party's."""
    for level in levels:
        for segment in level:
            for span, typed in case.readings(field, (segment.start, segment.end)):
                yield case.found(path, [span], typed, "party section")


def _labelled(
    case: Case, path: str, field: FieldSchema, levels: Sequence[Sequence[Segment]]
) -> Iterator[Found]:
    lines = _worded(_in_columns([_line(case, level) for level in levels]))
    if field.type is FieldType.ADDRESS and (parts := _parts(lines)):
        spans = [(one.start, one.end) for line in parts for one in line]
        text = "\n".join(" ".join(printed(case, one) for one in line) for line in parts)
        if (typed := case.type(field, text)) is not None:
            yield case.found(path, spans, typed, "party section")
        return
    if any(line.label in KNOWN for line in lines):
        found = _value(lines, OWN[field.type])
        spans = [(one.start, one.end) for one in found]
        if field.type is FieldType.ADDRESS:
            spans = part_of(case, field, found) or spans
    elif field.type is FieldType.ADDRESS:
        spans = part_of(case, field, [level[0] for level in levels])
    else:
        return
    glue = "\n" if field.type is FieldType.ADDRESS else " "
    typed = case.type(field, glue.join(case.sheet.text[a:b] for a, b in spans)) if spans else None
    if typed is not None:
        yield case.found(path, spans, typed, "party section")


def _in_columns(lines: Sequence[_Line]) -> list[_Line]:
    """The lines; where values stand in a column, what is left of one is its label, known or not."""
    edges = [line.value[0].box.x0 for line in lines if line.label in KNOWN and line.value]
    return [_in_column(line, edges) for line in lines]


def _in_column(line: _Line, edges: Sequence[float]) -> _Line:
    if line.label or len(line.value) < 2:
        return line
    first, *rest = line.value
    if all(abs(rest[0].box.x0 - edge) > rest[0].height for edge in edges):
        return line
    return replace(line, label=_label(first.words), value=tuple(rest))


def _worded(lines: Sequence[_Line]) -> list[_Line]:
    """The lines; where several begin with a label and no more than a blank, parted behind it."""
    made = [_begun(line) for line in lines]
    parted = sum(one is not line for one, line in zip(made, lines, strict=True))
    return made if parted > 1 else [*lines]


def _begun(line: _Line) -> _Line:
    if line.label or len(line.value) != 1:
        return line
    words = line.value[0].words
    at = lead([one.word.text for one in words])
    if not at:
        return line
    rest = Segment(words[at:], cover(words[at:]))
    return replace(line, label=_label(words[:at]), value=(rest,))


def _parts(lines: Sequence[_Line]) -> list[list[Segment]]:
    """The printed lines of an address of which each part has a label; [] where they have not."""
    found: dict[str, Segment] = {}
    for line in lines:
        part = PART_OF.get(line.label)
        if part is None and line.label in OWN[FieldType.ADDRESS]:
            part = "street"
        if part and line.value:
            found.setdefault(part, line.value[0])
    town = [found[part] for part in ("postcode", "city") if part in found]
    town = [found["town"]] if "town" in found else town
    if "town" not in found and len(town) < 2:
        return []
    return [*([found[part]] for part in ("street", "more") if part in found), town]


def _line(case: Case, level: Sequence[Segment]) -> _Line:
    """A line as label and value: a colon parts them, or the gap behind a label that is known."""
    first, y = level[0], level[0].box.y
    ends = (at for at, one in enumerate(first.words, 1) if one.word.text.endswith(":"))
    at = next(ends, None)
    if at and at < len(first.words):
        value = Segment(first.words[at:], cover(first.words[at:]))
        return _Line(_label(first.words[:at]), (value, *level[1:]), y)
    if len(level) > 1 and re.search(r"[^\W\d_]", printed(case, first)):
        label = _label(first.words)
        if at or printed(case, level[1]).startswith(":") or label in KNOWN:
            return _Line(
                label, tuple(one for one in level[1:] if printed(case, one).strip(" :")), y
            )
    return _Line("", tuple(level), y)


def _label(words: Sequence[Placed]) -> str:
    return fold_label("".join(one.word.text for one in words))


def _value(lines: Sequence[_Line], labels: frozenset[str]) -> list[Segment]:
    """The values of a label: beside it, and in the lines over and under it without a label."""
    at = next((at for at, line in enumerate(lines) if line.label in labels), None)
    if at is None:
        return []
    known = [number for number, line in enumerate(lines) if line.label]
    found = [at]
    for number, line in enumerate(lines):
        if not line.label and _owner(lines, known, number) == at:
            found.append(number)
    return [segment for number in sorted(found) for segment in lines[number].value[:1]]


def _owner(lines: Sequence[_Line], known: Sequence[int], number: int) -> int | None:
    """The labelled line that one without a label belongs to: the nearer one, by single steps."""
    over = max((one for one in known if one < number), default=None)
    under = min((one for one in known if one > number), default=None)
    if over is None or under is None:
        return under if over is None else over
    if CONTACT.search(lines[under].label):  # a telephone number has one line
        return over
    up = lines[number].y - lines[number - 1].y
    down = lines[number + 1].y - lines[number].y
    return under if down < NEARER * up else over
