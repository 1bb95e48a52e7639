"""The trained model as a component of spaCy pipelines, with a small one of random weights."""

import numpy as np
import pytest

from docextract.entities.model_entities import EntitySpan, decode_entities, strip_punctuation
from docextract.errors import ConfigError
from docextract.models.bi_encoder.decoding import SpanCandidate
from docextract.models.bi_encoder.entity_labels import ENTITY_SENTENCES
from docextract.spacy_components import model as spacy_model

TEXT = "Ada Lovelace met Charles Babbage\nin London."


@pytest.fixture
def pipeline(tiny_model):
    """`pipeline(**config)`: a blank English pipeline with the component alone."""
    import spacy

    def make(**config):
        nlp = spacy.blank("en")
        config = {"model": str(tiny_model), "device": "cpu", "least": 0.01, **config}
        nlp.add_pipe(spacy_model.COMPONENT_NAME, config=config)
        return nlp

    return make


class Scripted:
    def __init__(self, *said):
        self.said = said

    def spans(self, sentences, *, least):
        labels = list(ENTITY_SENTENCES.values())
        found = [
            SpanCandidate(sentences.index(labels[list(ENTITY_SENTENCES).index(label)]), *rest)
            for label, *rest in self.said
        ]
        return sorted((one for one in found if one.score >= least), key=lambda one: -one.score)


def test_of_entities_that_share_words_the_best_one_stays():
    reading = Scripted(("ORG", 0, 3, 0.9), ("PERSON", 1, 2, 0.95), ("LOC", 4, 5, 0.3))
    assert decode_entities(reading, ENTITY_SENTENCES, least=0.2) == [
        EntitySpan(1, 2, "PERSON", 0.95), EntitySpan(4, 5, "LOC", 0.3),
    ]  # fmt: skip
    assert decode_entities(reading, ENTITY_SENTENCES, least=0.92) == [
        EntitySpan(1, 2, "PERSON", 0.95)
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("(London),", "London"),
        ("London.", "London"),
        ("Acme Corp.", "Acme Corp."),
        ("in the U.S.", "in the U.S."),
        ("of the act.", "of the act"),
        ("12.50.", "12.50"),
        ("«Le Monde»", "Le Monde"),
        ("...", ""),
        ("", ""),
    ],
)
def test_punctuation_around_a_name_is_not_of_it(text, kept):
    start, end = strip_punctuation(text, 0, len(text))
    assert text[start:end] == kept


def test_words_keep_their_lines():
    import re

    words = list(re.finditer(r"\S+", "one two\n\nthree\nfour"))
    made = spacy_model._passage(words)
    assert made.texts == ("one", "two", "three", "four")
    assert made.lines.tolist() == [0, 0, 2, 3]
    assert spacy_model._passage([]).lines.dtype == np.int32


@pytest.mark.model
def test_the_models_entities_become_those_of_the_document(pipeline):
    nlp = pipeline(labels=["PERSON", "LOC"])
    made = nlp(TEXT)
    assert made.ents
    assert {ent.label_ for ent in made.ents} <= {"PERSON", "LOC"}


@pytest.mark.model
def test_entities_that_are_there_already_win(pipeline):
    nlp = pipeline()
    ruler = nlp.add_pipe("entity_ruler", first=True)
    ruler.add_patterns([{"label": "PAIR", "pattern": "Ada Lovelace"}])
    assert (nlp(TEXT).ents[0].label_, nlp(TEXT).ents[0].text) == ("PAIR", "Ada Lovelace")


@pytest.mark.model
def test_many_documents_have_the_entities_of_each_alone(pipeline):
    nlp = pipeline()
    texts = [TEXT, "", "Grace Hopper " * 40]
    together = [[(ent.start, ent.end, ent.label_) for ent in doc.ents] for doc in nlp.pipe(texts)]
    alone = [[(ent.start, ent.end, ent.label_) for ent in nlp(text).ents] for text in texts]
    assert together == alone


@pytest.mark.model
def test_a_pipeline_is_saved_and_loaded(pipeline, tmp_path):
    import spacy

    nlp = pipeline(labels=["PERSON"])
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert [ent.text for ent in again(TEXT).ents] == [ent.text for ent in nlp(TEXT).ents]
    assert spacy.blank("en").from_bytes(nlp.to_bytes()) is not None


@pytest.mark.model
def test_a_pipeline_is_not_loaded_with_another_model(pipeline, tmp_path):
    nlp = pipeline()
    saved = nlp.get_pipe(spacy_model.COMPONENT_NAME).to_bytes()
    with pytest.raises(ConfigError, match="saved with another model"):
        nlp.get_pipe(spacy_model.COMPONENT_NAME).from_bytes(saved.replace(b'": "', b'": "0'))


@pytest.mark.parametrize(
    ("config", "message"),
    [({"labels": ["NOBODY"]}, "no entity type NOBODY"), ({"model": "nope"}, "no model 'nope'")],
)
def test_a_mistake_in_its_configuration_is_named(pipeline, config, message):
    with pytest.raises(ConfigError, match=message):
        pipeline(**config)
