"""The classic way to find names: a list of those seen in training, and patterns.

The list is the baseline of the CoNLL-2003 task (Tjong Kim Sang and De Meulder, 2003): strings
that the training parts label are labelled again, longest match first; here with the label they
have most often, and only where they are labelled at least as often as not. The patterns are the
rules of docextract.entities.taggers, which win where both find something.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from docextract.entities.taggers import find_entities
from docextract.evaluation.inputs.truth_and_prediction import Entity


class Sentence(NamedTuple):
    """Words, and spans (label, first, last) of them that carry a name: words [first, last)."""

    name: str
    words: tuple[str, ...]
    spans: frozenset[Entity]


class Gazetteer:
    """Made of labelled sentences."""

    def __init__(self, train: Sequence[Sentence]) -> None:
        labels: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for sentence in train:
            for label, first, last in sentence.spans:
                labels[sentence.words[first:last]][label] += 1
        self._longest = max(map(len, labels), default=0)
        seen = Counter(
            part
            for sentence in train
            for _, _, part in self._parts(sentence.words)
            if part in labels
        )
        self._names: Mapping[tuple[str, ...], str] = {
            part: found.most_common(1)[0][0]
            for part, found in labels.items()
            if 2 * found.total() >= seen[part]
        }

    def __call__(self, words: tuple[str, ...]) -> frozenset[Entity]:
        """The names and what the rules find, without overlaps, as spans of words."""
        found: list[Entity] = []
        taken: set[int] = set()
        for entity in [*_by_rules(words), *self._by_list(words)]:
            places = set(range(entity.start, entity.end))
            if not places & taken:
                found.append(entity)
                taken |= places
        return frozenset(found)

    def _by_list(self, words: tuple[str, ...]) -> Iterator[Entity]:
        parts = sorted(self._parts(words), key=lambda part: (part[0] - part[1], part[0]))
        for first, last, part in parts:
            if part in self._names:
                yield Entity(self._names[part], first, last)

    def _parts(self, words: tuple[str, ...]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        for first in range(len(words)):
            for last in range(first + 1, min(first + self._longest, len(words)) + 1):
                yield first, last, words[first:last]


def _by_rules(words: Sequence[str]) -> Iterable[Entity]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    for span in find_entities(" ".join(words)):
        inside = [
            number
            for number, start in enumerate(starts)
            if start < span.end and start + len(words[number]) > span.start
        ]
        if inside:
            yield Entity(span.label, inside[0], inside[-1] + 1)
