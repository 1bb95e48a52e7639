"""The stage of rules: labels, patterns, blocks, and where each value comes from."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from docextract.document import Box, Document, Kind, Page, Word
from docextract.extraction import timed_regex as matching
from docextract.schema import Schema
from docextract.stages.fields import Fields
from tests.made_values import make_span

SCHEMAS = tuple(
    Schema.load(path) for path in sorted((Path(__file__).parents[1] / "schemas").glob("*.toml"))
)


@pytest.fixture
def best(doc):
    """`best("receipt", "total", "Total  12.50")`: the first candidate of a field, or None."""

    def run(kind, field, *lines):
        (made,) = Fields(SCHEMAS, model="")([doc(*lines).add(kind=Kind(kind, 1.0))])
        found = [value for value in made.candidates if value.field == field]
        return found[0] if found else None

    return run


@pytest.fixture
def schema():
    """A schema of one field from keyword arguments."""

    def make(**keys):
        return Schema(name="slip", fields={"value": keys})

    return make


@pytest.fixture
def find(doc):
    """`find(schema, *lines)`: what all rules find under a schema of one's own."""

    def run(schema, *lines):
        (made,) = Fields((schema,), model="")([doc(*lines).add(kind=Kind(schema.name, 1.0))])
        return made.candidates

    return run


@pytest.mark.parametrize(
    "lines",
    [
        ["Thing", "Total    12.50"],
        ["Thing", "Total: 12.50"],
        ["Thing", "TOTAL:12.50"],
        ["Thing", "T0TAL    12.50"],
        ["Thing", "T O T A L    RM    12.50"],
        ["Subtotal    10.00", "Total    12.50"],
        ["Sub Total    10.00", "Total    12.50"],
        ["Total (incl GST)    12.50", "Total qty    3"],
    ],
    ids=lambda lines: lines[-1] if len(lines) == 2 else None,
)
def test_a_total_stands_right_of_its_label(best, lines):
    assert best("receipt", "total", *lines).value == Decimal("12.50")


def test_a_label_may_stand_over_its_value(best):
    found = best("ad_buy", "flight_start", "Contract Dates    Estimate", "02/19/20 - 03/03/20")
    assert found.value == date(2020, 2, 19)
    assert best(
        "ad_buy", "flight_end", "Contract Dates    Estimate", "02/19/20 - 03/03/20"
    ).value == date(2020, 3, 3)


def test_an_amount_with_decimals_is_preferred_to_a_count(best):
    assert best("ad_buy", "gross_amount", "Totals    124    $31,190.00").value == Decimal(31190)


def test_a_value_points_back_at_its_words(doc):
    (made,) = Fields(SCHEMAS, model="")(
        [doc("Shop", "Total    12.50").add(kind=Kind("receipt", 1.0))]
    )
    (value,) = (one for one in made.candidates if one.field == "total")
    assert [made.text[start:end] for start, end in value.spans] == ["12.50"]
    assert value.raw == "12.50"
    assert value.origin.name == "label right"
    assert 0 < value.confidence < 1


def test_no_label_no_value(best):
    assert best("receipt", "total", "Thank you") is None


def test_an_unknown_kind_has_no_candidates(doc):
    (made,) = Fields(SCHEMAS, model="")([doc("Total 12.50").add(kind=Kind("unknown", 1.0))])
    assert made.candidates == ()
    (made,) = Fields(SCHEMAS, model="")([doc("Total 12.50")])
    assert made.candidates == ()


def test_a_document_without_words_has_no_candidates(doc):
    (made,) = Fields(SCHEMAS, model="")([doc([]).add(kind=Kind("receipt", 1.0))])
    assert made.candidates == ()


def test_the_merchant_is_the_first_line_and_the_address_follows(best):
    lines = [
        "TAX INVOICE",
        "CORNER SHOP SDN BHD (123456-A)",
        "12, JALAN BESAR",
        "50000 KUALA LUMPUR",
        "TEL: 03-1234 5678",
    ]
    assert best("receipt", "merchant_name", *lines).value == "CORNER SHOP SDN BHD"
    assert best("receipt", "merchant_address", *lines).value == (
        "12, JALAN BESAR, 50000 KUALA LUMPUR"
    )


def test_the_buyer_stands_in_the_block_under_its_label(best):
    lines = ["Rechnungsempfänger:", "Muster AG", "Ring 5", "D-10115 Berlin", "", "Datum: 1.2.2024"]
    assert best("invoice", "buyer_name", *lines).value == "Muster AG"
    assert best("invoice", "buyer_address", *lines).value == "Ring 5, 10115 Berlin"


def test_a_name_that_begins_with_a_label_is_no_label(best):
    lines = ["Verkäufer:", "Lieferant GmbH", "Ring 5", "10115 Berlin"]
    assert best("invoice", "seller_name", *lines).value == "Lieferant GmbH"


def test_a_section_ends_at_the_next_heading(best):
    lines = ["FINDINGS:", "The lungs are clear.", "No effusion.", "IMPRESSION:", "Normal chest."]
    assert best("medical_report", "findings", *lines).value == "The lungs are clear. No effusion."
    assert best("medical_report", "impression", *lines).value == "Normal chest."


def test_parties_come_from_the_wording_of_the_agreement(doc):
    text = doc(
        "This Agreement is made by and between Alpha Widgets, Inc., a Delaware corporation "
        '("Alpha"),',
        'and Beta Holdings LLC, a Texas company ("Beta").',
        "It is governed by the laws of the State of New York. Any claim shall be brought there.",
    ).add(kind=Kind("nda", 1.0))
    (made,) = Fields(SCHEMAS, model="")([text])
    parties = {value.value for value in made.candidates if value.field == "parties"}
    assert parties == {"Alpha Widgets, Inc.", "Beta Holdings LLC"}
    law = next(value for value in made.candidates if value.field == "jurisdiction")
    assert law.value == "New York"


def test_the_currency_is_the_one_most_amounts_name(best):
    lines = ["Net    100,00 €", "Total    119,00 €", "approx. 130.00 USD"]
    assert best("invoice", "currency", *lines).value == "EUR"


@pytest.mark.parametrize(
    ("place", "text"), [("first", "5"), ("last", "70"), ("largest", "900"), ("bottom", "70")]
)
def test_an_entity_counts_by_its_place(doc, schema, place, text):
    wanted = schema(type="number", entities=["QUANTITY"], place=place)
    given = doc("5 boxes", "900 bags", *["filler"] * 48, "70 sacks")
    spans = [given.text.index(number) for number in ("5", "900", "70")]
    entities = tuple(
        make_span(start, start + len(number), "QUANTITY", 0.9, "rule:made")
        for start, number in zip(spans, ("5", "900", "70"), strict=True)
    )
    (made,) = Fields((wanted,), model="")([given.add(kind=Kind("slip", 1.0), entities=entities)])
    assert made.candidates[0].raw == text
    assert str(made.candidates[0].origin) == f"rule:entity QUANTITY {place}"


def test_a_new_kind_needs_no_python(find, schema):
    wanted = schema(type="code", anchors=["membership no"], format=r"M-\d+")
    assert [value.value for value in find(wanted, "Membership No.: M-4711")] == ["M-4711"]
    assert find(wanted, "Membership No.: unknown") == ()


def test_a_pattern_gives_its_group_called_value(find, schema):
    wanted = schema(type="date", patterns=[r"born on (?P<value>\S+)"])
    (value,) = find(wanted, "She was born on 2.3.1990 in Ulm")
    assert value.value == date(1990, 3, 2)


def test_a_pattern_that_would_run_for_ever_is_stopped_and_named(doc, schema, monkeypatch):
    monkeypatch.setattr(matching, "PATIENCE", 0.2)
    wanted = schema(patterns=[r"(a|aa)+b$"])
    (made,) = Fields((wanted,), model="")([doc("a" * 60).add(kind=Kind("slip", 1.0))])
    assert made.candidates == ()
    (issue,) = made.issues
    assert (issue.stage, issue.category) == ("fields", "pattern")
    assert "slip" in issue.message
    assert "(a|aa)+b$" in issue.message


def test_a_field_that_the_schema_says_nothing_about_is_found_by_its_name(find):
    plain = Schema(name="slip", fields={"lot_number": {"type": "code"}})
    assert [value.value for value in find(plain, "Lot number: 4711")] == ["4711"]


def test_a_label_may_have_a_number_before_it(find):
    form = Schema(
        name="slip",
        fields={
            "name": {"type": "name", "anchors": ["name of applicant"]},
            "age": {"type": "integer", "anchors": ["age"], "look": ["below"]},
        },
    )
    found = find(form, "2. Name of applicant    3. Age", "Ann Lee                 41")
    assert found[0].value == "Ann Lee"


def test_a_label_that_goes_on_is_no_value(find, schema):
    wanted = schema(type="name", anchors=["name"], look=["right", "below"])
    (found,) = find(wanted, "Name of the person", "Ann Lee")
    assert found.value == "Ann Lee"


def test_a_name_ends_before_a_mail_address(find, schema):
    wanted = schema(type="name", anchors=["from"], look=["right"])
    (found,) = find(wanted, "From: Ann Lee <ann@lee.example>")
    assert found.value == "Ann Lee"


def test_a_label_of_another_field_stops_the_search_for_a_value(find):
    two = Schema(
        name="slip",
        fields={
            "net": {"type": "money", "anchors": ["net"], "look": ["right"]},
            "tax": {"type": "money", "anchors": ["tax"], "look": ["right"]},
        },
    )
    found = {value.field: value.value for value in find(two, "Net    Tax    1.90")}
    assert found == {"tax": Decimal("1.90")}


def test_the_fingerprint_follows_the_schemas(schema):
    assert (
        Fields(SCHEMAS, model="").fingerprint
        != Fields((schema(anchors=["a"]),), model="").fingerprint
    )
    assert Fields(SCHEMAS, model="").fingerprint == Fields(SCHEMAS, model="").fingerprint


def test_the_address_under_the_senders_small_line_is_the_recipients(best):
    lines = [
        "Alpha GmbH",
        *[""] * 6,
        "Alpha GmbH · Ring 5 · 10115 Berlin",
        "Beta & Söhne KG",
        "Ulmenweg 7",
        "20095 Hamburg",
        "",
        "Rechnungsnummer: 17",
    ]
    assert best("invoice", "buyer_name", *lines).value == "Beta & Söhne KG"
    assert best("invoice", "buyer_address", *lines).value == "Ulmenweg 7, 20095 Hamburg"
    assert best("invoice", "seller_address", *lines).value == "Ring 5, 10115 Berlin"


@pytest.mark.parametrize(
    "line",
    [
        "Alpha GmbH, Ring 5, 10115 Berlin",
        "Alpha GmbH - Ring 5 - 10115 Berlin",
        "Alpha GmbH * Ring 5 * D-10115 Berlin",
        "Alpha GmbH | Ring 5 | 10115 Berlin",
    ],
)
def test_a_senders_small_line_is_known_by_any_sign(best, line):
    lines = ["ALPHA", *[""] * 6, line, "Beta & Söhne KG", "Ulmenweg 7", "20095 Hamburg"]
    assert best("invoice", "seller_name", *lines).value == "Alpha GmbH"
    assert best("invoice", "seller_address", *lines).value.startswith("Ring 5, ")
    assert best("invoice", "buyer_name", *lines).value == "Beta & Söhne KG"


def test_an_address_in_a_line_is_no_senders_line(best):
    lines = ["Shop", "Lot 5, Jalan Bunga 3, 81100 Johor", "", "Total    12.50"]
    assert best("receipt", "merchant_name", *lines).value == "Shop"


def test_who_writes_can_be_reached_where_two_parties_begin_level(best):
    lines = [
        "Cold Wharf Cafe          Tarn Paper Ltd",
        "Unit 6, Cold Wharf       14 Mill Row",
        "Saltmere SM2 9TD         Harrow HD4 7QX",
        "                         Phone 01234 5678",
    ]
    assert best("invoice", "seller_name", *lines).value == "Tarn Paper Ltd"
    assert best("invoice", "seller_address", *lines).value == "14 Mill Row, Harrow HD4 7QX"


def test_blocks_side_by_side_are_told_by_their_labels(best):
    lines = [
        "BILLED TO                FROM",
        "Alpha Tools plc          Beta Studio Ltd",
        "Unit 6, Cold Wharf       14 Maker Row",
        "Saltmere SM2 9TD         Harrow HD4 7QX",
        "VAT No. GB441092674      VAT No. GB723510861",
    ]
    assert best("invoice", "buyer_name", *lines).value == "Alpha Tools plc"
    assert best("invoice", "buyer_address", *lines).value == "Unit 6, Cold Wharf, Saltmere SM2 9TD"
    assert best("invoice", "seller_name", *lines).value == "Beta Studio Ltd"
    assert best("invoice", "buyer_vat_id", *lines).value == "GB441092674"


def test_where_the_goods_or_the_money_go_is_not_the_buyer(best):
    lines = [
        "SHIP TO                  BILL TO                 REMIT TO",
        "Gamma Depot Ltd          Alpha Tools plc         Beta Studio Ltd",
        "2 Dock Road              Unit 6, Cold Wharf      14 Maker Row",
        "Saltmere SM2 1AA         Saltmere SM2 9TD        Harrow HD4 7QX",
    ]
    assert best("invoice", "buyer_name", *lines).value == "Alpha Tools plc"
    assert best("invoice", "buyer_address", *lines).value == "Unit 6, Cold Wharf, Saltmere SM2 9TD"


def test_the_goods_address_is_no_recipient_though_no_label_names_one(best):
    lines = [
        "Beta Studio Ltd",
        *[""] * 5,
        "Alpha Tools plc          Delivery address",
        "Unit 6, Cold Wharf       Gamma Depot Ltd",
        "Saltmere SM2 9TD         2 Dock Road",
        "                         Saltmere SM2 1AA",
    ]
    assert best("invoice", "buyer_name", *lines).value == "Alpha Tools plc"


def test_an_address_ends_at_its_town(best):
    lines = ["BILL TO", "Alpha Works LLC", "87 Loop", "Ansel, KS 66999", "Cost center: 12"]
    assert best("invoice", "buyer_address", *lines).value == "87 Loop, Ansel, KS 66999"
    lines = ["Vendor", "Alpha Works LLC", "87 Loop", "Ansel, KS 66999", "", "Hours  Measure"]
    assert best("invoice", "seller_address", *lines).value == "87 Loop, Ansel, KS 66999"


def test_an_address_begins_behind_the_name_and_not_with_a_date(best):
    lines = [
        "Liquidation RG1386 vom 24.12.2022",
        "Peukert Group GmbH",
        "Eichenweg 78",
        "07026 Soest",
    ]
    assert best("invoice", "seller_address", *lines).value == "Eichenweg 78, 07026 Soest"


@pytest.mark.parametrize(
    "lines",
    [
        ["Bank: Valley Bank", "IBAN: DE89 3704 0044 0532", "0130 00", "BIC: COBADEFF"],
        ["IBAN DE89 3704 0044 0532 01", "30 00", "BIC COBADEFF"],
    ],
)
def test_an_account_number_may_go_on_in_the_next_line(best, lines):
    found = best("invoice", "seller_iban", *lines)
    assert found.value == "DE89370400440532013000"
    assert len(found.spans) == 2


def test_what_stands_under_a_whole_account_number_is_none_of_it(best):
    found = best("invoice", "seller_iban", "IBAN DE89 3704 0044 0532 0130 00", "4711")
    assert (found.value, len(found.spans)) == ("DE89370400440532013000", 1)


def test_a_department_over_a_name_is_not_the_name(best):
    lines = ["BILL TO", "Accounts Payable", "Alpha Works LLC", "87 Loop", "Ansel, KS 66999"]
    assert best("invoice", "buyer_name", *lines).value == "Alpha Works LLC"


def test_a_block_ends_where_its_lines_stand_further_apart(doc):
    lines = ["Ann Lee", "Ring 5", "10115 Berlin", "", "Beta AG", "Ulmenweg 7", "20095 Hamburg"]
    given = doc(*lines, "", "Dear Sir,").add(kind=Kind("letter", 1.0))
    (made,) = Fields(SCHEMAS, model="")([given])
    names = [value.value for value in made.candidates if value.field == "recipient_name"]
    assert names == ["Beta AG"]


def test_a_text_goes_on_in_the_lines_that_hang_under_it(find, schema):
    wanted = schema(anchors=["title"], look=["right"])
    lines = [
        "Title:  A planter with        Class",
        "        a reservoir           A01G",
        "Filed:  2024",
    ]
    assert find(wanted, *lines)[0].value == "A planter with a reservoir"


def test_a_pattern_does_not_reach_into_the_next_column(find, schema):
    wanted = schema(patterns=[r"\(54\) (?P<value>[^\n]+)"])
    assert find(wanted, "(54) A planter     Class A01G")[0].value == "A planter"


def test_a_section_keeps_to_its_column(find, schema):
    wanted = schema(anchors=["abstract"], look=["section"])
    lines = [
        "Inventors:          ABSTRACT",
        "Ann Lee             A planter has",
        "Ulm (DE)            a pot.",
    ]
    assert find(wanted, *lines)[0].value == "A planter has a pot."


def test_a_list_of_names_leaves_out_where_they_live(find, schema):
    wanted = schema(type="name", many=True, anchors=["inventors"], look=["right"])
    lines = [
        "Inventors:    Ann Lee,",
        "              Ulm (DE)",
        "              Bo Kim,",
        "              Bonn (DE)",
    ]
    assert [value.value for value in find(wanted, *lines)] == ["Ann Lee", "Bo Kim"]


def test_a_title_is_in_the_largest_letters():
    wanted = Schema(name="slip", fields={"title": {"place": "title"}})
    heights = {"Shop": 10, "Blue chair": 20, "Price: 7.00": 30, "nice": 10, "and cheap": 10}
    words, top = [], 50
    for text, height in heights.items():
        at = 50
        line = []
        for token in text.split():
            line.append(Word(token, Box(at, top, at + 6 * len(token), top + height)))
            at += 6 * len(token) + 6
        words.append(tuple(line))
        top += height + 10
    given = Document("a.pdf", pages=(Page(1, 595, 842, tuple(words)),), kind=Kind("slip", 1.0))
    (made,) = Fields((wanted,), model="")([given])
    assert [value.value for value in made.candidates] == ["Blue chair"]


def test_a_contract_is_in_force_from_another_day_than_it_ends(best):
    text = "It takes effect on April 1, 2026 (the Effective Date) and expires on March 31, 2036."
    assert best("contract", "effective_date", text).value == date(2026, 4, 1)


def test_numbers_may_stand_between_a_party_and_its_name(best):
    lines = ["Käufer:", "", "Nummer : 549910", "Muster AG", "Ring 5", "10115 Berlin"]
    assert best("invoice", "buyer_name", *lines).value == "Muster AG"
    assert best("invoice", "buyer_address", *lines).value == "Ring 5, 10115 Berlin"
