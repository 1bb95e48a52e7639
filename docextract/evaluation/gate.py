"""Whether scores are high enough, for a script that must not go on when they are not."""

from collections.abc import Mapping, Sequence

from docextract.errors import ConfigError
from docextract.evaluation.evaluation import Evaluation


def wanted(options: Sequence[str]) -> dict[str, float]:
    """Field -> the least F1, from texts like "total=0.9".

    Raises:
        ConfigError: a text is not like that, or the number is not in [0, 1].
    """
    found = {}
    for option in options:
        field, equals, least = option.partition("=")
        try:
            found[field.strip()] = float(least)
        except ValueError as error:
            raise ConfigError(f"{option!r} is not FIELD=F1, such as total=0.9") from error
        if not equals or not 0 <= found[field.strip()] <= 1:
            raise ConfigError(f"{option!r}: F1 lies between 0 and 1")
    return found


def failures(
    made: Evaluation, *, least: float | None = None, by_field: Mapping[str, float] | None = None
) -> list[str]:
    """What is below what is asked, in one line each; none when the gate is open.

    Args:
        made: The evaluation.
        least: The least micro-F1 of all fields, typed.
        by_field: The least F1 of some fields, typed.

    Raises:
        ConfigError: a field is asked for that the truth does not know.
    """
    asked = by_field or {}
    if unknown := ", ".join(field for field in asked if field not in made.fields.fields):
        known = ", ".join(made.fields.fields) or "none"
        raise ConfigError(f"the truth knows no field {unknown}; there are: {known}")
    scores = {field: (made.field_f1(field).value, low) for field, low in asked.items()}
    if least is not None:
        scores = {"all fields": (made.f1().value, least), **scores}
    return [
        f"{name}: F1 {score:.3f} is below {low:g}"
        for name, (score, low) in scores.items()
        if score < low
    ]
