"""What rules and a model are worth together."""

import json
import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.document import Document, Kind
from docextract.errors import ConfigError
from docextract.resolution.assignment import merged
from docextract.resolution.conflicts import settled
from docextract.resolution.scoring import (
    AMBIGUOUS,
    FEATURES,
    NAME,
    Joining,
    features,
    is_ambiguous,
    type_of,
)
from docextract.schema import FieldSchema, Schema
from docextract.stages.check import Check
from tests.made_values import make_value, otherwise

MONEY, NAMES = FieldSchema(type="money"), FieldSchema(type="name", many=True)
ADDRESS = FieldSchema(type="address")
LABEL, PATTERN, MODEL, FORM = "rule:label right", "rule:pattern 1", "model:m@1 0.9", "form:Total"
WEIGHTS = dict.fromkeys((*FEATURES, AMBIGUOUS), 0.0) | {
    "bias": -2.0,
    "by_model": 2.0,
    "model": 1.0,
    "by_rules": 1.0,
    "rules": 0.5,
    "ways": 0.5,
    "model_against": -1.0,
    "rules_against": -1.0,
}
TABLE = Joining({"money": WEIGHTS}, frozenset({"bill"}))
shares = st.floats(0, 1)


def value(typed, origin, confidence, name="total"):
    return make_value(name, str(typed), typed, confidence, ((0, 1),), origin)


def test_features_say_who_gives_a_value_and_how_surely():
    groups = [
        [value(5, MODEL, 0.5), value(5, LABEL, 0.9), value(5, PATTERN, 0.5)],
        [value(7, MODEL, 0.4)],
    ]
    told = features(MONEY, groups, 0)
    assert (told["by_model"], told["by_rules"], told["ways"]) == (1, 1, 1)
    assert told["model"] == 0
    assert told["rules"] == pytest.approx(2.197, abs=1e-3)
    assert (told["model_against"], told["rules_against"]) == (0.4, 0)
    assert features(MONEY, groups, 1)["rules_against"] == 0.9


def test_an_address_within_another_does_not_contradict_it():
    groups = [[value("Mill Lane 4", MODEL, 0.8)], [value("Mill Lane 4, Ely", LABEL, 0.6)]]
    part, whole = (features(ADDRESS, groups, at) for at in (0, 1))
    assert (part["part"], part["whole"], part["rules_against"]) == (0.6, 0, 0)
    assert (whole["part"], whole["whole"], whole["model_against"]) == (0, 0.8, 0)


def test_an_address_with_all_its_parts_is_complete():
    groups = [[value("Mühlgasse 4", MODEL, 0.8)], [value("Mühlgasse 4, 80333 München", LABEL, 0.6)]]
    assert [features(ADDRESS, groups, at)["complete"] for at in (0, 1)] == [1 / 3, 1]


def test_the_silence_of_a_model_that_was_not_asked_says_nothing():
    unasked = FieldSchema(type="money", asked=False)
    found = value(5, PATTERN, 0.8)
    assert settled(unasked, [found], TABLE)[0].confidence == 0.8
    assert settled(MONEY, [found], TABLE)[0].confidence < 0.8


def test_a_date_is_ambiguous_where_all_who_give_it_can_be_read_otherwise():
    may, march = date(2026, 5, 3), date(2026, 3, 5)
    plain = value(may, LABEL, 0.8)
    second = otherwise(plain, march)
    unsure = replace(plain, alternatives=(second,))
    day = FieldSchema(type="date")
    assert is_ambiguous(day, [unsure, unsure])
    assert not is_ambiguous(day, [unsure, plain])
    assert not is_ambiguous(MONEY, [unsure])


def test_however_sure_an_ambiguous_date_is_it_is_worth_a_share_of_that():
    joining = Joining({"date": WEIGHTS | {AMBIGUOUS: math.log(0.6)}})
    plain = value(date(2026, 5, 3), MODEL, 0.9)
    second = otherwise(plain, date(2026, 3, 5))
    day = FieldSchema(type="date")
    told = [[plain]], [[replace(plain, alternatives=(second,))]]
    sure, less = (joining(day, groups, 0) for groups in told)
    assert sure == pytest.approx(0.9)
    assert less == pytest.approx(0.6 * 0.9)


@given(shares, shares, shares)
def test_any_confidences_make_a_probability(model, rules, other):
    groups = [[value(5, MODEL, model), value(5, LABEL, rules)], [value(7, PATTERN, other)]]
    assert all(0 <= TABLE(MONEY, groups, at) <= 1 for at in (0, 1))


def test_a_type_has_its_own_weights_and_a_list_others():
    own = Joining({"money": WEIGHTS, "money, many": WEIGHTS | {"bias": 50.0}})
    groups = [[value(5, MODEL, 0.5)]]
    assert own(FieldSchema(type="money", many=True), groups, 0) > 0.99
    assert own(MONEY, groups, 0) == TABLE(MONEY, groups, 0)
    assert (type_of(MONEY), type_of(NAMES)) == ("money", "name, many")


def test_sources_of_a_type_that_was_not_measured_are_independent():
    values = [value("A", MODEL, 0.5), value("A", LABEL, 0.5)]
    assert not TABLE.knows(FieldSchema(type="code"))
    assert settled(FieldSchema(type="code"), values, TABLE)[0].confidence == 0.75


def test_values_that_are_joined_take_their_share_from_the_table():
    told = settled(MONEY, [value(5, MODEL, 0.5), value(5, LABEL, 0.5)], TABLE)
    assert told[0].confidence == pytest.approx(0.731, abs=1e-3)  # log odds of -2 + 2 + 1


def test_other_sources_are_independent_of_what_is_joined():
    values = [value(5, MODEL, 0.5), value(5, LABEL, 0.5), value(5, FORM, 0.9)]
    (one,) = settled(MONEY, values, TABLE)
    assert one.confidence == pytest.approx(1 - 0.269 * 0.1, abs=1e-3)


def test_a_contradiction_that_the_table_knows_of_is_told_and_not_counted_twice():
    values = [value(Decimal(5), MODEL, 0.95), value(Decimal(7), LABEL, 0.95)]
    alone = merged(values, lambda groups, at: TABLE(MONEY, groups, at))
    told = settled(MONEY, values, TABLE)
    assert [one.confidence for one in told] == [one.confidence for one in alone]
    assert [check.holds for one in told for check in one.checks] == [False, False]


def test_a_contradiction_by_what_the_table_takes_for_a_mistake_is_no_matter():
    values = [value(Decimal(5), MODEL, 0.95), value(Decimal(7), LABEL, 0.8)]
    told = settled(MONEY, values, TABLE)
    assert [one.checks for one in told] == [(), ()]
    assert told[0].value == 5


def test_where_no_model_was_asked_its_silence_says_nothing(tmp_path):
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    TABLE.save(folder)
    bill = Schema(name="bill", fields={"total": {"type": "money"}})
    stage = Check((bill,), model=str(folder))
    by_rule = Document("a", kind=Kind("bill", 1.0), candidates=(value(Decimal(5), LABEL, 0.8),))
    assert stage([by_rule])[0].record.evidence["total"].confidence == 0.8
    asked = by_rule.add(candidates=(value(Decimal(7), MODEL, 0.2),))
    assert stage([asked])[0].record.evidence["total"] is None


def test_the_model_counts_for_less_on_kinds_of_which_it_saw_no_real_document():
    values = [value(5, MODEL, 0.9), value(7, LABEL, 0.6)]
    joining, told = TABLE.of("offer", values)
    assert joining.weights == {}
    assert [one.confidence for one in told] == pytest.approx([0.63, 0.6])
    assert TABLE.of("bill", values) == (TABLE, values)


def test_a_kind_has_weights_of_its_own_where_it_was_measured():
    own = replace(TABLE, weights={**TABLE.weights, "bill.money": WEIGHTS | {"bias": 1.0}})
    values = [value(5, MODEL, 0.9)]
    assert own.of("bill", values)[0].weights["money"]["bias"] == 1
    other = replace(own, kinds=frozenset({"bill", "order"}))
    assert other.of("order", values)[0].weights["money"]["bias"] == -2


def test_a_folder_that_does_not_say_what_was_learnt_leaves_values_as_they_are(tmp_path):
    values = [value(5, MODEL, 0.9)]
    assert Joining.load(tmp_path).of("offer", values) == (Joining(), values)


def test_a_table_is_read_as_it_was_written(tmp_path):
    made = Joining({"money": WEIGHTS, "date": WEIGHTS | {"bias": 0.25}}, frozenset({"bill"}))
    made.save(tmp_path)
    assert Joining.load(tmp_path) == made
    assert Joining.load(tmp_path).fingerprint == made.fingerprint != TABLE.fingerprint


def test_a_folder_without_a_table_takes_sources_as_independent(tmp_path):
    assert Joining.load(tmp_path).weights == {}
    values = [value(date(2026, 1, 2), MODEL, 0.5), value(date(2026, 1, 2), LABEL, 0.5)]
    assert settled(FieldSchema(type="date"), values, Joining())[0].confidence == 0.75


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "joining.json"),
        ("{}", "kinds"),
        (
            json.dumps({"kinds": [], "weights": {"date": {"bias": 1.0}}}),
            "the weights must be bias, by_model",
        ),
        (json.dumps({"kinds": [], "weights": {"date": WEIGHTS | {"bias": "x"}}}), "date.bias"),
    ],
)
def test_a_damaged_table_says_where_and_what(tmp_path, content, says):
    (tmp_path / NAME).write_text(content)
    with pytest.raises(ConfigError, match=says):
        Joining.load(tmp_path)
