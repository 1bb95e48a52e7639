"""The arithmetic of the ablation on made-up counts, and that its switches reach what they name."""

from importlib import import_module

import numpy as np
import pytest

from benchmarks.ablation import METRICS, Outcome, by_part, different, gain, unneeded
from benchmarks.ablation_switches import SWITCHES
from docextract.evaluation import Prediction
from docextract.evaluation.inputs.truth_and_prediction import PredictedValue


def counts(*rows):
    """(wanted, found, right) of each metric; right at all levels alike."""
    made = np.zeros((len(METRICS), 5), dtype=np.int64)
    for at, (wanted, found, right) in enumerate(rows):
        made[at] = [wanted, found, right, right, right]
    return made


def outcome(off=None, part="dev"):
    on = counts((4, 4, 4), (10, 10, 8), (2, 2, 1))
    return Outcome(part, "bills", on, off or {})


def test_a_gain_is_f1_with_a_thing_less_f1_without_it():
    worse = counts((4, 4, 2), (10, 10, 8), (2, 0, 0))
    found = gain("rule", [outcome({"rule": (worse, 3)})] * 5)
    assert found.values == 15
    assert found.metrics["fields"] == pytest.approx((0.5, 0.5, 0.5))
    assert found.metrics["cells"] == (0, 0, 0)
    assert found.metrics["rows"] == pytest.approx((0.5, 0.5, 0.5))
    assert found.helps
    assert not found.harms


def test_documents_in_which_nothing_changes_count_as_they_are():
    worse = counts((4, 4, 0), (10, 10, 8), (2, 2, 1))
    found = gain("rule", [outcome({"rule": (worse, 1)}), outcome()])
    assert found.metrics["fields"].value == pytest.approx(0.5)


def test_an_interval_is_paired_and_holds_what_one_document_of_many_changes():
    worse = counts((4, 4, 2), (10, 10, 8), (2, 2, 1))
    found = gain("rule", [outcome({"rule": (worse, 1)}), *[outcome()] * 9])
    low, value, high = (found.metrics["fields"][at] for at in (1, 0, 2))
    assert low == 0 < value < high
    assert not found.helps  # one document of ten may be chance


def test_what_is_better_without_a_thing_does_harm():
    better = counts((4, 4, 4), (10, 10, 10), (2, 2, 2))
    found = gain("rule", [outcome({"rule": (better, 2)})] * 5)
    assert found.harms
    assert found.metrics["cells"].value == pytest.approx(-0.2)


def test_what_helps_in_one_part_is_needed():
    worse = counts((4, 4, 2), (10, 10, 8), (2, 2, 1))
    parts = by_part([outcome(), outcome({"rule": (worse, 1)}, "synthetic")])
    assert list(parts) == ["dev", "synthetic", "all"]
    gains = {part: [gain("rule", own), gain("other", own)] for part, own in parts.items()}
    assert unneeded(gains) == ["other"]


def test_values_and_cells_that_differ_are_counted_on_either_side():
    cell = {"amount": PredictedValue(1), "unit": None}
    one = Prediction("a", {"total": (PredictedValue(5),)}, {"items": (cell,)})
    other = Prediction("a", {"total": (PredictedValue(6),)}, {"items": (cell, cell)})
    assert different(one, one) == 0
    assert different(one, other) == 3  # both totals and the second row's amount


def test_names_of_switches_are_different():
    names = [one.name for one in SWITCHES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "place", sorted({place for one in SWITCHES for place in one.patches}), ids=str
)
def test_what_is_replaced_is_there(place):
    module, _, name = place.partition(":")
    assert hasattr(import_module(module), name)
