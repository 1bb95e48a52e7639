"""JSON of confidences and review reasons."""

from typing import Any

from docextract.document import Review, Value


def share(confidence: float) -> float:
    """A confidence or score with the four places that a record has."""
    return round(float(confidence), 4)


def sureness_json(value: Value) -> dict[str, Any]:
    """What is said only where a table of confidences was used, or acceptance was asked for."""
    score = {} if value.score is None else {"score": share(value.score)}
    if value.review is None:
        return score
    return {**score, "review": bool(value.review), "review_reasons": list(value.review)}


def review_json(review: Review) -> dict[str, Any]:
    """How much of the record can go on without a person."""
    return {
        "target": review.target,
        "values": review.values,
        "accepted": review.accepted,
        "fields": list(review.fields),
        "unreachable": list(review.unreachable),
    }
