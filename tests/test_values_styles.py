"""Whatever style a value is printed in, it is read as that value, as none, or as ambiguous."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.schema import FieldType
from docextract.values import typed
from docextract.values.dates import parsing as dates
from docextract.values.dates.times import parse_time
from docextract.values.numbers.amounts import parse_amount


class Marks(NamedTuple):
    """How a country groups and parts a number: the last group's size and the other groups'."""

    group: str
    decimal: str
    last: int = 3
    others: int = 3


MARKS = [
    Marks(".", ","),
    Marks(",", "."),
    Marks(" ", ","),
    Marks("\u00a0", ","),
    Marks("\u202f", ","),
    Marks("'", "."),
    Marks("\u2019", "."),
    Marks(",", ".", 3, 2),
    Marks("", "."),
    Marks("", ","),
]
BARE = [
    "{}",
    "({})",
    "-{}",
    "\u2212{}",
    "{}-",
    "{} -",
    "{} CR",
    "CR {}",
    "{} DR",
    "\u200f{}",
    "Fr. {}",
]
NEGATIVE = ["({})", "-{}", "\u2212{}", "{}-", "{} -", "{} CR", "CR {}"]
SIDES = ["{} €", "€{}", "EUR {}", "{} EUR", "USD {}", "US$ {}", "£{}", "₹ {}", "CHF {}"]


def grouped(digits: str, marks: Marks) -> str:
    head, tail = digits[: -marks.last], digits[-marks.last :]
    while head:
        head, tail = head[: -marks.others], f"{head[-marks.others :]}{marks.group}{tail}"
    return tail


def written(value: Decimal, marks: Marks) -> str:
    whole, _, part = f"{abs(value)}".partition(".")
    return grouped(whole, marks) + (marks.decimal + part if part else "")


def numbers(*places: int) -> st.SearchStrategy[Decimal]:
    """Numbers that are not negative, with one of these counts of decimals."""
    return st.builds(
        lambda digits, count: Decimal(digits).scaleb(-count),
        st.integers(0, 10**12),
        st.sampled_from(places),
    )


@given(numbers(0, 1, 2), st.sampled_from(MARKS), st.sampled_from(BARE), st.booleans())
def test_an_amount_is_never_read_as_another_one(value, marks, sign, told):
    text = sign.format(written(value, marks))
    wanted = -value if sign in NEGATIVE else value
    decimal = marks.decimal if told else None
    found = typed.possible_values("money", text, decimal=decimal)
    assert found, text
    assert found[0] == wanted or (len(found) > 1 and wanted in found), text


@given(numbers(0, 2), st.sampled_from(MARKS), st.sampled_from(SIDES), st.booleans())
def test_an_amount_in_a_currency_has_one_reading(value, marks, side, told):
    text = side.format(written(value, marks))
    decimal = marks.decimal if told else None
    assert typed.possible_values("money", text, decimal=decimal) == (value,), text


@given(numbers(3, 4, 5), st.sampled_from(MARKS))
def test_more_decimals_are_read_with_their_mark_and_else_doubted(value, marks):
    text = written(value, marks)
    assert typed.parse_value("number", text, decimal=marks.decimal) == value
    found = typed.possible_values("number", text)
    assert found[0] == value or (len(found) > 1 and value in found), text


@given(
    st.integers(0, 10**9),
    st.sampled_from([marks for marks in MARKS if marks.others == 3]),
    st.sampled_from(["-", "--", "\u2013", "\u2014"]),
    st.sampled_from(["{}", "{} €", "CHF {}", "EUR {}"]),
    st.sampled_from([None, ".", ","]),
)
def test_a_dash_for_the_decimals_makes_a_round_sum(value, marks, dash, side, decimal):
    text = side.format(f"{grouped(str(value), marks)}{marks.decimal}{dash}")
    assert parse_amount(text, decimal=decimal) == value


@pytest.mark.parametrize("text", ["12\u2083", "12\u2460", "5\u00bd", "\u202e12.50", "12\u2488"])
def test_a_raised_circled_or_turned_digit_is_none_of_the_number(text):
    assert parse_amount(text) is None


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
NAMES = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first "
    "twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first"
)
#: {d} and {dd} day, {m} and {mm} month, {y} year, {B} the month's name, {w} the day in English.
IN_WORDS = {
    "en": [
        "{d} {B} {y}",
        "{B} {d}, {y}",
        "the {w} day of {B}, {y}",
        "{B} {w}, {y}",
        "{w} of {B} {y}",
    ],
    "de": ["{d}. {B} {y}", "{B} {d}, {y}", "den {dd}. {B} {y}", "{d}.{B}.{y}"],
    "fr": ["le {d} {B} {y}", "{d} {B} {y}", "{dd}-{B}-{y}"],
    "es": ["{d} de {B} de {y}", "el {d} de {B} del {y}", "{d}º de {B} de {y}", "{d} {B} {y}"],
}
IN_FIGURES = ["{y}-{mm}-{dd}", "{y}{mm}{dd}", "{y}/{m}/{d}", "{y}.{mm}.{dd}"]
OPEN = {
    True: ["{dd}/{mm}/{y}", "{d}.{m}.{y}", "{d}-{m}-{y}", "{dd} . {mm} . {y}", "{d}/{m}/{yy}"],
    False: ["{mm}/{dd}/{y}", "{m}/{d}/{y}", "{mm}-{dd}-{y}", "{m}/{d}/{yy}"],
}


def on_paper(day: date, style: str, language: str = "en") -> str:
    return style.format(
        d=day.day,
        dd=f"{day.day:02}",
        m=day.month,
        mm=f"{day.month:02}",
        y=day.year,
        yy=f"{day.year % 100:02}",
        B=NAMES[language].split()[day.month - 1],
        w=ORDINALS.split()[day.day - 1],
    )


@given(DAYS, st.sampled_from(sorted(NAMES)), st.data(), st.sampled_from([True, False, None]))
def test_a_date_in_words_has_one_reading_whatever_the_document_says(day, language, data, order):
    style = data.draw(st.sampled_from(IN_WORDS[language] + IN_FIGURES))
    text = on_paper(day, style, language)
    assert typed.possible_values("date", text, day_first=order) == (day,), text


@given(DAYS, st.booleans(), st.data(), st.booleans())
def test_a_date_in_figures_is_never_read_as_another_one(day, day_first, data, told):
    text = on_paper(day, data.draw(st.sampled_from(OPEN[day_first])))
    latest = day + timedelta(days=data.draw(st.integers(0, 36000)))
    short = day.year < 1969 or day.year > 2068
    if short and not text.endswith(str(day.year)):
        return  # the century of two digits is another test's
    found = typed.possible_values("date", text, day_first=day_first if told else None)
    assert found[0] == day or (len(found) > 1 and day in found), text
    assert not told or found == (day,)
    assert typed.parse_value("date", text, day_first=day_first, latest=latest) == day


@given(
    DAYS,
    st.dates(date(1999, 1, 1), date(2060, 12, 31)),
    st.sampled_from(["{d}.{m}.{yy}", "{dd}/{mm}/{yy}"]),
)
def test_a_short_year_is_no_later_than_the_caller_says(day, latest, style):
    found = dates.parse_date(on_paper(day, style), day_first=True, latest=latest)
    if found is None:  # 29 February is not in every century
        assert (day.month, day.day) == (2, 29)
    else:
        assert found <= latest
        assert (found.day, found.month, found.year % 100) == (day.day, day.month, day.year % 100)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the third day of March, 2024", date(2024, 3, 3)),
        ("this 3rd day of March, two thousand and twenty-four", date(2024, 3, 3)),
        ("March third, nineteen hundred and ninety-nine", date(1999, 3, 3)),
        ("le premier avril deux mille vingt-quatre", date(2024, 4, 1)),
        ("vingt et un mars 2024", date(2024, 3, 21)),
        ("1er avril 2024", date(2024, 4, 1)),
        ("treinta y uno de diciembre de dos mil veinticuatro", date(2024, 12, 31)),
        ("1º de mayo de 2024", date(2024, 5, 1)),
        ("am dritten März 2024", date(2024, 3, 3)),
        ("am Einunddreißigsten Januar zweitausendvierundzwanzig", date(2024, 1, 31)),
        ("3 aprıl 2024", date(2024, 4, 3)),
        ("the second may 24", None),
        ("March third, two thousand dollars", date(2000, 3, 3)),
    ],
)
def test_a_date_whose_day_or_year_is_in_words(text, value):
    assert dates.parse_date(text) == value


@pytest.mark.parametrize(
    ("text", "clock"),
    [("17 h 30", "17:30:00"), ("à 17 heures 30", "17:30:00"), ("17 Uhr 30", "17:30:00")],
)
def test_a_time_with_the_hour_in_words(text, clock):
    assert str(parse_time(text)) == clock


NOISE = st.one_of(
    st.text(max_size=250),
    st.text(
        "0123456789 .,-/'()%:€$CRD\u200f\u202e\u202f\u0663\u0967\uff11\u2083\u00b2ıſK", max_size=80
    ),
    st.text("0123456789", min_size=100, max_size=400),
)
TYPES = [kind.value for kind in FieldType if kind is not FieldType.ROWS]


@pytest.mark.parametrize("field_type", TYPES)
@given(text=NOISE)
def test_noise_has_readings_or_none_but_no_error(field_type, text):
    if field_type != "choice":
        found = typed.possible_values(field_type, text, latest=date(2024, 1, 1))
        assert len(set(found)) == len(found) <= 3


@pytest.mark.parametrize("text", ["9" * 10**5, "1," * 10**5, "twenty-" * 10**4, "1/1/" * 10**4])
def test_what_is_too_long_for_a_value_is_none(text):
    assert parse_amount(text) is None
    assert dates.parse_date(text) is None
    assert not list(dates.find_dates(text))
