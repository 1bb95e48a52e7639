"""Line items as rows, in four languages: heads, wraps, notes, breaks, sums; parties' sections."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from docextract.document import Box, Kind, Word
from docextract.evaluation import ComparisonRules, Pair, PredictedValue, Prediction, Truth, evaluate
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.fields import Fields

FOLDER = Path(__file__).parents[1] / "schemas"
INVOICE = Schema.load(FOLDER / "invoice.toml")
RECEIPT = Schema.load(FOLDER / "receipt.toml")

#: Heads of the same five columns.
HEADS = {
    "en": "Description             Qty    Unit price    VAT %    Net amount",
    "de": "Bezeichnung             Menge  Einzelpreis   MwSt %   Gesamtpreis",
    "fr": "Désignation             Qté    Prix unit.    TVA %    Montant HT",
    "es": "Concepto                Cant.  Precio        IVA %    Importe neto",
}
TEA = "Green tea               4      2.50          7        10.00"
CUP = "Large cup               2      6.00          19       12.00"
TOTAL = "Total                                                22.00"


def of_rows(made):
    rows = {}
    for value in made.candidates:
        if value.row is not None:
            rows.setdefault(value.row, {})[value.field.partition(".")[2]] = value.value
    return [rows[number] for number in sorted(rows)]


@pytest.fixture
def items(doc):
    """`items(*lines)`: the rows of an invoice as dictionaries of values."""

    def run(*lines, schema=INVOICE):
        (made,) = Fields((schema,), model="")([doc(*lines).add(kind=Kind(schema.name, 1.0))])
        return of_rows(made)

    return run


@pytest.fixture
def record(doc):
    """`record(*lines)`: the data of an invoice's record."""

    def run(*lines):
        made = Fields((INVOICE,), model="")([doc(*lines).add(kind=Kind("invoice", 1.0))])
        return Check((INVOICE,))(made)[0].record.data

    return run


def named(rows):
    return [(row.get("description"), row.get("net_amount")) for row in rows]


BOTH = [("Green tea", Decimal("10.00")), ("Large cup", Decimal("12.00"))]


@pytest.mark.parametrize("language", HEADS)
def test_the_heads_of_columns_are_known_in_four_languages(items, language):
    first, second = items(HEADS[language], TEA, CUP, TOTAL)
    assert first == {
        "description": "Green tea",
        "quantity": Decimal(4),
        "unit_price": Decimal("2.50"),
        "tax_rate": Decimal(7),
        "net_amount": Decimal("10.00"),
    }
    assert second["tax_rate"] == 19


@pytest.mark.parametrize(
    "note",
    [
        "GTIN: 4012345001235",
        "Art.-Nr. 4711",
        "Réf. A-20",
        "4012345001235",
        "Gross price : 3.10",
        "• Made in: Assam",
        "* Origin: IN",
    ],
)
def test_a_note_under_a_row_is_no_part_of_its_description(items, note):
    assert named(items(HEADS["en"], TEA, note, CUP, TOTAL)) == BOTH


def test_a_description_may_go_on_with_words_in_brackets_and_a_colon(items):
    first, _ = items(HEADS["en"], TEA, "(loose): first flush", CUP, TOTAL)
    assert first["description"] == "Green tea (loose): first flush"


def test_what_follows_a_note_is_no_part_of_the_description_either(items):
    assert named(items(HEADS["en"], TEA, "Origin: Assam", "and Darjeeling", CUP, TOTAL)) == BOTH


def test_numbers_in_the_text_of_a_note_make_no_row(items):
    note = "Period of supply: 01.10.2018 to 31.10.2018 of 2018"
    assert named(items(HEADS["en"], TEA, note, CUP, TOTAL)) == BOTH


def test_a_row_whose_name_has_a_colon_is_a_row(items):
    rows = items(HEADS["en"], TEA, "Set: cup                2      6.00          19       12.00")
    assert named(rows) == [BOTH[0], ("Set: cup", Decimal("12.00"))]


@pytest.mark.parametrize(
    "carried",
    [
        "Carried forward                                      10.00",
        "Brought forward                                      10.00",
        "Übertrag                                             10.00",
        "Übertrag von Seite 1                                 10.00",
        "Zwischensumme                                        10.00",
        "Report                                               10.00",
        "À reporter                                           10.00",
        "Suma y sigue                                         10.00",
        "Suma anterior                                        10.00",
    ],
)
def test_what_is_carried_over_a_page_break_is_no_row_and_no_end(items, carried):
    head = HEADS["en"]
    assert named(items([head, TEA, carried], [head, carried, CUP, TOTAL])) == BOTH


@pytest.mark.parametrize("name", ["Übertragungsnetz", "Annual report"])
def test_a_row_that_only_sounds_like_a_sum_carried_over_is_a_row(items, name):
    row = f"{name:<24}2      6.00          19       12.00"
    assert named(items(HEADS["en"], TEA, row, TOTAL)) == [BOTH[0], (name, Decimal("12.00"))]


def test_a_description_goes_on_over_a_page_break(items):
    head = HEADS["de"]
    first, second = items([head, TEA], [head, "from Assam", CUP, TOTAL])
    assert first["description"] == "Green tea from Assam"
    assert second["description"] == "Large cup"


def test_the_heads_and_feet_of_pages_are_no_part_of_a_table(items):
    top = "Tea & Co"
    rows = items(
        [top, "Page 1", "", HEADS["en"], TEA],
        [top, "Page 2", CUP, TOTAL],
    )
    assert named(rows) == BOTH


@pytest.mark.parametrize(
    "total",
    [
        "Total                                                22.00",
        "Summe netto                                          22.00",
        "plus 19 % VAT                                        4.18",
        "zzgl. 19 % MwSt                                      4.18",
        "dont TVA 20 %                                        4.40",
        "Total HT                                             22.00",
        "Base imponible                                       22.00",
    ],
)
def test_totals_end_a_table(items, total):
    after = "Reverse charge          1      1.00          0        1.00"
    assert named(items(HEADS["en"], TEA, CUP, total, after)) == BOTH


def test_a_row_that_is_called_like_a_total_is_a_row_where_it_has_a_position(items):
    rows = items(
        "Pos  Description          Qty    Unit price    Amount",
        "1    VAT advice           2      50.00         100.00",
        "2    Total cleaning       1      80.00         80.00",
        "Total                                          180.00",
    )
    assert [row["description"] for row in rows] == ["VAT advice", "Total cleaning"]


def test_a_table_of_taxes_is_no_table_of_rows(items):
    assert items("VAT %      Net amount      VAT amount", "19         12.00           2.28") == []


def test_a_head_that_is_repeated_on_the_page_is_no_row_and_another_table_s_is_the_end(items):
    head = HEADS["en"]
    taxes = ("VAT %      Net amount      VAT amount", "19         12.00           2.28")
    assert named(items(head, TEA, head, CUP, *taxes)) == BOTH


def test_text_after_a_wide_gap_ends_a_table_and_a_row_does_not(items):
    gap = [""] * 6
    rows = items(HEADS["en"], TEA, *gap, CUP, *gap, "Payment terms", "Within 30 days 14 00 1 2.00")
    assert named(rows) == BOTH


def test_a_head_whose_words_go_on_under_each_other_is_one_head(items):
    rows = items(
        "                        Qty                  Net",
        "Description                    Unit price    amount",
        "                                             excl.",
        "                                             VAT",
        "Green tea               4      2.50          10.00",
        "Large cup               2      6.00          12.00",
        "Total                                        22.00",
    )
    assert named(rows) == BOTH


@pytest.mark.parametrize(
    ("printed", "unit"),
    [("4 Stk", "Stk"), ("4 pcs", "pcs"), ("4 heures", "heures"), ("4 uds.", "uds."), ("4", None)],
)
def test_a_unit_may_stand_in_the_cell_of_the_quantity(items, printed, unit):
    (row,) = items(
        "Description             Quantity       Unit price    Net amount",
        f"Green tea               {printed:<15}2.50          10.00",
        "Total                                                10.00",
    )
    assert (row["quantity"], row.get("unit")) == (Decimal(4), unit)


def test_a_discount_under_a_row_is_a_row_of_its_own(items):
    rows = items(
        HEADS["de"], TEA, "Rabatt 10 %                                          -1.00", TOTAL
    )
    assert [row["net_amount"] for row in rows] == [Decimal("10.00"), Decimal("-1.00")]


def test_words_that_run_up_the_margin_are_in_no_row(doc):
    given = doc(HEADS["en"], TEA, CUP, TOTAL)
    margin = (Word("Copyright", Box(20, 40, 26, 110)),)
    page = replace(given.pages[0], lines=(*given.pages[0].lines, margin))
    page = replace(given, pages=(page,), kind=Kind("invoice", 1.0))
    assert named(of_rows(Fields((INVOICE,), model="")([page])[0])) == BOTH


def test_lines_of_quantity_and_price_without_any_head_are_rows_of_an_invoice(items):
    rows = items(
        "1   Green tea            4 pcs    2.50     10.00",
        "2   Large cup            2 pcs    6.00     12.00",
        "Total                                      22.00",
    )
    assert named(rows) == BOTH
    assert [row["quantity"] for row in rows] == [4, 2]


@pytest.mark.parametrize(
    "line", ["2 x 3.50", "2 Stk x 3,50", "2 à 3,50 €", "2 * 3.50 EUR", "2 @ 3.50", "3.50 x 2"]
)
def test_a_receipt_has_lines_of_quantity_and_price(items, line):
    (row,) = items("Kaffee                7.00", line, "Total    7.00", schema=RECEIPT)
    assert (row["description"], row["quantity"], row["amount"]) == (
        "Kaffee",
        Decimal(2),
        Decimal("7.00"),
    )
    assert row["unit_price"] == Decimal("3.50")


#: A seller and a buyer as forms list them.
FORMS = {
    "de": ("Verkäufer", "Käufer", "Name:", "Anschrift:", "USt-IdNr.:"),
    "en": ("Seller", "Buyer", "Name:", "Address:", "VAT no.:"),
    "fr": ("Vendeur", "Acheteur", "Nom :", "Adresse :", "N° TVA :"),
    "es": ("Vendedor", "Comprador", "Nombre:", "Dirección:", "NIF:"),
}


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.parametrize("width", [20, 0])
def test_parties_are_read_by_the_labels_under_their_headings(record, language, width):
    seller, buyer, name, address, vat = (
        f"{word:<{width}} " if word.endswith(":") else word for word in FORMS[language]
    )
    indent = " " * len(address)
    data = record(
        "Example visualisation of data",
        "",
        seller,
        f"{name}Tea & Co GmbH",
        f"{address}Teeweg 4",
        f"{indent}20095 Hamburg",
        f"{vat}DE136695976",
        "",
        "",
        buyer,
        f"{name}Cups AG",
        f"{address}Tassenallee 2",
        f"{indent}80331 München",
        f"{vat}DE129273398",
    )
    assert (data["seller_name"], data["buyer_name"]) == ("Tea & Co GmbH", "Cups AG")
    assert data["seller_address"] == "Teeweg 4, 20095 Hamburg"
    assert data["buyer_address"] == "Tassenallee 2, 80331 München"
    assert data["buyer_vat_id"] == "DE129273398"


def test_a_section_of_a_party_has_blank_lines_and_numbers_in_it(record):
    data = record(
        "Handelsrechnung Nr. 4711 vom 05.03.2018",
        "Verkäufer:",
        "Nummer: 549910",
        "Tea & Co GmbH",
        "",
        "Teeweg 4",
        "20095 Hamburg",
        "Käufer:",
        "Cups AG",
        "Tassenallee   2",
        "80331 München",
        "Deutschland",
        "",
        "USt-IdNr. : DE129273398",
        "Abweichender Empfänger:",
        "Other AG",
        "USt-IdNr. : DE136695976",
    )
    assert data["seller_address"] == "Teeweg 4, 20095 Hamburg"
    assert data["buyer_address"] == "Tassenallee 2, 80331 München"
    assert data["buyer_vat_id"] == "DE129273398"


def test_the_lines_of_a_window_stand_far_apart(record):
    data = record(
        "Tea & Co GmbH · Teeweg 4 · 20095 Hamburg",
        "",
        "Theo Test",
        "",
        "Tassenallee 2",
        "",
        "80331 München",
        "",
        "",
        "Rechnung Nr. 4711 von 05.03.2018",
    )
    assert (data["buyer_name"], data["buyer_address"]) == (
        "Theo Test",
        "Tassenallee 2, 80331 München",
    )


@pytest.mark.parametrize(
    "title",
    [
        "Handelsrechnung (380) Nr. 4711-B vom 05.03.2018",
        "Gutschrift (selbst ausgestellt) (389) Nr. 4711-B vom 05.03.2018",
        "Rechnung # 4711-B von 05.03.2018",
        "Facture n° 4711-B du 05/03/2018",
        "Factura nº 4711-B de fecha 05/03/2018",
        "Invoice no. 4711-B dated 2018-03-05",
    ],
)
def test_a_title_holds_the_number_and_the_date(record, title):
    data = record("Version: 2.5 vom 10.01.2017", "", title, "Order no. 77-1 vom 01.03.2018")
    assert data["invoice_number"] == "4711-B"
    assert data["issue_date"].isoformat() == "2018-03-05"


@pytest.mark.parametrize(
    "text",
    [
        "Der Betrag wird am 20.03.2018 von Ihrem Konto eingezogen.",
        "The amount will be debited on 20.03.2018.",
        "Le montant sera prélevé le 20/03/2018.",
        "Se cargará en su cuenta el 20/03/2018.",
    ],
)
def test_the_day_of_a_direct_debit_is_when_an_invoice_is_due(record, text):
    assert record("Invoice no. 4711 dated 05.03.2018", "", text)["due_date"].isoformat() == (
        "2018-03-20"
    )


@pytest.mark.parametrize("label", ["Beträge in", "Amounts in", "Montants en", "Importes en"])
def test_the_currency_may_be_said_once_for_all_amounts(record, label):
    assert record(f"{label}    CHF", "Total    22.00")["currency"] == "CHF"


def test_the_currency_may_stand_in_the_heads_of_amounts(record):
    lines = ("Net EUR      VAT EUR      Total EUR", "10.00        1.90         11.90")
    assert record(*lines)["currency"] == "EUR"


def test_the_iban_of_a_buyer_is_no_name(record):
    assert record("Käufer-IBAN :    DE21860000000086001055")["buyer_name"] is None


def rows_right(*found):
    truth = Truth(
        "a",
        rows={
            "line_items": (
                {"description": "Green tea", "net_amount": "10.00", "quantity": "4"},
                {"description": "Large cup", "net_amount": "12.00", "quantity": "2"},
            )
        },
        kind="invoice",
    )
    cells = tuple({key: PredictedValue(cell) for key, cell in row.items()} for row in found)
    made = Prediction("a", rows={"line_items": cells}, kind="invoice")
    evaluated = evaluate([Pair(truth, made)], ComparisonRules({"invoice": INVOICE}))
    return evaluated.row_f1("line_items").value


TEA_ROW = {"description": "green tea", "net_amount": Decimal(10), "quantity": Decimal(9)}


def test_a_row_is_right_when_its_description_and_its_amount_are():
    assert rows_right(TEA_ROW) == pytest.approx(2 / 3)


def test_a_row_with_another_amount_is_wrong_and_one_is_found_once():
    assert rows_right({**TEA_ROW, "net_amount": Decimal(12)}) == 0
    assert rows_right(TEA_ROW, TEA_ROW) == pytest.approx(1 / 2)
