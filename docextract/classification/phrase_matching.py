"""Phrase matching: finds the phrases in a text that speak for or against a kind of document."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from docextract.schema import Schema

#: How a phrase counts: it decides for its kind, speaks for it, or against it.
PhraseRole = Literal["decide", "words", "against"]

_WORD = re.compile(r"\w+")


class PhraseMatch(NamedTuple):
    """An occurrence of a kind's phrase in a text, at offsets [start, end)."""

    kind: str
    role: PhraseRole
    phrase: str
    start: int
    end: int


class PhraseMatcher:
    """Finds all phrases of all schemas' kinds in one pass over a text.

    A phrase is a row of words: case, white space and punctuation are ignored, so "e-mail" is
    found in "E - Mail", and "tax" is not found in "taxi". The longest at each place counts.
    """

    def __init__(self, schemas: Sequence[Schema]) -> None:
        #: First word -> phrases as words, longest first; and what each phrase means.
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._meanings: dict[tuple[str, ...], list[tuple[str, PhraseRole]]] = {}
        for schema in schemas:
            by_role: Mapping[PhraseRole, Sequence[str]] = {
                "decide": schema.kind.decide,
                "words": schema.kind.words,
                "against": schema.kind.against,
            }
            for role, phrases in by_role.items():
                for phrase in phrases:
                    self._add(tuple(_WORD.findall(phrase.casefold())), schema.name, role)
        for known in self._by_first.values():
            known.sort(key=len, reverse=True)

    def _add(self, words: tuple[str, ...], kind: str, role: PhraseRole) -> None:
        if not words:
            return
        if words not in self._meanings:
            self._by_first.setdefault(words[0], []).append(words)
        self._meanings.setdefault(words, []).append((kind, role))

    def find(self, text: str) -> Iterator[PhraseMatch]:
        """Every phrase that stands in `text`, in order. PhraseMatcher may overlap."""
        found = list(_WORD.finditer(text))
        words = [match[0].casefold() for match in found]
        for at, word in enumerate(words):
            for phrase in self._by_first.get(word, ()):
                last = at + len(phrase)
                if tuple(words[at:last]) == phrase:
                    place = (found[at].start(), found[last - 1].end())
                    for kind, role in self._meanings[phrase]:
                        yield PhraseMatch(kind, role, " ".join(phrase), *place)
                    break
