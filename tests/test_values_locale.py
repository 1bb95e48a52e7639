"""How a document writes dates and decimals, decided from all of its evidence together."""

import pytest

from docextract.values.locale import Convention, infer_convention
from docextract.values.numbers.separator_evidence import count_sums_by_mark


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("Mon 04/03/2024", True),
        ("Mon 03/04/2024", False),
        ("04/03/2024 (lunes)", True),
        ("12-05-18(Sat)", True),
        ("Sun 03/04/2024", None),  # fits neither order
        ("Monitor 04/03/2024", None),
        ("03/04/2024, net 1.234,50", True),  # no place writes both commas and months first
        ("09/04/2024 - 02/05/2024", True),  # else it would end before it begins
        ("04/09/2024 to 05/02/2024", False),
        ("01/04/2024 - 02/05/2024", None),
        ("09/04/2024, 02/05/2024", None),
        ("03/04/2024 10:00 EST", False),
        ("May 5, 2020 and 03/04/2020", False),
        ("5 May 2020 and 03/04/2020", True),
        ("5 May 2020 and May 6, 2020 and 03/04/2020", None),
        ("Austin, TX 78701: 31/01/2024", True),  # a day above 12 outranks a place
        ("20240331 and 03/04/2024", None),
    ],
)
def test_the_order_of_days_is_decided_from_every_kind_of_evidence(text, day_first):
    assert infer_convention([text]).day_first is day_first


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1.234.567", ","),
        ("1,23,456", "."),
        ("1.234\n500\n1.734", ","),  # only as thousands does it add up
        ("1.250\n2\n3.250", "."),  # only as decimals
        ("1.234\n2.000\n3.234", None),  # adds up either way
        ("Total 1.234 EUR", ","),
        ("Rp 13.000", ","),
        ("45.000 30.500 15.000", ","),
        ("1.000 1.000 1.000", None),  # the same number again proves nothing
        ("BHD 1.234", None),  # has three decimals
        ("Super 1,459 EUR/l", None),  # so may a price per unit
        ("Rechnung 1.234", ","),
        ("12/31/2024 and 1.234", "."),  # months come first only where points are decimal
        ("£ and 1.234 kg", "."),
        ("192.168.100.101, 12.50 and 13.50", "."),  # two decimals outrank groups
        ("12.50 and 1.234 EUR", "."),  # two decimals outrank a currency
    ],
)
def test_the_decimal_mark_is_decided_from_every_kind_of_evidence(text, mark):
    assert infer_convention([text]).decimal == mark


def test_evidence_is_joined_over_the_texts_of_a_document():
    assert infer_convention(["03/04/2024", "31/01/2024", "1.234,50"]) == Convention(True, ",")
    assert infer_convention([]) == Convention(None, None)


def test_a_document_that_quarrels_with_itself_settles_nothing():
    assert infer_convention(["31/01/2024 01/31/2024 12,50 12.50"]) == Convention(None, None)


def test_sums_are_counted_under_the_mark_that_makes_them_come_true():
    assert count_sums_by_mark("1.234\n500\n1.734") == {".": 0, ",": 1}
    assert not count_sums_by_mark("100 200 300")


@pytest.mark.parametrize(
    "text", ["234 " * 2000, "1.234 " * 2000, "1,23," * 2000, "01/02/2024 " * 1000, "9" * 10**5]
)
def test_long_monotonous_text_has_a_convention_too(text):
    assert infer_convention([text]).day_first is None
