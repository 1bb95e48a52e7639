"""The labelled data sets: their documents, and what each field's right answer is.

A data set is a folder with `train.jsonl.gz`, `dev.jsonl.gz` and the documents in `files/`; a
line has `file`, `pages` of words with boxes, and `fields`: name -> list of the right answers.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from docextract.document import Document
from docextract.training.data.corpora.field_examples import document_file, is_printed
from docextract.training.data.corpora.field_sets import FIELD_SETS, FieldSet
from docextract.training.data.corpora.line_items import printed_cells
from docextract.training.data.corpora.word_boxes import document_of_words


@dataclass(frozen=True)
class Example:
    """One document with its right answers.

    `answers` maps our field names onto the right answers: an empty tuple is known to be absent,
    a field that is missing here is not scored. `rows` are the line items, where they are known.
    """

    name: str
    path: Path | None
    given: Document
    answers: Mapping[str, tuple[str, ...]]
    rows: tuple[Mapping[str, str | None], ...] | None = None


def examples(
    data: Path,
    name: str,
    split: Literal["train", "dev"],
    *,
    original: bool = False,
    layout: FieldSet | None = None,
) -> Iterator[Example]:
    """The documents of a part of the data set `name` under the folder `data`.

    `original`: e-invoices with their XML, and what is only in there is among the answers.
    `layout`: of a set that is not among those of training.
    """
    folder = data / "fields" / name
    with gzip.open(folder / f"{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _example(json.loads(line), folder, layout or FIELD_SETS[name], original=original)


def _example(row: Mapping[str, Any], folder: Path, layout: FieldSet, *, original: bool) -> Example:
    spans = {span["field"] for span in row["spans"]}
    answers = {
        layout.names[field]: tuple(values)
        for field, values in row["fields"].items()
        if field in layout.names
        and (
            not values
            or original
            # A value that is only in an e-invoice's XML and not on the page cannot be read there.
            or (is_printed(row, field) and (field in spans or not layout.suffix))
        )
    }
    rows = [printed_cells(item, visible=not original) for item in row.get("line_items") or ()]
    return Example(
        row["id"],
        document_file(row, folder, replace(layout, suffix="") if original else layout),
        document_of_words(row["pages"], row["id"]),
        answers,
        tuple(rows) or None,
    )
