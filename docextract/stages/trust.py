"""How far each rule is to be trusted: the share of its candidates that were right."""

from collections.abc import Mapping

from docextract.schema import FieldType

#: For a rule that was not measured on this type of field.
UNMEASURED = 0.3

SHARES: Mapping[tuple[str, str], float] = {}


def share(rule: str, kind: FieldType) -> float:
    """The confidence of a candidate that `rule` found for a field of this type."""
    return SHARES.get((rule, kind.value), UNMEASURED)
