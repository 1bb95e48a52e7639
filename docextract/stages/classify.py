"""What kind of document it is: zero-shot by the sentence encoder, joined with the schemas' rules.

Each kind has a score, the log of how much speaks for it; the softmax over the kinds and
"unknown" is the confidence.

    score(kind) = SIMILARITY x cosine(document's windows, the kind's description sentences)
                + what the phrases of its schema are worth
    score(unknown) = SIMILARITY x cosine with sentences about running text, + a constant

The cosine is the mean over the document's windows of the best over the kind's sentences. The
weights were fitted; see `Weights`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from docextract.document import UNKNOWN, Document, Kind, Span
from docextract.errors import ConfigError
from docextract.models.encoder import SentenceEncoder, Window, unit
from docextract.models.sequence import SequenceClassifier
from docextract.resources import sentence_encoder
from docextract.schema import Schema
from docextract.stages.phrases import Hit, Phrases

#: How many windows of a document are looked at: its first ones and its last. With 1, 2, 3 and 6
#: the mean recall over the kinds of `benchmarks/fit_kinds.py` was 0.855, 0.863, 0.868 and 0.868.
MOST_WINDOWS = 3
#: How many words of the text are named as the ones that decided, for each source.
MOST_WORDS = 5
#: What documents of no kind are like, so that "unknown" has sentences of its own to be near to.
OTHER = (
    "A news report about events, politics, sports or people.",
    "An article in an encyclopaedia about a person, a place, a work or a piece of history.",
    "A scientific or scholarly text.",
    "A story, a conversation, or a social media post.",
)
#: Further phrases add nothing: a long document must not win by its length.
MOST_DECIDE, MOST_PHRASES = 2, 8


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What each piece of evidence is worth, in log odds.

    `benchmarks/fit_kinds.py` finds them on the training parts of its data sets.
    """

    similarity: float = 23.7  # for a cosine of 1
    decide: float = 3.35  # for each different deciding phrase, up to MOST_DECIDE
    word: float = 0.78  # for each different phrase that speaks for the kind, to MOST_PHRASES
    against: float = 4.2  # for each different phrase that speaks against it
    unknown: float = 2.1  # for "unknown", before any evidence


@dataclass(frozen=True)
class Classify:
    """The stage. With `kind` it only says so, and no model is loaded.

    Args:
        kind: Take every document for one of this kind.
        model: A Hugging Face sequence-classification folder to ask instead of the encoder.
        labels: The folder's labels -> our kinds, where they differ.
        least: Below this confidence the kind is "unknown".
    """

    kind: str = ""
    model: str = ""
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
        weights = self._folder.fingerprint if self._folder else self._encoder.fingerprint
        return f"classify {weights} {sorted(self.labels.items())} {self.least} {Weights()}"

    def __call__(self, docs: Sequence[Document], /) -> list[Document]:
        """Each document with its kind, "unknown" where nothing speaks clearly."""
        if self.kind:
            made = Kind(self.kind, 1.0, origin="pipeline")
            return [doc.add(kind=made) for doc in docs]
        kinds = self._by_folder(docs) if self._folder else self._zero_shot(docs)
        return [doc.add(kind=kind) for doc, kind in zip(docs, kinds, strict=True)]

    def _by_folder(self, docs: Sequence[Document]) -> list[Kind]:
        assert self._folder is not None
        found = []
        for shares in self._folder.classify([doc.text for doc in docs]):
            ours: defaultdict[str, float] = defaultdict(float)
            for label, share in shares.items():
                ours[self.labels.get(label, label)] += share
            found.append(self._kind(ours, (), f"huggingface:{self._folder.folder.name}"))
        return found

    def _zero_shot(self, docs: Sequence[Document]) -> list[Kind]:
        seen = self._encoder.windows([doc.text for doc in docs], most=MOST_WINDOWS)
        return [self._one(doc, windows) for doc, windows in zip(docs, seen, strict=True)]

    def weigh(
        self, doc: Document, windows: Sequence[Window]
    ) -> tuple[dict[str, float], tuple[Hit, ...]]:
        """What speaks for each kind: cosines with its sentences, and phrases of its schema."""
        return similarities(windows, self._sentences), tuple(self._phrases.find(doc.text))

    def _one(self, doc: Document, windows: Sequence[Window]) -> Kind:
        if not doc.words:
            return Kind(UNKNOWN, 1.0, origin="no text")
        similar, hits = self.weigh(doc, windows)
        found = evidence(similar, hits, [*(schema.name for schema in self.schemas), UNKNOWN])
        shares = softmax(scores(found, Weights()))
        best = max(shares, key=lambda name: shares[name])
        words = deciding(hits, best)
        if best in self._sentences and best != UNKNOWN:
            words += nearest(doc, windows, self._sentences[best], best)
        return self._kind(shares, words, "zero-shot:all-MiniLM-L6-v2+rules")

    def _kind(self, shares: Mapping[str, float], words: tuple[Span, ...], origin: str) -> Kind:
        ranked = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
        (label, share), *rest = ranked
        if label != UNKNOWN and share < self.least:
            return Kind(UNKNOWN, 1 - share, tuple(ranked[:3]), (), origin)
        return Kind(label, share, tuple(rest[:3]), words, origin)

    @cached_property
    def _encoder(self) -> SentenceEncoder:
        return SentenceEncoder(sentence_encoder(), device=self.device)

    @cached_property
    def _folder(self) -> SequenceClassifier | None:
        return SequenceClassifier(Path(self.model), device=self.device) if self.model else None

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self.schemas)

    @cached_property
    def _sentences(self) -> Mapping[str, npt.NDArray[np.float32]]:
        """Kind -> (D, 384) vectors of its description sentences."""
        written = {schema.name: schema.kind.descriptions for schema in self.schemas}
        return {
            kind: self._encoder.sentences(sentences)
            for kind, sentences in {**written, UNKNOWN: OTHER}.items()
            if sentences
        }


def similarities(
    windows: Sequence[Window], sentences: Mapping[str, npt.NDArray[np.float32]]
) -> dict[str, float]:
    """Kind -> cosine in [-1, 1]: the mean over windows of the best over the kind's sentences."""
    vectors = np.stack([window.vector for window in windows])  # (W, 384)
    return {
        kind: float((vectors @ described.T).max(axis=1).mean())
        for kind, described in sentences.items()
    }


class Evidence(NamedTuple):
    """What speaks for one kind, in the units that `Weights` values."""

    similarity: float
    decide: int
    words: int
    against: int


def evidence(
    similar: Mapping[str, float], hits: Sequence[Hit], kinds: Sequence[str]
) -> dict[str, Evidence]:
    """Kind -> what speaks for it. A phrase counts once, however often it is printed."""
    count = Counter((kind, force) for kind, force, _ in {hit[:3] for hit in hits})
    return {
        kind: Evidence(
            similar.get(kind, 0.0),
            min(count[kind, "decide"], MOST_DECIDE),
            min(count[kind, "words"], MOST_PHRASES),
            count[kind, "against"],
        )
        for kind in kinds
    }


def scores(found: Mapping[str, Evidence], weights: Weights) -> dict[str, float]:
    """Kind -> score in log odds."""
    return {
        kind: weights.similarity * one.similarity
        + weights.decide * one.decide
        + weights.word * one.words
        - weights.against * one.against
        + weights.unknown * (kind == UNKNOWN)
        for kind, one in found.items()
    }


def softmax(values: Mapping[str, float]) -> dict[str, float]:
    """Scores -> shares that sum to 1."""
    highest = max(values.values())
    powers = {name: math.exp(value - highest) for name, value in values.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}


def deciding(hits: Sequence[Hit], kind: str) -> tuple[Span, ...]:
    """The schema's phrases that spoke for `kind`: each once, the deciding ones first."""
    first: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.force != "decide", hit.start)):
        if hit.kind == kind and hit.force != "against":
            first.setdefault(hit.phrase, hit)
    chosen = list(first.values())[:MOST_WORDS]
    return tuple(Span(hit.start, hit.end, kind, 1.0, f"rule:{hit.force}") for hit in chosen)


def nearest(
    doc: Document,
    windows: Sequence[Window],
    described: npt.NDArray[np.float32],
    kind: str,
) -> tuple[Span, ...]:
    """The words that brought the document nearest to the kind's sentences.

    A window's vector is the mean of its token states, so its product with a sentence's vector
    is a sum over tokens: each token's term is its exact part of the cosine. A word's part is
    the sum over its tokens; the largest over the windows count, as shares of the best.
    """
    parts: dict[int, float] = {}
    for window in windows:
        product = window.states @ unit(described.mean(axis=0))  # (T,)
        here: defaultdict[int, float] = defaultdict(float)
        for (start, end), part in zip(window.offsets.tolist(), product.tolist(), strict=True):
            if end > start:
                placed = doc.words_of(start, end)
                here[placed[0].start] += part
        for start, part in here.items():
            parts[start] = max(part, parts.get(start, part))
    best: dict[str, tuple[float, int, int]] = {}
    for start, part in parts.items():
        word = doc.words_of(start, start + 1)[0]
        text = word.word.text.casefold()
        if any(letter.isalpha() for letter in text) and part > best.get(text, (0.0, 0, 0))[0]:
            best[text] = (part, start, word.end)
    ranked = sorted(best.values(), reverse=True)[:MOST_WORDS]
    return tuple(
        Span(start, end, kind, part / ranked[0][0], "encoder") for part, start, end in ranked
    )
