"""Source lookup: finds the file of a document in the ledger of a past run, read-only."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from docextract.batch.discovery import LEDGER_FILE
from docextract.errors import ConfigError


@dataclass(frozen=True)
class SourceLocation:
    """A file, and the path of the document inside it: `members` is empty for the file itself."""

    file: Path
    members: tuple[str, ...] = ()


def locate_source(out: Path, name: str) -> SourceLocation | None:
    """The file in which the last run into the folder `out` found the document `name`.

    None when there is no ledger, or the ledger knows no such document.

    Raises:
        ConfigError: the ledger cannot be read.
    """
    path = out / LEDGER_FILE
    if not path.is_file():
        return None
    # What is not yet in the file itself stands in a log beside it, while a run goes on or when
    # one was killed. Otherwise the file is taken as it is: to look into it then needs no right to
    # write in the folder, and leaves nothing there.
    way = "mode=ro" if path.with_name(f"{LEDGER_FILE}-wal").exists() else "immutable=1"
    try:
        address = f"file:{quote(bytes(path.absolute()))}?{way}"
        with closing(sqlite3.connect(address, uri=True)) as ledger:
            return _lookup(ledger, name)
    except sqlite3.Error as error:
        raise ConfigError(f"cannot read the ledger {path}: {error}; give --source") from error


def _lookup(ledger: sqlite3.Connection, name: str) -> SourceLocation | None:
    content = _select(ledger, "content", name)
    if content is None:
        return None
    # A document inside another has its container's content, "//" and its own name: see
    # `docextract.batch.content_keys`.
    members = tuple(content.split("//")[1:]) if _select(ledger, "file", name) is None else ()
    file = _select(ledger, "file", name.removesuffix("/" + "/".join(members)) if members else name)
    return SourceLocation(Path(file), members) if file else None


def _select(ledger: sqlite3.Connection, column: str, name: str) -> str | None:
    # As bytes, because names that are no UTF-8 are stored as such and others as text.
    row = ledger.execute(
        f"SELECT CAST({column} AS BLOB) FROM documents WHERE CAST(path AS BLOB) = ?",
        (name.encode("utf-8", "surrogatepass"),),
    ).fetchone()
    return row[0].decode("utf-8", "surrogatepass") if row and row[0] is not None else None
