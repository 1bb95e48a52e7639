"""Total lines: sums that end a table, and sums carried over to the next page."""

import re

from docextract.extraction.context import Case
from docextract.extraction.tables.columns import Level, has_digits
from docextract.layout.labels import Anchor, fold_label
from docextract.schema import FieldSchema, FieldType

#: Labels of sums that are carried over have so many words at most.
LONGEST = 5
#: What may lead to a total's label: "zzgl. 19 % MwSt", "dont TVA 20 %".
_LEAD = re.compile(
    r"(?i)(?:[+–-]\s*)?(?:(?:zzgl|zuzüglich|inkl|inklusive|incl|including|abzgl|abzüglich|plus|add"
    r"|davon|darin|hierin|enthaltene|enthält|dont|soit|más|mas|incluye)\b\.?\s*)?"
    r"(?:\d{1,2}(?:[.,]\d{1,2})?\s?%\s*)?"
)


def totals(case: Case, level: Level) -> bool:
    """Whether a level begins with the label of an amount of the whole document.

    A rate or a word like "plus" may come first: "plus 19 % VAT". What has a number in a column
    left of it is a row of something that is called so: "1  VAT advice".
    """
    for at, segment in enumerate(level):
        if any(_of_document(case, anchor) for anchor in case.anchors_in(segment)):
            return not has_digits(case, level[:at])
    return False


def _of_document(case: Case, anchor: Anchor) -> bool:
    lead = case.sheet.text[anchor.segment.start : anchor.start]
    return (
        (anchor.first or bool(_LEAD.fullmatch(lead)))
        and "." not in anchor.path
        and case.schema.field(anchor.path).type is FieldType.MONEY
    )


def left_out(case: Case, rows: FieldSchema, level: Level) -> bool:
    """Whether a level begins with the label of a sum carried to the next page, or the like."""
    labels = {fold_label(label) for label in rows.not_anchors}
    words = [fold_label(one.word.text) for segment in level for one in segment.words]
    words = [word for word in words if word]
    return any("".join(words[:count]) in labels for count in range(1, LONGEST + 1))
