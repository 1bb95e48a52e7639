"""Entities: names, dates, sums and identifiers, each with its place in the text and its origin.

Three sources, together: rules with checksums (always), a spaCy package and a Hugging Face
token-classification folder (where named). Where their finds overlap the surer one stays.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from docextract.document import Document, Placed, Span
from docextract.models.spacy_rules import LABELS, RuleTagger, SpacyTagger, best
from docextract.models.tokens import Tagged, TokenClassifier


@dataclass(frozen=True)
class Entities:
    """Adds `Document.entities`. Light until its first call.

    Attributes:
        labels: What to keep, such as ("DATE", "IBAN"); empty keeps everything.
        spacy_package: An installed spaCy package, or the path of a spaCy folder.
        huggingface_folder: A folder with a token-classification model, its configuration and
            its tokenizer.
        patterns: A JSON Lines file of patterns for spaCy's EntityRuler.
        language: Of the patterns' tokenizer, as spaCy names it; "xx" is any.
        device: Where the Hugging Face model runs: "auto", "cpu", "cuda", "cuda:1", "mps".
    """

    labels: tuple[str, ...] = ()
    spacy_package: str | None = None
    huggingface_folder: str | None = None
    patterns: str | None = None
    language: str = "xx"
    device: str = "auto"

    def __call__(self, docs: Sequence[Document]) -> list[Document]:
        """The documents with their entities, in the order of the text and without overlaps."""
        tagged = self._tag(docs)
        return [
            doc.add(entities=self._wanted(self._read(doc.text) + more))
            for doc, more in zip(docs, tagged, strict=True)
        ]

    @cached_property
    def fingerprint(self) -> str:
        """Changes with the rules, the models and the options; the device changes nothing."""
        parts = [
            *self.labels,
            self._rules.fingerprint,
            self._spacy.fingerprint if self._spacy else "",
            self._huggingface.fingerprint if self._huggingface else "",
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _read(self, text: str) -> list[Span]:
        found = self._rules(text)
        return found + self._spacy(text) if self._spacy else found

    def _tag(self, docs: Sequence[Document]) -> list[list[Span]]:
        """What the Hugging Face model finds in each document; pages of all of them together."""
        if self._huggingface is None:
            return [[] for _ in docs]
        pages = [
            (number, list(words))
            for number, doc in enumerate(docs)
            for _, words in groupby(doc.words, key=lambda placed: placed.page)
        ]
        found = self._huggingface.tag(
            [[placed.word.text for placed in words] for _, words in pages]
        )
        origin = f"huggingface:{self._huggingface.folder.name}"
        spans: list[list[Span]] = [[] for _ in docs]
        for (number, words), tags in zip(pages, found, strict=True):
            spans[number] += [_span(words, tag, origin) for tag in tags]
        return spans

    def _wanted(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        kept = best(spans)
        return tuple(span for span in kept if not self.labels or span.label in self.labels)

    @cached_property
    def _rules(self) -> RuleTagger:
        return RuleTagger(self.language, Path(self.patterns) if self.patterns else None)

    @cached_property
    def _spacy(self) -> SpacyTagger | None:
        return SpacyTagger(self.spacy_package) if self.spacy_package else None

    @cached_property
    def _huggingface(self) -> TokenClassifier | None:
        if not self.huggingface_folder:
            return None
        return TokenClassifier(Path(self.huggingface_folder), device=self.device)


def _span(words: Sequence[Placed], tag: Tagged, origin: str) -> Span:
    label = LABELS.get(tag.label, tag.label)
    start, end = words[tag.first].start, words[tag.last - 1].end
    return Span(start, end, label, tag.confidence, origin)
