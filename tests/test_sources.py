"""Sources that agree, and sources that do not."""

from datetime import date
from decimal import Decimal

import pytest

from docextract.document import Box, CheckResult, Document, Kind, Origin, Page, Place
from docextract.evidence.comparison import contradict
from docextract.evidence.origins import source_group
from docextract.extraction.structured.shared_confidence import shared
from docextract.schema import Schema
from docextract.stages.check import Check
from tests.made_values import both, make_value, softmax_of

pytestmark = pytest.mark.usefixtures("independent_scorer")
BILL = Schema(
    name="bill",
    fields={
        "net": {"type": "money"},
        "tax": {"type": "money"},
        "total": {"type": "money"},
        "number": {"type": "code"},
        "note": {"type": "text"},
        "seller": {"type": "name"},
        "issued": {"type": "date"},
        "tags": {"type": "code", "many": True},
    },
    checks=[{"rule": "net + tax == total", "message": "does not add up"}],
)
PRINT, MODEL = "rule:label right, short", "model:tiny 0.97"
FORM, CODE, XML = "form:Total", "qr:epc", "xml:BT-112"


def value(field, given, origin, confidence=0.9, **parts):
    typed = Decimal(given) if isinstance(given, int) else given
    return make_value(
        field, str(given), typed, confidence, parts.pop("spans", ((0, 1),)), origin, **parts
    )


def checked(*candidates):
    page = Page(1, 595, 842, ())
    given = Document("a.pdf", pages=(page,), kind=Kind("bill", 1.0), candidates=candidates)
    (made,) = Check((BILL,), model="")([given])
    return made


def mismatches(made):
    return [(i.field, i.message) for i in made.issues if i.category == "mismatch"]


@pytest.mark.parametrize(
    ("origin", "source"),
    [
        ("rule:label right, short", "rules"),
        ("rule:entity IBAN first", "rules"),
        ("model:base 0.93", "model"),
        ("form:form1[0].Total[0]", "form"),
        ("qr:swiss", "code"),
        ("barcode:ean13", "code"),
        ("xml:BT-112", "xml"),
    ],
)
def test_an_origin_names_its_source(origin, source):
    assert source_group(Origin.parse(origin)) == source


@pytest.mark.parametrize("other", [MODEL, FORM, CODE])
def test_two_sources_that_agree_are_surer_than_either_and_say_so(other):
    made = checked(value("total", 5, PRINT, 0.7), value("total", 5, other, 0.8))
    won = made.record.evidence["total"]
    assert won.confidence == pytest.approx(both(0.7, 0.8))
    names = ", ".join(sorted(["rules", source_group(Origin.parse(other))]))
    assert CheckResult("sources agree", True, names) in won.checks
    assert mismatches(made) == []


def test_no_number_of_sources_makes_a_value_certain():
    made = checked(*(value("total", 5, origin, 0.98) for origin in (PRINT, MODEL, FORM, CODE)))
    assert made.record.evidence["total"].confidence == 0.99


def test_one_source_alone_is_neither_confirmed_nor_denied():
    won = checked(value("number", "A1", PRINT), value("number", "B2", PRINT, 0.85)).record
    assert won.evidence["number"].confidence == pytest.approx(softmax_of(0.9, 0.85)[0])
    assert won.evidence["number"].checks == ()


def test_sure_sources_at_odds_are_told_with_both_values_and_trusted_less():
    made = checked(value("total", 5, CODE), value("total", 7, PRINT))
    won = made.record.evidence["total"]
    assert mismatches(made) == [("total", f"total: 5 by {CODE}; 7 by {PRINT}")]
    assert won.confidence == pytest.approx(softmax_of(0.9, 0.9)[0])
    assert [rival.value for rival in won.alternatives] == [Decimal(7)]
    assert [check.holds for check in won.checks if check.rule == "sources agree"] == [False]


def test_two_against_one_win():
    made = checked(*(value("total", 5, o) for o in (CODE, FORM)), value("total", 7, PRINT))
    assert made.record.data["total"] == 5
    agreed, _ = softmax_of(both(0.9, 0.9), 0.9)
    assert made.record.evidence["total"].confidence == pytest.approx(agreed)
    assert len(mismatches(made)) == 1


def test_what_is_certain_is_no_reading_that_others_could_put_in_doubt():
    made = checked(value("number", "A1", XML, 1.0), value("number", "B2", PRINT, 0.95))
    assert mismatches(made) == []
    assert made.record.data["number"] == "A1"


def test_a_source_that_only_guesses_contradicts_nobody():
    made = checked(value("number", "A1", FORM, 0.95), value("number", "B2", PRINT, 0.79))
    assert mismatches(made) == []
    won = made.record.evidence["number"]
    assert (won.value, won.confidence) == ("A1", pytest.approx(softmax_of(0.95, 0.79)[0]))


def test_a_sum_that_comes_true_decides_between_sources():
    made = checked(
        *(value("total", 5, FORM, 0.85), value("total", 7, CODE, 0.9)),
        *(value("net", 4, PRINT), value("tax", 1, PRINT)),
    )
    assert made.record.data["total"] == 5
    assert mismatches(made) == [("total", f"total: 7 by {CODE}; 5 by {FORM}")]


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("seller", "ACME", "Acme Ltd."),
        ("number", "RE 4711", "4711"),
        ("note", "paid in cash", "thank you"),
    ],
)
def test_words_that_can_both_be_right_are_no_contradiction(field, one, other):
    assert mismatches(checked(value(field, one, FORM), value(field, other, PRINT))) == []


def test_a_list_may_have_a_member_from_each_source():
    made = checked(value("tags", "A1", FORM), value("tags", "B2", PRINT))
    assert sorted(made.record.data["tags"]) == ["A1", "B2"]
    assert mismatches(made) == []


@pytest.mark.parametrize(
    ("one", "other", "at_odds"),
    [
        (Decimal("5.00"), Decimal(5), False),
        (Decimal(5), Decimal(50), True),
        (date(2026, 1, 2), date(2026, 2, 1), True),
        (True, False, True),
        ("DE33", "DE34", True),
        ("de 33", "DE33", False),
    ],
)
def test_what_contradicts_what(one, other, at_odds):
    assert contradict(one, other) is at_odds


def test_a_quoted_value_is_kept_short():
    made = checked(value("seller", "long name " * 900, FORM), value("seller", "ACME", PRINT))
    ((_, message),) = mismatches(made)
    assert len(message) < 200


def test_a_value_that_is_coded_and_printed_is_traced_to_both():
    place = Place(1, Box(10, 10, 60, 60))
    made = checked(
        value("total", 5, CODE, 0.95, spans=(), places=(place,)),
        value("total", 5, PRINT, 0.6, spans=((7, 9),)),
    )
    won = made.record.evidence["total"]
    assert (str(won.origin), won.spans, won.places) == (CODE, ((7, 9),), (place,))


def test_a_source_that_gives_a_field_two_values_is_trusted_by_half_in_each():
    given = [value("total", 5, CODE), value("total", 7, CODE), value("tags", "A1", CODE)]
    assert [v.confidence for v in shared(BILL, given)] == [0.45, 0.45, 0.9]
    assert [v.confidence for v in shared(BILL, [given[0], given[0]])] == [0.9, 0.9]
