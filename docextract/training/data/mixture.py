"""Mixture sampling: batches from several sources in given shares, reproducible by seed."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from docextract.training.data.examples import Example
from docextract.training.data.windows import (
    LabelledWindow,
    concatenated,
    labelled_windows,
    sample_windows,
)

#: Changes an example at random each time it is sampled: noise, layout.
Augmentation = Callable[[Example, np.random.Generator], Example]
#: Windows of one document in one batch.
MOST_WINDOWS = 3
#: A text without layout of at most so many words is drawn with others, up to so many texts.
SHORT, MOST_TEXTS = 60, 6
#: Word pieces taken from a source before another one is asked, so that labels are few in a step.
AT_ONCE = 768


@dataclass(frozen=True)
class TrainingSource:
    """Training examples of one data set with their sampling weight and augmentation.

    Attributes:
        name: Of the data set.
        examples: At least one.
        share: Of all word pieces that training samples; shares need not add up to one.
        augment: Applied to an example each time it is sampled.
    """

    name: str
    examples: Sequence[Example]
    share: float
    augment: Augmentation | None = None


class Mixture:
    """Samples batches of labelled windows; its state is a mapping that JSON can hold."""

    def __init__(
        self,
        sources: Sequence[TrainingSource],
        tokenizer: Any,
        *,
        seed: int,
        window: int,
        kind_windows: int,
    ) -> None:
        self._sources = {source.name: source for source in sources}
        self._tokenizer = tokenizer
        self._seed, self._window, self._kind_windows = seed, window, kind_windows
        self._orders: dict[tuple[str, int], np.ndarray[Any, Any]] = {}
        #: Source -> examples sampled, and word pieces sampled.
        self.drawn = {source.name: 0 for source in sources}
        self.pieces = {source.name: 0 for source in sources}

    @property
    def state(self) -> Mapping[str, Mapping[str, int]]:
        """The sampling state, for a checkpoint."""
        return {"drawn": dict(self.drawn), "pieces": dict(self.pieces)}

    def restore(self, state: Mapping[str, Mapping[str, int]]) -> None:
        """Restore the sampling state."""
        self.drawn, self.pieces = dict(state["drawn"]), dict(state["pieces"])

    def draw_batch(self, pieces: int, step: int) -> list[LabelledWindow]:
        """Sample a batch of at least so many word pieces, from sources behind their share."""
        rng = np.random.default_rng((self._seed, step))
        made: list[LabelledWindow] = []
        while sum(len(item.window.ids) for item in made) < pieces:
            name = min(self._sources, key=self._lead)
            made += self._from(self._sources[name], rng)
        return made

    def _lead(self, name: str) -> float:
        return self.pieces[name] / self._sources[name].share

    def _from(self, source: TrainingSource, rng: np.random.Generator) -> list[LabelledWindow]:
        made: list[LabelledWindow] = []
        while (size := sum(len(item.window.ids) for item in made)) < AT_ONCE:
            found = labelled_windows(
                self._one(source, rng),
                self._tokenizer,
                most=self._window,
                kind_windows=self._kind_windows,
            )
            if size and size + sum(len(item.window.ids) for item in found) > 2 * AT_ONCE:
                break
            made += sample_windows(found, rng, most=MOST_WINDOWS)
        self.pieces[source.name] += sum(len(item.window.ids) for item in made)
        return made

    def _one(self, source: TrainingSource, rng: np.random.Generator) -> Example:
        example = self._next(source)
        if _short(example):
            more = int(rng.integers(MOST_TEXTS))
            others = [self._next(source) for _ in range(more)]
            example = concatenated([example, *(one for one in others if _short(one))])
        return source.augment(example, rng) if source.augment else example

    def _next(self, source: TrainingSource) -> Example:
        epoch, at = divmod(self.drawn[source.name], len(source.examples))
        self.drawn[source.name] += 1
        return source.examples[int(self._order(source, epoch)[at])]

    def _order(self, source: TrainingSource, epoch: int) -> np.ndarray[Any, Any]:
        key = (source.name, epoch)
        if key not in self._orders:
            seed = (self._seed, zlib.crc32(source.name.encode()), epoch)
            self._orders[key] = np.random.default_rng(seed).permutation(len(source.examples))
        return self._orders[key]


def _short(example: Example) -> bool:
    passage = example.passage
    return passage.boxes is None and example.kind is None and 0 < len(passage) <= SHORT
