"""The tax rate of a bill and the money that changed hands at a till, and the checks on them."""

from decimal import Decimal
from pathlib import Path

import pytest

from docextract.document import Document, Kind
from docextract.extraction.completion.single_valued import without_several
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.fields import Fields
from tests.conftest import page_of
from tests.made_values import make_value

SCHEMAS = Path(__file__).parents[1] / "schemas"
INVOICE, RECEIPT = (Schema.load(SCHEMAS / f"{name}.toml") for name in ("invoice", "receipt"))
RATE_RULE = "net_total * tax_rate / 100 == tax_total"
PAID_RULE = next(one.rule for one in RECEIPT.checks if "change" in one.rule)


def read(schema, *lines):
    """What rules make of a page of these lines."""
    given = Document("a.pdf", pages=(page_of(*lines),), kind=Kind(schema.name, 1.0))
    (made,) = Check((schema,), model="")(Fields((schema,), model="")([given]))
    return made


def outcome(doc, field, rule):
    return next(check.holds for check in doc.record.evidence[field].checks if check.rule == rule)


def failed(doc):
    return [issue.message for issue in doc.issues if issue.category == "check"]


@pytest.mark.parametrize(
    ("lines", "rate"),
    [
        (("Net total  200.00", "VAT 19 %  38.00", "Total  238.00"), "19"),
        (("Net total  200.00", "VAT @ 20.0%  40.00", "Total  240.00"), "20"),
        (("Subtotal  100.00", "Sales Tax (8.25%)  8.25", "Total  108.25"), "8.25"),
        (("Nettobetrag  200,00", "zzgl. 19% MwSt.  38,00", "Gesamtbetrag  238,00"), "19"),
        (("Nettobetrag  200,00", "7,0 % gesetzliche USt  14,00", "Gesamtbetrag  214,00"), "7"),
        (("Nettobetrag  200,00", "Steuersatz: 19 %", "Gesamtbetrag  238,00"), "19"),
        (("Total HT  100,00", "TVA 5,5 %  5,50", "Total TTC  105,50"), "5.5"),
        (("Total HT  100,00", "T.V.A. à 20 %  20,00", "Total TTC  120,00"), "20"),
        (("Base imponible  100,00", "IVA (21%)  21,00", "Total a pagar  121,00"), "21"),
        (("Base imponible  100,00", "21 % de IVA  21,00", "Total a pagar  121,00"), "21"),
        (("Net total  100.00", "VAT 20%  20.00", "Vat included at 20 %", "Total  120.00"), "20"),
    ],
)
def test_the_rate_of_a_bill_is_found_beside_the_name_of_the_tax(lines, rate):
    made = read(INVOICE, *lines)
    assert made.record.data["tax_rate"] == Decimal(rate)
    assert failed(made) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Net total  100.00", "2% discount for payment within 10 days", "Total  119.00"),
        ("Net total  100.00", "Interest of 8 % on late payment", "Total  119.00"),
        ("Net total  100.00", "VAT GB 12 3456 78  5 % off", "Total  119.00"),
    ],
)
def test_a_percentage_of_something_else_is_no_tax_rate(lines):
    assert read(INVOICE, *lines).record.data["tax_rate"] is None


def test_the_rate_and_the_net_confirm_the_tax():
    made = read(INVOICE, "Net total  200.00", "VAT 19 %  38.00", "Total  238.00")
    assert [outcome(made, name, RATE_RULE) for name in ("net_total", "tax_rate", "tax_total")] == [
        True,
        True,
        True,
    ]


def test_a_tax_that_is_not_its_rate_is_told():
    made = read(INVOICE, "Net total  200.00", "VAT 19 %  14.00", "Total  214.00")
    assert failed(made) == ["the tax is not the tax rate of the net total"]


def test_rows_that_were_each_rounded_break_no_check():
    made = read(INVOICE, "Net total  199.87", "VAT 19 %  37.94", "Total  237.81")
    assert outcome(made, "tax_total", RATE_RULE) is True


@pytest.mark.parametrize(
    "lines",
    [
        # The rates stand below the sums.
        ("Net total  120.00", "VAT  20.40", "Total  140.40", "VAT 19 %  19.00", "VAT 7 %  1.40"),
        # One stands in the text, the others in the rows.
        (
            "Pos  Description       Quantity   Unit price   VAT %   Amount",
            "1    Window handle     2          50.00        19 %    100.00",
            "2    Instructions      1          20.00        7 %      20.00",
            "Net total    120.00",
            "VAT    20.40",
            "Total    140.40",
            "All prices without VAT of 19 %.",
        ),
    ],
)
def test_a_bill_with_several_rates_has_none_and_breaks_no_check(lines):
    made = read(INVOICE, *lines)
    assert made.record.data["tax_rate"] is None
    assert made.record.data["tax_total"] == Decimal("20.40")
    assert outcome(made, "tax_total", RATE_RULE) is None
    assert failed(made) == []


def test_what_a_file_states_stays_whatever_else_is_found():
    stated = make_value("tax_rate", "19", Decimal(19), 1.0, (), "xml:BT-119")
    seen = make_value("tax_rate", "7 %", Decimal(7), 0.8, ((0, 3),), "rule:pattern 1")
    assert list(without_several(INVOICE, [stated, seen])) == [stated]


def test_the_same_rate_found_twice_is_one():
    seen = [
        make_value("tax_rate", raw, Decimal(raw), 0.8, ((0, 1),), "rule:pattern 1")
        for raw in ("19", "19.0")
    ]
    assert list(without_several(INVOICE, seen)) == seen


@pytest.mark.parametrize(
    ("lines", "paid", "change"),
    [
        (("Total  12.60", "Cash  20.00", "Change  7.40"), "20.00", "7.40"),
        (("Total  12.60", "Cash tendered  $20.00", "Change due  $7.40"), "20.00", "7.40"),
        (("TOTAL RM  12.60", "CASH RM 20.00", "CHANGE RM 7.40"), "20.00", "7.40"),
        (("Summe EUR  12,60", "Gegeben bar  20,00", "Rückgeld  7,40"), "20.00", "7.40"),
        (("Summe  12,60", "Bar  20,00 €", "Zurück  7,40 €"), "20.00", "7.40"),
        (("Total TTC  12,60", "Espèces  20,00", "Rendu monnaie  7,40"), "20.00", "7.40"),
        (("Total  12,60", "Reçu  20,00", "A rendre  7,40"), "20.00", "7.40"),
        (("TOTAL  12,60", "EFECTIVO  20,00", "CAMBIO  7,40"), "20.00", "7.40"),
        (("TOTAL  12,60", "Entregado  20,00", "Devolución  7,40"), "20.00", "7.40"),
        (("Total  12.60", "VISA ************0417  12.60"), "12.60", None),
        (("Summe  12,60", "Geg. girocard  12,60"), "12.60", None),
        (("Total  £12.60", "Paid by contactless card  £12.60"), "12.60", None),
    ],
)
def test_what_was_paid_and_the_change_are_read_in_each_language(lines, paid, change):
    data = read(RECEIPT, *lines).record.data
    assert data["total"] == Decimal("12.60")
    assert data["amount_paid"] == Decimal(paid)
    assert data["change"] == (change and Decimal(change))


def test_what_was_paid_less_the_change_confirms_the_total():
    made = read(RECEIPT, "Total  12.60", "Cash  20.00", "Change  7.40")
    assert outcome(made, "total", PAID_RULE) is True


def test_change_that_does_not_fit_is_told():
    made = read(RECEIPT, "Total  12.60", "Cash  20.00", "Change  9.40")
    assert failed(made) == ["what was paid less the change is not the total"]


def test_money_given_in_two_ways_breaks_no_check():
    made = read(RECEIPT, "Total  15.00", "Cash  10.00", "Visa  5.00", "Change  0.00")
    assert made.record.data["amount_paid"] is None
    assert failed(made) == []


@pytest.mark.parametrize("line", ["Bar soap  2.00", "CASH SALES", "Gift card red  2.00"])
def test_an_article_or_a_heading_is_no_payment(line):
    made = read(RECEIPT, line, "Tea  3.00", "Total  5.00")
    assert made.record.data["amount_paid"] is None


def test_a_field_that_the_model_has_not_learnt_says_so():
    unasked = {path for schema in (INVOICE, RECEIPT) for path, f in schema.walk() if not f.asked}
    assert unasked == {
        *("tax_rate", "amount_paid", "change"),
        *("line_items.discount", "line_items.discount_rate"),
    }


def test_a_total_with_the_tip_in_it_breaks_no_check():
    made = read(RECEIPT, "Subtotal  50.00", "Tax  4.00", "Tip  10.00", "Total  64.00")
    assert made.record.data["tip"] == Decimal("10.00")
    assert failed(made) == []


def test_a_total_that_no_sum_leads_to_breaks_a_check():
    made = read(RECEIPT, "Subtotal  50.00", "Tax  4.00", "Tip  10.00", "Total  69.00")
    assert "subtotal and tax do not add up to the total" in failed(made)


def test_items_of_a_receipt_with_tax_on_top_add_up_with_it():
    lines = ("Cafe", "Bagel  4.00", "Latte  6.00", "Subtotal  10.00", "Tax  0.80", "Total  10.80")
    assert failed(read(RECEIPT, *lines)) == []
    wrong = [line.replace("Latte  6.00", "Latte  5.00") for line in lines]
    assert set(failed(read(RECEIPT, *wrong))) == {
        "the items do not add up to the subtotal",
        "the items do not add up to the total",
    }


def test_what_was_paid_may_have_a_tip_in_it():
    lines = ("Cafe", "Total  10.80", "Tip  2.00", "Cash  20.00", "Change  7.20")
    assert failed(read(RECEIPT, *lines)) == []
    wrong = [*lines[:-1], "Change  6.20"]
    assert failed(read(RECEIPT, *wrong)) == ["what was paid less the change is not the total"]
