"""Steps of `docextract train`: read labelled documents, split them, describe them, show scores."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docextract import resources
from docextract.errors import UsageError
from docextract.export.files import atomic
from docextract.readers import ReadOptions
from docextract.schema import Schema
from docextract.training.augmentation.augment import augment
from docextract.training.augmentation.label_paraphrases import LabelSentences
from docextract.training.data.alignment.align import UnalignedValue
from docextract.training.data.examples import Example
from docextract.training.data.folder import SkippedDocument, read_folder
from docextract.training.data.rehearsal import rehearsal_examples
from docextract.training.data.split import split_by_group
from docextract.training.recipe import DataSplit, FineTuningData
from docextract.training.reporting.model_evaluation import LabelSet
from docextract.training.reporting.model_provenance import ModelProvenance, hashed_data_set
from docextract.training.settings import FineTuningSettings

if TYPE_CHECKING:
    from rich.console import RenderableType

#: Documents with a value that it takes to learn from one, decide by one and measure on one.
LEAST = 3
UNALIGNED = "unaligned.csv"


@dataclass(frozen=True)
class TrainingRequest:
    """A user's request to train: labelled documents, schemas, how to read them.

    Attributes:
        folder: With their records; see `read_folder`.
        schemas: Of their kinds, by name or path.
        read: How they are read, where that is not as usual.
        month_first: Whether 01/02/2024 in a record is the second of January.
    """

    folder: Path
    schemas: Sequence[str]
    read: Mapping[str, Any] = field(default_factory=dict)
    month_first: bool = False


@dataclass(frozen=True)
class PreparedTraining:
    """Training data of a request, and the documents and labels that could not be used."""

    material: FineTuningData
    unaligned: tuple[UnalignedValue, ...]
    skipped: tuple[SkippedDocument, ...]


def prepare_training_data(given: TrainingRequest, settings: FineTuningSettings) -> PreparedTraining:
    """Read and align the documents, and split them; `settings` says which share is held out.

    Raises:
        UsageError: there are too few documents to learn from.
        ConfigError: a schema or a record is wrong.
    """
    files = [resources.find_resource("schemas", name) for name in given.schemas]
    schemas = [Schema.load(file) for file in files]
    read = ReadOptions(**given.read)
    found = read_folder(given.folder, schemas, options=read, month_first=given.month_first)
    parts = split_examples(found.examples, settings)
    known = {schema.name: schema for schema in [*_shipped(), *schemas]}
    counts = {name: len(part) for name, part in parts._asdict().items()}
    data = hashed_data_set(
        given.folder.resolve().name,
        given.folder,
        found.files,
        licence="not stated",
        examples=counts,
    )
    labels = LabelSet(LabelSentences.of(known.values()), schemas)
    own = {schema.name for schema in schemas}
    others = rehearsal_examples(own, labels.sentences, seed=settings.seed)
    material = FineTuningData(parts, labels, data, files, augment, others)
    return PreparedTraining(material, found.unaligned, found.skipped)


def split_examples(examples: Sequence[Example], settings: FineTuningSettings) -> DataSplit:
    """Split into training, validation and test parts; no group is in two of them.

    Raises UsageError when there is not enough for three.
    """
    useful = sum(bool(example.marks) for example in examples)
    if useful < LEAST:
        raise UsageError(
            f"{useful} documents have a value that was found in them; it takes {LEAST} at least, "
            "and 20 to be of use"
        )
    rest, test = split_by_group(examples, share=settings.test, seed=settings.seed)
    share = settings.validation / (1 - settings.test)
    training, validation = split_by_group(rest, share=share, seed=settings.seed)
    if not (training and validation and test):
        raise UsageError(
            "all documents are of one or two groups, which no split may part: give others as well"
        )
    return DataSplit(training, validation, test)


def write_unaligned(path: Path, unaligned: Sequence[UnalignedValue]) -> None:
    """Write a CSV file with a row for each value that was not found in its document."""
    with atomic(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("path", "field", "value", "best_ratio"))
        writer.writerows((u.name, u.field, u.value, f"{u.best_ratio:.2f}") for u in unaligned)


def describe(prepared: PreparedTraining) -> Iterator[str]:
    """Describe the training data, in lines."""
    parts = prepared.material.parts
    told = (f"{len(part)} for {name}" for name, part in parts._asdict().items())
    yield f"documents: {', '.join(told)}"
    for skipped in prepared.skipped:
        yield f"left out {skipped.name}: {skipped.reason}"
    if prepared.unaligned:
        often = Counter(one.field for one in prepared.unaligned).most_common()
        shown = ", ".join(f"{name} ({count})" for name, count in often)
        yield f"values that were not found in their documents, see {UNALIGNED}: {shown}"


def scores_table(made: ModelProvenance) -> "RenderableType":
    """A table of the scores on the test part."""
    from rich.table import Table

    scores = made.scores["test"]
    shown = Table(title=f"{scores.examples} documents that were not learnt from", title_style="")
    for heading in ("field", "precision", "recall", "F1", "true"):
        shown.add_column(heading, justify="left" if heading == "field" else "right")
    for label, count in {**scores.labels, "all": scores.overall}.items():
        shares = (f"{share:.3f}" for share in (count.precision, count.recall, count.f1))
        shown.add_row(label, *shares, str(count.true))
    return shown


def _shipped() -> Iterator[Schema]:
    """The kinds that the model goes on telling from those it learns."""
    for path in resources.available_resources("schemas").values():
        yield Schema.load(path)
