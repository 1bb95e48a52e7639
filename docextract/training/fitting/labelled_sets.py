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
from docextract.training.data.corpora.given import given
from docextract.training.data.corpora.sheets import FIELD_SETS, FieldSet


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
    layout = layout or FIELD_SETS[name]
    layout = replace(layout, suffix="") if original else layout
    with gzip.open(folder / f"{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _example(json.loads(line), folder, layout)


def _example(row: Mapping[str, Any], folder: Path, layout: FieldSet) -> Example:
    printed = {span["field"] for span in row["spans"]}
    answers = {
        layout.names[field]: tuple(values)
        for field, values in row["fields"].items()
        # A value that is only in an e-invoice's XML and not on the page cannot be read there.
        if field in layout.names and (not values or field in printed or not layout.suffix)
    }
    rows = [_cells(item, visible=bool(layout.suffix)) for item in row.get("line_items") or ()]
    return Example(
        row["id"],
        _file(row["file"], folder, layout),
        given(row["pages"], row["id"]),
        answers,
        tuple(rows) or None,
    )


def _cells(row: Mapping[str, Any], *, visible: bool) -> dict[str, str | None]:
    """The cells of a true row; `visible`: without those that no page prints.

    Beside its cells a row can say which are printed ("printed") and by which words ("at").
    """
    printed = row.get("printed", {}) if visible else {}
    return {
        name: cell if printed.get(name, True) else None
        for name, cell in row.items()
        if name not in ("printed", "at")
    }


def _file(name: str | None, folder: Path, layout: FieldSet) -> Path | None:
    if not name:
        return None
    path = folder / name
    return path.with_suffix(layout.suffix) if layout.suffix else path
