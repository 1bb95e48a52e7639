"""Values that consist of parts: addresses, names with legal forms, quantities with units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.values import identifiers
from docextract.values.numbers import units
from docextract.values.parties.addresses import Address, format_address, parse_address
from docextract.values.parties.organisations import Organisation, parse_organisation


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Muster GmbH\nHauptstr. 5a\n80333 München\nDeutschland",
            Address("Hauptstr.", "5a", "80333", "München", None, "DE"),
        ),
        (
            "Straße des 17. Juni 135, 10623 Berlin",
            Address("Straße des 17. Juni", "135", "10623", "Berlin"),
        ),
        (
            "Mariahilfer Straße 12/3/4, A-1060 Wien",
            Address("Mariahilfer Straße", "12/3/4", "1060", "Wien", None, "AT"),
        ),
        (
            "Bahnhofstrasse 1, 9000 St. Gallen, Schweiz",
            Address("Bahnhofstrasse", "1", "9000", "St. Gallen", None, "CH"),
        ),
        (
            "12 bis, rue de Rivoli, 75001 Paris CEDEX 08, France",
            Address("rue de Rivoli", "12 bis", "75001", "Paris", None, "FR"),
        ),
        (
            "Calle Mayor, 5, 3º B, 28013 Madrid (Madrid), España",
            Address("Calle Mayor", "5", "28013", "Madrid", "Madrid", "ES"),
        ),
        (
            "10 Downing Street, London SW1A 2AA",
            Address("Downing Street", "10", "SW1A 2AA", "London", None, "GB"),
        ),
        (
            "Unit 5, 10 High St\nOxford\nOX1 4AA\nUK",
            Address("High St", "10", "OX1 4AA", "Oxford", None, "GB"),
        ),
        (
            "350 Fifth Avenue, Suite 3300, New York, NY 10118",
            Address("Fifth Avenue", "350", "10118", "New York", "NY", "US"),
        ),
        (
            "1600 Pennsylvania Ave NW, Washington DC 20500-0001, USA",
            Address("Pennsylvania Ave NW", "1600", "20500-0001", "Washington", "DC", "US"),
        ),
        (
            "350 N Michigan Ave, Chicago, IL 60601",
            Address("N Michigan Ave", "350", "60601", "Chicago", "IL", "US"),
        ),
        (
            "9892 John Inlet\nTroy, NY 12180",
            Address(None, None, "12180", "Troy", "NY", "US"),
        ),
        ("5 Star Hotel, 80333 München", Address(None, None, "80333", "München")),
        ("Acme 2000, 10115 Berlin", Address(None, None, "10115", "Berlin")),
        ("Am Markt 3, 04109 Leipzig", Address("Am Markt", "3", "04109", "Leipzig")),
        ("Postfach 1234, 80333 München", Address(None, None, "80333", "München")),
        ("742 Evergreen Terrace", Address("Evergreen Terrace", "742")),
        ("Ring 5, Allee 6, 10115 Berlin", Address(None, None, "10115", "Berlin")),
        ("Ring 5, 10115 Berlin, 80333 München", Address("Ring", "5")),
        (
            "153 Victoria Street, GB SW1B 3BN London",
            Address("Victoria Street", "153", "SW1B 3BN", "London", None, "GB"),
        ),
        (
            "35 rue d'ici, 75018 PARIS, FR",
            Address("rue d'ici", "35", "75018", "PARIS", None, "FR"),
        ),
        ("Jalan 8, 43000 KAJANG, SELANGOR, DE", Address("Jalan", "8", "43000", "KAJANG")),
        ("Area 51", None),
        ("hello world", None),
        ("12345", None),
        ("", None),
    ],
)
def test_an_address_is_split_into_the_parts_that_are_sure(text, found):
    assert parse_address(text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ecke 12\nDE 12345 Stadthausen", "Ecke 12, 12345 Stadthausen"),
        ("Ecke 12\nD-12345 Stadthausen", "Ecke 12, 12345 Stadthausen"),
        ("35 rue d'ici\n75018 PARIS, FR", "35 rue d'ici, 75018 PARIS"),
        ("35 rue d'ici\nF-75018 PARIS\nFR", "35 rue d'ici, 75018 PARIS"),
        ("153 Victoria Street\nGB SW1B 3BN London", "153 Victoria Street, SW1B 3BN London"),
        ("1 Main St\nLos Angeles, CA 90001", "1 Main St, Los Angeles, CA 90001"),
        ("1 Main St\nBoise, ID", "1 Main St, Boise, ID"),
        ("Weg 1\n12345 Aue, Germany", "Weg 1, 12345 Aue, Germany"),
        ("Block D 1234 Road", "Block D 1234 Road"),
        ("Jalan 8\n43000 KAJANG\nSELANGOR DE", "Jalan 8, 43000 KAJANG, SELANGOR DE"),
        ("Jalan 8\n43000 KAJANG\nSELANGOR\nDE", "Jalan 8, 43000 KAJANG, SELANGOR, DE"),
        ("Weg 1\nDE 12345 Aue, FR", "Weg 1, DE 12345 Aue, FR"),
    ],
)
def test_letters_of_the_country_are_no_part_of_an_addresses_line(text, value):
    assert format_address(text) == value
    assert format_address(value) == value


STREETS = ["Hauptstraße", "Lange Gasse", "Kaiser-Wilhelm-Ring", "Am Stadtpark Weg"]
CITIES = ["Köln", "Bad Homburg", "Frankfurt am Main", "Halle"]


@given(
    st.sampled_from(STREETS),
    st.integers(1, 999),
    st.integers(10000, 99999),
    st.sampled_from(CITIES),
    st.sampled_from(["\n", ", ", ",\n"]),
)
def test_a_german_address_is_read_back(street, number, postcode, city, apart):
    text = apart.join([f"{street} {number}", f"{postcode} {city}"])
    assert parse_address(text) == Address(street, str(number), str(postcode), city)


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("Muster GmbH & Co. KG", "Muster", "GmbH & Co. KG"),
        ("Muster Gmbh", "Muster", "GmbH"),
        ("ACME LTD.", "ACME", "Ltd."),
        ("Foo Co., Ltd.", "Foo", "Co., Ltd."),
        ("Apple Inc.", "Apple", "Inc."),
        ("Tan Sdn. Bhd.", "Tan", "Sdn. Bhd."),
        ("SARL Dupont", "Dupont", "S.A.R.L."),
        ("Dupont S.A.R.L.", "Dupont", "S.A.R.L."),
        ("Talleres Sol, S.L.", "Talleres Sol", "S.L."),
        ("Grupo Norte S.A. de C.V.", "Grupo Norte", "S.A. de C.V."),
        ("Deutsche Bank AG", "Deutsche Bank", "AG"),
        ("Anna se", "Anna se", None),
        ("Smith & Co.", "Smith & Co.", None),
        ("GmbH", "GmbH", None),
        ("John Smith", "John Smith", None),
    ],
)
def test_a_legal_form_is_taken_off_a_name(text, name, form):
    assert parse_organisation(text) == Organisation(name, form)


def test_a_name_needs_a_letter():
    assert parse_organisation("123") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Stk.", "H87"), ("Stück", "H87"), ("pcs", "H87"), ("pièces", "H87"), ("piezas", "H87")),
        *(("units", "C62"), ("Einheiten", "C62"), ("unité", "C62"), ("uds.", "C62")),
        *(("hours", "HUR"), ("Std.", "HUR"), ("heures", "HUR"), ("horas", "HUR"), ("HUR", "HUR")),
        *(("days", "DAY"), ("Tage", "DAY"), ("jours", "DAY"), ("días", "DAY")),
        *(("months", "MON"), ("Monate", "MON"), ("mois", "MON"), ("meses", "MON")),
        *(("kg", "KGM"), ("KGM", "KGM"), ("kilogramos", "KGM"), ("m", "MTR"), ("lfm", "MTR")),
        *(("litres", "LTR"), ("Ltr.", "LTR"), ("litros", "LTR"), ("m²", "MTK"), ("qm", "MTK")),
        *(("Rolle", "XRO"), ("Palette", "XPX"), ("psch.", "LS"), ("Dutzend", "DZN")),
        *(("gallon", None), ("bananas", None), ("", None), ("4", None)),
    ],
)
def test_a_unit_has_its_code_in_each_language(text, code):
    assert units.CODES.get(units.parse_unit(text) or "") == code


@given(st.text(max_size=300))
def test_any_text_is_a_unit_or_none(text):
    assert units.parse_unit(text) is None or units.parse_unit(text) in units.NAMES.values()


def test_every_unit_with_a_code_is_one_that_is_printed():
    assert set(units.CODES) <= set(units.NAMES.values())
    assert len(set(units.CODES.values())) == len(units.CODES)
    assert units.CODES[units.UNITS["stk"]] == "H87"
    assert "ton" not in units.CODES


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7LTWFZYICNSX8D621K86", "7LTWFZYICNSX8D621K86"),
        ("7LTWFZYICNSX8D621K87", None),
        ("7LTWFZYICNSX8D621", None),
    ],
)
def test_a_legal_entity_identifier_has_check_digits(text, number):
    assert identifiers.parse_lei(text) == number


@given(st.text(max_size=450) | st.text("0123456789 ,\nAaßéStr.-/GB()", max_size=450))
def test_any_text_has_parts_or_none(text):
    assert parse_address(text) is None or isinstance(parse_address(text), Address)
    assert parse_organisation(text) is None or parse_organisation(text).name
