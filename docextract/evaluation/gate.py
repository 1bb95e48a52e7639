"""Quality gate: checks F1 scores against minimum values, for scripts and CI."""

from collections.abc import Mapping, Sequence

from docextract.errors import ConfigError
from docextract.evaluation.evaluation import Evaluation


def parse_thresholds(options: Sequence[str]) -> dict[str, float]:
    """Field -> minimum F1, from options like "total=0.9".

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


def threshold_failures(
    made: Evaluation, *, min_f1: float | None = None, by_field: Mapping[str, float] | None = None
) -> list[str]:
    """The scores that are below their minimum, in one line each; none when the gate is passed.

    Args:
        made: The evaluation.
        min_f1: The minimum micro-F1 of all fields, typed.
        by_field: The minimum F1 of some fields, typed.

    Raises:
        ConfigError: a field is asked for that the truth does not know.
    """
    asked = by_field or {}
    if unknown := ", ".join(field for field in asked if field not in made.fields.fields):
        known = ", ".join(made.fields.fields) or "none"
        raise ConfigError(f"the ground truth has no field {unknown}; there are: {known}")
    scores = {field: (made.field_f1(field).value, low) for field, low in asked.items()}
    if min_f1 is not None:
        scores = {"all fields": (made.f1().value, min_f1), **scores}
    return [
        f"{name}: F1 {score:.3f} is below {low:g}"
        for name, (score, low) in scores.items()
        if score < low
    ]
