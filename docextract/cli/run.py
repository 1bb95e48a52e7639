"""`docextract run`: process files and folders into records."""

import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from docextract.cli import run_options as opt


def run(
    sources: opt.Sources,
    output: opt.Output = Path("out"),
    pipeline: opt.PipelineName = "default",
    kind: opt.Kind = "",
    model: opt.Model = "",
    to: opt.Formats = None,
    pattern: opt.Pattern = None,
    exclude: opt.Exclude = None,
    workers: opt.Workers = None,
    device: opt.Device = "auto",
    document_timeout: opt.DocumentTimeout = 300,
    memory_limit: opt.MemoryLimit = 4096,
    page_range: opt.PageRange = "",
    password: opt.Password = "",
    ocr_engine: opt.OcrEngine = "",
    ocr_lang: opt.OcrLanguages = "",
    ocr_mode: opt.WhenOcr = None,
    accept_at: opt.AcceptAt = None,
    confidence: opt.ConfidenceTable = "",
    with_text: opt.WithText = False,
    csv_excel: opt.CsvExcel = False,
    debug_images: opt.DebugImages = False,
    retry_failed: opt.RetryFailed = False,
    force: opt.Force = False,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = 0,
) -> None:
    """Turn documents into records: classify each, find entities, fill and check its fields."""
    from docextract import batch
    from docextract.export import ExportOptions
    from docextract.pipeline import Pipeline

    _configure_logging(quiet=quiet, verbose=verbose)
    read = _read_options(ocr_engine, ocr_lang, ocr_mode, page_range, password)
    check = _given({"accept_at": accept_at, "confidence": confidence})
    made = Pipeline.load(pipeline, device=device, kind=kind, model=model, read=read, check=check)
    options = batch.RunOptions(
        workers=workers or batch.cores(),
        document_timeout=document_timeout,
        memory_limit=memory_limit,
        retry_failed=retry_failed,
        force=force,
        formats=tuple(to or ("jsonl", "csv")),
        export=ExportOptions(csv_excel=csv_excel),
        with_text=with_text,
        patterns=tuple(pattern or ()),
        exclude=tuple(exclude or ()),
        debug_images=debug_images,
        quiet=quiet,
    )
    if str(output) == "-":
        code = batch.stream(sources, sys.stdout, made, options=options)
    else:
        code = batch.run(sources, output, made, options=options).exit_code
    if code:
        raise typer.Exit(code)


def _read_options(
    engine: str, languages: str, mode: opt.OcrMode | None, page_range: str, password: str
) -> dict[str, Any]:
    """The reading options that were given; the others are the pipeline's."""
    options = {
        "ocr_engine": engine,
        "ocr_lang": tuple(code for code in languages.replace("+", ",").split(",") if code),
        "ocr_mode": mode and mode.value,
        "page_range": page_range,
        "password": password,
    }
    return _given(options)


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value}


def _configure_logging(*, quiet: bool, verbose: int) -> None:
    """Our own messages go to standard error; other packages' only when debugging."""
    level = (
        logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    )
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("docextract").setLevel(level)
