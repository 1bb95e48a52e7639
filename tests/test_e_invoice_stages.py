"""E-invoices through the stages: certain values, where they are printed, and pages that differ."""

from decimal import Decimal
from pathlib import Path

import pytest

from docextract import resources
from docextract.document import Document, Record, Value
from docextract.export.record import dumps, record_json
from docextract.pipeline import Pipeline, make_result
from docextract.readers import ReadOptions, Source, read
from docextract.resolution.e_invoice_agreement import PAGE_RULE
from docextract.schema import FieldSchema, FieldType, Schema
from docextract.stages.check import Check
from docextract.stages.classify import Classify, stated_kind
from docextract.stages.entities import Entities
from docextract.stages.fields import Fields
from tests.e_invoices import DUE, LINES, cii, holding, page, ubl

SAMPLES = Path(__file__).parent.parent / "sample_docs"
RULES = """
schemas = ["invoice"]
[[stage]]
use = "classify"
kind = "invoice"
[[stage]]
use = "fields"
model = ""
[[stage]]
use = "check"
"""
INVOICE = Schema.load(resources.find_resource("schemas", "invoice"))
ALLOWANCE = "<ram:AllowanceTotalAmount>10.00</ram:AllowanceTotalAmount>"
LINE_ALLOWANCE = (
    "<ram:SpecifiedTradeAllowanceCharge><ram:ActualAmount>10.00</ram:ActualAmount>"
    "</ram:SpecifiedTradeAllowanceCharge>"
)


def document(name: str, data: bytes) -> Document:
    made = read(Source(name, data=data), ReadOptions()).document
    assert made is not None
    return made


def e_invoice(xml: bytes, *lines: str, schema: Schema = INVOICE) -> Document:
    """A PDF that prints these lines and holds the XML, after the stages: rules alone."""
    return processed(document("a.pdf", holding(page(*lines), {"factur-x.xml": xml})), schema)


def processed(doc: Document, schema: Schema = INVOICE) -> Document:
    kind = stated_kind(doc, {"invoice"})
    assert kind is not None
    found = Entities(model="")([doc.add(kind=kind)])
    (done,) = Check(schemas=(schema,))(Fields(schemas=(schema,), model="")(found))
    return done


def record(doc: Document) -> Record:
    assert doc.record is not None
    return doc.record


def leaf(doc: Document, name: str) -> Value:
    value = record(doc).evidence[name]
    assert isinstance(value, Value)
    return value


def verdict(value: Value) -> bool | None:
    (holds,) = (check.holds for check in value.checks if check.rule == PAGE_RULE)
    return holds


def differences(doc: Document) -> list[tuple[str | None, str]]:
    return [(issue.field, issue.message) for issue in doc.issues if issue.category == "mismatch"]


def changed(old: str, new: str) -> tuple[str, ...]:
    assert any(old in line for line in LINES)
    return tuple(line.replace(old, new) for line in LINES)


def test_a_stated_value_is_certain_names_its_term_and_has_the_boxes_of_the_print():
    doc = e_invoice(cii())
    total = leaf(doc, "grand_total")
    assert (total.value, total.confidence, str(total.origin)) == (
        Decimal("140.40"),
        1.0,
        "xml:BT-112",
    )
    assert total.raw == "140,40"
    (place,) = (place for span in total.spans for place in doc.places(*span))
    assert place.page == 1
    assert [word.word.text for word in doc.words_of(*total.spans[0])] == ["140,40"]


def test_an_address_is_found_line_by_line():
    doc = e_invoice(cii())
    address = leaf(doc, "seller_address")
    assert address.value == "Lindenweg 4, 12345 Musterstadt"
    assert [doc.text[a:b] for a, b in address.spans] == ["Lindenweg 4", "12345 Musterstadt"]


def test_rows_are_whole_as_they_are_stated_and_each_cell_stands_in_its_row():
    doc = e_invoice(cii())
    first, second = record(doc).evidence["line_items"]
    assert [first[name].value for name in ("quantity", "unit_price", "net_amount")] == [2, 50, 100]
    assert first["net_amount"].raw == "100,00"
    assert second["unit"].value == "H87"
    # The second row prints 20,00 twice; each cell has its own.
    assert second["unit_price"].spans != second["net_amount"].spans
    levels = {doc.places(*second[name].spans[0])[0].box.top for name in ("quantity", "net_amount")}
    assert len(levels) == 1


def test_where_page_and_data_agree_that_is_recorded_and_nothing_is_wrong():
    doc = e_invoice(cii(terms=DUE))
    told = {
        name: verdict(value)
        for name, value in record(doc).evidence.items()
        if isinstance(value, Value) and value.is_stated
    }
    assert told.pop("seller_vat_id") is None  # not printed
    assert set(told.values()) == {True, None}
    assert [name for name, holds in told.items() if holds is None] == ["currency"]
    assert doc.issues == ()


def test_a_page_with_another_total_is_told_with_both_amounts():
    doc = e_invoice(cii(total="1140.40"))
    assert differences(doc) == [
        ("grand_total", "grand total: the XML (BT-112) says 1140.40, the page says 140.40")
    ]
    total = leaf(doc, "grand_total")
    assert (total.value, verdict(total)) == (Decimal("1140.40"), False)
    assert total.alternatives[0].value == Decimal("140.40")
    (where,) = (issue.page for issue in doc.issues if issue.category == "mismatch")
    assert where == 1


def test_a_total_that_is_another_amount_of_the_page_is_told_too():
    doc = e_invoice(cii(total="120.00"))
    assert [field for field, _ in differences(doc)] == ["grand_total"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("RE-2026-77", "RE-2026-78", "invoice_number"),
        ("Rechnungsdatum: 17.03.2026", "Rechnungsdatum: 17.03.2025", "issue_date"),
        ("16.04.2026", "16.05.2026", "due_date"),
    ],
)
def test_a_page_with_another_value_is_told_by_field(old, new, field):
    doc = e_invoice(cii(terms=DUE), *changed(old, new))
    assert [name for name, _ in differences(doc)] == [field]


def test_a_page_that_was_altered_and_does_not_add_up_is_told():
    doc = e_invoice(cii(), *changed("140,40", "940,40"))
    assert [field for field, _ in differences(doc)] == ["grand_total"]


def test_a_row_with_another_amount_is_told_with_its_number():
    doc = e_invoice(cii(), *changed("7%    20,00", "7%    25,00"))
    assert (
        "line_items.net_amount",
        "row 2: net amount: the XML (BT-131) says 20.00, the page says 25.00",
    ) in differences(doc)


def test_what_the_page_does_not_print_is_kept_and_has_no_place():
    doc = e_invoice(cii())
    number = leaf(doc, "seller_vat_id")
    assert (number.value, number.spans, verdict(number)) == ("DE136695976", (), None)
    made = record_json(make_result(doc, seconds=0.0))
    assert made["evidence"]["seller_vat_id"]["boxes"] == []
    assert made["evidence"]["seller_vat_id"]["origin"] == "xml:BT-31"
    assert dumps(made)


def test_what_is_not_stated_is_read_from_the_page():
    due = leaf(e_invoice(cii()), "due_date")
    assert not due.is_stated
    assert due.confidence < 1


@pytest.mark.parametrize(
    ("code", "printed", "differs"),
    [("381", "-140,40", False), ("380", "-140,40", True), ("381", "-141,40", True)],
)
def test_a_credit_may_be_printed_with_the_other_sign(code, printed, differs):
    doc = e_invoice(cii(code=code), *changed("140,40", printed))
    assert leaf(doc, "grand_total").value == Decimal("140.40")
    assert bool(differences(doc)) == differs


@pytest.mark.parametrize("sums", ["", ALLOWANCE])
def test_rows_need_not_add_up_where_an_allowance_is_stated(sums):
    xml = cii(sums=sums).replace(
        b"<ram:TaxBasisTotalAmount>120.00", b"<ram:TaxBasisTotalAmount>110.00"
    )
    messages = [issue.message for issue in e_invoice(xml).issues]
    assert ("the rows do not add up to the net total" in messages) == (not sums)


@pytest.mark.parametrize("line", ["", LINE_ALLOWANCE])
def test_a_row_may_come_to_less_where_its_allowance_is_stated(line):
    xml = cii(line=line).replace(b"<ram:LineTotalAmount>100.00", b"<ram:LineTotalAmount>90.00")
    messages = [issue.message for issue in e_invoice(xml).issues]
    told = "row 1: quantity times unit price, less the discount, is not the amount of the row"
    assert (told in messages) == (not line)


def test_sums_that_do_not_add_up_make_nothing_that_is_stated_less_certain():
    doc = e_invoice(cii(total="999.00"))
    assert leaf(doc, "net_total").confidence == 1.0
    assert "net and tax do not add up to the grand total" in [i.message for i in doc.issues]


@pytest.mark.parametrize("kind", ["Invoice", "CreditNote"])
def test_an_xml_invoice_of_its_own_leads_back_to_its_elements(kind):
    doc = processed(document("a.xml", ubl(kind)))
    total = leaf(doc, "grand_total")
    assert total.value == Decimal("140.40")
    ((start, end),) = total.spans
    assert doc.text[:end].endswith("TaxInclusiveAmount 140.40")
    assert doc.text[start:end] == "140.40"
    second = record(doc).evidence["line_items"][1]
    assert doc.text[: second["net_amount"].spans[0][1]].endswith("LineExtensionAmount 20.00")
    assert leaf(doc, "seller_address").spans != ()
    assert doc.issues == ()


def test_a_listing_of_elements_is_not_read_for_what_the_standard_would_state():
    data = record(processed(document("a.xml", cii()))).data
    assert data["due_date"] is None


def test_a_document_that_states_its_kind_is_of_it_and_says_why(tiny_model):
    doc = document("a.pdf", holding(page("Hello"), {"factur-x.xml": cii()}))
    stage = Classify(schemas=(INVOICE,), model=str(tiny_model), device="cpu")
    (done,) = stage([doc])
    assert done.kind is not None
    assert (done.kind.label, done.kind.confidence) == ("invoice", 1.0)
    assert done.kind.origin == "xml:BT-3 380"


def test_a_kind_without_a_schema_is_not_stated():
    assert stated_kind(document("a.xml", cii()), {"receipt"}) is None


def test_a_users_own_fields_get_what_is_stated_under_their_names():
    schema = Schema(
        name="invoice",
        fields={
            "grand_total": FieldSchema(type=FieldType.MONEY),
            "issue_date": FieldSchema(type=FieldType.TEXT),
        },
    )
    doc = e_invoice(cii(), schema=schema)
    assert record(doc).data == {"grand_total": Decimal("140.40"), "issue_date": "2026-03-17"}


def test_a_page_without_words_has_what_is_stated():
    doc = e_invoice(cii(), "")
    assert record(doc).data["grand_total"] == Decimal("140.40")
    assert leaf(doc, "grand_total").spans == ()


@pytest.mark.parametrize(
    ("sample", "fields"), [("factur-x.pdf", []), ("factur-x-other-total.pdf", ["grand_total"])]
)
def test_a_pipeline_of_rules_makes_one_record_of_a_sample_and_tells_where_it_differs(
    sample, fields, tmp_path
):
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    (result,) = Pipeline.load(str(tmp_path / "rules.toml"))(Source.of(SAMPLES / sample))
    assert result.document is not None
    assert [field for field, _ in differences(result.document)] == fields
    assert len(record(result.document).data["line_items"]) == 3
