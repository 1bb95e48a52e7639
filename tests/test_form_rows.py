"""Fields of a form that are numbered, as the rows of a table."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from docextract.document import Box, Document, FormField, Kind
from docextract.extraction.structured.acroform_rows import cells
from docextract.readers.options import ReadOptions
from docextract.readers.pdf import reader as pdf
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.fields import Fields

BILL = Schema(
    name="bill",
    fields={
        "total": {"type": "money", "anchors": ["total"]},
        "phone": {"type": "phone", "anchors": ["phone"]},
        "items": {
            "type": "rows",
            "fields": {
                "text": {"anchors": ["description", "item"], "aliases": ["desc"]},
                "count": {"type": "number", "anchors": ["quantity", "qty"]},
                "amount": {"type": "money", "anchors": ["amount", "total"]},
            },
        },
    },
    checks=[{"rule": "sum(items.amount) == total"}],
)
BOX = Box(300, 700, 400, 712)


def field(name, value="", tooltip=""):
    return FormField(name, "text", value, BOX, tooltip)


def processed(document):
    """The document after the stages of fields and checks, with rules alone."""
    given = document.add(kind=Kind("bill", 1.0))
    (made,) = Check((BILL,), model="")(Fields((BILL,), model="")([given]))
    return made


@pytest.fixture
def read(doc):
    """`read(field, ..., lines=[...])`: the document of these form fields after the stages."""

    def run(*fields, lines=("Thing",)):
        made = doc(*lines)
        page = replace(made.pages[0], form_fields=tuple(fields))
        return processed(replace(made, pages=(page,)))

    return run


def rows(made):
    return [tuple(row.values()) for row in made.record.data["items"]]


@pytest.mark.parametrize(
    "names",
    [
        ("qty{}", "desc{}", "amount{}"),
        ("QtyRow{}", "DescriptionRow{}", "AmountRow{}"),
        ("item_{}_qty", "item_{}_description", "item_{}_amount"),
        ("line{}.quantity", "line{}.desc", "line{}.amount"),
        (
            "form1[0].#subform[0].Table1[0].Row{}[0].Qty[0]",
            "form1[0].#subform[0].Table1[0].Row{}[0].Description[0]",
            "form1[0].#subform[0].Table1[0].Row{}[0].Amount[0]",
        ),
        ("rows[{}].quantity", "rows[{}].description", "rows[{}].amount"),
        ("txtQuantity_{}", "txtItem_{}", "txtTotal_{}"),
    ],
)
def test_numbered_fields_are_rows_whatever_their_program_calls_them(names, read):
    count, text, amount = names
    made = read(
        *(field(count.format(n), str(n)) for n in (1, 2)),
        *(field(text.format(n), f"Pen {n}") for n in (1, 2)),
        *(field(amount.format(n), f"{n}.50") for n in (1, 2)),
    )
    assert rows(made) == [
        ("Pen 1", Decimal(1), Decimal("1.50")),
        ("Pen 2", Decimal(2), Decimal("2.50")),
    ]


def test_a_cell_is_traced_to_its_field(read):
    made = read(
        field("qty1", "3"), field("amount1", "4.50"), field("qty2"), field("amount2"), field("x")
    )
    cell = made.record.evidence["items"][0]["count"]
    assert (str(cell.origin), cell.confidence) == ("form:qty1", pytest.approx(0.95))
    assert made.places_of(cell)[0].box == BOX


def test_rows_are_in_the_order_of_their_numbers_and_empty_ones_are_left_out(read):
    made = read(
        *(field(f"qty{n}", value) for n, value in ((10, "3"), (2, "2"), (1, "1"), (3, " "))),
        *(field(f"amount{n}", value) for n, value in ((10, "3.00"), (2, ""), (1, "1.00"), (3, ""))),
    )
    assert rows(made) == [
        (None, Decimal(1), Decimal("1.00")),
        (None, Decimal(2), None),
        (None, Decimal(3), Decimal("3.00")),
    ]


def test_the_sums_of_the_rows_are_no_total_of_the_document(read):
    made = read(
        *(field(f"qty{n}", "1") for n in (1, 2)),
        *(field(f"total{n}", "5.00") for n in (1, 2)),
        field("total", "10.00"),
    )
    assert made.record.data["total"] == Decimal("10.00")
    assert [check.holds for check in made.record.evidence["total"].checks] == [True]


@pytest.mark.parametrize(
    "names", [("phone1", "phone2"), ("amount1", "amount2"), ("qty1", "amount1"), ("qty", "amount")]
)
def test_one_column_or_one_row_alone_is_no_table(names):
    assert cells(BILL, [field(name, "1") for name in names]) == {}


def printed(x, name, value):
    """A field at `x` on the first line below the head, in which its value is printed."""
    return FormField(name, "text", value, Box(x, 63, x + 40, 75))


def test_what_is_printed_beside_the_fields_belongs_to_their_rows(read):
    made = read(
        *(printed(50 + 6 * 20, f"qty{n}", value) for n, value in ((1, "2"), (2, ""))),
        *(printed(50 + 6 * 30, f"amount{n}", value) for n, value in ((1, "3.00"), (2, ""))),
        lines=(
            "Description         Quantity  Amount",
            "Blue pens           2         3.00",
            "Paper               1         7.00",
            "Total               10.00",
        ),
    )
    assert rows(made) == [
        ("Blue pens", Decimal(2), Decimal("3.00")),
        ("Paper", Decimal(1), Decimal("7.00")),
    ]
    first, second = made.record.evidence["items"]
    assert (str(first["amount"].origin), str(second["amount"].origin)) == (
        "form:amount1",
        "rule:row",
    )


def test_rows_elsewhere_on_the_page_are_not_mixed_with_those_of_the_form(read):
    made = read(
        *(field(f"qty{n}", str(n)) for n in (1, 2)),
        *(field(f"amount{n}", f"{n}.00") for n in (1, 2)),
        lines=(
            "Description         Quantity  Amount",
            "Blue pens           2         3.00",
            "Paper               1         7.00",
        ),
    )
    assert rows(made) == [(None, Decimal(1), Decimal(1)), (None, Decimal(2), Decimal(2))]


def test_a_fillable_pdf_fills_the_rows_and_their_sum_is_checked():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawString(72, 780, "Order form")
    for at, (text, count, amount) in enumerate([("Pens", "4", "10.00"), ("Paper", "2", "70.00")]):
        for x, name, value in ((72, "desc", text), (250, "qty", count), (350, "amount", amount)):
            canvas.acroForm.textfield(
                name=f"{name}{at + 1}", value=value, x=x, y=700 - 30 * at, width=90, height=20
            )
    canvas.drawString(250, 605, "Total")
    canvas.acroForm.textfield(name="total", value="80.00", x=350, y=600, width=90, height=20)
    canvas.save()
    read = pdf.read(out.getvalue(), ReadOptions())
    made = processed(Document("form.pdf", pages=tuple(read.pages)))
    assert rows(made) == [
        ("Pens", Decimal(4), Decimal("10.00")),
        ("Paper", Decimal(2), Decimal("70.00")),
    ]
    assert made.record.data["total"] == Decimal("80.00")
    outcomes = {check.rule: check.holds for check in made.record.evidence["total"].checks}
    assert outcomes["sum(items.amount) == total"] is True


@given(st.lists(st.text(max_size=20), max_size=6))
def test_fields_of_any_name_are_cells_or_not(names):
    fields = [field(name, "1") for name in names]
    assert cells(BILL, fields).keys() <= set(fields)
