"""Stretches that the model points at -> typed values: typed decoding.

Most errors of a span model are borders: a date cut short, a label or a neighbour taken along. The
type of a field knows better where a value ends, so borders are moved until the words are a value.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from docextract.document import Box, Placed, Typed
from docextract.schema import FieldSchema, FieldType
from docextract.stages.case import Case, Stretch

if TYPE_CHECKING:
    from docextract.models.layout.decode import Candidate

#: Types that are known by their form, so that the words around tell where a value begins and
#: ends. Not amounts: "2  120.00" may be a quantity and a price.
FORMED = frozenset(
    {
        FieldType.DATE,
        FieldType.TIME,
        FieldType.DURATION,
        FieldType.IBAN,
        FieldType.VAT_ID,
        FieldType.PHONE,
        FieldType.EMAIL,
        FieldType.URL,
    }
)
#: Words to either side, on its line, that may belong to a value of such a form: an IBAN in groups
#: of four has nine.
NEAR = 9
#: Words added or dropped at the start and at the end, nearest first, when all else fails.
MOVES = ((1, 0), (0, -1), (-1, 0), (0, 1), (1, -1))
#: What a score is multiplied with when a border was moved so. A judgement.
MOVED = 0.8
#: Candidates that are tried for each value, best first.
TRIED = 10
#: Types of which a value may be printed in pieces that lie under each other.
WORDED = frozenset({FieldType.TEXT, FieldType.NAME, FieldType.ADDRESS})
#: The score that pieces have at least to be joined.
SURE = 0.5
#: The same for lines of an address, which is one of several values then. A judgement.
PERHAPS = 0.3
#: Pieces lie under each other when the gap is at most this many line heights. A judgement, as for
#: the blocks of addresses.
LEADING = 1.3
#: Pieces on one line belong together up to so many heights apart: a blank, a dot and a blank.
BESIDE = 2.0


@dataclass(frozen=True)
class Answer:
    """A typed value at words [first, last), and what the model gives for it, in [0, 1]."""

    first: int
    last: int
    spans: tuple[Stretch, ...]
    value: Typed
    score: float


def answers(
    case: Case, field: FieldSchema, found: Iterable["Candidate"], *, most: int
) -> list[Answer]:
    """At most so many values of a field that share no word, the candidates being best first.

    What is no value of the field's type leaves its words to the next candidate.
    """
    kept: list[Answer] = []
    taken: set[int] = set()
    for candidate in islice(found, TRIED * most):
        if not taken.isdisjoint(range(candidate.first, candidate.last)):
            continue
        made = _typed(case, field, candidate)
        words = range(made.first, made.last) if made else range(0)
        if made and taken.isdisjoint(words):
            kept.append(made)
            taken.update(words)
            if len(kept) == most:
                break
    return kept


def _typed(case: Case, field: FieldSchema, candidate: "Candidate") -> Answer | None:
    first, last, score = candidate.first, candidate.last, candidate.score
    words = case.sheet.doc.words
    if words[first].page != words[last - 1].page:
        return None
    if read := _read(case, field, first, last):
        return _answer(case, *read, score)
    for start, end in MOVES:
        moved = (first + start, last + end)
        if _on_its_lines(words, (first, last), moved) and (read := _read(case, field, *moved)):
            return _answer(case, *read, score * MOVED)
    return None


def _answer(case: Case, stretch: Stretch, value: Typed, score: float) -> Answer:
    first, last = case.sheet.doc.numbers(*stretch)
    return Answer(first, last, (stretch,), value, score)


def _on_its_lines(words: Sequence[Placed], now: tuple[int, int], moved: tuple[int, int]) -> bool:
    """Whether moved borders leave a word, and add only such as stand on the lines of the ends."""
    first, last = moved
    if not 0 <= first < last <= len(words):
        return False
    return (
        words[min(first, now[0])].line == words[now[0]].line
        and words[max(last, now[1]) - 1].line == words[now[1] - 1].line
    )


def _read(case: Case, field: FieldSchema, first: int, last: int) -> tuple[Stretch, Typed] | None:
    """The value of these words: as their form has it, as a whole, or the only one among them."""
    stretch = _stretch(case, first, last)
    if field.type in FORMED:
        near = [one for one in _around(case, field, first, last) if _meet(one[0], stretch)]
        if len(near) == 1:
            return near[0]
    value = case.type(field, case.sheet.text[slice(*stretch)])
    if value is not None:
        return stretch, value
    within = list(islice(case.readings(field, stretch), 2))
    return within[0] if len(within) == 1 else None


def _around(
    case: Case, field: FieldSchema, first: int, last: int
) -> Iterator[tuple[Stretch, Typed]]:
    """Every value of the field's type in these words and in those beside them on their lines."""
    words = case.sheet.doc.words
    lines = (words[first].line, words[last - 1].line)
    low, high = max(0, first - NEAR), min(len(words), last + NEAR)
    while first > low and words[first - 1].line == lines[0]:
        first -= 1
    while last < high and words[last].line == lines[1]:
        last += 1
    yield from case.readings(field, _stretch(case, first, last))


def _stretch(case: Case, first: int, last: int) -> Stretch:
    words = case.sheet.doc.words
    return words[first].start, words[last - 1].end


def _meet(a: Stretch, b: Stretch) -> bool:
    return a[0] < b[1] and b[0] < a[1]


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
    return level and -0.5 * height <= gap <= LEADING * height


@dataclass(frozen=True)
class _Printed:
    page: int
    box: Box


def _last_line(case: Case, stretch: Stretch, *, first: bool = False) -> _Printed:
    place = case.sheet.doc.places(*stretch)[0 if first else -1]
    return _Printed(place.page, place.box)


def _join(case: Case, field: FieldSchema, above: Answer, piece: Answer) -> Answer | None:
    spans = (*above.spans, *piece.spans)
    between = "\n" if field.type is FieldType.ADDRESS else " "
    value = case.type(field, between.join(case.sheet.text[start:end] for start, end in spans))
    if value is None:
        return None
    score = min(above.score, piece.score)
    return replace(above, last=piece.last, spans=spans, value=value, score=score)
