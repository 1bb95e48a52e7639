from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.schema import FieldType
from docextract.values import identifiers, locale, typed
from docextract.values.text import clean_address, clean_code, clean_name, trim_text


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (identifiers.parse_iban, "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        (identifiers.parse_iban, "DE88 3704 0044 0532 0130 00", None),
        (identifiers.parse_iban, "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"),
        (
            identifiers.parse_iban,
            "GB82 WEST 1234 5698 7654 32 BIC WESTGB2L",
            "GB82WEST12345698765432",
        ),
        (identifiers.parse_bic, "DEUTDEFF", "DEUTDEFF"),
        (identifiers.parse_bic, "deut de ff 500", "DEUTDEFF500"),
        (identifiers.parse_bic, "INVOICES", None),
        (identifiers.parse_vat_id, "DE 136 695 976", "DE136695976"),
        (identifiers.parse_vat_id, "DE123456789", None),
        (identifiers.parse_vat_id, "ATU13585627", "ATU13585627"),
        (identifiers.parse_vat_id, "CHE-107.787.577 IVA", "CHE107787577IVA"),
        (identifiers.parse_vat_id, "GB 980 7806 84", "GB980780684"),
        (identifiers.parse_vat_id, " 91-1144442 ", "91-1144442"),
        (identifiers.parse_vat_id, "07-1144442", None),
        (identifiers.parse_vat_id, "911144442", None),
        (identifiers.parse_credit_card, "4111 1111 1111 1111", "4111111111111111"),
        (identifiers.parse_credit_card, "4111 1111 1111 1112", None),
        (identifiers.parse_credit_card, "0000 0000 0000 0000", None),
        (identifiers.parse_gtin, "4 006381 333931", "4006381333931"),
        (identifiers.parse_gtin, "4006381333932", None),
        (identifiers.parse_gtin, "036000291452", "036000291452"),
        (identifiers.parse_isin, "US0378331005", "US0378331005"),
        (identifiers.parse_isin, "US0378331006", None),
        (identifiers.parse_email, "<Ada.L@Example.ORG>", "Ada.L@example.org"),
        (identifiers.parse_email, "a@b", None),
        (identifiers.parse_url, "HTTPS://Example.org/A?b=1", "https://example.org/A?b=1"),
        (identifiers.parse_url, "www.example.com/a.", "www.example.com/a"),
        (identifiers.parse_url, "ada@example.org", None),
        (identifiers.parse_url, "http://[::", None),
        (identifiers.parse_url, "3.50", None),
        (identifiers.parse_phone, "+49 30 901820", "+4930901820"),
        (identifiers.parse_phone, "0049 (0)30 901820", "+4930901820"),
        (identifiers.parse_phone, "+49 30", None),
        (identifiers.parse_phone, "03-8733 1234", "0387331234"),
        (identifiers.parse_phone, "(212) 736-5000 x12", "2127365000"),
        (identifiers.parse_phone, "(212) 736-5000", "2127365000"),
        (identifiers.parse_phone, "31.01.2024", None),
    ],
)
def test_an_identifier_is_normalised_when_its_checksum_holds(read, text, value):
    assert read(text) == value


def test_a_known_region_makes_a_national_number_international():
    assert identifiers.parse_phone("(212) 736-5000", regions=("US",)) == "+12127365000"


def test_a_vat_id_may_be_taken_by_its_shape_alone():
    assert identifiers.parse_vat_id("DE 123456789", verified=False) == "DE123456789"
    assert identifiers.parse_vat_id("DE 12345678", verified=False) is None


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (trim_text, " : Total  due ; ", "Total due"),
        (trim_text, "Acme Inc.", "Acme Inc."),
        (trim_text, "(unpaired", "unpaired"),
        (trim_text, "paired (yes)", "paired (yes)"),
        (trim_text, "...", None),
        (clean_name, "Acme Sdn. Bhd.,", "Acme Sdn. Bhd."),
        (clean_name, "123", None),
        (clean_address, "1 High Street,\nOxford\n OX1 4AA", "1 High Street, Oxford, OX1 4AA"),
        (clean_address, "12345", None),
        (clean_code, "# 4711-A", "4711-A"),
        (clean_code, "No.: 4711", "4711"),
        (clean_code, "NO4711", "NO4711"),
        (clean_code, "--", None),
    ],
)
def test_text_is_made_tidy(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("texts", "day_first"),
    [
        (["01/02/2024", "31/01/2024"], True),
        (["01/02/2024", "01/31/2024"], False),
        (["01/02/2024", "Total RM 5"], True),
        (["01/02/2024", "Austin, TX 78701"], False),
        (["01/02/2024", "Rechnung", "Betrag"], True),
        (["31/01/2024", "01/31/2024"], None),
        (["01/02/2024"], None),
        ([], None),
    ],
)
def test_the_order_of_days_comes_from_the_whole_document(texts, day_first):
    assert locale.infer_day_first(texts) is day_first


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["12,50", "1.234,00"], ","),
        (["12.50", "1,234.00"], "."),
        (["12.50", "12,50"], None),
        (["1.234", "31.01.2024", "10:34"], None),
        ([], None),
    ],
)
def test_the_decimal_mark_comes_from_the_whole_document(texts, mark):
    assert locale.infer_decimal_mark(texts) == mark


@pytest.mark.parametrize(
    ("field_type", "text", "value"),
    [
        ("text", " a  b ", "a b"),
        ("name", "Acme", "Acme"),
        ("address", "a\nb", "a, b"),
        ("code", "#1", "1"),
        ("money", "EUR 1,50", Decimal("1.50")),
        ("number", "12 Stk.", Decimal(12)),
        ("integer", "12.00", 12),
        ("integer", "12.5", None),
        ("percent", "19 %", Decimal(19)),
        ("date", "31.01.2024", date(2024, 1, 31)),
        ("time", "10:34", time(10, 34)),
        ("currency", "€", "EUR"),
        ("duration", "two years", "2 years"),
        ("boolean", "Ja", True),
        ("boolean", "☐", False),
        ("boolean", "perhaps", None),
        ("iban", "DE89370400440532013000", "DE89370400440532013000"),
        ("vat_id", "DE 123456789", "DE123456789"),
        ("phone", "+49 30 901820", "+4930901820"),
        ("email", "a@b.de", "a@b.de"),
        ("url", "www.b.de", "www.b.de"),
    ],
)
def test_a_field_is_read_by_its_type(field_type, text, value):
    assert typed.parse_value(field_type, text) == value


def test_the_document_decides_what_the_text_leaves_open():
    assert typed.parse_value("date", "01/02/2024", day_first=False) == date(2024, 1, 2)
    assert typed.parse_value("money", "1.234", decimal=".") == Decimal("1.234")


@pytest.mark.parametrize(
    ("text", "value"),
    [("CASH", "cash"), ("by Credit Card, today", "credit_card"), ("cheque", None)],
)
def test_a_choice_is_found_in_any_case(text, value):
    assert typed.parse_value("choice", text, choices=("cash", "credit_card")) == value


@pytest.mark.parametrize("field_type", [one.value for one in FieldType if one != FieldType.ROWS])
@settings(max_examples=50)
@given(text=st.text(max_size=250) | st.text("0123456789 .,-/@:DEGB\n", max_size=60))
def test_every_type_reads_any_text_or_gives_none(field_type, text):
    typed.parse_value(field_type, text, choices=("a", "b"))


def test_an_iban_that_fails_its_check_can_be_read_by_its_look():
    printed = "DE88 3704 0044 0532 0130 00"
    assert identifiers.parse_iban(printed) is None
    assert identifiers.parse_iban(printed, verified=False) == "DE88370400440532013000"
    assert identifiers.parse_iban("not an account", verified=False) is None
    assert typed.parse_value("iban", printed) == "DE88370400440532013000"
