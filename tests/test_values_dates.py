from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.values.dates.parsing import find_dates, parse_date, parse_date_range
from docextract.values.dates.times import parse_duration, parse_time

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
}
#: {d} day, {m} month, {y} year, {yy} its last two digits, {B} the month's name, {b} it short.
ONE_ORDER = [
    "{y}-{m:02}-{d:02}", "{y}{m:02}{d:02}", "{y}/{m}/{d}", "{d} {B} {y}", "{d}. {B} {y}",
    "{d} de {B} de {y}", "le {d} {B} {y}", "{B} {d}, {y}", "{b} {d}, {y}", "{d:02}-{b}-{y}",
    "{d}{b}{yy:02}", "{d:02}-{b}-{yy:02}", "{d} {b} '{yy:02}", "{B} {d},{y}",
    "{d}th day of {B}, {y}",
    "{y} {B} {d}", "{b} {d} {y}", "{d}/{b}/{y}", "{d} {B}, {y}",
]  # fmt: skip
DAY_FIRST = ["{d}.{m}.{y}", "{d:02}.{m:02}.{yy:02}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}",
             "{d:02} {m:02} {y}", "{d:02} . {m:02} . {y}", "{d}/{m}/{yy:02}"]  # fmt: skip
MONTH_FIRST = ["{m:02}/{d:02}/{y}", "{m}-{d}-{y}", "{m}/{d}/{yy:02}"]
AROUND = ["{}", "Wed, {}", "{} 5:30 pm", "{} 17:30:05", "Datum: {}", "({})", "{} Uhr 17:30"]
DAYS = st.dates(date(1969, 1, 1), date(2068, 12, 31))


def printed(day: date, style: str, language: str) -> str:
    return style.format(
        d=day.day,
        m=day.month,
        y=day.year,
        yy=day.year % 100,
        B=MONTHS[language].split()[day.month - 1],
        b=SHORT[language].split()[day.month - 1],
    )


@given(
    DAYS,
    st.sampled_from(ONE_ORDER),
    st.sampled_from(sorted(MONTHS)),
    st.sampled_from(AROUND),
    st.sampled_from([str, str.upper, str.lower]),
    st.sampled_from([True, False, None]),
)
def test_a_date_with_one_meaning_is_read_back_whatever_the_order(
    day, style, language, around, case, day_first
):
    text = around.format(case(printed(day, style, language)))
    assert parse_date(text, day_first=day_first) == day


@given(DAYS, st.sampled_from(DAY_FIRST), st.sampled_from([True, None]))
def test_a_date_that_begins_with_the_day_is_read_back(day, style, day_first):
    assert parse_date(printed(day, style, "en"), day_first=day_first) == day


@given(DAYS, st.sampled_from(MONTH_FIRST))
def test_a_date_that_begins_with_the_month_is_read_back(day, style):
    text = printed(day, style, "en")
    assert parse_date(text, day_first=False) == day
    assert day.day <= 12 or parse_date(text, day_first=True) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Jan. 31st, 2024", date(2024, 1, 31)),
        ("1er janvier 2020", date(2020, 1, 1)),
        ("5MAR18", date(2018, 3, 5)),
        ("2024-01-31T12:00:00Z", date(2024, 1, 31)),
        ("15/01/2018 10:34:12 AM", date(2018, 1, 15)),
        ("05/03/2018 10:34 AM", date(2018, 3, 5)),
        ("05/03/2018 10:34 AM EST", date(2018, 5, 3)),
        ("12-05-18(Sat)", date(2018, 5, 12)),
        ("31/12/68", date(2068, 12, 31)),
        ("31/12/69", date(1969, 12, 31)),
        ("02.10.22-23:15", date(2022, 10, 2)),
        ("31st day of May , 2005", date(2005, 5, 31)),
        ("MAY 5,2018", date(2018, 5, 5)),
        ("29 FEVRIER 2024", date(2024, 2, 29)),
    ],
)
def test_a_date(text, value):
    assert parse_date(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", "31/02/2024", "29-Feb-2023", "2024-13-01", "20181301", "1.2.2024.5", "192.168.1.1",
        "Nov 2018", "maybe 5, 2018", "May we pay 5", "2018/12", "12.50", "1/1/1", "0/0/2000",
        "01/02/2024 and 03/02/2024", "22 Nov 2017 table 5", "Jan 31, 10:30", "123/01/2018",
        "3 dec. 5%", "99-99-99", "01-02/2024", "1-2-2018-5", "4711-02/03/2018",
    ],
)  # fmt: skip
def test_what_is_no_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "day_first", "value"),
    [
        ("01/29/20-02/04/20", None, (date(2020, 1, 29), date(2020, 2, 4))),
        ("01/29/20-02/04/20", True, (date(2020, 1, 29), date(2020, 2, 4))),
        ("02/04/20 - 03/04/20", False, (date(2020, 2, 4), date(2020, 3, 4))),
        ("01.02.2024 bis 31.03.2024", None, (date(2024, 2, 1), date(2024, 3, 31))),
        ("Jan 29, 2020 to Feb 4, 2020", None, (date(2020, 1, 29), date(2020, 2, 4))),
        ("02/04/20-01/29/20", False, None),
        ("01/29/20", None, None),
    ],
)
def test_a_period_takes_one_order_from_both_its_dates(text, day_first, value):
    assert parse_date_range(text, day_first=day_first) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10:34", time(10, 34)), ("10:34:22 PM", time(22, 34, 22)), ("12:05 am", time(0, 5)),
        ("12:05 p.m.", time(12, 5)), ("10.34 Uhr", time(10, 34)), ("10h34", time(10, 34)),
        ("5 pm", time(17)), ("13:05 PM", time(13, 5)), ("01/02/2018 22:15", time(22, 15)),
        ("10.34", time(10, 34)), ("25:00", None), ("10:34 11:35", None), ("", None), ("1:2", None),
        ("00:10 AM", None), ("costs 10.34", None), ("2018-01-31T12:00:00+01:00", time(12)),
    ],
)  # fmt: skip
def test_a_time_of_day(text, value):
    assert parse_time(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two (2) years", "2 years"), ("2 (two) years", "2 years"), ("24 months", "24 months"),
        ("a period of one year from", "1 year"), ("thirty (30) days", "30 days"),
        ("five-year", "5 years"), ("18-month", "18 months"), ("55.5 months", "55.5 months"),
        ("zwei Jahre", "2 years"), ("deux ans", "2 years"), ("dos años", "2 years"),
        ("two (3) years", None), ("1 year and 6 months", None), ("years", None), ("", None),
    ],
)  # fmt: skip
def test_a_length_of_time(text, value):
    assert parse_duration(text) == value


@given(st.text(max_size=250) | st.text("0123456789./-: JanMärzfeb,'th\n\f", max_size=250))
def test_any_text_is_a_value_or_none(text):
    assert parse_date(text) is None or isinstance(parse_date(text), date)
    assert parse_time(text) is None or isinstance(parse_time(text), time)
    assert parse_duration(text) is None or isinstance(parse_duration(text), str)
    assert parse_date_range(text) is None or len(parse_date_range(text)) == 2
    assert all(0 <= one.start < one.end <= len(text) for one in find_dates(text))
