"""Document sources: a file, bytes, a stream, or a member of a container."""

import errno
import os
from dataclasses import dataclass, field, replace
from io import BufferedReader
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from docextract.errors import TooLargeInput, UnreadableInput


@dataclass(frozen=True)
class Source:
    """A document that has not been read yet. Light to pickle: a file's bytes stay on disk.

    `name` is its path relative to the input, with forward slashes. `members` leads into
    containers: ("mails.zip" is the file) members ("a.eml", "invoice.pdf").
    """

    name: str
    path: Path | None = None
    data: bytes | None = field(default=None, repr=False)
    members: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: "str | Path | bytes | BinaryIO | Source", *, name: str = "") -> "Source":
        """A source from a path, bytes, or a binary stream (read to its end)."""
        if isinstance(given, Source):
            return given
        if isinstance(given, str | Path):
            return cls(name or Path(given).name, path=Path(given))
        if isinstance(given, bytes):
            return cls(name or "document", data=given)
        return cls(name or Path(str(getattr(given, "name", "document"))).name, data=given.read())

    def member(self, name: str) -> "Source":
        """The document `name` inside this container."""
        return replace(self, name=f"{self.name}/{name}", members=(*self.members, name))

    @property
    def container(self) -> "Source":
        """The document that this one, which has `members`, is directly inside of."""
        *outer, name = self.members
        return replace(self, name=self.name.removesuffix(f"/{name}"), members=tuple(outer))

    def load(self, *, max_bytes: int) -> bytes:
        """The bytes of the file itself (of the outermost container, when there are members).

        Raises UnreadableInput, or TooLargeInput before more than the limit is read.
        """
        if self.data is not None:
            data, size = self.data, len(self.data)
        else:
            assert self.path is not None, "a source has a path or data"
            data, size = _contents(self.path, max_bytes)
        if max(size, len(data)) > max_bytes:
            raise TooLargeInput(
                f"{size / 2**20:.0f} MB is over the limit of {max_bytes / 2**20:.0f} MB; "
                "raise max_bytes in the pipeline's [read] table"
            )
        return data


def _without_waiting(path: str, flags: int) -> int:
    # A pipe is then open without its other end; regular files do not care.
    return os.open(path, flags | os.O_NONBLOCK)


def open_file(path: Path) -> BufferedReader:
    """Open a regular file to read its bytes.

    Raises OSError, also for a pipe or a device: to read one could take for ever.
    """
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115  (the caller's to close)
    if S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise OSError(errno.EINVAL, "it is not a regular file")


def _contents(path: Path, max_bytes: int) -> tuple[bytes, int]:
    """The bytes of a file, none where its size is over the limit; and that size."""
    try:
        with open_file(path) as file:
            size = os.fstat(file.fileno()).st_size
            # One more than allowed: the file may have grown.
            return (file.read(max_bytes + 1) if size <= max_bytes else b""), size
    except OSError as error:
        raise UnreadableInput(f"cannot read {path}: {error.strerror}") from error
