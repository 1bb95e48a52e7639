"""How good a run is: fields, kinds, entities and confidences against what is true.

    docextract evaluate TRUTH PREDICTIONS

The figures are pure functions over arrays of counts; their sources stand in their docstrings.
"""

from docextract.evaluation.evaluation import Evaluation, evaluate, slices, worst
from docextract.evaluation.inputs.files import read_predictions, read_truth
from docextract.evaluation.inputs.pairing import Pair, Pairs, pair
from docextract.evaluation.inputs.sides import Entity, Found, Prediction, Truth
from docextract.evaluation.outcomes import Outcome, Rules
from docextract.evaluation.reporting.comparison import Comparison, compare

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
