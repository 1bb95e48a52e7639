"""Folders as a run leaves them, made by hand: for the tests of what reads them."""

import hashlib
from pathlib import Path

from docextract.batch.ledger import FileStamp, Ledger
from docextract.document import Result
from docextract.export.record import dumps, record_json


def run_of(out: Path, *results: Result) -> Path:
    """The folder `out` with a records.jsonl of these results."""
    out.mkdir(exist_ok=True)
    lines = [dumps(record_json(result)) for result in results]
    (out / "records.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return out


def found_in(out: Path, name: str, file: Path, *members: str) -> None:
    """Note in the ledger that the run read a file, and in it the members one in another."""
    content = hashlib.sha256(file.read_bytes()).hexdigest() + file.suffix
    with Ledger(out, "pipeline") as ledger:
        ledger.record_document(
            name, content, FileStamp(file, file.stat().st_size, file.stat().st_mtime_ns)
        )
        for member in members:
            name, content = f"{name}/{member}", f"{content}//{member}"
            ledger.record_document(name, content)
