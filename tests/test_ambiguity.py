"""What can be read in two ways keeps both readings, and the record says so."""

from datetime import date
from decimal import Decimal

import pytest

from docextract.document import Kind, Result, Status
from docextract.export.record import record_json
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.fields import Fields

BILL = Schema(
    name="bill",
    fields={
        "issued": {"type": "date", "anchors": ["date"]},
        "born": {"type": "date", "anchors": ["born"], "past": True},
        "weight": {"type": "number", "anchors": ["weight"]},
        "total": {"type": "money", "anchors": ["total"]},
        "seller": {"type": "name", "anchors": ["seller"]},
        "place": {"type": "address", "anchors": ["delivery address"]},
    },
)


@pytest.fixture
def checked(doc):
    """`checked(*lines)`: the document with its record."""

    def run(*lines):
        (filled,) = Fields((BILL,), model="")([doc(*lines).add(kind=Kind("bill", 1.0))])
        (made,) = Check((BILL,))([filled])
        return made

    return run


def doubts(made):
    return [issue.message for issue in made.issues if issue.category == "ambiguous"]


def test_a_date_that_nothing_settles_keeps_both_readings(checked):
    made = checked("Date: 03/04/2024")
    found = made.record.evidence["issued"]
    assert found.value == date(2024, 4, 3)
    assert [other.value for other in found.alternatives] == [date(2024, 3, 4)]
    assert doubts(made) == ["ambiguous date 03/04/2024: 3 April or 4 March"]


@pytest.mark.parametrize(
    "settled", ["31/01/2024", "Austin, TX 78701", "12,50 EUR", "Wed 03/04/2024", "April 3, 2024"]
)
def test_a_date_that_the_document_settles_is_not_ambiguous(checked, settled):
    assert not doubts(checked("Date: 03/04/2024", settled))


def test_a_date_in_words_or_of_one_meaning_is_not_ambiguous(checked):
    assert not doubts(checked("Date: 3 April 2024"))
    assert not doubts(checked("Date: 03/03/2024"))


def test_a_number_that_nothing_settles_keeps_both_readings(checked):
    made = checked("Weight: 1.234")
    found = made.record.evidence["weight"]
    assert {found.value, *(other.value for other in found.alternatives)} == {
        Decimal(1234),
        Decimal("1.234"),
    }
    assert doubts(made) == ["ambiguous number 1.234: 1234 or 1.234"]


def test_a_sum_in_a_currency_of_two_decimals_is_not_ambiguous(checked):
    made = checked("Total: 1.234 EUR")
    assert made.record.data["total"] == 1234
    assert not doubts(made)


def test_a_birth_in_two_digits_is_in_the_past(checked):
    made = checked("Born: 31.01.45", "Date: 31.01.45")
    assert made.record.data["born"] == date(1945, 1, 31)
    assert made.record.data["issued"] == date(2045, 1, 31)


def test_only_a_date_can_be_in_the_past():
    with pytest.raises(ValueError, match="past = true needs type"):
        Schema(name="bill", fields={"total": {"type": "money", "past": True}})


def test_the_parts_of_values_stand_beside_them(checked):
    made = checked(
        "Seller: Muster GmbH", "Delivery address: Ring 5, 10115 Berlin", "Total: 12,50 EUR"
    )
    leaves = record_json(Result("a.pdf", Status.SUCCESS, made))["evidence"]
    assert leaves["seller"]["parts"] == {"name": "Muster", "legal_form": "GmbH"}
    assert leaves["total"]["parts"] == {"currency": "EUR"}
    assert leaves["place"]["parts"] == {
        "street": "Ring",
        "house_number": "5",
        "postcode": "10115",
        "city": "Berlin",
    }
