"""Document reader: splits documents into worker tasks and assembles their pages.

A document is one task that reads it, and one more for each page that waits for OCR, so that all
workers are busy with one long scan. A page whose task fails gets an issue; the rest of
the document is kept.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass, field, replace

from docextract import readers
from docextract.batch.options import RunOptions
from docextract.batch.workers.messages import DrawRequest, Task, TaskFailure
from docextract.batch.workers.pool import Pool, TaskFinished, TaskProduced
from docextract.document import WAITING, Document, Issue, Page
from docextract.errors import Category
from docextract.readers import ReadOptions, ReadResult, Source

log = logging.getLogger(__name__)

#: `document_timeout` is enough for this many pages of OCR, at 3 seconds a page by default.
_PAGES_PER_TIMEOUT = 100


@dataclass(frozen=True)
class DocumentRead:
    """A document that was read, or why it could not be; and the documents inside it.

    Neither `document` nor `issue`: a mere container. `seconds` are those of all its tasks.
    """

    number: int
    source: Source
    seconds: float
    document: Document | None = None
    parts: tuple[Source, ...] = ()
    issue: Issue | None = None


@dataclass(frozen=True)
class ImagesDrawn:
    """A document whose images were drawn, or could not be."""

    number: int


@dataclass
class _OpenDocument:
    """A document with unfinished tasks."""

    source: Source
    tasks: int = 1
    seconds: float = 0.0
    reading: ReadResult | None = None
    pages: dict[int, Page] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    failure: TaskFailure | None = None

    @property
    def waiting(self) -> tuple[int, ...]:
        return self.reading.waiting if self.reading else ()

    @property
    def share(self) -> float:
        """The share of its pages that is done, in [0, 1]."""
        return len(self.pages) / len(self.waiting) if self.waiting else 0.0


class DocumentReader:
    """Reads documents in a `Pool`. `close` it in the end."""

    def __init__(self, reading: ReadOptions, options: RunOptions) -> None:
        self.pages = 0  # read so far, by whatever way
        self._pool = Pool(reading, options)
        self._timeout = options.document_timeout
        self._open: dict[int, _OpenDocument] = {}

    def close(self) -> None:
        """Kill the workers."""
        self._pool.close()

    def __len__(self) -> int:
        """The number of documents that are being read, or wait to be."""
        return len(self._open)

    @property
    def partial_progress(self) -> float:
        """Work done on unfinished documents, as a number of documents: 0.5 for half of one."""
        return sum(opened.share for opened in self._open.values())

    @property
    def peak_memory(self) -> int:
        """The largest memory of any worker so far, in bytes."""
        return self._pool.peak_memory

    def submit(self, number: int, source: Source) -> None:
        """Have a document read; `number` comes back with it."""
        self._open[number] = _OpenDocument(source)
        self._pool.submit(Task(number, source))

    def draw(self, number: int, source: Source, drawing: DrawRequest) -> None:
        """Draw images of a document that was read; it comes back as `ImagesDrawn`."""
        self._open[number] = _OpenDocument(source)
        self._pool.submit(Task(number, source, drawing=drawing))

    def poll(self, timeout: float) -> list[DocumentRead | ImagesDrawn]:
        """The documents that are read or drawn by now; waits at most `timeout` seconds for news.

        Raises what `Pool.poll` raises.
        """
        done: list[DocumentRead | ImagesDrawn] = []
        for event in self._pool.poll(timeout):
            match event:
                case TaskProduced(task, made):
                    self._add_product(task, made)
                case TaskFinished(task, seconds, failure):
                    opened = self._end_task(task, seconds, failure)
                    if not opened.tasks:
                        del self._open[task.document]
                        done.append(
                            ImagesDrawn(task.document)
                            if task.drawing
                            else _document_read(task.document, opened)
                        )
        self._enforce_timeouts()
        return done

    def _add_product(self, task: Task, made: ReadResult | Page) -> None:
        opened = self._open[task.document]
        if isinstance(made, Page):
            opened.pages[made.number] = made
            self.pages += 1
            return
        opened.reading = made
        waiting = made.waiting
        pages = made.document.pages if made.document else ()
        self.pages += len(pages) - len(waiting)
        if len(waiting) == 1:
            return  # the same task goes on with it
        for page in pages:
            if page.read_by == WAITING:
                opened.tasks += 1
                self._pool.submit(Task(task.document, opened.source, page))

    def _end_task(self, task: Task, seconds: float, failure: TaskFailure | None) -> _OpenDocument:
        opened = self._open[task.document]
        opened.tasks -= 1
        opened.seconds += seconds
        if failure is None:
            return opened
        if task.drawing:
            log.warning("no pictures of %r: %s", opened.source.name, failure.message)
            return opened
        if opened.reading is None:
            opened.failure = failure
            return opened
        lost = (task.page.number,) if task.page else opened.waiting[:1]
        for number in lost:
            if number not in opened.pages:
                opened.issues[number] = Issue(
                    "read", failure.category, failure.message, page=number
                )
        return opened

    def _enforce_timeouts(self) -> None:
        """Cancel documents that take longer than the time limit."""
        running: dict[int, float] = defaultdict(float)
        for number, seconds in self._pool.running:
            running[number] += seconds
        for number, seconds in running.items():
            opened = self._open[number]
            rounds = max(1, -(-len(opened.waiting) // _PAGES_PER_TIMEOUT))
            if opened.seconds + seconds > self._timeout * rounds:
                message = f"reading took longer than {self._timeout * rounds:g} s"
                self._pool.cancel(number, TaskFailure(Category.TIMEOUT, message))


def _document_read(number: int, opened: _OpenDocument) -> DocumentRead:
    """The document, assembled when all of its tasks have finished."""
    if opened.reading is None:
        assert opened.failure, "a task that made no reading has a failure"
        issue = Issue("read", opened.failure.category, opened.failure.message)
        return DocumentRead(number, opened.source, opened.seconds, issue=issue)
    document = opened.reading.document
    if document is not None and opened.waiting:
        # In the order of pages, not of workers: the same document, the same record.
        issues = tuple(opened.issues[page] for page in sorted(opened.issues))
        pages = tuple(
            opened.pages.get(page.number, readers.as_unread(page))
            if page.read_by == WAITING
            else page
            for page in document.pages
        )
        document = replace(document, pages=pages, issues=(*document.issues, *issues))
    return DocumentRead(number, opened.source, opened.seconds, document, opened.reading.parts)
