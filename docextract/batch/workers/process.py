"""Handle of a worker process in the parent: process, connection and assigned tasks."""

import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections import deque
from multiprocessing import Pipe
from time import perf_counter

from docextract.batch.workers.messages import Message, Ready, Setup, Task, TaskFailure
from docextract.errors import Category

log = logging.getLogger(__name__)

#: One thread each: workers are as many as cores, and more threads only hinder each other
#: (two processes on two cores read 2.0 times as many pages as one, two threads 1.6 times).
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
_STDERR_BYTES = 8000  # bytes of standard error that are kept for the log


class Worker:
    """One process. It works on `queue[0]`; what follows was sent ahead, so that it never idles."""

    def __init__(self, setup: Setup) -> None:
        self._errors = tempfile.TemporaryFile("a+b")  # noqa: SIM115  (closed in `reap`)
        self.connection, theirs = Pipe()
        self._process = _start(theirs.fileno(), self._errors.fileno())
        theirs.close()
        self.queue: deque[Task] = deque()
        self.ready = False
        self.retiring = False
        self.tasks = 0  # ended so far
        self.memory = 0  # bytes at the last look, with its children's
        self._began = perf_counter()
        self._killed: tuple[Task, TaskFailure] | None = None
        self.startup_output = ""  # of a process that never got ready
        self.connection.send(setup)

    @property
    def pid(self) -> int:
        """The process id; its children are found by it."""
        return self._process.pid

    @property
    def elapsed(self) -> float:
        """Seconds that the current task has taken; 0 before the worker is ready, or without one."""
        return perf_counter() - self._began if self.ready and self.queue else 0.0

    def assign(self, task: Task) -> None:
        """Send a task."""
        if not self.queue:
            self._began = perf_counter()
        self.queue.append(task)
        self._send(task)

    def retire(self) -> None:
        """Let it end when it has performed its queued tasks."""
        self.retiring = True
        self._send(None)

    def receive(self) -> Message | None:
        """The next message; None when the process has ended."""
        try:
            message: Message = self.connection.recv()
        except (EOFError, OSError):
            return None
        if isinstance(message, Ready):
            self.ready = True
            self._began = perf_counter()
        return message

    def finish_task(self) -> tuple[Task, float]:
        """Take the current task off the queue: the task, and the seconds it took."""
        seconds = self.elapsed
        self._began = perf_counter()
        self.tasks += 1
        task = self.queue.popleft()
        # With another task under way, what is there may be the traceback that ends it.
        if not self.queue and (said := self._stderr_tail()):
            log.debug("worker %d said:\n%s", self.pid, said)
            os.ftruncate(self._errors.fileno(), 0)
        return task, seconds

    def kill(self, failure: TaskFailure | None = None) -> None:
        """Kill it and its children; `failure` is what its current task is reported with."""
        if failure and self.queue:
            self._killed = (self.queue[0], failure)
        if self._process.poll() is None:
            # It leads its own group, and is not waited for yet: the number is still its own.
            os.killpg(self._process.pid, signal.SIGKILL)

    def reap(self) -> TaskFailure | None:
        """Wait for a process that is ending; return the failure of its current task.

        None when that task did not fail: it was not begun, or the process ended as it was told to.
        """
        code = self._wait()
        said = self._stderr_tail()
        self.connection.close()
        self._errors.close()
        if self._killed:
            task, failure = self._killed
            return failure if self.queue and self.queue[0] is task else None
        if not self.ready or not self.queue:
            self.startup_output = said
            return None
        log.error("worker %d died on %r:\n%s", self.pid, self.queue[0].source.name, said)
        return _diagnose(code, said)

    def _wait(self) -> int:
        """Its exit code. The connection is closed, so it is about to end, or can be of no use."""
        try:
            return self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.wait()

    def _send(self, message: Task | None) -> None:
        try:
            self.connection.send(message)
        except OSError:  # it is dead: `receive` will say so, and the task goes to another
            log.debug("worker %d is gone", self.pid)

    def _stderr_tail(self) -> str:
        size = os.fstat(self._errors.fileno()).st_size
        self._errors.seek(max(0, size - _STDERR_BYTES))
        return self._errors.read().decode("utf-8", "replace").strip()


def _start(handle: int, errors: int) -> "subprocess.Popen[bytes]":
    # -P: the current folder may hold anybody's files, and one of them may be called json.py.
    command = [sys.executable, "-P", "-X", "faulthandler", "-m", "docextract.batch.workers.worker"]
    path = os.pathsep.join(entry or os.curdir for entry in sys.path)
    environment = {**os.environ, **_ENVIRONMENT, "PYTHONPATH": path}
    return subprocess.Popen(
        [*command, str(handle)],
        stdin=subprocess.DEVNULL,
        stdout=errors,
        stderr=errors,
        env=environment,
        pass_fds=(handle,),
        process_group=0,  # Ctrl-C does not reach it, and one signal reaches its children
    )


def _diagnose(code: int, said: str) -> TaskFailure:
    """The failure of a task whose process died."""
    last = said.rpartition("\n")[2]
    if code == 1 and "Traceback (most recent call last)" in said:
        if last.startswith("MemoryError"):
            return TaskFailure(Category.MEMORY, "reading it needs more memory than there is")
        return TaskFailure(
            Category.INTERNAL, f"a bug in docextract: {last}; the log has the traceback"
        )
    if code < 0:
        return TaskFailure(Category.CRASH, f"the process that read it died: {_name(-code)}")
    return TaskFailure(Category.CRASH, f"the process that read it ended with exit code {code}")


def _name(number: int) -> str:
    known = {member.value: member.name for member in signal.Signals}
    return known.get(number, f"signal {number}")
