"""The assignment: checks choose among the options of the fields that they tie together."""

import math
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.resolution import assignment
from docextract.resolution.assignment import RIVALS, TRIALS, assigned, assignments, components
from docextract.resolution.checks import Constraints, weight
from docextract.resolution.groups import Group
from docextract.resolution.scoring.scorer import MOST, CheckWeights, Option, softmax
from docextract.schema import Schema
from tests.made_values import make_value

WEIGHTS = CheckWeights()
SUM = Schema(
    name="bill",
    fields={name: {"type": "money"} for name in ("net", "tax", "total", "paid", "change")},
    checks=[{"rule": "net + tax == total"}, {"rule": "tax <= total"}],
)
PARTIES = Schema(
    name="bill", fields={"seller": {"type": "name", "unlike": "buyer"}, "buyer": {"type": "name"}}
)
TIES = Constraints.of_document(SUM, {})


def options(field, *pairs, origin="rule:label right"):
    """Options of a field, best first: (value, score) each."""
    shares = softmax([score for _, score in pairs])
    made = []
    for (told, score), share in zip(pairs, shares, strict=True):
        typed = Decimal(told) if isinstance(told, int) else told
        value = make_value(field, str(told), typed, share, origin=origin)
        made.append(Option(value, score, Group((value,))))
    return sorted(made, key=lambda one: -one.value.confidence)


def fields(**given):
    return {name: options(name, *pairs) for name, pairs in given.items()}


def taken(made):
    return {name: own[0].value.value for name, own in made.items()}


# What is tied together


def test_fields_of_one_check_are_a_component_and_others_stay_alone():
    assert components(TIES, SUM.fields) == [["net", "tax", "total"]]


def test_fields_are_tied_through_others():
    schema = SUM.model_copy(
        update={"checks": Schema(name="x", fields=SUM.fields, checks=[
            {"rule": "net == tax"}, {"rule": "paid == change"}, {"rule": "tax == paid"},
        ]).checks}
    )  # fmt: skip
    ties = Constraints.of_document(schema, {})
    assert components(ties, SUM.fields) == [["change", "net", "paid", "tax"]]


def test_a_field_without_a_candidate_ties_nothing():
    assert components(TIES, ["net"]) == [["net"]]
    assert components(TIES, ["paid"]) == []


def test_parties_are_tied_to_each_other():
    assert components(Constraints.of_document(PARTIES, {}), PARTIES.fields) == [["buyer", "seller"]]


def test_a_field_that_no_check_names_stays_as_it_is():
    given = fields(paid=[(5, 1.0), (6, 0.5)])
    assert assigned(given, TIES, WEIGHTS) == given


# What is chosen


def test_a_sum_that_comes_true_chooses_among_candidates():
    given = fields(net=[(100, 1)], tax=[(19, 1)], total=[(100, 1.0), (119, 0.5)])
    made = assigned(given, TIES, WEIGHTS)
    assert taken(made) == {"net": 100, "tax": 19, "total": 119}
    (won, lost) = made["total"]
    assert won.value.confidence > 0.9
    assert lost.value.confidence < 0.1


def test_what_the_checks_changed_is_one_more_term():
    made = assigned(fields(net=[(100, 1)], tax=[(19, 1)], total=[(119, 1)]), TIES, WEIGHTS)
    name, moved = made["total"][0].value.terms[-1]
    assert name == "checks"
    assert moved > 0


def test_a_sum_that_fails_leaves_less_to_each_of_its_values():
    given = fields(net=[(100, 1)], tax=[(19, 1)], total=[(120, 1)])
    made = assigned(given, TIES, WEIGHTS)
    for name, (one,) in made.items():
        assert one.value.confidence < given[name][0].value.confidence


def test_none_is_an_option_and_takes_from_a_value_that_breaks_a_check():
    given = fields(net=[(100, 3)], tax=[(19, 3)], total=[(500, 0.1)])
    tried = list(assignments(given, TIES))
    assert any(one.choices["total"] is None for one in tried)
    best = max(tried, key=lambda one: one.score + weight(WEIGHTS, one.counted))
    assert best.choices["total"] is None
    made = assigned(given, TIES, WEIGHTS)
    assert made["total"][0].value.confidence < 0.3
    assert made["net"][0].value.confidence > 0.8


def test_two_parties_are_never_the_same_where_there_is_another_name():
    given = fields(seller=[("ACME", 2), ("Bolt", -1)], buyer=[("Acme", 2), ("Cog", 1)])
    made = assigned(given, Constraints.of_document(PARTIES, {}), WEIGHTS)
    assert taken(made) == {"seller": "ACME", "buyer": "Cog"}


def test_what_a_file_states_is_not_up_for_choice():
    given = fields(net=[(100, 2)], tax=[(19, 2)]) | {
        "total": options("total", (120, 0.0), origin="xml:BT-112")
    }
    made = assigned(given, TIES, WEIGHTS)
    assert all(one.choices["total"] for one in assignments(given, TIES))
    assert made["total"] == given["total"]


def test_columns_of_rows_have_a_say():
    schema = SUM.model_copy(update={"checks": Schema(
        name="x",
        fields={**SUM.fields, "items": {"type": "rows", "fields": {"price": {"type": "money"}}}},
        checks=[{"rule": "sum(items.price) == net"}],
    ).checks})  # fmt: skip
    ties = Constraints.of_document(schema, {"items.price": [Decimal(2), Decimal(3)]})
    assert taken(assigned(fields(net=[(7, 1.0), (5, 0.5)]), ties, WEIGHTS)) == {"net": 5}


# How much is tried


def test_so_many_rivals_of_a_field_are_tried_and_the_others_stay_as_likely():
    given = fields(net=[(n, 1 - n / 10) for n in range(6)], tax=[(1, 1)], total=[(2, 1)])
    tried = {one.choices["net"] for one in assignments(given, TIES)}
    assert {one.value.value for one in tried if one} == set(range(RIVALS))
    made = assigned(given, TIES, WEIGHTS)["net"]
    before = {one.value.value: one.value.confidence for one in given["net"]}
    after = {one.value.value: one.value.confidence for one in made}
    assert all(after[number] == before[number] for number in range(RIVALS, 6))
    assert sum(one.value.confidence for one in made) <= 1


def test_where_there_is_too_much_to_try_the_least_likely_options_are_left_out():
    names = [f"part_{letter}" for letter in "abcdefg"]
    schema = Schema(
        name="bill",
        fields={name: {"type": "money"} for name in names},
        checks=[{"rule": f"{' + '.join(names[:-1])} == {names[-1]}"}],
    )
    given = {name: options(name, (7, 0.4), (8, 0.0), (9, -0.4)) for name in names}
    ties = Constraints.of_document(schema, {})
    tried = list(assignments(given, ties))
    assert 1 < len(tried) <= TRIALS
    made = assigned(given, ties, WEIGHTS)
    for name in names:
        assert any(one.choices[name] is given[name][0] for one in tried)
        # None of the sums comes true, so nothing is surer than it was.
        for one in made[name]:
            (before,) = [old for old in given[name] if old.value.value == one.value.value]
            assert one.value.confidence < before.value.confidence + 0.05


def test_options_that_are_hardly_likely_are_not_tried():
    given = fields(net=[(100, 5), (7, -5)], tax=[(19, 1)], total=[(119, 1)])
    assert {
        one.choices["net"].value.value for one in assignments(given, TIES) if one.choices["net"]
    } == {100}


SCORES = st.floats(-2, 2)
AMOUNTS = st.integers(0, 4)
OPTIONS = st.lists(
    st.tuples(AMOUNTS, SCORES), min_size=1, max_size=RIVALS, unique_by=lambda pair: pair[0]
)


@given(net=OPTIONS, tax=OPTIONS, total=OPTIONS)
def test_the_assignment_that_is_taken_is_the_best_of_all(net, tax, total):
    given = fields(net=net, tax=tax, total=total)
    every = list(product(*([*own, None] for own in given.values())))

    def score(chosen):
        values = {n: one.value.value for n, one in zip(given, chosen, strict=True) if one}
        own = sum(one.score for one in chosen if one)
        return own + weight(WEIGHTS, TIES.counts(values))

    scores = [score(chosen) for chosen in every]
    total_weight = sum(map(math.exp, scores))
    best = max(scores)
    made = assigned(given, TIES, WEIGHTS)
    by_value = {n: {one.value.value: one for one in own} for n, own in given.items()}
    chosen = [by_value[name][own[0].value.value] for name, own in made.items()]
    alike = [
        one for one, own in zip(every, scores, strict=True) if own == pytest.approx(best, abs=1e-9)
    ]
    # A field that the best assignment leaves without a value keeps its likeliest one, unsure.
    assert any(
        all(
            best_one is None or best_one is one for best_one, one in zip(other, chosen, strict=True)
        )
        for other in alike
    )
    for at, (name, own) in enumerate(made.items()):
        assert sum(one.value.confidence for one in own) <= 1 + 1e-9
        for one in own:
            old = by_value[name][one.value.value]
            share = sum(math.exp(s) for c, s in zip(every, scores, strict=True) if c[at] is old)
            assert one.value.confidence == pytest.approx(min(MOST, share / total_weight))


@given(net=OPTIONS, tax=OPTIONS, total=OPTIONS)
def test_without_weights_the_checks_change_nothing(net, tax, total):
    nothing = CheckWeights(**dict.fromkeys(CheckWeights.model_fields, 0.0))
    given = fields(net=net, tax=tax, total=total)
    for name, own in assigned(given, TIES, nothing).items():
        assert [one.value.confidence for one in own] == pytest.approx(
            [min(MOST, one.value.confidence) for one in given[name]]
        )


def test_the_cap_is_what_it_is_said_to_be(monkeypatch):
    monkeypatch.setattr(assignment, "TRIALS", 4)
    given = fields(net=[(1, 1), (2, 0)], tax=[(1, 1), (2, 0)], total=[(2, 1), (3, 0)])
    assert len(list(assignments(given, TIES))) <= 4
