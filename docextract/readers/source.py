"""Where a document's bytes come from: a file, bytes, a stream, or a member of one of these."""

from dataclasses import dataclass, field, replace
from pathlib import Path
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

    def load(self, *, max_bytes: int) -> bytes:
        """The bytes of the file itself (of the outermost container, when there are members).

        Raises UnreadableInput or TooLargeInput.
        """
        if self.data is not None:
            data = self.data
        else:
            assert self.path is not None, "a source has a path or data"
            try:
                size = self.path.stat().st_size
                data = self.path.read_bytes() if size <= max_bytes else b""
            except OSError as error:
                raise UnreadableInput(f"cannot read {self.path}: {error.strerror}") from error
            if size > max_bytes:
                raise TooLargeInput(_over(size, max_bytes))
        if len(data) > max_bytes:
            raise TooLargeInput(_over(len(data), max_bytes))
        return data


def _over(size: int, limit: int) -> str:
    return (
        f"{size / 2**20:.0f} MB is over the limit of {limit / 2**20:.0f} MB; "
        "raise max_bytes in the pipeline's [read] table"
    )
