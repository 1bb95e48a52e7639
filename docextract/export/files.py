"""Files that appear complete or not at all, under names that every file system takes."""

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
    return PurePosixPath(*parts, _part(name))


def _part(name: str, *, taken: bool = False) -> str:
    kept = _UNSAFE.sub("_", name).rstrip(". ")
    kept = kept.encode()[:_LONGEST].decode(errors="ignore")
    if kept == name and kept and not taken and not _DEVICE.fullmatch(kept):
        return kept
    return f"{kept}~{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:8]}"
