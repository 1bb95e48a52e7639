"""Pieces of addresses and names are evidence for the whole."""

import pytest

from docextract.document import Step
from docextract.extraction.completion.partial_values import with_wholes
from docextract.schema import Schema
from tests.made_values import make_value

MODEL, RULE = "model:m@1 0.9", "rule:label below, short"
WHOLE = "14 Mill Row, Harrow, HD4 7QX"
BILL = Schema(
    name="bill",
    fields={
        "address": {"type": "address"},
        "seller": {"type": "name", "place": "heading"},
        "buyer": {"type": "name"},
    },
)


def value(text, spans, *, field="address", origin=MODEL, confidence=0.6):
    return make_value(field, text, text, confidence, spans, origin)


def said(*values):
    return [one.value for one in with_wholes(BILL, values)]


@pytest.mark.parametrize(
    ("text", "span"), [("Harrow, HD4 7QX", (12, 28)), ("14 Mill Row", (0, 11))]
)
def test_a_piece_of_an_address_speaks_for_all_of_it(text, span):
    piece, whole = value(text, (span,)), value(WHOLE, ((0, 28),), origin=RULE)
    made = with_wholes(BILL, [piece, whole])
    assert [one.value for one in made] == [WHOLE, WHOLE]
    assert (made[0].first, made[0].confidence, made[0].spans) == (piece.first, 0.6, whole.spans)
    assert (made[0].chain[-1].step, str(made[0].origin)) == (Step.COMPLETED, "rule:whole value")


def test_the_shortest_whole_is_meant():
    piece, whole = value("14 Mill Row", ((0, 11),)), value(WHOLE, ((0, 28),))
    longer = value(f"{WHOLE}, Order 7", ((0, 40),))
    assert said(longer, piece, whole) == [longer.value, WHOLE, WHOLE]


def test_a_piece_elsewhere_on_the_page_is_none():
    elsewhere = value("Harrow, HD4 7QX", ((80, 96),))
    assert said(elsewhere, value(WHOLE, ((0, 28),))) == ["Harrow, HD4 7QX", WHOLE]


def test_an_unsure_whole_is_no_reason_to_change_a_value():
    piece, whole = value("14 Mill Row", ((0, 11),)), value(WHOLE, ((0, 28),), confidence=0.2)
    assert said(piece, whole) == ["14 Mill Row", WHOLE]


def test_an_address_with_street_postcode_and_town_is_no_piece():
    longer = value(f"Unit 2, {WHOLE}", ((0, 36),))
    assert said(value(WHOLE, ((8, 36),)), longer) == [WHOLE, longer.value]


def test_a_logo_speaks_for_the_name_with_its_legal_form():
    logo = value("TARN", ((0, 4),), field="seller")
    name = value("Tarn Paper Ltd", ((50, 64),), field="seller")
    assert said(logo, name) == ["Tarn Paper Ltd", "Tarn Paper Ltd"]


@pytest.mark.parametrize(
    ("piece", "whole", "field"),
    [
        ("TARN", "Tarnow Paper Ltd", "seller"),  # another word
        ("Tarn", "Tarn Paper", "seller"),  # no legal form
        ("Tarn Paper", "Tarn Paper Ltd", "seller"),  # more than a logo
        ("Tarn", "Tarn Paper Ltd", "buyer"),  # who is written to has no logo
        ("Tarn Inc", "Tarn Inc Ltd", "seller"),  # a legal form already
    ],
)
def test_another_name_stays(piece, whole, field):
    values = value(piece, ((0, 4),), field=field), value(whole, ((50, 64),), field=field)
    assert said(*values) == [piece, whole]
