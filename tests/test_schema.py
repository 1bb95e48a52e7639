"""Schemas from TOML: what is refused, and how the refusal is told."""

import pytest

from docextract.errors import ConfigError
from docextract.schema import FieldType, Schema


@pytest.fixture
def load(tmp_path):
    def run(text):
        path = tmp_path / "made.toml"
        path.write_text(text, "utf-8")
        return Schema.load(path)

    return run


def test_a_schema_of_a_few_lines_loads(load):
    schema = load('name = "slip"\n[fields.total]\ntype = "money"\nanchors = ["total"]')
    assert schema.field("total").type is FieldType.MONEY
    assert schema.field("total").look == ("right", "below")


def test_rows_are_walked_after_their_parent(load):
    schema = load('name = "s"\n[fields.a]\ntype = "rows"\n[fields.a.fields.b]\n[fields.c]')
    assert [path for path, _ in schema.walk()] == ["a", "a.b", "c"]
    assert schema.field("a.b").type is FieldType.TEXT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "s"\n[fields.a]\nanchor = ["x"]', "fields.a.anchor: no such key"),
        ('name = "s"\n[fields.a]\ntype = "price"', "fields.a.type"),
        ('name = "s"\n[fields.a]\npatterns = ["("]', "not a regular expression"),
        ('name = "s"\n[fields.A]', "use lower-case letters"),
        ('name = "s"\n[fields.a]\ntype = "rows"', 'type = "rows" and a table of fields'),
        ('name = "s"\n[fields.a]\ntype = "choice"', 'type = "choice" and choices'),
        ('name = "s"\n[fields.a]\n[[checks]]\nrule = "a == b"', "no field b"),
        ('name = "s"\n[fields.a]\n[[checks]]\nrule = "a.__class__ == 1"', "check"),
        ('name = "s"\n[fields.a]\nlook = ["left"]', "fields.a.look"),
        ("name = ", "is not TOML"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(load, text, told):
    with pytest.raises(ConfigError, match=r"made\.toml") as error:
        load(text)
    assert told in str(error.value)


def test_a_schema_that_is_not_there_is_a_mistake_of_configuration(tmp_path):
    with pytest.raises(ConfigError, match="cannot read schema"):
        Schema.load(tmp_path / "none.toml")
