"""Stage "classify": a document's kind, with confidence, runners-up and the words that decided.

The trained model and the schemas' phrases are weighed in one score a kind; see
`classification.kind_scores`. A kind that the file states as data, as an e-invoice does, is
certain, whatever its pages say.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.classification.deciding_words import attributed_words, deciding_phrases
from docextract.classification.kind_scores import (
    PHRASES_ONLY,
    KindEvidence,
    Weights,
    kind_evidence,
    kind_scores,
    softmax,
)
from docextract.classification.phrase_matching import PhraseMatch, PhraseMatcher
from docextract.document import UNKNOWN, Document, Kind, Span
from docextract.encoding.encoder_cache import EncoderCache, encoder_cache
from docextract.encoding.encoder_input import document_passage
from docextract.encoding.label_sentences import kind_label_sentences
from docextract.errors import ConfigError
from docextract.models.sequence_classifier import SequenceClassifier
from docextract.schema import Schema

if TYPE_CHECKING:
    from docextract.models.bi_encoder.encoded_passage import EncodedPassage


@dataclass(frozen=True)
class Classify:
    """Adds `Document.kind`. With the option `kind` it is always that one, and no model is loaded.

    Attributes:
        kind: Take every document for one of this kind.
        model: The name or path of a trained model; "" classifies by phrases alone.
        huggingface_folder: A folder with a sequence-classification model to use instead.
        labels: That folder's labels -> our kinds, where they differ.
        least: Below this confidence the kind is "unknown".
        device: Where models run: "auto", "cpu", "cuda", "cuda:1", "mps".
    """

    kind: str = ""
    model: str = "default"
    huggingface_folder: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    least: float = 0.4
    schemas: tuple[Schema, ...] = ()
    device: str = "auto"

    def __post_init__(self) -> None:
        if self.kind and self.schemas and self.kind not in {s.name for s in self.schemas}:
            raise ConfigError(f"classify: no schema for kind {self.kind!r}")

    @property
    def fingerprint(self) -> str:
        """Options and the model's weights."""
        if self.kind:
            return f"classify kind={self.kind}"
        weights = ""
        if self._classifier:
            weights = self._classifier.model.fingerprint
        elif self._encoder:
            weights = self._encoder.engine.fingerprint
        return f"classify {weights} {sorted(self.labels.items())} {self.least} {self._weights}"

    def __call__(self, docs: Sequence[Document], /) -> list[Document]:
        """The documents with their kinds; "unknown" where the evidence is weak."""
        if self.kind:
            made = Kind(self.kind, 1.0, origin="pipeline")
            return [doc.add(kind=made) for doc in docs]
        kinds = self._by_huggingface(docs) if self._classifier else self._by_scores(docs)
        pairs = zip(docs, kinds, strict=True)
        return [doc.add(kind=stated_kind(doc, self._sentences) or kind) for doc, kind in pairs]

    def _by_huggingface(self, docs: Sequence[Document]) -> list[Kind]:
        assert self._classifier is not None
        found = []
        for shares in self._classifier.classify([document_passage(doc) for doc in docs]):
            ours: defaultdict[str, float] = defaultdict(float)
            for label, share in (shares or {UNKNOWN: 1.0}).items():
                ours[self.labels.get(label, label)] += share
            found.append(self._kind(ours, (), self._classifier.model.origin))
        return found

    def _by_scores(self, docs: Sequence[Document]) -> list[Kind]:
        encoder = self._encoder
        passages = encoder.encode(docs) if encoder else [None] * len(docs)
        origin = f"{encoder.origin}+phrases" if encoder else "rule:phrases"
        return [self._scored(*pair, origin) for pair in zip(docs, passages, strict=True)]

    def evidence(
        self, matches: Sequence[PhraseMatch], passage: "EncodedPassage | None"
    ) -> dict[str, KindEvidence]:
        """Evidence for each kind and "unknown" from a document's phrases and encoder states."""
        sentences = self._sentences
        probabilities = passage.kind_probabilities(sentences) if passage and sentences else {}
        names = [*(schema.name for schema in self.schemas), UNKNOWN]
        return kind_evidence(probabilities, matches, names)

    def _scored(self, doc: Document, passage: "EncodedPassage | None", origin: str) -> Kind:
        if not doc.words:
            return Kind(UNKNOWN, 1.0, origin="no text")
        matches = tuple(self.phrase_matcher.find(doc.text))
        shares = softmax(kind_scores(self.evidence(matches, passage), self._weights))
        best = max(shares, key=lambda name: shares[name])
        words = deciding_phrases(matches, best)
        if passage and best != UNKNOWN:
            attributions = passage.word_attributions(self._sentences, best)
            words += attributed_words(doc, attributions, best)
        return self._kind(shares, words, origin)

    def _kind(self, shares: Mapping[str, float], words: tuple[Span, ...], origin: str) -> Kind:
        ranked = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
        (label, share), *rest = ranked
        if label != UNKNOWN and share < self.least:
            return Kind(UNKNOWN, 1 - share, tuple(ranked[:3]), (), origin)
        return Kind(label, share, tuple(rest[:3]), words, origin)

    @property
    def _encoder(self) -> EncoderCache | None:
        return encoder_cache(self.model, self.device) if self.model else None

    @cached_property
    def _classifier(self) -> SequenceClassifier | None:
        if not self.huggingface_folder:
            return None
        return SequenceClassifier(Path(self.huggingface_folder), device=self.device)

    @property
    def _weights(self) -> Weights:
        return Weights() if self.model else PHRASES_ONLY

    @cached_property
    def phrase_matcher(self) -> PhraseMatcher:
        """The matcher of all schemas' phrases."""
        return PhraseMatcher(self.schemas)

    @cached_property
    def _sentences(self) -> Mapping[str, tuple[str, ...]]:
        return {schema.name: kind_label_sentences(schema) for schema in self.schemas}


def stated_kind(doc: Document, names: Collection[str]) -> Kind | None:
    """The kind that the file states as data, if it is one of these."""
    if doc.stated is None or doc.stated.kind not in names:
        return None
    return Kind(doc.stated.kind, 1.0, origin=doc.stated.reason)
