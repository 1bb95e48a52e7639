"""Scoring heads of the bi-encoder: words against field labels, pages against document kinds."""

import math

import torch
from torch import Tensor, nn


class LabelScorer(nn.Module):
    """Scores words against labels: the product of their projections."""

    middle: Tensor

    def __init__(self, words: int, labels: int, size: int, *, bias: float) -> None:
        super().__init__()
        # States of the pretrained encoder are small: unscaled, products of two projections would
        # leave all words alike for hundreds of steps.
        self.words = nn.Sequential(
            nn.LayerNorm(words), nn.Linear(words, size), nn.GELU(), nn.Linear(size, size)
        )
        self.labels = nn.Sequential(nn.LayerNorm(labels), nn.Linear(labels, size))
        # What the sentences of all labels have in common, half of each, would be learnt first and
        # as a score for all of them; see `centre_labels`.
        self.register_buffer("middle", torch.zeros(labels))
        self.bias = nn.Parameter(torch.tensor([bias]))

    def forward(self, words: Tensor, labels: Tensor) -> Tensor:
        """(..., H) states and (L, H) label vectors -> (..., L) logits."""
        return self.compare(self.words(words), self.project(labels))

    def compare(self, words: Tensor, labels: Tensor) -> Tensor:
        """(..., M) and (L, M), both projected -> (..., L) logits."""
        made: Tensor = words @ labels.T / math.sqrt(labels.shape[-1])
        return made + self.bias

    def project(self, labels: Tensor) -> Tensor:
        """(L, H) label vectors -> (L, M), what words are multiplied with."""
        projected: Tensor = self.labels(labels - self.middle)
        return projected


class KindScorer(nn.Module):
    """Scores a text against kinds: the cosine of their vectors, in logits.

    It starts as the similarity of the pretrained sentence encoder, which separates most kinds
    before any training.
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.words = nn.Linear(hidden, hidden, bias=False)
        self.labels = nn.Linear(hidden, hidden, bias=False)
        self.scale = nn.Parameter(torch.tensor([math.log(20.0)]))
        #: The cosine at which a kind is as likely as none.
        self.least = nn.Parameter(torch.tensor([0.35]))

    def init_as_pretrained(self) -> None:
        """Compare the encoder's vectors as they are."""
        nn.init.eye_(self.words.weight)
        nn.init.eye_(self.labels.weight)

    def forward(self, states: Tensor, kinds: Tensor) -> Tensor:
        """(T, H) states of pieces and (K, H) vectors -> (T, K), whose mean are the logits.

        The cosine is linear in the pieces once the length of their sum is known.
        """
        words = self.words(states)
        length = words.mean(-2).norm().clamp(min=1e-6)
        cosines = words @ nn.functional.normalize(self.labels(kinds), dim=-1).T / length
        logits: Tensor = self.scale.exp() * (cosines - self.least)
        return logits
