"""The scorer: features of made-up candidates, the sum of their terms, softmax with "none"."""

import json
import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.document import Document, Page, Place, Step
from docextract.document.geometry import Box
from docextract.errors import ConfigError
from docextract.resolution.groups import grouped
from docextract.resolution.record_builder import checked_alone
from docextract.resolution.scoring.features import (
    WORDS,
    FieldCandidates,
    expanded,
    features,
    log_odds,
)
from docextract.resolution.scoring.scorer import (
    MOST,
    NAME,
    PRIOR,
    UNPROVEN,
    CheckWeights,
    Least,
    Scorer,
    softmax,
)
from docextract.schema import FieldSchema, Schema
from tests.made_values import both, make_value, otherwise, softmax_of

BILL = Schema(
    name="bill",
    fields={
        "total": {"type": "money"},
        "number": {"type": "code"},
        "iban": {"type": "iban"},
        "issued": {"type": "date", "minimum": "1990-01-01"},
        "seller": {"type": "name", "unlike": "buyer"},
        "buyer": {"type": "name"},
        "address": {"type": "address"},
        "people": {"type": "name", "many": True},
        "items": {"type": "rows", "fields": {"price": {"type": "money"}}},
    },
)
MODEL, FORM, CODE, XML = "model:tiny", "form:Total", "qr:epc", "xml:BT-112"
PLAIN = Scorer(kinds=frozenset({"bill"}))
EMPTY = Document("a.pdf")


def value(field, given, confidence=0.8, origin="rule:label right, short", **more):
    return make_value(field, str(given), given, confidence, ((0, 1),), origin, **more)


def told(*values, doc=EMPTY, rivals=(), asked=False):
    """The features of the first value's group."""
    field = BILL.fields[values[0].field]
    ready = checked_alone(BILL, values)
    return features(doc, FieldCandidates(field, grouped(ready), rivals, asked), 0)


def options(*values, scorer=PLAIN, doc=EMPTY):
    return scorer.options(doc, BILL, checked_alone(BILL, values))


# Features


def test_every_feature_has_words_for_a_person():
    many = told(
        value("total", Decimal(5)),
        value("total", Decimal(5), origin=MODEL),
        value("total", Decimal(5), origin=FORM),
        value("total", Decimal(5), origin=CODE),
        value("total", Decimal(7), origin=MODEL),
    )
    assert {name.partition(":")[0] for name in many} <= WORDS.keys()
    steps = {Step.COMPLETED, Step.SHORTENED, Step.REPAIRED}  # others make other readings
    assert set(map(str, steps)) <= WORDS.keys()


def test_a_source_counts_by_its_log_odds_and_a_rule_by_its_name():
    found = told(value("total", Decimal(5), 0.8, "rule:label right, short, again"))
    assert found == {
        "by_rules": 1.0,
        "rules": pytest.approx(math.log(4)),
        "rule:label right, again": 1.0,
    }


def test_rules_of_several_sorts_are_ways_and_two_labels_are_one():
    labels = value("total", Decimal(5)), value("total", Decimal(5), origin="rule:label below")
    assert "ways" not in told(*labels)
    pattern, sign = (value("total", Decimal(5), origin=f"rule:{o}") for o in ("pattern 1", "sign"))
    assert told(*labels, pattern)["ways"] == 1
    party = value("total", Decimal(5), origin="rule:party block")
    assert told(*labels, pattern, sign, party)["ways"] == 2


def test_rules_and_the_model_are_both():
    found = told(value("total", Decimal(5)), value("total", Decimal(5), 0.9, MODEL))
    assert (found["both"], found["model"]) == (1, pytest.approx(math.log(9)))


def test_a_model_that_was_asked_and_does_not_give_it_is_silent():
    assert told(value("total", Decimal(5)), asked=True)["model_silent"] == 1
    assert "model_silent" not in told(value("total", Decimal(5)))
    agreed = value("total", Decimal(5)), value("total", Decimal(5), origin=MODEL)
    assert "model_silent" not in told(*agreed, asked=True)


def test_what_contradicts_speaks_against_and_what_is_within_does_not():
    one = value("total", Decimal(5))
    found = told(one, value("total", Decimal(7), 0.9, MODEL), value("total", Decimal(8), 0.4))
    assert (found["model_against"], found["rules_against"]) == (0.9, 0.4)
    short, long = value("number", "4711"), value("number", "RE 4711", 0.7)
    assert told(short, long)["part"] == 0.7
    assert told(long, short)["whole"] == 0.8


def test_what_the_other_party_is_called_is_told():
    rival = value("buyer", "ACME", 0.6, MODEL)
    assert told(value("seller", "Acme"), rivals=(rival,))["rival_model"] == 0.6
    assert "rival_model" not in told(value("seller", "Other"), rivals=(rival,))


def test_the_outcome_of_digits_and_ranges_is_a_feature():
    assert told(value("iban", "GB82WEST12345698765432"))["digits_right"] == 1
    assert told(value("iban", "GB82WEST12345698765431"))["digits_wrong"] == 1
    assert told(value("issued", date(1926, 1, 1)))["out_of_range"] == 1
    assert not {"digits_right", "out_of_range"} & told(value("issued", date(2026, 1, 1))).keys()


def test_what_was_done_to_the_words_is_a_feature():
    mended = value("total", Decimal(50)).corrected(Step.REPAIRED, "letters", Decimal(5))
    assert told(mended)["repaired"] == 1


def test_an_address_is_as_complete_as_it_has_parts():
    assert told(value("address", "12 High Street, London N1 6XE"))["complete"] == pytest.approx(1)
    assert told(value("address", "12 High Street")).get("complete", 0) < 1


@pytest.mark.parametrize(("top", "height"), [(0, -0.5), (421, 0.0), (842, 0.5)])
def test_the_place_on_the_first_page_is_a_number(top, height):
    doc = Document("a.pdf", pages=(Page(1, 595, 842, ()), Page(2, 595, 842, ())))
    place = Place(1, Box(10, top, 60, top))
    found = told(value("total", Decimal(5), places=(place,)), doc=doc)
    assert found.get("height", 0.0) == pytest.approx(height)
    later = told(value("total", Decimal(5), places=(place._replace(page=2),)), doc=doc)
    assert later["later_page"] == 1
    assert "height" not in later


def test_a_feature_has_three_levels():
    made = expanded({"rules": 2.0}, "bill", "people", BILL.fields["people"])
    assert made == {"rules": 2.0, "rules|name, many": 2.0, "rules|bill.people": 2.0}


# Scores


def test_the_terms_of_a_value_sum_to_its_score():
    weights = {**PRIOR, "by_rules": 0.3, "by_rules|money": -0.1, "rules|bill.total": 0.2}
    scorer = replace(PLAIN, weights=weights)
    (one, _) = options(
        value("total", Decimal(5)), value("total", Decimal(7), 0.6, MODEL), scorer=scorer
    )["total"]
    assert dict(one.value.terms) == pytest.approx(
        {"rules": 1.2 * math.log(4), "by_rules": 0.3 - 0.1}
    )
    assert sum(number for _, number in one.value.terms) == pytest.approx(one.score)


def test_the_terms_come_by_their_size():
    scorer = replace(PLAIN, weights={"rules": 0.01, "by_rules": -3.0, "rule:label right": 1.0})
    names = [
        name
        for name, _ in options(value("total", Decimal(5)), scorer=scorer)["total"][0].value.terms
    ]
    assert names == ["by_rules", "rule:label right", "rules"]


def test_rivals_and_none_share_the_probability():
    made = options(value("total", Decimal(5), 0.9), value("total", Decimal(7), 0.6))["total"]
    assert [one.value.value for one in made] == [5, 7]
    assert [one.value.confidence for one in made] == pytest.approx(softmax_of(0.9, 0.6))


def test_each_of_many_values_stands_alone_against_none():
    made = options(value("people", "Zoe", 0.9), value("people", "Adam", 0.6))["people"]
    assert [one.value.confidence for one in made] == pytest.approx([0.9, 0.6])


def test_the_word_of_a_model_counts_less_for_a_kind_that_it_never_learnt():
    given = value("total", Decimal(5), 0.9, MODEL)
    known, unknown = (options(given, scorer=one)["total"][0] for one in (PLAIN, Scorer()))
    assert known.value.confidence == pytest.approx(0.9)
    assert unknown.value.confidence == pytest.approx(0.9 * UNPROVEN)
    rule = value("total", Decimal(5), 0.9)
    assert options(rule, scorer=Scorer())["total"][0].value.confidence == pytest.approx(0.9)


def test_what_is_read_is_never_certain_and_what_is_stated_stays_so():
    made = options(*(value("total", Decimal(5), 0.98, o) for o in (MODEL, FORM, CODE)))["total"]
    assert made[0].value.confidence == MOST
    stated = options(value("total", Decimal(5), 1.0, XML), value("total", Decimal(7), 0.99))
    assert stated["total"][0].value.confidence == 1.0


def test_a_repeated_candidate_proves_no_more():
    made = options(*[value("total", Decimal(5), 0.7)] * 3)["total"]
    assert [one.value.confidence for one in made] == pytest.approx([0.7])


def test_independent_sources_that_agree_multiply_their_odds():
    made = options(value("total", Decimal(5), 0.7), value("total", Decimal(5), 0.8, FORM))["total"]
    assert made[0].value.confidence == pytest.approx(both(0.7, 0.8))


def test_a_date_of_two_meanings_is_less_sure_and_says_so():
    read = value("issued", date(2024, 3, 5), 0.9)
    two = replace(read, alternatives=(otherwise(read, date(2024, 5, 3)),))
    field = BILL.fields["issued"]
    assert PLAIN.meant(read, field) is read
    assert PLAIN.meant(two, field).confidence == pytest.approx(0.9 * 0.55)
    assert PLAIN.meant(two, field).terms[-1] == ("ambiguous", PLAIN.ambiguous)


def test_a_cell_is_scored_by_its_own_and_what_is_stated_is_certain():
    price = FieldSchema(type="money")
    cell = value("items.price", Decimal(5), 0.8, row=0)
    assert PLAIN.cell("bill", "items.price", price, cell) == pytest.approx(log_odds(0.8))
    stated = value("items.price", Decimal(5), 1.0, XML, row=0)
    assert PLAIN.cell("bill", "items.price", price, stated) == math.inf


@given(st.lists(st.floats(-700, 700), max_size=6))
def test_probabilities_are_between_0_and_1_and_leave_room_for_none(scores):
    made = softmax(scores)
    assert all(0 <= one <= 1 for one in made)
    assert sum(made) <= 1 + 1e-9
    assert [a for _, a in sorted(zip(scores, made, strict=True))] == sorted(made)


@given(st.floats(0, 1))
def test_log_odds_are_finite_and_those_of_a_half_are_nothing(confidence):
    assert math.isfinite(log_odds(confidence))
    assert log_odds(0.5) == 0
    assert log_odds(confidence) == pytest.approx(-log_odds(1 - confidence))


# The file


def test_what_is_saved_is_what_is_loaded(tmp_path):
    made = Scorer(
        {"rules": 0.9, "rules|date": -0.25},
        frozenset({"bill", "slip"}),
        CheckWeights(
            equation_holds=3.5,
            equation_fails=-2.5,
            order_holds=0.5,
            order_fails=-2.0,
            same_party=-1.0,
        ),
        -0.4,
        Least(one=0.4, many=0.25),
        17,
    )
    made.save(tmp_path)
    assert Scorer.load(tmp_path) == made
    assert Scorer.load(tmp_path).fingerprint == made.fingerprint


def test_weights_that_are_nothing_are_not_saved(tmp_path):
    Scorer({"rules": 1.0, "model": 0.00001}).save(tmp_path)
    assert Scorer.load(tmp_path).weights == {"rules": 1.0}


def test_a_folder_without_weights_has_the_shipped_ones(tmp_path):
    shipped = Scorer.load(tmp_path)
    assert shipped.documents > 0
    assert {"rules", "model"} <= shipped.weights.keys()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weights": {"rules": "much"}}, "weights.rules"),
        ({"least": 0.3}, "least"),
        ({"checks": {"colour": 1}}, "checks.colour: no such key"),
        ({"colour": 3}, "colour: no such key"),
        ({"weights": {"rules": float("inf")}}, "no finite number"),
    ],
)
def test_damaged_weights_are_refused_with_the_place(tmp_path, change, message):
    path = tmp_path / NAME
    PLAIN.save(tmp_path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(ConfigError) as raised:
        Scorer.load(tmp_path)
    assert str(path) in str(raised.value)
    assert message in str(raised.value)


def test_weights_that_are_no_json_are_refused(tmp_path):
    (tmp_path / NAME).write_text("{")
    with pytest.raises(ConfigError, match=NAME):
        Scorer.load(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"weights": {**PRIOR, "rules": 0.9}},
        {"kinds": frozenset({"slip"})},
        {"checks": CheckWeights(order_fails=-9.0)},
        {"ambiguous": -0.1},
        {"least": Least(one=0.9)},
    ],
)
def test_the_fingerprint_follows_every_weight(change):
    assert replace(PLAIN, **change).fingerprint != PLAIN.fingerprint
