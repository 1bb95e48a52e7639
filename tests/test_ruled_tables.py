"""Ruled tables: heads of several words, cells under several heads, labels over their values."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from docextract.document import Box, Kind, Table
from docextract.layout.segments import Sheet
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.fields import Fields

INVOICE = Schema.load(Path(__file__).parents[1] / "schemas" / "invoice.toml")


def table(first: int, edges: list[int], *rows: list[int | None]) -> Table:
    """A table from line `first` on, a list of the edges at which cells begin for each row.

    Edges are columns of letters; None where the cell to the left reaches over a column.
    """
    made = []
    for at, row in enumerate(rows or ([],)):
        top = 48 + 14 * (first + at)
        begins = row or edges[:-1]
        cells: list[Box | None] = []
        for begin in begins:
            if begin is None:
                cells.append(None)
                continue
            later = [one for one in begins if one is not None and one > begin]
            end = later[0] if later else edges[-1]
            cells.append(Box(47 + 6 * begin, top, 47 + 6 * end, top + 14))
        made.append(tuple(cells))
    return Table(tuple(made))


@pytest.fixture
def invoice(doc):
    """`invoice(lines, *tables)`: an invoice whose page has these tables."""

    def make(lines, *tables):
        given = doc(*lines)
        page = replace(given.pages[0], tables=tables)
        return replace(given, pages=(page,), kind=Kind("invoice", 1.0))

    return make


def record(document):
    made = Fields((INVOICE,), model="")([document])
    return Check((INVOICE,), model="")(made)[0].record.data


def rows(document):
    found = record(document)["line_items"]
    return [{key: cell for key, cell in row.items() if cell is not None} for row in found]


EDGES = [0, 14, 38, 46, 56, 70]
FULL: list[int | None] = [0, 14, 38, 46, 56]


def test_one_of_two_labels_that_share_a_head_names_the_column(invoice):
    lines = (
        "Référence     Nom & désignation       Qté     P.U.      Montant HT",
        "TH-4          Thé vert                4       2,50      10,00",
    )
    (row,) = rows(invoice(lines, table(0, EDGES, FULL, FULL)))
    assert row["description"] == "Thé vert"
    assert row["net_amount"] == Decimal("10.00")


def test_a_cell_under_two_heads_of_numbers_has_both_numbers(invoice):
    lines = (
        "Référence     Description             Prix    Rem.      Montant HT",
        "TH-4          Thé vert                2,50    10 %      2,25",
        "TA-1          Tasse                   6,00              6,00",
    )
    merged: list[int | None] = [0, 14, 38, None, 56]
    found = rows(invoice(lines, table(0, EDGES, FULL, merged, merged)))
    assert [row["unit_price"] for row in found] == [Decimal("2.50"), Decimal("6.00")]
    assert [row.get("discount_rate") for row in found] == [Decimal(10), None]
    assert "discount" not in found[0]


def test_a_table_of_taxes_under_the_items_has_no_items(invoice):
    lines = (
        "Référence     Description             Qté     P.U.      Montant HT",
        "TH-4          Thé vert                4       2,50      10,00",
        "",
        "Détail TVA    Code                    Taux    Base      Montant TVA",
        "              S                       20 %    10,00     2,00",
    )
    tables = table(0, EDGES, FULL, FULL), table(3, EDGES, FULL, FULL)
    found = rows(invoice(lines, *tables))
    assert [row["net_amount"] for row in found] == [Decimal("10.00")]


def test_a_sign_that_heads_positions_heads_quantities_too(invoice):
    lines = (
        "#             Produkt                 USt     Preis     Summe",
        "400,00        Ballon, bunt            19%     0,79      316,00",
        "200,00        Luft                    19%     0,10      20,00",
    )
    found = rows(invoice(lines, table(0, EDGES, FULL, FULL, FULL)))
    assert [row["quantity"] for row in found] == [Decimal(400), Decimal(200)]
    assert not any("position" in row for row in found)
    counted = [line.replace("400,00", "1     ").replace("200,00", "2     ") for line in lines]
    found = rows(invoice(counted, table(0, EDGES, FULL, FULL, FULL)))
    assert [row["position"] for row in found] == ["1", "2"]


def test_the_value_of_a_label_stands_in_the_cell_below_however_high(invoice):
    lines = (
        "Facture N° F-17",
        "TOTAL HT      TOTAL TVA               TOTAL TTC",
        *[""] * 5,
        "100,00        10,00                   110,00",
    )
    high = [
        tuple(Box(x0, top, x1, bottom) for x0, x1 in ((47, 131), (131, 275), (275, 371)))
        for top, bottom in ((60, 80), (80, 170))
    ]
    data = record(invoice(lines, Table(tuple(high))))
    assert data["net_total"] == Decimal("100.00")
    assert data["tax_total"] == Decimal("10.00")
    assert data["grand_total"] == Decimal("110.00")
    assert record(invoice(lines))["grand_total"] is None


def test_words_of_two_cells_are_two_segments(invoice):
    lines = ("CODE NOM Qté", "a b")
    parted = invoice(lines, table(0, [0, 5, 9, 20], [0, 5, 9], [0, 5, 9]))
    assert [len(one.words) for one in Sheet(parted).segments] == [1, 1, 1, 2]
    assert [len(one.words) for one in Sheet(invoice(lines)).segments] == [3, 2]


def test_a_row_in_which_no_cell_begins_is_parted_like_the_one_above(invoice):
    high = Table(((Box(47, 48, 77, 76), Box(77, 48, 170, 62)), (None, None)))
    found = Sheet(invoice(("CODE NOM Qté", "a b c d e"), high)).segments
    assert [len(one.words) for one in found] == [1, 2, 2, 3]
