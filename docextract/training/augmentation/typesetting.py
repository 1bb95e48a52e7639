"""Layout augmentation: typesets a text without layout into word boxes on a page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from docextract.models.bi_encoder.passage import Passage
from docextract.training.data.examples import Example

#: A4 in points; a point is so many thousandths of it across and down.
_ACROSS, _DOWN = 1000 / 595, 1000 / 842
#: Sizes of print in points, and the mean width of a letter as a share of the size, from narrow
#: to typewriter faces (Helvetica's is about 0.5, Courier's 0.6).
_SIZES, _WIDTHS = (7.5, 13.0), (0.42, 0.62)
#: From one line to the next, in sizes; margins in points.
_LEADING, _MARGINS = (1.1, 1.6), (30.0, 110.0)


class _Face(NamedTuple):
    """How a text is set, in thousandths of the page."""

    letter: float
    height: float
    leading: float
    left: float
    right: float
    top: float
    bottom: float


def typeset_text(example: Example, rng: np.random.Generator) -> Example:
    """Give each word of the example a box; an example with boxes stays as it is.

    A printed line that is too long runs on in the next one, and a full page on the next page.
    A short text begins anywhere on the page.
    """
    if example.passage.boxes is not None or not len(example.passage):
        return example
    passage = example.passage
    face = _drawn(rng)
    lines = list(_wrapped(passage, face))
    boxes = np.concatenate(list(_set(passage.texts, lines, face, rng)))
    numbers = np.repeat(np.arange(len(lines)), [end - start for start, end in lines])
    made = Passage(passage.texts, boxes.astype(np.float32), numbers.astype(np.int32))
    return replace(example, passage=made)


def _drawn(rng: np.random.Generator) -> _Face:
    size = rng.uniform(*_SIZES)
    left, right, top, bottom = rng.uniform(*_MARGINS, size=4)
    return _Face(
        letter=size * rng.uniform(*_WIDTHS) * _ACROSS,
        height=size * _DOWN,
        leading=size * rng.uniform(*_LEADING) * _DOWN,
        left=left * _ACROSS,
        right=1000 - right * _ACROSS,
        top=top * _DOWN,
        bottom=1000 - bottom * _DOWN,
    )


def _wrapped(passage: Passage, face: _Face) -> Iterator[tuple[int, int]]:
    """Lines as runs of words."""
    room = (face.right - face.left) / face.letter
    breaks = np.flatnonzero(np.diff(passage.lines)) + 1
    for start, end in pairwise([0, *map(int, breaks), len(passage)]):
        begin, used = start, 0.0
        for at in range(start, end):
            width = len(passage.texts[at])
            if at > begin and used + 1 + width > room:
                yield begin, at
                begin, used = at, 0.0
            used += width + (at > begin)
        yield begin, end


def _set(
    texts: Sequence[str],
    lines: Sequence[tuple[int, int]],
    face: _Face,
    rng: np.random.Generator,
) -> Iterator[npt.NDArray[np.float64]]:
    free = face.bottom - face.top - len(lines) * face.leading
    y = face.top + (rng.uniform(0, free) if free > 0 else 0.0)
    for start, end in lines:
        if y + face.height > face.bottom:
            y = face.top
        widths = np.fromiter((len(text) for text in texts[start:end]), float, end - start)
        x1 = face.left + np.cumsum(widths + 1) * face.letter - face.letter
        x0 = x1 - widths * face.letter
        box = np.stack([x0, np.full_like(x0, y), x1, np.full_like(x0, y + face.height)], axis=1)
        yield np.clip(box, 0, 1000)
        y += face.leading
