"""`docextract evaluate` and `docextract calibrate`: compare a run with ground truth."""

from pathlib import Path
from typing import Annotated

import typer

from docextract.errors import ExitCode

_Schema = Annotated[
    list[str] | None, typer.Option(help="A schema of the run's own, a .toml file; repeatable.")
]
_MonthFirst = Annotated[
    bool, typer.Option("--month-first", help="The truth writes dates month first: 12/31/24.")
]


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

    options = command.EvaluateOptions(
        against=against,
        entities=tuple(label for label in entities.split(",") if label),
        schemas=tuple(schema or ()),
        month_first=month_first,
        min_f1=fail_under,
        min_f1_by_field=tuple(fail_under_field or ()),
    )
    made = command.run(truth, predictions, options)
    if json_file:
        command.write_json(made, json_file)
    console = Console()
    for part in command.tables(made, errors=errors):
        console.print(part)
    for line in made.below_threshold:
        typer.echo(line, err=True)
    if made.below_threshold:
        raise typer.Exit(ExitCode.BELOW)


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
