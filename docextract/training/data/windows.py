"""Sliding windows over examples with their labels, window sampling, and micro-batches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np

from docextract.models.bi_encoder.featurisation import Window, cut_windows
from docextract.models.bi_encoder.passage import Passage
from docextract.training.data.examples import Example, Mark


class Span(NamedTuple):
    """A labelled span within a window: words [first, last)."""

    label: str
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class LabelledWindow:
    """A window of word pieces with its labels.

    Attributes:
        window: What the encoder takes in.
        spans: Those that lie in it whole.
        asked: Labels whose spans in this window are all known.
        kind: Of the document; None where it is unknown, or the window is not at its beginning.
    """

    window: Window
    spans: tuple[Span, ...]
    asked: tuple[str, ...]
    kind: str | None


def labelled_windows(
    example: Example, tokenizer: Any, *, most: int, kind_windows: int
) -> list[LabelledWindow]:
    """Cut the example into windows, in order; the first `kind_windows` of them bear its kind."""
    return [
        _item(example, window, example.kind if number < kind_windows else None)
        for number, window in enumerate(cut_windows(example.passage, tokenizer, most=most))
    ]


def _item(example: Example, window: Window, kind: str | None) -> LabelledWindow:
    spans, cut = [], set()
    for label, start, end in ((mark.label, mark.start, mark.end) for mark in example.marks):
        if window.first <= start and end <= window.last:
            spans.append(Span(label, start - window.first, end - window.first))
        elif start < window.last and end > window.first:
            cut.add(label)  # half a span is neither a span nor none
    asked = tuple(sorted(example.asked - cut))
    known = frozenset(asked)
    return LabelledWindow(window, tuple(span for span in spans if span.label in known), asked, kind)


def sample_windows(
    found: Sequence[LabelledWindow], rng: np.random.Generator, *, most: int
) -> list[LabelledWindow]:
    """Sample at most `most` windows of one example, most of them with a span or with the kind.

    A contract of sixty pages has its few values in a few of them.
    """
    if len(found) <= most:
        return list(found)
    full = [item for item in found if item.spans or item.kind]
    bare = [item for item in found if not (item.spans or item.kind)]
    few = 1 if bare else 0
    kept = _some(full, most - few, rng)
    return kept + _some(bare, most - len(kept), rng)


def _some(
    found: Sequence[LabelledWindow], most: int, rng: np.random.Generator
) -> list[LabelledWindow]:
    if len(found) <= most:
        return list(found)
    return [found[n] for n in sorted(rng.choice(len(found), most, replace=False))]


def concatenated(examples: Sequence[Example]) -> Example:
    """Concatenate short texts without layout into one example, each in a line of its own."""
    first = examples[0]
    if len(examples) == 1:
        return first
    texts: list[str] = []
    lines: list[np.ndarray[Any, Any]] = []
    marks: list[Mark] = []
    below = 0
    for example in examples:
        marks += [
            Mark(mark.label, mark.start + len(texts), mark.end + len(texts))
            for mark in example.marks
        ]
        texts += example.passage.texts
        lines.append(example.passage.lines + below)
        below += int(example.passage.lines[-1]) + 1 if len(example.passage) else 0
    passage = Passage(tuple(texts), None, np.concatenate(lines).astype(np.int32))
    asked = frozenset.intersection(*(example.asked for example in examples))
    return Example(first.name, first.source, first.group, passage, tuple(marks), asked)


class Windowed(Protocol):
    """Anything with a window: labelled or masked."""

    @property
    def window(self) -> Window:
        """What the encoder takes in."""
        ...


_Windowed = TypeVar("_Windowed", bound=Windowed)


def micro_batches(found: Iterable[_Windowed], *, most: int) -> Iterator[list[_Windowed]]:
    """Group windows of similar length, at most `most` word pieces with their padding."""
    part: list[_Windowed] = []
    for item in sorted(found, key=lambda item: len(item.window.ids)):
        if part and (len(part) + 1) * len(item.window.ids) > most:
            yield part
            part = []
        part.append(item)
    if part:
        yield part
