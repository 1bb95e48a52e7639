"""What a record says of a row's unit: its symbol, and its code as e-invoices have it."""

from pathlib import Path

import pytest

from docextract.document import Document, Kind
from docextract.readers import ReadOptions, Source, read
from docextract.schema import Schema
from docextract.stages.fields import Fields
from tests.conftest import page_of
from tests.e_invoices import cii, holding, page

INVOICE = Schema.load(Path(__file__).parents[1] / "schemas" / "invoice.toml")


def parts(doc, column):
    """The parts of the column's values, one a row."""
    (made,) = Fields((INVOICE,), model="")([doc.add(kind=Kind("invoice", 1.0))])
    return [dict(v.parts) for v in made.candidates if v.field == f"line_items.{column}"]


def bill(*lines):
    return Document("a.pdf", pages=(page_of(*lines, "Total                         22.00"),))


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("Std.", {"unit": "h", "unit_code": "HUR"}),
        ("pièces", {"unit": "pcs", "unit_code": "H87"}),
        ("KGM", {"unit": "kg", "unit_code": "KGM"}),
        ("gal", {"unit": "gal"}),
        ("Fuhren", {}),
    ],
)
def test_a_unit_in_a_column_of_its_own_has_its_code(printed, told):
    doc = bill(
        "Description      Quantity   Unit      Unit price   Net amount",
        f"Green tea        4          {printed:<10}5.50         22.00",
    )
    assert parts(doc, "unit") == [told]


def test_a_unit_in_the_cell_of_its_quantity_has_its_code_too():
    doc = bill(
        "Description      Quantity   Unit price   Net amount",
        "Green tea        4 kg       5.50         22.00",
    )
    assert parts(doc, "unit") == [{"unit": "kg", "unit_code": "KGM"}]


def test_the_code_of_an_e_invoice_is_told_as_what_it_is():
    source = Source("a.pdf", data=holding(page(), {"factur-x.xml": cii()}))
    doc = read(source, ReadOptions()).document
    assert doc is not None
    stated = [told for told in parts(doc, "unit") if told]
    assert stated == [{"unit": "pcs", "unit_code": "H87"}] * 2
