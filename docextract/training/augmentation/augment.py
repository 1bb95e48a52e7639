"""Random augmentation of examples: OCR errors, box jitter, shift and scale.

Every function takes an example and a generator, and gives a new example whose marks are on the
right words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from docextract.models.bi_encoder.passage import Passage
from docextract.training.augmentation.ocr_confusions import (
    CUT,
    JOINED,
    LETTERS,
    LOST,
    PUT_IN,
    READ_AS,
)
from docextract.training.augmentation.typesetting import typeset_text
from docextract.training.augmentation.word_edits import WHOLE, EditedWord, apply_word_edits
from docextract.training.data.examples import Example

#: How often `augment` does what. Judgements: most documents that are read are clean.
SCANNED, SHIFTED, TYPESET = 0.4, 0.7, 0.5
#: Words outside of values that OCR does not see at all; a judgement.
DROPPED = 0.01
#: Edges of a word's box are off by so much (standard deviation, in thousandths of the page);
#: a judgement, about a third of a letter's width.
JITTER = 1.5
#: A printed amount, date or number: as long as it is marked it stays what it is.
_NUMBER = re.compile(r"\W*\w{0,3}\W{0,2}\d[\d.,:/'-]*\W*")

_PUT_IN = sum(PUT_IN.values()) / LETTERS


class _Fate(NamedTuple):
    """What can become of a letter: texts and the chance of each, the rest being itself."""

    texts: tuple[str, ...]
    chances: npt.NDArray[np.float64]


def augment(example: Example, rng: np.random.Generator) -> Example:
    """Apply typesetting, OCR errors, jitter, shift and scale, each at random."""
    if example.passage.boxes is None and rng.random() < TYPESET:
        example = typeset_text(example, rng)
    if rng.random() < SCANNED:
        example = jitter_boxes(add_ocr_errors(example, rng), rng)
    return shift_and_scale(example, rng) if rng.random() < SHIFTED else example


def add_ocr_errors(example: Example, rng: np.random.Generator, *, amount: float = 1.0) -> Example:
    """Add OCR errors: letters misread, words joined, cut and overlooked.

    Args:
        example: Any.
        rng: Draws the mistakes.
        amount: 1 for as many as were measured, 2 for twice as many.
    """
    marked = _marked(example)
    whole = marked & [bool(_NUMBER.fullmatch(text)) for text in example.passage.texts]
    words = list(_misread(example.passage.texts, whole, rng, amount))
    gone = (rng.random(len(words)) < amount * DROPPED) & ~marked
    lines = example.passage.lines
    joined = rng.random(len(words)) < amount * JOINED
    joined[1:] &= (lines[1:] == lines[:-1]) & ~(whole[1:] | whole[:-1])
    cut = (rng.random(len(words)) < amount * CUT) & ~whole
    pieces: list[EditedWord] = []
    for at, text in enumerate(words):
        if gone[at]:
            continue
        last = pieces[-1] if pieces else None
        if last and joined[at] and last.last == at and last.part == WHOLE:
            pieces[-1] = EditedWord(last.text + text, last.first, at + 1)
        elif cut[at] and len(text) > 3:
            pieces += _halves(text, at, rng)
        else:
            pieces.append(EditedWord(text, at, at + 1))
    return apply_word_edits(example, pieces) if pieces else example


def _halves(text: str, at: int, rng: np.random.Generator) -> tuple[EditedWord, EditedWord]:
    place = int(rng.integers(1, len(text)))
    share = place / len(text)
    return (
        EditedWord(text[:place], at, at + 1, (0.0, share)),
        EditedWord(text[place:], at, at + 1, (share, 1.0)),
    )


def _marked(example: Example) -> npt.NDArray[np.bool_]:
    """Which words carry a value; a whole row of a table is none."""
    rows = {mark.label.rpartition(".")[0] for mark in example.marks}
    marked = np.zeros(len(example.passage), bool)
    for mark in example.marks:
        if mark.label not in rows:
            marked[mark.start : mark.end] = True
    return marked


def _misread(
    texts: Sequence[str],
    whole: npt.NDArray[np.bool_],
    rng: np.random.Generator,
    amount: float,
) -> Iterator[str]:
    """The words, some with a letter that is another one, missing or too much; `whole` as is."""
    chances = [sum(_CHANCE.get(sign, _PUT_IN) for sign in text) for text in texts]
    hit = rng.random(len(texts)) < amount * np.asarray(chances)
    for text, wrong in zip(texts, hit & ~whole, strict=True):
        yield _with_mistake(text, rng) if wrong and len(text) > 1 else text


def _with_mistake(text: str, rng: np.random.Generator) -> str:
    weights = np.asarray([_CHANCE.get(sign, _PUT_IN) for sign in text])
    at = int(rng.choice(len(text), p=weights / weights.sum()))
    fate = _FATES.get(text[at].upper(), _OTHER)
    told = fate.texts[int(rng.choice(len(fate.texts), p=fate.chances / fate.chances.sum()))]
    sign = text[at]
    told = told.replace("=", sign.upper())
    return text[:at] + (told.lower() if sign.islower() else told) + text[at + 1 :]


def _fates() -> Mapping[str, _Fate]:
    """Letter -> what it is read as; "=" stands for the letter itself, before one put in."""
    made = {}
    for sign in {*READ_AS, *LOST}:
        printed, others = READ_AS.get(sign, (1, {}))
        told = {other: count / printed for other, count in others.items()}
        if sign in LOST:
            told[""] = LOST[sign][1] / LOST[sign][0]
        told |= {f"={other}": count / LETTERS for other, count in PUT_IN.items()}
        made[sign] = _Fate(tuple(told), np.asarray([*told.values()]))
    return made


_FATES = _fates()
_OTHER = _Fate(
    tuple(f"={other}" for other in PUT_IN), np.asarray([*PUT_IN.values()], float) / LETTERS
)
#: Letter -> the chance that it is misread, in either case.
_CHANCE = {
    sign: float(fate.chances.sum())
    for letter, fate in _FATES.items()
    for sign in {letter, letter.lower()}
}


def jitter_boxes(example: Example, rng: np.random.Generator) -> Example:
    """Add Gaussian noise to each edge of each box."""
    boxes = example.passage.boxes
    if boxes is None:
        return example
    off = boxes + rng.normal(0, JITTER, boxes.shape).astype(np.float32)
    off[:, 2:] = np.maximum(off[:, :2], off[:, 2:])
    return _placed(example, off)


def shift_and_scale(example: Example, rng: np.random.Generator) -> Example:
    """Scale the whole layout, and shift it on the page.

    Nothing leaves the page, and the sides keep their proportion within a tenth.
    """
    boxes = example.passage.boxes
    if boxes is None or not len(boxes):
        return example
    low, high = boxes[:, :2].min(0), boxes[:, 2:].max(0)
    most = 1000 / np.maximum(high - low, 1.0)
    scale = np.minimum(rng.uniform(0.8, 1.15) * rng.uniform(0.95, 1.05, 2), most)
    room = 1000 - scale * (high - low)
    corner = np.clip(scale * low + rng.normal(0, 40, 2), 0, np.maximum(room, 0))
    made = (np.reshape(boxes, (-1, 2, 2)) - low) * scale + corner
    return _placed(example, made.reshape(-1, 4))


def _placed(example: Example, boxes: npt.NDArray[np.floating]) -> Example:
    old = example.passage
    clipped = np.clip(boxes, 0, 1000).astype(np.float32)
    return replace(example, passage=Passage(old.texts, clipped, old.lines))
