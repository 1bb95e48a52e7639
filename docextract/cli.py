"""The command line: parse, call the library, print. No logic lives here."""

import logging
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from docextract import __version__
from docextract.errors import DocextractError, ExitCode
from docextract.explain.cli import explain
from docextract.training.cli import train


class _Commands(TyperGroup):
    """The one place where errors become messages and exit codes."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except DocextractError as error:
            typer.echo("\n".join([f"error: {error}", *getattr(error, "__notes__", [])]), err=True)
            raise typer.Exit(error.exit_code) from error


class _Options(TyperCommand):
    """Every option is also an environment variable; the help says so once, not for each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for parameter in self.params:
            parameter.show_envvar = False  # type: ignore[attr-defined]


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "DOCEXTRACT"},
    help="A folder of documents in; typed, checked and explained records out. Offline.",
)
schemas_app = typer.Typer(no_args_is_help=True, help="The kinds of documents and their fields.")
pipelines_app = typer.Typer(no_args_is_help=True, help="The ways from documents to records.")
app.add_typer(schemas_app, name="schemas")
app.add_typer(pipelines_app, name="pipelines")


class OcrMode(StrEnum):
    """When a page is read by OCR."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


#: Options of every command that compares with a truth.
_Schema = Annotated[
    list[str] | None, typer.Option(help="A schema of the run's own, a .toml file; repeatable.")
]
_MonthFirst = Annotated[
    bool, typer.Option("--month-first", help="The truth writes dates month first: 12/31/24.")
]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"docextract {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")
    ] = False,
) -> None:
    pass


@app.command(
    cls=_Options,
    epilog="Each option can be set in the environment: DOCEXTRACT_RUN_WORKERS=4 is --workers 4.",
)
def run(
    sources: Annotated[list[Path], typer.Argument(help="Files, folders (walked) or quoted globs.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the records; - prints JSON lines.")
    ] = Path("out"),
    pipeline: Annotated[
        str, typer.Option("--pipeline", "-p", help="A name, or the path of a .toml file.")
    ] = "default",
    kind: Annotated[str, typer.Option(help="Take every document for one of this kind.")] = "",
    model: Annotated[
        str, typer.Option(help="A trained model's name or folder.  [default: the pipeline's]")
    ] = "",
    to: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT",
            help="jsonl, csv, json, xlsx, parquet, sqlite or a database URL; repeatable.  "
            "[default: jsonl, csv]",
        ),
    ] = None,
    pattern: Annotated[
        list[str] | None, typer.Option(help="Only files like this: '*.pdf'; repeatable.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="No files like this; repeatable.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", "-w", min=1, help="Reading processes.  [default: one a core]"),
    ] = None,
    device: Annotated[
        str, typer.Option(help="Where models run: auto, cpu, cuda, cuda:1, mps.")
    ] = "auto",
    document_timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds a document may take before it is killed.")
    ] = 300,
    memory_limit: Annotated[
        int, typer.Option(min=64, help="Megabytes a reading process may take.")
    ] = 4096,
    page_range: Annotated[str, typer.Option(help="Pages to read, from 1: 1-4,7,9-")] = "",
    password: Annotated[
        str,
        typer.Option(
            help="For encrypted documents; better given as DOCEXTRACT_PASSWORD.",
            envvar="DOCEXTRACT_PASSWORD",
        ),
    ] = "",
    ocr_engine: Annotated[
        str, typer.Option(help="auto, tesseract, tesserocr or rapidocr.  [default: the pipeline's]")
    ] = "",
    ocr_lang: Annotated[str, typer.Option(help="Tesseract's language codes: eng,deu")] = "",
    ocr_mode: Annotated[
        OcrMode | None, typer.Option(help="When pages are read by OCR.  [default: the pipeline's]")
    ] = None,
    accept_at: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="Mark each value as accepted or for review, so that of the accepted ones this "
            "share is right: 0.99.",
        ),
    ] = None,
    confidence: Annotated[
        str,
        typer.Option(help="A file that calibrate wrote.  [default: the pipeline's]"),
    ] = "",
    with_text: Annotated[
        bool,
        typer.Option("--with-text", help="Put the text that offsets refer to into the records."),
    ] = False,
    csv_excel: Annotated[
        bool, typer.Option("--csv-excel", help="CSV as Excel wants it: BOM and semicolons.")
    ] = False,
    debug_images: Annotated[
        bool, typer.Option("--debug-images", help="Draw what was found over the pages.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Do again what failed in an earlier run.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Do everything again.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="Say more; twice: for debugging.")
    ] = 0,
) -> None:
    """Turn documents into records: classify each, find entities, fill and check its fields."""
    from docextract import batch
    from docextract.export import ExportOptions
    from docextract.pipeline import Pipeline

    _log(quiet=quiet, verbose=verbose)
    read = {
        "ocr_engine": ocr_engine,
        "ocr_lang": tuple(code for code in ocr_lang.replace("+", ",").split(",") if code),
        "ocr_mode": ocr_mode and ocr_mode.value,
        "page_range": page_range,
        "password": password,
    }
    check = {"accept_at": accept_at, "confidence": confidence}
    made = Pipeline.load(
        pipeline,
        device=device,
        kind=kind,
        model=model,
        read={key: value for key, value in read.items() if value},
        check={key: value for key, value in check.items() if value},
    )
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


@schemas_app.command("list")
def schemas_list() -> None:
    """Name the kinds of documents there are, and where their files lie."""
    from docextract.resources import available
    from docextract.schema import Schema

    for name, path in available("schemas").items():
        schema = Schema.load(path)
        typer.echo(f"{name:16} {len(schema.fields):3} fields   {schema.description}   ({path})")


@schemas_app.command("show")
def schemas_show(name: Annotated[str, typer.Argument(help="A name, or a .toml file.")]) -> None:
    """Print a kind's fields: their names, types and what they are."""
    from docextract.resources import find
    from docextract.schema import Schema

    schema = Schema.load(find("schemas", name))
    typer.echo(f"{schema.name} (version {schema.version}): {schema.description}")
    for path, field in schema.walk():
        marks = "".join([" required" * field.required, " many" * field.many])
        typer.echo(f"  {path:32} {field.type:10}{marks:9} {field.description}")
    for check in schema.checks:
        each = f"each of {check.each}: " if check.each else ""
        typer.echo(f"  check: {each}{check.rule}")


@schemas_app.command("json-schema")
def schemas_json(name: Annotated[str, typer.Argument(help="A name, or a .toml file.")]) -> None:
    """Print the JSON Schema that a record's data obeys."""
    import json

    from docextract.json_schema import to_json_schema
    from docextract.resources import find
    from docextract.schema import Schema

    made = to_json_schema(Schema.load(find("schemas", name)))
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))


@pipelines_app.command("list")
def pipelines_list() -> None:
    """Name the pipelines there are, and where their files lie."""
    import tomllib

    from docextract.resources import available

    for name, path in available("pipelines").items():
        description = tomllib.loads(path.read_text("utf-8")).get("description", "")
        typer.echo(f"{name:12} {description}   ({path})")


@pipelines_app.command("show")
def pipelines_show(name: Annotated[str, typer.Argument(help="A name, or a .toml file.")]) -> None:
    """Print a pipeline: how it reads, its stages with all their options, its kinds."""
    from dataclasses import asdict

    from docextract.pipeline import Pipeline

    made = Pipeline.load(name)
    typer.echo(f"{made.name}: {made.description}")
    typer.echo("kinds: " + ", ".join(schema.name for schema in made.schemas))
    typer.echo("read")
    for key, value in asdict(made.options).items():
        typer.echo(f"  {key} = {value!r}")
    for stage in made.stages:
        typer.echo(f"stage {type(stage).__name__.lower()}")
        for key, value in vars(stage).items():
            if key != "schemas":
                typer.echo(f"  {key} = {value!r}")


@app.command(cls=_Options)
def evaluate(
    truth: Annotated[
        Path,
        typer.Argument(help="A folder of JSON records, a records.jsonl, or a CSV with a path."),
    ],
    predictions: Annotated[Path, typer.Argument(help="The folder of a run, or a records.jsonl.")],
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write every figure and every error there.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="Another run over the same documents, to compare with.")
    ] = None,
    fail_under: Annotated[
        float | None, typer.Option(min=0, max=1, help="Exit 7 when F1 of all fields is below.")
    ] = None,
    fail_under_field: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=F1", help="The same of one field: total=0.9; repeatable."),
    ] = None,
    errors: Annotated[int, typer.Option(min=0, help="Show so many of the worst errors.")] = 0,
    entities: Annotated[
        str, typer.Option(help="Labels that the truth annotates, to be scored: PERSON,ORG")
    ] = "",
    schema: _Schema = None,
    month_first: _MonthFirst = False,
) -> None:
    """Compare a run with what is true: fields, kinds, entities, and how far to trust them."""
    from rich.console import Console

    from docextract.evaluation import evaluate_command as command

    asked = command.Asked(
        against=against,
        entities=tuple(label for label in entities.split(",") if label),
        schemas=tuple(schema or ()),
        month_first=month_first,
        least=fail_under,
        least_by_field=tuple(fail_under_field or ()),
    )
    made = command.run(truth, predictions, asked)
    if json_file:
        command.write_json(made, json_file)
    console = Console()
    for part in command.tables(made, errors=errors):
        console.print(part)
    for line in made.too_low:
        typer.echo(line, err=True)
    if made.too_low:
        raise typer.Exit(ExitCode.BELOW)


@app.command(cls=_Options)
def calibrate(
    truth: Annotated[
        Path, typer.Argument(help="Records that a person confirmed, as for evaluate.")
    ],
    out: Annotated[Path, typer.Argument(help="The folder of a run over the same documents.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where the table goes.")
    ] = Path("confidence.json"),
    schema: _Schema = None,
    month_first: _MonthFirst = False,
) -> None:
    """Fit confidences, and from where on values are accepted, on records known to be right."""
    from rich.console import Console

    from docextract.evaluation import calibrate_command as calibrating

    made = calibrating.run(truth, out, tuple(schema or ()), month_first=month_first)
    made.table.save(output)
    console = Console()
    for part in calibrating.tables(made):
        console.print(part)
    typer.echo(f"written to {output}; use it: docextract run FOLDER --confidence {output}")


app.command(cls=_Options)(train)
app.command(cls=_Options)(explain)


@app.command()
def doctor() -> None:
    """Look at what is on this machine: Tesseract, GPU, models with their hashes, extras."""
    from docextract.doctor import examine

    missing = False
    for finding in examine():
        missing |= finding.state == "missing"
        advice = f"   try: {finding.advice}" if finding.advice else ""
        typer.echo(f"{finding.state:9}{finding.name:18}{finding.detail}{advice}")
    if missing:
        raise typer.Exit(ExitCode.MISSING)


@app.command()
def show(
    out: Annotated[Path, typer.Argument(help="The folder of a run.")] = Path("out"),
) -> None:
    """Print the records of a run: each field with its value, how sure it is, and its page."""
    from rich.console import Console
    from rich.text import Text

    from docextract.show import failures, records, tables

    console = Console()
    for record in records(out):
        console.print(*tables(record), "", sep="\n")
    for row in failures(out):
        reason = f"  {row['path']}: {row['category']}: {row['message']}"
        console.print(Text(row["status"], style="red").append(reason, style="default"))


def _log(*, quiet: bool, verbose: int) -> None:
    """Our own messages go to standard error; other packages' only when debugging."""
    level = (
        logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    )
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("docextract").setLevel(level)


def main() -> None:
    """The entry point of the program `docextract`."""
    app(prog_name="docextract")
