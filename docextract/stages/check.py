"""Stage "check": scores candidates, assigns one value a field, and builds the record."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from docextract import resources
from docextract.confidence.calibrator import ConfidenceCalibrator
from docextract.document import Document
from docextract.extraction.ocr_variants import DocumentVariants
from docextract.resolution.e_invoice_agreement import Agreement, without_adjusted
from docextract.resolution.ocr_repair.repair import repaired
from docextract.resolution.record_builder import RecordBuilder
from docextract.resolution.scoring.scorer import Scorer
from docextract.schema import Schema

#: Changes when the same candidates could make another record.
VERSION = "7"


@dataclass(frozen=True)
class Check:
    """The stage that turns candidates into a record. An unknown kind has no record.

    Attributes:
        model: The trained model, by name or path, whose folder has the scorer's weights; "" takes
            the shipped ones.
        confidence: The table that turns scores into shares of right values: "default" for the
            user's own or else the shipped one, the path of a file that `docextract calibrate`
            wrote, or "" for none.
        accept_at: The share of right values that is wanted of what no person looks at, such as
            0.99; 0 accepts nothing and marks nothing.
    """

    schemas: tuple[Schema, ...] = ()
    model: str = "default"
    confidence: str = ""
    accept_at: float = 0.0

    def __post_init__(self) -> None:
        ConfidenceCalibrator(self.confidence, self.accept_at)  # which refuses what cannot be

    def __call__(self, docs: Sequence[Document]) -> list[Document]:
        """The documents with their records and with an issue for whatever is missing or wrong."""
        return [self._check(doc) for doc in docs]

    @property
    def fingerprint(self) -> str:
        """Of the checks and the schemas they come from."""
        schemas = [schema.model_dump(mode="json") for schema in self.schemas]
        parts = [self._scorer.fingerprint, self._calibrator.fingerprint]
        text = json.dumps(["check", VERSION, schemas, *parts], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _check(self, doc: Document) -> Document:
        schema = self._known.get(doc.kind.label if doc.kind else "")
        if schema is None:
            return doc
        if doc.stated:
            schema = without_adjusted(schema, doc.stated)
        build = RecordBuilder(schema, self._scorer)
        record, issues = repaired(doc, schema, build, DocumentVariants(doc, schema))
        if doc.stated and doc.stated.file:
            page, _ = build(doc, [value for value in doc.candidates if not value.is_stated])
            record, differing = Agreement(doc, schema)(record, page)
            issues += differing
        record = self._calibrator(record, schema, (*doc.issues, *issues))
        return doc.add(record=record, issues=issues)

    @cached_property
    def _calibrator(self) -> ConfidenceCalibrator:
        return ConfidenceCalibrator(self.confidence, self.accept_at)

    @cached_property
    def _known(self) -> dict[str, Schema]:
        return {schema.name: schema for schema in self.schemas}

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer.load(
            resources.find_model(self.model) if self.model else resources.shipped_model()
        )
