"""From words to decoded values against the bare encoder on the same windows.

    python benchmarks/speed_model.py --data DIR [--model default] [--device auto] [--limit 24]

Prints CPU seconds (wall seconds and windows a second on a GPU) of the encoder alone, and of the
whole way through the model: windows cut, encoder, kinds, entities and fields decoded into typed
values, without the rules that stand beside it.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from docextract import resources
from docextract.document import Document, Kind
from docextract.encoding.encoder_cache import encoder_cache
from docextract.encoding.encoder_input import document_passage
from docextract.models.bi_encoder.batching import collate, to_device
from docextract.models.bi_encoder.featurisation import Window, cut_windows
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.pipeline import Stage, build_stage
from docextract.schema import Schema
from docextract.training.data.corpora.field_sets import FIELD_SETS
from docextract.training.fitting.labelled_sets import examples

SETS = ("receipts-sroie", "adbuys", "ndas")
#: Turns that each way has; the fastest counts.
ROUNDS = 3


def main() -> None:
    """Print a row for each data set."""
    given = _options()
    schemas = tuple(Schema.load(path) for path in resources.available_resources("schemas").values())
    known = {"schemas": schemas, "device": given.device}
    tables = ({"use": "classify"}, {"use": "entities"}, {"use": "fields", "rules": False})
    stages = [build_stage({**table, "model": given.model}, known) for table in tables]
    engine = encoder_cache(given.model, given.device).engine
    print("| set | documents | windows | encoder s | words to values s | share |")
    print("|---|--:|--:|--:|--:|--:|")
    for name in SETS:
        docs = list(documents(given.data, name, given.limit))
        most = engine.model.config.max_position_embeddings
        cut = [
            w
            for doc in docs
            for w in cut_windows(document_passage(doc), engine.tokenizer, most=most)
        ]
        _think(stages, docs[:1])
        bare = min(_timed(lambda cut=cut: _encode(engine, cut)) for _ in range(ROUNDS))
        whole = min(_timed(lambda docs=docs: _think(stages, _anew(docs))) for _ in range(ROUNDS))
        row = f"{len(docs)} | {len(cut)} | {bare:.2f} | {whole:.2f} | {bare / whole:.2f}"
        print(f"| {name} | {row} |")


def documents(data: Path, name: str, limit: int) -> Sequence[Document]:
    """The first documents of a set's training part, with their kind."""
    kind = Kind(FIELD_SETS[name].kind, 1.0, origin="given")
    found = []
    for example in examples(data, name, "train"):
        found.append(replace(example.given, kind=kind))
        if len(found) == limit:
            break
    return found


def _anew(docs: Sequence[Document]) -> list[Document]:
    """Equal documents that nothing has been read of yet."""
    return [replace(doc, pages=(*doc.pages,)) for doc in docs]


def _encode(engine: BiEncoderEngine, cut: Sequence[Window]) -> None:
    place = next(engine.model.parameters()).device
    with torch.inference_mode():
        for window in cut:
            engine.model(to_device(collate([window]), place))


def _think(stages: Sequence[Stage], docs: list[Document]) -> None:
    for stage in stages:
        docs = stage(docs)


def _timed(run: Callable[[], None]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    parser.add_argument("--model", default="default")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--limit", type=int, default=24)
    options = parser.parse_args()
    if not options.data:
        parser.error("give --data, or set DOCEXTRACT_DATA")
    return options


if __name__ == "__main__":
    main()
