"""Content keys: identifiers by which a run recognises documents that it has processed before."""

import hashlib
from pathlib import Path, PurePosixPath

from docextract.batch.ledger import FileStamp, Ledger
from docextract.readers import Source
from docextract.readers.source import open_file


def content_key(source: Source, ledger: Ledger, *, max_bytes: int) -> tuple[str, FileStamp | None]:
    """The key of a file's content, and the stamp that tells whether the file has changed since.

    The key is the SHA-256 and the extension, since that tells kinds of plain text apart. A file
    that cannot be read, or is too large to be, is known by its path; reading it says why.
    """
    assert source.path is not None, "a run reads files"
    try:
        stamp = _stamp(source.path)
        if stamp.size > max_bytes:
            return f"large//{stamp.size}//{stamp.mtime_ns}//{source.path}", stamp
        known = ledger.known_content_key(source.name, stamp)
        return known or _hash(source.path) + PurePosixPath(source.name).suffix.lower(), stamp
    except OSError:
        return f"unreadable//{source.path}", None


def member_key(content: str, name: str) -> str:
    """The key of a document inside another one. No member's name holds two slashes in a row."""
    return f"{content}//{name}"


def is_content_hash(content: str) -> bool:
    """Whether a key begins with the SHA-256 of the document itself, which its reader gives too."""
    return "//" not in content


def _stamp(path: Path) -> FileStamp:
    # Taken before the content is read: a file that changes meanwhile is seen again next time.
    status = path.stat()
    return FileStamp(path, status.st_size, status.st_mtime_ns)


def _hash(path: Path) -> str:
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
