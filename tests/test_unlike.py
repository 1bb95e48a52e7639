"""Who sells is not who buys."""

import pytest
from docextract.resolution.distinct_fields import told_apart, without_twins

from docextract.document import Document, Kind, Value
from docextract.errors import ConfigError
from docextract.schema import Schema
from docextract.stages.check import Check

BILL = Schema(
    name="bill",
    fields={"seller": {"type": "name"}, "buyer": {"type": "name", "unlike": "seller"}},
)


def value(field, text, confidence):
    return Value(field, text, text, confidence, ((0, 1),), "rule:label below, short")


def data(*values):
    doc = Document("a", kind=Kind("bill", 1.0), candidates=values)
    (made,) = Check((BILL,), model="")([doc])
    return made.record.data


def test_a_party_that_is_surely_the_seller_is_not_the_buyer_too():
    found = data(
        value("seller", "Tarn Ltd", 0.9), value("buyer", "TARN LTD", 0.8), value("buyer", "Bo", 0.6)
    )
    assert found == {"seller": "Tarn Ltd", "buyer": "Bo"}


def test_the_surer_field_keeps_the_party():
    found = data(
        value("seller", "Tarn Ltd", 0.7),
        value("buyer", "Tarn Ltd", 0.9),
        value("seller", "Bo", 0.6),
    )
    assert found == {"seller": "Bo", "buyer": "Tarn Ltd"}


def test_without_another_candidate_an_unsure_field_stays_empty():
    found = data(value("seller", "Tarn Ltd", 0.9), value("buyer", "Tarn Ltd", 0.7))
    assert found == {"seller": "Tarn Ltd", "buyer": None}


def test_different_parties_stay_as_they_are():
    ranked = {"seller": [value("seller", "A", 0.9)], "buyer": [value("buyer", "B", 0.4)]}
    assert told_apart(BILL, ranked) == ranked


def test_a_field_that_is_not_there_is_told_with_its_line(tmp_path):
    path = tmp_path / "s.toml"
    path.write_text('name = "s"\n[fields.a]\nunlike = "c"\n')
    with pytest.raises(ConfigError, match="line 3: field 'a': unlike"):
        Schema.load(path)


def seen(field, text, confidence):
    return Value(field, text, text, confidence, ((0, 1),), "model:m@1")


def test_what_the_model_gives_for_the_rival_more_surely_does_not_count():
    mine, other = seen("buyer", "Tarn Ltd", 0.5), seen("buyer", "Bo", 0.2)
    rival, label = seen("seller", "Tarn Ltd.", 0.9), value("buyer", "Ann", 0.9)
    assert without_twins(BILL, [mine, other, rival, label]) == [other, rival, label]
    assert without_twins(BILL, [mine, other, label]) == [mine, other, label]


def test_a_label_says_surely_who_the_rival_is_but_a_place_does_not():
    mine = seen("buyer", "Tarn Ltd", 0.5)
    labelled = value("seller", "Tarn Ltd", 0.9)
    placed = Value("seller", "Tarn Ltd", "Tarn Ltd", 0.9, ((0, 1),), "rule:heading")
    assert without_twins(BILL, [mine, labelled]) == [labelled]
    assert without_twins(BILL, [mine, placed]) == [mine, placed]


def test_what_rules_find_for_both_stays():
    both = [value("buyer", "Tarn Ltd", 0.5), value("seller", "Tarn Ltd", 0.9)]
    assert without_twins(BILL, both) == both
