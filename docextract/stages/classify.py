"""What kind of document it is: the trained model and the schemas' phrases, joined in one score.

Each kind has a score in log odds; the softmax over the kinds and "unknown" is the confidence.

    score(kind) = TOLD x log of the model's probability for the kind's description sentences
                + what the phrases of its schema are worth

So a kind that the model never learnt, from a user's own schema, is told by the sentences and the
phrases that its schema has. The weights were fitted; see `Weights`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from docextract.classification.phrases import Hit, Phrases
from docextract.classification.stated_kind import kind_of
from docextract.document import UNKNOWN, Document, Kind, Origin, SourceType, Span
from docextract.encoding.encoder_cache import EncoderCache, encoder_cache
from docextract.encoding.encoder_input import document_passage
from docextract.encoding.label_sentences import kind_label_sentences
from docextract.errors import ConfigError
from docextract.models.sequence_classifier import SequenceClassifier
from docextract.schema import Schema

if TYPE_CHECKING:
    from docextract.models.bi_encoder.encoded_passage import EncodedPassage

#: How many words of the text are named as the ones that decided, for each source.
MOST_WORDS = 5
#: Further phrases add nothing: a long document must not win by its length.
MOST_DECIDE, MOST_PHRASES = 2, 8
#: The least probability whose logarithm is taken: of documents unlike those that it learnt from,
#: the model is sure of a wrong kind more often than it says. So it counts for about as much as one
#: deciding phrase at most. A judgement.
LEAST_SHARE = 0.01


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What each piece of evidence is worth, in log odds.

    `benchmarks/fit_kinds.py` found those of the phrases on the training parts of its data sets,
    with no model to ask. `told` and `unknown` are judgements: fitted beside a model that knows
    these sources they would let it overrule every phrase.
    """

    told: float = 1.0  # for each e-fold of the model's probability
    decide: float = 4.16  # for each different deciding phrase, up to MOST_DECIDE
    word: float = 1.27  # for each different phrase that speaks for the kind, to MOST_PHRASES
    against: float = 6.17  # for each different phrase that speaks against it
    unknown: float = 1.0  # for "unknown", before any evidence


#: The same where there is no model to ask.
ALONE = Weights(told=0.0, unknown=1.32)


@dataclass(frozen=True)
class Classify:
    """The stage. With `kind` it only says so, and no model is loaded.

    Attributes:
        kind: Take every document for one of this kind.
        model: The name or path of a trained model; "" does with phrases alone.
        huggingface_folder: A sequence-classification folder to ask instead.
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
        if self._folder:
            weights = self._folder.folder.fingerprint
        elif self._encoder:
            weights = self._encoder.engine.fingerprint
        return f"classify {weights} {sorted(self.labels.items())} {self.least} {self._weights}"

    def __call__(self, docs: Sequence[Document], /) -> list[Document]:
        """Each document with its kind, stated or told; "unknown" where nothing speaks clearly."""
        if self.kind:
            made = Kind(self.kind, 1.0, origin="pipeline")
            return [doc.add(kind=made) for doc in docs]
        kinds = self._by_folder(docs) if self._folder else self._told(docs)
        pairs = zip(docs, kinds, strict=True)
        return [doc.add(kind=kind_of(doc, self._sentences) or kind) for doc, kind in pairs]

    def _by_folder(self, docs: Sequence[Document]) -> list[Kind]:
        assert self._folder is not None
        found = []
        for shares in self._folder.classify([document_passage(doc) for doc in docs]):
            ours: defaultdict[str, float] = defaultdict(float)
            for label, share in (shares or {UNKNOWN: 1.0}).items():
                ours[self.labels.get(label, label)] += share
            found.append(self._kind(ours, (), self._folder.folder.origin))
        return found

    def _told(self, docs: Sequence[Document]) -> list[Kind]:
        asked = self._encoder
        readings = asked.encode(docs) if asked else [None] * len(docs)
        origin = f"{asked.origin}+phrases" if asked else "rule:phrases"
        return [self._one(*pair, origin) for pair in zip(docs, readings, strict=True)]

    def weigh(self, hits: Sequence[Hit], reading: "EncodedPassage | None") -> dict[str, "Evidence"]:
        """What speaks for each kind and for "unknown"; `hits` are the document's `phrases`."""
        told = reading.kind_probabilities(self._sentences) if reading and self._sentences else {}
        names = [*(schema.name for schema in self.schemas), UNKNOWN]
        return evidence(told, hits, names)

    def _one(self, doc: Document, reading: "EncodedPassage | None", origin: str) -> Kind:
        if not doc.words:
            return Kind(UNKNOWN, 1.0, origin="no text")
        hits = tuple(self.phrases.find(doc.text))
        shares = softmax(scores(self.weigh(hits, reading), self._weights))
        best = max(shares, key=lambda name: shares[name])
        words = deciding(hits, best)
        if reading and best != UNKNOWN:
            words += telling(doc, reading.word_attributions(self._sentences, best), best)
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
    def _folder(self) -> SequenceClassifier | None:
        if not self.huggingface_folder:
            return None
        return SequenceClassifier(Path(self.huggingface_folder), device=self.device)

    @property
    def _weights(self) -> Weights:
        return Weights() if self.model else ALONE

    @cached_property
    def phrases(self) -> Phrases:
        """Those of all schemas."""
        return Phrases(self.schemas)

    @cached_property
    def _sentences(self) -> Mapping[str, tuple[str, ...]]:
        return {schema.name: kind_label_sentences(schema) for schema in self.schemas}


class Evidence(NamedTuple):
    """What speaks for one kind, in the units that `Weights` values."""

    told: float  # the logarithm of the model's probability, 0 when it was not asked
    decide: int
    words: int
    against: int


def evidence(
    told: Mapping[str, float], hits: Sequence[Hit], kinds: Sequence[str]
) -> dict[str, Evidence]:
    """Kind -> what speaks for it. A phrase counts once, however often it is printed.

    `told` has the model's probabilities; without one for a kind, the model was not asked.
    """
    count = Counter((kind, force) for kind, force, _ in {hit[:3] for hit in hits})
    return {
        kind: Evidence(
            math.log(max(LEAST_SHARE, told.get(kind, 1.0))),
            min(count[kind, "decide"], MOST_DECIDE),
            min(count[kind, "words"], MOST_PHRASES),
            count[kind, "against"],
        )
        for kind in kinds
    }


def scores(found: Mapping[str, Evidence], weights: Weights) -> dict[str, float]:
    """Kind -> score in log odds."""
    return {
        kind: weights.told * one.told
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
    return tuple(
        Span(hit.start, hit.end, kind, 1.0, Origin(SourceType.RULE, hit.force)) for hit in chosen
    )


def telling(doc: Document, shares: npt.NDArray[np.float32], kind: str) -> tuple[Span, ...]:
    """The words that brought the model to its kind, as shares of the best.

    Args:
        doc: The document.
        shares: (W,) by how much each of its words raises the kind's log odds.
        kind: The label of the spans.
    """
    best: dict[str, tuple[float, int]] = {}
    for at in np.argsort(-shares, kind="stable")[: 10 * MOST_WORDS].tolist():
        text = doc.words[at].word.text.casefold()
        if shares[at] > 0 and any(sign.isalpha() for sign in text):
            best.setdefault(text, (float(shares[at]), at))
    ranked = list(best.values())[:MOST_WORDS]
    return tuple(
        Span(
            doc.words[at].start,
            doc.words[at].end,
            kind,
            part / ranked[0][0],
            Origin(SourceType.MODEL),
        )
        for part, at in ranked
    )
