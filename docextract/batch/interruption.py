"""Interrupt handling: the first Ctrl-C stops gracefully, the second at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from types import FrameType


@contextmanager
def interruption() -> Iterator[Event]:
    """An event that the first Ctrl-C sets; the second ends the process as it always would.

    An exception could come up in the middle of any line, and leave a pool or a ledger half
    changed; an event is asked for where stopping is safe. In a thread other than the main one,
    which signals do not reach, it is never set.
    """
    stop = Event()
    if current_thread() is not main_thread():
        yield stop
        return

    def first(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    before = signal.signal(signal.SIGINT, first)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
