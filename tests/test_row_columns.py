"""Columns of line items: heads that share a segment, heads nobody knows, codes, discounts."""

from decimal import Decimal
from pathlib import Path

import pytest

from docextract.document import Kind
from docextract.expression import ExpressionError, parse
from docextract.extraction.context import Case
from docextract.extraction.tables.headless import bare_header
from docextract.extraction.tables.source_choice import one_source
from docextract.layout.labels import LabelLexicon
from docextract.layout.segments import Sheet
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.fields import Fields
from tests.made_values import make_value

INVOICE = Schema.load(Path(__file__).parents[1] / "schemas" / "invoice.toml")
HEAD = "Description             Qty    Unit price    Net amount"
TEA = "Green tea               4      2.50          10.00"
CUP = "Large cup               2      6.00          12.00"
TOTAL = "Net total                                    22.00"
BOTH = [("Green tea", Decimal("10.00")), ("Large cup", Decimal("12.00"))]


@pytest.fixture
def rows(doc):
    """`rows(*lines)`: the rows of an invoice's record, columns without a value left out."""

    def run(*lines):
        made = Fields((INVOICE,), model="")([doc(*lines).add(kind=Kind("invoice", 1.0))])
        data = Check((INVOICE,), model="")(made)[0].record.data
        return [
            {name: cell for name, cell in row.items() if cell is not None}
            for row in data["line_items"]
        ]

    return run


def named(found):
    return [(row.get("description"), row.get("net_amount")) for row in found]


def test_two_heads_a_blank_apart_are_two_columns(rows):
    found = rows(
        "Menge Bezeichnung               Einzelpreis    Gesamtpreis",
        "    4 Green tea                 2,50           10,00",
        "    2 Large cup                 6,00           12,00",
    )
    assert named(found) == BOTH
    assert [row["quantity"] for row in found] == [4, 2]


@pytest.mark.parametrize(
    "head",
    [
        "Description             Qty    Price (net)   Amount (net)",
        "Beschreibung            Menge  Preis (netto) Betrag ohne USt.",
        "Désignation             Qté    Prix (HT)     Montant hors TVA",
        "Art.-Nr. / Bezeichnung  Menge  Preis (netto) Gesamt (netto)",
    ],
)
def test_what_a_head_says_aside_is_no_column_of_its_own(rows, head):
    found = rows(head, TEA, CUP, TOTAL)
    assert named(found) == BOTH
    assert [row["unit_price"] for row in found] == [Decimal("2.50"), Decimal("6.00")]
    assert not any("tax_rate" in row for row in found)


def test_a_head_in_three_lines_has_columns_without_a_name_between_the_others(rows):
    found = rows(
        "      Code",
        "Pos   Item No   Description      Qty    Price     Amount",
        "      (EAN)",
        "1     4012      Green tea        4      2.50      10.00",
        "2     4013      Large cup        2      6.00      12.00",
    )
    assert named(found) == BOTH


@pytest.mark.parametrize(
    "head",
    [
        "Description             Foo    Bar           Net amount",
        "Description             Qty    Foo           Bar",
        "Description             Foo    Unit price    Bar",
    ],
)
def test_columns_under_unknown_heads_are_told_by_the_arithmetic_of_their_rows(rows, head):
    found = rows(head, TEA, CUP)
    assert [(row["quantity"], row["unit_price"], row["net_amount"]) for row in found] == [
        (4, Decimal("2.50"), Decimal("10.00")),
        (2, Decimal("6.00"), Decimal("12.00")),
    ]


def test_an_amount_that_another_column_multiplies_to_is_the_rows(rows):
    found = rows(
        "Description      Qty    Price     Net        Amount",
        "Green tea        4      2.50      10.00      11.90",
        "Large cup        2      6.00      12.00      14.28",
    )
    assert named(found) == BOTH


def test_of_two_heads_for_descriptions_the_one_over_words_counts(rows):
    found = rows(
        "Artikel    Leistungsbeschreibung    Anzahl    Einzelpreis    Gesamtpreis",
        "E41509     Green tea                4         2,50           10,00",
        "713652     Large cup                2         6,00           12,00",
    )
    assert named(found) == BOTH


@pytest.mark.parametrize(
    ("tea", "cup"),
    [
        ("[TEA-1] Green tea       4      2.50          10.00", CUP),
        (
            "40127 Green tea         4      2.50          10.00",
            "40128 Large cup         2      6.00          12.00",
        ),
    ],
)
def test_a_code_before_a_description_is_no_part_of_it(rows, tea, cup):
    assert named(rows(HEAD, tea, cup, TOTAL)) == BOTH


def test_codes_on_lines_of_their_own_over_descriptions_are_left_out(rows):
    found = rows(
        HEAD,
        "SC-8704                 4      2.50          10.00",
        "Green tea",
        "104-448                 2      6.00          12.00",
        "Large cup",
        TOTAL,
    )
    assert named(found) == BOTH


def test_a_number_that_not_every_description_begins_with_stays(rows):
    first, second = rows(
        HEAD,
        "24000 Green tea bags    4      2.50          10.00",
        CUP,
        TOTAL,
    )
    assert (first["description"], second["description"]) == ("24000 Green tea bags", "Large cup")


@pytest.mark.parametrize(
    "note",
    [
        "Seriennummer 1074165",
        "Serial no. 1496577",
        "N.º de serie 2992129",
        "N° de série 7800571",
        "Lieferschein 56372",
        "Lote 67982",
        "Lieferzeit 3 Tage",
        "Garantie 2 ans",
        "2 years warranty",
    ],
)
def test_numbers_of_a_piece_and_promises_are_no_part_of_a_description(rows, note):
    assert named(rows(HEAD, TEA, note, CUP, TOTAL)) == BOTH


@pytest.mark.parametrize("more", ["2.5 mm, 3 years old", "Serie Lotus", "Charge amplifier"])
def test_words_that_only_look_like_a_note_stay(rows, more):
    first, _ = rows(HEAD, TEA, more, CUP, TOTAL)
    assert first["description"] == f"Green tea {more}"


def test_a_sum_that_no_label_tells_is_no_row(rows):
    assert named(rows(HEAD, TEA, CUP, "                               Levy          3.00")) == BOTH


def test_the_head_of_a_table_of_taxes_ends_the_rows(rows):
    taxes = ("VAT rate    Basis    Tax due", "19 %        22.00    4.18")
    assert named(rows(HEAD, TEA, CUP, *taxes)) == BOTH


@pytest.mark.parametrize("lead", ["zuzüglich 19 %", "inklusive", "dont", "incluye"])
def test_a_tax_with_a_word_before_it_ends_the_rows(rows, lead):
    label = {"dont": "TVA", "incluye": "IVA"}.get(lead, "Mehrwertsteuer")
    tax = f"{lead} {label}".ljust(45) + "4.18"
    assert named(rows(HEAD, TEA, CUP, tax)) == BOTH


@pytest.mark.parametrize("label", ["Discount", "Rabatt", "Remise", "Descuento", "Rabatt %", "Dto."])
def test_a_discount_in_percent_is_known_by_its_sign(rows, label):
    (row,) = rows(
        f"Description      Qty    Price     {label.ljust(13)}Net amount",
        "Green tea        4      2.50      10 %         9.00",
    )
    assert (row["discount_rate"], row["net_amount"]) == (10, Decimal("9.00"))
    assert "discount" not in row


@pytest.mark.parametrize("label", ["Discount", "Rabatt", "Remise", "Descuento"])
def test_a_discount_without_the_sign_is_an_amount(rows, label):
    (row,) = rows(
        f"Description      Qty    Price     {label.ljust(13)}Net amount",
        "Green tea        4      2.50      1.50         8.50",
    )
    assert (row["discount"], row["net_amount"]) == (Decimal("1.50"), Decimal("8.50"))
    assert "discount_rate" not in row


def test_a_table_without_heads_is_told_by_a_row_that_multiplies_out(rows):
    found = rows("We charge you for:", TEA, "from Assam", CUP, TOTAL)
    assert [(row["quantity"], *pair) for row, pair in zip(found, named(found), strict=True)] == [
        (4, "Green tea from Assam", Decimal("10.00")),
        (2, "Large cup", Decimal("12.00")),
    ]


def test_lines_of_one_piece_each_tell_together(rows):
    found = rows(
        "Green tea               1     10.00          10.00",
        "Large cup               1     12.00          12.00",
        TOTAL,
    )
    assert named(found) == BOTH


def test_a_line_that_multiplies_only_by_one_makes_no_columns(case):
    lines = ("Green tea               1     10.00          10.00", TOTAL)
    assert bare_header(case(*lines), "line_items", 1) is None
    assert bare_header(case(TEA, *lines), "line_items", 1) is not None


ROW_CHECK = next(check for check in INVOICE.checks if check.each)


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        ({}, False),
        ({"discount": Decimal("1.00")}, True),
        ({"discount": Decimal("-1.00")}, True),
        ({"discount_rate": Decimal(10)}, True),
        ({"discount_rate": Decimal(10), "discount": Decimal("1.00")}, True),
        ({"discount_rate": Decimal(20)}, False),
    ],
)
def test_quantity_times_price_less_the_discount_is_the_amount(given, holds):
    row = {"quantity": Decimal(4), "unit_price": Decimal("2.50"), "net_amount": Decimal("9.00")}
    assert ROW_CHECK.expression.holds({**row, **given}, tolerance=ROW_CHECK.tolerance) is holds


def test_a_check_takes_a_default_for_a_field_without_a_value():
    check = parse("total - default(rebate, 0) == 10")
    assert check.names == {"total", "rebate"}
    assert check.holds({"total": Decimal(10)}) is True
    assert check.holds({"total": Decimal(10), "rebate": Decimal(1)}) is False
    assert check.holds({"rebate": Decimal(1)}) is None


def test_a_default_takes_two_arguments():
    with pytest.raises(ExpressionError):
        parse("default(total) == 1")


@pytest.fixture
def case(doc):
    """`case(*lines)`: an invoice as the rules see it."""

    def run(*lines):
        return Case(Sheet(doc(*lines)), INVOICE, LabelLexicon(INVOICE))

    return run


def cell(made, column, words, *, row=0, sure=0.5):
    start = made.sheet.text.index(words)
    field = INVOICE.field(f"line_items.{column}")
    value = made.type(field, words)
    return make_value(
        f"line_items.{column}", words, value, sure, ((start, start + len(words)),), "a", row
    )


LINES = ("Green tea    4    10.00", "Net total         10.00")


def test_where_both_tables_add_up_the_rules_whole_rows_count(case):
    made = case(*LINES)
    ours = [cell(made, "description", "Green tea"), cell(made, "net_amount", "10.00")]
    theirs = [
        cell(made, "description", "Green", sure=0.99),
        cell(made, "net_amount", "10.00", sure=0.99),
    ]
    assert one_source(made, ours, theirs) == ours


def test_where_no_table_adds_up_the_rules_count_if_their_rows_are_whole_and_multiply_out(case):
    made = case("Green tea    4    2.50    10.00", "Net total         99.00")
    said = {"description": "Green tea", "quantity": "4", "unit_price": "2.50"}
    ours = [cell(made, column, words) for column, words in said.items()]
    amount = cell(made, "net_amount", "10.00")
    theirs = [cell(made, column, words, sure=0.99) for column, words in said.items()]
    theirs.append(cell(made, "net_amount", "10.00", sure=0.99))
    assert one_source(made, [*ours, amount], theirs) == [*ours, amount]
    wrong = cell(made, "net_amount", "2.50")
    assert one_source(made, [*ours, wrong], theirs) == theirs
    assert one_source(made, [*ours[1:], amount], theirs) == theirs
