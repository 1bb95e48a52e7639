"""Matches a form field's name or tooltip with a field of the schema.

Programs name fields in their own ways: "invoiceNo", "txt_Invoice_Number",
"form1[0].#subform[0].Total[0]". Such a name is cut into words, what only says what sort of thing
it is is left out, and the rest must be a label, an alias or the name of a field as a whole: part
of it would do for "customer" in "customer e-mail".
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from docextract.document import FormField
from docextract.layout.labels import fold_label
from docextract.schema import FieldType, Schema

#: How sure a name makes which field it is: the tooltip or all of the name; its last part, under
#: parents that may be another party's ("employer.name"). A judgement: shipped data have no forms.
WHOLE, LAST_PART = 0.95, 0.6
#: Words that say of what sort a field or its parent is, not what it is for.
_SORT_WORDS = (
    "txt text textfield fld field feld tf tb edt edit input box cb chk check checkbox rb rad radio "
    "btn button cmb combo combobox dropdown list lst ddl dd form formular formulaire subform page "
    "topmost topmostsubform root body row table please bitte enter your ihr ihre the value"
)
_SORTS = frozenset(_SORT_WORDS.split())
_INDEX = re.compile(r"\[\d*\]|#")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")  # "(dd/mm/yyyy)"
#: Between "invoice" and "No", between "IBAN" and "Number", between letters and digits.
_SEAM = re.compile(
    r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zß-ÿ])|(?<=[^\W\d_])(?=\d)"
)
_WORD = re.compile(r"[^\W_]+|[#%°]")


class Meaning(NamedTuple):
    """Fields that a form's field may be, and how sure that is; none: it is none of the schema's."""

    paths: tuple[str, ...]
    confidence: float


class Names:
    """Every name of a schema's fields that are no rows, or of the columns of its rows.

    Made once a document.
    """

    def __init__(self, schema: Schema, rows: str = "") -> None:
        self._ranks: dict[str, dict[str, int]] = {}
        barred: dict[str, set[str]] = {}
        fields = schema.fields[rows].fields if rows else schema.fields
        for path, field in fields.items():
            if field.type is FieldType.ROWS:
                continue
            own = [path.replace("_", " "), *field.aliases]
            for rank, name in enumerate([*own, *field.anchors]):
                # All of the field's own names count alike; printed labels stand best first.
                at = max(0, rank - len(own))
                if key := _key(name):
                    self._ranks.setdefault(key, {}).setdefault(path, at)
            for name in field.not_anchors:
                barred.setdefault(_key(name), set()).add(path)
        for key, paths in barred.items():
            for path in paths & self._ranks.get(key, {}).keys():
                del self._ranks[key][path]

    def meaning(self, field: FormField) -> Meaning:
        """What the field is for, by the first of its phrases that names a field."""
        for phrase, confidence in _phrases(field):
            if ranks := self._ranks.get(phrase):
                best = min(ranks.values())
                paths = tuple(path for path, rank in ranks.items() if rank == best)
                # What is a label of several fields tells less of each.
                return Meaning(paths, confidence / len(paths))
        return Meaning((), 0.0)


def shortened(field: FormField) -> FormField:
    """The field without the first word of its name's last part: "qty" of "item1_qty"."""
    words = _WORD.findall(_SEAM.sub(" ", field.name.rpartition(".")[2]))
    return replace(field, name=" ".join(words[1:]), tooltip="")


def _phrases(field: FormField) -> Iterator[tuple[str, float]]:
    yield _key(_ASIDE.sub(" ", field.tooltip)), WHOLE
    parts = [key for part in field.name.split(".") if (key := _key(part))]
    yield "".join(parts), WHOLE
    if len(parts) > 1:
        yield parts[-1], LAST_PART


def _key(name: str) -> str:
    """The words that say something, in the form in which labels are compared."""
    words = _WORD.findall(_SEAM.sub(" ", _INDEX.sub(" ", name)))
    telling = [word for word in words if word.casefold() not in _SORTS and not word.isdigit()]
    return fold_label(" ".join(telling))
