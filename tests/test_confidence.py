"""The table of confidences: shares of right values, and the thresholds that follow from them."""

import json
import math
import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract import resources
from docextract.confidence.acceptance import DOUBT, Acceptance, chance, least_values, threshold
from docextract.confidence.fit import FEWEST, Known, curve, fitted, steps
from docextract.confidence.table import CalibrationTable, Step
from docextract.document import Document, Kind
from docextract.errors import ConfigError
from docextract.resolution.scoring.scorer import Scorer
from docextract.schema import Schema
from docextract.stages.check import Check
from tests.made_tables import known, saved, table
from tests.made_values import make_value, softmax_of

BILL = Schema(
    name="bill",
    fields={
        "total": {"type": "money"},
        "people": {"type": "name", "many": True},
        "items": {"type": "rows", "fields": {"price": {"type": "money"}}},
    },
)
pytestmark = pytest.mark.usefixtures("independent_scorer")
SCORES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=300)


def value(field, given, confidence, row=None, origin="rule:label right"):
    return make_value(field, str(given), given, confidence, ((0, 1),), origin, row=row)


def checked(path, *candidates):
    document = Document("a.pdf", kind=Kind("bill", 1.0), candidates=candidates)
    (made,) = Check((BILL,), confidence=str(path))([document])
    return made.record


@pytest.fixture
def halves(tmp_path):
    """A table in which 0.9 means one half and 0.4 means a tenth."""
    return saved(tmp_path / "t.json", known(0.9, 200, 200), known(0.4, 40, 360))


# Curves


@given(SCORES)
def test_a_curve_never_falls_and_stays_between_0_and_1(values):
    points = curve(values)
    assert all(0 <= number <= 1 for point in points for number in point)
    assert list(points) == sorted(points)
    assert [p.share for p in points] == sorted(p.share for p in points)


@given(SCORES, st.randoms())
def test_the_order_of_the_values_does_not_matter(values, random):
    shuffled = random.sample(values, len(values))
    assert curve(shuffled) == curve(values)


def test_equal_scores_are_one_share():
    made = table(known(0.9, 300, 100))
    assert made.share(0.9, "bill.total", "money") == round(301 / 402, 4)


def test_on_values_drawn_from_a_known_law_the_table_finds_it():
    draw = random.Random(7)
    scores = [round(draw.random(), 3) for _ in range(6000)]
    made = fitted([Known("a.b", "text", s, draw.random() < s**2) for s in scores], documents=100)
    for score in (0.3, 0.5, 0.7, 0.9):
        # Pools of some hundred values: three standard errors of such a share.
        assert made.share(score, "a.b", "text") == pytest.approx(score**2, abs=0.08)


def test_a_score_below_all_that_was_measured_is_no_surer_than_in_proportion():
    made = table(known(0.8, 200))
    assert made.share(0.4, "bill.total", "money") == pytest.approx(201 / 202 / 2, abs=1e-4)
    assert made.share(0.0, "bill.total", "money") == 0


def test_a_value_is_judged_by_its_field_else_its_type_else_by_all():
    made = table(
        known(0.9, 300, field="bill.total"),
        known(0.9, 0, 60, field="bill.tax"),
        known(0.9, 0, 300, field="bill.date", kind="date"),
    )
    assert set(made.groups) == {"all", "bill.date", "bill.total", "date", "money"}
    field = made.share(0.9, "bill.total", "money")
    kind = made.share(0.9, "bill.tax", "money")
    other = made.share(0.9, "bill.name", "name")
    assert (field, kind, other) == tuple(
        round((right + 1) / (count + 2), 4) for right, count in [(300, 300), (300, 360), (300, 660)]
    )


def test_too_few_values_make_a_table_that_changes_nothing():
    made = table(known(0.9, 0, FEWEST - 1))
    assert not made.groups
    assert made.share(0.9, "bill.total", "money") == 0.9


# Thresholds


@pytest.mark.parametrize(("values", "wrong"), [(59, 0), (100, 3), (400, 30)])
def test_the_chance_is_the_lower_tail_of_the_binomial_distribution(values, wrong):
    tail = sum(math.comb(values, n) * 0.05**n * 0.95 ** (values - n) for n in range(wrong + 1))
    assert chance(values, wrong, 0.95) == pytest.approx(tail)


@pytest.mark.parametrize("target", [0.9, 0.95, 0.99])
def test_fewer_values_than_least_prove_nothing_and_so_many_do(target):
    least = least_values(target)
    assert threshold([Step(0.9, least - 1, least - 1)], target) is None
    assert threshold([Step(0.9, least, least)], target) == 0.9


def test_the_threshold_is_the_lowest_that_holds():
    made = [Step(0.99, 300, 300), Step(0.9, 600, 598), Step(0.5, 900, 700)]
    assert threshold(made, 0.99) == 0.9
    assert threshold(made, 0.999) is None


def test_below_a_threshold_that_fails_no_other_is_tried():
    made = [Step(0.99, 600, 590), Step(0.9, 3000, 2990)]
    assert threshold(made, 0.99) is None


def test_one_early_mistake_does_not_end_it_where_there_are_values_enough():
    first, rest = Step(0.99, 300, 299), Step(0.9, 3000, 2990)
    assert threshold([first, rest], 0.99) == 0.9
    assert threshold([first, Step(0.9, 387, 386)], 0.99) is None
    assert threshold([first, Step(0.9, 388, 387)], 0.99) == 0.9
    assert threshold([Step(0.99, 230, 230), Step(0.9, 387, 300)], 0.99) == 0.99


def test_steps_count_values_from_the_surest_down_and_the_last_has_all():
    made = steps([(0.5, True), (0.9, False), *[(0.9, True)] * 3, (0.5, False)])
    assert made == (Step(0.9, 4, 3), Step(0.5, 6, 4))


@pytest.mark.parametrize("target", [0.9, 0.95])
def test_thresholds_hold_what_they_promise_on_fresh_values(target):
    """A threshold may promise too much in a tenth of fits; of 60 that is 13 at most, nearly always.

    P(more than 13 of 60) < 0.002 where each fails with 0.1.
    """
    draw = random.Random(3)
    grid = [0.5, 0.7, 0.8, 0.9, 0.94, 0.97, 0.99, 0.995]
    assert DOUBT == 0.1
    broken = 0
    for _ in range(60):
        seen = [Known("a.b", "text", s, draw.random() < s) for s in draw.choices(grid, k=600)]
        made = Acceptance(fitted(seen, documents=100), target)
        least = made.least("a.b", "text")
        taken = [
            s for s in grid if least is not None and made.table.share(s, "a.b", "text") >= least
        ]
        broken += bool(taken) and sum(taken) / len(taken) < target
    assert broken <= 13


# The file


def test_what_is_saved_is_what_is_loaded(tmp_path):
    made = table(known(0.9, 200, 20), known(0.3, 20, 200))
    made.save(tmp_path / "t.json")
    assert CalibrationTable.load(tmp_path / "t.json") == made


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"groups": {"all": {"curve": [[0.5, 0.9], [0.7, 0.8]], "steps": []}}}, "may fall"),
        ({"groups": {"all": {"curve": [[0.5, 1.9]], "steps": []}}}, "between 0 and 1"),
        ({"groups": {"all": {"curve": [], "steps": []}}}, "groups.all.curve"),
        ({"groups": {"all": {"curve": [[0, 0]], "steps": [[0.9, 3, 4]]}}}, "more values are right"),
        (
            {"groups": {"all": {"curve": [[0, 0]], "steps": [[0.1, 3, 3], [0.2, 4, 4]]}}},
            "must fall",
        ),
        ({"values": -1}, "values: "),
        ({"colour": 3}, "colour: no such key"),
    ],
)
def test_a_damaged_table_is_refused_with_the_place(tmp_path, change, message):
    path = saved(tmp_path / "t.json", known(0.9, 200))
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(ConfigError) as raised:
        CalibrationTable.load(path)
    assert str(path) in str(raised.value)
    assert message in str(raised.value)


def test_a_file_that_is_no_json_is_refused(tmp_path):
    path = tmp_path / "t.json"
    path.write_text("{")
    with pytest.raises(ConfigError, match="is no table of confidences"):
        CalibrationTable.load(path)


def test_the_users_table_is_found_by_default_and_a_path_must_be_there(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "docextract").mkdir()
    path = saved(tmp_path / "docextract" / "confidence.json", known(0.9, 200))
    assert resources.find_confidence_table() == path
    assert resources.find_confidence_table(str(path)) == path
    assert resources.find_confidence_table("") is None
    with pytest.raises(ConfigError, match=r"no table of confidences 'gone.json'"):
        resources.find_confidence_table("gone.json")


# In the record


def test_single_values_lists_and_cells_get_their_share_and_keep_their_score(halves):
    record = checked(
        halves,
        value("total", Decimal(5), 0.9),
        value("people", "Ann", 0.9),
        value("items.price", Decimal(5), 0.9, row=0),
    )
    found = [record.evidence["total"], *record.evidence["people"]]
    for one in [*found, record.evidence["items"][0]["price"]]:
        assert (one.confidence, one.score) == (0.5, 0.9)


def test_what_a_file_states_stays_certain(halves):
    one = checked(halves, value("total", Decimal(5), 1.0, origin="xml:BT-112")).evidence["total"]
    assert (one.confidence, one.score) == (1.0, None)


def test_the_table_leaves_nothing_out_of_the_record(halves):
    one = checked(halves, value("total", Decimal(5), 0.4)).evidence["total"]
    assert one.confidence < Scorer().least.one


def test_what_lost_stays_the_less_sure_one(halves):
    one = checked(
        halves, value("total", Decimal(5), 0.9), value("total", Decimal(6), 0.6)
    ).evidence["total"]
    (other,) = one.alternatives
    assert one.score == pytest.approx(softmax_of(0.9, 0.6)[0], abs=1e-4)
    assert other.confidence < one.confidence < one.score


def test_without_a_table_scores_stay_as_they_are():
    one = checked("", value("total", Decimal(5), 0.9)).evidence["total"]
    assert (one.confidence, one.score, one.review) == (pytest.approx(0.9), None, None)


def test_the_fingerprint_of_the_stage_follows_the_table(tmp_path):
    one = Check((BILL,), confidence=str(saved(tmp_path / "a.json", known(0.9, 200))))
    other = Check((BILL,), confidence=str(saved(tmp_path / "b.json", known(0.9, 200, 9))))
    assert len({Check((BILL,)).fingerprint, one.fingerprint, other.fingerprint}) == 3
    assert replace(one, accept_at=0.9).fingerprint != one.fingerprint
