"""Stage "fields": candidates for the fields of the kind's schema, generated and corrected.

The trained model is asked for each field by its description and rules look for it; then come the
corrections, a list (`docextract.extraction.corrections`): form fields and barcodes say what they
hold, and what the file states as data, as an e-invoice does, is certain.
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
from docextract.extraction.completion.blocklist import headings_of
from docextract.extraction.context import Case
from docextract.extraction.corrections import CORRECTIONS, Context, Correction, corrected
from docextract.extraction.model.candidates import Model, by_model
from docextract.extraction.rules import by_rules
from docextract.extraction.structured.e_invoice import with_stated
from docextract.extraction.timed_regex import PATIENCE
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
            values += by_model(case, reading, model)
        return with_candidates(doc, Context(case, self._headings), values)

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


def with_candidates(
    doc: Document,
    context: Context,
    values: Sequence[Value],
    corrections: Iterable[Correction] = CORRECTIONS,
) -> Document:
    """The document with what was found in it, corrected, as its candidates.

    And with an issue for each pattern of its schema that took too long.
    """
    made = corrected(context, values, corrections)
    schema, late = context.case.schema, context.case.patterns.late
    issues = tuple(_late(schema, pattern) for pattern in late)
    return doc.add(candidates=_ordered(schema, made), issues=issues)


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
