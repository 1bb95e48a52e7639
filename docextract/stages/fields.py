"""Stage "fields": candidates for the fields of the kind's schema, generated and corrected.

The trained model is asked for each field by its description, rules look for it, form fields and
barcodes say what they hold, and what the file states as data, as an e-invoice does, is certain.
Rules are functions from a case (a document under its schema) to values; a schema's keys say where
each looks, so a new kind of document needs none of its own.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docextract import resources
from docextract.document import Document, Issue, Value
from docextract.encoding.encoder_cache import EncoderCache, encoder_cache
from docextract.encoding.score_calibration import ScoreCalibrator
from docextract.errors import ConfigError
from docextract.extraction.completion.blocklist import headings_of, without_no_names
from docextract.extraction.completion.partial_values import with_wholes
from docextract.extraction.completion.single_valued import without_several
from docextract.extraction.completion.towns import with_towns
from docextract.extraction.completion.wrapped_iban import with_whole_ibans
from docextract.extraction.context import Case
from docextract.extraction.model.candidates import Model, by_model
from docextract.extraction.readings import with_readings
from docextract.extraction.rules import by_rules
from docextract.extraction.structured.acroform import by_form, by_form_rows
from docextract.extraction.structured.acroform_rows import with_form_rows
from docextract.extraction.structured.barcodes import by_code
from docextract.extraction.structured.e_invoice import with_stated
from docextract.extraction.tables.source_choice import one_source
from docextract.extraction.timed_regex import PATIENCE
from docextract.extraction.value_parts import with_parts
from docextract.layout.labels import LabelLexicon
from docextract.layout.segments import Sheet
from docextract.schema import Schema

if TYPE_CHECKING:
    from docextract.models.bi_encoder.encoded_passage import EncodedPassage

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
        asked = self._encoder
        model = Model(asked.origin, self._calibration) if asked else None
        readings = asked.encode(known) if asked else [None] * len(known)
        filled = iter([self._fill(*pair, model) for pair in zip(known, readings, strict=True)])
        return [next(filled) if doc.kind and doc.kind.label in self._known else doc for doc in docs]

    @property
    def fingerprint(self) -> str:
        """Of the rules, the schemas they follow and the model."""
        schemas = [schema.model_dump(mode="json") for schema in self.schemas]
        model = (
            [self._encoder.engine.fingerprint, self._calibration.fingerprint]
            if self._encoder
            else []
        )
        text = json.dumps(["fields", VERSION, schemas, model, self.rules], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _fill(
        self, doc: Document, reading: "EncodedPassage | None", model: Model | None
    ) -> Document:
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
        values = with_whole_ibans(case, values)
        values += [*by_form(case), *by_code(case)]
        values = list(without_several(schema, with_stated(doc, schema, values)))
        late = tuple(_late(case.schema, pattern) for pattern in case.patterns.late)
        values = [with_parts(case, with_readings(case, value)) for value in values]
        return doc.add(candidates=_ordered(case.schema, values), issues=late)

    @cached_property
    def _known(self) -> dict[str, tuple[Schema, LabelLexicon]]:
        return {schema.name: (schema, LabelLexicon(schema)) for schema in self.schemas}

    @cached_property
    def _headings(self) -> frozenset[str]:
        return headings_of(self.schemas)

    @property
    def _encoder(self) -> EncoderCache | None:
        return encoder_cache(self.model, self.device) if self.model else None

    @cached_property
    def _calibration(self) -> ScoreCalibrator:
        return ScoreCalibrator.load(resources.find_model(self.model))


def _case(doc: Document, schema: Schema, lexicon: LabelLexicon) -> Case | None:
    """The document under its schema, or None where it has no words."""
    return Case(Sheet(doc), schema, lexicon) if doc.words else None


def _ordered(schema: Schema, values: Iterable[Value]) -> tuple[Value, ...]:
    """In the order of the schema's fields, row by row, best first."""
    order = {path: at for at, (path, _) in enumerate(schema.walk())}
    return tuple(sorted(values, key=lambda v: (order[v.field], v.row or 0, -v.confidence)))


def _late(schema: Schema, pattern: str) -> Issue:
    return Issue(
        "fields",
        "pattern",
        f"a pattern of the schema {schema.name} was stopped after {PATIENCE:.0f} s: {pattern}",
    )
