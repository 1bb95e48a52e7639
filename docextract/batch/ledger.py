"""Run ledger: SQLite file that records results, makes a run resumable and feeds all outputs.

The table `documents` has the content key of each path, as a run last saw it. `results` has the
result of each content key in a pipeline, so equal files are processed once, and a file that moved
is not processed again. Both are committed together, about twice a second; a process killed at any
moment loses at most that much, and never leaves a partial row.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

import simplejson

from docextract.batch.discovery import LEDGER_FILE
from docextract.document import Issue, Result, Status
from docextract.errors import Category, ConfigError
from docextract.export import ExportRow, dumps, loads, row_of

#: Changes when the tables do; a ledger of another version is refused, not misread.
_VERSION = 1
#: Seconds between commits. Each one waits for the disk.
_COMMIT = 0.5
_TABLES = """
CREATE TABLE IF NOT EXISTS documents (
    path TEXT PRIMARY KEY,     -- relative to the input; a part's is its container's, "/", its name
    content TEXT NOT NULL,     -- SHA-256 and extension; a part's: its container's, "//", its name
    file TEXT,                 -- where the file lay, its size in bytes and its time: while these
    size INTEGER,              --   are the same, it is not read again to see whether its content is
    mtime_ns INTEGER,
    run INTEGER NOT NULL       -- the last run that saw it
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (
    content TEXT NOT NULL,
    pipeline TEXT NOT NULL,    -- its fingerprint: options, stages, models, schemas, version
    status TEXT NOT NULL,      -- success, partial, failed
    stage TEXT,                -- these four: of the first thing that went wrong
    category TEXT,
    page INTEGER,
    message TEXT,
    pages INTEGER NOT NULL,
    seconds REAL NOT NULL,     -- of work, over all processes
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT,               -- JSON; NULL when it was not read, or is a mere container
    text TEXT,                 -- what the record's offsets refer to
    errors TEXT NOT NULL,      -- JSON: everything that went wrong
    parts TEXT NOT NULL,       -- JSON: names of the documents inside it
    PRIMARY KEY (content, pipeline)
);
"""


@dataclass(frozen=True)
class LedgerEntry:
    """The result of a content key: its status, why it failed, and the documents inside it."""

    status: Status
    document: bool  # False for a mere container
    categories: frozenset[str]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class FileStamp:
    """Path, size and modification time: tell that a file is unchanged without reading it."""

    file: Path
    size: int
    mtime_ns: int


class Ledger:
    """The ledger of an output folder, for one run of one pipeline: a context manager.

    Used by one thread. What was written is committed when the context ends, even by an
    exception, as each row is complete in itself.
    """

    def __init__(self, out: Path, pipeline: str) -> None:
        self._pipeline = pipeline
        path = out / LEDGER_FILE
        try:
            self._sql = sqlite3.connect(path, isolation_level=None)
            (version,) = self._sql.execute("PRAGMA user_version").fetchone()
            if version not in (0, _VERSION):
                raise ConfigError(f"{path} is of another version of docextract; use another folder")
            # With a write-ahead log, NORMAL loses nothing when the process is killed.
            self._sql.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                f"{_TABLES}PRAGMA user_version = {_VERSION};"
            )
        except sqlite3.Error as error:
            raise ConfigError(f"cannot use {path} as a ledger: {error}") from error
        (last,) = self._sql.execute("SELECT MAX(run) FROM documents").fetchone()
        self._run = (last or 0) + 1
        self._sql.execute("BEGIN")
        self._committed = monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sql.execute("COMMIT")
        self._sql.close()

    def commit(self, *, at_once: bool = False) -> None:
        """Commit what was written, if the last commit is more than half a second ago."""
        if at_once or monotonic() - self._committed > _COMMIT:
            self._sql.execute("COMMIT")
            self._sql.execute("BEGIN")
            self._committed = monotonic()

    def known_content_key(self, name: str, stamp: FileStamp) -> str | None:
        """The content key of a file that was seen before with the same stamp; None otherwise."""
        row = self._sql.execute(
            "SELECT content FROM documents WHERE path = ? AND file = ? AND size = ? "
            "AND mtime_ns = ?",
            (_encode_text(name), _encode_text(str(stamp.file)), stamp.size, stamp.mtime_ns),
        ).fetchone()
        return _decode_text(row[0]) if row else None

    def record_document(self, name: str, content: str, stamp: FileStamp | None = None) -> None:
        """Record that this run has a document of this name, with this content key."""
        where = (
            (_encode_text(str(stamp.file)), stamp.size, stamp.mtime_ns) if stamp else (None,) * 3
        )
        self._sql.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)",
            (_encode_text(name), _encode_text(content), *where, self._run),
        )

    def find_result(self, content: str) -> LedgerEntry | None:
        """The result of a content key in this pipeline; None where there is none yet."""
        row = self._sql.execute(
            "SELECT status, record IS NOT NULL OR status = 'failed', errors, parts FROM results "
            "WHERE content = ? AND pipeline = ?",
            (_encode_text(content), self._pipeline),
        ).fetchone()
        if row is None:
            return None
        status, document, errors, parts = row
        categories = frozenset(error["category"] for error in simplejson.loads(errors))
        return LedgerEntry(
            Status(status), bool(document), categories, tuple(simplejson.loads(parts))
        )

    def save_result(self, content: str, result: Result, parts: tuple[str, ...] = ()) -> None:
        """Save the result of a content key."""
        row = row_of(result)
        document = result.document
        first = result.errors[0] if result.errors else None
        values = (
            _encode_text(content),
            self._pipeline,
            str(result.status),
            first.stage if first else None,
            str(first.category) if first else None,
            first.page if first else None,
            _encode_text(first.message) if first else None,
            len(document.pages) if document else 0,
            round(result.seconds, 3),
            document.media_type if document else "",
            row.sha256,
            row.kind,
            row.json or None,
            _encode_text(document.text) if document else None,
            _issues_as_json(result.errors),
            simplejson.dumps(parts),
        )
        marks = ", ".join("?" * len(values))
        self._sql.execute(f"INSERT OR REPLACE INTO results VALUES ({marks})", values)

    def rows(self, *, with_text: bool = False) -> Iterator[ExportRow]:
        """The documents of this run, sorted by path, without mere containers."""
        found = self._sql.execute(
            "SELECT path, status, sha256, kind, record, text, errors FROM documents "
            "JOIN results USING (content) WHERE run = ? AND pipeline = ? "
            "AND (record IS NOT NULL OR status = 'failed') ORDER BY path",
            (self._run, self._pipeline),
        )
        for path, status, sha256, kind, record, text, errors in found:
            yield ExportRow(
                path=_decode_text(path),
                status=Status(status),
                sha256=sha256,
                kind=kind,
                json=_with_text(record, text) if with_text else record or "",
                errors=tuple(_issue_from_json(error) for error in simplejson.loads(errors)),
            )

    def drop_unseen_documents(self) -> None:
        """Delete the paths that this run did not see. The results of their contents are kept."""
        self._sql.execute("DELETE FROM documents WHERE run <> ?", (self._run,))


def _with_text(record: str | None, text: str | bytes | None) -> str:
    if record is None or text is None:
        return record or ""
    return dumps({**loads(record), "text": _decode_text(text)})


def _issues_as_json(errors: tuple[Issue, ...]) -> str:
    made: str = simplejson.dumps(
        [
            {
                "stage": error.stage,
                "category": str(error.category),
                "message": error.message,
                "page": error.page,
                "field": error.field,
            }
            for error in errors
        ]
    )
    return made


def _issue_from_json(error: dict[str, Any]) -> Issue:
    category = error["category"]
    known = Category(category) if category in list(Category) else category
    return Issue(**{**error, "category": known})


def _encode_text(text: str) -> str | bytes:
    """Text as SQLite takes it. A file name may hold bytes that are no text: those are a BLOB."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def _decode_text(stored: str | bytes) -> str:
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")
