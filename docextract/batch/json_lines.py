"""Streaming output: records as JSON lines, without an output folder and without a ledger."""

import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from docextract.batch.discovery import discover
from docextract.batch.options import RunOptions
from docextract.batch.ordered_results import results
from docextract.document import Status
from docextract.errors import ExitCode
from docextract.export import row_of
from docextract.pipeline import Pipeline

log = logging.getLogger(__name__)


def stream(
    inputs: Sequence[Path], file: TextIO, pipeline: Pipeline, options: RunOptions | None = None
) -> ExitCode:
    """Write a line for each document that is read, in the order of their names.

    What cannot be read is logged as an error; the exit code tells that there was such.

    Raises:
        UsageError: an input is not there.
        ConfigError, MissingDependency: no document can be processed like this.
    """
    chosen = options or RunOptions()
    sources = list(discover(inputs, patterns=chosen.patterns, exclude=chosen.exclude))
    ended: Counter[Status] = Counter()
    for result in results(sources, pipeline, workers=chosen.workers, options=chosen):
        ended[result.status] += 1
        for error in result.errors:
            page = f", page {error.page}" if error.page else ""
            log.error("%s%s: %s: %s", result.name, page, error.category, error.message)
        if result.document is not None:
            file.write(row_of(result, with_text=chosen.with_text).json + "\n")
            file.flush()
    if set(ended) <= {Status.SUCCESS}:
        return ExitCode.OK
    return ExitCode.INPUT if ended == {Status.FAILED: 1} else ExitCode.PARTIAL
