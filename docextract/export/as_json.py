"""JSON lines, or one JSON file a document."""

from collections.abc import Iterator
from contextlib import contextmanager

from docextract.export.files import atomic, safe
from docextract.export.record import at_path, dumps
from docextract.export.record_reading import Written
from docextract.export.rows import Add, ExportRow, Target


@contextmanager
def lines(target: Target) -> Iterator[Add]:
    """records.jsonl: a line for each document that was read; errors.csv has the others."""
    with atomic(target.out / "records.jsonl") as path, path.open("wb") as file:

        def add(row: ExportRow, _: Written | None) -> None:
            if row.json:
                file.write(at_path(row.json, row.path).encode() + b"\n")

        yield add


@contextmanager
def documents(target: Target) -> Iterator[Add]:
    """documents/PATH.json for each document that was read; the folders are the input's.

    The name keeps its extension, so a.pdf and a.docx do not collide. Files of documents that
    are no longer there are left alone: what this did not write it does not delete.
    """
    folder = target.out / "documents"
    folder.mkdir(parents=True, exist_ok=True)

    def add(row: ExportRow, record: Written | None) -> None:
        if record is not None:
            path = folder / safe(row.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic(path.with_name(f"{path.name}.json")) as part:
                part.write_bytes(dumps(record.json, indent=2).encode() + b"\n")

    yield add
