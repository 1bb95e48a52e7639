import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.classification.deciding_words import deciding_phrases
from docextract.classification.kind_scores import Weights, kind_evidence, kind_scores, softmax
from docextract.classification.phrase_matching import PhraseMatcher
from docextract.document import UNKNOWN
from docextract.errors import ConfigError
from docextract.schema import KindSchema, Schema
from docextract.stages.classify import Classify

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
def phrases() -> PhraseMatcher:
    return PhraseMatcher([RECEIPT, LETTER])


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
    for hit in PhraseMatcher([RECEIPT, LETTER]).find(text):
        assert 0 <= hit.start < hit.end <= len(text)


def test_deciding_phrases_come_first(phrases):
    hits = list(phrases.find("change given on this cash receipt, change"))
    spans = deciding_phrases(hits, "receipt")
    assert [str(span.origin) for span in spans] == ["rule:decide", "rule:words"]


def test_a_fixed_kind_needs_no_model(doc):
    (done,) = Classify(kind="receipt", schemas=(RECEIPT,))([doc("hello")])
    assert done.kind is not None
    assert (done.kind.label, done.kind.confidence) == ("receipt", 1.0)


def test_a_fixed_kind_must_have_a_schema():
    with pytest.raises(ConfigError, match="no schema for kind 'bill'"):
        Classify(kind="bill", schemas=(RECEIPT,))


def test_evidence_counts_a_phrase_once(phrases):
    hits = list(phrases.find("change change change cashier"))
    assert kind_evidence({"receipt": 0.4}, hits, ["receipt", "letter"])["receipt"].words == 2


def test_what_speaks_against_lowers_the_score():
    told = {"receipt": 0.3}
    found = kind_evidence(told, list(PhraseMatcher([RECEIPT]).find("invoice number")), ["receipt"])
    without = kind_evidence(told, [], ["receipt"])
    assert kind_scores(found, Weights())["receipt"] < kind_scores(without, Weights())["receipt"]


def test_what_the_model_says_counts_with_its_odds():
    names = ["receipt", "letter", UNKNOWN]
    told = {"receipt": 0.6, "letter": 0.2, UNKNOWN: 0.2}
    plain = Weights(model=1, unknown=0)
    shares = softmax(kind_scores(kind_evidence(told, [], names), plain))
    assert all(math.isclose(shares[name], told[name]) for name in names)


def test_a_probability_of_nothing_is_no_proof():
    names = ["receipt", UNKNOWN]
    shares = softmax(
        kind_scores(kind_evidence({"receipt": 0.0, UNKNOWN: 1.0}, [], names), Weights())
    )
    assert 0 < shares["receipt"] < 0.01


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
        huggingface_folder=str(tmp_path),
        labels={"bill": "receipt"},
        least=0.0,
        device="cpu",
        schemas=(RECEIPT,),
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
        Classify(huggingface_folder=str(tmp_path))([doc("hello")])


def test_without_a_model_phrases_tell(doc):
    stage = Classify(schemas=(RECEIPT, LETTER), model="")
    made = doc("Corner Shop", "Total 1.20", "Cash receipt", "Change 0.80", "Cashier 4")
    (done,) = stage([made])
    assert (done.kind.label, done.kind.origin) == ("receipt", "rule:phrases")
    assert done.text[done.kind.words[0].start : done.kind.words[0].end] == "Cash receipt"
    assert stage([doc("The moon orbits the earth in a month.")])[0].kind.label == UNKNOWN


@pytest.fixture(scope="module")
def shipped() -> Classify:
    return Classify(schemas=(RECEIPT, LETTER), device="cpu")


@pytest.mark.model
def test_a_receipt_is_told_with_runners_up_and_reasons(shipped, doc):
    made = doc("Corner Shop", "Milk 1.20", "Total 1.20", "Cash receipt", "Change 0.80", "Cashier 4")
    (done,) = shipped([made])
    assert done.kind.label == "receipt"
    assert {name for name, _ in done.kind.runners_up} == {"letter", UNKNOWN}
    assert {str(span.origin) for span in done.kind.words} == {"rule:decide", "rule:words", "model"}


@pytest.mark.model
def test_running_text_of_no_kind_is_unknown(shipped, doc):
    made = doc("The moon is the only natural satellite of the earth.", "It orbits in a month.")
    assert shipped([made])[0].kind.label == UNKNOWN


def test_a_document_without_words_is_unknown(doc):
    assert Classify(schemas=(RECEIPT,), model="")([doc("")])[0].kind.label == UNKNOWN
