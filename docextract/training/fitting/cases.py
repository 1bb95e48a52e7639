"""Documents that no model learnt from and no rule was counted on, with what is true of them."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from docextract.document import Document, Kind, Value
from docextract.evaluation.inputs.truth_and_prediction import PredictedValue
from docextract.evaluation.metrics.equality import Level, is_match, normalise_text
from docextract.pipeline import build_stage
from docextract.schema import FieldSchema, Schema
from docextract.training.data import corpora
from docextract.training.data.corpora.field_sets import FIELD_SETS, FieldSet
from docextract.training.data.examples import Example
from docextract.training.data.sources import SYNTHETIC_SHARES
from docextract.training.data.split import split_by_group
from docextract.training.fitting.given_words import document_of
from docextract.training.fitting.labelled_sets import Example as LabelledDocument
from docextract.training.fitting.labelled_sets import examples
from docextract.training.synthetic import synthetic_examples

#: Of the invented documents: none that a training begins with.
SEED = 77_000
#: The sets that the shipped tables are fitted on.
FITTED_SETS = (
    "receipts-sroie",
    "adbuys",
    "einvoices",
    "ndas",
    "invoices-1000",
    "receipts-indo",
)
#: Columns that the sets state as codes ("C62") where a page has words.
CODED = frozenset({"unit"})
#: Documents of one set that count, so that no producer outweighs all others.
MOST_OF_A_SET = 250
#: Documents that a model reads in one go.
BATCH = 8
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
    columns: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)

    def knows(self, value: Value) -> bool:
        """Whether it is known what is true of a value's field or column."""
        return value.field in (self.answers if value.row is None else self.columns)

    def has(self, field: FieldSchema, value: Value) -> bool:
        """Whether a value of its field is a right one; of a cell, in whatever row."""
        answers = (self.answers if value.row is None else self.columns)[value.field]
        if self.as_printed and normalise_text(value.raw) in map(normalise_text, answers):
            return True
        found = PredictedValue(value.value, value.raw)
        return any(
            is_match(Level.TYPED, field, found, answer, month_first=self.month_first)
            for answer in answers
        )


@dataclass(frozen=True)
class Solved:
    """A document with its candidates, and what is true of it."""

    case: Case
    document: Document


def labelled(data: Path, *, held_out: bool) -> Iterator[Case]:
    """Documents of the training parts with the words of their sets.

    `held_out`: those that the shipped model's training held back, else the others.
    """
    for name in FITTED_SETS:
        layout = FIELD_SETS[name]
        if corpora.CORPORA[name].may_train:
            held = split_by_group(list(corpora.load(data, [name], "train")), share=0.1, seed=0)[1]
            names = {one.name for one in held}
            own = (o for o in examples(data, name, "train") if (o.name in names) == held_out)
            yield from (case_of(one, layout) for one in islice(own, MOST_OF_A_SET))


def case_of(example: LabelledDocument, layout: FieldSet) -> Case:
    """An example of a labelled set; units of rows are stated as codes and left out."""
    rows = example.rows or ()
    columns = {
        f"line_items.{column}": tuple(cell for row in rows if (cell := row.get(column)))
        for column in (rows[0] if rows else ())
        if column not in CODED
    }
    return Case(example.given, layout.kind, example.answers, layout.month_first, columns=columns)


def solved(cases: Sequence[Case], schemas: Mapping[str, Schema], model: str) -> Iterator[Solved]:
    """The cases with the candidates of rules and of a model, by its name or folder; "": rules'."""
    given = {"schemas": tuple(schemas.values()), "model": model}
    stages = [build_stage({"use": use}, given) for use in ("entities", "fields")]
    for at in range(0, len(cases), BATCH):
        part = cases[at : at + BATCH]
        docs = [one.document.add(kind=Kind(one.kind, 1.0, origin="given")) for one in part]
        for stage in stages:
            docs = stage(docs)
        yield from map(Solved, part, docs)


def invented(count: int, kinds: Sequence[str] = tuple(SYNTHETIC_SHARES)) -> Iterator[Case]:
    """So many synthetic documents of each kind."""
    for number, kind in enumerate(kinds):
        for one in synthetic_examples(count, SEED + number, (kind,)):
            yield case_of_example(one, one.kind or kind)


def case_of_example(example: Example, kind: str) -> Case:
    """An example to train on as a document whose fields are known, as they are printed."""
    answers: dict[str, list[str]] = {}
    for label in example.asked:
        head, _, field = label.partition(".")
        if head == kind and field and "." not in field and field not in UNMARKED:
            answers[field] = []
    for mark in example.marks:
        field = mark.label.partition(".")[2]
        if mark.label in example.asked and field in answers:
            text = " ".join(example.passage.texts[mark.start : mark.end])
            answers[field].append(text)
    return Case(document_of(example.passage, example.name), kind, answers, as_printed=True)
