"""What kind of document it is, without training: sentence encoder and the schemas' rules.

Each kind has a score, the log of how much speaks for it; the softmax over the kinds and
"unknown" is the confidence.

    score(kind) = SIMILARITY x cosine(document's windows, the kind's description sentences)
                + what the phrases of its schema are worth
    score(unknown) = SIMILARITY x cosine with sentences about running text, + a constant

The cosine is the mean over the document's windows of the best over the kind's sentences. The
weights were fitted; see `Weights`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from docextract.document import UNKNOWN, Document, Kind, Span
from docextract.models.encoder import SentenceEncoder, Window, unit
from docextract.resources import sentence_encoder
from docextract.schema import Schema
from docextract.stages.classify import MOST_WORDS, deciding, softmax
from docextract.stages.phrases import Hit, Phrases

#: How many windows of a document are looked at: its first ones and its last. With 1, 2, 3 and 6
#: the mean recall over the kinds of `benchmarks/fit_kinds.py` was 0.855, 0.863, 0.868 and 0.868.
MOST_WINDOWS = 3
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
class ZeroShot:
    """Tells kinds by the sentence encoder; below `least` the kind is "unknown"."""

    schemas: tuple[Schema, ...]
    least: float
    device: str

    @property
    def fingerprint(self) -> str:
        """Options and the model's weights."""
        return f"{self._encoder.fingerprint} {Weights()}"

    def __call__(self, docs: Sequence[Document]) -> list[Kind]:
        """The kind of each document."""
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
