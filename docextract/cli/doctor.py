"""`docextract doctor`: check the installation."""

import typer

from docextract.errors import ExitCode


def doctor() -> None:
    """Look at what is on this machine: Tesseract, GPU, models with their hashes, extras."""
    from docextract.doctor import check_environment

    missing = False
    for finding in check_environment():
        missing |= finding.state == "missing"
        advice = f"   try: {finding.advice}" if finding.advice else ""
        typer.echo(f"{finding.state:9}{finding.name:18}{finding.detail}{advice}")
    if missing:
        raise typer.Exit(ExitCode.MISSING)
