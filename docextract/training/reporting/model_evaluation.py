"""Evaluation of a model on labelled examples: scores by label, kinds, calibration, errors.

Values are read straight from the model's spans, without the rules that stages add, so that what
is measured here is what training can change.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docextract.document import UNKNOWN
from docextract.evaluation.inputs.truth_and_prediction import PredictedValue
from docextract.evaluation.metrics.calibration import ConfidenceOutcome, calibration
from docextract.evaluation.metrics.equality import Level, is_match, normalise_text
from docextract.models.bi_encoder.decoding import SpanCandidate, suppress_overlaps
from docextract.models.bi_encoder.encoded_passage import EncodedPassage
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.schema import FieldSchema, FieldType, Schema
from docextract.training.augmentation.label_paraphrases import LabelSentences
from docextract.training.data.examples import Example, Mark
from docextract.training.reporting.model_provenance import (
    ConfusionMatrix,
    PrecisionRecall,
    ReliabilityBin,
    Scores,
)
from docextract.training.reporting.report import WrongValue

#: The score from which on a span counts as found.
THRESHOLD = 0.5
#: The lowest score that calibration uses.
LEAST = 0.1
#: Documents that the encoder reads at once.
_TOGETHER = 16


class PredictedSpan(NamedTuple):
    """A predicted span with its label, words and confidence, and whether it is right."""

    label: str
    text: str
    confidence: float
    right: bool


@dataclass(frozen=True)
class JudgedExample:
    """Predictions of one example compared with its labels, and its kind."""

    name: str
    predictions: tuple[PredictedSpan, ...]
    missed: tuple[tuple[str, str], ...]  # (label, its words)
    sure: tuple[tuple[str, float, bool], ...] = ()
    true_kind: str | None = None
    predicted_kind: str = UNKNOWN


@dataclass(frozen=True)
class ModelEvaluation:
    """Scores of a model, its errors, and score-outcome pairs for calibration.

    `sure` is what `score_calibration.fit_calibrator` takes: the type of field, the score and
    whether the value is right, of those below the threshold too.
    """

    scores: Scores
    misses: tuple[WrongValue, ...]
    sure: tuple[tuple[str, float, bool], ...]


@dataclass(frozen=True)
class LabelSet:
    """The labels to evaluate: their sentences, and the schema fields that they stand for."""

    sentences: LabelSentences
    schemas: Sequence[Schema] = ()
    fields: Mapping[str, FieldSchema] = field(init=False)

    def __post_init__(self) -> None:
        fields = {f"{s.name}.{path}": one for s in self.schemas for path, one in s.walk()}
        object.__setattr__(self, "fields", fields)

    def official(self, labels: Iterable[str]) -> list[str]:
        """The sentences that describe these labels in inference."""
        return [self.sentences.labels[label][0] for label in labels]

    def value(self, label: str) -> FieldSchema | None:
        """The field whose values count, however often they are printed.

        None for what counts wherever it is printed: entities, rows and what stands in rows.
        """
        one = self.fields.get(label)
        in_rows = label.count(".") > 1
        return None if one is None or in_rows or one.type is FieldType.ROWS else one


def evaluate_model(
    engine: BiEncoderEngine, examples: Sequence[Example], labels: LabelSet
) -> ModelEvaluation:
    """Predict every annotated label on the examples, and compare."""
    judged = []
    for at in range(0, len(examples), _TOGETHER):
        part = examples[at : at + _TOGETHER]
        for example, reading in zip(part, engine.encode([e.passage for e in part]), strict=True):
            judged.append(_judge(example, reading, labels))
    return aggregate(judged)


def aggregate(judged: Sequence[JudgedExample]) -> ModelEvaluation:
    """Aggregate scores over judged examples."""
    counts: dict[str, list[int]] = {}
    for one in judged:
        for guess in one.predictions:
            count = counts.setdefault(guess.label, [0, 0, 0])
            count[0] += guess.right
            count[1] += 1
            count[2] += guess.right
        for label, _ in one.missed:
            counts.setdefault(label, [0, 0, 0])[2] += 1
    sure = [
        ConfidenceOutcome(guess.confidence, guess.right)
        for one in judged
        for guess in one.predictions
    ]
    scores = Scores(
        examples=len(judged),
        overall=PrecisionRecall.of(*(sum(column) for column in zip(*counts.values(), strict=True)))
        if counts
        else PrecisionRecall.of(0, 0, 0),
        labels={label: PrecisionRecall.of(*counts[label]) for label in sorted(counts)},
        kinds=_confusion(judged),
        reliability=tuple(
            ReliabilityBin(count=count, confidence=confidence, right=right)
            for _, _, count, confidence, right in calibration(sure).bins
        ),
    )
    return ModelEvaluation(
        scores, tuple(_misses(judged)), tuple(s for one in judged for s in one.sure)
    )


def _judge(example: Example, reading: EncodedPassage, labels: LabelSet) -> JudgedExample:
    asked = sorted(example.asked & labels.sentences.labels.keys())
    found = suppress_overlaps(reading.spans(labels.official(asked), least=LEAST))
    predictions: list[PredictedSpan] = []
    missed: list[tuple[str, str]] = []
    sure: list[tuple[str, float, bool]] = []
    for at, label in enumerate(asked):
        printed = _Printed(example, label, labels.value(label))
        spans = [candidate for candidate in found if candidate.label == at]
        made, left = printed.compare([span for span in spans if span.score >= THRESHOLD])
        predictions += made
        if one := labels.fields.get(label):
            tried, _ = printed.compare(spans)
            sure += [(str(one.type), guess.confidence, guess.right) for guess in tried]
        missed += [(label, printed.words(mark.start, mark.end)) for mark in left]
    kinds = reading.kind_probabilities(labels.sentences.kinds) if example.kind else {UNKNOWN: 1.0}
    told = max(kinds, key=lambda kind: kinds[kind])
    return JudgedExample(
        example.name, tuple(predictions), tuple(missed), tuple(sure), example.kind, told
    )


@dataclass(frozen=True)
class _Printed:
    """One label in one example; `value` is its field where values count, not places."""

    example: Example
    label: str
    value: FieldSchema | None

    def words(self, first: int, last: int) -> str:
        return " ".join(self.example.passage.texts[first:last])

    def compare(self, spans: Sequence[SpanCandidate]) -> tuple[list[PredictedSpan], list[Mark]]:
        """The predictions, best first, and the marks that none of them met."""
        left = [mark for mark in self.example.marks if mark.label == self.label]
        many = self.value is None or self.value.many
        if self.value is not None and many:
            left = list(
                {normalise_text(self.words(m.start, m.end)): m for m in reversed(left)}.values()
            )
        if self.value is not None:
            once = {normalise_text(self.words(s.first, s.last)): s for s in reversed(spans)}
            spans = sorted(once.values(), key=lambda span: -span.score)[: None if many else 1]
        made = []
        for span in spans:
            met = self._met(span, left)
            if met is not None:
                left = [mark for mark in left if mark is not met]
            text = self.words(span.first, span.last)
            made.append(PredictedSpan(self.label, text, span.score, met is not None))
        if many:
            return made, left
        # Of a single value that is printed several times, one printing found is all found.
        return made, [] if made and made[0].right else left[:1]

    def _met(self, span: SpanCandidate, marks: Sequence[Mark]) -> Mark | None:
        """The mark that the span is right about: the same words, else an equal value."""
        for mark in marks:
            if (mark.start, mark.end) == (span.first, span.last):
                return mark
        if self.value is None:
            return None
        text = self.words(span.first, span.last)
        found = PredictedValue(text, text)
        for mark in marks:
            if is_match(Level.TYPED, self.value, found, self.words(mark.start, mark.end)):
                return mark
        return None


def _confusion(judged: Sequence[JudgedExample]) -> ConfusionMatrix | None:
    pairs = [(one.true_kind, one.predicted_kind) for one in judged if one.true_kind]
    if not pairs:
        return None
    kinds = sorted({kind for pair in pairs for kind in pair if kind})
    counts = tuple(tuple(pairs.count((true, told)) for told in kinds) for true in kinds)
    return ConfusionMatrix(kinds=tuple(kinds), counts=counts)


def _misses(judged: Sequence[JudgedExample]) -> Iterator[WrongValue]:
    for one in judged:
        missed: dict[str, list[str]] = {}
        for label, text in one.missed:
            missed.setdefault(label, []).append(text)
        for guess in one.predictions:
            if not guess.right:
                left = missed.get(guess.label, [])
                true = left.pop(0) if left else ""
                yield WrongValue(one.name, guess.label, true, guess.text, guess.confidence)
        for label, texts in missed.items():
            for text in texts:
                yield WrongValue(one.name, label, text, "", 0.0)
