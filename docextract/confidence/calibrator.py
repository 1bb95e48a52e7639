"""Confidence calibrator: the last step of a record, scores -> shares of right values and review."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from docextract import resources
from docextract.confidence.acceptance import Acceptance
from docextract.confidence.table import CalibrationTable
from docextract.document import Issue, Record
from docextract.errors import ConfigError
from docextract.schema import Schema


@dataclass(frozen=True)
class ConfidenceCalibrator:
    """Turns scores into confidences and marks what needs a person, where that was asked for.

    Attributes:
        confidence: As in `Check`.
        accept_at: As in `Check`.

    Raises:
        ConfigError: there is no such table, or none where acceptance needs one; it is damaged;
            `accept_at` is no share.
    """

    confidence: str = ""
    accept_at: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.accept_at < 1:
            raise ConfigError(
                f"accept_at is a share of right values, from 0 to below 1, not {self.accept_at:g}"
            )
        if self.table is None and self.accept_at:
            raise ConfigError(
                "accept_at needs a table of confidences, and there is none; make one of records "
                "that are known to be right: docextract calibrate TRUTH OUT"
            )

    @cached_property
    def table(self) -> CalibrationTable | None:
        """The table; None where there is none, so that scores stay as they are."""
        path = resources.find_confidence_table(self.confidence)
        return CalibrationTable.load(path) if path else None

    @property
    def fingerprint(self) -> str:
        """Of the table and the share."""
        return f"{self.table.fingerprint if self.table else ''} {self.accept_at:g}"

    def __call__(self, record: Record, schema: Schema, issues: Sequence[Issue]) -> Record:
        """The record with its confidences, and with its review where that was asked for.

        Args:
            record: After all checks.
            schema: Its kind's.
            issues: All that is wrong with the document.
        """
        table = self.table
        if table is None:
            return record
        evidence = record.evidence.map(lambda value: table.applied(value, schema))
        made = replace(record, evidence=evidence)
        return self._acceptance(made, schema, issues) if self._acceptance else made

    @cached_property
    def _acceptance(self) -> Acceptance | None:
        return Acceptance(self.table, self.accept_at) if self.table and self.accept_at else None
