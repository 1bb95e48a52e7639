"""Input discovery: expands files, folders and globs to documents, each once, with unique names."""

import glob
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from docextract.errors import UsageError
from docextract.readers import Source

log = logging.getLogger(__name__)

#: Name of the ledger. A folder that holds one is the output of a run, and is never read.
LEDGER_FILE = "ledger.sqlite"


class _Input(NamedTuple):
    """An input, expanded: files to take as they are, or a folder to walk."""

    root: Path  # names are relative to it when this is the only input
    paths: tuple[Path, ...]


def discover(
    inputs: Sequence[Path],
    *,
    patterns: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Iterator[Source]:
    """All documents of the inputs, each once, in the order of their names.

    Folders are walked to their depths, through symbolic links as well; hidden files and folders
    are passed over, and so are folders that a run has written. A source's name is its path
    relative to the folder when one is given, else to the nearest folder that holds all inputs:
    so names mirror the tree, and no two are alike.

    Args:
        inputs: Files, folders, and globs ("scans/**/*.pdf").
        patterns: Only these files of a folder: shell patterns of names or relative paths, in
            which `*` matches slashes too; capitals do not matter. A file named as such is taken.
        exclude: Never these files and folders.

    Raises:
        UsageError: an input is not there, or is neither a file nor a folder.
    """
    given = [_input(path) for path in inputs]
    root = given[0].root if len(given) == 1 else _common(given)
    found: dict[str, Path] = {}
    for item in given:
        for path in _files(item, root, patterns, exclude):
            found.setdefault(path.relative_to(root).as_posix(), path)
    for name in sorted(found):
        yield Source(name, path=found[name])


def _input(path: Path) -> _Input:
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  (`resolve` would follow links)
    mode = _mode(absolute)
    if S_ISDIR(mode):
        return _Input(absolute, (absolute,))
    if S_ISREG(mode):
        return _Input(absolute.parent, (absolute,))
    if mode:
        raise UsageError(f"{path} is neither a file nor a folder")
    if matches := sorted(glob.glob(str(absolute), recursive=True)):  # noqa: PTH207  (any path)
        return _Input(_fixed(absolute), tuple(map(Path, matches)))
    raise UsageError(f"there is no {path}, or no permission to see it")


def _mode(path: Path) -> int:
    """What a path leads to, as `stat` has it; 0 where nothing is, or may be seen."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _fixed(pattern: Path) -> Path:
    """The folder that a glob starts from: its parts before the first with a wild card."""
    fixed = Path(pattern.anchor)
    for part in pattern.parts[1:-1]:
        if glob.has_magic(part):
            break
        fixed /= part
    return fixed


def _common(given: Iterable[_Input]) -> Path:
    folders = [
        item.root.parent if item.paths == (item.root,) else item.root for item in given
    ]  # a folder among several keeps its own name in those of its files
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def _files(
    item: _Input, root: Path, patterns: Sequence[str], exclude: Sequence[str]
) -> Iterator[Path]:
    for path in item.paths:
        mode = _mode(path)
        if S_ISDIR(mode):
            for file in _walk(path, root, exclude):
                if not patterns or _matches(file.relative_to(root), patterns):
                    yield file
        elif S_ISREG(mode) and not _matches(path.relative_to(root), exclude):
            yield path


def _walk(top: Path, root: Path, exclude: Sequence[str]) -> Iterator[Path]:
    """Regular files below a folder; of links to one folder the first in order is followed."""
    folders = [top]
    seen: set[tuple[int, int]] = set()
    while folders:
        entries = _entries(folders.pop(), seen)
        inner = []
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith(".") or _matches(path.relative_to(root), exclude):
                continue
            try:
                if entry.is_dir():
                    inner.append(path)
                elif entry.is_file():
                    yield path
            except OSError as error:  # a link in a circle, or to where nobody may look
                log.warning("passing over %s: %s", path, error.strerror)
        folders += reversed(inner)


def _entries(folder: Path, seen: set[tuple[int, int]]) -> list["os.DirEntry[str]"]:
    """What is in a folder, sorted; nothing where a run has written, or that was `seen` before."""
    try:
        status = folder.stat()
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        log.warning("passing over %s: %s", folder, error.strerror)
        return []
    here = (status.st_dev, status.st_ino)  # the same whichever link leads to it
    if here in seen or any(entry.name == LEDGER_FILE for entry in entries):
        return []
    seen.add(here)
    return entries


def _matches(relative: Path, patterns: Sequence[str]) -> bool:
    name = relative.as_posix().lower()
    own = relative.name.lower()
    return any(fnmatch(name, p.lower()) or fnmatch(own, p.lower()) for p in patterns)
