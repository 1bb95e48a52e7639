"""Conversion of schemas from and to JSON Schema (draft 2020-12), and from pydantic models.

What JSON Schema cannot express (anchors, patterns, the difference between a name and an
address) stands under the keyword "x-docextract", with the keys of schemas/*.toml. So a schema
written by `to_json_schema` is read back as it was, and one from elsewhere works without it.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from docextract.errors import ConfigError
from docextract.json_schema.nodes import EXTENSION_KEY, Node
from docextract.schema import NAME, FieldSchema, FieldType, Schema
from docextract.validation_errors import format_validation_error

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: What each type's values are in JSON, where not text. Times are text without a format, as
#: JSON Schema's "time" (RFC 3339) has a zone and a printed time has none.
_JSON: Mapping[FieldType, Mapping[str, str]] = {
    FieldType.MONEY: {"type": "number"},
    FieldType.NUMBER: {"type": "number"},
    FieldType.PERCENT: {"type": "number"},
    FieldType.INTEGER: {"type": "integer"},
    FieldType.BOOLEAN: {"type": "boolean"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.EMAIL: {"type": "string", "format": "email"},
    FieldType.URL: {"type": "string", "format": "uri"},
}
_TEXT: Mapping[str, str] = {"type": "string"}

#: The type of a field that does not name one, by JSON type and format.
_TYPES: Mapping[tuple[str, str], FieldType] = {
    ("string", ""): FieldType.TEXT,
    ("string", "date"): FieldType.DATE,
    ("string", "date-time"): FieldType.DATE,  # a printed document has a date, at most
    ("string", "time"): FieldType.TIME,
    ("string", "email"): FieldType.EMAIL,
    ("string", "idn-email"): FieldType.EMAIL,
    ("string", "uri"): FieldType.URL,
    ("string", "iri"): FieldType.URL,
    ("string", "duration"): FieldType.DURATION,
    ("number", ""): FieldType.NUMBER,
    ("integer", ""): FieldType.INTEGER,
    ("boolean", ""): FieldType.BOOLEAN,
}

#: A longer description explains; a shorter one names.
_LABEL_WORDS = 4


def to_json_schema(schema: Schema) -> dict[str, Any]:
    """The JSON Schema of `record["data"]`, with the rest of the schema under "x-docextract".

    Every field may be null, whether required or not: a document can lack what it should have.
    """
    extension = {"name": schema.name, "version": schema.version}
    rest = schema.model_dump(
        mode="json", exclude_defaults=True, exclude={"name", "version", "description", "fields"}
    )
    about = {"description": schema.description} if schema.description else {}
    return {"$schema": DIALECT, "title": schema.name, **about, **_object(schema.fields)} | {
        EXTENSION_KEY: {**extension, **rest}
    }


def from_json_schema(doc: Mapping[str, Any], *, name: str = "") -> Schema:
    """The schema that describes the same records as `doc`.

    Properties become fields, arrays of objects rows, arrays of scalars fields with `many`;
    names become lower case with underscores, the old name an alias. Money, addresses and the
    like come from "x-docextract": {"type": "money"}.

    Args:
        doc: A JSON Schema of type object, with its $defs inside.
        name: Of the kind of document; else the one in "x-docextract", else the title.

    Raises:
        ConfigError: naming the place, for what no record can be or what is not understood.
    """
    root = Node(doc, doc, "#").resolved()
    if root.type != "object":
        raise root.error('a record needs "type": "object" and "properties"')
    extension = root.extension()
    called = name or extension.pop("name", "") or _identifier(str(root.part.get("title", "")))
    if not called:
        raise root.error('give a "title" or a name')
    given = {"description": root.part.get("description", ""), **extension, "name": called}
    try:
        return Schema.model_validate({**given, "fields": _fields(root)})
    except ValidationError as error:
        raise ConfigError(f"JSON Schema {called!r}: {format_validation_error(error)}") from error


def from_model(model: type[BaseModel]) -> Schema:
    """The schema that describes the same records as a pydantic model.

    `Field(description=...)` is handed on, and so is what stands under "x-docextract" in
    `json_schema_extra`. Fields that are Optional or have a default are not required.

    Raises:
        ConfigError: the model holds what no record can; the message names the place.
    """
    doc = model.model_json_schema(by_alias=False, schema_generator=_DecimalsAsNumbers)
    return from_json_schema(doc)


class _DecimalsAsNumbers(GenerateJsonSchema):
    """Pydantic's generator, but a Decimal is a number, not a choice of number and string."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> dict[str, Any]:
        """The JSON Schema of a Decimal."""
        return {"type": "number"}


def _object(fields: Mapping[str, FieldSchema]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _property(field) for name, field in fields.items()},
        "required": list(fields),  # a record has every key, if only with null
        "additionalProperties": False,
    }


def _property(field: FieldSchema) -> dict[str, Any]:
    about: dict[str, Any] = {"description": field.description} if field.description else {}
    extension = field.model_dump(
        mode="json",
        exclude_defaults=True,
        exclude={"description", "many", "choices", "fields"},
    )
    # Always there: tells a schema written here from a foreign one, which has no anchors.
    extension["type"] = field.type.value
    if field.many or field.fields:
        # A list is never null, so here the list of required properties does not tell.
        extension["required"] = field.required
    about = {**about, EXTENSION_KEY: extension}
    if field.type is FieldType.ROWS:
        return {"type": "array", "items": _object(field.fields), **about}
    scalar: dict[str, Any] = dict(_JSON.get(field.type, _TEXT))
    if field.choices:
        scalar["enum"] = list(field.choices)
    if field.many:
        return {"type": "array", "items": scalar, **about}
    scalar["type"] = [scalar["type"], "null"]
    if field.choices:
        scalar["enum"].append(None)
    return {**scalar, **about}


def _fields(node: Node) -> dict[str, Any]:
    """The fields of an object, as `FieldSchema` takes them."""
    required = node.part.get("required", ())
    made: dict[str, Any] = {}
    for key in node.part.get("properties", {}):
        place = node.step("properties", key)
        name, found = _identifier(key), place.resolved()
        if not name or name in made:
            raise place.error("no name of its own can be made of this one: use a-z, 0-9 and _")
        field = _field(found)
        if EXTENSION_KEY not in found.part:
            field["anchors"] = _labels(name, found.part)
        if name != key:
            field["aliases"] = [*field.get("aliases", ()), key]
        needed = key in required and not found.part.get("nullable", False)
        made[name] = {"required": needed, **field}
    return made


def _field(node: Node) -> dict[str, Any]:
    description = node.part.get("description") or node.part.get("title") or ""
    if node.type == "object":
        raise node.error("an object within a record must be in an array")
    found = _array(node) if node.type == "array" else _scalar(node)
    return {"description": description, **found, **node.extension()}


def _labels(name: str, part: Mapping[str, Any]) -> list[str]:
    """What the field may be called in print: its title, a short description, its name."""
    description = str(part.get("description", "")).partition(":")[0]
    short = description if len(description.split()) <= _LABEL_WORDS else ""
    printed = (str(part.get("title", "")), short, name.replace("_", " "))
    return list(dict.fromkeys(label.casefold().strip() for label in printed if label.strip()))


def _array(node: Node) -> dict[str, Any]:
    if "items" not in node.part:
        return {"type": FieldType.TEXT, "many": True}
    items = node.step("items").resolved()
    if items.type == "array" or (items.type == "object" and node.in_rows):
        raise items.error("lists within lists are not supported")
    if items.type == "object":
        return {"type": FieldType.ROWS, "fields": _fields(replace(items, in_rows=True))}
    return {**_scalar(items), "many": True}


def _scalar(node: Node) -> dict[str, Any]:
    if choices := _choices(node.part):
        return {"type": FieldType.CHOICE, "choices": choices}
    kind = node.type or "string"
    known = _TYPES.get((kind, node.part.get("format", ""))) or _TYPES.get((kind, ""))
    if known is None:
        raise node.error(f"no field can be of type {kind!r}")
    if "pattern" in node.part and known is FieldType.TEXT:
        # JSON Schema's pattern may match anywhere, a field's format matches the whole value.
        return {"type": known, "format": f"(?s:.*)(?:{node.part['pattern']})(?s:.*)"}
    return {"type": known}


def _choices(part: Mapping[str, Any]) -> list[str]:
    values = [part["const"]] if "const" in part else part.get("enum", ())
    return [str(value) for value in values if value is not None]


def _identifier(name: str) -> str:
    """A name as schemas have them: "InvoiceNo" and "Invoice no." become "invoice_no"."""
    if NAME.fullmatch(name):
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", plain).lower()
    return re.sub(r"[^a-z0-9]+", "_", words).strip("_").lstrip("0123456789_")
