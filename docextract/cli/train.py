"""`docextract train`: train a model on labelled documents."""

from pathlib import Path
from typing import Annotated

import typer

from docextract.errors import ExitCode

_Folder = Annotated[
    Path, typer.Argument(help="Documents, with a JSON record beside each or a CSV of all.")
]
_Output = Annotated[Path, typer.Option("--output", "-o", help="Folder of the new model.")]
_Schemas = Annotated[
    list[str], typer.Option(help="The documents' kind: a name or a .toml file; repeatable.")
]
_Base = Annotated[str, typer.Option(help="The model to start from: a name, or a folder.")]
_Epochs = Annotated[float, typer.Option(min=0.1, help="How often each document is seen.")]
_Minutes = Annotated[
    float, typer.Option(min=0, help="Take at most so long; 0: as long as the epochs take.")
]
_Validation = Annotated[
    float,
    typer.Option(min=0.01, max=0.4, help="Share that decides when to stop, and as much to test."),
]
_LearningRate = Annotated[float, typer.Option(min=0, help="Of the encoder.")]
_Seed = Annotated[int, typer.Option(min=0, help="Of every choice there is.")]
_Device = Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:1, mps.")]
_MonthFirst = Annotated[
    bool, typer.Option("--month-first", help="The records write dates as 12/31/24.")
]
_OcrLanguages = Annotated[str, typer.Option(help="Tesseract's language codes: eng,deu")]
_Resume = Annotated[bool, typer.Option("--resume", help="Go on with what was interrupted.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.")]


def train(
    folder: _Folder,
    output: _Output,
    schema: _Schemas,
    base: _Base = "default",
    epochs: _Epochs = 40,
    minutes: _Minutes = 15,
    validation: _Validation = 0.15,
    learning_rate: _LearningRate = 6e-5,
    seed: _Seed = 0,
    device: _Device = "auto",
    month_first: _MonthFirst = False,
    ocr_lang: _OcrLanguages = "",
    resume: _Resume = False,
    quiet: _Quiet = False,
) -> None:
    """Make a model that fills the records of your own documents, from some that are labelled."""
    from rich.console import Console

    from docextract import resources
    from docextract.batch.interruption import interruption
    from docextract.training import command
    from docextract.training.loop.progress import progress
    from docextract.training.recipe import FineTuningJob, run_fine_tuning
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
    start = resources.find_model(base)
    read = {"ocr_lang": tuple(ocr_lang.replace("+", ",").split(","))} if ocr_lang else {}
    console.print(f"reading {folder}", markup=False)
    prepared = command.prepare_training_data(
        command.TrainingRequest(folder, schema, read, month_first), settings
    )
    output.mkdir(parents=True, exist_ok=True)
    command.write_unaligned(output / command.UNALIGNED, prepared.unaligned)
    for line in command.describe(prepared):
        console.print(line, markup=False)
    with interruption() as stop, progress(console) as show:
        job = FineTuningJob(start, output, settings, resume=resume, show=show, stop=stop.is_set)
        made = run_fine_tuning(prepared.material, job)
    if made is None:
        console.print("interrupted: run the same command with --resume to continue")
        raise typer.Exit(ExitCode.INTERRUPTED)
    console.print(command.scores_table(made))
    if not made.best_step:
        console.print("no checkpoint is as good as the base model: the base weights were kept")
    console.print(f"the model is in {output}, the training report in {output / 'report.html'}")
    console.print(f"use it: docextract run FOLDER --model {output}", markup=False)
