from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.values.numbers.amounts import (
    parse_amount,
    parse_number,
    parse_percentage,
    parse_quantity,
)
from docextract.values.numbers.currencies import parse_currency

WHOLE = st.integers(min_value=0, max_value=10**11)
#: Group mark and decimal mark of the world's print.
MARKS = [("", "."), ("", ","), (",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("'", ".")]
SIDES = ["{}", "EUR {}", "{} €", "€{}", "$ {}", "US${}", "RM{}", "Rp. {}", "{} CHF", "{} dollars"]


def grouped(digits: str, mark: str, sizes: tuple[int, int] = (3, 3)) -> str:
    """`digits` in groups from the right: the first of sizes[0] digits, the others of sizes[1]."""
    head, tail = digits[: -sizes[0]], digits[-sizes[0] :]
    while head:
        head, tail = head[: -sizes[1]], f"{head[-sizes[1] :]}{mark}{tail}"
    return tail


@given(
    WHOLE,
    st.integers(min_value=0, max_value=99),
    st.sampled_from(MARKS),
    st.sampled_from(SIDES),
    st.sampled_from(["{}", "-{}", "{}-", "({})", "{} CR"]),
)
def test_an_amount_printed_in_any_style_is_read_back(whole, cents, marks, side, sign):
    printed = f"{grouped(str(whole), marks[0])}{marks[1]}{cents:02}"
    expected = Decimal(f"{whole}.{cents:02}")
    text = side.format(sign.format(printed)) if sign != "{} CR" else f"{side.format(printed)} CR"
    assert parse_amount(text) == (expected if sign == "{}" else -expected)


@given(WHOLE, st.integers(min_value=0, max_value=99))
def test_an_amount_with_indian_groups_is_read_back(whole, cents):
    printed = grouped(str(whole), ",", (3, 2))
    assert parse_amount(f"₹ {printed}.{cents:02}") == Decimal(f"{whole}.{cents:02}")


@given(WHOLE, st.sampled_from([".", ","]), st.sampled_from(["{} .{}", "{}. {}", "{} . {}"]))
def test_blanks_that_ocr_leaves_beside_a_mark_change_nothing(whole, mark, style):
    printed = style.replace(".", mark).format(whole, "50")
    assert parse_amount(printed) == Decimal(f"{whole}.50")


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234", None, "1234"),
        ("1,234", None, "1234"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1,234", ",", "1.234"),
        ("12.50", ",", "12.50"),  # two decimals are none of thousands, whatever the document says
        ("0.123", None, "0.123"),
        ("1234.567", None, "1234.567"),
        ("1.234.567", ".", "1234567"),
        (".50", None, "0.50"),
        ("12.500.00", None, "12500.00"),
        ("12,-", None, "12"),
        ("CHF 12.—", None, "12"),
        ("* 12.50 :", None, "12.50"),
        ("-$5.00", None, "-5.00"),
        ("$-5.00", None, "-5.00"),
        ("5.00 DR", None, "5.00"),
        ("kr 5,00", None, "5.00"),
        ("１２．５０", None, "12.50"),
    ],
)
def test_an_amount(text, decimal, value):
    assert parse_amount(text, decimal=decimal) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "", "abc", "12 50", "12.50.30", "1.234.567.8", "31.01.2024", "(12.50", "12.50)", "-12.50-",
        "12:30", "A12", "12.50 12.50", "5²", "½", "1,2,3", "1 23", "--5", "$", "9" * 300,
    ],
)  # fmt: skip
def test_what_is_no_amount(text):
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("€", "EUR"), ("12,50 €", "EUR"), ("$", "USD"), ("$12", "USD"), ("US$ 12", "USD"),
        ("£1", "GBP"), ("chf", "CHF"), ("CHF 12.00", "CHF"), ("RM4.00", "MYR"), ("Rp 13000", "IDR"),
        ("¥100", "JPY"), ("S$ 5", "SGD"), ("HK$5", "HKD"), ("all sums in Euro", "EUR"),
        ("Malaysian Ringgit", "MYR"), ("TRY 5", "TRY"), ("PAY ALL", None), ("FARM 5", None),
        ("", None), ("kr 5", None), ("EUR or USD", None), ("EURO 5", "EUR"),
    ],
)  # fmt: skip
def test_a_currency(text, code):
    assert parse_currency(text) == code


@pytest.mark.parametrize(
    ("text", "value"),
    [("19 %", "19"), ("7,5%", "7.5"), ("19.000 %", "19.000"), ("-2%", "-2"), ("6 percent", "6")],
)
def test_a_percentage(text, value):
    assert parse_percentage(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 Stk.", ("12", "pcs")),
        ("2x", ("2", "pcs")),
        ("1,5 kg", ("1.5", "kg")),
        ("3.5 hours", ("3.5", "h")),
        ("80 m²", ("80", "m2")),
        ("3,5 horas", ("3.5", "h")),
        ("2 mois", ("2", "months")),
        ("4 uds.", ("4", "units")),
        ("12", None),
        ("12 bananas", None),
    ],
)
def test_a_quantity_is_a_number_with_a_known_unit(text, value):
    assert parse_quantity(text) == (value and (Decimal(value[0]), value[1]))


def test_a_number_has_no_currency():
    assert parse_number("-1,234.5") == Decimal("-1234.5")
    assert parse_number("$ 5") is None


@given(st.text(max_size=300) | st.text("0123456789.,'- ()%$€CRx", max_size=300))
def test_any_text_is_a_value_or_none(text):
    for read in (parse_amount, parse_number, parse_percentage):
        value = read(text)
        assert value is None or value.is_finite()
    assert parse_currency(text) is None or len(parse_currency(text)) == 3
    assert parse_quantity(text) is None or parse_quantity(text)[0].is_finite()
