"""Form fields as values: which field a name means, and what a tick says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from docextract.document import Box, FormField, Kind, Place, SourceType
from docextract.extraction.structured.acroform_names import Names
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.fields import Fields

BILL = Schema(
    name="bill",
    fields={
        "invoice_number": {
            "type": "code",
            "aliases": ["InvoiceId"],
            "anchors": ["invoice number", "invoice no", "rechnung nr", "invoice"],
            "not_anchors": ["invoice date"],
        },
        "total": {"type": "money", "anchors": ["total", "gesamtbetrag"]},
        "seller": {"type": "name", "anchors": ["seller", "from"]},
        "seller_address": {"type": "address", "anchors": ["seller address", "from"]},
        "customer": {"type": "name", "anchors": ["customer"]},
        "paid": {"type": "boolean", "anchors": ["paid"]},
        "deal": {"type": "choice", "choices": ["Sale", "Rent"]},
    },
)


BOX = Box(300, 300, 400, 320)


def field(name, value="", *, kind="text", checked=None, tooltip="", box=BOX):
    return FormField(name, kind, value, box, tooltip, checked)


@pytest.fixture
def read(doc):
    """`read(field, ..., lines=[...])`: the candidates that come from form fields."""

    def run(*fields, lines=("Thing",)):
        made = doc(*lines).add(kind=Kind("bill", 1.0))
        page = replace(made.pages[0], form_fields=tuple(fields))
        (found,) = Fields((BILL,), model="")([replace(made, pages=(page,))])
        return [value for value in found.candidates if value.origin.source is SourceType.FORM]

    return run


@pytest.mark.parametrize(
    "name",
    [
        *("invoiceNo", "txt_Invoice_Number", "InvoiceId", "invoice_number", "RechnungNr"),
        *("form1[0].#subform[0].Invoice_Number[0]", "topmostSubform[0].Page1[0].fldInvoiceNo"),
    ],
)
def test_a_name_in_any_programs_manner_is_the_fields(name):
    meaning = Names(BILL).meaning(field(name))
    assert (meaning.paths, meaning.confidence) == (("invoice_number",), 0.95)


@pytest.mark.parametrize(
    "name", ["customer_email", "invoiceDate", "txt1", "", "Total weight", "x.y.z", "...", "[0]"]
)
def test_a_name_that_only_contains_a_label_is_no_field(name):
    assert Names(BILL).meaning(field(name)).paths == ()


def test_the_tooltip_tells_what_a_number_for_a_name_does_not():
    meaning = Names(BILL).meaning(
        field("f2_17", tooltip="Please enter your Invoice number (RE-...):")
    )
    assert meaning.paths == ("invoice_number",)


def test_the_last_part_of_a_name_under_another_parent_is_trusted_less():
    assert Names(BILL).meaning(field("refund.total")) == (("total",), 0.6)


def test_a_label_of_two_fields_tells_half_of_each():
    assert Names(BILL).meaning(field("from")) == (("seller", "seller_address"), 0.475)


def test_a_typed_in_value_is_read_and_traced_to_its_words(read):
    # "12,50" stands 100 points right of the margin on the first line of the page.
    (value,) = read(
        field("Total", "12,50", box=Box(145, 48, 190, 62)), lines=["Sum             12,50"]
    )
    assert (value.field, value.value, str(value.origin)) == (
        "total",
        Decimal("12.50"),
        "form:Total",
    )
    assert value.confidence == 0.95
    assert value.spans == ((4, 9),) and value.places == ()


def test_an_empty_field_says_nothing(read):
    assert read(field("Total", "  "), field("invoiceNo")) == []


def test_a_value_that_is_not_of_the_fields_type_is_none(read):
    assert read(field("Total", "on request")) == []


def test_fields_that_mean_the_same_and_differ_share_the_trust(read):
    found = read(field("total", "5.00"), field("Gesamtbetrag", "6.00"), field("TOTAL", "5.00"))
    assert [(value.value, value.confidence) for value in found] == [
        (Decimal("5.00"), 0.475),
        (Decimal("6.00"), 0.475),
        (Decimal("5.00"), 0.475),
    ]


@pytest.mark.parametrize("checked", [True, False])
def test_a_checkbox_is_true_or_false_and_its_box_the_evidence(read, checked):
    (value,) = read(field("paid", "Yes", kind="checkbox", checked=checked))
    assert value.value is checked
    assert value.raw == ("[x]" if checked else "[ ]")
    assert (value.spans, value.places) == ((), (Place(1, Box(300, 300, 400, 320)),))


def radio(value, *, checked, x):
    return field("deal", value, kind="radio", checked=checked, box=Box(x, 50, x + 10, 60))


def test_a_radio_group_is_the_label_printed_beside_the_chosen_button(read):
    # "Sale" begins at 74 and "Rent" at 140: two segments, a button left of each.
    buttons = radio("0", checked=False, x=60), radio("1", checked=True, x=126)
    (value,) = read(*buttons, lines=["    Sale       Rent"])
    assert (value.value, value.raw, str(value.origin)) == ("Rent", "Rent", "form:deal")


def test_a_radio_button_without_print_beside_it_says_what_the_file_calls_it(read):
    (value,) = read(radio("sale", checked=True, x=60), radio("rent", checked=False, x=160))
    assert (value.value, value.raw) == ("Sale", "sale")


def test_a_radio_group_without_a_choice_says_nothing(read):
    assert read(radio("sale", checked=False, x=60), radio("rent", checked=False, x=160)) == []


def test_a_ticked_box_of_a_yes_and_no_pair_answers_the_question(read):
    yes = field("paid", "ja", kind="checkbox", checked=False, box=Box(60, 200, 70, 210))
    no = field("paid", "nein", kind="checkbox", checked=True, box=Box(160, 200, 170, 210))
    (value,) = read(yes, no)
    assert value.value is False


def test_a_tick_comes_through_to_the_record(doc):
    made = doc("Thing").add(kind=Kind("bill", 1.0))
    page = replace(
        made.pages[0], form_fields=(field("paid", "Yes", kind="checkbox", checked=True),)
    )
    (found,) = Check((BILL,))(Fields((BILL,), model="")([replace(made, pages=(page,))]))
    assert found.record.data["paid"] is True
    assert found.places_of(found.record.evidence["paid"]) == (Place(1, Box(300, 300, 400, 320)),)
