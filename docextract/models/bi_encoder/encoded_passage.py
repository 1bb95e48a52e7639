"""Encoded passage: cached encoder states that any number of label sentences are scored against."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from docextract.models.bi_encoder.window_states import WindowStates

if TYPE_CHECKING:
    import torch

    from docextract.models.bi_encoder.decoding import SpanCandidate
    from docextract.models.bi_encoder.network import ProjectedLabels

#: The first windows of a document, which its kind is classified by.
KIND_WINDOWS = 3
#: The class of a document that is of none of the given kinds.
UNKNOWN = "unknown"
#: The sentences of several kinds.
KindSentences = tuple[tuple[str, ...], ...]


class LabelEncoder(Protocol):
    """Encodes label sentences; `BiEncoderEngine` is one, and keeps what it encoded."""

    def projected_labels(self, sentences: Sequence[str]) -> "ProjectedLabels":
        """The labels as the scoring heads compare words with them."""
        ...

    def kind_vectors(self, kinds: KindSentences) -> "torch.Tensor":
        """(K, H) the mean vector of each kind's sentences."""
        ...


class EncodedPassage:
    """The encoder's states of one passage, scored against label sentences on demand."""

    def __init__(self, labels: LabelEncoder, words: int, parts: Sequence[WindowStates]) -> None:
        self.words = words
        self._labels = labels
        self._parts = parts
        self._kind_parts: dict[KindSentences, list[torch.Tensor]] = {}

    def spans(self, sentences: Sequence[str], *, least: float = 0.05) -> list["SpanCandidate"]:
        """Spans of each label, overlapping ones too, best first.

        Args:
            sentences: The labels; a candidate's label is an index into them.
            least: The lowest score.
        """
        import torch

        from docextract.models.bi_encoder.decoding import span_candidates

        if not sentences or not self._parts:
            return []
        with torch.inference_mode():
            labels = self._labels.projected_labels(sentences)
            found = [
                one for part in self._parts for one in span_candidates(part, labels, least=least)
            ]
        return sorted(found, key=lambda one: (-one.score, one.first, one.last, one.label))

    def kind_probabilities(self, sentences: Mapping[str, Sequence[str]]) -> dict[str, float]:
        """Kind -> probability, with "unknown" for none of them; they sum to 1.

        Args:
            sentences: Kind -> the sentences that describe it.
        """
        import torch

        names = [*sentences, UNKNOWN]
        if not self._parts:
            return {name: float(name == UNKNOWN) for name in names}
        with torch.inference_mode():
            logits = torch.stack([part.mean(0) for part in self._kinds(sentences)]).mean(0)
            shares = logits.float().softmax(0).tolist()
        return dict(zip(names, shares, strict=True))

    def word_attributions(
        self, sentences: Mapping[str, Sequence[str]], kind: str
    ) -> npt.NDArray[np.float32]:
        """(W,) by how much each word raises the log odds of the kind against all others.

        The logits are means over the word pieces, so each piece's contribution is exact and
        nothing has to be estimated; a word's is the sum over its pieces. Words outside the first
        `KIND_WINDOWS` windows are zero.
        """
        import torch

        made = np.zeros(self.words, np.float32)
        if not self._parts:
            return made
        at = [*sentences, UNKNOWN].index(kind)
        with torch.inference_mode():
            parts = self._kinds(sentences)
            others = torch.stack([part.mean(0) for part in parts]).mean(0)
            others[at] = -torch.inf
            weights = others.softmax(0)
            for part, states in zip(parts, self._parts, strict=False):
                gains = ((part[:, at] - part @ weights) / (len(part) * len(parts))).float()
                sums = np.append(0, gains.cpu().numpy().cumsum())
                window = states.window
                made[window.first : window.last] += sums[window.tails + 1] - sums[window.heads]
        return made

    def _kinds(self, sentences: Mapping[str, Sequence[str]]) -> list["torch.Tensor"]:
        """(T, K + 1) parts of the pieces in the kinds' logits, for each of the first windows."""
        key = tuple(tuple(group) for group in sentences.values())
        made = self._kind_parts.get(key)
        if made is None:
            vectors, windows = self._labels.kind_vectors(key), self._parts[:KIND_WINDOWS]
            made = [part.model.kind_parts(part.states, vectors) for part in windows]
            self._kind_parts = {key: made}  # the last ones only, which are used twice
        return made
