"""Line items: under headers, over pages, and by pattern."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from docextract.document import Box, Kind, Table
from docextract.schema import Schema
from docextract.stages.fields import Fields

FOLDER = Path(__file__).parents[1] / "schemas"
INVOICE = Schema.load(FOLDER / "invoice.toml")
RECEIPT = Schema.load(FOLDER / "receipt.toml")

HEADER = "Pos  Description          Qty    Unit    Unit price    Amount"


@pytest.fixture
def items(doc):
    """`items(INVOICE, *lines)`: the rows as dictionaries of values."""

    def run(schema, *lines):
        (made,) = Fields((schema,), model="")([doc(*lines).add(kind=Kind(schema.name, 1.0))])
        rows = {}
        for value in made.candidates:
            if value.row is not None:
                rows.setdefault(value.row, {})[value.field.partition(".")[2]] = value.value
        return [rows[number] for number in sorted(rows)]

    return run


def test_words_belong_to_the_column_whose_head_they_stand_under(items):
    assert items(
        INVOICE,
        HEADER,
        "1    Copper pipe          20     m       9.90          198.00",
        "2    Yoghurt              50     pcs     5.50          275.00",
        "Total                                                  473.00",
    ) == [
        {
            "position": "1",
            "description": "Copper pipe",
            "quantity": Decimal(20),
            "unit": "m",
            "unit_price": Decimal("9.90"),
            "net_amount": Decimal("198.00"),
        },
        {
            "position": "2",
            "description": "Yoghurt",
            "quantity": Decimal(50),
            "unit": "pcs",
            "unit_price": Decimal("5.50"),
            "net_amount": Decimal("275.00"),
        },
    ]


def test_a_wrapped_description_belongs_to_the_row_above(items):
    (row,) = items(
        INVOICE,
        HEADER,
        "1    Copper pipe          20     m       9.90          198.00",
        "     soft, 15 mm",
        "Total                                                  198.00",
    )
    assert row["description"] == "Copper pipe soft, 15 mm"


def test_nothing_below_the_totals_is_a_row(items):
    rows = items(
        INVOICE,
        HEADER,
        "1    Copper pipe          20     m       9.90          198.00",
        "Net total                                              198.00",
        "2    Terms of payment     30     days    2.00           14.00",
    )
    assert len(rows) == 1


def test_a_table_goes_on_over_a_page_break_without_what_is_carried(items):
    rows = items(
        INVOICE,
        [
            HEADER,
            "1    Copper pipe          20     m       9.90          198.00",
            "Carried forward                                        198.00",
        ],
        [
            HEADER,
            "Brought forward                                        198.00",
            "2    Yoghurt              50     pcs     5.50          275.00",
            "Total                                                  473.00",
        ],
    )
    assert [row["description"] for row in rows] == ["Copper pipe", "Yoghurt"]


def test_a_table_goes_on_where_the_next_page_repeats_no_header(items):
    rows = items(
        INVOICE,
        [HEADER, "1    Copper pipe          20     m       9.90          198.00"],
        [
            "2    Yoghurt              50     pcs     5.50          275.00",
            "Total                                                  473.00",
        ],
    )
    assert [row["description"] for row in rows] == ["Copper pipe", "Yoghurt"]


@pytest.mark.parametrize(
    "header",
    [
        "Pos  Bezeichnung          Menge  Einheit Einzelpreis   Gesamtpreis",
        "N    Désignation          Qté    Unité   Prix unitaire Montant",
        "N    Descripción          Cant   Unidad  Precio        Importe",
    ],
)
def test_headers_are_known_in_several_languages(items, header):
    (row,) = items(INVOICE, header, "1    Rohr                 20     m       9,90          198,00")
    assert (row["description"], row["quantity"], row["net_amount"]) == (
        "Rohr",
        Decimal(20),
        Decimal("198.00"),
    )


def test_a_receipt_without_header_has_rows_by_pattern(items):
    assert items(
        RECEIPT,
        "CORNER SHOP",
        "Milk    1.20",
        "Bread rolls",
        "2 x 3.50    7.00",
        "Total    8.20",
        "Cash    10.00",
    ) == [
        {"description": "Milk", "amount": Decimal("1.20")},
        {
            "description": "Bread rolls",
            "quantity": Decimal(2),
            "unit_price": Decimal("3.50"),
            "amount": Decimal("7.00"),
        },
    ]


def test_prose_has_no_rows(items):
    assert items(INVOICE, "We thank you for your order and will deliver in May.") == []


@pytest.mark.parametrize("quantity", ["2 @ 3.50", "2 x 3,50", "2 × 3.50 €"])
def test_a_line_of_quantity_and_price_joins_the_item_above(items, quantity):
    rows = items(
        RECEIPT, "CORNER SHOP", "Bread rolls    7.00", quantity, "Milk    1.20", "Total    8.20"
    )
    assert rows == [
        {
            "description": "Bread rolls",
            "quantity": Decimal(2),
            "unit_price": Decimal("3.50"),
            "amount": Decimal("7.00"),
        },
        {"description": "Milk", "amount": Decimal("1.20")},
    ]


def test_a_line_of_quantity_and_price_joins_the_item_below_where_that_adds_up(items):
    rows = items(
        RECEIPT, "CORNER SHOP", "Milk    1.20", "2 x 3.50", "Bread    7.00", "Total    8.20"
    )
    assert [row.get("quantity") for row in rows] == [None, Decimal(2)]


def ruled(doc, *lines):
    """The document with a table over its lines whose cells begin where the columns do."""
    edges = [45, 80, 200, 260, 400]
    given = doc(*lines)
    tops = [48 + 14 * at for at in range(len(lines))]
    rows = tuple(tuple(Box(a, top, b, top + 14) for a, b in pairwise(edges)) for top in tops)
    page = replace(given.pages[0], tables=(Table(rows),))
    return replace(given, pages=(page,), kind=Kind("invoice", 1.0))


def test_the_cells_of_a_table_are_rows_without_what_is_carried_or_summed(doc):
    given = ruled(
        doc,
        "Pos   Description         Qty       Amount",
        "1     Pipe                2         19.80",
        "      soft                ",
        "      Brought forward               19.80",
        "2     Yoghurt             5          5.50",
        "      Total                         25.30",
    )
    (made,) = Fields((INVOICE,), model="")([given])
    rows = {}
    for value in made.candidates:
        if value.row is not None:
            rows.setdefault(value.row, []).append(str(value.value))
    assert list(rows.values()) == [["1", "Pipe soft", "2", "19.80"], ["2", "Yoghurt", "5", "5.50"]]
