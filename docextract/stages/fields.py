"""Fills `Document.candidates`: every value that a rule found for a field of the kind's schema.

Rules are functions from a case (a document under its schema) to values; a schema's keys say
where each looks, so a new kind of document needs none of its own.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from docextract.document import Document, Issue, Typed, Value
from docextract.schema import Schema
from docextract.stages.anchors import Lexicon
from docextract.stages.case import Case, Found
from docextract.stages.continued import by_title
from docextract.stages.labelled import by_label
from docextract.stages.matching import PATIENCE
from docextract.stages.parties import by_party
from docextract.stages.rows import by_row
from docextract.stages.segments import Sheet
from docextract.stages.spotted import by_entity, by_pattern, by_sign
from docextract.stages.trust import share

#: Every rule there is.
RULES: tuple[Callable[[Case], Iterator[Found]], ...] = (
    by_label,
    by_pattern,
    by_party,
    by_title,
    by_entity,
    by_sign,
    by_row,
)
#: Rules whose later values are no guesses but further members of a list.
LISTS = frozenset({"label list"})
#: Changes when the rules find other values in the same document.
VERSION = "2"


@dataclass(frozen=True)
class Fields:
    """The stage of rules. Documents of an unknown kind get no candidates."""

    schemas: tuple[Schema, ...] = ()

    def __call__(self, docs: Sequence[Document]) -> list[Document]:
        """The documents with their candidates, best first within each field."""
        return [self._fill(doc) for doc in docs]

    @property
    def fingerprint(self) -> str:
        """Of the rules and the schemas they follow."""
        schemas = [schema.model_dump(mode="json") for schema in self.schemas]
        text = json.dumps(["fields", VERSION, schemas], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _fill(self, doc: Document) -> Document:
        found = self._known.get(doc.kind.label if doc.kind else "")
        if found is None:
            return doc
        values, issues = candidates(doc, *found)
        return doc.add(candidates=values, issues=issues)

    @cached_property
    def _known(self) -> dict[str, tuple[Schema, Lexicon]]:
        return {schema.name: (schema, Lexicon(schema)) for schema in self.schemas}


def candidates(
    doc: Document, schema: Schema, lexicon: Lexicon
) -> tuple[tuple[Value, ...], tuple[Issue, ...]]:
    """Every value that a rule finds, in the order of the schema's fields, best first.

    With an issue for each pattern that ran out of time.
    """
    sheet = Sheet(doc)
    if not sheet.segments:
        return (), ()
    anchors, labels = lexicon.find(sheet)
    case = Case(sheet, schema, tuple(anchors), labels)
    values = list(_trusted(schema, (found for rule in RULES for found in rule(case))))
    order = {path: at for at, (path, _) in enumerate(schema.walk())}
    values.sort(key=lambda value: (order[value.field], value.row or 0, -value.confidence))
    return tuple(values), tuple(_late(schema, pattern) for pattern in case.patterns.late)


def _late(schema: Schema, pattern: str) -> Issue:
    return Issue(
        "fields",
        "pattern",
        f"a pattern of the schema {schema.name} was stopped after {PATIENCE:.0f} s: {pattern}",
    )


def _trusted(schema: Schema, found: Iterable[Found]) -> Iterator[Value]:
    """What the rules found as values with their confidence.

    The first thing that a rule says of a field is trusted more than whatever else it says.
    """
    first: dict[tuple[str, str, int | None], Typed] = {}
    for path, spans, raw, value, rule, note, row in found:
        kept = first.setdefault((path, rule, row), value)
        name = rule if kept == value or rule in LISTS else f"{rule}, again"
        confidence = share(name, schema.field(path).type)
        yield Value(path, raw, value, confidence, spans, f"rule:{name} {note}".strip(), row)
