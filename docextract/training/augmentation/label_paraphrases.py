"""Label sentences and their paraphrases, sampled in training.

A model that always saw one sentence for a label would overfit to its words; a user's label is
worded differently. So training samples among several, and inference uses the official one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from docextract.encoding.label_sentences import kind_label_sentences
from docextract.models.bi_encoder.entity_labels import ENTITY_SENTENCES, row_sentence
from docextract.schema import FieldType, Schema

#: How often the official sentence is sampled in training.
OFFICIAL = 0.6
#: Aliases of a field that become sentences, its first ones.
MOST_ALIASES = 4


@dataclass(frozen=True)
class LabelSentences:
    """The sentences that describe every label and kind, with paraphrases.

    Attributes:
        labels: Label -> its sentences, the official one first.
        kinds: Kind -> the sentences that describe it.
    """

    labels: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, schemas: Iterable[Schema]) -> "LabelSentences":
        """Collect them for all fields of the schemas, all entity types, and the schemas' kinds."""
        known = tuple(schemas)
        labels: dict[str, tuple[str, ...]] = {
            f"entity.{name}": (told, _after(told)) for name, told in ENTITY_SENTENCES.items()
        }
        for schema in known:
            labels.update(_fields(schema))
        return cls(labels, {schema.name: kind_label_sentences(schema) for schema in known})

    def draw(self, label: str, rng: np.random.Generator) -> str:
        """Sample one of the label's sentences, mostly the official one."""
        told = self.labels[label]
        if len(told) == 1 or rng.random() < OFFICIAL:
            return told[0]
        return told[1 + int(rng.integers(len(told) - 1))]


def _fields(schema: Schema) -> Mapping[str, tuple[str, ...]]:
    kind = schema.name.replace("_", " ")
    made: dict[str, tuple[str, ...]] = {}
    for path, field in schema.walk():
        label = f"{schema.name}.{path}"
        official = field.description or f"{_words(path)}, in a {kind}"
        if field.type is FieldType.ROWS:
            made[label] = (row_sentence(official),)
            continue
        others = [f"{_words(path)} of a {kind}", _after(official)]
        others += [f"{alias}, on a {kind}" for alias in field.aliases[:MOST_ALIASES]]
        made[label] = (official, *dict.fromkeys(others))
    return made


def _words(path: str) -> str:
    return path.rpartition(".")[2].replace("_", " ")


def _after(sentence: str) -> str:
    """The explanation without the name in front of it."""
    name, colon, rest = sentence.partition(": ")
    return rest if colon else name
