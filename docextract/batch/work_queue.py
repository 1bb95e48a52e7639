"""What is still to be done in a run, and what has been."""

from collections import Counter, deque
from collections.abc import Sequence
from itertools import count

from docextract.batch.content_keys import content_of, is_hash, member_of
from docextract.batch.engine import Outcome
from docextract.batch.ledger import Entry, Ledger, Stamp
from docextract.batch.options import RunOptions
from docextract.document import Issue, Result, Status
from docextract.errors import Category
from docextract.readers import ReadOptions, Source

#: What could go better next time; such documents are done again without being asked for.
_PASSING = frozenset(
    {Category.TIMEOUT, Category.MEMORY, Category.CRASH, Category.INTERNAL, Category.UNREADABLE}
)


class Docket:
    """Takes files, gives the ones to process, takes what became of them into the ledger.

    Equal contents are processed once: the first path that has one stands for its twins. What
    is inside a container goes before the next file.
    """

    def __init__(
        self, files: Sequence[Source], ledger: Ledger, reading: ReadOptions, options: RunOptions
    ) -> None:
        self.total = len(files)  # documents and containers that are known of by now
        self.over = 0  # those of them that are over
        self.ended: Counter[Status] = Counter()  # how documents ended in this run
        self._files = deque(files)
        self._ledger = ledger
        self._reading = reading
        self._options = options
        self._waiting: deque[tuple[str, Source]] = deque()
        self._asked: dict[str, list[Source]] = {}  # contents in work, and all who have them
        self._made: set[str] = set()  # contents done in this run
        self._numbers: dict[int, str] = {}
        self._next = count()

    @property
    def empty(self) -> bool:
        """Whether nothing is left to hand out, for now."""
        return not self._waiting and not self._files

    def pull(self) -> tuple[int, Source] | None:
        """What to process next, with a number for it; looks at no more than one further file.

        None when that file needs no processing.
        """
        if not self._waiting:
            file = self._files.popleft()
            content, stamp = content_of(file, self._ledger, max_bytes=self._reading.max_bytes)
            self._admit(file, content, stamp)
        if not self._waiting:
            return None
        content, source = self._waiting.popleft()
        number = next(self._next)
        self._numbers[number] = content
        return number, source

    def put(self, outcome: Outcome) -> None:
        """Note what became of a source, for all who have its content."""
        content = self._numbers.pop(outcome.number)
        sources = self._asked.pop(content)
        self._made.add(content)
        if _is_other(outcome, content):
            outcome = Outcome(outcome.number, _changed(sources[0]), seconds=outcome.seconds)
        names = tuple(part.members[-1] for part in outcome.parts)
        container = Result(sources[0].name, Status.SUCCESS, seconds=outcome.seconds)
        self._ledger.save(content, outcome.result or container, names)
        ended = outcome.result.status if outcome.result else None
        for source in sources:
            self._finish(source, content, names, ended)

    def _admit(self, source: Source, content: str, stamp: Stamp | None = None) -> None:
        self._ledger.see(source.name, content, stamp)
        if content in self._asked:
            self._asked[content].append(source)
            return
        entry = self._ledger.find(content)
        if entry is None or not (content in self._made or self._settled(entry)):
            self._asked[content] = [source]
            self._waiting.append((content, source))
            return
        ended = entry.status if content in self._made else Status.SKIPPED
        self._finish(source, content, entry.parts, ended if entry.document else None)

    def _finish(
        self, source: Source, content: str, names: Sequence[str], ended: Status | None
    ) -> None:
        """Count a document, unless it is a mere container, and admit what is inside."""
        self.over += 1
        self.total += len(names)
        if ended is not None:
            self.ended[ended] += 1
        for name in names:
            self._admit(source.member(name), member_of(content, name))

    def _settled(self, entry: Entry) -> bool:
        """Whether there is no reason to do a document again."""
        if self._options.force:
            return False
        if entry.status == Status.SUCCESS:
            return True
        if Category.ENCRYPTED in entry.categories and self._reading.password:
            return False
        return not (self._options.retry_failed or entry.categories & _PASSING)


def _is_other(outcome: Outcome, content: str) -> bool:
    """Whether what was read is not what the file held when its content was looked at."""
    document = outcome.result.document if outcome.result else None
    return document is not None and is_hash(content) and not content.startswith(document.sha256)


def _changed(source: Source) -> Result:
    message = "the file was changed while it was read; the same command reads it again"
    issue = Issue("read", Category.UNREADABLE, message)
    return Result(source.name, Status.FAILED, None, (issue,))
