"""Text recognition: line images -> words with boxes and confidences, by PP-OCR's recogniser."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from docextract.document import Box, Word
from docextract.ocr.ppocr.networks import load_recogniser, recogniser_alphabet
from docextract.ocr.ppocr.quantisation import kept_classes

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_HEIGHT = 48  # of a line, in pixels, by the network's construction
_STEP = 8  # pixels of width for each of its answers, likewise

# Widths that lines are padded to. OpenVINO keeps compiled code and buffers for every shape that
# it meets, so few shapes keep its memory flat; they are close enough to waste little.
_WIDTHS = (96, 160, 224, 288, 384, 480, 608, 768, 960, 1184, 1440, 1728, 2048, 2400)
_LONE = 1.0  # of its line: the pitch where no two letters stand together to measure it
_BATCH_PIXELS = 2400  # of width together: larger batches are no faster on one thread


class RecognisedLetter(NamedTuple):
    """A recognised character with its position along the line, 0 to 1, and its confidence."""

    text: str
    at: float
    confidence: float


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A recognised word; `start` and `end` are shares of the line's length, 0 to 1."""

    text: str
    start: float
    end: float
    confidence: float


class Recogniser:
    """Recognises the letters of line images."""

    def __init__(self, languages: Sequence[str] = ()) -> None:
        """East Asian letters are recognised only when one of their languages is given."""
        known = recogniser_alphabet()
        keep = kept_classes(known, languages)
        self._network = load_recogniser(keep)
        self._alphabet = [known[index] for index in keep]

    def read(self, strips: Sequence["Array"]) -> list[tuple[RecognisedLetter, ...]]:
        """The letters of each strip (a BGR line of text, 48 pixels high), in their order."""
        found: list[tuple[RecognisedLetter, ...]] = [()] * len(strips)
        for width, members in batch_by_width([strip.shape[1] for strip in strips]):
            classes, chances = self._network(network_batch([strips[i] for i in members], width))
            for row, index in enumerate(members):
                share = width / min(strips[index].shape[1], width)
                found[index] = decode_ctc(classes[row], chances[row], share, self._alphabet)
        return found


def batch_by_width(widths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Batches of line images of similar width: (padded width, indices of the images)."""
    members: dict[int, list[int]] = {}
    for index in sorted(range(len(widths)), key=lambda index: widths[index]):
        members.setdefault(padded_width(widths[index]), []).append(index)
    for width, indices in members.items():
        # A power of two, again so that there are few shapes.
        size = 2 ** max(0, int(math.log2(max(1.0, _BATCH_PIXELS / width))))
        for start in range(0, len(indices) - len(indices) % size, size):
            yield width, indices[start : start + size]
        for index in indices[len(indices) - len(indices) % size :]:
            yield width, [index]


def padded_width(width: int) -> int:
    """The smallest of the fixed widths that holds a line image; the widest for any beyond them."""
    return next((fixed for fixed in _WIDTHS if fixed >= width), _WIDTHS[-1])


def network_batch(strips: Sequence["Array"], width: int) -> "Array":
    """The line images as one batch: shape (n, 3, 48, width), values from -1 to 1."""
    import cv2
    import numpy as np

    stack = np.zeros((len(strips), 3, _HEIGHT, width), dtype=np.float32)
    for row, strip in enumerate(strips):
        fitting = strip if strip.shape[1] <= width else cv2.resize(strip, (width, _HEIGHT))
        stack[row, :, :, : fitting.shape[1]] = fitting.transpose(2, 0, 1) / 127.5 - 1
    return stack


def decode_ctc(
    classes: "Array", chances: "Array", share: float, alphabet: Sequence[str]
) -> tuple[RecognisedLetter, ...]:
    """CTC decoding of one line: repeats are one letter, class 0 is the blank.

    `share` is how much longer the padded strip is than the line itself.
    """
    steps = len(classes)
    return tuple(
        RecognisedLetter(alphabet[which], min(1.0, (at + 0.5) / steps * share), float(chances[at]))
        for at, which in enumerate(classes.tolist())
        if which and (at == 0 or classes[at - 1] != which)
    )


def split_words(line: Sequence[RecognisedLetter]) -> tuple[RecognisedWord, ...]:
    """The words of a line: split at white space, each with its extent along the line.

    The recogniser gives the centre of a letter, not its ends: a word begins half a letter
    before its first and ends half a letter after its last, or half-way to its neighbour.
    """
    groups: list[list[RecognisedLetter]] = [[]]
    for letter in line:
        if letter.text.isspace():
            groups.append([])
        else:
            groups[-1].append(letter)
    words = [group for group in groups if group]
    half = _pitch(words) / 2
    made = []
    for index, word in enumerate(words):
        before = words[index - 1][-1].at if index else -half
        after = words[index + 1][0].at if index + 1 < len(words) else 1 + half
        start = max(0.0, word[0].at - half, (before + word[0].at) / 2)
        end = min(1.0, word[-1].at + half, (after + word[-1].at) / 2)
        confidence = sum(letter.confidence for letter in word) / len(word)
        text = "".join(letter.text for letter in word)
        made.append(RecognisedWord(text, start, max(start, end), min(1.0, confidence)))
    return tuple(made)


def _pitch(words: Sequence[Sequence[RecognisedLetter]]) -> float:
    """The usual distance from letter to letter, as a share of the line's length."""
    apart = sorted(right.at - left.at for word in words for left, right in pairwise(word))
    return apart[len(apart) // 2] if apart else _LONE


def to_page_word(piece: RecognisedWord, corners: Sequence[Sequence[float]], scale: float) -> Word:
    """A recognised word with its box on the page.

    `corners` are the line's, clockwise from the start of its upper edge, in pixels; `scale`
    makes points of them.
    """
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    xs, ys = [], []
    for share in (piece.start, piece.end):
        xs += [ax + (bx - ax) * share, dx + (cx - dx) * share]
        ys += [ay + (by - ay) * share, dy + (cy - dy) * share]
    box = Box(min(xs) * scale, min(ys) * scale, max(xs) * scale, max(ys) * scale)
    return Word(piece.text, box, piece.confidence)
