"""Finds the phrases by which the schemas tell kinds of documents apart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from docextract.schema import Schema

Force = Literal["decide", "words", "against"]

_WORD = re.compile(r"\w+")


class Hit(NamedTuple):
    """A phrase of a kind that stands in a text, at offsets [start, end)."""

    kind: str
    force: Force
    phrase: str
    start: int
    end: int


class Phrases:
    """All phrases of all kinds, found in one pass over a text.

    A phrase is a row of words: case, white space and punctuation are ignored, so "e-mail" is
    found in "E - Mail", and "tax" is not found in "taxi". The longest at each place counts.
    """

    def __init__(self, schemas: Sequence[Schema]) -> None:
        #: First word -> phrases as words, longest first; and what each phrase means.
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._meanings: dict[tuple[str, ...], list[tuple[str, Force]]] = {}
        for schema in schemas:
            by_force: Mapping[Force, Sequence[str]] = {
                "decide": schema.kind.decide,
                "words": schema.kind.words,
                "against": schema.kind.against,
            }
            for force, phrases in by_force.items():
                for phrase in phrases:
                    self._add(tuple(_WORD.findall(phrase.casefold())), schema.name, force)
        for known in self._by_first.values():
            known.sort(key=len, reverse=True)

    def _add(self, words: tuple[str, ...], kind: str, force: Force) -> None:
        if not words:
            return
        if words not in self._meanings:
            self._by_first.setdefault(words[0], []).append(words)
        self._meanings.setdefault(words, []).append((kind, force))

    def find(self, text: str) -> Iterator[Hit]:
        """Every phrase that stands in `text`, in order. Phrases may overlap."""
        found = list(_WORD.finditer(text))
        words = [match[0].casefold() for match in found]
        for at, word in enumerate(words):
            for phrase in self._by_first.get(word, ()):
                last = at + len(phrase)
                if tuple(words[at:last]) == phrase:
                    place = (found[at].start(), found[last - 1].end())
                    for kind, force in self._meanings[phrase]:
                        yield Hit(kind, force, " ".join(phrase), *place)
                    break
