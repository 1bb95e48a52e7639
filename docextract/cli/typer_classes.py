"""Typer classes: errors become exit codes, and every option an environment variable."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from docextract.errors import DocextractError


class ErrorHandlingGroup(TyperGroup):
    """A group of commands; the one place where errors become messages and exit codes."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the arguments name."""
        try:
            return super().invoke(ctx)
        except DocextractError as error:
            typer.echo("\n".join([f"error: {error}", *getattr(error, "__notes__", [])]), err=True)
            raise typer.Exit(error.exit_code) from error


class EnvironmentCommand(TyperCommand):
    """Every option is also an environment variable; the help says so once, not for each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for parameter in self.params:
            parameter.show_envvar = False  # type: ignore[attr-defined]
