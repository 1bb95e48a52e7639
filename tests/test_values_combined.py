"""Styles of print in all combinations: a value is read as itself, as none, or as ambiguous."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from docextract.values import typed
from docextract.values.dates import parsing as dates
from docextract.values.locale import infer_convention
from docextract.values.numbers import units
from docextract.values.numbers.amounts import parse_percentage, parse_quantity
from tests.test_values_styles import DAYS, IN_WORDS, MARKS, OPEN, numbers, on_paper, written

#: Where the sign stands -> whether it makes the amount negative.
SIGNS = {
    "{}": False,
    "+{}": False,
    "-{}": True,
    "- {}": True,
    "\u2212{}": True,
    "\u2013{}": True,
    "{}-": True,
    "{} -": True,
    "({})": True,
    "{} CR": True,
    "{} Cr.": True,
    "CR {}": True,
    "{} DR": False,
    "{} dr": False,
}
SIDES = [
    *(
        "{}",
        "€ {}",
        "{} €",
        "{}€",
        "EUR {}",
        "{} EUR",
        "{} Euro",
        "$ {}",
        "${}",
        "US$ {}",
        "USD {}",
    ),
    *("£{}", "{} GBP", "CHF {}", "{} CHF", "Fr. {}", "{} Fr.", "₹{}", "Rs. {}", "{} INR", "RM {}"),
    *("¥{}", "{} kr", "kr {}", "{} zł", "R$ {}", "A$ {}"),
]


@given(
    numbers(0, 2),
    st.sampled_from(MARKS),
    st.sampled_from(sorted(SIGNS)),
    st.sampled_from(SIDES),
    st.booleans(),
    st.booleans(),
)
def test_a_sign_and_a_currency_in_any_order_never_make_another_amount(
    value, marks, sign, side, told, outside
):
    inner, outer = (side, sign) if outside else (sign, side)
    text = outer.format(inner.format(written(value, marks)))
    wanted = -value if SIGNS[sign] else value
    found = typed.possible_values("money", text, decimal=marks.decimal if told else None)
    assert not found or wanted in found[: 1 if told else 2], (text, found)
    assert told or len(found) > 1 or found in ((), (wanted,))


@given(
    numbers(0, 1, 2, 3),
    st.sampled_from([".", ","]),
    st.sampled_from(["{}%", "{} %", "{} percent", "{} Prozent", "{} v. H.", "({} %)", "-{} %"]),
)
def test_a_percentage_is_read_in_either_notation(value, mark, style):
    text = style.format(str(value).replace(".", mark))
    assert parse_percentage(text) == (-value if style.startswith("-") else value)


@given(numbers(0, 1, 2), st.sampled_from([".", ","]), st.sampled_from(sorted(units.NAMES)))
def test_a_quantity_keeps_its_number_and_its_unit(value, mark, unit):
    text = f"{str(value).replace('.', mark)} {unit}"
    assert parse_quantity(text) in (None, (value, units.NAMES[unit]))
    assert parse_quantity(text) is not None or not unit.isascii() or not unit.isalpha()


@given(DAYS, st.sampled_from(sorted(IN_WORDS)), st.data())
def test_a_date_in_running_text_is_the_one_that_is_printed(day, language, data):
    printed = on_paper(day, data.draw(st.sampled_from(IN_WORDS[language])), language)
    assume("the" not in printed.split()[0].lower())
    text = f"Ref A-77, {printed}; page 2 of 9, 12.50 EUR"
    found = [one.date(day_first=None) for one in dates.find_dates(text)]
    assert found == [day], (text, found)


@given(st.lists(DAYS, min_size=1, max_size=8), st.booleans(), st.data())
def test_the_order_of_a_documents_days_is_never_taken_for_the_other_one(days, day_first, data):
    style = data.draw(st.sampled_from([s for s in OPEN[day_first] if "{yy}" not in s]))
    printed = [on_paper(day, style) for day in days]
    told = infer_convention(["\n".join(printed)]).day_first
    assert told in (None, day_first), printed
    if any(day.day > 12 for day in days):
        assert told is day_first, printed
    for day, text in zip(days, printed, strict=True):
        found = typed.possible_values("date", text, day_first=told)
        assert found[0] == day or (len(found) > 1 and day in found)


@given(
    st.lists(numbers(2), min_size=1, max_size=8),
    st.sampled_from([marks for marks in MARKS if marks.group != " "]),
)
def test_the_decimal_mark_of_a_documents_amounts_is_told_by_their_decimals(values, marks):
    printed = [written(value, marks) for value in values]
    told = infer_convention(["\n".join(f"Item  {text}" for text in printed)]).decimal
    assert told in (None, marks.decimal), printed
    for value, text in zip(values, printed, strict=True):
        assert typed.parse_value("money", text, decimal=told) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("zweiundzwanzigster Juni zweitausendfünfundzwanzig", date(2025, 6, 22)),
        ("le vingt-deux juin deux mille vingt-cinq", date(2025, 6, 22)),
        ("veintidós de junio de dos mil veinticinco", date(2025, 6, 22)),
        ("the twenty-second of June, two thousand twenty-five", date(2025, 6, 22)),
        ("June twenty-second, twenty twenty-five", date(2025, 6, 22)),
        ("3 March nineteen eighty four", date(1984, 3, 3)),
        ("March third, twenty ten", date(2010, 3, 3)),
        ("March third, twenty", None),
    ],
)
def test_a_date_all_in_words_is_read_in_each_language(text, day):
    assert dates.parse_date(text) == day


@given(
    st.text(max_size=120), st.sampled_from([".", ",", None]), st.sampled_from([True, False, None])
)
def test_any_text_has_a_quantity_a_percentage_and_dates_or_none(text, decimal, day_first):
    found = parse_quantity(text, decimal=decimal)
    assert found is None or isinstance(found[0], Decimal)
    assert (
        parse_percentage(text, decimal=decimal) is None
        or parse_percentage(text, decimal=decimal).is_finite()
    )
    assert all(one.date(day_first=day_first) != "" for one in dates.find_dates(text))
