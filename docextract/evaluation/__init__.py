"""How good a run is: fields, kinds, entities and confidences against what is true.

    docextract evaluate TRUTH PREDICTIONS

The figures are pure functions over arrays of counts; their sources stand in their docstrings.
"""

from docextract.evaluation.comparison import Comparison, compare
from docextract.evaluation.evaluated import Evaluation, evaluate, slices, worst
from docextract.evaluation.files import read_predictions, read_truth
from docextract.evaluation.outcomes import Outcome, Rules
from docextract.evaluation.pairing import Pair, Pairs, pair
from docextract.evaluation.sides import Entity, Found, Prediction, Truth

__all__ = [
    "Comparison",
    "Entity",
    "Evaluation",
    "Found",
    "Outcome",
    "Pair",
    "Pairs",
    "Prediction",
    "Rules",
    "Truth",
    "compare",
    "evaluate",
    "pair",
    "read_predictions",
    "read_truth",
    "slices",
    "worst",
]
