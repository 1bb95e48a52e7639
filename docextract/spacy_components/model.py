"""spaCy component "docextract_entities": entities of the trained model.

    nlp.add_pipe("docextract_entities", config={"labels": ["PERSON", "ORG"]})

Its entities become `doc.ents`, beside those that are there already, which win where they
overlap. `nlp.to_disk` keeps the model's name and fingerprint and not its weights: where the
pipeline is loaded, the same model must be there.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from docextract import resources
from docextract.entities.model_entities import decode_entities, strip_punctuation
from docextract.errors import ConfigError
from docextract.models.bi_encoder.encoded_passage import EncodedPassage
from docextract.models.bi_encoder.entity_labels import ENTITY_SENTENCES
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.models.bi_encoder.passage import Passage

COMPONENT_NAME = "docextract_entities"
_FILE = "model.json"


class ModelEntityComponent:
    """Adds the bi-encoder's entities to `doc.ents`. Its weights load at the first document.

    Args:
        model: The name or path of a trained model.
        device: Where it runs: "auto", "cpu", "cuda", "cuda:1", "mps".
        labels: The entity types to find; empty is all that the model knows.
        least: The lowest score of an entity.
    """

    def __init__(self, model: str, device: str, labels: Sequence[str], least: float) -> None:
        if unknown := ", ".join(sorted(set(labels) - ENTITY_SENTENCES.keys())):
            raise ConfigError(f"no entity type {unknown}; there are: {', '.join(ENTITY_SENTENCES)}")
        self.labels = tuple(labels) or tuple(ENTITY_SENTENCES)
        self._least = least
        self._engine = BiEncoderEngine(resources.find_model(model), device=device)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its entities."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The documents with their entities, read in batches."""
        rest = iter(stream)
        while docs := list(islice(rest, batch_size)):
            words = [list(re.finditer(r"\S+", doc.text)) for doc in docs]
            readings = self._engine.encode([_passage(found) for found in words])
            for doc, found, reading in zip(docs, words, readings, strict=True):
                self._add(doc, found, reading)
                yield doc

    def _add(self, doc: Doc, words: Sequence[re.Match[str]], reading: EncodedPassage) -> None:
        taken = {token for ent in doc.ents for token in range(ent.start, ent.end)}
        spans = []
        for first, last, label, _ in decode_entities(reading, self.labels, least=self._least):
            start, end = strip_punctuation(doc.text, words[first].start(), words[last - 1].end())
            span = doc.char_span(start, end, label=label, alignment_mode="contract")
            if span is not None and taken.isdisjoint(range(span.start, span.end)):
                spans.append(span)
        doc.ents = (*doc.ents, *spans)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The model's fingerprint as JSON."""
        return json.dumps({"fingerprint": self._engine.fingerprint}).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "ModelEntityComponent":
        """The component, if its model is the one that was saved. Raises ConfigError if not."""
        wanted = json.loads(data)["fingerprint"]
        if wanted != self._engine.fingerprint:
            raise ConfigError(
                f"the spaCy pipeline was saved with another model than {self._engine.folder} now "
                f"has: {wanted[:8]}... and not {self._engine.fingerprint[:8]}..."
            )
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model's fingerprint into a folder."""
        Path(path).mkdir(exist_ok=True)
        (Path(path) / _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "ModelEntityComponent":
        """The same as `from_bytes`, of a folder."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())


@Language.factory(
    COMPONENT_NAME,
    default_config={"model": "default", "device": "auto", "labels": [], "least": 0.5},
    assigns=["doc.ents"],
)
def make(
    nlp: Language, name: str, model: str, device: str, labels: list[str], least: float
) -> ModelEntityComponent:
    """Factory of the component, which `nlp.add_pipe("docextract_entities")` calls."""
    return ModelEntityComponent(model, device, labels, least)


def _passage(words: Sequence[re.Match[str]]) -> Passage:
    """Words of a text without layout, and the lines that they stand in."""
    texts = tuple(word[0] for word in words)
    breaks = (a.string.count("\n", a.end(), b.start()) for a, b in pairwise(words))
    lines = accumulate(breaks, initial=0) if words else ()
    return Passage(texts, None, np.fromiter(lines, np.int32, len(words)))
