"""A pool of worker processes that are expected to die.

A worker that crashes, or is killed for its time or memory, costs the task it was at and no
other: the pool says what became of that task, gives the ones sent ahead to another worker, and
starts a fresh process. `concurrent.futures` cannot do this: one death breaks its whole pool.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from time import perf_counter, sleep

from docextract.batch.options import RunOptions
from docextract.batch.workers.memory import resident
from docextract.batch.workers.messages import (
    Ended,
    Fault,
    Message,
    Ready,
    Refused,
    Setup,
    Step,
    Task,
)
from docextract.batch.workers.process import Worker
from docextract.document import Page
from docextract.errors import Category
from docextract.readers import ReadOptions, ReadResult

#: Seconds between two looks at the workers' memory.
_LOOK = 0.25
#: A worker is replaced after this many tasks, or when after at least ten it occupies this many
#: megabytes, or this share of the limit: OCR and PDF libraries give memory back late or never, and
#: a new process costs half a second.
_TASKS = 500
_SOFT = 1200
_SOFT_SHARE = 0.6
#: The parent kills a task in time. If the parent is gone and the task holds Python's lock for
#: ever, so that not even the thread that would notice can run, a timer in C ends the worker after
#: this many times the limit.
_PATIENCE = 3
#: Workers in a row that end before they are ready; more, and the installation is broken.
_STILLBORN = 3


@dataclass(frozen=True)
class Made:
    """A task has made something, and goes on."""

    task: Task
    made: ReadResult | Page


@dataclass(frozen=True)
class Over:
    """A task has ended, after `seconds` in a worker; `fault` says why it came to nothing."""

    task: Task
    seconds: float
    fault: Fault | None = None


Event = Made | Over


class Pool:
    """Does tasks in `options.workers` processes, started when there is work for them.

    `close` it in the end: then all workers are killed, whatever they do.
    """

    def __init__(self, reading: ReadOptions, options: RunOptions) -> None:
        self.peak = 0  # bytes, the most that one worker was seen to occupy
        self._options = options
        self._setup = Setup(options.work, reading, _PATIENCE * options.document_timeout)
        self._workers: list[Worker] = []
        self._begun: deque[Task] = deque()
        self._documents: deque[Task] = deque()
        self._events: list[Event] = []
        self._looked = 0.0
        self._stillborn = 0

    def close(self) -> None:
        """Kill all workers."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.queue.clear()
            worker.bury()

    def submit(self, task: Task) -> None:
        """Queue a task. What was begun is finished before another document is."""
        (self._documents if task.begins else self._begun).append(task)

    @property
    def running(self) -> Iterator[tuple[int, float]]:
        """The document of each task that is being worked on, and the seconds it has taken."""
        for worker in self._workers:
            if worker.queue:
                yield worker.queue[0].document, worker.elapsed

    def cancel(self, document: int, fault: Fault) -> None:
        """End all tasks of a document, queued or running, for this reason."""
        for queue in (self._begun, self._documents):
            dropped = [task for task in queue if task.document == document]
            self._events += [Over(task, 0.0, fault) for task in dropped]
            for task in dropped:
                queue.remove(task)
        for worker in self._workers:
            if worker.ready and worker.queue and worker.queue[0].document == document:
                worker.kill(fault)

    def poll(self, timeout: float) -> list[Event]:
        """What has happened, in the order in which it did; waits at most `timeout` seconds.

        Raises:
            ConfigError, MissingDependency: a worker says that no document can be read like this.
            RuntimeError: worker processes end before they are ready.
        """
        self._dispatch()
        if self._workers:
            heard = set(wait([w.connection for w in self._workers], 0 if self._events else timeout))
            for worker in [w for w in self._workers if w.connection in heard]:
                self._hear(worker)
        elif not self._events:
            sleep(timeout)
        self._look()
        self._dispatch()
        events, self._events = self._events, []
        return events

    def _hear(self, worker: Worker) -> None:
        """Take in all that the worker has sent; bury it when it has ended."""
        while True:
            message = worker.receive()
            if message is None:
                return self._bury(worker)
            self._take(worker, message)
            if not worker.connection.poll():
                return None

    def _take(self, worker: Worker, message: Message) -> None:
        match message:
            case Ready():
                self._stillborn = 0
            case Step(made):
                self._events.append(Made(worker.queue[0], made))
            case Ended(fault):
                self._events.append(Over(*worker.ended(), fault))
                if not worker.retiring and self._spent(worker):
                    worker.retire()
            case Refused(error):
                raise error

    def _bury(self, worker: Worker) -> None:
        self._workers.remove(worker)
        if not worker.ready:
            self._stillborn += 1
        began = worker.ready and bool(worker.queue)
        seconds = worker.elapsed
        fault = worker.bury()
        if self._stillborn >= _STILLBORN:
            raise RuntimeError(f"worker processes do not start:\n{worker.last_words}")
        if began and fault:
            self._events.append(Over(worker.queue.popleft(), seconds, fault))
        for task in reversed(worker.queue):
            (self._documents if task.begins else self._begun).appendleft(task)

    def _look(self) -> None:
        """Kill what occupies too much memory."""
        now = perf_counter()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        limit = self._options.memory_limit
        occupied = resident([worker.pid for worker in self._workers])
        for worker in self._workers:
            worker.memory = occupied[worker.pid]
            self.peak = max(self.peak, worker.memory)
            if worker.memory > limit * 2**20:
                worker.kill(Fault(Category.MEMORY, f"it needs more than {limit} MB to be read"))

    def _dispatch(self) -> None:
        while queue := self._begun or self._documents:
            worker = self._free(ahead=queue[0].source.data is None)
            if worker is None:
                return
            worker.give(queue.popleft())

    def _free(self, *, ahead: bool) -> Worker | None:
        """A worker for the next task: an idle one, a new one, or one to send it ahead to.

        Nothing is sent ahead when there is little left, lest one worker hold two tasks and
        another none; nor bytes, since a worker that hangs would not take them in.
        """
        able = [worker for worker in self._workers if not worker.retiring]
        if idle := [worker for worker in able if not worker.queue]:
            return idle[0]
        if len(self._workers) < self._options.workers:
            self._workers.append(Worker(self._setup))
            return self._workers[-1]
        if not ahead or len(self._begun) + len(self._documents) <= self._options.workers:
            return None
        return next((worker for worker in able if worker.ready and len(worker.queue) == 1), None)

    def _spent(self, worker: Worker) -> bool:
        most = min(_SOFT, _SOFT_SHARE * self._options.memory_limit) * 2**20
        return worker.tasks >= _TASKS or (worker.tasks >= 10 and worker.memory > most)
