"""Entity tagger for texts of any length from a Hugging Face token-classification model."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docextract.models.bi_encoder.passage import Passage
from docextract.models.huggingface import HuggingFaceModel, Window


class TaggedSpan(NamedTuple):
    """Words [first, last) of one passage, their label, and its mean probability over them."""

    first: int
    last: int
    label: str
    confidence: float


class TokenClassifier:
    """Tags words. Loads its weights at the first call; a layout model gets the words' boxes."""

    def __init__(self, path: Path, *, device: str = "auto") -> None:
        self.model = HuggingFaceModel(path, "TokenClassification", device=device)

    def tag(self, passages: Sequence[Passage]) -> list[list[TaggedSpan]]:
        """The entities of each passage.

        A long one is read in overlapping windows; each word takes its label from the window in
        which it stands farthest from a cut. A word's label is that of its first piece.
        """
        windows = list(self.model.windows(passages))
        best: list[dict[int, tuple[int, int, float]]] = [{} for _ in passages]
        for window, logits in zip(windows, self.model.logits(windows), strict=True):
            top = logits.softmax(-1).max(-1)
            _merge(best[window.passage], window, top.indices.tolist(), top.values.tolist())
        names = [*self.model.labels, "O"]
        return [
            list(decode_tags([(names[label], share) for _, label, share in _in_order(words)]))
            for words in best
        ]


def _merge(
    best: dict[int, tuple[int, int, float]],
    window: Window,
    labels: Sequence[int],
    shares: Sequence[float],
) -> None:
    """Keep each word's (distance from the nearest cut, label, probability) of its best window."""
    before = None
    for at, word in enumerate(window.words):
        if word is not None and word != before:
            distance = min(at, len(window.words) - at)
            if word not in best or distance > best[word][0]:
                best[word] = (distance, labels[at], shares[at])
        before = word


def _in_order(best: dict[int, tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """One entry a word. A word that the tokenizer drops (a lone control character) has none."""
    last = max(best, default=-1)
    return [best.get(word, (0, -1, 0.0)) for word in range(last + 1)]


def decode_tags(labels: Sequence[tuple[str, float]]) -> Iterator[TaggedSpan]:
    """Decode words' tags (BIO, BILOU or plain labels) with probabilities into spans of words."""
    first, label, shares = 0, "", list[float]()
    for at, (printed, share) in enumerate((*labels, ("O", 0.0))):
        mark, _, name = printed.rpartition("-")
        begins = mark in ("B", "U", "S") or name != label
        if label and (begins or name == "O"):
            yield TaggedSpan(first, at, label, sum(shares) / len(shares))
            label = ""
        if name != "O" and not label:
            first, label, shares = at, name, []
        if label:
            shares.append(share)
