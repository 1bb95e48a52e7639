"""Validation during training: F1 of spans and accuracy of kinds, for early stopping.

A field is right when its best span is one of the true ones or reads the same; entities and the
fields of rows are compared as sets of spans. F1 is over all of a source's labels together.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docextract.models.bi_encoder.decoding import SpanCandidate, suppress_overlaps
from docextract.models.bi_encoder.encoded_passage import EncodedPassage
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.models.bi_encoder.network import BiEncoder
from docextract.training.augmentation.label_paraphrases import LabelSentences
from docextract.training.data.examples import Example

#: Spans with a lower score are not predicted.
SCORE_THRESHOLD = 0.5


@dataclass
class ValidationCounts:
    """Counts of predicted and true spans, and of documents' kinds."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    kinds: int = 0
    kinds_right: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where there is nothing."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else 0.0

    @property
    def accuracy(self) -> float:
        """Share of the documents whose kind is right."""
        return self.kinds_right / self.kinds if self.kinds else 0.0


@dataclass
class Validation:
    """Validation counts by source and by label, and the score over all sources."""

    sources: dict[str, ValidationCounts] = field(
        default_factory=lambda: defaultdict(ValidationCounts)
    )
    labels: dict[str, ValidationCounts] = field(
        default_factory=lambda: defaultdict(ValidationCounts)
    )

    @property
    def score(self) -> float:
        """The mean over sources of F1, and of the accuracy of kinds."""
        scores = [tally.f1 for tally in self.sources.values() if tally.wanted]
        scores += [tally.accuracy for tally in self.sources.values() if tally.kinds]
        return sum(scores) / len(scores) if scores else 0.0

    @property
    def error(self) -> float:
        """The standard error of the score, taking each value and kind for a draw of its own.

        For F1 these are the mean of the values found and wanted.
        """
        shares = [
            (one.f1, (one.found + one.wanted) / 2) for one in self.sources.values() if one.wanted
        ]
        shares += [(one.accuracy, one.kinds) for one in self.sources.values() if one.kinds]
        variance = sum(share * (1 - share) / draws for share, draws in shares)
        return math.sqrt(variance) / len(shares) if shares else 0.0


def validate(
    model: BiEncoder, tokenizer: Any, examples: Sequence[Example], sentences: LabelSentences
) -> Validation:
    """Predict on the examples and count. The model is left in the mode in which it was."""
    training = model.training
    model.eval()
    engine = BiEncoderEngine.from_model(model, tokenizer)
    made = Validation()
    for example in examples:
        (reading,) = engine.encode([example.passage])
        _fields(example, reading, sentences, made)
        if example.kind is not None:
            shares = reading.kind_probabilities(sentences.kinds)
            tally = made.sources[example.source]
            tally.kinds += 1
            tally.kinds_right += max(shares, key=lambda name: shares[name]) == example.kind
    model.train(training)
    return made


def _fields(
    example: Example, reading: EncodedPassage, sentences: LabelSentences, made: Validation
) -> None:
    asked = sorted(example.asked & sentences.labels.keys())
    found: defaultdict[str, list[SpanCandidate]] = defaultdict(list)
    for one in suppress_overlaps(
        reading.spans([sentences.labels[label][0] for label in asked], least=SCORE_THRESHOLD)
    ):
        found[asked[one.label]].append(one)
    truth: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for mark in example.marks:
        truth[mark.label].append((mark.start, mark.end))
    for label in asked:
        counts = _compared(example, label, found[label], truth[label])
        for tally in (made.sources[example.source], made.labels[label]):
            tally.right += counts[0]
            tally.found += counts[1]
            tally.wanted += counts[2]


def _compared(
    example: Example, label: str, found: Sequence[SpanCandidate], truth: Sequence[tuple[int, int]]
) -> tuple[int, int, int]:
    """Right, found, wanted."""
    if label.startswith("entity.") or "line_items" in label:
        right = len({(one.first, one.last) for one in found} & set(truth))
        return right, len(found), len(truth)
    right = int(bool(found and truth) and _reads_as(example, found[0], truth))
    return right, min(1, len(found)), min(1, len(truth))


def _reads_as(example: Example, one: SpanCandidate, truth: Sequence[tuple[int, int]]) -> bool:
    told = {_plain(example, start, end) for start, end in truth}
    return (one.first, one.last) in truth or _plain(example, one.first, one.last) in told


def _plain(example: Example, start: int, end: int) -> str:
    text = " ".join(example.passage.texts[start:end]).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def scores_by_name(made: Validation) -> Mapping[str, Mapping[str, float]]:
    """F1 and accuracy by source, F1 by label, as a validation point records them."""
    return {
        "f1": {name: round(one.f1, 4) for name, one in made.sources.items() if one.wanted},
        "kinds": {name: round(one.accuracy, 4) for name, one in made.sources.items() if one.kinds},
        "labels": {name: round(one.f1, 4) for name, one in made.labels.items() if one.wanted},
    }
