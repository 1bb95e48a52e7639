"""Clips model spans that run over blocks side by side to the block in which they begin."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from docextract.document import Box, Placed, Stretch
from docextract.extraction.context import Case
from docextract.extraction.tables.header import cover

#: White between two words on a line, in heights of the line, that only columns have between them.
#: A judgement: a house stands up to two behind its street, blocks of a page ten points apart.
APART = 2.5

#: Words with no gap between them, and the box around them.
_Run = tuple[Sequence[Placed], Box]


def in_one_column(case: Case, first: int, last: int) -> list[Stretch]:
    """The stretches of words [first, last) that stand in the column of the first of them.

    One stretch with all words where no line has a gap.
    """
    words = case.sheet.doc.words[first:last]
    lines = [
        _runs(list(line)) for _, line in groupby(words, key=lambda word: (word.page, word.line))
    ]
    if all(len(runs) == 1 for runs in lines):
        return [(words[0].start, words[-1].end)]
    column = lines[0][0][1]
    kept = [run for runs in lines for run, box in runs if _under(column, box)]
    return [(run[0].start, run[-1].end) for run in kept]


def _runs(line: Sequence[Placed]) -> list[_Run]:
    ends = [at for at, pair in enumerate(pairwise(line), 1) if _apart(*pair)]
    parts = [line[a:b] for a, b in pairwise([0, *ends, len(line)])]
    return [(part, cover(part)) for part in parts]


def _apart(left: Placed, right: Placed) -> bool:
    a, b = left.word.box, right.word.box
    return b.x0 - a.x1 > APART * max(a.height, b.height, 1.0)


def _under(column: Box, box: Box) -> bool:
    return box.x0 < column.x1 and box.x1 > column.x0
