"""Loader of a user's folder of labelled documents: reads, aligns and groups them.

The labels are a JSON record for each document, beside it (a.json or a.pdf.json for a.pdf), or one
table of them all: `labels.csv` or `records.jsonl` in the folder. What a record looks like is in
`docextract.evaluation.inputs.files`, which reads them: the fields by name, or what a run of
docextract wrote, corrected by hand.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from docextract import readers
from docextract.batch.discovery import discover
from docextract.document import UNKNOWN, Document
from docextract.encoding.encoder_input import document_passage
from docextract.errors import (
    ConfigError,
    EmptyInput,
    InputError,
    UnsupportedInput,
    UsageError,
)
from docextract.evaluation.inputs.files import read_truth
from docextract.evaluation.inputs.pairing import pair
from docextract.evaluation.inputs.truth_and_prediction import Prediction, Truth
from docextract.layout.labels import fold_label
from docextract.readers import ReadOptions, Source
from docextract.schema import FieldType, Schema
from docextract.training.data.alignment.align import AlignedExample, UnalignedValue, align_document
from docextract.training.data.examples import Example
from docextract.training.data.label_checks import check_labels

log = logging.getLogger(__name__)

#: Tables of labels, the first one that is there.
TABLES = ("labels.csv", "records.csv")
_NO_DOCUMENTS = ("*.json", "*.jsonl", *TABLES)
#: With so many names of vendors or more, documents of one stay together in a split; with fewer
#: nothing would be left to hold out.
_LEAST_GROUPS = 5


class SkippedDocument(NamedTuple):
    """A document that is not trained on, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class LabelledFolder:
    """Training examples of a folder, and what could not be used.

    Attributes:
        examples: In the order of their names.
        unaligned: True values that were not found in their document.
        skipped: Documents without labels, or that could not be read.
        files: The documents and the labels that were read, for a record of what was learnt from.
    """

    examples: tuple[Example, ...]
    unaligned: tuple[UnalignedValue, ...]
    skipped: tuple[SkippedDocument, ...]
    files: tuple[Path, ...]


class _Task(NamedTuple):
    source: Source
    truth: Truth
    schema: Schema | None  # None: of no kind


def read_folder(
    folder: Path,
    schemas: Sequence[Schema],
    *,
    options: ReadOptions | None = None,
    month_first: bool = False,
) -> LabelledFolder:
    """Read the documents, by OCR where needed, and align their labels with their words.

    All labels are checked before the first document is read. Documents of one vendor, told by
    the first name that their records have, are one group when there are five vendors or more; a
    record's own `source` decides before that.

    Args:
        folder: The documents and their labels.
        schemas: Of the documents' kinds. With several, a record says its `kind`, or has fields
            that only one of them has.
        options: How to read.
        month_first: Whether 01/02/2024 in the labels is the second of January.

    Raises:
        UsageError: there is no such folder, no label in it, or a label twice.
        ConfigError: a label is wrong: it names a document that is not there or a field that its
            schema does not have, or is not what a record looks like.
    """
    table = next((folder / name for name in TABLES if (folder / name).is_file()), folder)
    documents = {source.name: source for source in discover([folder], exclude=_NO_DOCUMENTS)}
    truths = read_truth(table, schemas)
    tasks, spare = _paired(truths, documents, schemas, table)
    made: list[AlignedExample] = []
    skipped = [SkippedDocument(name, "it has no labels") for name in spare]
    for task, group in zip(tasks, _groups(tasks), strict=True):
        try:
            document = _read(task.source, options or ReadOptions())
        except InputError as error:
            log.warning("%s cannot be learnt from: %s", task.source.name, error)
            skipped.append(SkippedDocument(task.source.name, str(error)))
            continue
        made.append(_aligned(document, task, group, month_first))
    return LabelledFolder(
        tuple(one.example for one in made),
        tuple(value for one in made for value in one.unaligned),
        tuple(skipped),
        tuple(_files(folder, table, tasks)),
    )


def _paired(
    truths: Sequence[Truth],
    documents: Mapping[str, Source],
    schemas: Sequence[Schema],
    table: Path,
) -> tuple[list[_Task], tuple[str, ...]]:
    """Labels with their documents, and the documents that have none."""
    for name, often in Counter(truth.name for truth in truths).items():
        if often > 1:
            raise ConfigError(f"{table}: there are {often} records for {name!r}; keep one")
    try:
        found = pair(truths, [Prediction(name) for name in documents])
    except UsageError as error:  # none of them has a document
        raise ConfigError(f"{table}: {_missing(truths[0].name, documents)}") from error
    for name in found.without_prediction:
        raise ConfigError(f"{table}: {_missing(name, documents)}")
    tasks = []
    for truth, made in found.pairs:
        assert made is not None, "the loop above raises"
        tasks.append(_Task(documents[made.name], *check_labels(truth, schemas, table)))
    return tasks, found.without_truth


def _missing(name: str, documents: Mapping[str, Source]) -> str:
    """What is wrong with labels that have no document."""
    twice = [other for other in documents if PurePosixPath(other).stem == PurePosixPath(name).stem]
    if twice:
        return f"{twice[0]} has two records, one of them for {name!r}; take one of them away"
    near = get_close_matches(name, documents, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"there are labels for {name!r}, but no such document{hint}"


def _groups(tasks: Sequence[_Task]) -> list[str]:
    """What must not be parted: a source, else a vendor, else the document alone."""
    vendors = [_vendor(task) for task in tasks]
    told = len({vendor for vendor in vendors if vendor}) >= _LEAST_GROUPS
    return [
        task.truth.source or (vendor if told else "") or task.source.name
        for task, vendor in zip(tasks, vendors, strict=True)
    ]


def _vendor(task: _Task) -> str:
    fields = task.schema.fields.items() if task.schema else ()
    names = (name for name, field in fields if field.type is FieldType.NAME and not field.many)
    values = task.truth.fields.get(next(names, ""), ())
    return fold_label(values[0]) if values else ""


def _read(source: Source, options: ReadOptions) -> Document:
    document = readers.read(source, options).document
    if document is None:
        raise UnsupportedInput("it holds other documents; take these out and label them")
    document = readers.recognise_waiting_pages(source, document, options)
    if not document.words:
        raise EmptyInput("no words were found in it")
    return document


def _aligned(document: Document, task: _Task, group: str, month_first: bool) -> AlignedExample:
    if task.schema is not None:
        return align_document(
            document,
            task.truth.fields,
            task.schema,
            rows=task.truth.rows,
            group=group,
            month_first=month_first,
        )
    example = Example(document.name, "own", group, document_passage(document), kind=UNKNOWN)
    return AlignedExample(example, ())


def _files(folder: Path, table: Path, tasks: Sequence[_Task]) -> Iterator[Path]:
    yield from (task.source.path for task in tasks if task.source.path)
    if table.is_file():
        yield table
    elif (folder / "records.jsonl").is_file():
        yield folder / "records.jsonl"
    else:
        yield from sorted(folder.rglob("*.json"))
