"""Entities: names, dates, sums and identifiers, each with its place in the text and its origin.

Four sources, together: rules with checksums (always), the trained model, and, where they are
named, a spaCy package and a Hugging Face token-classification folder. Where their finds overlap
the surer one stays.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from docextract.document import Document, Origin, Placed, SourceType, Span
from docextract.encoding.encoder_cache import EncoderCache, encoder_cache
from docextract.encoding.encoder_input import page_passages
from docextract.entities.model_spans import Named, named, trimmed
from docextract.entities.rules import LABELS, RuleTagger, SpacyTagger, best
from docextract.models.bi_encoder.entity_labels import ENTITY_SENTENCES
from docextract.models.token_classifier import TaggedSpan, TokenClassifier

#: The score from which on the model's entities count. On a tenth of the training parts, held out,
#: F1 is highest here: at 0.5 the model finds too few.
LEAST = 0.35
#: The model is never as sure as a rule with a checksum, which has 0.99.
MOST = 0.98


@dataclass(frozen=True)
class Entities:
    """Adds `Document.entities`. Light until its first call.

    Attributes:
        labels: What to keep, such as ("DATE", "IBAN"); empty keeps everything.
        model: The name or path of a trained model; "" does without.
        least: The score below which what that model finds is left out.
        spacy_package: An installed spaCy package, or the path of a spaCy folder.
        huggingface_folder: A folder with a token-classification model, its configuration and
            its tokenizer.
        patterns: A JSON Lines file of patterns for spaCy's EntityRuler.
        language: Of the patterns' tokenizer, as spaCy names it; "xx" is any.
        device: Where the models run: "auto", "cpu", "cuda", "cuda:1", "mps".
    """

    labels: tuple[str, ...] = ()
    model: str = "default"
    least: float = LEAST
    spacy_package: str | None = None
    huggingface_folder: str | None = None
    patterns: str | None = None
    language: str = "xx"
    device: str = "auto"

    def __call__(self, docs: Sequence[Document]) -> list[Document]:
        """The documents with their entities, in the order of the text and without overlaps."""
        asked, tagged = self._ask(docs), self._tag(docs)
        return [
            doc.add(entities=self._wanted(self._read(doc.text) + named + tags))
            for doc, named, tags in zip(docs, asked, tagged, strict=True)
        ]

    @cached_property
    def fingerprint(self) -> str:
        """Changes with the rules, the models and the options; the device changes nothing."""
        parts = [
            *self.labels,
            self._rules.fingerprint,
            self._spacy.fingerprint if self._spacy else "",
            self._huggingface.folder.fingerprint if self._huggingface else "",
            f"{self._encoder.engine.fingerprint} {self.least}" if self._encoder else "",
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _read(self, text: str) -> list[Span]:
        found = self._rules(text)
        return found + self._spacy(text) if self._spacy else found

    def _ask(self, docs: Sequence[Document]) -> list[list[Span]]:
        """What the trained model finds in each document."""
        asked = self._encoder
        if asked is None:
            return [[] for _ in docs]
        labels, origin = self.labels or tuple(ENTITY_SENTENCES), asked.origin
        return [
            list(_named(doc, named(reading, labels, least=self.least), origin))
            for doc, reading in zip(docs, asked.encode(docs), strict=True)
        ]

    def _tag(self, docs: Sequence[Document]) -> list[list[Span]]:
        """What the Hugging Face model finds in each document, page by page."""
        if self._huggingface is None:
            return [[] for _ in docs]
        pages = [
            (number, list(words))
            for number, doc in enumerate(docs)
            for _, words in groupby(doc.words, key=lambda placed: placed.page)
        ]
        found = self._huggingface.tag([page for doc in docs for page in page_passages(doc)])
        origin = Origin(SourceType.HUGGING_FACE, self._huggingface.folder.path.name)
        spans: list[list[Span]] = [[] for _ in docs]
        for (number, words), tags in zip(pages, found, strict=True):
            spans[number] += [_span(words, tag, origin) for tag in tags]
        return spans

    def _wanted(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        kept = best(spans)
        return tuple(span for span in kept if not self.labels or span.label in self.labels)

    @property
    def _encoder(self) -> EncoderCache | None:
        return encoder_cache(self.model, self.device) if self.model else None

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


def _named(doc: Document, found: Iterable[Named], origin: Origin) -> Iterator[Span]:
    """The finds that stand on one page, without the punctuation around them."""
    for first, last, label, score in found:
        begin, end = doc.words[first], doc.words[last - 1]
        stretch = trimmed(doc.text, begin.start, end.end)
        if begin.page == end.page and stretch[0] < stretch[1]:
            yield Span(*stretch, label, min(MOST, score), origin)


def _span(words: Sequence[Placed], tag: TaggedSpan, origin: Origin) -> Span:
    label = LABELS.get(tag.label, tag.label)
    start, end = words[tag.first].start, words[tag.last - 1].end
    return Span(start, end, label, tag.confidence, origin)
