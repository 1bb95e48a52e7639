"""The figures, against values computed by hand and properties that must hold."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.evaluation.inputs.truth_and_prediction import Entity, PredictedValue
from docextract.evaluation.metrics import bootstrap, scores
from docextract.evaluation.metrics import classification as kinds
from docextract.evaluation.metrics.calibration import (
    ConfidenceOutcome,
    calibration,
    confidence_threshold,
    error_interval,
)
from docextract.evaluation.metrics.classification import KindPrediction, auroc
from docextract.evaluation.metrics.entities import count_spans
from docextract.evaluation.metrics.equality import Level
from docextract.evaluation.metrics.row_pairing import best_pairs
from docextract.evaluation.outcomes import FieldOutcome


def outcome(document: str, field: str, wanted: int, found: int, right: int) -> FieldOutcome:
    """`right` of the values are right at every level."""
    hits = tuple(number < right for number in range(found))
    values = tuple(PredictedValue(f"v{number}", confidence=0.5) for number in range(found))
    return FieldOutcome(
        document, field, tuple(map(str, range(wanted))), values, dict.fromkeys(Level, hits)
    )


TWO = scores.count_outcomes(
    [
        outcome("a", "total", 1, 1, 1),
        outcome("b", "total", 1, 1, 0),
        outcome("a", "date", 1, 1, 1),
        outcome("b", "date", 1, 0, 0),
    ]
)


def test_micro_and_macro_f1_are_those_computed_by_hand():
    sums = TWO.counts.sum(axis=0)
    assert scores.f1(sums).tolist() == [0.5, pytest.approx(2 / 3)]
    assert scores.micro_f1(sums) == pytest.approx(2 * 2 / (3 + 4))
    assert scores.macro_f1(sums) == pytest.approx((0.5 + 2 / 3) / 2)
    assert scores.precision(sums).tolist() == [0.5, 1.0]
    assert scores.recall(sums).tolist() == [0.5, 0.5]


def test_sroie_counts_texts_for_precision_and_fields_of_all_documents_for_recall():
    share = scores.sroie(TWO)
    assert share.precision == pytest.approx(2 / 3)
    assert share.recall == 0.5
    assert share.f1 == pytest.approx(4 / 7)
    assert share.exact == 0.5


def test_nothing_wanted_and_nothing_found_is_no_score_and_no_error():
    empty = scores.count_outcomes([outcome("a", "total", 0, 0, 0)])
    assert scores.micro_f1(empty.counts.sum(axis=0)) == 0
    assert scores.macro_f1(empty.counts.sum(axis=0)) == 0


counts = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)).map(
    lambda three: (three[0], three[1], min(three))
)
documents = st.lists(st.tuples(counts, counts), min_size=1, max_size=12)


def table(rows):
    return scores.count_outcomes(
        [
            outcome(f"d{number}", field, *three)
            for number, row in enumerate(rows)
            for field, three in zip(("total", "date"), row, strict=True)
        ]
    ).counts


@given(documents, st.randoms())
def test_scores_lie_between_0_and_1_and_do_not_depend_on_the_order_of_documents(rows, random):
    sums = table(rows).sum(axis=0)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert 0 <= scores.micro_f1(sums) <= 1
    assert 0 <= scores.macro_f1(sums) <= 1
    assert (scores.f1(sums) <= np.maximum(scores.precision(sums), scores.recall(sums))).all()
    assert (table(shuffled).sum(axis=0) == sums).all()


@given(documents, st.integers(0, 3))
def test_an_interval_holds_what_draws_can_give_and_the_seed_decides_it(rows, seed):
    made = bootstrap.interval(table(rows), scores.micro_f1, times=50, seed=seed)
    assert 0 <= made.low <= made.high <= 1
    assert made == bootstrap.interval(table(rows), scores.micro_f1, times=50, seed=seed)


def test_an_interval_narrows_with_more_documents_and_covers_the_share_it_is_drawn_from():
    drawn = np.random.default_rng(1).random(2000) < 0.7
    table = np.zeros((2000, 5), dtype=np.int64)
    table[:, :2], table[:, 2:] = 1, drawn[:, None]
    few = bootstrap.interval(table[:50], scores.f1)
    many = bootstrap.interval(table, scores.f1)
    assert many.low < 0.7 < many.high
    assert many.high - many.low < few.high - few.low
    # The standard error of a share is sqrt(p (1 - p) / n); the interval spans 3.92 of them.
    assert many.high - many.low == pytest.approx(3.92 * (0.7 * 0.3 / 2000) ** 0.5, rel=0.1)


def test_a_run_compared_with_itself_differs_by_nothing_and_a_better_one_is_surely_better():
    before = np.tile([1, 1, 0, 0, 0], (40, 1))
    after = np.tile([1, 1, 1, 1, 1], (40, 1))
    assert bootstrap.paired_difference(after, after, scores.f1) == (0, 0, 0)
    assert bootstrap.paired_difference(before, after, scores.f1) == (1, 1, 1)


def test_a_perfectly_calibrated_set_has_almost_no_error_and_an_overconfident_one_has_its_gap():
    random = np.random.default_rng(0)
    shares = random.random(20_000)
    fair = [ConfidenceOutcome(float(share), bool(random.random() < share)) for share in shares]
    assert calibration(fair).error < 0.015
    assert calibration(
        [ConfidenceOutcome(0.9, n % 2 == 0) for n in range(100)]
    ).error == pytest.approx(0.4)


def test_the_reliability_table_and_the_error_are_those_computed_by_hand():
    made = calibration(
        [
            ConfidenceOutcome(0.95, True),
            ConfidenceOutcome(0.85, False),
            ConfidenceOutcome(0.85, True),
            ConfidenceOutcome(0.9, True),
        ]
    )
    assert [(one.low, one.values) for one in made.bins if one.values] == [(0.8, 3), (0.9, 1)]
    assert made.bins[8].confidence == pytest.approx(2.6 / 3)
    assert made.bins[8].right == pytest.approx(2 / 3)
    assert made.error == pytest.approx((abs(2.6 - 2) + abs(0.95 - 1)) / 4)


def test_the_trusted_share_takes_values_of_equal_confidence_together():
    values = [ConfidenceOutcome(0.9, True)] * 19 + [
        ConfidenceOutcome(0.8, True),
        ConfidenceOutcome(0.8, False),
        ConfidenceOutcome(0.7, False),
    ]
    assert confidence_threshold(values, 0.95) == (0.95, 0.8, pytest.approx(21 / 22))
    assert confidence_threshold(values, 0.99) == (0.99, 0.9, pytest.approx(19 / 22))
    assert confidence_threshold([ConfidenceOutcome(0.9, False)], 0.95) == (0.95, None, 0.0)
    assert confidence_threshold([], 0.95) == (0.95, None, 0.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_the_calibration_error_lies_between_0_and_1_and_every_value_is_in_a_bin(pairs):
    made = calibration([ConfidenceOutcome(*pair) for pair in pairs])
    drawn = error_interval([[ConfidenceOutcome(*pair)] for pair in pairs])
    assert drawn.value == pytest.approx(made.error)
    assert 0 <= drawn.low <= drawn.high <= 1 + 1e-9
    assert sum(one.values for one in made.bins) == len(pairs)


def test_kinds_that_are_never_true_are_errors_and_no_class():
    made = kinds.kind_metrics(
        [
            KindPrediction("1", "invoice", "invoice"),
            KindPrediction("2", "invoice", "letter"),
            KindPrediction("3", "unknown", "unknown", 0.9),
        ]
    )
    sums = made.counts.sum(axis=0)[None]
    assert made.by_kind == {"invoice": pytest.approx(2 / 3), "unknown": 1.0}
    assert kinds.accuracy(sums)[0] == pytest.approx(2 / 3)
    assert kinds.macro_f1(sums)[0] == pytest.approx((2 / 3 + 1) / 2)
    assert made.confusion["invoice", "letter"] == 1
    assert made.auroc == 1.0


@pytest.mark.parametrize(
    ("shares", "positive", "area"),
    [
        ([0.1, 0.4, 0.35, 0.8], [False, False, True, True], 0.75),
        ([0.5, 0.5], [True, False], 0.5),
        ([0.2, 0.9], [True, False], 0.0),
        ([0.2, 0.9], [True, True], None),
    ],
)
def test_auroc_is_the_share_of_pairs_in_the_right_order(shares, positive, area):
    assert auroc(shares, positive) == area


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.booleans()), max_size=20))
def test_auroc_equals_the_count_over_all_pairs(pairs):
    yes = [share for share, positive in pairs if positive]
    no = [share for share, positive in pairs if not positive]
    made = auroc([share for share, _ in pairs], [positive for _, positive in pairs])
    if not yes or not no:
        assert made is None
    else:
        won = sum((a > b) + 0.5 * (a == b) for a in yes for b in no)
        assert made == pytest.approx(won / (len(yes) * len(no)))


def test_spans_count_only_with_their_label_and_both_borders():
    true = [Entity("ORG", 0, 4), Entity("LOC", 5, 9), Entity("ORG", 10, 12)]
    found = [
        Entity("ORG", 0, 4),
        Entity("ORG", 5, 9),
        Entity("ORG", 10, 13),
        Entity("DATE", 20, 24),
    ]
    made = count_spans([("a", true, found)], {"ORG", "LOC"})
    assert made.fields == ("LOC", "ORG")
    assert made.counts[0, :, :3].tolist() == [[1, 0, 0], [2, 3, 1]]
    assert scores.micro_f1(made.counts.sum(axis=0)) == pytest.approx(2 / 6)


@given(
    st.integers(1, 4).flatmap(
        lambda wide: st.lists(
            st.lists(st.integers(0, 3), min_size=wide, max_size=wide), min_size=1, max_size=4
        )
    )
)
def test_rows_are_paired_so_that_no_other_pairing_is_worth_more(worth):
    pairs = best_pairs(worth)
    high, wide = len(worth), len(worth[0])
    shorter = min(high, wide)
    best = max(
        sum(worth[row][column] for row, column in zip(rows, columns, strict=True))
        for rows in permutations(range(high), shorter)
        for columns in permutations(range(wide), shorter)
    )
    assert sum(worth[row][column] for row, column in pairs) == best
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
