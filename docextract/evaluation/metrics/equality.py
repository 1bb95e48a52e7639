"""Comparison of values with their ground truth, at three levels of strictness.

    exact       the printed words, or the value's text in the record, equal the truth character
                for character; a run of white space is one blank
    normalised  dates, times, amounts, numbers and percentages are equal by value; of all else
                the normalise_text and digits are equal, case ignored and "&" taken as "and"
    typed       normalised, or both read as the field's type are equal: "two (2) years" and
                "2 years", "€" and "EUR"

Exact needs no parsing and can hold where normalised does not: a printed date that was read with
day and month swapped.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum

from docextract.document import Typed
from docextract.evaluation.inputs.truth_and_prediction import PredictedValue
from docextract.export.columns import printed
from docextract.schema import FieldSchema, FieldType
from docextract.values import typed


class Level(IntEnum):
    """How strictly values are compared; the number is the place in an array of counts."""

    EXACT = 0
    NORMALISED = 1
    TYPED = 2


BY_VALUE = frozenset(
    {
        FieldType.DATE,
        FieldType.TIME,
        FieldType.MONEY,
        FieldType.NUMBER,
        FieldType.INTEGER,
        FieldType.PERCENT,
    }
)


def is_match(
    level: Level,
    field: FieldSchema,
    found: PredictedValue,
    answer: str,
    *,
    month_first: bool = False,
) -> bool:
    """Whether `found` is the true `answer`. `month_first` is how the truth writes dates."""
    if level is Level.EXACT:
        return is_exact(found, answer)
    if level is Level.TYPED and _same_type(field, found, answer, month_first):
        return True
    if field.type in BY_VALUE:
        return _same_type(field, found, answer, month_first)
    expected = normalise_text(answer)
    return expected != "" and normalise_text(printed(found.value)) == expected


def is_exact(found: PredictedValue, answer: str) -> bool:
    """Whether the printed words or the value's text are the truth, character for character."""
    return " ".join(answer.split()) in (" ".join(found.text.split()), printed(found.value))


def normalise_text(text: str) -> str:
    """Letters and digits in one case, "&" taken as "and"."""
    return "".join(sign for sign in text.casefold().replace("&", "and") if sign.isalnum())


def _same_type(field: FieldSchema, found: PredictedValue, answer: str, month_first: bool) -> bool:
    expected = _typed(field, answer, month_first)
    return expected is not None and expected == _typed(field, found.value, month_first)


def _typed(field: FieldSchema, value: Typed, month_first: bool) -> Typed | None:
    """A value in its field's type; text from a file is read as the document's would be."""
    if not isinstance(value, str):
        return value
    latest = date.today() if field.past else None
    return typed.parse_value(
        field.type, value, day_first=not month_first, latest=latest, choices=field.choices
    )


def match_values(
    level: Level,
    field: FieldSchema,
    found: Sequence[PredictedValue],
    answers: Sequence[str],
    *,
    month_first: bool = False,
) -> tuple[bool, ...]:
    """Which of the found values are right, where each answer can be found once."""
    left = list(dict.fromkeys(answers))
    right = []
    for one in found:
        hit = next(
            (a for a in left if is_match(level, field, one, a, month_first=month_first)), None
        )
        if hit is not None:
            left.remove(hit)
        right.append(hit is not None)
    return tuple(right)


def infer_field(found: Sequence[PredictedValue], answers: Sequence[str]) -> FieldSchema:
    """The type of a field that no schema describes, from what was found; else text."""
    values = [one.value for one in found]
    if values and all(isinstance(value, bool) for value in values):
        return FieldSchema(type=FieldType.BOOLEAN)
    if values and all(isinstance(value, Decimal | int) for value in values):
        return FieldSchema(type=FieldType.NUMBER)
    texts = [*map(str, values), *answers]
    return FieldSchema(type=FieldType.DATE if texts and all(map(_iso, texts)) else FieldType.TEXT)


def _iso(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
