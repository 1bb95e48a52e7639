"""Batch processing of folders: discovery, worker pool, run ledger, progress and report.

    run(inputs, out, pipeline, options=RunOptions(...)) -> RunReport
    results(sources, pipeline, workers=4) -> Iterator[Result]
    stream(inputs, file, pipeline, options=RunOptions(...)) -> ExitCode

A run is a loop in one thread (`folder`): it takes files from a `WorkQueue`, hands them to an
`Engine` and saves the results in the `Ledger`. The engine reads in a `Pool` of processes, page by
page where OCR is needed (`DocumentReader`), and runs the stages in one thread
(`InferenceWorker`).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docextract.batch.discovery import discover as discover
    from docextract.batch.folder import run as run
    from docextract.batch.json_lines import stream as stream
    from docextract.batch.options import RunOptions as RunOptions
    from docextract.batch.options import cores as cores
    from docextract.batch.ordered_results import results as results
    from docextract.batch.reporting.report import RunReport as RunReport

#: Public name -> module. Imported when used: a worker starts without what only its parent needs.
_EXPORTS = {
    "RunOptions": "docextract.batch.options",
    "cores": "docextract.batch.options",
    "RunReport": "docextract.batch.reporting.report",
    "discover": "docextract.batch.discovery",
    "results": "docextract.batch.ordered_results",
    "run": "docextract.batch.folder",
    "stream": "docextract.batch.json_lines",
}

__all__ = ["RunOptions", "RunReport", "cores", "discover", "results", "run", "stream"]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module 'docextract.batch' has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)
