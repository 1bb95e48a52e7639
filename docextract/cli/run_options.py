"""Option types of `docextract run`: names, limits and help texts; defaults are in the command."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class OcrMode(StrEnum):
    """When a page is read by OCR."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


Sources = Annotated[list[Path], typer.Argument(help="Files, folders (walked) or quoted globs.")]
Output = Annotated[
    Path, typer.Option("--output", "-o", help="Folder for the records; - prints JSON lines.")
]
PipelineName = Annotated[
    str, typer.Option("--pipeline", "-p", help="A name, or the path of a .toml file.")
]
Kind = Annotated[
    str, typer.Option(help="Process every document as this kind, without classifying it.")
]
Model = Annotated[
    str, typer.Option(help="A trained model's name or folder.  [default: the pipeline's]")
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FORMAT",
        help="jsonl, csv, json, xlsx, parquet, sqlite or a database URL; repeatable.  "
        "[default: jsonl, csv]",
    ),
]
Pattern = Annotated[
    list[str] | None, typer.Option(help="Only files that match: '*.pdf'; repeatable.")
]
Exclude = Annotated[list[str] | None, typer.Option(help="Leave out files that match; repeatable.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", "-w", min=1, help="Reading processes.  [default: one a core]"),
]
Device = Annotated[str, typer.Option(help="Where models run: auto, cpu, cuda, cuda:1, mps.")]
DocumentTimeout = Annotated[
    float, typer.Option(min=0.1, help="Seconds a document may take before it is killed.")
]
MemoryLimit = Annotated[int, typer.Option(min=64, help="Megabytes a reading process may take.")]
PageRange = Annotated[str, typer.Option(help="Pages to read, from 1: 1-4,7,9-")]
Password = Annotated[
    str,
    typer.Option(
        help="For encrypted documents; better given as DOCEXTRACT_PASSWORD.",
        envvar="DOCEXTRACT_PASSWORD",
    ),
]
OcrEngine = Annotated[
    str, typer.Option(help="auto, tesseract, tesserocr or rapidocr.  [default: the pipeline's]")
]
OcrLanguages = Annotated[str, typer.Option(help="Tesseract's language codes: eng,deu")]
WhenOcr = Annotated[
    OcrMode | None, typer.Option(help="When pages are read by OCR.  [default: the pipeline's]")
]
AcceptAt = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        help="Mark each value as accepted or for review, so that of the accepted ones this "
        "share is right: 0.99.",
    ),
]
ConfidenceTable = Annotated[
    str, typer.Option(help="A file that calibrate wrote.  [default: the pipeline's]")
]
WithText = Annotated[
    bool,
    typer.Option("--with-text", help="Put the text that offsets refer to into the records."),
]
CsvExcel = Annotated[
    bool, typer.Option("--csv-excel", help="CSV as Excel wants it: BOM and semicolons.")
]
DebugImages = Annotated[
    bool, typer.Option("--debug-images", help="Write page images with the extracted values marked.")
]
RetryFailed = Annotated[
    bool,
    typer.Option("--retry-failed", help="Process documents again that failed in an earlier run."),
]
Force = Annotated[bool, typer.Option("--force", help="Process all documents again.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.")]
Verbose = Annotated[
    int, typer.Option("--verbose", "-v", count=True, help="Log more; twice: for debugging.")
]
