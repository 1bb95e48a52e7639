"""Stage "entities": names, dates, amounts and identifiers as spans of the text with their origin.

Four sources, together: rules with checksums (always), the trained model, and, where they are
named, a spaCy package and a Hugging Face token-classification folder. Of overlapping spans the
one with the higher confidence stays.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from docextract.document import Document, Span
from docextract.encoding.encoder_cache import EncoderCache, encoder_cache
from docextract.entities.model_entities import MIN_SCORE, huggingface_spans, model_spans
from docextract.entities.taggers import RuleTagger, SpacyTagger, resolve_overlaps
from docextract.models.bi_encoder.entity_labels import ENTITY_SENTENCES
from docextract.models.token_classifier import TokenClassifier


@dataclass(frozen=True)
class Entities:
    """Adds `Document.entities`. Light until its first call.

    Attributes:
        labels: What to keep, such as ("DATE", "IBAN"); empty keeps everything.
        model: The name or path of a trained model; "" uses none.
        least: The lowest score of an entity that the trained model finds.
        spacy_package: An installed spaCy package, or the path of a spaCy folder.
        huggingface_folder: A folder with a token-classification model, its configuration and
            its tokenizer.
        patterns: A JSON Lines file of patterns for spaCy's EntityRuler.
        language: Of the patterns' tokenizer, as spaCy names it; "xx" is any.
        device: Where the models run: "auto", "cpu", "cuda", "cuda:1", "mps".
    """

    labels: tuple[str, ...] = ()
    model: str = "default"
    least: float = MIN_SCORE
    spacy_package: str | None = None
    huggingface_folder: str | None = None
    patterns: str | None = None
    language: str = "xx"
    device: str = "auto"

    def __call__(self, docs: Sequence[Document]) -> list[Document]:
        """The documents with their entities, in the order of the text and without overlaps."""
        by_model, by_huggingface = self._by_model(docs), self._by_huggingface(docs)
        return [
            doc.add(entities=self._selected([*self._by_rules(doc.text), *spans, *more]))
            for doc, spans, more in zip(docs, by_model, by_huggingface, strict=True)
        ]

    @cached_property
    def fingerprint(self) -> str:
        """Changes with the rules, the models and the options; the device changes nothing."""
        parts = [
            *self.labels,
            self._rules.fingerprint,
            self._spacy.fingerprint if self._spacy else "",
            self._huggingface.model.fingerprint if self._huggingface else "",
            f"{self._encoder.engine.fingerprint} {self.least}" if self._encoder else "",
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _by_rules(self, text: str) -> list[Span]:
        found = self._rules(text)
        return found + self._spacy(text) if self._spacy else found

    def _by_model(self, docs: Sequence[Document]) -> list[list[Span]]:
        encoder = self._encoder
        if encoder is None:
            return [[] for _ in docs]
        labels = self.labels or tuple(ENTITY_SENTENCES)
        return [
            model_spans(doc, passage, labels, least=self.least, origin=encoder.origin)
            for doc, passage in zip(docs, encoder.encode(docs), strict=True)
        ]

    def _by_huggingface(self, docs: Sequence[Document]) -> list[list[Span]]:
        tagger = self._huggingface
        return huggingface_spans(docs, tagger) if tagger else [[] for _ in docs]

    def _selected(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        kept = resolve_overlaps(spans)
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
