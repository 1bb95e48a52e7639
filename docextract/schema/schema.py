"""Schema of a kind of document: fields, classification phrases and checks, read from TOML."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError, model_validator

from docextract.errors import ConfigError
from docextract.expression import Expression, ExpressionError, parse
from docextract.schema.fields import FieldSchema, SchemaPart
from docextract.validation_errors import UnknownNameError, format_validation_error

NAME = re.compile(r"[a-z][a-z0-9_]*")


def _rule(text: str) -> str:
    try:
        parse(text)
    except ExpressionError as error:
        raise ValueError(f"check {text!r}: {error}") from error
    return text


class KindSchema(SchemaPart):
    """How documents of this kind are recognised."""

    #: Sentences that describe such a document; compared with its text by the encoder.
    descriptions: tuple[str, ...] = ()
    #: Phrases that decide by themselves, unless another kind has one too. Case is ignored.
    decide: tuple[str, ...] = ()
    #: Phrases that speak for the kind; several together can decide.
    words: tuple[str, ...] = ()
    #: Phrases that speak against it.
    against: tuple[str, ...] = ()


class Check(SchemaPart):
    """A cross-check. `each` names rows to check one by one, with their columns as names."""

    rule: Annotated[str, AfterValidator(_rule)]
    message: str = ""
    each: str | None = None
    tolerance: Decimal = Decimal("0.02")

    @cached_property
    def expression(self) -> Expression:
        """The parsed rule."""
        return parse(self.rule)


class Schema(SchemaPart):
    """The schema of a kind of document: the fields of its record and their checks."""

    name: Annotated[str, Field(pattern=NAME.pattern)]
    version: str = "1"
    description: str = ""
    kind: KindSchema = KindSchema()
    fields: Mapping[str, FieldSchema] = {}
    checks: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def _names(self) -> "Schema":
        for path, _ in self.walk():
            for name in path.split("."):
                if not NAME.fullmatch(name):
                    message = f"field {path!r}: use lower-case letters, digits and _"
                    raise UnknownNameError(message, *_place(path))
        known = {path for path, _ in self.walk()}
        for path, field in self.walk():
            if field.within and field.within not in known:
                message = f"field {path!r}: within: no field {field.within!r}"
                raise UnknownNameError(message, *_place(path), "within")
            if field.unlike and field.unlike not in self.fields:
                message = f"field {path!r}: unlike: no field {field.unlike!r}"
                raise UnknownNameError(message, *_place(path), "unlike")
        for number, check in enumerate(self.checks):
            used = check.expression.names
            if check.each:
                used = frozenset(f"{check.each}.{name}" for name in used)
            if missing := ", ".join(sorted(used - known)):
                message = f"check {check.rule!r}: no field {missing}"
                raise UnknownNameError(message, "checks", number, "rule")
        return self

    def walk(self) -> Iterator[tuple[str, FieldSchema]]:
        """Every field with its path, rows before their columns: "line_items.amount"."""
        for name, field in self.fields.items():
            yield name, field
            for column, inner in field.fields.items():
                yield f"{name}.{column}", inner

    def field(self, path: str) -> FieldSchema:
        """The field at `path`. Raises KeyError when there is none."""
        rows, _, column = path.partition(".")
        return self.fields[rows].fields[column] if column else self.fields[rows]

    @classmethod
    def load(cls, path: Path) -> "Schema":
        """Read a TOML file. Raises ConfigError naming file, line, key and what it may be."""
        try:
            given = tomllib.loads(text := path.read_text("utf-8"))
        except OSError as error:
            raise ConfigError(f"cannot read schema {path}: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"schema {path} is not TOML: {error}") from error
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise ConfigError(f"schema {path}: {format_validation_error(error, text)}") from error


def _place(path: str) -> tuple[str, ...]:
    """The keys under which the field at `path` stands."""
    return ("fields", *path.replace(".", ".fields.").split("."))
