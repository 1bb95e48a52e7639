import math

import numpy as np
import pytest

from docextract.document import UNKNOWN
from docextract.models.encoder import Window
from docextract.schema import KindSchema, Schema
from docextract.stages.classify import Classify, softmax
from docextract.stages.phrases import Phrases
from docextract.stages.zero_shot import Weights, evidence, scores, similarities

RECEIPT = Schema(
    name="receipt",
    kind=KindSchema(
        descriptions=("A receipt from a shop's till, paid at once.",),
        decide=("cash receipt",),
        words=("change", "cashier", "sub-total"),
        against=("invoice number",),
    ),
)
LETTER = Schema(
    name="letter",
    kind=KindSchema(
        descriptions=("A letter from one person to another.",), words=("dear", "yours sincerely")
    ),
)


@pytest.fixture
def phrases() -> Phrases:
    return Phrases([RECEIPT, LETTER])


def test_evidence_counts_a_phrase_once(phrases):
    hits = list(phrases.find("change change change cashier"))
    assert evidence({"receipt": 0.4}, hits, ["receipt", "letter"])["receipt"].words == 2


def test_what_speaks_against_lowers_the_score():
    found = evidence({"receipt": 0.3}, list(Phrases([RECEIPT]).find("invoice number")), ["receipt"])
    without = evidence({"receipt": 0.3}, [], ["receipt"])
    assert scores(found, Weights())["receipt"] < scores(without, Weights())["receipt"]


def test_without_evidence_the_kind_is_unknown():
    names = ["receipt", "letter", UNKNOWN]
    shares = softmax(scores(evidence({"receipt": 0.0}, [], names), Weights()))
    assert max(shares, key=lambda name: shares[name]) == UNKNOWN
    assert math.isclose(sum(shares.values()), 1)


def test_a_window_is_compared_with_the_nearest_sentence():
    offsets = np.zeros((1, 2), np.int64)
    windows = [Window(offsets, np.array([[1.0, 0.0]], np.float32))]
    sentences = {"a": np.array([[0.0, 1.0], [1.0, 0.0]], np.float32)}
    assert similarities(windows, sentences) == {"a": 1.0}


@pytest.fixture(scope="module")
def stage() -> Classify:
    return Classify(schemas=(RECEIPT, LETTER), device="cpu")


@pytest.mark.model
def test_a_receipt_is_told_with_runners_up_and_reasons(stage, doc):
    made = doc("Corner Shop", "Milk 1.20", "Total 1.20", "Cash receipt", "Change 0.80", "Cashier 4")
    (done,) = stage([made])
    kind = done.kind
    assert kind.label == "receipt"
    assert {name for name, _ in kind.runners_up} == {"letter", UNKNOWN}
    words = [done.text[span.start : span.end] for span in kind.words]
    assert words[0] == "Cash receipt"
    assert any(span.origin == "encoder" for span in kind.words)


@pytest.mark.model
def test_running_text_of_no_kind_is_unknown(stage, doc):
    made = doc("The moon is the only natural satellite of the earth.", "It orbits in a month.")
    assert stage([made])[0].kind.label == UNKNOWN


@pytest.mark.model
def test_a_long_document_is_seen_at_its_end_too(stage, doc):
    made = doc(*["nothing to see here at all"] * 600, "the very last words")
    (windows,) = stage._zero_shot._encoder.windows([made.text], most=3)
    assert len(windows) == 3
    assert windows[-1].offsets.max() == len(made.text)
