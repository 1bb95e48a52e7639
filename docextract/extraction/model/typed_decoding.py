"""Typed decoding: model spans -> typed values, borders moved until the words parse.

Most errors of a span model are borders: a date cut short, a label or a neighbour taken along. The
type of a field knows better where a value ends, so borders are moved until the words are a value.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from docextract.document import Placed, Stretch, Typed
from docextract.extraction.context import Case
from docextract.extraction.model.column_clipping import in_one_column
from docextract.schema import FieldSchema, FieldType

if TYPE_CHECKING:
    from docextract.models.bi_encoder.decoding import SpanCandidate

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
#: Types whose values stand in blocks, of which several may stand side by side.
BLOCKS = frozenset({FieldType.NAME, FieldType.ADDRESS})


@dataclass(frozen=True)
class Answer:
    """A typed value at words [first, last), and what the model gives for it, in [0, 1]."""

    first: int
    last: int
    spans: tuple[Stretch, ...]
    value: Typed
    score: float


def answers(
    case: Case, field: FieldSchema, found: Iterable["SpanCandidate"], *, most: int
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


def _typed(case: Case, field: FieldSchema, candidate: "SpanCandidate") -> Answer | None:
    first, last, score = candidate.first, candidate.last, candidate.score
    words = case.sheet.doc.words
    if words[first].page != words[last - 1].page:
        return None
    cut = in_one_column(case, first, last) if field.type in BLOCKS else []
    if cut and cut != [_stretch(case, first, last)]:
        return _cut(case, field, cut, score)
    if read := _read(case, field, first, last):
        return _answer(case, *read, score)
    for start, end in MOVES:
        moved = (first + start, last + end)
        if _on_its_lines(words, (first, last), moved) and (read := _read(case, field, *moved)):
            return _answer(case, *read, score * MOVED)
    return None


def _cut(
    case: Case, field: FieldSchema, stretches: Sequence[Stretch], score: float
) -> Answer | None:
    """The value in the column in which a span begins that runs over blocks side by side."""
    value = value_of(case, field, stretches)
    if value is None:
        return None
    first, last = case.sheet.doc.numbers(stretches[0][0], stretches[-1][1])
    return Answer(first, last, tuple(stretches), value, score * MOVED)


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


def value_of(case: Case, field: FieldSchema, spans: Sequence[Stretch]) -> Typed | None:
    """The value that stretches under each other, or beside each other, make together."""
    between = "\n" if field.type is FieldType.ADDRESS else " "
    return case.type(field, between.join(case.sheet.text[start:end] for start, end in spans))
