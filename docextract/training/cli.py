"""Command line of `docextract train`: parses options, fine-tunes, prints."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docextract.errors import ExitCode

if TYPE_CHECKING:
    from rich.console import Console

    from docextract.training.command import TrainingRequest
    from docextract.training.settings import FineTuningSettings


def train(  # noqa: PLR0913, PLR0917 - a command's options are its parameters
    folder: Annotated[
        Path, typer.Argument(help="Documents, with a JSON record beside each or a CSV of all.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the new model.")],
    schema: Annotated[
        list[str], typer.Option(help="The documents' kind: a name or a .toml file; repeatable.")
    ],
    base: Annotated[
        str, typer.Option(help="The model to start from: a name, or a folder.")
    ] = "default",
    epochs: Annotated[float, typer.Option(min=0.1, help="How often each document is seen.")] = 40,
    minutes: Annotated[
        float, typer.Option(min=0, help="Take at most so long; 0: as long as the epochs take.")
    ] = 15,
    validation: Annotated[
        float,
        typer.Option(
            min=0.01, max=0.4, help="Share that decides when to stop, and as much to test."
        ),
    ] = 0.15,
    learning_rate: Annotated[float, typer.Option(min=0, help="Of the encoder.")] = 6e-5,
    seed: Annotated[int, typer.Option(min=0, help="Of every choice there is.")] = 0,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:1, mps.")] = "auto",
    month_first: Annotated[
        bool, typer.Option("--month-first", help="The records write dates as 12/31/24.")
    ] = False,
    ocr_lang: Annotated[str, typer.Option(help="Tesseract's language codes: eng,deu")] = "",
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with what was interrupted.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
) -> None:
    """Make a model that fills the records of your own documents, from some that are labelled."""
    from rich.console import Console

    from docextract.training.command import TrainingRequest
    from docextract.training.settings import FineTuningSettings

    console = Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True)
    settings = FineTuningSettings(
        epochs=epochs,
        minutes=minutes,
        learning_rate=learning_rate,
        validation=validation,
        test=validation,
        seed=seed,
        device=device,
    )
    read = {"ocr_lang": tuple(ocr_lang.replace("+", ",").split(","))} if ocr_lang else {}
    request = TrainingRequest(folder, schema, read, month_first)
    _train(console, request, base, output, settings, resume=resume)


def _train(
    console: "Console",
    request: "TrainingRequest",
    base: str,
    output: Path,
    settings: "FineTuningSettings",
    *,
    resume: bool,
) -> None:
    """Prepare, fine-tune and say what came of it. Exits when it was interrupted."""
    from docextract import resources
    from docextract.batch.interruption import interruption
    from docextract.training import command
    from docextract.training.loop.progress import progress
    from docextract.training.recipe import FineTuningJob, run_fine_tuning

    start = resources.model(base)
    console.print(f"reading {request.folder}", markup=False)
    prepared = command.prepare_training_data(request, settings)
    output.mkdir(parents=True, exist_ok=True)
    command.write_unaligned(output / command.UNALIGNED, prepared.unaligned)
    for line in command.describe(prepared):
        console.print(line, markup=False)
    with interruption() as stop, progress(console) as show:
        job = FineTuningJob(start, output, settings, resume=resume, show=show, stop=stop.is_set)
        made = run_fine_tuning(prepared.material, job)
    if made is None:
        console.print("interrupted: the same command with --resume goes on from here")
        raise typer.Exit(ExitCode.INTERRUPTED)
    console.print(command.scores_table(made))
    if not made.best_step:
        console.print("training made no model that is as good as the base: its weights were kept")
    console.print(f"the model is in {output}, and how it came about in {output / 'report.html'}")
    console.print(f"use it: docextract run FOLDER --model {output}", markup=False)
