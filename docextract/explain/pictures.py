"""The pages of a record's document as pictures, drawn anew from its file by a worker process."""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from docextract.batch.options import RunOptions
from docextract.batch.source_lookup import locate_source
from docextract.batch.workers.messages import DrawRequest, Task, TaskFailure
from docextract.batch.workers.pool import Pool, TaskFinished
from docextract.document import Document, Page
from docextract.errors import Category, InputError, UnreadableInput, UsageError
from docextract.explain.evidence import plain
from docextract.readers import ReadOptions, Source
from docextract.readers.source import open_file
from docextract.show import Json

#: Seconds for the worker to start and open the file, and for each page. A page of a scan with 600
#: dots an inch takes about one.
_START, _A_PAGE = 60.0, 20.0


def source_of(out: Path, record: Json, given: Path | None) -> Source:
    """Where the document of a record is to be read from.

    Args:
        out: The folder of the run, whose ledger tells where the file lay.
        record: The record.
        given: The file, or the container that holds the document, wherever it lies now.

    Raises:
        UsageError: neither `given` nor the ledger tells.
        UnreadableInput: the file is gone.
    """
    path, sha256 = record["document"]["path"], record["document"]["sha256"]
    kept = locate_source(out if out.is_dir() else out.parent, path)
    if given is None and kept is None:
        raise UsageError(f"{out} does not tell where {plain(path)} lies; give it with --source")
    file = given or (kept.file if kept else Path())
    try:
        members = kept.members if kept and _sha256(file) != sha256 else ()
    except OSError as error:
        raise UnreadableInput(
            f"cannot read {plain(file)}, which the record was made of: {error.strerror}; "
            "give the file with --source"
        ) from error
    return Source(path, path=file, members=members)


def document_of(record: Json, numbers: Collection[int]) -> Document:
    """The document of a record without its words, of its pages those with these numbers."""
    document = record["document"]
    pages = tuple(
        Page(
            page["number"],
            float(page["width"]),
            float(page["height"]),
            rotation=page["rotation"],
            skew=float(page["skew"]),
        )
        for page in document["page_details"]
        if page["number"] in numbers
    )
    return Document(document["path"], document["sha256"], document["media_type"], pages)


def pictures(source: Source, document: Document, options: ReadOptions) -> Mapping[int, bytes]:
    """A PNG or JPEG file for each page of the document, drawn within limits of time and memory.

    Raises:
        InputError: the file cannot be read, or is not what the record was made of.
    """
    with TemporaryDirectory(prefix="docextract-") as name:
        folder = Path(name)
        failure = _drawn(Task(0, source, drawing=DrawRequest(document, folder)), options)
        if failure:
            raise InputError(f"cannot draw {plain(source.path)}: {plain(failure.message)}")
        found = {
            page.number: sorted(folder.glob(f"page-{page.number}.*")) for page in document.pages
        }
        return {number: files[0].read_bytes() for number, files in found.items() if files}


def _drawn(task: Task, options: ReadOptions) -> TaskFailure | None:
    """Have a worker do the task; what went wrong."""
    assert task.drawing
    patience = _START + _A_PAGE * len(task.drawing.document.pages)
    limits = RunOptions(
        workers=1, document_timeout=patience, work="docextract.explain.page_renderer:perform_task"
    )
    begun, late = perf_counter(), False
    pool = Pool(options, limits)
    try:
        pool.submit(task)
        while True:
            for event in pool.poll(0.1):
                if isinstance(event, TaskFinished):
                    return event.failure
            if perf_counter() - begun > patience and not late:
                late = True
                pool.cancel(0, TaskFailure(Category.TIMEOUT, f"it took more than {patience:.0f} s"))
    finally:
        pool.close()


def _sha256(file: Path) -> str:
    with open_file(file) as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
