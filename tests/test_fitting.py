"""What is fitted beside the model: counts of rules, the scorer's weights, those of checks."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from docextract.document import Document
from docextract.models.bi_encoder.passage import Passage
from docextract.resolution.scoring.scorer import CheckWeights, Scorer, softmax
from docextract.schema import Schema
from docextract.training.data.examples import Example
from docextract.training.fitting import cases as fitting_cases
from docextract.training.fitting.__main__ import cross_validated
from docextract.training.fitting.cases import Case, Solved
from docextract.training.fitting.check_fit import NAMES, Tied, fit_checks, tied
from docextract.training.fitting.labelled_sets import Example as Labelled
from docextract.training.fitting.rule_counts import counted
from docextract.training.fitting.scorer_data import Choice, choices
from docextract.training.fitting.scorer_fit import LEAST_SHARE, fit, least_of, predicted
from tests.made_values import make_value, otherwise

BILL = Schema(
    name="bill",
    fields={
        "net": {"type": "money"},
        "tax": {"type": "money"},
        "total": {"type": "money"},
        "issued": {"type": "date"},
        "people": {"type": "name", "many": True},
        "items": {"type": "rows", "fields": {"price": {"type": "money"}}},
    },
    checks=[{"rule": "net + tax == total"}],
)
SCHEMAS = {"bill": BILL}
NOTHING = Scorer(weights={})


def value(field, given, confidence=0.7, origin="rule:label right, short", **more):
    return make_value(field, str(given), given, confidence, ((0, 1),), origin, **more)


def case(*candidates, name="a", columns=None, **answers):
    """A document with its candidates, and the right answers of fields."""
    doc = Document(name, candidates=candidates)
    known = {field: tuple(own) for field, own in answers.items()}
    return Solved(Case(doc, "bill", known, columns=columns or {}), doc)


# Counts of rules


def test_a_rule_counts_once_for_what_it_says_several_times_of_a_document():
    said = value("total", Decimal(5))
    found = case(said, said, value("total", Decimal(7)), total=["5"])
    assert counted([found], SCHEMAS) == {"label right, short": {"money": (1, 2)}}
    again = case(said, name="b", total=["5"])
    assert counted([found, again], SCHEMAS) == {"label right, short": {"money": (2, 3)}}


def test_rules_are_counted_with_their_traits_and_by_the_type_of_the_field():
    found = case(
        value("total", Decimal(5)),
        value("total", Decimal(5), origin="rule:label right, short, again"),
        value("issued", date(2024, 5, 3)),
        total=["5"],
        issued=["2024-05-03"],
    )
    assert counted([found], SCHEMAS) == {
        "label right, short": {"date": (1, 1), "money": (1, 1)},
        "label right, short, again": {"money": (1, 1)},
    }


def test_what_is_not_known_is_not_counted_and_what_is_absent_is_wrong():
    given = value("total", Decimal(5)), value("net", Decimal(4))
    assert counted([case(*given, total=[])], SCHEMAS) == {"label right, short": {"money": (0, 1)}}


def test_other_sources_than_rules_are_not_counted():
    assert (
        counted([case(value("total", Decimal(5), origin="model:tiny"), total=["5"])], SCHEMAS) == {}
    )


def test_a_date_at_the_right_words_is_right_whichever_way_it_is_read():
    read = value("issued", date(2024, 3, 5))
    read = replace(read, alternatives=(otherwise(read, date(2024, 5, 3)),))
    found = case(read, issued=["2024-05-03"])
    assert counted([found], SCHEMAS) == {"label right, short": {"date": (1, 1)}}


def test_cells_count_row_by_row():
    cells = [value("items.price", Decimal(5), origin="rule:row", row=row) for row in (0, 1)]
    found = case(*cells, columns={"items.price": ("5",)})
    assert counted([found], SCHEMAS) == {"row": {"money": (2, 2)}}


# Choices


def test_a_field_of_one_value_is_one_choice_and_of_many_one_a_candidate():
    found = case(
        value("total", Decimal(5)),
        value("total", Decimal(7)),
        value("people", "Zoe"),
        value("people", "Adam"),
        total=["5"],
        people=["Zoe"],
    )
    total, zoe, adam = choices([found], SCHEMAS)
    assert (total.right, total.many) == ((True, False), False)
    assert (zoe.right, adam.right, adam.many) == ((True,), (False,), True)


def test_candidates_that_say_the_same_are_one():
    found = case(
        value("total", Decimal(5)), value("total", Decimal(5), origin="rule:sign"), total=["5"]
    )
    (total,) = choices([found], SCHEMAS)
    assert total.right == (True,)


# The scorer's weights


def drawn(count, weights, *, level="|money", seed=0, document="d"):
    """Choices drawn from a scorer of these weights: up to three candidates, or none."""
    draw = random.Random(seed)
    made = []
    for number in range(count):
        told = [{name: draw.uniform(-2, 2) for name in weights} for _ in range(draw.randint(1, 3))]
        scores = [sum(weights[name] * n for name, n in one.items()) for one in told]
        shares = softmax(scores)
        at = draw.choices(range(len(told) + 1), [*shares, max(0.0, 1 - sum(shares))])[0]
        right = tuple(n == at for n in range(len(told)))
        wide = tuple(
            {f"{name}{end}": n for name, n in one.items() for end in ("", level)} for one in told
        )
        made.append(Choice(f"{document}{number}", wide, right, right, (False,) * len(told)))
    return made


def test_the_weights_that_choices_were_drawn_by_are_found():
    truth = {"rules": 1.2, "model": 0.7, "rules_against": -0.8}
    made = fit(drawn(4000, truth), NOTHING)
    for name, weight in truth.items():
        assert made.weights[name] + made.weights[f"{name}|money"] == pytest.approx(weight, abs=0.15)
    assert made.documents == 4000


def test_without_choices_of_a_feature_its_weight_stays_what_it_was():
    made = fit(drawn(50, {"rules": 1.0}), Scorer(weights={"repaired": -0.9, "rules": 1.0}))
    assert made.weights["repaired"] == -0.9


def test_a_type_with_few_values_stays_near_all_and_one_with_many_goes_its_way():
    known = drawn(3000, {"rules": 1.5})

    def of_dates(count):
        few = drawn(count, {"rules": -0.5}, level="|date", seed=1, document="e")
        made = fit([*known, *few], NOTHING)
        return made.weights["rules"] + made.weights["rules|date"]

    few, many = of_dates(2), of_dates(2000)
    assert few > 0.75
    assert many == pytest.approx(-0.5, abs=0.15)


def test_what_is_predicted_is_the_softmax_of_the_weights():
    scorer = Scorer(weights={"rules": 1.0})
    one = Choice("a", ({"rules": 1.0}, {"rules": -1.0}), (True, False), (True, False), (False,) * 2)
    (shares,) = predicted([one], scorer)
    assert shares.tolist() == pytest.approx(softmax([1.0, -1.0]))
    (doubted,) = predicted([replace(one, ambiguous=(True, False))], scorer)
    assert doubted.tolist() == pytest.approx([shares[0] * 0.55, shares[1]])


@pytest.mark.parametrize(("right", "share"), [(9, 0.9), (2, LEAST_SHARE)])
def test_ambiguous_dates_are_as_sure_as_they_were_right_but_no_worse_than_a_coin(right, share):
    found = [Choice(str(n), ({"rules": 1.0},), (True,), (n < right,), (True,)) for n in range(10)]
    assert np.exp(fit(found, NOTHING).ambiguous) == pytest.approx(share)


def test_values_are_kept_from_half_of_the_highest_f1_on():
    shares = [0.9, 0.8, 0.7, 0.3, 0.2, 0.1]
    right = [True, True, True, False, False, False]
    found = [Choice("a", ({},), (r,), (r,), (False,)) for r in right]
    assert least_of(found, [np.array([share]) for share in shares]) == 0.5  # F1 of 1


def test_folds_keep_a_document_on_one_side(monkeypatch, capsys):
    found = [one for n in range(3) for one in drawn(40, {"rules": 1.0}, seed=n)]
    sides = []
    monkeypatch.setattr(
        "docextract.training.fitting.__main__.fit",
        lambda part: sides.append({one.document for one in part}) or Scorer(),
    )
    monkeypatch.setattr(
        "docextract.training.fitting.__main__.predicted",
        lambda part, scorer: (
            sides.append({one.document for one in part})
            or [np.full(len(one.right), 0.5) for one in part]
        ),
    )
    cross_validated(found, found)
    pairs = list(zip(sides[::2], sides[1::2], strict=True))
    assert len(pairs) == 5
    assert all(learnt.isdisjoint(judged) for learnt, judged in pairs)
    assert set.union(*(judged for _, judged in pairs)) == {one.document for one in found}
    assert "cross-validated" in capsys.readouterr().out


# Weights of checks


def tie(holds, *, right):
    """Two assignments that are as likely but for an equation: (holds, fails), (fails, holds)."""
    counts = np.zeros((2, len(NAMES)))
    counts[0, NAMES.index("equation_holds")] = counts[1, NAMES.index("equation_fails")] = 1
    told = np.array([True, False]) if right == holds else np.array([False, True])
    return Tied(np.zeros(2), counts, told)


def test_weights_of_checks_move_towards_what_they_told():
    start = CheckWeights(equation_holds=1.0, equation_fails=-1.0)
    told = fit_checks([tie(True, right=True)] * 50, start)
    assert told.equation_holds > 1.0
    assert told.equation_fails < -1.0
    misled = fit_checks([tie(True, right=False)] * 50, start)
    assert 0 <= misled.equation_holds < 1.0
    assert 0 >= misled.equation_fails > -1.0
    assert told.same_party == misled.same_party == start.same_party


def test_without_documents_the_weights_of_checks_stay():
    assert fit_checks([]) == CheckWeights()


def test_documents_whose_checks_have_something_to_tell_are_tied():
    found = case(
        value("net", Decimal(4)),
        value("tax", Decimal(1)),
        value("total", Decimal(5)),
        value("total", Decimal(7)),
        net=["4"],
        tax=["1"],
        total=["5"],
    )
    (one,) = tied([found], SCHEMAS, Scorer())
    assert one.right.sum() == 1
    holds = one.counts[:, NAMES.index("equation_holds")]
    assert holds[one.right] == [1]
    assert tied([case(value("net", Decimal(4)), net=["4"])], SCHEMAS, Scorer()) == []


# What nobody learnt from


def test_the_held_out_part_and_the_rest_are_disjoint_and_together_all(monkeypatch, tmp_path):
    names = [f"{number}.pdf" for number in range(40)]
    told = [Example(name, "set", name, Passage.of_text("a word"), kind="receipt") for name in names]
    monkeypatch.setattr(fitting_cases.corpora, "load", lambda data, wanted, part: told)
    layout = fitting_cases.FIELD_SETS["receipts-sroie"]
    monkeypatch.setattr(fitting_cases, "FIELD_SETS", {"receipts-sroie": layout})
    monkeypatch.setattr(fitting_cases, "FITTED_SETS", ("receipts-sroie",))
    made = [Labelled(name, None, Document(name), {"total": ("5",)}) for name in names]
    monkeypatch.setattr(fitting_cases, "examples", lambda data, name, part: iter(made))
    sides = [
        {one.document.name for one in fitting_cases.labelled(tmp_path, held_out=held)}
        for held in (True, False)
    ]
    assert sides[0].isdisjoint(sides[1])
    assert sides[0] | sides[1] == set(names)
    assert len(sides[0]) == 4
