"""How good a model is on labelled examples: scores by label, kinds, calibration, and the errors.

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
from docextract.training.augmentation.label_paraphrases import Sentences
from docextract.training.data.examples import Example, Mark
from docextract.training.reporting.model_provenance import Bin, Confusion, Count, Scores
from docextract.training.reporting.report import Miss

#: The score from which on a span counts as found.
THRESHOLD = 0.5
#: The lowest score that says anything of what scores are worth.
LEAST = 0.1
#: Documents that the encoder reads at once.
_TOGETHER = 16


class Guess(NamedTuple):
    """Words [first, last) of an example as a value, and whether they are right."""

    label: str
    text: str
    confidence: float
    right: bool


@dataclass(frozen=True)
class Judged:
    """What came of one example: its guesses, the truths that none met, and its kind."""

    name: str
    guesses: tuple[Guess, ...]
    missed: tuple[tuple[str, str], ...]  # (label, its words)
    sure: tuple[tuple[str, float, bool], ...] = ()
    true_kind: str | None = None
    told_kind: str = UNKNOWN


@dataclass(frozen=True)
class Measured:
    """The scores, what went wrong, and what the model's scores are worth.

    `sure` is what `score_calibration.fit_calibrator` takes: the type of field, the score and
    whether the value is right, of those below the threshold too.
    """

    scores: Scores
    misses: tuple[Miss, ...]
    sure: tuple[tuple[str, float, bool], ...]


@dataclass(frozen=True)
class Labels:
    """What is asked of a model: sentences, and the fields that labels stand for."""

    sentences: Sentences
    schemas: Sequence[Schema] = ()
    fields: Mapping[str, FieldSchema] = field(init=False)

    def __post_init__(self) -> None:
        fields = {f"{s.name}.{path}": one for s in self.schemas for path, one in s.walk()}
        object.__setattr__(self, "fields", fields)

    def official(self, labels: Iterable[str]) -> list[str]:
        """The sentences by which a model is asked for these labels."""
        return [self.sentences.labels[label][0] for label in labels]

    def value(self, label: str) -> FieldSchema | None:
        """The field whose values count, however often they are printed.

        None for what counts wherever it is printed: entities, rows and what stands in rows.
        """
        one = self.fields.get(label)
        in_rows = label.count(".") > 1
        return None if one is None or in_rows or one.type is FieldType.ROWS else one


def measure(engine: BiEncoderEngine, examples: Sequence[Example], labels: Labels) -> Measured:
    """Ask the model for every label that is annotated, and compare."""
    judged = []
    for at in range(0, len(examples), _TOGETHER):
        part = examples[at : at + _TOGETHER]
        for example, reading in zip(part, engine.encode([e.passage for e in part]), strict=True):
            judged.append(_judge(example, reading, labels))
    return summed(judged)


def summed(judged: Sequence[Judged]) -> Measured:
    """The scores over judged examples."""
    counts: dict[str, list[int]] = {}
    for one in judged:
        for guess in one.guesses:
            count = counts.setdefault(guess.label, [0, 0, 0])
            count[0] += guess.right
            count[1] += 1
            count[2] += guess.right
        for label, _ in one.missed:
            counts.setdefault(label, [0, 0, 0])[2] += 1
    sure = [
        ConfidenceOutcome(guess.confidence, guess.right) for one in judged for guess in one.guesses
    ]
    scores = Scores(
        examples=len(judged),
        overall=Count.of(*(sum(column) for column in zip(*counts.values(), strict=True)))
        if counts
        else Count.of(0, 0, 0),
        labels={label: Count.of(*counts[label]) for label in sorted(counts)},
        kinds=_confusion(judged),
        reliability=tuple(
            Bin(count=count, confidence=confidence, right=right)
            for _, _, count, confidence, right in calibration(sure).bins
        ),
    )
    return Measured(scores, tuple(_misses(judged)), tuple(s for one in judged for s in one.sure))


def _judge(example: Example, reading: EncodedPassage, labels: Labels) -> Judged:
    asked = sorted(example.asked & labels.sentences.labels.keys())
    found = suppress_overlaps(reading.spans(labels.official(asked), least=LEAST))
    guesses: list[Guess] = []
    missed: list[tuple[str, str]] = []
    sure: list[tuple[str, float, bool]] = []
    for at, label in enumerate(asked):
        printed = _Printed(example, label, labels.value(label))
        spans = [candidate for candidate in found if candidate.label == at]
        made, left = printed.compare([span for span in spans if span.score >= THRESHOLD])
        guesses += made
        if one := labels.fields.get(label):
            tried, _ = printed.compare(spans)
            sure += [(str(one.type), guess.confidence, guess.right) for guess in tried]
        missed += [(label, printed.words(mark.start, mark.end)) for mark in left]
    kinds = reading.kind_probabilities(labels.sentences.kinds) if example.kind else {UNKNOWN: 1.0}
    told = max(kinds, key=lambda kind: kinds[kind])
    return Judged(example.name, tuple(guesses), tuple(missed), tuple(sure), example.kind, told)


@dataclass(frozen=True)
class _Printed:
    """One label in one example; `value` is its field where values count, not places."""

    example: Example
    label: str
    value: FieldSchema | None

    def words(self, first: int, last: int) -> str:
        return " ".join(self.example.passage.texts[first:last])

    def compare(self, spans: Sequence[SpanCandidate]) -> tuple[list[Guess], list[Mark]]:
        """The guesses, best first, and the marks that none of them met."""
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
            made.append(Guess(self.label, text, span.score, met is not None))
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


def _confusion(judged: Sequence[Judged]) -> Confusion | None:
    pairs = [(one.true_kind, one.told_kind) for one in judged if one.true_kind]
    if not pairs:
        return None
    kinds = sorted({kind for pair in pairs for kind in pair if kind})
    counts = tuple(tuple(pairs.count((true, told)) for told in kinds) for true in kinds)
    return Confusion(kinds=tuple(kinds), counts=counts)


def _misses(judged: Sequence[Judged]) -> Iterator[Miss]:
    for one in judged:
        missed: dict[str, list[str]] = {}
        for label, text in one.missed:
            missed.setdefault(label, []).append(text)
        for guess in one.guesses:
            if not guess.right:
                left = missed.get(guess.label, [])
                true = left.pop(0) if left else ""
                yield Miss(one.name, guess.label, true, guess.text, guess.confidence)
        for label, texts in missed.items():
            for text in texts:
                yield Miss(one.name, label, text, "", 0.0)
