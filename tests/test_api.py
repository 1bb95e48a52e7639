"""What `import docextract` gives."""

import ast
import io
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pydantic
import pytest

import docextract


def promised() -> set[str]:
    """The names that type checkers see: the imports under TYPE_CHECKING."""
    tree = ast.parse(Path(docextract.__file__).read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    return {alias.name for node in block.body for alias in node.names}


def test_type_checkers_and_the_interpreter_see_the_same_names():
    assert set(docextract.__all__) == promised() | {"__version__"}


@pytest.mark.parametrize("name", docextract.__all__)
def test_every_name_is_there(name):
    assert getattr(docextract, name) is not None


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        docextract.nope  # noqa: B018


def test_importing_it_loads_nothing_heavy():
    code = "import sys, docextract; print({'torch', 'pydantic', 'pandas'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_missing_file_is_data_in_the_result():
    result = docextract.extract("nowhere.pdf", schema="receipt")
    assert result.status == docextract.Status.FAILED
    assert result.errors[0].category == "unreadable"


def test_a_zip_has_no_record_of_its_own():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "Total: 1.20")
    result = docextract.extract(made.getvalue(), schema="receipt")
    assert "extract_all" in result.errors[0].message
    (inside,) = docextract.extract_all([made.getvalue()], pipeline=no_model())
    assert inside.name == "document/a.txt"


def no_model() -> docextract.Pipeline:
    return docextract.load_pipeline(schema="receipt")


def test_a_pydantic_model_is_a_schema():
    class Ticket(pydantic.BaseModel):
        """A train ticket."""

        number: str = pydantic.Field(description="ticket number")
        price: Decimal
        travel_date: date | None = None

    text = b"Ticket number: 4711\nPrice: 12.50 EUR\nTravel date: 3 May 2024\n"
    result = docextract.extract(text, schema=Ticket)
    assert result.record is not None
    assert result.record.data == {
        "number": "4711",
        "price": Decimal("12.50"),
        "travel_date": date(2024, 5, 3),
    }


def test_a_json_schema_is_a_schema():
    schema = {
        "title": "Meter reading",
        "type": "object",
        "properties": {
            "meterNo": {"type": "string", "title": "Meter no."},
            "kWh": {"type": "number"},
        },
    }
    result = docextract.extract(b"Meter no. A-118\nkWh: 402.5\n", schema=schema)
    assert result.record is not None
    assert result.record.data == {"meter_no": "A-118", "k_wh": Decimal("402.5")}


def test_a_schema_goes_to_load_pipeline_not_beside_a_pipeline():
    with pytest.raises(ValueError, match="load_pipeline"):
        docextract.extract(b"x", pipeline=no_model(), schema="receipt")
