"""Featurisation: words with boxes -> windows of word pieces with boxes and layout codes.

A window is a run of whole words. Neighbouring windows overlap, and each word belongs to the one
in which it stands farthest from a cut, so that a document of any length is read to its end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from docextract.models.bi_encoder.passage import Passage

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

#: Word pieces that neighbouring windows share: some three lines of context on either side.
WINDOW_OVERLAP = 128
#: Pieces kept of one word: of a longer one, such as a base64 line, its beginning and its end.
MAX_PIECES_PER_WORD = 16

#: Classes of a word's casing and characters; the vocabulary is lower case and cannot tell them.
WORD_SHAPES = (
    "special",
    "lower",
    "title",
    "upper",
    "initial",
    "mixed",
    "number",
    "amount",
    "code",
    "punctuation",
    "other",
)
_SHAPE_CODES = {name: code for code, name in enumerate(WORD_SHAPES)}
#: Positions of a word in its line.
LINE_POSITIONS = ("special", "first", "middle", "last", "alone")
#: Bounds of the gap between a word and its neighbour in the line, in widths of a character.
GAP_BOUNDS = (1.5, 3.0, 8.0, 20.0)
#: Bounds of the gap between a word's line and the line before, in heights of the word.
LINE_GAP_BOUNDS = (0.5, 1.2, 3.0)
#: Numbers of codes: 0 for an unknown gap, then one for each interval between bounds; for line
#: gaps one more, for a line above the one before.
GAP_CODES, LINE_GAP_CODES = len(GAP_BOUNDS) + 2, len(LINE_GAP_BOUNDS) + 3


@dataclass(frozen=True, eq=False)
class Window:
    """T word pieces that go through the encoder together, of words [first, last).

    Attributes:
        ids: (T,) vocabulary numbers, with [CLS] in front and [SEP] at the end.
        codes: (T, 5) word shape, line position, gap before, gap after, line gap; zeros for
            special pieces.
        boxes: (T, 4) float32 in thousandths of the page; zeros without layout.
        layout: Whether the boxes mean anything.
        heads, tails: (last - first,) where each word's first and last piece stand.
        first, last: The window's words, as numbers in the passage.
        own: The words [own[0], own[1]) that belong to this window and to no neighbour.
    """

    ids: Ints
    codes: Ints
    boxes: Floats
    layout: bool
    heads: Ints
    tails: Ints
    first: int
    last: int
    own: tuple[int, int]


def cut_windows(passage: Passage, tokenizer: Any, *, most: int) -> list[Window]:
    """Overlapping windows of at most `most` word pieces; none for a passage without words."""
    if not passage.texts:
        return []
    pieces = word_pieces(passage.texts, tokenizer)
    lengths = np.fromiter((len(ids) for ids in pieces), np.int64, len(pieces))
    codes = word_codes(passage)
    cuts = list(_cuts(lengths, most - 2))
    bounds = [0, *((end + start) // 2 for (_, end), (start, _) in pairwise(cuts)), len(pieces)]
    return [
        _window(passage, tokenizer, pieces, lengths, codes, cut, own)
        for cut, own in zip(cuts, pairwise(bounds), strict=True)
    ]


def word_pieces(texts: Sequence[str], tokenizer: Any) -> list[list[int]]:
    """Each word's vocabulary numbers, at least one."""
    half, unknown = MAX_PIECES_PER_WORD // 2, [tokenizer.unk_token_id]
    different = list(dict.fromkeys(texts))
    # Without offsets and masks, which nobody asks for, in half the time.
    encoded = tokenizer.backend_tokenizer.encode_batch_fast(different, add_special_tokens=False)
    pieces = {
        text: (ids if len(ids) <= MAX_PIECES_PER_WORD else ids[:half] + ids[-half:]) or unknown
        for text, ids in zip(different, (made.ids for made in encoded), strict=True)
    }
    return [pieces[text] for text in texts]


def _cuts(lengths: Ints, most: int) -> Iterator[tuple[int, int]]:
    """Word ranges of windows, as long as fits, each WINDOW_OVERLAP pieces into the one before."""
    ends = np.cumsum(lengths)
    first = 0
    while True:
        before = ends[first] - lengths[first]
        last = int(np.searchsorted(ends, before + most, side="right"))
        yield first, last
        if last >= len(lengths):
            return
        back = int(np.searchsorted(ends, ends[last - 1] - min(WINDOW_OVERLAP, most // 4)))
        first = max(first + 1, min(back + 1, last))


def _window(
    passage: Passage,
    tokenizer: Any,
    pieces: Sequence[list[int]],
    lengths: Ints,
    codes: Ints,
    cut: tuple[int, int],
    own: tuple[int, int],
) -> Window:
    first, last = cut
    ids = [tokenizer.cls_token_id]
    for word in pieces[first:last]:
        ids += word
    ids.append(tokenizer.sep_token_id)
    within = lengths[first:last]
    word_of = np.repeat(np.arange(first, last), within)
    boxes = np.zeros((len(ids), 4), np.float32)
    if passage.boxes is not None:
        boxes[1:-1] = passage.boxes[word_of]
    coded = np.zeros((len(ids), 5), np.int64)
    coded[1:-1] = codes[word_of]
    tails = np.cumsum(within)
    return Window(
        np.asarray(ids, np.int64),
        coded,
        boxes,
        passage.boxes is not None,
        tails - within + 1,
        tails,
        first,
        last,
        own,
    )


def word_codes(passage: Passage) -> Ints:
    """(W, 5) codes of each word: shape, line position, gap before, gap after, line gap."""
    made = np.zeros((len(passage), 5), np.int64)
    made[:, 0] = [_SHAPE_CODES[word_shape(text)] for text in passage.texts]
    begins = np.ones(len(passage), bool)
    begins[1:] = passage.lines[1:] != passage.lines[:-1]
    ends = np.append(begins[1:], True)
    made[:, 1] = np.select([begins & ends, begins, ends], [4, 1, 3], 2)
    if passage.boxes is not None and len(passage):
        made[:, 2], made[:, 3] = _gaps(passage, begins)
        made[:, 4] = _rises(passage, begins)
    return made


def _gaps(passage: Passage, begins: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    assert passage.boxes is not None
    sizes = np.fromiter((max(1, len(text)) for text in passage.texts), np.float32, len(passage))
    character = np.maximum((passage.boxes[:, 2] - passage.boxes[:, 0]) / sizes, 1.0)
    gaps = (passage.boxes[1:, 0] - passage.boxes[:-1, 2]) / np.minimum(
        character[1:], character[:-1]
    )
    codes = np.where(begins[1:], 0, 1 + np.searchsorted(GAP_BOUNDS, gaps))
    return np.append(0, codes), np.append(codes, 0)


def _rises(passage: Passage, begins: npt.NDArray[np.bool_]) -> Ints:
    """How far each line stands below the line before it; all words of a line have the same."""
    assert passage.boxes is not None
    starts = np.flatnonzero(begins)
    tops = np.minimum.reduceat(passage.boxes[:, 1], starts)
    bottoms = np.maximum.reduceat(passage.boxes[:, 3], starts)
    heights = np.maximum(bottoms - tops, 1.0)
    gaps = (tops[1:] - bottoms[:-1]) / np.minimum(heights[1:], heights[:-1])
    codes = np.where(gaps < -0.9, LINE_GAP_CODES - 1, 1 + np.searchsorted(LINE_GAP_BOUNDS, gaps))
    line_of = np.cumsum(begins) - 1
    return np.asarray(np.append(0, codes)[line_of], np.int64)


@lru_cache(maxsize=65536)
def word_shape(text: str) -> str:
    """The class of a word's casing and characters: one of WORD_SHAPES."""
    letters = [sign for sign in text if sign.isalpha()]
    digits = sum(sign.isdigit() for sign in text)
    if digits and letters:
        return "code"
    if digits:
        return "number" if digits == len(text) else "amount"
    if not letters:
        return "punctuation"
    if len(letters) == 1 and letters[0].isupper():
        return "initial"
    if all(sign.isupper() for sign in letters):
        return "upper"
    if not any(sign.isupper() for sign in letters):
        return "lower" if letters[0].islower() else "other"
    return "title" if letters[0].isupper() and len(letters) > 1 and _one(letters) else "mixed"


def _one(letters: Sequence[str]) -> bool:
    return not any(sign.isupper() for sign in letters[1:])
