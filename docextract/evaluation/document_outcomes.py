"""Compares one document with the truth: which values are right, at each level."""

from collections.abc import Sequence

from docextract.evaluation.inputs.sides import Found, Prediction, Truth
from docextract.evaluation.metrics.cells import judge_rows
from docextract.evaluation.metrics.equality import Level, matches
from docextract.evaluation.outcomes import Fields, Outcome, Rules


def judge(truth: Truth, made: Prediction | None, rules: Rules) -> tuple[Outcome, ...]:
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
        for outcome in judge_rows(truth.name, name, rows, found.rows.get(name, ()), fields)
    ]
    return (*single, *nested)


def _judge(
    document: str, path: str, answers: Sequence[str], found: tuple[Found, ...], fields: Fields
) -> Outcome:
    field = fields.at(path, found, answers)
    wanted = tuple(dict.fromkeys(answers))
    right = {
        level: matches(level, field, found, wanted, month_first=fields.month_first)
        for level in Level
    }
    return Outcome(document, path, wanted, found, right)
