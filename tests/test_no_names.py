"""Labels, headings and ways to pay are nobody's name."""

import pytest

from docextract.document import Kind
from docextract.extraction.completion.blocklist import headings_of, without_no_names
from docextract.resources import find_resource
from docextract.schema import Schema
from docextract.stages.fields import Fields
from tests.made_values import make_value

BILL = Schema(
    name="bill",
    kind={"words": ["payment terms"]},
    fields={
        "seller": {"type": "name", "anchors": ["from"], "not_anchors": ["how to pay"]},
        "iban": {"type": "iban", "anchors": ["bank details"]},
        "number": {"type": "code"},
    },
)
HEADINGS = headings_of([BILL])


def kept(text, field="seller"):
    value = make_value(field, text, text, 0.9, ((0, 1),), "model:m@1 0.9")
    return bool(without_no_names(BILL, [value], HEADINGS))


@pytest.mark.parametrize(
    "text",
    [
        "HOW TO PAY", "Bank details:", "From", "Payment terms",
        "IBAN DE12 3456", "Ust-IdNr. DE12", "Amtsgericht Ulm HRB 1234", "Tax ID: 123",
    ],
)  # fmt: skip
def test_what_names_no_one_is_refused(text):
    assert not kept(text)


@pytest.mark.parametrize(
    "text", ["Howton Pay Ltd", "Swift Couriers Ltd", "From Farm to Table Inc", "Hrabal & Sons"]
)
def test_names_that_are_like_labels_are_kept(text):
    assert kept(text)


def test_only_names_are_looked_at():
    assert kept("HOW TO PAY", field="number")


def test_a_heading_of_a_block_beside_is_not_the_sellers_name(doc):
    schema = Schema.load(find_resource("schemas", "invoice"))
    bill = doc("How to pay", "Valley Bank", "", "Total    12.50").add(kind=Kind("invoice", 1.0))
    (made,) = Fields((schema,), model="")([bill])
    names = {one.value for one in made.candidates if one.field in ("seller_name", "buyer_name")}
    assert "How to pay" not in names
