"""Run report: outcome of a run, for the caller, for the terminal and as run.json."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docextract.batch.reporting.review_summary import ReviewSummary
from docextract.document import Status
from docextract.errors import ExitCode
from docextract.export import ExportRow
from docextract.export.files import atomic

if TYPE_CHECKING:
    from rich.console import Console

#: Failures that are printed; errors.csv has all.
_MAX_PRINTED = 20


@dataclass(frozen=True)
class Failure:
    """A document that is not in the outputs, or only in part, and the first reason."""

    path: str
    status: Status
    category: str
    message: str
    page: int | None = None


@dataclass(frozen=True)
class RunReport:
    """The outcome of a run.

    `done` counts the documents of this run by how they ended; those that an earlier run had
    done are `Status.SKIPPED`. `outputs` counts all documents in the outputs, and `failures` are
    those of them that failed or are partial, whichever run it was in.
    """

    done: Mapping[Status, int]
    outputs: Mapping[Status, int]
    failures: tuple[Failure, ...]
    pages: int  # that this run read
    seconds: float  # that it took
    peak_memory: int  # bytes, of the largest worker
    out: Path
    files: tuple[Path, ...] = ()
    interrupted: bool = False
    single_file: bool = field(default=False, repr=False)  # a single file was given
    review: ReviewSummary | None = None  # where acceptance was asked for

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the command."""
        if self.interrupted:
            return ExitCode.INTERRUPTED
        if not self.failures:
            return ExitCode.OK
        nothing = self.single_file and set(self.outputs) == {Status.FAILED}
        return ExitCode.INPUT if nothing else ExitCode.PARTIAL


def collect_failures(rows: Iterable[ExportRow]) -> tuple[tuple[Failure, ...], Counter[Status]]:
    """The documents that failed or are partial, and the number of documents by status."""
    failures = []
    ended: Counter[Status] = Counter()
    for row in rows:
        ended[row.status] += 1
        if row.status != Status.SUCCESS:
            first = row.errors[0]
            failures.append(
                Failure(row.path, row.status, str(first.category), first.message, first.page)
            )
    return tuple(failures), ended


def write_manifest(report: RunReport, about: Mapping[str, Any]) -> Path:
    """Write run.json: metadata and outcome of the run."""
    made = {
        **about,
        "done": _counts(report.done),
        "outputs": _counts(report.outputs),
        "categories": dict(sorted(Counter(f.category for f in report.failures).items())),
        "pages": report.pages,
        "seconds": round(report.seconds, 3),
        "pages_per_second": round(report.pages / max(report.seconds, 1e-3), 2),
        "peak_memory_of_a_worker_mb": round(report.peak_memory / 2**20),
        "files": [file.name for file in report.files],
        **({"review": asdict(report.review)} if report.review else {}),
    }
    path = report.out / "run.json"
    with atomic(path) as part:
        part.write_text(json.dumps(made, indent=2) + "\n", "utf-8")
    return path


def print_summary(report: RunReport, console: "Console") -> None:
    """Print the final table."""
    from rich.table import Table

    table = Table("succeeded", "partial", "failed", "skipped", "pages", "pages/s", "time")
    rate = report.pages / max(report.seconds, 1e-3)
    statuses = (Status.SUCCESS, Status.PARTIAL, Status.FAILED, Status.SKIPPED)
    counts = [str(report.done.get(status, 0)) for status in statuses]
    table.add_row(*counts, str(report.pages), f"{rate:.1f}", f"{report.seconds:.1f} s")
    console.print(table)
    if report.review:
        values, documents = _accepted(report.review)
        line = f"accepted at {report.review.target:g}: {values} values"
        console.print(f"{line}; without any review: {documents} documents", soft_wrap=True)
    if report.done.get(Status.SKIPPED):
        console.print(
            "skipped: processed by an earlier run; --force processes them again", style="dim"
        )


def print_unreachable_fields(review: ReviewSummary | None, console: "Console") -> None:
    """Print the fields of which every value is for review, whatever its confidence."""
    if review and review.unreachable:
        console.print(
            f"no confidence threshold is known to reach {review.target:g} precision for these "
            f"fields, so all of their values are for review: {', '.join(review.unreachable)}",
            soft_wrap=True,
        )


def print_failures(report: RunReport, console: "Console") -> None:
    """Print what failed or is partial, and why."""
    from rich.markup import escape

    for failure in report.failures[:_MAX_PRINTED]:
        page = f" (page {failure.page})" if failure.page else ""
        line = f"{failure.path}: {failure.category}{page}: {failure.message}"
        console.print(f"[bold]{failure.status}[/] {escape(_printable(line))}", soft_wrap=True)
    if (more := len(report.failures) - _MAX_PRINTED) > 0:
        console.print(f"... and {more} more: see errors.csv")


def print_outputs(report: RunReport, console: "Console") -> None:
    """Print where the outputs are, or how to resume."""
    from rich.markup import escape

    if report.interrupted:
        console.print("interrupted: run the same command again to resume", style="bold")
        return
    names = ", ".join(file.name for file in report.files)
    console.print(f"written to {escape(str(report.out))}: {names}", soft_wrap=True)


def _accepted(review: ReviewSummary) -> list[str]:
    parts = (review.accepted, review.values), (review.untouched, review.documents)
    return [f"{some} of {of} ({some / max(of, 1):.0%})" for some, of in parts]


def _counts(counts: Mapping[Status, int]) -> dict[str, int]:
    return {str(status): counts.get(status, 0) for status in Status if counts.get(status)}


def _printable(line: str) -> str:
    return line.encode("utf-8", "backslashreplace").decode()
