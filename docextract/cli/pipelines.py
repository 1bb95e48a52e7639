"""`docextract pipelines`: list and print pipelines."""

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The ways from documents to records.")


@app.command("list")
def list_pipelines() -> None:
    """Name the pipelines there are, and where their files lie."""
    import tomllib

    from docextract.resources import available_resources

    for name, path in available_resources("pipelines").items():
        description = tomllib.loads(path.read_text("utf-8")).get("description", "")
        typer.echo(f"{name:12} {description}   ({path})")


@app.command("show")
def show_pipeline(name: Annotated[str, typer.Argument(help="A name, or a .toml file.")]) -> None:
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
