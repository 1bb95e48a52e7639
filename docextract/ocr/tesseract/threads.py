"""Thread limit for Tesseract: one OpenMP thread a process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def single_threaded() -> Iterator[None]:
    """Inside, programs started and OpenMP libraries loaded keep to one thread.

    One process a core keeps all cores busy; more threads would only compete for them. The
    environment is put back, since torch reads it too.
    """
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before
