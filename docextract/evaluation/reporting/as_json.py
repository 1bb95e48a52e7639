"""JSON of an evaluation: every metric, and every field of every document that is wrong."""

from collections.abc import Sequence
from typing import Any

from docextract.evaluation.evaluation import Evaluation, slices
from docextract.evaluation.metrics import classification as kinds_
from docextract.evaluation.metrics.bootstrap import Interval, interval
from docextract.evaluation.metrics.equality import Level
from docextract.evaluation.metrics.scores import (
    EXPECTED,
    FOUND,
    Counts,
    CountTable,
    f1,
    macro_f1,
    precision,
    recall,
    sroie,
)
from docextract.evaluation.outcomes import FieldOutcome
from docextract.evaluation.reporting.comparison import Change, Comparison, F1Change
from docextract.export.columns import printed

Json = dict[str, Any]


def as_json(made: Evaluation) -> Json:
    """All figures of an evaluation, ready for `json.dumps`."""
    return {
        "documents": {
            "compared": len(made.pairs),
            "without_prediction": [
                pair.truth.name for pair in made.pairs if pair.prediction is None
            ],
        },
        "fields": _fields(made),
        "rows": {
            name: {
                **_scores(made.rows.only([name]).counts.sum(axis=(0, 1))),
                "f1_interval": _interval(made.row_f1(name)),
            }
            for name in made.rows.fields
        },
        "kinds": kinds_json(made.kinds) if made.kinds else None,
        "entities": _labels(made.entities),
        "calibration": calibration_json(made),
        "slices": {
            name: {one.name: _scores(_overall(one.fields)) for one in groups}
            for name, groups in slices(made).items()
        },
        "errors": [_outcome(outcome) for outcome in made.outcomes if outcome.wrong],
    }


def comparison_json(made: Comparison) -> Json:
    """A comparison of two runs, ready for `json.dumps`."""
    return {
        "overall": _f1_change(made.overall),
        "by_field": {name: _f1_change(one) for name, one in made.fields.items()},
        "changes": [_change(change) for change in made.changes],
    }


def _fields(made: Evaluation) -> Json:
    if not made.fields.fields:
        return {}
    single = made.fields.only(made.fields.single)
    macro = interval(single.counts, macro_f1)
    return {
        "overall": {**_scores(_overall(made.fields)), "f1_interval": _interval(made.f1())},
        "macro_f1": _interval(macro),
        "sroie": vars(sroie(single)),
        "by_field": {
            name: {
                **_scores(made.fields.only([name]).counts.sum(axis=(0, 1))),
                "f1_interval": _interval(made.field_f1(name)),
            }
            for name in made.fields.fields
        },
    }


def _overall(made: CountTable) -> Counts:
    """(5,): the counts of all fields that are no columns."""
    summed: Counts = made.only(made.single).counts.sum(axis=(0, 1))
    return summed


def _scores(counts: Counts) -> Json:
    """`counts`: (5,)."""
    return {
        "wanted": int(counts[EXPECTED]),
        "found": int(counts[FOUND]),
        **{
            level.name.lower(): {
                "precision": float(precision(counts, level)),
                "recall": float(recall(counts, level)),
                "f1": float(f1(counts, level)),
            }
            for level in Level
        },
    }


def kinds_json(made: kinds_.KindMetrics) -> Json:
    """The figures of kinds, ready for `json.dumps`."""
    return {
        "accuracy": _interval(interval(made.counts, kinds_.accuracy)),
        "macro_f1": _interval(interval(made.counts, kinds_.macro_f1)),
        "auroc_unknown": made.auroc,
        "by_kind": made.by_kind,
        "confusion": [
            {"truth": truth, "said": said, "count": count}
            for (truth, said), count in sorted(made.confusion.items())
        ],
    }


def _labels(made: CountTable | None) -> Json | None:
    if made is None:
        return None
    sums = made.counts.sum(axis=0)
    strict = {
        "precision": float(precision(sums.sum(axis=0))),
        "recall": float(recall(sums.sum(axis=0))),
    }
    return {
        "micro_f1": _interval(interval(made.counts.sum(axis=1), f1)),
        **strict,
        "by_label": {label: float(f1(sums[at])) for at, label in enumerate(made.fields)},
    }


def calibration_json(made: Evaluation) -> Json:
    """How confidence and truth go together, ready for `json.dumps`."""
    found = made.calibration
    return {
        "values": found.count,
        "expected_calibration_error": _interval(made.calibration_error),
        "bins": [one._asdict() for one in found.bins],
        "trusted": [one._asdict() for one in found.thresholds],
    }


def _interval(made: Interval) -> Json:
    return made._asdict()


def _f1_change(made: F1Change) -> Json:
    return {"before": made.before, "after": made.after, "by": _interval(made.by)}


def _outcome(outcome: FieldOutcome) -> Json:
    return {
        "document": outcome.document,
        "field": outcome.field,
        "truth": list(outcome.expected),
        "found": _found(outcome),
    }


def _found(outcome: FieldOutcome) -> Sequence[Json]:
    return [
        {
            "value": printed(found.value),
            "text": found.text,
            "confidence": found.confidence,
            "page": found.page,
            "origin": found.origin,
            "right": right,
        }
        for found, right in zip(outcome.found, outcome.right[Level.TYPED], strict=True)
    ]


def _change(change: Change) -> Json:
    return {
        "document": change.after.document,
        "field": change.after.field,
        "truth": list(change.after.expected),
        "better": change.by > 0,
        "before": _found(change.before),
        "after": _found(change.after),
    }
