"""What the parent and its workers say to each other.

Down: a `Setup`, then `Task`s, then None for "no more". Up: `Ready`, then for each task any
number of `Step`s and one `Ended`; or `Refused`, which ends the whole run.
"""

from dataclasses import dataclass

from docextract.document import Page
from docextract.errors import Category, ConfigError, MissingDependency
from docextract.readers import Reading, ReadOptions, Source


@dataclass(frozen=True)
class Setup:
    """What a worker must know before its first task."""

    work: str
    options: ReadOptions
    patience: float  # seconds; a task that takes longer ends the worker from inside


@dataclass(frozen=True, eq=False)
class Task:
    """Read a document; or, where `page` is given, that page of it, which waits for OCR."""

    document: int
    source: Source
    page: Page | None = None


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

    made: Reading | Page


@dataclass(frozen=True)
class Ended:
    """The task is over; `fault` is the document's own."""

    fault: Fault | None = None


@dataclass(frozen=True)
class Refused:
    """No document can be read like this: a wrong option, or something that is not installed."""

    error: ConfigError | MissingDependency


Message = Ready | Step | Ended | Refused
