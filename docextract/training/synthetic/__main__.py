"""Command that writes synthetic documents with their records, to train or to evaluate with."""

from pathlib import Path
from typing import Annotated

import typer

from docextract.training.synthetic.facts.record import expected_record, to_json
from docextract.training.synthetic.paper.render import write_pdf, write_scan
from docextract.training.synthetic.produce import KINDS, synthetic_documents

app = typer.Typer(add_completion=False)


@app.command()
def main(
    output: Annotated[Path, typer.Argument(help="Folder to write to.")],
    count: Annotated[int, typer.Option(min=1, help="How many documents.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="The same seed, the same documents.")] = 0,
    kind: Annotated[list[str] | None, typer.Option(help="Of these kinds only.")] = None,
    scanned: Annotated[bool, typer.Option("--scan", help="As pictures from a scanner.")] = False,
) -> None:
    """Write NAME.pdf, or NAME.tiff with --scan, and NAME.json."""
    if unknown := set(kind or ()) - set(KINDS):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: not one of {', '.join(KINDS)}")
    output.mkdir(parents=True, exist_ok=True)
    for made in synthetic_documents(count, seed, kind or KINDS):
        name = made.example.name
        if scanned:
            write_scan(made.sheet, output / f"{name}.tiff", seed=seed)
        else:
            write_pdf(made.sheet, output / f"{name}.pdf")
        (output / f"{name}.json").write_text(to_json(expected_record(made)), "utf-8")


if __name__ == "__main__":
    app()
