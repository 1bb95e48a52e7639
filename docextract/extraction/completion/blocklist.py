"""Blocklist: labels, headings and account data that are printed where a name is looked for."""

import re
from collections.abc import Iterable, Mapping, Sequence

from docextract.document import Step, Value
from docextract.extraction.parties.printed_labels import lead
from docextract.layout.labels import fold_label
from docextract.schema import FieldType, Schema

#: Words that lead to a number of an account, a tax or a register; a name has none of them.
_NUMBERED = re.compile(
    r"(?i)\b(?:iban|bic|swift[ -]?code|ust-? ?id(?:-?nr)?|umsatzsteuer-id\w*|steuer-?(?:nr|nummer)|"
    r"vat (?:id|no|number|reg)|tax id|tva intra\w*|siret|siren|n\.?i\.?f|c\.?i\.?f|hrb|hra)\b"
    r"[^\w&]*(?:[A-Z]{0,4}\d|$)"
)


def headings_of(schemas: Iterable[Schema]) -> frozenset[str]:
    """All labels and phrases of schemas, folded, which no name consists of."""
    found: set[str] = set()
    for schema in schemas:
        for _, field in schema.walk():
            found.update(map(fold_label, (*field.anchors, *field.not_anchors)))
        found.update(map(fold_label, (*schema.kind.words, *schema.kind.decide)))
    return frozenset(found)


def without_no_names(
    schema: Schema, values: Iterable[Value], headings: frozenset[str]
) -> list[Value]:
    """The values without those of names that name no one."""
    return [
        value
        for value in values
        if schema.field(value.field).type is not FieldType.NAME
        or not (fold_label(str(value.value)) in headings or _NUMBERED.search(str(value.value)))
    ]


def without_lead_labels(schema: Schema, values: Sequence[Value]) -> list[Value]:
    """The values, names that begin with their label as the candidate without it has them.

    "Unternehmen Spedition Seip eG" is "Spedition Seip eG" where another rule found that.
    """
    names = {
        (value.field, str(value.value)): value
        for value in values
        if schema.field(value.field).type is FieldType.NAME
    }
    return [_without_lead(value, names) for value in values]


def _without_lead(value: Value, names: Mapping[tuple[str, str], Value]) -> Value:
    words = str(value.value).split()
    count = lead(words) if (value.field, str(value.value)) in names else 0
    bare = names.get((value.field, " ".join(words[count:]))) if count else None
    if bare is None:
        return value
    return value.corrected(Step.SHORTENED, "behind its label", bare.value, bare.raw, bare.spans)
