"""Options of a folder run, with their defaults."""

import os
from dataclasses import dataclass, field

from docextract.errors import ConfigError
from docextract.export.rows import ExportOptions


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """Options of a folder run."""

    #: Processes that read documents.
    workers: int = field(default_factory=cores)
    #: Seconds of work on one document, over all processes; then it is killed. A document of
    #: which more than 100 pages wait for OCR gets as much again for each further 100.
    document_timeout: float = 300.0
    #: Megabytes that a worker and its child processes may occupy; then it is killed.
    memory_limit: int = 4096
    #: Do failed and partial documents again, whatever the reason was.
    retry_failed: bool = False
    #: Do everything again.
    force: bool = False
    #: Names of export formats, or URLs of databases.
    formats: tuple[str, ...] = ("jsonl", "csv")
    export: ExportOptions = field(default_factory=ExportOptions)
    #: Put the text into each record.
    with_text: bool = False
    #: Draw what was found over the pages, into the folder "debug"; of documents done in this run.
    debug_images: bool = False
    #: Only these files of a folder ("*.pdf", "2024/*"), and not those.
    patterns: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    #: Say only what went wrong.
    quiet: bool = False
    #: What a worker does with a task: "module:function", see `docextract.batch.workers.tasks`.
    work: str = "docextract.batch.workers.tasks:perform_task"

    def __post_init__(self) -> None:
        if self.workers < 1 or self.document_timeout <= 0 or self.memory_limit <= 0:
            raise ConfigError(
                "workers, document timeout and memory limit must be more than 0, not "
                f"{self.workers}, {self.document_timeout:g} and {self.memory_limit}"
            )
