"""Merges spans of one value that the model gives in pieces."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docextract.document import Box, Placed, Stretch
from docextract.extraction.context import Case
from docextract.extraction.model.typed_decoding import Answer, value_of
from docextract.layout.segments import Segment
from docextract.schema import FieldSchema, FieldType

#: The score that pieces have at least to be joined.
SURE = 0.5
#: The same for lines of an address, which is one of several values then. A judgement.
PERHAPS = 0.3
#: Pieces lie under each other when the gap is at most this many line heights. A judgement, as for
#: the blocks of addresses.
LEADING = 1.3
#: Pieces on one line belong together up to so many heights apart: a blank, a dot and a blank.
BESIDE = 2.0


def joined(case: Case, field: FieldSchema, found: Sequence[Answer]) -> list[Answer]:
    """The answers, best first, those pieces joined that lie under each other in one column.

    Where two blocks are printed side by side, the lines of each are pieces: between them in
    reading order stand words of the other. An address has pieces also on one line, with a dot or
    a bar between, and under each other with nothing between. Pieces of which one is not sure
    stay beside what they make together.
    """
    made: list[Answer] = []
    perhaps: list[Answer] = []
    for piece in sorted(found, key=lambda one: one.first):
        at = next((n for n, one in enumerate(made) if _follows(case, field, one, piece)), None)
        whole = _join(case, field, made[at], piece) if at is not None else None
        if at is None or whole is None:
            made.append(piece)
        elif whole.score >= SURE:
            made[at] = whole
        else:
            perhaps.append(whole)
            made.append(piece)
    return sorted([*made, *perhaps], key=lambda one: (-one.score, one.first))


def _follows(case: Case, field: FieldSchema, one: Answer, piece: Answer) -> bool:
    is_address = field.type is FieldType.ADDRESS
    if min(one.score, piece.score) < (PERHAPS if is_address else SURE):
        return False
    below = _goes_on(case, one, piece, near=is_address)
    return below or (is_address and _beside(case, one, piece))


def _beside(case: Case, one: Answer, piece: Answer) -> bool:
    """Whether the piece is next on the line, or but for a sign without letters and figures."""
    words = case.sheet.doc.words[one.last - 1 : piece.first + 1]
    if not 2 <= len(words) <= 3:
        return False
    if len({word.line for word in words}) > 1 or any(map(str.isalnum, _between(words))):
        return False
    left, right = words[0].word.box, words[-1].word.box
    # Further apart are two columns, each with an address of its own.
    return right.x0 - left.x1 <= BESIDE * max(left.height, right.height)


def _between(words: Sequence[Placed]) -> str:
    return "".join(word.word.text for word in words[1:-1])


def _goes_on(case: Case, above: Answer, piece: Answer, *, near: bool) -> bool:
    if piece.first < above.last + (not near):
        return False
    upper, lower = _last_line(case, above.spans[-1]), _last_line(case, piece.spans[0], first=True)
    if upper.page != lower.page:
        return False
    a, b = upper.box, lower.box
    height = max(a.height, b.height, 1.0)
    gap = b.top - a.bottom
    level = abs(a.x0 - b.x0) <= height
    return level and -0.5 * height <= gap <= LEADING * height and not _own_label(case, above, piece)


def _own_label(case: Case, above: Answer, piece: Answer) -> bool:
    """Whether both stand right of a column of labels, so that the lower one has its own."""
    upper, lower = (_left_of(case, one[0]) for one in (above.spans[-1], piece.spans[0]))
    if upper is None or lower is None or not case.labelled(upper):
        return False
    return abs(upper.box.x0 - lower.box.x0) <= max(upper.height, lower.height)


def _left_of(case: Case, offset: int) -> Segment | None:
    segment = case.sheet.at(offset)
    left = [one for one in case.sheet.row(segment) if one.box.x1 <= segment.box.x0]
    return left[-1] if left else None


@dataclass(frozen=True)
class _Printed:
    page: int
    box: Box


def _last_line(case: Case, stretch: Stretch, *, first: bool = False) -> _Printed:
    place = case.sheet.doc.places(*stretch)[0 if first else -1]
    return _Printed(place.page, place.box)


def _join(case: Case, field: FieldSchema, above: Answer, piece: Answer) -> Answer | None:
    spans = (*above.spans, *piece.spans)
    value = value_of(case, field, spans)
    if value is None:
        return None
    score = min(above.score, piece.score)
    return replace(above, last=piece.last, spans=spans, value=value, score=score)
