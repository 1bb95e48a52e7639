"""One run at a time in an output folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from docextract.errors import ConfigError


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the folder for this run. The system lets go of it when the process ends, however.

    Raises ConfigError when another run holds it, or nothing can be written there.
    """
    lock = FileLock(out / "ledger.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ConfigError(
            f"another run is writing to {out}; wait for it, or choose another --output"
        ) from error
    except OSError as error:
        raise ConfigError(f"cannot write to {out}: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()
