"""Table headers: printed heads matched with the schema's columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docextract.document import Box, Placed
from docextract.extraction.context import Case
from docextract.layout.labels import Anchor
from docextract.layout.segments import Segment
from docextract.schema import FieldType

#: Words with a gap of more letters than this between them belong to two heads. A blank is about
#: one letter wide in a typewriter's face and half of one in print.
APART = 1.1
#: What a head goes on with rather than ends: "Amount (net)", "Betrag ohne USt.".
_GOES_ON = re.compile(
    r"(?i)(?:[(\[]|\b(?:ohne|exkl|excl|excluding|exclusive|without|inkl|incl|including|zzgl|plus"
    r"|pro|je|per|par|por|hors|sans|sin|con|avec|of|in|en)\b)\W*$"
)
#: What makes the number of an article out of its name: "Artikel-Nr.", "Item code".
_CODE = re.compile(r"(?i)[\s.-]*(?:nr|no|nummer|number|code|n°|#)\b")
#: What joins the heads of two columns that share one: "Qty / unit". The required one names it.
_JOINS = "/+&"
_AND = re.compile(rf"\s*[{_JOINS}]\s*")


@dataclass(frozen=True)
class Head:
    """A head in print, and the columns that it can be: (rank of the label, name)."""

    names: tuple[tuple[int, str], ...]
    box: Box


@dataclass(frozen=True)
class _Label:
    """A label at [start, end) of the text with what it can be."""

    start: int
    end: int
    names: tuple[tuple[int, str], ...]


def heads_at(case: Case, rows: str, level: Sequence[Segment]) -> list[Head]:
    """The heads at a level: labels of the schema's columns, and what stands beside them."""
    made: list[Head] = []
    for segment in level:
        first, *more = _of_segment(case, rows, segment)
        if made and case.sheet.text[segment.start] in _JOINS:
            last = made.pop()
            first = Head((*last.names, *first.names), last.box | first.box)
        made += [first, *more]
    return made


def names_of(heads: Sequence[Head]) -> int:
    """How many columns the heads can be."""
    return len(columns_of(heads))


def columns_of(heads: Sequence[Head]) -> frozenset[str]:
    """The columns that the heads can be."""
    return frozenset(name for head in heads for _, name in head.names)


def mostly_named(heads: Sequence[Head]) -> bool:
    """Whether at least half of the heads can be columns."""
    return bool(heads) and names_of(heads) * 2 >= len(heads)


def joined(heads: Sequence[Head]) -> list[Head]:
    """One head for all that stand over each other, with the names of all."""
    made: list[Head] = []
    for head in heads:
        at = next((n for n, one in enumerate(made) if shared(one.box, head.box) > 0), None)
        if at is None:
            made.append(head)
        else:
            made[at] = Head((*made[at].names, *head.names), made[at].box | head.box)
    return made


def cover(words: Sequence[Placed]) -> Box:
    """The smallest box that covers all words."""
    box = words[0].word.box
    for placed in words[1:]:
        box |= placed.word.box
    return box


def shared(a: Box, b: Box) -> float:
    """The width that two boxes share; when they share none, the gap between them, negative."""
    return min(a.x1, b.x1) - max(a.x0, b.x0)


def _of_segment(case: Case, rows: str, segment: Segment) -> Iterator[Head]:
    """The heads in a segment, and as heads without a name the words that stand apart from them."""
    labels = _labels(case, rows, segment)
    if not labels:
        yield Head((), segment.box)
        return
    printed = [[*case.sheet.doc.words_of(label.start, label.end)] for label in labels]
    lead = [one for one in segment.words if one.end <= labels[0].start]
    rest = [one for one in segment.words if one.start >= labels[-1].end]
    if lead and lead[-1].word.text[-1] in _JOINS:
        printed[0] = [*lead, *printed[0]]
    elif lead and _apart(lead[-1], printed[0][0]):
        yield Head((), cover(lead))
    for label, words in zip(labels, printed, strict=True):
        yield Head(label.names, cover(words))
    if rest and _apart(printed[-1][-1], rest[0]):
        yield Head((), cover(rest))


def _labels(case: Case, rows: str, segment: Segment) -> list[_Label]:
    """The labels in a segment; one that only goes on with another adds its words to that."""
    made: list[_Label] = []
    anchors = [
        one
        for one in case.anchors_in(segment)
        if one.path.startswith(f"{rows}.") and not _is_of_code(case, one)
    ]
    for anchor in sorted(anchors, key=lambda one: (one.start, -one.end)):
        last = made[-1] if made else None
        if last and anchor.start < last.end:  # the same words, or some of them
            end = max(last.end, anchor.end)
            made[-1] = replace(last, end=end, names=(*last.names, _name(anchor)))
            continue
        lead = case.sheet.text[last.end if last else segment.start : anchor.start]
        goes_on = _GOES_ON.search(lead)
        if last and _AND.fullmatch(lead):
            required = case.schema.field(anchor.path).required
            names = (_name(anchor),) if required else last.names
            made[-1] = replace(last, end=anchor.end, names=names)
        elif last and goes_on:
            made[-1] = replace(last, end=anchor.end)
        else:  # "(net)" in a line of its own goes on with the head above it
            aside = goes_on and not lead[: goes_on.start()].strip()
            made.append(_Label(anchor.start, anchor.end, () if aside else (_name(anchor),)))
    return made


def _is_of_code(case: Case, anchor: Anchor) -> bool:
    """Whether a label is a part of another number's: "Nr." in "Art.-Nr.", "Artikel" before it."""
    text, segment = case.sheet.text, anchor.segment
    before, after = text[segment.start : anchor.start], text[anchor.end : segment.end]
    if case.schema.field(anchor.path).type is FieldType.CODE:
        return before[-1:] in (".", "-")
    return bool(_CODE.match(after))


def _name(anchor: Anchor) -> tuple[int, str]:
    return anchor.rank, anchor.path.partition(".")[2]


def _apart(left: Placed, right: Placed) -> bool:
    a, b = left.word.box, right.word.box
    letter = (a.width + b.width) / max(1, len(left.word.text) + len(right.word.text))
    return b.x0 - a.x1 > APART * letter
