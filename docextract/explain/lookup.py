"""Which record of a run is meant, and which of its fields: found, or asked back about."""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from docextract.errors import ConfigError, UsageError
from docextract.explain.evidence import Explained, plain
from docextract.export.record import path_of
from docextract.show import Json, failures

#: "total", "parties[2]", "line_items.amount", "line_items[2].amount"; rows count from 1.
_ASKED = re.compile(r"(?P<name>\w+)(?:\[(?P<row>\d+)\])?(?:\.(?P<column>\w+))?")
#: How many documents that could be meant are named.
_NAMED = 10


def find(out: Path, file: str) -> Json:
    """The record of the document that `file` means.

    Args:
        out: The folder of a run, or a records.jsonl.
        file: The document's path as the records have it, or the end of it from a folder or
            file name on, or a path that ends with it: where only one document is meant.

    Raises:
        ConfigError: there is no run in `out`.
        UsageError: no document is meant, or several are.
    """
    path = out / "records.jsonl" if out.is_dir() else out
    try:
        with path.open("rb") as lines:
            starts = _starts(lines)
            lines.seek(starts[_meant(file, starts, out)])
            record: Json = json.loads(lines.readline(), parse_float=Decimal)
    except OSError as error:
        raise ConfigError(f"no records in {out}: {error.strerror}; give a run's folder") from error
    except ValueError as error:
        raise ConfigError(f"{path} is not what a run writes: {error}") from error
    return record


def select(found: Sequence[Explained], asked: str) -> tuple[Explained, ...]:
    """The values that `asked` names; all for "".

    Raises:
        UsageError: there is no such field, or no such row of it.
    """
    if not asked:
        return tuple(found)
    match = _ASKED.fullmatch(asked)
    if match is None:
        raise UsageError(
            f"no field can be called {plain(asked)!r}; write it like total, line_items.net_amount "
            "or line_items[2].net_amount (rows count from 1)"
        )
    name, row, column = match["name"], match["row"], match["column"] or ""
    named = [one for one in found if one.name == name and column in {"", one.column}]
    if not named:
        known = dict.fromkeys(f"{one.name}{one.column and '.'}{one.column}" for one in found)
        names = dict.fromkeys([*(one.name for one in found), *known])
        whole = f"{name}.{column}" if column else name
        raise UsageError(f"the record has no field {whole!r}; {_near(whole, names)}")
    chosen = [one for one in named if row is None or one.row == int(row)]
    if not chosen:
        last = max((one.row or 0 for one in named), default=0)
        raise UsageError(f"{name} has no row {row}: it has {last}, counted from 1")
    return tuple(chosen)


def _starts(lines: Iterable[bytes]) -> dict[str, int]:
    """Where each document's record begins, in bytes: only their paths are parsed."""
    starts, at = {}, 0
    for line in lines:
        if line.strip():
            starts[path_of(line.decode("utf-8"))] = at
        at += len(line)
    return starts


def _meant(file: str, paths: Collection[str], out: Path) -> str:
    """The one path that is meant."""
    if file in paths:
        return file
    given = f"/{file.removeprefix('./').strip('/')}"
    if ends := [path for path in paths if f"/{path}".endswith(given)]:
        if len(ends) == 1:
            return ends[0]
        more = f" and {len(ends) - _NAMED} more" if len(ends) > _NAMED else ""
        names = ", ".join(map(plain, ends[:_NAMED]))
        raise UsageError(f"{plain(file)} can be {names}{more}; give more of the path")
    # A path as a shell completes it begins before the folder that the records' paths begin in.
    if whole := [path for path in paths if given.endswith(f"/{path}")]:
        return max(whole, key=len)
    raise UsageError(_unknown(file, paths, out))


def _unknown(file: str, paths: Collection[str], out: Path) -> str:
    for row in failures(out):
        if f"/{row['path']}".endswith(f"/{file}") and row["status"] == "failed":
            why = plain(f"{row['category']}: {row['message']}")
            return f"{plain(file)} has no record, since it could not be read: {why}"
    if not paths:
        return f"there are no records in {out}"
    known = paths if "/" in file else dict.fromkeys(path.rpartition("/")[2] for path in paths)
    return f"no record of {plain(file)} in {out}; {_near(file, known)}"


def _near(name: str, known: Iterable[str]) -> str:
    names = list(known)
    if close := get_close_matches(name, names, n=3):
        return f"did you mean {plain(' or '.join(close))}?"
    return plain(f"there are: {', '.join(names[:_NAMED])}") + ", ..." * (len(names) > _NAMED)
