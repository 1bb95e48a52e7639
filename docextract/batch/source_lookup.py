"""Where a document of a run lay: asked of the ledger that the run left, which stays as it is."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from docextract.batch.discovery import LEDGER
from docextract.errors import ConfigError


@dataclass(frozen=True)
class Whereabouts:
    """A file, and the way to the document inside it: `members` is empty for the file itself."""

    file: Path
    members: tuple[str, ...] = ()


def whereabouts(out: Path, name: str) -> Whereabouts | None:
    """Where the last run into the folder `out` found the document `name`.

    None when there is no ledger, or the ledger knows no such document.

    Raises:
        ConfigError: the ledger cannot be read.
    """
    path = out / LEDGER
    if not path.is_file():
        return None
    # What is not yet in the file itself stands in a log beside it, while a run goes on or when
    # one was killed. Otherwise the file is taken as it is: to look into it then needs no right to
    # write in the folder, and leaves nothing there.
    way = "mode=ro" if path.with_name(f"{LEDGER}-wal").exists() else "immutable=1"
    try:
        address = f"file:{quote(bytes(path.absolute()))}?{way}"
        with closing(sqlite3.connect(address, uri=True)) as ledger:
            return _found(ledger, name)
    except sqlite3.Error as error:
        raise ConfigError(f"cannot read the ledger {path}: {error}; give --source") from error


def _found(ledger: sqlite3.Connection, name: str) -> Whereabouts | None:
    content = _ask(ledger, "content", name)
    if content is None:
        return None
    # A document inside another has its container's content, "//" and its own name: see
    # `docextract.batch.content_keys`.
    members = tuple(content.split("//")[1:]) if _ask(ledger, "file", name) is None else ()
    file = _ask(ledger, "file", name.removesuffix("/" + "/".join(members)) if members else name)
    return Whereabouts(Path(file), members) if file else None


def _ask(ledger: sqlite3.Connection, column: str, name: str) -> str | None:
    # As bytes, because names that are no UTF-8 are stored as such and others as text.
    row = ledger.execute(
        f"SELECT CAST({column} AS BLOB) FROM documents WHERE CAST(path AS BLOB) = ?",
        (name.encode("utf-8", "surrogatepass"),),
    ).fetchone()
    return row[0].decode("utf-8", "surrogatepass") if row and row[0] is not None else None
