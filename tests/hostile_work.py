"""What workers do in tests of the pool: the file's name says how it misbehaves.

Given as `RunOptions(work="hostile_work:perform_task")`, as the real function is.
"""

import hashlib
import os
import signal
import time
from collections.abc import Iterator

from docextract.batch.workers.messages import Task
from docextract.document import WAITING, Box, Document, Page, Word
from docextract.errors import ConfigError, EncryptedInput, MalformedInput, MissingDependency
from docextract.readers import ReadOptions, ReadResult, Source


def perform_task(task: Task, options: ReadOptions) -> Iterator[ReadResult | Page]:
    name = task.source.name.rpartition("/")[2]
    if task.page is not None:
        yield _recognise(name, task.page)
        return
    _misbehave(name.partition(".")[0])
    if name.startswith("mails"):
        parts = () if task.source.members else tuple(map(task.source.member, ("a.txt", "b.txt")))
        yield ReadResult(_document(task.source, 1), parts)
    elif name.startswith("archive"):
        yield ReadResult(None, tuple(map(task.source.member, ("one.txt", "two.txt"))))
    elif name.startswith("scan"):
        pages = int(name.removeprefix("scan").partition(".")[0].partition("-")[0])
        yield ReadResult(_document(task.source, pages, read_by=WAITING))
        if pages == 1:
            yield _recognise(name, Page(1, 100, 100))
    else:
        yield ReadResult(_document(task.source, 1))


def _misbehave(how: str) -> None:
    what = _WAYS.get(how.partition("-")[0], "nothing")
    if isinstance(what, Exception):
        raise what
    if callable(what):
        what()


def _grow() -> None:
    held = []
    while True:
        held.append(b"x" * 2**20)


_WAYS = {
    "exits": lambda: os._exit(7),
    "segfaults": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "hangs": lambda: time.sleep(1000),
    "slow": lambda: time.sleep(0.3),
    "grows": _grow,
    "runs out": MemoryError(),
    "bug": KeyError("a bug"),
    "encrypted": EncryptedInput("it needs a password"),
    "broken": MalformedInput("it is broken"),
    "missing": MissingDependency("no engine; try: pip install engine"),
    "config": ConfigError("no such option"),
}


def _recognise(name: str, page: Page) -> Page:
    if page.number == 3:
        _misbehave(name.partition("-")[2].partition(".")[0])
    time.sleep(0.02)
    return _page(page.number, f"page {page.number} by {os.getpid()}")


def _document(source: Source, pages: int, read_by: str = "text-layer") -> Document:
    data = source.load(max_bytes=2**20)
    made = tuple(_page(n, data.decode(), read_by) for n in range(1, pages + 1))
    digest = hashlib.sha256(data + "/".join(source.members).encode()).hexdigest()
    return Document(source.name, digest, "text/plain", made)


def _page(number: int, text: str, read_by: str = "text-layer") -> Page:
    line = tuple(Word(word, Box(0, 0, 1, 1)) for word in text.split())
    return Page(number, 100, 100, () if read_by == WAITING else (line,), read_by)
