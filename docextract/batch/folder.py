"""Incremental folder run: processes only new or changed documents, and writes all outputs."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import perf_counter

from docextract import export
from docextract.batch.discovery import discover
from docextract.batch.engine import Engine
from docextract.batch.interruption import interruption
from docextract.batch.ledger import Ledger
from docextract.batch.lock import output_folder_lock
from docextract.batch.options import RunOptions
from docextract.batch.reporting.manifest import run_metadata
from docextract.batch.reporting.progress import Display, ProgressState, progress
from docextract.batch.reporting.report import (
    RunReport,
    collect_failures,
    print_failures,
    print_outputs,
    print_summary,
    print_unreachable_fields,
    write_manifest,
)
from docextract.batch.reporting.review_summary import summarise_review
from docextract.batch.work_queue import WorkQueue
from docextract.document import Status
from docextract.errors import ConfigError, UsageError
from docextract.pipeline import Pipeline
from docextract.readers import Source

log = logging.getLogger(__name__)


def run(
    inputs: Sequence[Path], out: Path, pipeline: Pipeline, options: RunOptions | None = None
) -> RunReport:
    """Process all documents of the inputs, and write what they hold to `out`.

    What an earlier run into the same folder has done is not done again. The outputs hold what
    the inputs hold now: a file that is no longer there is no longer in them. The first Ctrl-C
    stops in order: it leaves the outputs as they were, and what is done in the ledger.

    Raises:
        UsageError: an input is not there, or is the output folder itself.
        ConfigError: another run is writing to `out`; or no document can be processed like this.
        MissingDependency: something that the pipeline or a format needs is not installed.
    """
    from rich.console import Console

    chosen = options or RunOptions()
    export.check_formats(chosen.formats)
    files = _files(inputs, out, chosen)
    _make(out)
    console = Console(stderr=True, highlight=False)
    shown = Console(stderr=True, highlight=False, quiet=chosen.quiet)
    with (
        interruption() as stop,
        output_folder_lock(out),
        Ledger(out, pipeline.fingerprint) as ledger,
    ):
        started, clock = datetime.now(UTC), perf_counter()
        queue = WorkQueue(files, ledger, pipeline.options, chosen)
        pictures = out / "debug" if chosen.debug_images else None
        with (
            progress(shown) as display,
            Engine(pipeline, chosen, pictures=pictures) as engine,
        ):
            _process(queue, engine, ledger, display, stop)
        written = [] if stop.is_set() else _export(ledger, out, pipeline, chosen)
        failures, outputs = collect_failures(ledger.rows())
        report = RunReport(
            done=queue.statuses,
            outputs=outputs,
            failures=failures,
            pages=engine.pages,
            seconds=perf_counter() - clock,
            peak_memory=engine.peak_memory,
            out=out,
            files=tuple(written),
            interrupted=stop.is_set(),
            single_file=len(inputs) == 1 and inputs[0].is_file(),
            review=summarise_review(ledger.rows(), pipeline.accept_at)
            if pipeline.accept_at
            else None,
        )
        if not report.interrupted:
            times = {"started": _iso(started), "ended": _iso(datetime.now(UTC))}
            write_manifest(report, {**run_metadata(pipeline, chosen), **times})
    print_summary(report, shown)
    print_unreachable_fields(report.review, shown)
    print_failures(report, console)
    print_outputs(report, shown)
    return report


def _files(inputs: Sequence[Path], out: Path, options: RunOptions) -> list[Source]:
    if any(path.resolve() == out.resolve() for path in inputs):
        raise UsageError(f"{out} is an input; the output needs a folder of its own")
    files = list(discover(inputs, patterns=options.patterns, exclude=options.exclude))
    if not files:
        log.warning("no documents in %s", ", ".join(map(str, inputs)))
    return files


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"cannot make the folder {out}: {error.strerror}") from error


def _process(
    queue: WorkQueue, engine: Engine, ledger: Ledger, display: Display, stop: Event
) -> None:
    """Until all is done, or Ctrl-C: hand out sources, save their results."""
    while not stop.is_set() and (engine.busy or not queue.empty):
        while engine.has_capacity and not queue.empty and not stop.is_set():
            if asked := queue.take():
                engine.submit(*asked)
            display(_state(queue, engine))
        for outcome in engine.poll():
            queue.complete(outcome)
        ledger.commit()
        display(_state(queue, engine))


def _state(queue: WorkQueue, engine: Engine) -> ProgressState:
    failed = queue.statuses[Status.FAILED]
    return ProgressState(
        queue.completed, engine.partial_progress, queue.total, engine.pages, failed
    )


def _export(ledger: Ledger, out: Path, pipeline: Pipeline, options: RunOptions) -> list[Path]:
    ledger.drop_unseen_documents()
    ledger.commit(at_once=True)
    return export.write(
        lambda: ledger.rows(with_text=options.with_text),
        formats=options.formats,
        out=out,
        schemas=pipeline.schemas,
        options=replace(options.export, review=pipeline.accept_at > 0),
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
