"""`docextract schemas`: list and print document schemas."""

from typing import Annotated

import typer

_Name = Annotated[str, typer.Argument(help="A name, or a .toml file.")]

app = typer.Typer(no_args_is_help=True, help="The kinds of documents and their fields.")


@app.command("list")
def list_schemas() -> None:
    """Name the kinds of documents there are, and where their files lie."""
    from docextract.resources import available_resources
    from docextract.schema import Schema

    for name, path in available_resources("schemas").items():
        schema = Schema.load(path)
        typer.echo(f"{name:16} {len(schema.fields):3} fields   {schema.description}   ({path})")


@app.command("show")
def show_schema(name: _Name) -> None:
    """Print a kind's fields: their names, types and what they are."""
    from docextract.resources import find_resource
    from docextract.schema import Schema

    schema = Schema.load(find_resource("schemas", name))
    typer.echo(f"{schema.name} (version {schema.version}): {schema.description}")
    for path, field in schema.walk():
        marks = "".join([" required" * field.required, " many" * field.many])
        typer.echo(f"  {path:32} {field.type:10}{marks:9} {field.description}")
    for check in schema.checks:
        each = f"each of {check.each}: " if check.each else ""
        typer.echo(f"  check: {each}{check.rule}")


@app.command("json-schema")
def print_json_schema(
    name: _Name,
) -> None:
    """Print the JSON Schema that a record's data obeys."""
    import json

    from docextract.json_schema import to_json_schema
    from docextract.resources import find_resource
    from docextract.schema import Schema

    made = to_json_schema(Schema.load(find_resource("schemas", name)))
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))
