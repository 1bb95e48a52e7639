"""`docextract explain`: print why a record has the values it has."""

from pathlib import Path
from typing import Annotated

import typer


def explain(
    out: Annotated[Path, typer.Argument(help="The folder of a run, or a records.jsonl.")],
    file: Annotated[
        str, typer.Argument(help="A document: its path in the records, or its file name.")
    ],
    field: Annotated[
        str,
        typer.Argument(help="Only this: total, line_items.amount, line_items[2].amount (from 1)."),
    ] = "",
    html: Annotated[
        Path | None,
        typer.Option(metavar="PAGE", help="Write a page for a browser: values over the document."),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(help="Where the document's file lies now.  [default: as in the run]"),
    ] = None,
    all_pages: Annotated[
        bool, typer.Option("--all-pages", help="Draw also the pages that nothing was found on.")
    ] = False,
    password: Annotated[
        str,
        typer.Option(
            help="For an encrypted document; better given as DOCEXTRACT_PASSWORD.",
            envvar="DOCEXTRACT_PASSWORD",
        ),
    ] = "",
) -> None:
    """Print why a record says what it says: where each value stands, who found it, what lost."""
    from rich.console import Console

    from docextract.explain import lookup, manifest
    from docextract.explain import terminal as printed
    from docextract.explain.evidence import explained

    record = lookup.find(out, file)
    if html:
        from docextract.explain.page import Asked, write

        write(html, record, Asked(out, field, source, all_pages, password))
        typer.echo(f"written to {html}")
        return
    found = lookup.select(explained(record), field)
    console = Console(highlight=False)
    parts = [part for one in found for part in printed.detail(one)]
    if not field:
        parts = [*printed.heading(record, manifest.made_by(out)), *printed.overview(found)]
    for part in parts:
        console.print(part)
