"""Lock of the output folder: one run at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from docextract.errors import ConfigError


@contextmanager
def output_folder_lock(out: Path) -> Iterator[None]:
    """Lock the folder for this run. The system releases it however the process ends.

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
