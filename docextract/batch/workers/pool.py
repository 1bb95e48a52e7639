"""Fault-tolerant process pool: replaces workers that crash, hang or exceed their memory.

A worker that crashes, or is killed for its time or memory, loses its current task and no
other: the pool reports that task as failed, gives the ones sent ahead to another worker, and
starts a fresh process. `concurrent.futures` cannot do this: one death breaks its whole pool.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from time import perf_counter, sleep

from docextract.batch.options import RunOptions
from docextract.batch.workers.memory import resident_memory
from docextract.batch.workers.messages import (
    Message,
    Ready,
    Setup,
    SetupFailed,
    Task,
    TaskEnded,
    TaskFailure,
    TaskOutput,
)
from docextract.batch.workers.process import Worker
from docextract.document import Page
from docextract.errors import Category
from docextract.readers import ReadOptions, ReadResult

#: Seconds between two checks of the workers' memory.
_MEMORY_INTERVAL = 0.25
#: A worker is replaced after this many tasks, or when after at least ten it occupies this many
#: megabytes, or this share of the limit: OCR and PDF libraries give memory back late or never, and
#: a new process costs half a second.
_MAX_TASKS = 500
_RECYCLE_MEGABYTES = 1200
_RECYCLE_SHARE = 0.6
#: The parent kills a task in time. If the parent is gone and the task holds Python's lock for
#: ever, so that not even the thread that would notice can run, a timer in C ends the worker after
#: this many times the limit.
_HARD_TIMEOUT_FACTOR = 3
#: Workers in a row that end before they are ready; more, and the installation is broken.
_MAX_FAILED_STARTS = 3


@dataclass(frozen=True)
class TaskProduced:
    """A task has produced an output, and goes on."""

    task: Task
    output: ReadResult | Page


@dataclass(frozen=True)
class TaskFinished:
    """A task has ended, after `seconds` in a worker; `failure` says why, where it failed."""

    task: Task
    seconds: float
    failure: TaskFailure | None = None


Event = TaskProduced | TaskFinished


class Pool:
    """Performs tasks in `options.workers` processes, started when there is work for them.

    `close` it in the end: then all workers are killed, whatever they do.
    """

    def __init__(self, reading: ReadOptions, options: RunOptions) -> None:
        self.peak_memory = 0  # bytes, of any worker so far
        self._options = options
        self._setup = Setup(options.work, reading, _HARD_TIMEOUT_FACTOR * options.document_timeout)
        self._workers: list[Worker] = []
        self._started: deque[Task] = deque()
        self._new_documents: deque[Task] = deque()
        self._events: list[Event] = []
        self._memory_checked = 0.0
        self._failed_starts = 0

    def close(self) -> None:
        """Kill all workers."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.queue.clear()
            worker.reap()

    def submit(self, task: Task) -> None:
        """Queue a task. Documents that are started are finished before others are begun."""
        (self._new_documents if task.starts_document else self._started).append(task)

    @property
    def running(self) -> Iterator[tuple[int, float]]:
        """The document of each task that is being worked on, and the seconds it has taken."""
        for worker in self._workers:
            if worker.queue:
                yield worker.queue[0].document, worker.elapsed

    def cancel(self, document: int, failure: TaskFailure) -> None:
        """Cancel all tasks of a document, queued or running, for this reason."""
        for queue in (self._started, self._new_documents):
            dropped = [task for task in queue if task.document == document]
            self._events += [TaskFinished(task, 0.0, failure) for task in dropped]
            for task in dropped:
                queue.remove(task)
        for worker in self._workers:
            if worker.ready and worker.queue and worker.queue[0].document == document:
                worker.kill(failure)

    def poll(self, timeout: float) -> list[Event]:
        """The events since the last call, in order; waits at most `timeout` seconds.

        Raises:
            ConfigError, MissingDependency: a worker says that no document can be read like this.
            RuntimeError: worker processes end before they are ready.
        """
        self._dispatch()
        if self._workers:
            readable = set(
                wait([w.connection for w in self._workers], 0 if self._events else timeout)
            )
            for worker in [w for w in self._workers if w.connection in readable]:
                self._receive(worker)
        elif not self._events:
            sleep(timeout)
        self._enforce_memory_limit()
        self._dispatch()
        events, self._events = self._events, []
        return events

    def _receive(self, worker: Worker) -> None:
        """Handle all messages of a worker; reap it when it has ended."""
        while True:
            message = worker.receive()
            if message is None:
                return self._reap(worker)
            self._handle(worker, message)
            if not worker.connection.poll():
                return None

    def _handle(self, worker: Worker, message: Message) -> None:
        match message:
            case Ready():
                self._failed_starts = 0
            case TaskOutput(output):
                self._events.append(TaskProduced(worker.queue[0], output))
            case TaskEnded(failure):
                self._events.append(TaskFinished(*worker.finish_task(), failure))
                if not worker.retiring and self._needs_recycling(worker):
                    worker.retire()
            case SetupFailed(error):
                raise error

    def _reap(self, worker: Worker) -> None:
        self._workers.remove(worker)
        if not worker.ready:
            self._failed_starts += 1
        began = worker.ready and bool(worker.queue)
        seconds = worker.elapsed
        failure = worker.reap()
        if self._failed_starts >= _MAX_FAILED_STARTS:
            raise RuntimeError(f"worker processes do not start:\n{worker.startup_output}")
        if began and failure:
            self._events.append(TaskFinished(worker.queue.popleft(), seconds, failure))
        for task in reversed(worker.queue):
            (self._new_documents if task.starts_document else self._started).appendleft(task)

    def _enforce_memory_limit(self) -> None:
        """Kill workers that exceed the memory limit."""
        now = perf_counter()
        if now - self._memory_checked < _MEMORY_INTERVAL:
            return
        self._memory_checked = now
        limit = self._options.memory_limit
        occupied = resident_memory([worker.pid for worker in self._workers])
        for worker in self._workers:
            worker.memory = occupied[worker.pid]
            self.peak_memory = max(self.peak_memory, worker.memory)
            if worker.memory > limit * 2**20:
                worker.kill(
                    TaskFailure(Category.MEMORY, f"it needs more than {limit} MB to be read")
                )

    def _dispatch(self) -> None:
        while queue := self._started or self._new_documents:
            worker = self._available_worker(ahead=queue[0].source.data is None)
            if worker is None:
                return
            worker.assign(queue.popleft())

    def _available_worker(self, *, ahead: bool) -> Worker | None:
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
        if not ahead or len(self._started) + len(self._new_documents) <= self._options.workers:
            return None
        return next((worker for worker in able if worker.ready and len(worker.queue) == 1), None)

    def _needs_recycling(self, worker: Worker) -> bool:
        most = min(_RECYCLE_MEGABYTES, _RECYCLE_SHARE * self._options.memory_limit) * 2**20
        return worker.tasks >= _MAX_TASKS or (worker.tasks >= 10 and worker.memory > most)
