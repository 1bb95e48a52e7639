"""Command line interface: parses arguments, calls the library and prints. No logic lives here.

One module a command, or a group of them; all are put together here. Each imports what it needs
inside its function, so that `docextract --help` loads no model library.
"""

from typing import Annotated

import typer

from docextract import __version__
from docextract.cli import pipelines, schemas
from docextract.cli.doctor import doctor
from docextract.cli.evaluation import calibrate, evaluate
from docextract.cli.explain import explain
from docextract.cli.run import run
from docextract.cli.show import show
from docextract.cli.train import train
from docextract.cli.typer_classes import EnvironmentCommand, ErrorHandlingGroup

app = typer.Typer(
    cls=ErrorHandlingGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "DOCEXTRACT"},
    help="A folder of documents in; typed, checked and explained records out. Offline.",
)


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


app.command(
    cls=EnvironmentCommand,
    epilog="Each option can be set in the environment: DOCEXTRACT_RUN_WORKERS=4 is --workers 4.",
)(run)
app.command(cls=EnvironmentCommand)(evaluate)
app.command(cls=EnvironmentCommand)(calibrate)
app.command(cls=EnvironmentCommand)(train)
app.command(cls=EnvironmentCommand)(explain)
app.command()(doctor)
app.command()(show)
app.add_typer(schemas.app, name="schemas")
app.add_typer(pipelines.app, name="pipelines")


def main() -> None:
    """Run the program `docextract`: its entry point."""
    app(prog_name="docextract")
