"""Validation of a user's labels against the schemas, before anything is read or trained."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from docextract.document import UNKNOWN
from docextract.errors import ConfigError
from docextract.evaluation.inputs.truth_and_prediction import Truth
from docextract.schema import FieldSchema, FieldType, Schema


def check_labels(
    truth: Truth, schemas: Sequence[Schema], table: Path
) -> tuple[Truth, Schema | None]:
    """Validate the labels of a document; they come under the schema's own names, with the schema.

    Args:
        truth: The labels; a field may go by one of its aliases.
        schemas: Those that it may be of.
        table: Where the labels are from, for messages.

    Returns:
        No schema for a document of no kind.

    Raises:
        ConfigError: the kind is none of the schemas or cannot be told, a field is not in the
            schema, or rows are given for a value and the other way round.
    """
    if truth.kind == UNKNOWN:
        return truth, None
    where = f"{table}: {truth.name}"
    schema = _schema(truth, schemas, where)
    names = _names(schema.fields)
    fields = {_name(name, names, schema, where): of for name, of in truth.fields.items()}
    for name, values in fields.items():
        if values and schema.fields[name].type is FieldType.ROWS:
            raise ConfigError(f"{where}: {name} is a list of rows, not {values[0]!r}")
    rows = {}
    for name, given in truth.rows.items():
        path = _name(name, names, schema, where)
        columns = _names(schema.fields[path].fields)
        if not columns:
            raise ConfigError(f"{where}: {path} is a value, not a list of rows")
        rows[path] = tuple(
            {
                _name(column, columns, schema, f"{where}: {path}"): cell
                for column, cell in row.items()
            }
            for row in given
        )
    return Truth(truth.name, fields, rows, truth.kind, source=truth.source), schema


def _schema(truth: Truth, schemas: Sequence[Schema], where: str) -> Schema:
    """The schema that the kind names, else the only one, else the only one with all fields."""
    if truth.kind:
        able = [schema for schema in schemas if schema.name == truth.kind]
    elif len(schemas) == 1:
        able = list(schemas)
    else:
        given = {*truth.fields, *truth.rows}
        able = [schema for schema in schemas if given <= _names(schema.fields).keys()]
    if len(able) == 1:
        return able[0]
    known = ", ".join(schema.name for schema in schemas)
    said = f"the kind {truth.kind!r} is none of" if truth.kind else "its kind could be any of"
    raise ConfigError(f'{where}: {said} {known}; give the record the right "kind"')


def _names(fields: Mapping[str, FieldSchema]) -> Mapping[str, str]:
    """Every name that a field may be given -> its own."""
    aliases = {alias: name for name, field in fields.items() for alias in field.aliases}
    return aliases | {name: name for name in fields}


def _name(given: str, names: Mapping[str, str], schema: Schema, where: str) -> str:
    if given in names:
        return names[given]
    near = get_close_matches(given, names, 1, cutoff=0.5)
    known = ", ".join(dict.fromkeys(names.values()))
    hint = f"did you mean {near[0]}?" if near else f"there are: {known}"
    raise ConfigError(f"{where}: the schema {schema.name} has no field {given!r}; {hint}")
