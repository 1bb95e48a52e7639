"""Atomic files, under names that every file system takes."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

#: What Windows does not take in a name; the slash divides, the rest is for POSIX as well.
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f\ud800-\udfff]')
#: Names of devices on Windows, with any extension.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
#: Of the 255 bytes that common file systems take; leaves room for what is added to a name.
_LONGEST = 200
#: Bytes of a whole path, of the 4096 that Linux takes and the 1024 of macOS.
_LONGEST_PATH = 700


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """A path to write to, which becomes `path` when the context ends without an exception.

    It lies in the same folder, since only there a file can be replaced in one step. What a
    killed process leaves behind is overwritten by the next, as its name is always the same.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def safe(path: str) -> PurePosixPath:
    """A relative path near `path` that leads nowhere else, and is no other path's.

    A part that has to change gets a hash of its old name, so two never become one.
    """
    *folders, name = [part for part in path.split("/") if part] or [""]
    # A file's name gets ".json" later, so a folder that ends so could be in its way.
    parts = [_part(folder, taken=folder.lower().endswith(".json")) for folder in folders]
    made = PurePosixPath(*parts, _part(name))
    # An archive may name folders without end, for which no path is long enough.
    return made if len(bytes(made)) <= _LONGEST_PATH else PurePosixPath(_part(name, of=path))


def _part(name: str, *, taken: bool = False, of: str = "") -> str:
    """A name that any file system takes; with a hash, of `of` or itself, if it has to change."""
    kept = _UNSAFE.sub("_", name).rstrip(". ")
    kept = kept.encode()[:_LONGEST].decode(errors="ignore")
    if kept == name and kept and not (taken or of or _DEVICE.fullmatch(kept)):
        return kept
    digest = hashlib.sha256((of or name).encode(errors="surrogatepass")).hexdigest()
    return f"{kept}~{digest[:8]}"
