"""By what a run knows that it has seen a document before."""

import hashlib
from pathlib import Path, PurePosixPath

from docextract.batch.ledger import Ledger, Stamp
from docextract.readers import Source
from docextract.readers.source import open_file


def content_of(source: Source, ledger: Ledger, *, max_bytes: int) -> tuple[str, Stamp | None]:
    """The key of a file's content, and what will tell that the file has not changed.

    The key is the SHA-256 and the extension, since that tells kinds of plain text apart. A file
    that cannot be read, or is too large to be, is known by its path; reading it says why.
    """
    assert source.path is not None, "a run reads files"
    try:
        stamp = _stamp(source.path)
        if stamp.size > max_bytes:
            return f"large//{stamp.size}//{stamp.mtime_ns}//{source.path}", stamp
        known = ledger.content(source.name, stamp)
        return known or _hash(source.path) + PurePosixPath(source.name).suffix.lower(), stamp
    except OSError:
        return f"unreadable//{source.path}", None


def member_of(content: str, name: str) -> str:
    """The key of a document inside another one. No member's name holds two slashes in a row."""
    return f"{content}//{name}"


def is_hash(content: str) -> bool:
    """Whether a key begins with the SHA-256 of the document itself, which its reader gives too."""
    return "//" not in content


def _stamp(path: Path) -> Stamp:
    # Taken before the content is read: a file that changes meanwhile is seen again next time.
    status = path.stat()
    return Stamp(path, status.st_size, status.st_mtime_ns)


def _hash(path: Path) -> str:
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
