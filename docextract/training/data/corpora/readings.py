"""A set's documents as our own reader reads them: its mistakes, its order, its boxes.

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
from docextract.training.data.aligning.align import from_document
from docextract.training.data.corpora.sheets import FIELD_SETS, group
from docextract.training.data.examples import Example, Mark

log = logging.getLogger(__name__)

#: Documents that a worker takes at a time.
_AT_ONCE = 4


def read_again(
    name: str, folder: Path, rows: Sequence[Mapping[str, Any]], kept: Path, *, workers: int
) -> list[Example]:
    """The set's documents that have a file, read and aligned with their truth.

    Args:
        name: Of `FIELD_SETS`.
        folder: The set's own, which its rows' file names start from.
        rows: Lines of the set.
        kept: A file that the examples are written to, and read from the next time.
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
    path = folder / row["file"]
    source = Source.of(path.with_suffix(layout.suffix) if layout.suffix else path)
    try:
        document = readers.read(source, ReadOptions()).document
        if document is None:
            return None
        document = readers.recognise_waiting_pages(source, document, ReadOptions())
    except InputError:
        return None
    schema = Schema.load(resources.find_resource("schemas", layout.kind))
    told = row["fields"]
    answers = {ours: told[own] for own, ours in layout.names.items() if own in told}
    return from_document(
        document,
        answers,
        schema,
        rows={"line_items": row["line_items"]} if row.get("line_items") else None,
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
