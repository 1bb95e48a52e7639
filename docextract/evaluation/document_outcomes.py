"""Comparison of one document with its ground truth: which values are right, at each level."""

from collections.abc import Sequence

from docextract.evaluation.inputs.truth_and_prediction import PredictedValue, Prediction, Truth
from docextract.evaluation.metrics.cells import compare_rows
from docextract.evaluation.metrics.equality import Level, match_values
from docextract.evaluation.outcomes import ComparisonRules, FieldOutcome, KindFields


def compare_document(
    truth: Truth, made: Prediction | None, rules: ComparisonRules
) -> tuple[FieldOutcome, ...]:
    """The outcome of each field that the truth knows; all are missing where nothing was made.

    A value that is right is a true positive; one that is not, or of which the truth says that
    there is none, a false positive; a truth that no value meets a false negative. So a wrong
    value counts against both precision and recall.
    """
    found = made or Prediction(truth.name)
    fields = rules.fields(truth.kind or found.kind)
    # An empty list does not say whether it is one of values or of rows; what was found does.
    no_rows = {path: () for path in truth.fields if path in found.rows}
    single = [
        _judge(truth.name, path, answers, found.fields.get(path, ()), fields)
        for path, answers in truth.fields.items()
        if path not in no_rows
    ]
    nested = [
        outcome
        for name, rows in {**no_rows, **truth.rows}.items()
        for outcome in compare_rows(truth.name, name, rows, found.rows.get(name, ()), fields)
    ]
    return (*single, *nested)


def _judge(
    document: str,
    path: str,
    answers: Sequence[str],
    found: tuple[PredictedValue, ...],
    fields: KindFields,
) -> FieldOutcome:
    field = fields.at(path, found, answers)
    expected = tuple(dict.fromkeys(answers))
    right = {
        level: match_values(level, field, found, expected, month_first=fields.month_first)
        for level in Level
    }
    return FieldOutcome(document, path, expected, found, right)
