"""The baselines that the benchmarks compare with, on examples small enough to follow."""

from benchmarks.accuracy_entities import measured
from benchmarks.baseline_entities import Gazetteer, Sentence
from docextract.encoding.encoder_input import document_passage
from docextract.evaluation.inputs.truth_and_prediction import Entity
from docextract.models.bi_encoder.passage import Passage
from docextract.training.fitting.given_words import document_of, sentence


def labelled(text: str, *spans: tuple[str, int, int]) -> Sentence:
    return Sentence(text, tuple(text.split()), frozenset(Entity(*span) for span in spans))


TRAIN = [
    labelled("New York is large", ("LOC", 0, 2)),
    labelled("York is old", ("LOC", 0, 1)),
    labelled("Reading is a town", ("LOC", 0, 1)),
    labelled("Reading is fun"),
    labelled("Reading is good"),
    labelled("Apple sells", ("ORG", 0, 1)),
    labelled("Apple grows", ("ORG", 0, 1)),
    labelled("Apple Street", ("LOC", 0, 2)),
]


def test_names_seen_in_training_are_found_longest_first():
    found = Gazetteer(TRAIN)(("Apple", "left", "New", "York", "and", "York"))
    assert found == {Entity("ORG", 0, 1), Entity("LOC", 2, 4), Entity("LOC", 5, 6)}


def test_words_that_are_mostly_no_name_are_left_out():
    assert Gazetteer(TRAIN)(("Reading",)) == frozenset()


def test_patterns_win_over_names():
    known = Gazetteer(
        [*TRAIN, labelled("31 May 2024", ("LOC", 1, 2)), labelled("May", ("LOC", 0, 1))]
    )
    assert known(("on", "31", "May", "2024")) == {Entity("DATE", 1, 4)}
    assert known(("in", "May")) == {Entity("LOC", 1, 2)}


def test_only_labels_that_the_set_annotates_are_counted():
    part = [labelled("Ann of Acme", ("PERSON", 0, 1), ("ORG", 2, 3))]
    found = [frozenset({Entity("PERSON", 0, 1), Entity("ORG", 1, 3)})]
    assert measured(part, found, ["PERSON"]).tolist() == [[1, 1, 1, 1, 1]]
    assert measured(part, found, ["PERSON", "ORG"]).tolist() == [[2, 2, 1, 1, 1]]


def test_a_text_without_layout_stays_one_for_the_model():
    assert document_passage(sentence(("Ann", "left"), "a")).boxes is None
    given = Passage.of_text("Invoice 7\nTotal 12.50")
    read = document_passage(document_of(given, "a"))
    assert read.boxes is None
    assert read.texts == given.texts
    assert read.lines.tolist() == given.lines.tolist()


def test_layout_comes_back_as_it_was(doc):
    given = document_passage(doc("Total    12.50", "Thanks"))
    again = document_passage(document_of(given, "a"))
    assert again.boxes.round(2).tolist() == given.boxes.round(2).tolist()
    assert again.lines.tolist() == given.lines.tolist()
