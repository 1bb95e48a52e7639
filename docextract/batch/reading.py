"""Documents -> tasks -> documents that are read.

A document is one task that reads it, and one more for each page that waits for OCR, so that all
workers are busy with one long scan. What a page's task could not do becomes an issue of that
page; the rest of the document stands.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass, field, replace

from docextract import readers
from docextract.batch.options import RunOptions
from docextract.batch.workers.messages import Drawing, Fault, Task
from docextract.batch.workers.pool import Made, Over, Pool
from docextract.document import WAITING, Document, Issue, Page
from docextract.errors import Category
from docextract.readers import ReadOptions, ReadResult, Source

log = logging.getLogger(__name__)

#: `document_timeout` is enough for this many pages of OCR, at 3 seconds a page by default.
_PAGES_A_TIMEOUT = 100


@dataclass(frozen=True)
class Read:
    """A document that is read, or why it could not be; and the documents inside it.

    Neither `document` nor `issue`: a mere container. `seconds` are those of all its tasks.
    """

    number: int
    source: Source
    seconds: float
    document: Document | None = None
    parts: tuple[Source, ...] = ()
    issue: Issue | None = None


@dataclass(frozen=True)
class Drawn:
    """A document whose pictures are drawn, or cannot be."""

    number: int


@dataclass
class _Open:
    """A document some of whose tasks are not over."""

    source: Source
    tasks: int = 1
    seconds: float = 0.0
    reading: ReadResult | None = None
    pages: dict[int, Page] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    fault: Fault | None = None

    @property
    def waiting(self) -> tuple[int, ...]:
        return self.reading.waiting if self.reading else ()

    @property
    def share(self) -> float:
        """How much of it is done, in [0, 1]."""
        return len(self.pages) / len(self.waiting) if self.waiting else 0.0


class Readings:
    """Reads documents in a `Pool`. `close` it in the end."""

    def __init__(self, reading: ReadOptions, options: RunOptions) -> None:
        self.pages = 0  # read so far, by whatever way
        self._pool = Pool(reading, options)
        self._timeout = options.document_timeout
        self._open: dict[int, _Open] = {}

    def close(self) -> None:
        """Kill the workers."""
        self._pool.close()

    def __len__(self) -> int:
        """How many documents are being read, or wait to be."""
        return len(self._open)

    @property
    def begun(self) -> float:
        """How many documents' worth of work is done on those that are being read."""
        return sum(opened.share for opened in self._open.values())

    @property
    def peak(self) -> int:
        """Bytes, the most that one worker was seen to occupy."""
        return self._pool.peak

    def submit(self, number: int, source: Source) -> None:
        """Have a document read; `number` comes back with it."""
        self._open[number] = _Open(source)
        self._pool.submit(Task(number, source))

    def draw(self, number: int, source: Source, drawing: Drawing) -> None:
        """Have pictures drawn of a document that was read; it comes back as `Drawn`."""
        self._open[number] = _Open(source)
        self._pool.submit(Task(number, source, drawing=drawing))

    def poll(self, timeout: float) -> list[Read | Drawn]:
        """The documents that are read or drawn by now; waits at most `timeout` seconds for news.

        Raises what `Pool.poll` raises.
        """
        done: list[Read | Drawn] = []
        for event in self._pool.poll(timeout):
            match event:
                case Made(task, made):
                    self._add(task, made)
                case Over(task, seconds, fault):
                    opened = self._end(task, seconds, fault)
                    if not opened.tasks:
                        del self._open[task.document]
                        done.append(
                            Drawn(task.document) if task.drawing else _read(task.document, opened)
                        )
        self._watch()
        return done

    def _add(self, task: Task, made: ReadResult | Page) -> None:
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

    def _end(self, task: Task, seconds: float, fault: Fault | None) -> _Open:
        opened = self._open[task.document]
        opened.tasks -= 1
        opened.seconds += seconds
        if fault is None:
            return opened
        if task.drawing:
            log.warning("no pictures of %r: %s", opened.source.name, fault.message)
            return opened
        if opened.reading is None:
            opened.fault = fault
            return opened
        lost = (task.page.number,) if task.page else opened.waiting[:1]
        for number in lost:
            if number not in opened.pages:
                opened.issues[number] = Issue("read", fault.category, fault.message, page=number)
        return opened

    def _watch(self) -> None:
        """End the documents that take too long."""
        running: dict[int, float] = defaultdict(float)
        for number, seconds in self._pool.running:
            running[number] += seconds
        for number, seconds in running.items():
            opened = self._open[number]
            rounds = max(1, -(-len(opened.waiting) // _PAGES_A_TIMEOUT))
            if opened.seconds + seconds > self._timeout * rounds:
                message = f"reading took longer than {self._timeout * rounds:g} s"
                self._pool.cancel(number, Fault(Category.TIMEOUT, message))


def _read(number: int, opened: _Open) -> Read:
    """What became of a document all of whose tasks are over."""
    if opened.reading is None:
        assert opened.fault, "a task that made no reading has a fault"
        issue = Issue("read", opened.fault.category, opened.fault.message)
        return Read(number, opened.source, opened.seconds, issue=issue)
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
    return Read(number, opened.source, opened.seconds, document, opened.reading.parts)
