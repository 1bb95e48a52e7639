"""Work queue of a run: pending documents, deduplicated by content, and completed ones."""

from collections import Counter, deque
from collections.abc import Sequence
from itertools import count

from docextract.batch.content_keys import content_key, is_content_hash, member_key
from docextract.batch.engine import Outcome
from docextract.batch.ledger import FileStamp, Ledger, LedgerEntry
from docextract.batch.options import RunOptions
from docextract.document import Issue, Result, Status
from docextract.errors import Category
from docextract.readers import ReadOptions, Source

#: Transient failures: such documents are retried by the next run, without --retry-failed.
_TRANSIENT = frozenset(
    {Category.TIMEOUT, Category.MEMORY, Category.CRASH, Category.INTERNAL, Category.UNREADABLE}
)


class WorkQueue:
    """Hands out the files to process, and saves their results in the ledger.

    Equal contents are processed once: the first path stands for its duplicates. Documents
    inside a container go before the next file.
    """

    def __init__(
        self, files: Sequence[Source], ledger: Ledger, reading: ReadOptions, options: RunOptions
    ) -> None:
        self.total = len(files)  # documents and containers known so far
        self.completed = 0  # those of them that are completed
        self.statuses: Counter[Status] = Counter()  # documents of this run by status
        self._files = deque(files)
        self._ledger = ledger
        self._reading = reading
        self._options = options
        self._waiting: deque[tuple[str, Source]] = deque()
        self._in_progress: dict[
            str, list[Source]
        ] = {}  # contents in progress -> all documents that have them
        self._processed: set[str] = set()  # contents processed in this run
        self._numbers: dict[int, str] = {}
        self._next = count()

    @property
    def empty(self) -> bool:
        """Whether nothing is left to hand out, for now."""
        return not self._waiting and not self._files

    def take(self) -> tuple[int, Source] | None:
        """What to process next, with a number for it; looks at no more than one further file.

        None when that file needs no processing.
        """
        if not self._waiting:
            file = self._files.popleft()
            content, stamp = content_key(file, self._ledger, max_bytes=self._reading.max_bytes)
            self._enqueue(file, content, stamp)
        if not self._waiting:
            return None
        content, source = self._waiting.popleft()
        number = next(self._next)
        self._numbers[number] = content
        return number, source

    def complete(self, outcome: Outcome) -> None:
        """Save the result of a source, for all documents that have its content."""
        content = self._numbers.pop(outcome.number)
        sources = self._in_progress.pop(content)
        self._processed.add(content)
        if _changed_while_read(outcome, content):
            outcome = Outcome(outcome.number, _changed_result(sources[0]), seconds=outcome.seconds)
        names = tuple(part.members[-1] for part in outcome.parts)
        container = Result(sources[0].name, Status.SUCCESS, seconds=outcome.seconds)
        self._ledger.save_result(content, outcome.result or container, names)
        ended = outcome.result.status if outcome.result else None
        for source in sources:
            self._count_completed(source, content, names, ended)

    def _enqueue(self, source: Source, content: str, stamp: FileStamp | None = None) -> None:
        self._ledger.record_document(source.name, content, stamp)
        if content in self._in_progress:
            self._in_progress[content].append(source)
            return
        entry = self._ledger.find_result(content)
        if entry is None or not (content in self._processed or self._is_final(entry)):
            self._in_progress[content] = [source]
            self._waiting.append((content, source))
            return
        ended = entry.status if content in self._processed else Status.SKIPPED
        self._count_completed(source, content, entry.parts, ended if entry.document else None)

    def _count_completed(
        self, source: Source, content: str, names: Sequence[str], ended: Status | None
    ) -> None:
        """Count a document, unless it is a mere container, and admit what is inside."""
        self.completed += 1
        self.total += len(names)
        if ended is not None:
            self.statuses[ended] += 1
        for name in names:
            self._enqueue(source.member(name), member_key(content, name))

    def _is_final(self, entry: LedgerEntry) -> bool:
        """Whether a document needs no further processing."""
        if self._options.force:
            return False
        if entry.status == Status.SUCCESS:
            return True
        if Category.ENCRYPTED in entry.categories and self._reading.password:
            return False
        return not (self._options.retry_failed or entry.categories & _TRANSIENT)


def _changed_while_read(outcome: Outcome, content: str) -> bool:
    """Whether what was read is not what the file held when its content was looked at."""
    document = outcome.result.document if outcome.result else None
    return (
        document is not None
        and is_content_hash(content)
        and not content.startswith(document.sha256)
    )


def _changed_result(source: Source) -> Result:
    message = "the file was changed while it was read; the same command reads it again"
    issue = Issue("read", Category.UNREADABLE, message)
    return Result(source.name, Status.FAILED, None, (issue,))
