"""Examples re-read by this package's own reader, with its OCR errors, word order and boxes.

The words that a set gives are cleaner than what a user's scan becomes. What is learnt from our
own reading is learnt for the mistakes that will be met.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from docextract import readers, resources
from docextract.errors import InputError
from docextract.export.files import atomic
from docextract.models.bi_encoder.passage import Passage
from docextract.readers import ReadOptions, Source
from docextract.schema import Schema
from docextract.training.data.alignment.align import align_document
from docextract.training.data.corpora.field_examples import document_file, group, is_printed
from docextract.training.data.corpora.field_sets import FIELD_SETS
from docextract.training.data.corpora.line_items import printed_cells, printed_table
from docextract.training.data.examples import Example, Mark

log = logging.getLogger(__name__)

#: Documents that a worker takes at a time.
_AT_ONCE = 4


def examples_from_own_reader(
    name: str, folder: Path, rows: Sequence[Mapping[str, Any]], kept: Path, *, workers: int
) -> list[Example]:
    """Read the set's documents that have a file, and align them with their ground truth.

    Args:
        name: Of `FIELD_SETS`.
        folder: The set's own, which its rows' file names start from.
        rows: Lines of the set.
        kept: Cache file that the examples are written to, and read from the next time.
        workers: Processes that read.
    """
    if kept.is_file():
        with kept.open(encoding="utf-8") as lines:
            return [_loaded(json.loads(line)) for line in lines]
    wanted = [row for row in rows if row["file"]]
    log.info("reading %d documents of %s", len(wanted), name)
    with ProcessPoolExecutor(workers) as pool:
        found = pool.map(partial(_example, name, folder), wanted, chunksize=_AT_ONCE)
        made = [example for example in found if example is not None]
    kept.parent.mkdir(parents=True, exist_ok=True)
    with atomic(kept) as part:
        part.write_text("".join(f"{json.dumps(row)}\n" for row in map(_dumped, made)), "utf-8")
    return made


def _example(name: str, folder: Path, row: Mapping[str, Any]) -> Example | None:
    """The document read and aligned; None for one that cannot be read."""
    layout = FIELD_SETS[name]
    path = document_file(row, folder, layout)
    assert path is not None, "the caller leaves out documents without a file"
    source = Source.of(path)
    try:
        document = readers.read(source, ReadOptions()).document
        if document is None:
            return None
        document = readers.recognise_waiting_pages(source, document, ReadOptions())
    except InputError:
        return None
    schema = Schema.load(resources.find_resource("schemas", layout.kind))
    answers = {
        ours: row["fields"][own]
        for own, ours in layout.names.items()
        if own in row["fields"] and is_printed(row, own)
    }
    items = printed_table(row.get("line_items") or ())
    return align_document(
        document,
        answers,
        schema,
        rows={"line_items": [printed_cells(item) for item in items]} if items else None,
        source=f"{name}, read",
        group=group(row, layout),
        language=row["language"],
        month_first=layout.month_first,
    ).example


def _dumped(example: Example) -> dict[str, Any]:
    passage = example.passage
    return {
        "name": example.name,
        "source": example.source,
        "group": example.group,
        "texts": passage.texts,
        "boxes": None if passage.boxes is None else passage.boxes.round(1).tolist(),
        "lines": passage.lines.tolist(),
        "marks": [[mark.label, mark.start, mark.end] for mark in example.marks],
        "asked": sorted(example.asked),
        "kind": example.kind,
        "language": example.language,
    }


def _loaded(row: Mapping[str, Any]) -> Example:
    boxes = None if row["boxes"] is None else np.asarray(row["boxes"], np.float32).reshape(-1, 4)
    return Example(
        name=row["name"],
        source=row["source"],
        group=row["group"],
        passage=Passage(tuple(row["texts"]), boxes, np.asarray(row["lines"], np.int32)),
        marks=tuple(Mark(*mark) for mark in row["marks"]),
        asked=frozenset(row["asked"]),
        kind=row["kind"],
        language=row["language"],
    )
