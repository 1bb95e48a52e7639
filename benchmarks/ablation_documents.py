"""The documents of the ablation: read once, asked of the model once, with what is true of them.

Three parts: "dev", the dev parts of the labelled sets, read from their files by the real reader;
"held-out", the tenth of their training parts that the shipped model did not learn from, with the
words of the sets; "synthetic", invented documents of a seed that no training begins with. Line
items of receipts and of the plain invoices are labelled in sets of their own ("NAME-items"), whose
rows are joined to the documents that they are of.
"""

import gzip
import json
import pickle
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from docextract.training.data.corpora.sheets import FIELD_SETS, FieldSet

from docextract import readers, resources
from docextract.document import Document, Kind, Value
from docextract.encoding.encoder_cache import encoder_cache
from docextract.encoding.score_calibration import ScoreCalibrator
from docextract.errors import InputError
from docextract.evaluation import Truth
from docextract.extraction.context import Case
from docextract.extraction.model.candidates import Model, by_model
from docextract.layout.labels import LabelLexicon
from docextract.layout.segments import Sheet
from docextract.readers import ReadOptions, Source
from docextract.schema import Schema
from docextract.stages.entities import Entities
from docextract.training.data import corpora
from docextract.training.data.examples import Example as Produced
from docextract.training.data.sources import INVENTED
from docextract.training.data.split import split
from docextract.training.fitting.given_words import document_of
from docextract.training.fitting.labelled_sets import Example, examples
from docextract.training.synthetic import documents

_RECEIPT = ("merchant_name", "merchant_address", "date", "time", "total")
#: Sets that no training knows, laid out as one that it does.
ALSO: Mapping[str, FieldSet] = {
    "einvoices-more": FIELD_SETS["einvoices"],
    "invoices-rendered": replace(FIELD_SETS["einvoices"], suffix=""),
    "receipts-de": FieldSet("receipt", dict(zip(_RECEIPT, _RECEIPT, strict=True))),
}
SETS: Mapping[str, FieldSet] = {**FIELD_SETS, **ALSO}
#: Of invented documents; neither training nor fitting begins with it.
SEED = 91_000
#: Documents that the model reads in one go.
BATCH = 8

PARTS = ("dev", "held-out", "synthetic")
_FOLDER = resources.shipped_model()
#: Columns of line items that are scored: all but units, which some sets state as codes.
_TOLD = frozenset(
    ["position", "description", "quantity", "unit_price", "net_amount", "amount", "tax_rate"]
)


@dataclass(frozen=True)
class Labelled:
    """A document with what is true of it.

    Attributes:
        part: "dev", "held-out" or "synthetic".
        document: With its kind, and once it is prepared with its entities.
        truth: Its source is the name of its set.
        month_first: How the truth writes dates.
        as_printed: The answers are what is printed, in any style.
        asked: What the model gives.
    """

    part: str
    document: Document
    truth: Truth
    month_first: bool = False
    as_printed: bool = False
    asked: tuple[Value, ...] = ()


def prepared(
    sources: Mapping[str, Iterable[Labelled]], schemas: Sequence[Schema], cache: Path | None
) -> Iterator[Labelled]:
    """The documents with their entities and with what the model gives for their fields.

    Args:
        sources: Name of a part and a set -> its documents.
        schemas: Of all kinds.
        cache: A folder that keeps them for another run with the same model.
    """
    for name, made in sources.items():
        path = cache / f"{name}-{_model().origin.name}.pickle" if cache else None
        if path and path.is_file():
            yield from pickle.loads(path.read_bytes())
            continue
        done = list(_asked(list(made), schemas))
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pickle.dumps(done))
        print(f"{name}: {len(done)} documents", file=sys.stderr)
        yield from done


def case_of(document: Document, schemas: Mapping[str, Schema]) -> Case | None:
    """A document under the schema of its kind; None where it has no words."""
    schema = schemas[document.kind.label if document.kind else ""]
    return Case(Sheet(document), schema, LabelLexicon(schema)) if document.words else None


def _model() -> Model:
    return Model(encoder_cache(str(_FOLDER), "cpu").origin, ScoreCalibrator.load(_FOLDER))


def _asked(own: Sequence[Labelled], schemas: Sequence[Schema]) -> Iterator[Labelled]:
    known = {schema.name: schema for schema in schemas}
    model, encoder, entities = _model(), encoder_cache(str(_FOLDER), "cpu"), Entities()
    for at in range(0, len(own), BATCH):
        part = own[at : at + BATCH]
        docs = entities([one.document for one in part])
        for one, doc, reading in zip(part, docs, encoder.encode(docs), strict=True):
            case = case_of(doc, known)
            asked = tuple(by_model(case, reading, model)) if case else ()
            yield replace(one, document=doc, asked=asked)


def dev(
    data: Path, name: str, limit: int, options: ReadOptions, *, given_words: bool, workers: int
) -> Iterator[Labelled]:
    """Documents of the dev part of a set, read from their files, or else with the set's words."""
    own = _examples(data, name, "dev", limit, of_files=not given_words)
    with ProcessPoolExecutor(workers) as pool:
        paths = [None if given_words else one.path for one in own]
        read = pool.map(_read, paths, [one.name for one in own], [options] * len(own))
        for one, document in zip(own, read, strict=True):
            yield _labelled("dev", name, one, document or one.given)


def _read(path: Path | None, name: str, options: ReadOptions) -> Document | None:
    if path is None:
        return None
    source = Source.of(path, name=name)
    try:
        made = readers.read(source, options).document
        return readers.recognise_waiting_pages(source, made, options) if made else None
    except InputError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return None


def held_out(data: Path, name: str, limit: int) -> Iterator[Labelled]:
    """Documents of the training part of a set that the shipped model did not learn from."""
    held = split(list(corpora.load(data, [name], "train")), share=0.1, seed=0)[1]
    names = {one.name for one in held}
    own = (one for one in _examples(data, name, "train", None) if one.name in names)
    yield from (_labelled("held-out", name, one, one.given) for one in islice(own, limit))


def _examples(
    data: Path,
    name: str,
    part: Literal["train", "dev"],
    limit: int | None,
    *,
    of_files: bool = False,
) -> list[Example]:
    made = examples(data, name, part, layout=SETS[name])
    found = [one for one in made if one.path or not of_files] or list(
        examples(data, name, part, layout=SETS[name])
    )
    rows = _rows(data, name, part)
    return [replace(one, rows=rows.get(one.name, one.rows)) for one in found[:limit]]


def _rows(
    data: Path, name: str, part: Literal["train", "dev"]
) -> dict[str, tuple[Mapping[str, str | None], ...] | None]:
    """Name of a document -> its rows in the set of line items that goes with its set."""
    if not (data / "fields" / f"{name}-items").is_dir():
        return {}
    names = {row["source"]: row["id"] for row in _raw(data, name, part)}
    at = {row["id"]: row["source"] for row in _raw(data, f"{name}-items", part)}
    made = examples(data, f"{name}-items", part, layout=SETS[name])
    return {names[at[one.name]]: one.rows for one in made if at[one.name] in names}


def _raw(data: Path, name: str, part: str) -> Iterator[dict[str, Any]]:
    with gzip.open(data / "fields" / name / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _labelled(part: str, name: str, one: Example, document: Document) -> Labelled:
    layout = SETS[name]
    rows = [{key: cell for key, cell in row.items() if key in _TOLD} for row in one.rows or ()]
    nested = {"line_items": tuple(rows)} if rows else {}
    truth = Truth(one.name, one.answers, nested, layout.kind, source=name)
    return Labelled(part, _of_kind(document, layout.kind), truth, layout.month_first)


def synthetic(count: int, kind: str) -> Iterator[Labelled]:
    """So many invented documents of a kind; what is true of them is as it is printed."""
    for one in documents(count, SEED + sorted(INVENTED).index(kind), (kind,)):
        document = _of_kind(document_of(one.passage, one.name), kind)
        truth = Truth(one.name, _answers(one), _items(one), kind, source=kind)
        yield Labelled("synthetic", document, truth, as_printed=True)


def _of_kind(document: Document, kind: str) -> Document:
    return document.add(kind=Kind(kind, 1.0, origin="given"))


def _answers(one: Produced) -> dict[str, tuple[str, ...]]:
    """Field -> what is printed of it; currencies may be signs that belong to an amount."""
    names = {label.partition(".")[2] for label in one.asked if label.startswith(f"{one.kind}.")}
    found: dict[str, list[str]] = {
        name: [] for name in names if "." not in name and name not in ("currency", "line_items")
    }
    for mark in one.marks:
        name = mark.label.partition(".")[2]
        if mark.label in one.asked and name in found:
            found[name].append(_text(one, mark.start, mark.end))
    return {name: tuple(texts) for name, texts in found.items()}


def _items(one: Produced) -> dict[str, tuple[dict[str, str | None], ...]]:
    """The line items, each with the cells that lie within it."""
    head = f"{one.kind}.line_items"
    cells = [mark for mark in one.marks if mark.label.startswith(f"{head}.")]
    columns = sorted({mark.label.rpartition(".")[2] for mark in cells} & _TOLD)
    made = []
    for row in (mark for mark in one.marks if mark.label == head):
        texts: dict[str, list[str]] = {column: [] for column in columns}
        for cell in cells:
            if row.start <= cell.start and cell.end <= row.end:
                name = cell.label.rpartition(".")[2]
                texts.get(name, []).append(_text(one, cell.start, cell.end))
        made.append({name: " ".join(said) or None for name, said in texts.items()})
    return {"line_items": tuple(made)} if made else {}


def _text(one: Produced, start: int, end: int) -> str:
    return " ".join(one.passage.texts[start:end])
