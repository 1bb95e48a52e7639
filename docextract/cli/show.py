"""`docextract show`: print the records of a run."""

from pathlib import Path
from typing import Annotated

import typer


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
