"""Exact and fuzzy search for a value in a document, in reading order and down columns."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz

from docextract.document import Document
from docextract.layout.labels import Anchor, LabelLexicon, fold_label
from docextract.layout.segments import Segment, Sheet

#: Furthest below a segment, in line heights, that its column goes on. As leading of a block.
_LEADING = 1.3
#: Alike at least so much (0 to 1) in reading order, columns are not looked at.
_SURE = 0.97


class Match(NamedTuple):
    """Words that match a value: runs [start, end) of word numbers, and the similarity."""

    runs: tuple[tuple[int, int], ...]
    ratio: float

    @property
    def start(self) -> int:
        """The number of its first word."""
        return self.runs[0][0]

    @property
    def end(self) -> int:
        """The number after its last word."""
        return self.runs[-1][1]


class SearchableDocument:
    """A document indexed for value search. Made once a document."""

    def __init__(self, document: Document, lexicon: LabelLexicon) -> None:
        self.document = document
        self.texts = tuple(placed.word.text for placed in document.words)
        self.lines = tuple(placed.line for placed in document.words)
        self.sheet = Sheet(document)
        self._lexicon = lexicon

    @cached_property
    def _starts(self) -> list[int]:
        return [placed.start for placed in self.document.words]

    @cached_property
    def anchors(self) -> Sequence[Anchor]:
        """The printed labels of the schema's fields."""
        return self._lexicon.find(self.sheet)[0]

    @cached_property
    def _reading(self) -> "_Chain":
        return _Chain(self.texts, range(len(self.texts)))

    @cached_property
    def _columns(self) -> "_Chain":
        order = [self.number(word.start) for part in _stacks(self.sheet) for word in part.words]
        return _Chain(self.texts, order)

    def number(self, offset: int) -> int:
        """The number of the word at this offset of the document's text."""
        return bisect_right(self._starts, offset) - 1

    def segment(self, word: int) -> Segment:
        """The segment that a word stands in."""
        return self.sheet.at(self._starts[word])

    def exact(self, value: str) -> list[Match]:
        """Exact matches of a value's letters and digits, whatever is between them and around."""
        signs = [re.escape(sign) for sign in value if sign.isalnum()]
        if not signs:
            return []
        pattern = r"(?<![^\W_])" + r"[\W_]{0,4}".join(signs) + r"(?![^\W_])"
        matches = re.finditer(pattern, self.document.text, re.IGNORECASE)
        return [
            Match(((self.number(match.start()), self.number(match.end() - 1) + 1),), 1.0)
            for match in matches
        ]

    def within_words(self, value: str) -> list[int]:
        """Words that have the value as written in them: OCR joins "1/5/2018" and "13:40"."""
        pattern = re.compile(rf"(?<!\d){re.escape(value.strip())}", re.IGNORECASE)
        return [at for at, text in enumerate(self.texts) if pattern.search(text)]

    def best_match(self, value: str, part: "SearchRegion | None" = None) -> Match | None:
        """The words most similar to a value, in reading order or down a column.

        Args:
            value: What is looked for.
            part: Where it is looked for; None: everywhere.
        """
        wanted = fold_label(value)
        if not wanted or not self.texts:
            return None
        kept = self._kept(part) if part else None
        found = self._reading.only(kept).best_match(wanted)
        if found is None or found.ratio < _SURE:
            other = self._columns.only(kept).best_match(wanted)
            found = max((one for one in (found, other) if one), key=_ratio, default=None)
        return found

    def _kept(self, part: "SearchRegion") -> frozenset[int]:
        boxes = [placed.word.box for placed in self.document.words]
        runs = part.beside.runs if part.beside else ()
        own = [boxes[word] for run in runs for word in range(*run)]
        left = min((box.x0 for box in own), default=float("-inf"))
        right = max((box.x1 for box in own), default=float("inf"))
        first = bisect_left(self.lines, part.lines.start)
        last = bisect_left(self.lines, part.lines.stop)
        inside = (word for word in range(first, last) if left <= boxes[word].x <= right)
        return frozenset(inside) - part.without


class SearchRegion(NamedTuple):
    """A region to search: words of these lines, without some, above and below a match."""

    lines: range
    without: frozenset[int]
    beside: Match | None = None


class _Chain:
    """Words in some order, with their letters in one string for fuzzy search."""

    def __init__(self, texts: Sequence[str], order: Sequence[int]) -> None:
        self._texts = texts
        self._order = order
        self._folded = [fold_label(texts[word]) for word in order]
        self._joined = "".join(self._folded)
        self._begins = [0]
        for part in self._folded:
            self._begins.append(self._begins[-1] + len(part))

    def only(self, words: frozenset[int] | None) -> "_Chain":
        """These words, in the same order."""
        if words is None:
            return self
        return _Chain(self._texts, [word for word in self._order if word in words])

    def best_match(self, wanted: str) -> Match | None:
        """The run of words whose letters are most similar to those wanted."""
        if len(self._joined) < len(wanted):
            return self._place(0, len(self._order), wanted) if self._joined else None
        near = fuzz.partial_ratio_alignment(wanted, self._joined)
        if near is None or near.dest_end <= near.dest_start:
            return None
        first = self._word(near.dest_start)
        last = self._word(near.dest_end - 1)
        return max(
            (
                self._place(start, end, wanted)
                for start in range(max(0, first - 1), first + 3)
                for end in range(max(start + 1, last - 1), min(len(self._order), last + 2) + 1)
            ),
            key=lambda place: (place.ratio, -sum(end - start for start, end in place.runs)),
            default=None,
        )

    def _word(self, sign: int) -> int:
        return min(bisect_right(self._begins, sign), len(self._order)) - 1

    def _place(self, start: int, end: int, wanted: str) -> Match:
        ratio = fuzz.ratio(wanted, "".join(self._folded[start:end])) / 100
        runs = tuple(_runs(sorted(self._order[start:end])))
        spoken = tuple(run for run in runs if any(map(fold_label, self._texts[slice(*run)])))
        return Match(spoken or runs, ratio)


def _ratio(place: Match) -> float:
    return place.ratio


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers -> runs of those that follow one another."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[start], numbers[at - 1] + 1
            start = at


def _stacks(sheet: Sheet) -> Iterator[Segment]:
    """The segments, each followed by what stands closest under its beginning."""
    seen: set[int] = set()
    for first in sheet.segments:
        segment: Segment | None = first
        while segment is not None and segment.start not in seen:
            seen.add(segment.start)
            yield segment
            segment = _next(sheet, segment)


def _next(sheet: Sheet, segment: Segment) -> Segment | None:
    slack = segment.height
    under = sheet.below(segment, lines=_LEADING)
    return next((one for one in under if abs(one.box.x0 - segment.box.x0) <= slack), None)
