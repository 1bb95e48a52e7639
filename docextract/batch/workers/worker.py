"""Main program of a worker process, the only one that parses untrusted files.

Run by `docextract.batch.workers.process` as `python -m docextract.batch.workers.worker HANDLE`,
not through `multiprocessing`, so that a script may use workers without guarding its main module.

Nothing unexpected is caught here. An exception that is not the document's fault ends the process
with a traceback on standard error, which the parent reads; a fresh worker takes over.
"""

import faulthandler
import os
import signal
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

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
from docextract.document import Page
from docextract.errors import ConfigError, InputError, MissingDependency
from docextract.readers import ReadOptions, ReadResult

PerformTask = Callable[[Task, ReadOptions], Iterator[ReadResult | Page]]
_Tasks = SimpleQueue[Task | None]


def main(handle: int) -> None:
    """Perform tasks until the parent sends None, or has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    os.set_inheritable(handle, False)  # a child that outlives this process must not hold it
    parent = Connection(handle)
    setup: Setup = parent.recv()
    module, _, name = setup.work.partition(":")
    perform_task: PerformTask = getattr(import_module(module), name)
    tasks: _Tasks = SimpleQueue()
    Thread(target=_receive, args=(parent, tasks), daemon=True).start()
    parent.send(Ready())
    while (task := tasks.get()) is not None:
        faulthandler.dump_traceback_later(setup.hard_timeout, exit=True)
        parent.send(_perform(task, perform_task, setup.options, parent.send))
        faulthandler.cancel_dump_traceback_later()


def _perform(
    task: Task, perform_task: PerformTask, options: ReadOptions, send: Callable[[Message], None]
) -> TaskEnded | SetupFailed:
    try:
        for output in perform_task(task, options):
            send(TaskOutput(output))
    except InputError as error:
        return TaskEnded(TaskFailure(error.category, str(error)))
    except (ConfigError, MissingDependency) as error:
        return SetupFailed(error)
    return TaskEnded()


def _receive(parent: Connection, tasks: _Tasks) -> None:
    """Receive tasks while another one is performed; exit with the parent, whatever runs."""
    try:
        while True:
            task: Task | None = parent.recv()
            tasks.put(task)
    except (EOFError, OSError):
        _exit()


def _exit() -> None:
    """End this process and, where it leads its own group, those it started."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
