"""Schemas from JSON Schema and from pydantic models, and back."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_results import BILL, bill, full_bill
from pydantic import BaseModel, ConfigDict, Field, create_model

from docextract.errors import ConfigError
from docextract.export import dumps, loads, record_json
from docextract.json_schema import from_json_schema, from_model, to_json_schema
from docextract.schema import FieldType, Schema

SHIPPED = sorted((Path(__file__).parent.parent / "schemas").glob("*.toml"))


def types(schema: Schema) -> dict[str, str]:
    return {path: str(field.type) + "*" * field.many for path, field in schema.walk()}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_schema_comes_back_as_it_was(path):
    schema = Schema.load(path)
    assert from_json_schema(to_json_schema(schema)) == schema


def test_required_lists_and_checks_come_back_too():
    fields = {
        "kinds": {"type": "choice", "choices": ["a", "b"], "many": True, "required": True},
        "lines": {"type": "rows", "required": True, "fields": {"n": {"type": "integer"}}},
    }
    check = {"rule": "count(lines.n) > 0", "tolerance": "0.005"}
    schema = Schema.model_validate({"name": "x", "fields": fields, "checks": [check]})
    assert from_json_schema(to_json_schema(schema)) == schema


def test_the_json_schema_says_what_data_looks_like():
    doc = to_json_schema(BILL)
    assert doc["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (doc["title"], doc["type"]) == ("bill", "object")
    assert doc["required"] == list(BILL.fields)
    assert doc["properties"]["total"] == {
        "type": ["number", "null"],
        "description": "total: what is to pay",
        "x-docextract": {"type": "money"},
    }
    assert doc["properties"]["issued"]["format"] == "date"
    assert doc["properties"]["parties"]["items"] == {"type": "string"}
    assert doc["properties"]["lines"]["items"]["required"] == ["text", "amount"]


_PYTHON = {"number": Decimal, "integer": int, "boolean": bool, "string": str}


def model_of(doc: dict[str, Any], name: str = "Made") -> type[BaseModel]:
    """A strict pydantic model of the subset of JSON Schema that `to_json_schema` writes."""
    fields: dict[str, Any] = {}
    for key, part in doc["properties"].items():
        if part["type"] == "array":
            items = part["items"]
            inner = model_of(items, key) if "properties" in items else _PYTHON[items["type"]]
            fields[key] = (list[inner], ...)
        else:
            assert part["type"][1] == "null"
            base = date if part.get("format") == "date" else _PYTHON[part["type"][0]]
            fields[key] = (base | None, ...)
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


def test_the_data_of_records_is_valid(doc):
    model = model_of(to_json_schema(BILL))
    for result in (full_bill(doc), bill(doc("x"), {"at": time(9, 5), "paid": False, "copies": 2})):
        data = loads(dumps(record_json(result)))["data"]
        model.model_validate(data)


def test_the_schema_is_valid_by_the_standards_own_check(doc):
    jsonschema = pytest.importorskip("jsonschema")
    schema = to_json_schema(BILL)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(loads(dumps(record_json(full_bill(doc))))["data"], schema)


class Currency(Enum):
    EUR = "EUR"
    USD = "USD"


class Line(BaseModel):
    description: str
    amount: Decimal | None = None


class Order(BaseModel):
    """An order for goods."""

    order_no: str = Field(description="the number of the order", alias="OrderNo")
    total: Decimal = Field(json_schema_extra={"x-docextract": {"type": "money"}})
    fee: Annotated[Decimal, Field(max_digits=9, decimal_places=2)]
    placed: date
    shipped: datetime | None
    at: time | None = None
    currency: Currency | None = None
    state: Literal["open", "closed"] = "open"
    code: str = Field(pattern="^[A-Z]")
    copies: int = Field(gt=0)
    gift: bool
    tags: list[str] = []
    days: set[date] = set()
    lines: list[Line]


def test_a_pydantic_model_becomes_a_schema():
    schema = from_model(Order)
    assert (schema.name, schema.description) == ("order", "An order for goods.")
    assert types(schema) == {
        "order_no": "text",
        "total": "money",
        "fee": "number",
        "placed": "date",
        "shipped": "date",
        "at": "time",
        "currency": "choice",
        "state": "choice",
        "code": "text",
        "copies": "integer",
        "gift": "boolean",
        "tags": "text*",
        "days": "date*",
        "lines": "rows",
        "lines.description": "text",
        "lines.amount": "number",
    }
    assert schema.fields["order_no"].description == "the number of the order"
    assert schema.fields["currency"].choices == ("EUR", "USD")


def test_optional_fields_and_those_with_a_default_are_not_required():
    required = [path for path, field in from_model(Order).walk() if field.required]
    assert required == [
        *("order_no", "total", "fee", "placed", "code", "copies", "gift", "lines"),
        "lines.description",
    ]


def test_a_json_schema_from_elsewhere_is_understood():
    schema = from_json_schema(
        {
            "title": "Delivery Note",
            "type": "object",
            "required": ["NoteNo", "mail"],
            "properties": {
                "NoteNo": {"$ref": "#/$defs/no", "description": "number of the note"},
                "mail": {"type": ["string", "null"], "format": "email"},
                "site": {"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}]},
                "weight": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "x"}]},
                "sort": {"const": "express"},
                "Empfänger": {"title": "Receiver"},
                "items": {
                    "type": "array",
                    "items": {"allOf": [{"$ref": "#/$defs/a~1b"}]},
                    "x-docextract": {"anchors": ["goods"]},
                },
            },
            "$defs": {
                "no": {"type": "string", "pattern": "[0-9]"},
                "a/b": {"properties": {"piece": {"type": "integer"}}},
            },
        }
    )
    assert schema.name == "delivery_note"
    assert types(schema) == {
        "note_no": "text",
        "mail": "email",
        "site": "url",
        "weight": "number",
        "sort": "choice",
        "empfanger": "text",
        "items": "rows",
        "items.piece": "integer",
    }
    number = schema.fields["note_no"]
    assert (number.required, number.aliases) == (True, ("NoteNo",))
    assert number.description == "number of the note"
    assert schema.fields["mail"].required is False
    assert schema.fields["empfanger"].description == "Receiver"
    assert schema.fields["items"].anchors == ("goods",)


@pytest.mark.parametrize(("value", "matches"), [("AB1", True), ("1", True), ("AB", False)])
def test_a_pattern_may_match_anywhere_as_json_schema_says(value, matches):
    import re

    doc = {"type": "object", "properties": {"a": {"type": "string", "pattern": "[0-9]$|^1"}}}
    field = from_json_schema(doc, name="x").fields["a"]
    assert bool(re.fullmatch(field.format, value)) is matches


def wrong(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


_ROWS = {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}}


@pytest.mark.parametrize(
    ("doc", "message"),
    [
        ({"type": "array"}, "at #: a record needs"),
        (wrong(a={"oneOf": []}), "at #/properties/a: 'oneOf' is not supported"),
        (wrong(a={"type": "object"}), "at #/properties/a: an object within a record"),
        (wrong(a={"type": "array", "items": {"type": "array"}}), "#/properties/a/items: lists"),
        (wrong(a={"type": "array", "items": wrong(b=_ROWS)}), "a/items/properties/b/items: lists"),
        (wrong(a={"type": ["integer", "string"]}), "a: a value of several types"),
        (wrong(a={"type": "null"}), "no field can be of type 'null'"),
        (wrong(a={"$ref": "other.json#/x"}), "leads out of the document"),
        (wrong(a={"$ref": "#/$defs/none"}), "there is no '#/\\$defs/none'"),
        (wrong(a={"$ref": "#/properties/a"}), "references go in a circle"),
        (wrong(a=True), "at #/properties/a: an object is needed here"),
        (wrong(a={"type": 5}), "'type' cannot be 5"),
        (wrong(a={"anyOf": ["x"]}), "'x' is not a schema"),
        (wrong(aB={}, a_b={}), "at #/properties/a_b: no name of its own"),
        (wrong(東京={}), "no name of its own can be made"),
        (wrong(a={"pattern": "("}), "not a regular expression"),
        (wrong(a={"x-docextract": {"typ": "money"}}), "no such key"),
        ({"type": "object", "properties": []}, "'properties' cannot be"),
    ],
)
def test_what_no_record_can_be_is_refused_with_its_place(doc, message):
    with pytest.raises(ConfigError, match=message):
        from_json_schema(doc, name="x")


def test_a_schema_without_a_name_is_refused():
    with pytest.raises(ConfigError, match='give a "title" or a name'):
        from_json_schema({"type": "object", "properties": {}})


def test_a_model_that_holds_itself_is_refused():
    class Tree(BaseModel):
        children: list["Tree"]

    with pytest.raises(ConfigError, match="lists within lists"):
        from_model(Tree)


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
keywords = st.sampled_from(
    ["type", "properties", "items", "anyOf", "allOf", "$ref", "enum", "required", "pattern", "a"]
)
words = st.sampled_from(["object", "array", "string", "#", "#/properties/a", "a"])
json_values = st.recursive(
    scalars | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keywords, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(keywords, json_values, max_size=4))
def test_anything_is_a_schema_or_a_configuration_error(properties):
    try:
        made = from_json_schema({"type": "object", "properties": properties}, name="x")
    except ConfigError:
        return
    assert all(isinstance(field.type, FieldType) for _, field in made.walk())
