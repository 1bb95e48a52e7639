"""Messages between the parent process and its workers.

Down: a `Setup`, then `Task`s, then None for "no more". Up: `Ready`, then for each task any
number of `TaskOutput`s and one `TaskEnded`; or `SetupFailed`, which ends the whole run.
"""

from dataclasses import dataclass
from pathlib import Path

from docextract.document import Document, Page
from docextract.errors import Category, ConfigError, MissingDependency
from docextract.readers import ReadOptions, ReadResult, Source


@dataclass(frozen=True)
class Setup:
    """Configuration of a worker, sent before its first task."""

    work: str
    options: ReadOptions
    hard_timeout: float  # seconds; a task that takes longer ends the worker from inside


@dataclass(frozen=True)
class DrawRequest:
    """A request to draw images of a finished document into a folder."""

    document: Document
    folder: Path


@dataclass(frozen=True, eq=False)
class Task:
    """Read a document; or one page of it that waits for OCR; or draw what was found in it."""

    document: int
    source: Source
    page: Page | None = None
    drawing: DrawRequest | None = None

    @property
    def starts_document(self) -> bool:
        """Whether it begins a document, rather than continuing one."""
        return self.page is None and self.drawing is None


@dataclass(frozen=True)
class TaskFailure:
    """Why a task failed."""

    category: Category
    message: str


@dataclass(frozen=True)
class Ready:
    """The worker has started."""


@dataclass(frozen=True)
class TaskOutput:
    """An output of a task; more may follow, and the task may still fail."""

    output: ReadResult | Page


@dataclass(frozen=True)
class TaskEnded:
    """The task has ended; `failure` concerns its document alone."""

    failure: TaskFailure | None = None


@dataclass(frozen=True)
class SetupFailed:
    """No document can be read like this: a wrong option, or something that is not installed."""

    error: ConfigError | MissingDependency


Message = Ready | TaskOutput | TaskEnded | SetupFailed
