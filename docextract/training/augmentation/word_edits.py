"""Word edits of an example (drop, replace, merge, split), with labelled spans moved along."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from docextract.models.bi_encoder.passage import Passage
from docextract.training.data.examples import Example, Mark

#: All of a word's width.
WHOLE = (0.0, 1.0)

Box = npt.NDArray[np.float32]


class EditedWord(NamedTuple):
    """A word after editing: its text, the old words [first, last), and which part of their width.

    `part` is (0, 1) but for words that were cut in two.
    """

    text: str
    first: int
    last: int
    part: tuple[float, float] = WHOLE


def apply_word_edits(example: Example, pieces: Sequence[EditedWord]) -> Example:
    """Replace the example's words by edited ones.

    A mark covers the new words that hold an old word of its own; one that holds none goes.

    Args:
        example: Any.
        pieces: In reading order; an old word that is in none of them is gone.
    """
    old = example.passage
    firsts = np.fromiter((piece.first for piece in pieces), np.int64, len(pieces))
    lasts = np.fromiter((piece.last for piece in pieces), np.int64, len(pieces))
    passage = Passage(
        tuple(piece.text for piece in pieces),
        None if old.boxes is None else _boxes(old.boxes, pieces),
        old.lines[firsts],
    )
    return replace(example, passage=passage, marks=tuple(_moved(example.marks, firsts, lasts)))


def _boxes(old: Box, pieces: Sequence[EditedWord]) -> Box:
    made = old[[piece.first for piece in pieces]]  # a copy
    for at, (_, first, last, part) in enumerate(pieces):
        if last - first == 1 and part == WHOLE:
            continue  # nearly all are
        boxes = old[first:last]
        x0, x1 = boxes[:, 0].min(), boxes[:, 2].max()
        made[at, 0::2] = x0 + np.asarray(part) * (x1 - x0)
        made[at, 1], made[at, 3] = boxes[:, 1].min(), boxes[:, 3].max()
    return made


def _moved(
    marks: Iterable[Mark], firsts: npt.NDArray[np.int64], lasts: npt.NDArray[np.int64]
) -> Iterable[Mark]:
    for mark in marks:
        start = int(np.searchsorted(lasts, mark.start, side="right"))
        end = int(np.searchsorted(firsts, mark.end, side="left"))
        if start < end:
            yield Mark(mark.label, start, end)
