"""Evaluation of a run against ground truth: fields, kinds, entities and confidences.

    docextract evaluate TRUTH PREDICTIONS

The figures are pure functions over arrays of counts; their sources stand in their docstrings.
"""

from docextract.evaluation.evaluation import Evaluation, evaluate, slices, worst_errors
from docextract.evaluation.inputs.files import read_predictions, read_truth
from docextract.evaluation.inputs.pairing import Pair, Pairs, pair
from docextract.evaluation.inputs.truth_and_prediction import (
    Entity,
    PredictedValue,
    Prediction,
    Truth,
)
from docextract.evaluation.outcomes import ComparisonRules, FieldOutcome
from docextract.evaluation.reporting.comparison import Comparison, compare

__all__ = [
    "Comparison",
    "ComparisonRules",
    "Entity",
    "Evaluation",
    "FieldOutcome",
    "Pair",
    "Pairs",
    "PredictedValue",
    "Prediction",
    "Truth",
    "compare",
    "evaluate",
    "pair",
    "read_predictions",
    "read_truth",
    "slices",
    "worst_errors",
]
