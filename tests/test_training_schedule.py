"""The size of a training's steps, when it stops, and what it says meanwhile."""

import io
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from docextract.training.loop import progress
from docextract.training.loop.early_stopping import EarlyStopping
from docextract.training.loop.schedule import LearningRateSchedule


def test_the_factor_rises_in_a_line_to_one():
    factor = LearningRateSchedule(steps=100, warm_up=4)
    assert [factor(step) for step in range(4)] == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize(("shape", "quarter"), [("linear", 0.75), ("cosine", 0.8535533905932737)])
def test_the_factor_falls_in_the_shape_that_is_asked_for(shape, quarter):
    factor = LearningRateSchedule(steps=100, shape=shape)
    assert factor(0) == 1.0
    assert factor(25) == pytest.approx(quarter)
    assert factor(50) == pytest.approx(0.5)


@pytest.mark.parametrize("shape", ["linear", "cosine"])
def test_the_factor_ends_at_the_floor_and_stays_there(shape):
    factor = LearningRateSchedule(steps=10, warm_up=2, floor=0.1, shape=shape)
    assert factor(10) == pytest.approx(0.1)
    assert factor(10_000) == pytest.approx(0.1)


@given(
    steps=st.integers(1, 500),
    share=st.floats(0, 1),
    floor=st.floats(0, 1),
    shape=st.sampled_from(["linear", "cosine"]),
)
def test_the_factor_never_rises_after_the_warm_up_and_never_leaves_its_range(
    steps, share, floor, shape
):
    schedule = LearningRateSchedule(steps, int(steps * share), floor, shape)
    factors = [schedule(step) for step in range(schedule.warm_up, steps + 2)]
    assert all(a >= b - 1e-12 for a, b in itertools.pairwise(factors))
    assert all(floor - 1e-12 <= f <= 1 for f in factors)


@pytest.mark.parametrize(("steps", "warm_up", "floor"), [(0, 0, 0), (5, 6, 0), (5, 0, 1.5)])
def test_an_impossible_schedule_is_refused(steps, warm_up, floor):
    with pytest.raises(ValueError, match="schedule"):
        LearningRateSchedule(steps, warm_up, floor)


def test_patience_ends_after_as_many_checks_without_gain_as_it_has():
    patience = EarlyStopping(limit=2)
    stops = []
    for value in (0.1, 0.3, 0.2, 0.3, 0.1):
        patience = patience.after(value)
        stops.append(patience.exhausted)
    assert stops == [False, False, False, True, True]
    assert patience.best == 0.3


def test_a_better_value_makes_patience_new():
    patience = EarlyStopping(limit=2, best=0.3, without_gain=1).after(0.4)
    assert (patience.best, patience.without_gain, patience.worth_keeping) == (0.4, 0, True)


def test_what_is_worse_by_less_than_its_error_is_worth_keeping_and_no_gain():
    patience = EarlyStopping(limit=3).after(0.5).after(0.45, error=0.06)
    assert (patience.best, patience.worth_keeping, patience.without_gain) == (0.5, True, 1)
    assert not patience.after(0.43, error=0.06).worth_keeping
    # What was kept is no new mark to be compared with: else many small steps would lead far down.
    assert not patience.after(0.45, error=0.06).after(0.4, error=0.06).worth_keeping


def test_what_is_as_good_as_the_best_is_worth_keeping_and_no_gain():
    patience = EarlyStopping(limit=3).after(0.5).after(0.5)
    assert (patience.worth_keeping, patience.without_gain) == (True, 1)
    assert not patience.after(0.4).worth_keeping


def test_a_value_that_is_no_number_is_no_gain():
    assert not EarlyStopping(limit=1).after(math.nan).worth_keeping


def test_without_a_limit_patience_never_ends():
    patience = EarlyStopping(limit=0)
    for _ in range(100):
        patience = patience.after(0.0)
    assert not patience.exhausted


def shown(*states: progress.TrainingProgress, terminal: bool = False) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=120)
    with progress.progress(console) as show:
        for state in states:
            show(state)
    return console.file.getvalue()


def test_without_a_terminal_the_state_is_one_plain_line():
    line = shown(progress.TrainingProgress(step=7, complete=0.25, loss=1.5, tokens=900, score=0.5))
    assert line == "step 7, loss 1.5000, validation 0.5000\n"


def test_lines_do_not_follow_each_other_at_once():
    states = (progress.TrainingProgress(step, step / 10, 1.0) for step in range(10))
    assert shown(*states).count("\n") == 1


def test_rate_and_time_left_count_from_the_first_state_shown(monkeypatch):
    times = iter([0.0, 10.0, 10.0, 30.0, 30.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(times))
    resumed = progress.TrainingProgress(step=50, complete=0.5, loss=1.0, tokens=5000)
    later = progress.TrainingProgress(step=60, complete=0.6, loss=1.0, tokens=8000)
    assert shown(resumed, later).splitlines()[1] == "step 60, loss 1.0000, 100 tokens/s, 2:00 left"


def test_on_a_terminal_there_is_a_bar():
    assert "step 3" in shown(
        progress.TrainingProgress(step=3, complete=0.3, loss=1.0), terminal=True
    )
