"""Documents that no model learnt from and no rule was counted on, with what is true of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.truth import examples
from benchmarks.words import document_of
from docextract.document import Document, Value
from docextract.evaluation.inputs.sides import Found
from docextract.evaluation.metrics.equality import Level, holds, letters
from docextract.schema import FieldSchema
from docextract.training.data import corpora
from docextract.training.data.corpora.field_sets import FIELD_SETS
from docextract.training.data.sources import SYNTHETIC_SHARES
from docextract.training.data.split import split_by_group
from docextract.training.synthetic import synthetic_examples

#: Of the invented documents: none that a training begins with.
SEED = 77_000
#: Fields of invented documents that may be printed without a word of their own: "£5.00".
UNMARKED = frozenset({"currency"})


@dataclass(frozen=True)
class Case:
    """A document with what is true of it: field -> the right answers, none where it is absent."""

    document: Document
    kind: str
    answers: Mapping[str, Sequence[str]]
    month_first: bool = False
    as_printed: bool = False  # the answers are what is printed, in any style

    def has(self, field: FieldSchema, value: Value) -> bool:
        """Whether a value of its field is a right one."""
        answers = self.answers[value.field]
        if self.as_printed and letters(value.raw) in map(letters, answers):
            return True
        found = Found(value.value, value.raw)
        return any(
            holds(Level.TYPED, field, found, answer, month_first=self.month_first)
            for answer in answers
        )


def real(data: Path) -> Iterator[Case]:
    """The held out documents of the training parts, with the words of their sets."""
    for name, layout in FIELD_SETS.items():
        if corpora.CORPORA[name].may_train:
            held = split_by_group(corpora.load(data, [name], "train"), share=0.1, seed=0)[1]
            names = {one.name for one in held}
            for one in examples(data, name, "train"):
                if one.name in names:
                    yield Case(one.given, layout.kind, one.answers, layout.month_first)


def invented(count: int, kinds: Sequence[str] = tuple(SYNTHETIC_SHARES)) -> Iterator[Case]:
    """So many documents of each kind."""
    for number, kind in enumerate(kinds):
        for one in synthetic_examples(count, SEED + number, (kind,)):
            answers: dict[str, list[str]] = {}
            for label in one.asked:
                head, _, field = label.partition(".")
                if head == one.kind and "." not in field and field not in UNMARKED:
                    answers[field] = []
            for mark in one.marks:
                field = mark.label.partition(".")[2]
                if mark.label in one.asked and field in answers:
                    text = " ".join(one.passage.texts[mark.start : mark.end])
                    answers[field].append(text)
            read = document_of(one.passage, one.name)
            yield Case(read, one.kind or kind, answers, as_printed=True)
