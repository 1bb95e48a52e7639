"""Kind scores: a document's phrases and the model's probabilities, weighed in log odds.

    score(kind) = MODEL x log of the model's probability for the kind's label sentences
                + the weights of the phrases of its schema that were found

So a kind that the model never learnt, from a user's own schema, is classified by the sentences
and the phrases that its schema has. The softmax over the kinds and "unknown" is the confidence.
The weights were fitted; see `Weights`.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docextract.classification.phrase_matching import PhraseMatch
from docextract.document import UNKNOWN

#: More phrases than these add nothing: a long document must not win by its length.
MAX_DECIDING, MAX_SUPPORTING = 2, 8
#: The least probability whose logarithm is taken: of documents unlike those that it learnt from,
#: the model is sure of a wrong kind more often than it says. So it counts for about as much as one
#: deciding phrase at most. A judgement.
MIN_PROBABILITY = 0.01


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Weights of the evidence for a kind, in log odds.

    `benchmarks/fit_kinds.py` found those of the phrases on the training parts of its data sets,
    without a model. `model` and `unknown` are judgements: fitted beside a model that knows
    these sources they would let it overrule every phrase.
    """

    model: float = 1.0  # for each e-fold of the model's probability
    decide: float = 4.16  # for each different deciding phrase, up to MAX_DECIDING
    word: float = 1.27  # for each different phrase that speaks for the kind, to MAX_SUPPORTING
    against: float = 6.17  # for each different phrase that speaks against it
    unknown: float = 1.0  # for "unknown", before any evidence


#: The weights where there is no model.
PHRASES_ONLY = Weights(model=0.0, unknown=1.32)


class KindEvidence(NamedTuple):
    """Evidence for and against one kind, in the units that `Weights` multiplies."""

    model: float  # the logarithm of the model's probability, 0 when it was not used
    decide: int
    words: int
    against: int


def kind_evidence(
    probabilities: Mapping[str, float], matches: Sequence[PhraseMatch], kinds: Sequence[str]
) -> dict[str, KindEvidence]:
    """Kind -> evidence for it. A phrase counts once, however often it is printed.

    `probabilities` are the model's; without one for a kind, the model was not used.
    """
    count = Counter((kind, role) for kind, role, _ in {match[:3] for match in matches})
    return {
        kind: KindEvidence(
            math.log(max(MIN_PROBABILITY, probabilities.get(kind, 1.0))),
            min(count[kind, "decide"], MAX_DECIDING),
            min(count[kind, "words"], MAX_SUPPORTING),
            count[kind, "against"],
        )
        for kind in kinds
    }


def kind_scores(found: Mapping[str, KindEvidence], weights: Weights) -> dict[str, float]:
    """Kind -> score in log odds."""
    return {
        kind: weights.model * one.model
        + weights.decide * one.decide
        + weights.word * one.words
        - weights.against * one.against
        + weights.unknown * (kind == UNKNOWN)
        for kind, one in found.items()
    }


def softmax(values: Mapping[str, float]) -> dict[str, float]:
    """Scores -> probabilities that sum to 1."""
    highest = max(values.values())
    powers = {name: math.exp(value - highest) for name, value in values.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}
