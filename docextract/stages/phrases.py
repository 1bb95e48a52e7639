"""Finds the phrases by which the schemas tell kinds of documents apart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from docextract.schema import Schema

Force = Literal["decide", "words", "against"]


class Hit(NamedTuple):
    """A phrase of a kind that stands in a text, at offsets [start, end)."""

    kind: str
    force: Force
    phrase: str
    start: int
    end: int


class Phrases:
    """All phrases of all kinds, found in one pass over a text.

    Case is ignored and white space in a phrase stands for any in the text; a phrase begins and
    ends at word borders, so "tax" is not found in "taxi".
    """

    def __init__(self, schemas: Sequence[Schema]) -> None:
        self._meanings: dict[str, list[tuple[str, Force]]] = {}
        for schema in schemas:
            by_force: Mapping[Force, Sequence[str]] = {
                "decide": schema.kind.decide,
                "words": schema.kind.words,
                "against": schema.kind.against,
            }
            for force, phrases in by_force.items():
                for phrase in phrases:
                    self._meanings.setdefault(_key(phrase), []).append((schema.name, force))
        # Longest first, so that "credit note" is found before "credit".
        keys = sorted(self._meanings, key=len, reverse=True)
        words = ("\\s+".join(map(re.escape, key.split(" "))) for key in keys)
        # A lookahead consumes nothing, so phrases may overlap; one per place is enough.
        self._regex = re.compile(rf"(?<!\w)(?=({'|'.join(words)})(?!\w))", re.IGNORECASE)

    def find(self, text: str) -> Iterator[Hit]:
        """Every phrase that stands in `text`, in order; the longest at each place."""
        if not self._meanings:
            return
        for match in self._regex.finditer(text):
            key = _key(match[1])
            for kind, force in self._meanings.get(key, ()):
                yield Hit(kind, force, key, *match.span(1))


def _key(phrase: str) -> str:
    return " ".join(phrase.casefold().split())
