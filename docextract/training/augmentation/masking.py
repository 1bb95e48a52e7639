"""Whole-word masking for masked language modelling with layout.

The shares are BERT's (Devlin et al., NAACL 2019), and whole words are masked, as its authors did
later: the rest of a number tells a single piece of it, and nothing is learnt. A word keeps its
box, as in LayoutLM (Xu et al., KDD 2020), and its place in the line and its gaps, which are made
from boxes: what is to be learnt is what stands where.

The shape code is masked too. It is the answer in part (a number, an amount, capitals) and comes
from the word's letters, not its position: kept, the column of amounts would be predicted by the
code of each amount instead of by its heading. A masked word has the code of special pieces; one
that is replaced has that of another word, so that the code does not say that it was; one that is
kept keeps it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from docextract.models.bi_encoder.featurisation import WORD_SHAPES, Ints, Window

#: Share of the word pieces that are to be predicted.
SHARE = 0.15
#: Of the words that these belong to: masked, replaced; the rest stays as it is and is still to be
#: predicted, so that the encoder cannot rely on any word.
HIDDEN, REPLACED = 0.8, 0.1
_NO_SHAPE = WORD_SHAPES.index("special")


@dataclass(frozen=True)
class Vocabulary:
    """The number of the [MASK] piece, and the size of the vocabulary."""

    mask: int
    size: int


@dataclass(frozen=True, eq=False)
class MaskedWindow:
    """A window with masked words, and the truth of the masked pieces.

    Attributes:
        window: What the encoder takes in.
        at: (N,) positions of the pieces to be predicted, ascending.
        truth: (N,) their vocabulary numbers.
    """

    window: Window
    at: Ints
    truth: Ints


def mask_words(window: Window, vocabulary: Vocabulary, rng: np.random.Generator) -> MaskedWindow:
    """Mask whole words with about `SHARE` of the pieces, at least one word."""
    words = _chosen(window.tails - window.heads + 1, rng)
    fates = rng.random(len(words))
    ids, codes = window.ids.copy(), window.codes.copy()
    for word, fate in zip(words, fates, strict=True):
        pieces = slice(window.heads[word], window.tails[word] + 1)
        if fate < HIDDEN:
            ids[pieces], codes[pieces, 0] = vocabulary.mask, _NO_SHAPE
        elif fate < HIDDEN + REPLACED:
            ids[pieces] = rng.integers(vocabulary.size, size=len(ids[pieces]))
            codes[pieces, 0] = window.codes[rng.choice(window.heads), 0]
    at = _pieces(window, words)
    return MaskedWindow(replace(window, ids=ids, codes=codes), at, window.ids[at])


def without_layout(one: MaskedWindow) -> MaskedWindow:
    """Remove the layout, with the same words masked: no boxes, no gaps and no rises."""
    codes = one.window.codes.copy()
    codes[:, 2:] = 0
    bare = replace(one.window, codes=codes, boxes=np.zeros_like(one.window.boxes), layout=False)
    return replace(one, window=bare)


def _chosen(lengths: Ints, rng: np.random.Generator) -> Ints:
    """Numbers of words at random, as many as have `SHARE` of the pieces; at least one."""
    order = rng.permutation(len(lengths))
    most = round(SHARE * int(lengths.sum()))
    within = int(np.searchsorted(np.cumsum(lengths[order]), most, side="right"))
    return np.sort(order[: max(1, within)])


def _pieces(window: Window, words: Sequence[int] | Ints) -> Ints:
    return np.concatenate([np.arange(window.heads[n], window.tails[n] + 1) for n in words])
