import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.document import UNKNOWN
from docextract.errors import ConfigError
from docextract.models.encoder import Window, batches
from docextract.schema import KindSchema, Schema
from docextract.stages.classify import (
    Classify,
    Weights,
    deciding,
    evidence,
    scores,
    similarities,
    softmax,
)
from docextract.stages.phrases import Phrases

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


def test_phrases_ignore_case_spaces_and_punctuation(phrases):
    hits = list(phrases.find("CASH\nReceipt  Sub Total Yours, sincerely"))
    assert [(hit.kind, hit.phrase) for hit in hits] == [
        ("receipt", "cash receipt"),
        ("receipt", "sub total"),
        ("letter", "yours sincerely"),
    ]


def test_a_hit_points_at_its_words(phrases):
    text = "your change: 2.00"
    (hit,) = phrases.find(text)
    assert text[hit.start : hit.end] == "change"


def test_a_phrase_is_not_found_inside_a_longer_word(phrases):
    assert not list(phrases.find("exchanged changes"))


@given(st.text())
def test_any_text_can_be_searched(text):
    for hit in Phrases([RECEIPT, LETTER]).find(text):
        assert 0 <= hit.start < hit.end <= len(text)


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


def test_deciding_phrases_come_first(phrases):
    hits = list(phrases.find("change given on this cash receipt, change"))
    spans = deciding(hits, "receipt")
    assert [span.origin for span in spans] == ["rule:decide", "rule:words"]


@given(st.lists(st.integers(1, 300), max_size=40), st.integers(1, 2000))
def test_every_window_goes_through_the_model_once_and_batches_fit(lengths, budget):
    windows = [[0] * length for length in lengths]
    made = list(batches(windows, budget))
    assert sorted(n for batch in made for n in batch) == list(range(len(windows)))
    for batch in made:
        longest = max(lengths[n] for n in batch)
        assert len(batch) == 1 or len(batch) * longest <= budget


def test_a_fixed_kind_needs_no_model(doc):
    (done,) = Classify(kind="receipt", schemas=(RECEIPT,))([doc("hello")])
    assert done.kind is not None
    assert (done.kind.label, done.kind.confidence) == ("receipt", 1.0)


def test_a_fixed_kind_must_have_a_schema():
    with pytest.raises(ConfigError, match="no schema for kind 'bill'"):
        Classify(kind="bill", schemas=(RECEIPT,))


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
def test_a_document_without_words_is_unknown(stage, doc):
    assert stage([doc("")])[0].kind.label == UNKNOWN


@pytest.mark.model
def test_the_result_does_not_depend_on_the_neighbours(stage, doc):
    one = doc("Corner Shop", "Total 1.20", "Cash receipt")
    other = doc("Dear Ms Weber,", "thank you for your letter.", "Yours sincerely", "B. Koch")
    alone = stage([one])[0].kind
    together = stage([other, one])[1].kind
    assert alone == together


@pytest.mark.model
def test_a_long_document_is_seen_at_its_end_too(stage, doc):
    made = doc(*["nothing to see here at all"] * 600, "the very last words")
    (windows,) = stage._encoder.windows([made.text], most=3)
    assert len(windows) == 3
    assert windows[-1].offsets.max() == len(made.text)


@pytest.mark.model
def test_a_hugging_face_folder_can_take_the_place(tmp_path, doc):
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    vocabulary = {"[PAD]": 0, "[UNK]": 1, "total": 2, "dear": 3}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]"
    ).save_pretrained(tmp_path)
    config = BertConfig(
        vocab_size=4,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        id2label={0: "bill", 1: "note"},
        label2id={"bill": 0, "note": 1},
    )
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    stage = Classify(
        model=str(tmp_path), labels={"bill": "receipt"}, least=0.0, device="cpu", schemas=(RECEIPT,)
    )
    made = [doc("total 12"), doc(*["dear me"] * 900)]
    kinds = [done.kind for done in stage(made)]
    for kind in kinds:
        assert {kind.label, *(name for name, _ in kind.runners_up)} == {"receipt", "note"}
        assert math.isclose(
            kind.confidence + sum(share for _, share in kind.runners_up), 1, abs_tol=1e-5
        )
        assert kind.origin.startswith("huggingface:")
    assert stage([made[1]])[0].kind == kinds[1]


def test_a_folder_without_a_model_is_a_configuration_error(tmp_path, doc):
    with pytest.raises(ConfigError, match="no model in"):
        Classify(model=str(tmp_path))([doc("hello")])
