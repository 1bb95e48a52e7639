"""What the parent and its workers say to each other.

Down: a `Setup`, then `Task`s, then None for "no more". Up: `Ready`, then for each task any
number of `Step`s and one `Ended`; or `Refused`, which ends the whole run.
"""

from dataclasses import dataclass
from pathlib import Path

from docextract.document import Document, Page
from docextract.errors import Category, ConfigError, MissingDependency
from docextract.readers import ReadOptions, ReadResult, Source


@dataclass(frozen=True)
class Setup:
    """What a worker must know before its first task."""

    work: str
    options: ReadOptions
    patience: float  # seconds; a task that takes longer ends the worker from inside


@dataclass(frozen=True)
class Drawing:
    """Pictures of a finished document, to be drawn into a folder."""

    document: Document
    folder: Path


@dataclass(frozen=True, eq=False)
class Task:
    """Read a document; or that page of it, which waits for OCR; or draw what was found in it."""

    document: int
    source: Source
    page: Page | None = None
    drawing: Drawing | None = None

    @property
    def begins(self) -> bool:
        """Whether it begins a document, rather than going on with one."""
        return self.page is None and self.drawing is None


@dataclass(frozen=True)
class Fault:
    """Why a task came to nothing."""

    category: Category
    message: str


@dataclass(frozen=True)
class Ready:
    """The worker has started."""


@dataclass(frozen=True)
class Step:
    """Something that the task has made; it may make more, and may fail later."""

    made: ReadResult | Page


@dataclass(frozen=True)
class Ended:
    """The task is over; `fault` is the document's own."""

    fault: Fault | None = None


@dataclass(frozen=True)
class Refused:
    """No document can be read like this: a wrong option, or something that is not installed."""

    error: ConfigError | MissingDependency


Message = Ready | Step | Ended | Refused
