"""Fills `Document.candidates`: every value that is found for a field of the kind's schema.

The trained model is asked for each field by its description, rules look for it, form fields and
barcodes say what they hold, and what the file states as data, as an e-invoice does, is certain.
Rules are functions from a case (a document under its schema) to values; a schema's keys say where
each looks, so a new kind of document needs none of its own.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docextract import resources
from docextract.document import Document, Issue, Typed, Value
from docextract.errors import ConfigError
from docextract.schema import Schema
from docextract.stages.ambiguity import with_readings
from docextract.stages.anchors import Lexicon
from docextract.stages.asked import Model, by_model
from docextract.stages.calibration import Calibration
from docextract.stages.case import Case, Found
from docextract.stages.codes import by_code
from docextract.stages.continued import by_title
from docextract.stages.form_fields import by_form, by_form_rows
from docextract.stages.form_rows import with_form_rows
from docextract.stages.labelled import by_label
from docextract.stages.matching import PATIENCE
from docextract.stages.no_names import headings_of, without_no_names
from docextract.stages.parties import by_party
from docextract.stages.parts import with_parts
from docextract.stages.row_sources import one_source
from docextract.stages.rows import by_row
from docextract.stages.seen import Eyes, eyes
from docextract.stages.segments import Sheet
from docextract.stages.sole import without_several
from docextract.stages.spotted import by_entity, by_pattern, by_sign
from docextract.stages.stated import with_stated
from docextract.stages.towns import with_towns
from docextract.stages.trust import share
from docextract.stages.unlike import without_twins
from docextract.stages.wholes import with_wholes
from docextract.stages.wrapped_iban import with_whole_ibans

if TYPE_CHECKING:
    from docextract.models.layout.engine import Reading

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
VERSION = "7"


@dataclass(frozen=True)
class Fields:
    """The stage. Documents of an unknown kind get no candidates.

    Attributes:
        model: The name or path of a trained model; "" does with rules alone.
        rules: Whether rules look too.
        device: Where it runs: "auto", "cpu", "cuda", "cuda:1", "mps".
    """

    schemas: tuple[Schema, ...] = ()
    model: str = "default"
    rules: bool = True
    device: str = "auto"

    def __post_init__(self) -> None:
        if not self.rules and not self.model:
            raise ConfigError("fields: with no rules and no model nothing is found")

    def __call__(self, docs: Sequence[Document]) -> list[Document]:
        """The documents with their candidates, best first within each field."""
        known = [doc for doc in docs if doc.kind and doc.kind.label in self._known]
        asked = self._eyes
        model = Model(asked.origin, self._calibration) if asked else None
        readings = asked.read(known) if asked else [None] * len(known)
        filled = iter([self._fill(*pair, model) for pair in zip(known, readings, strict=True)])
        return [next(filled) if doc.kind and doc.kind.label in self._known else doc for doc in docs]

    @property
    def fingerprint(self) -> str:
        """Of the rules, the schemas they follow and the model."""
        schemas = [schema.model_dump(mode="json") for schema in self.schemas]
        model = [self._eyes.engine.fingerprint, self._calibration.fingerprint] if self._eyes else []
        text = json.dumps(["fields", VERSION, schemas, model, self.rules], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _fill(self, doc: Document, reading: "Reading | None", model: Model | None) -> Document:
        assert doc.kind
        schema, lexicon = self._known[doc.kind.label]
        case = _case(doc, schema, lexicon)
        if case is None:
            return doc.add(candidates=_ordered(schema, with_stated(doc, schema, ())))
        values = list(by_rules(case)) if self.rules else []
        if reading and model:
            values = one_source(case, values, list(by_model(case, reading, model)))
        values = with_form_rows(values, list(by_form_rows(case)))
        values = with_towns(case, values)
        values = with_wholes(schema, without_no_names(schema, values, self._headings))
        values = without_twins(schema, with_whole_ibans(case, values))
        values += [*by_form(case), *by_code(case)]
        values = list(without_several(schema, with_stated(doc, schema, values)))
        late = tuple(_late(case.schema, pattern) for pattern in case.patterns.late)
        values = [with_parts(case, with_readings(case, value)) for value in values]
        return doc.add(candidates=_ordered(case.schema, values), issues=late)

    @cached_property
    def _known(self) -> dict[str, tuple[Schema, Lexicon]]:
        return {schema.name: (schema, Lexicon(schema)) for schema in self.schemas}

    @cached_property
    def _headings(self) -> frozenset[str]:
        return headings_of(self.schemas)

    @property
    def _eyes(self) -> Eyes | None:
        return eyes(self.model, self.device) if self.model else None

    @cached_property
    def _calibration(self) -> Calibration:
        return Calibration.load(resources.model(self.model))


def _case(doc: Document, schema: Schema, lexicon: Lexicon) -> Case | None:
    """The document under its schema, or None where it has no words."""
    return Case(Sheet(doc), schema, lexicon) if doc.words else None


def _ordered(schema: Schema, values: Iterable[Value]) -> tuple[Value, ...]:
    """In the order of the schema's fields, row by row, best first."""
    order = {path: at for at, (path, _) in enumerate(schema.walk())}
    return tuple(sorted(values, key=lambda v: (order[v.field], v.row or 0, -v.confidence)))


def by_rules(case: Case) -> Iterator[Value]:
    """Every value that a rule finds, with its confidence.

    The first thing that a rule says of a field is trusted more than whatever else it says.
    """
    first: dict[tuple[str, str, int | None], Typed] = {}
    for rule in RULES:
        for path, spans, raw, value, name, note, row in rule(case):
            kept = first.setdefault((path, name, row), value)
            told = name if kept == value or name in LISTS else f"{name}, again"
            confidence = share(told, case.schema.field(path).type)
            yield Value(path, raw, value, confidence, spans, f"rule:{told} {note}".strip(), row)


def _late(schema: Schema, pattern: str) -> Issue:
    return Issue(
        "fields",
        "pattern",
        f"a pattern of the schema {schema.name} was stopped after {PATIENCE:.0f} s: {pattern}",
    )
