"""Who found a value, and why its rivals lost: in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from docextract.document import Evidence, Origin, RecordTree, Row, SourceType, Typed, Value
from docextract.expression import ExpressionError, parse
from docextract.schema import Check

#: What a check has for a name: a value, the values of a column or of a field with several, none.
Checked: TypeAlias = Typed | Sequence[Typed | None] | None

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
#: The same of sources that are no rules.
_SOURCES: Mapping[SourceType, str] = {
    SourceType.XML: "the XML of the e-invoice",
    SourceType.FORM: "the form field",
    SourceType.QR: "a QR code with payment data",
    SourceType.BARCODE: "a barcode",
    SourceType.PERSON: "a person, who wrote it into the record",
}


#: How corrections read: what was done, and by which rule.
STEPS: Mapping[str, str] = {
    "whole value": "completed, as it is a piece of another candidate",
    "down to the town": "completed down to the town",
    "up to the town": "shortened up to the town",
    "behind its label": "shortened by the label that it began with",
    "next line": "completed from the next line",
    "other day order": "read otherwise, as its words can mean two things",
    "OCR look-alikes": "repaired by the check stage, as OCR takes such signs for each other",
    "a digit for a digit": "another digit put in, as if OCR had misread one",
}


def by(origin: Origin) -> str:
    """Who found a value: "rule 'label right, long' at 'Amount due' (right of its label, ...)"."""
    if origin.source is SourceType.RULE:
        at = f" at {origin.label}" if origin.label else ""
        parts = [origin.name, *origin.traits]
        meanings = [_FIRST.get(part.split(" ")[0], _WORDS.get(part)) for part in parts]
        meaning = f" ({', '.join(filter(None, meanings))})" if any(meanings) else ""
        return f"rule '{', '.join(parts)}'{at}{meaning}"
    if origin.source is SourceType.MODEL:
        name, _, version = origin.name.rpartition("@")
        return f"model {name}, version {version}" if name else f"model {version}"
    name = f", {origin.name}" if origin.name else ""
    return f"{_SOURCES.get(origin.source, origin.source)}{name}"


def found_by(said: Evidence) -> str:
    """Who found a value, and how sure the source itself was."""
    score = "" if said.score is None else f", score {said.score:.2f}"
    return f"{by(said.origin)}{score}"


def corrected(said: Evidence) -> str:
    """What a correction did: "completed down to the town"."""
    return STEPS.get(said.origin.name, f"{said.step}: {said.origin.name}")


def why_lost(rival: Value, taken: Value, values: Mapping[str, Checked]) -> str:
    """Why another value was not taken, or "" where the record does not tell.

    Args:
        rival: One of the alternatives of `taken`.
        taken: The value that was taken.
        values: All values of the record, by the names that checks have for them.
    """
    # A check of a row goes by the names of its columns, which are no names of the record's.
    for check in taken.checks if taken.row is None else ():
        # A schema may allow more than the usual tolerance, so see first whether that explains it.
        usual = check.holds and _holds(check.rule, values)
        if usual and _holds(check.rule, {**values, taken.field: rival.value}) is False:
            return f"with it, {check.rule} would not hold"
    return "less sure" if rival.confidence < taken.confidence else ""


def values_of(tree: RecordTree) -> dict[str, Checked]:
    """The record's values by the names that checks have for them; a column is a list."""
    found: dict[str, Checked] = {}
    for name, node in tree.items():
        if rows := tree.rows(name):
            found |= {f"{name}.{column}": _column(rows, column) for column in rows[0]}
        elif isinstance(node, tuple):
            found[name] = [value.value for value in node if isinstance(value, Value)]
        else:
            found[name] = node.value if node else None
    return found


def _column(rows: Sequence[Row], column: str) -> list[Typed | None]:
    return [cell.value if (cell := row.get(column)) else None for row in rows]


def _holds(rule: str, values: Mapping[str, Checked]) -> bool | None:
    tolerance: Decimal = Check.model_fields["tolerance"].default
    try:
        return parse(rule).holds(values, tolerance=tolerance)
    except ExpressionError:  # the checks of check digits are named, not written down
        return None
