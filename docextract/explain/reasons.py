"""Who found a value, and why its rivals lost: in words."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from docextract.expression import ExpressionError, parse
from docextract.schema import Check

_RULE = re.compile(r"rule:(?P<name>.*?)(?: (?P<label>'.*'|\".*\"))?", re.DOTALL)
_MODEL = re.compile(r"model:(?P<name>.*)@(?P<version>[0-9a-f]+)(?: (?P<score>[\d.]+))?", re.DOTALL)

#: How parts of rules' names read; `docextract.extraction.rule_precision` says what they mean.
_WORDS: Mapping[str, str] = {
    "label right": "right of its label",
    "label below": "below its label",
    "label above": "above its label",
    "label section": "the text under its heading",
    "short": "a label of one word",
    "long": "a label of several words",
    "inside": "the label stands within other words",
    "loose": "other words stand between label and value",
    "other": "the last of several values there",
    "unmarked": "nothing marks the label as one",
    "again": "not the first such place",
    "heading": "in the document's heading",
    "recipient": "where a letter has its recipient",
    "row": "in the column of a table",
    "row pattern": "in a line that looks like a row",
    "party block": "in the block of a party",
    "sign": "by its sign",
}
#: The same of rules whose first word says what kind they are.
_FIRST: Mapping[str, str] = {
    "pattern": "words that the schema has a pattern for",
    "entity": "an entity of the text",
}
#: The same of sources that are no rules, by what comes before the colon.
_SOURCES: Mapping[str, str] = {
    "xml": "the XML of the e-invoice",
    "form": "the form field",
    "qr": "a QR code with payment data",
    "barcode": "a barcode",
}


def by(origin: str) -> str:
    """Who found a value: "rule 'label right, long' at 'Amount due' (right of its label, ...)"."""
    if rule := _RULE.fullmatch(origin):
        at = f" at {rule['label']}" if rule["label"] else ""
        parts = [
            _FIRST.get(part.split(" ")[0], _WORDS.get(part)) for part in rule["name"].split(", ")
        ]
        meaning = f" ({', '.join(filter(None, parts))})" if any(parts) else ""
        return f"rule '{rule['name']}'{at}{meaning}"
    if model := _MODEL.fullmatch(origin):
        score = f", score {model['score']}" if model["score"] else ""
        return f"model {model['name']}, version {model['version']}{score}"
    source, _, name = origin.partition(":")
    return f"{_SOURCES[source]}, {name}" if source in _SOURCES else origin


def why_lost(field: str, rival: Mapping[str, Any], leaf: Mapping[str, Any], data: Any) -> str:
    """Why another value was not taken, or "" where the record does not tell.

    Args:
        field: The name of the field, one that has no rows.
        rival: One of the alternatives of `leaf`.
        leaf: The evidence of the value that was taken.
        data: The record's data.
    """
    values = _values(data)
    for check in leaf["checks"]:
        # A schema may allow more than the usual tolerance, so see first whether that explains it.
        usual = check["holds"] and _holds(check["rule"], values)
        if usual and _holds(check["rule"], {**values, field: rival["value"]}) is False:
            return f"with it, {check['rule']} would not hold"
    return "less sure" if rival["confidence"] < leaf["confidence"] else ""


def _holds(rule: str, values: Mapping[str, Any]) -> bool | None:
    tolerance: Decimal = Check.model_fields["tolerance"].default
    try:
        return parse(rule).holds(values, tolerance=tolerance)
    except ExpressionError:  # the checks of check digits are named, not written down
        return None


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    """The record's values by the names that checks have for them; a column is a list."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            found |= {f"{name}.{column}": [row[column] for row in value] for column in value[0]}
        else:
            found[name] = value
    return found
