"""Schemas from TOML: what is refused, and how the refusal is told."""

from datetime import date
from decimal import Decimal

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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "s"\n\n[fields.a]\nanchor = ["x"]', "line 4: fields.a.anchor: no such key"),
        ('name = "s"\n[fields.a]\n\n[[checks]]\nrule = "a == "', "line 5: checks.0.rule: check"),
        (
            'name = "s"\n[fields.a]\n[[checks]]\nrule = "a == 1"\n[[checks]]\nrule = "a == b"',
            "line 6: check 'a == b': no field b",
        ),
        ('name = "s"\n[fields.a]\n[fields.b]\nwithin = "c"', "line 4: field 'b': within"),
        ('name = "s"\n[fields.a]\n[fields.B]', "line 3: field 'B': use lower-case"),
        ('name = "s"\n[fields.a]\nlook = [\n  "left",\n]', "line 3: fields.a.look.0"),
        ('name = "s"\n[fields.a]\nminimum = "soon"', "line 3: fields.a.minimum: neither a number"),
        ('name = "s"\n[fields.a]\nminimum = 1', 'does not go with type = "text"'),
        ('name = "s"\n[fields.a]\ntype = "date"\nminimum = 1', 'does not go with type = "date"'),
    ],
)
def test_a_mistake_is_told_with_its_line(load, text, told):
    with pytest.raises(ConfigError) as error:
        load(text)
    assert told in str(error.value)


def test_bounds_are_numbers_or_dates(load):
    schema = load(
        'name = "s"\n[fields.day]\ntype = "date"\nminimum = 1990-01-01\nmaximum = "2100-01-01"\n'
        '[fields.rate]\ntype = "percent"\nminimum = 0\nmaximum = 49.5'
    )
    assert schema.field("day").minimum == date(1990, 1, 1)
    assert schema.field("day").maximum == date(2100, 1, 1)
    assert schema.field("rate").maximum == Decimal("49.5")


def test_a_schema_that_is_not_there_is_a_mistake_of_configuration(tmp_path):
    with pytest.raises(ConfigError, match="cannot read schema"):
        Schema.load(tmp_path / "none.toml")
