"""Encoder states of one window, and their cached projections for the scoring heads."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from torch import Tensor

    from docextract.models.bi_encoder.featurisation import Window
    from docextract.models.bi_encoder.network import BiEncoder


class ProjectedWords(NamedTuple):
    """Words projected for the heads of starts, insides and ends, (W, M) each."""

    starts: "Tensor"
    insides: "Tensor"
    ends: "Tensor"


@dataclass(frozen=True, eq=False)
class WindowStates:
    """A window with the (T, H) states of its pieces, as the model's encoder made them."""

    model: "BiEncoder"
    window: "Window"
    states: "Tensor"

    @property
    def heads(self) -> "Tensor":
        """(W, H) states of each word's first piece."""
        return self.states[self.window.heads]

    @property
    def tails(self) -> "Tensor":
        """(W, H) states of each word's last piece."""
        return self.states[self.window.tails]

    @cached_property
    def projected(self) -> ProjectedWords:
        """Projections do not depend on the labels, so they are cached for the next ones."""
        heads, tails = self.heads, self.tails
        return ProjectedWords(
            self.model.start.words(heads),
            self.model.inside.words((heads + tails) / 2),
            self.model.end.words(tails),
        )
