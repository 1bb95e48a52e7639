"""The check stage: which candidate wins, what the checks say, and the record's shape."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from docextract.document import Document, Kind
from docextract.resolution.groups import grouped
from docextract.resolution.scoring.scorer import Scorer
from docextract.schema import Schema
from docextract.stages.check import Check
from tests.made_values import make_value, otherwise

pytestmark = pytest.mark.usefixtures("independent_scorer")
BILL = Schema(
    name="bill",
    version="3",
    fields={
        "number": {"type": "code", "required": True, "format": r"\d+"},
        "net": {"type": "money"},
        "tax": {"type": "money"},
        "total": {"type": "money"},
        "issued": {"type": "date"},
        "due": {"type": "date"},
        "people": {"type": "name", "many": True, "required": True},
        "items": {
            "type": "rows",
            "fields": {"count": {"type": "number"}, "price": {"type": "money"}, "sum": {}},
        },
    },
    checks=[
        {"rule": "net + tax == total", "message": "does not add up"},
        {"rule": "due >= issued", "message": "due too early"},
        {"rule": "sum(items.price) == net", "message": "rows do not add up"},
        {"rule": "count * price == 10", "each": "items", "message": "wrong row"},
    ],
)


def value(field, given, confidence=0.5, rule="label right", row=None, start=0):
    typed = Decimal(given) if isinstance(given, int | float) else given
    return make_value(
        field, str(given), typed, confidence, ((start, start + 1),), f"rule:{rule}", row=row
    )


@pytest.fixture
def check():
    """`check(*candidates)`: the document after the stage."""

    def run(*candidates):
        given = Document("a.pdf", kind=Kind("bill", 1.0), candidates=candidates)
        (made,) = Check((BILL,))([given])
        return made

    return run


def test_the_record_has_exactly_the_shape_of_the_schema(check):
    record = check(value("total", 5), value("items.price", 5, row=0)).record
    assert record.schema == "bill"
    assert record.version == "3"
    assert record.data == {
        "number": None,
        "net": None,
        "tax": None,
        "total": Decimal(5),
        "issued": None,
        "due": None,
        "people": [],
        "items": [{"count": None, "price": Decimal(5), "sum": None}],
    }
    assert record.evidence["total"].value == Decimal(5)
    assert record.evidence["items"][0]["count"] is None


def test_an_unknown_kind_has_no_record():
    given = Document("a.pdf", kind=Kind("unknown", 1.0), candidates=(value("total", 5),))
    assert Check((BILL,))([given]) == [given]


def test_rules_that_agree_beat_one_that_is_a_little_better(check):
    made = check(
        value("total", 7, 0.6), value("total", 5, 0.5), value("total", 5, 0.5, "pattern 1")
    )
    assert made.record.data["total"] == 5
    assert made.record.evidence["total"].alternatives[0].value == 7


def test_the_same_rule_twice_proves_no_more_than_once(check):
    made = check(value("total", 5, 0.5), value("total", 5, 0.5))
    assert made.record.evidence["total"].confidence == pytest.approx(0.5)


def test_words_that_differ_only_in_case_and_marks_are_one_value():
    assert len(grouped([value("people", "A. Smith"), value("people", "a smith", rule="x")])) == 1


def test_a_check_that_comes_true_chooses_among_candidates(check):
    made = check(
        value("net", 100, 0.6),
        value("tax", 19, 0.6),
        value("total", 100, 0.6),
        value("total", 119, 0.5),
    )
    assert made.record.data["total"] == 119
    chosen = made.record.evidence["total"]
    assert chosen.confidence > 0.5
    assert [(one.rule, one.holds) for one in chosen.checks] == [("net + tax == total", True)]
    assert not [issue for issue in made.issues if issue.category == "check"]


def test_a_check_that_fails_is_an_issue_and_lowers_the_confidence(check):
    made = check(value("net", 100, 0.6), value("tax", 19, 0.6), value("total", 120, 0.6))
    (issue,) = [issue for issue in made.issues if issue.category == "check"]
    assert (issue.stage, issue.message) == ("check", "does not add up")
    assert made.record.evidence["net"].confidence < 0.6
    assert made.record.evidence["net"].checks[0].holds is False


def test_a_check_that_cannot_be_told_says_nothing(check):
    made = check(value("net", 100, 0.6), value("total", 120, 0.6))
    assert made.record.evidence["net"].confidence == pytest.approx(0.6)
    assert made.record.evidence["net"].checks[0].holds is None
    assert not [issue for issue in made.issues if issue.category == "check"]


def test_a_required_field_without_a_value_is_an_issue(check):
    missing = {issue.field for issue in check().issues if issue.category == "missing"}
    assert missing == {"number", "people"}


def test_a_value_of_another_form_does_not_count(check):
    made = check(value("number", "A-1", 0.9), value("number", "17", 0.4))
    assert made.record.data["number"] == "17"


def test_a_value_that_is_more_likely_wrong_is_left_out(check):
    made = check(value("total", 5, 0.05))
    assert made.record.data["total"] is None
    assert made.candidates


def test_a_date_of_two_meanings_is_kept_by_its_words_and_less_sure(check):
    read = value("issued", date(2024, 3, 5), 0.5)
    two = replace(read, alternatives=(otherwise(read, date(2024, 5, 3)),))
    found = check(two).record.evidence["issued"]
    assert found.value == date(2024, 3, 5)
    assert round(found.confidence, 3) == 0.275 < Scorer().least.one


def test_a_field_of_many_keeps_all_likely_values_in_reading_order(check):
    made = check(
        value("people", "Zoe", 0.9, start=1),
        value("people", "Adam", 0.95, start=30),
        value("people", "Nobody", 0.05, start=5),
    )
    assert made.record.data["people"] == ["Zoe", "Adam"]


def test_dates_in_the_wrong_order_are_an_issue(check):
    made = check(value("issued", date(2024, 5, 2)), value("due", date(2024, 5, 1)))
    assert "due too early" in {issue.message for issue in made.issues}


def test_rows_are_checked_one_by_one(check):
    made = check(
        value("items.count", 2, row=0),
        value("items.price", 5, row=0),
        value("items.count", 3, row=1),
        value("items.price", 5, row=1),
        value("net", 10),
    )
    messages = [issue.message for issue in made.issues if issue.category == "check"]
    assert messages == ["row 2: wrong row"]
    assert made.record.evidence["items"][0]["count"].checks[0].holds is True
    assert made.record.evidence["net"].checks[1].holds is True


def test_the_fingerprint_follows_the_schemas():
    assert Check((BILL,)).fingerprint != Check().fingerprint


@pytest.mark.parametrize(
    ("number", "holds"), [("GB82WEST12345698765432", True), ("GB82WEST12345698765431", False)]
)
def test_check_digits_speak_for_or_against_a_number_that_stays(number, holds):
    account = Schema(name="bill", fields={"iban": {"type": "iban"}})
    given = Document("a.pdf", kind=Kind("bill", 1.0), candidates=(value("iban", number, 0.6),))
    (made,) = Check((account,))([given])
    found = made.record.evidence["iban"]
    assert found.value == number
    assert [(check.rule, check.holds) for check in found.checks] == [("check digits", holds)]
    assert (found.confidence > 0.6) is holds
    assert bool(made.issues) is not holds


DATED = Schema(
    name="bill",
    fields={
        "day": {"type": "date", "minimum": "1990-01-01", "maximum": "2100-01-01"},
        "rows": {"type": "rows", "fields": {"rate": {"type": "percent", "minimum": 0}}},
    },
)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 1, 1), []),
        (date(1926, 1, 1), ["day 1926-01-01 is less than 1990-01-01"]),
        (date(2226, 1, 1), ["day 2226-01-01 is more than 2100-01-01"]),
    ],
)
def test_a_value_outside_its_plausible_range_stays_doubted(day, told):
    given = Document("a.pdf", kind=Kind("bill", 1.0), candidates=(value("day", day, 0.9),))
    (made,) = Check((DATED,))([given])
    found = made.record.evidence["day"]
    assert found.value == day
    assert [(check.rule, check.holds) for check in found.checks] == [("plausible range", not told)]
    assert (found.confidence == 0.9) is not told
    assert [issue.message for issue in made.issues] == told


def test_a_plausible_value_beats_a_surer_one_that_cannot_be():
    days = value("day", date(1926, 1, 1), 0.7), value("day", date(2026, 1, 1), 0.6, "pattern 1")
    (made,) = Check((DATED,))([Document("a.pdf", kind=Kind("bill", 1.0), candidates=days)])
    assert made.record.data["day"] == date(2026, 1, 1)


def test_a_cell_outside_its_range_is_told_with_its_row():
    cell = value("rows.rate", -3, row=0)
    (made,) = Check((DATED,))([Document("a.pdf", kind=Kind("bill", 1.0), candidates=(cell,))])
    assert [issue.message for issue in made.issues] == ["row 1: rate -3 is less than 0"]
