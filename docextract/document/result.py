"""What became of a document."""

from dataclasses import dataclass
from enum import StrEnum

from docextract.document.document import Document, Issue
from docextract.document.record import Record


class Status(StrEnum):
    """How a document ended."""

    SUCCESS = "success"
    PARTIAL = "partial"  # some pages could not be read; the rest is in the record
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Result:
    """What became of one document: errors are data, so a run goes on past bad ones.

    `document` is None when reading it failed; `errors` then says why. `seconds` is the time
    spent on it, over all processes.
    """

    name: str
    status: Status
    document: Document | None = None
    errors: tuple[Issue, ...] = ()
    seconds: float = 0.0

    @property
    def record(self) -> Record | None:
        """The record, or None when there is none."""
        return self.document.record if self.document else None
