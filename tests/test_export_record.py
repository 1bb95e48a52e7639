"""The JSON of one document."""

import json
from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_results import bill, full_bill

from docextract.document import Issue, Result, Status
from docextract.export import dumps, loads, record_json, row_of, with_path
from docextract.export.record import at_path
from tests.made_values import make_value


def test_a_record_has_these_parts_and_no_others(doc):
    record = record_json(full_bill(doc))
    assert list(record) == ["document", "kind", "data", "evidence", "entities", "issues"]
    assert list(record["document"]) == [
        *("path", "sha256", "media_type", "pages", "status", "page_details")
    ]
    assert record["document"]["pages"] == 2
    assert list(record["kind"]) == ["label", "confidence", "runners_up", "words", "origin"]


def test_data_is_typed_and_has_the_schemas_shape(doc):
    data = record_json(full_bill(doc))["data"]
    assert data == {
        "number": "B-7",
        "issued": "2024-05-31",
        "at": None,
        "total": Decimal("12.50"),
        "copies": None,
        "paid": None,
        "parties": ["Jürgen"],
        "status": None,
        "lines": [{"text": None, "amount": Decimal("2.50")}],
    }


def test_evidence_has_the_shape_of_data_and_says_where_a_value_stands(doc):
    result = full_bill(doc)
    record = record_json(result, with_text=True)
    total = record["evidence"]["total"]
    (start, end) = total["spans"][0]
    assert record["text"][start:end] == total["text"] == "12.50"
    assert total["page"] == 2
    assert total["boxes"] == [{"page": 2, "x0": 86.0, "top": 78.0, "x1": 116.0, "bottom": 88.0}]
    assert total["confidence"] == 0.8765
    assert total["alternatives"][0]["value"] == Decimal("10.00")
    assert total["checks"] == [{"rule": "sum(lines.amount) == total", "holds": True, "message": ""}]
    assert record["evidence"]["lines"][0]["text"] is None
    assert record["evidence"]["lines"][0]["amount"]["text"] == "2.50"
    assert record["evidence"].keys() == record["data"].keys()


def test_the_terms_of_a_sum_are_told_of_the_value_that_won_alone(doc):
    terms = (("rules", 2.1972), ("checks", -0.5049))
    lost = make_value("total", "7", Decimal(7), terms=terms)
    won = make_value("total", "5", Decimal(5), terms=terms, alternatives=(lost,))
    result = bill(doc("5 or 7"), {"total": won.value}, {"total": won})
    leaf = record_json(result)["evidence"]["total"]
    assert leaf["terms"] == {"rules": 2.2, "checks": -0.5}
    assert "terms" not in leaf["alternatives"][0]


def test_entities_and_issues_are_told_in_full(doc):
    record = record_json(full_bill(doc))
    (entity,) = record["entities"]
    assert entity["text"] == "Jürgen"
    assert (entity["start"], entity["end"], entity["page"]) == (12, 18, 1)
    assert entity["boxes"] == [{"page": 1, "x0": 122.0, "top": 50.0, "x1": 158.0, "bottom": 60.0}]
    assert record["issues"] == [
        {
            "stage": "check",
            "category": "check",
            "message": "the lines do not add up",
            "page": None,
            "field": "total",
        }
    ]


def test_each_page_says_how_it_was_read(doc):
    details = record_json(full_bill(doc))["document"]["page_details"]
    assert details[1] == {
        "number": 2,
        "width": 595.0,
        "height": 842.0,
        "read_by": "text-layer",
        "reason": "no text layer",
        "rotation": 0,
        "skew": 0.0,
    }


def test_text_is_there_only_when_asked_for(doc):
    assert "text" not in record_json(full_bill(doc))


def test_a_document_that_no_stage_has_told_the_kind_of_is_unknown(doc):
    result = Result("a.pdf", Status.SUCCESS, doc("Hello"))
    record = record_json(result)
    assert record["kind"]["label"] == "unknown"
    assert record["data"] == record["evidence"] == {}


def test_there_is_no_record_of_a_document_that_was_not_read():
    failed = Result("a.pdf", Status.FAILED, errors=(Issue("read", "empty", "nothing in it"),))
    with pytest.raises(ValueError, match=r"a\.pdf was not read"):
        record_json(failed)
    assert row_of(failed).json == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("12.50"), "12.50"),
        (Decimal("0.1"), "0.1"),
        (Decimal("-1234567890123456789.05"), "-1234567890123456789.05"),
        (Decimal(7), "7"),
    ],
)
def test_decimals_are_written_exactly_and_as_numbers(doc, value, written):
    text = dumps(record_json(bill(doc("x"), {"total": value})))
    assert f'"total": {written},' in text
    assert loads(text)["data"]["total"] == value


def test_times_are_iso_and_text_is_written_as_itself(doc):
    text = dumps(record_json(bill(doc("x"), {"at": time(9, 5), "number": "Straße 東京"})))
    assert '"at": "09:05:00"' in text
    assert "Straße 東京" in text


def test_the_same_result_gives_the_same_text(doc):
    assert dumps(record_json(full_bill(doc))) == dumps(record_json(full_bill(doc)))


def test_a_path_that_is_not_utf_8_survives_as_an_escape(doc):
    record = with_path(record_json(full_bill(doc)), "caf\udce9.pdf")
    text = dumps(record)
    assert r"caf\udce9.pdf" in text
    assert json.loads(text.encode())["document"]["path"] == "caf\udce9.pdf"


def test_a_path_is_put_in_without_touching_the_record_or_its_order(doc):
    record = record_json(full_bill(doc))
    moved = with_path(record, "other/place.pdf")
    assert moved["document"]["path"] == "other/place.pdf"
    assert record["document"]["path"] == "made.pdf"
    assert list(moved["document"]) == list(record["document"])
    assert with_path(moved, "made.pdf") == record


@pytest.mark.parametrize("path", ["", "a.pdf", 'b "c"\\.pdf', "caf\udce9/ü.pdf"])
@pytest.mark.parametrize("old", ["", 'x "y" \\.pdf'])
def test_a_path_put_into_the_text_gives_the_text_of_the_record_with_that_path(doc, old, path):
    record = with_path(record_json(full_bill(doc)), old)
    assert at_path(dumps(record), path) == dumps(with_path(record, path))


def test_only_the_text_of_a_record_takes_a_path():
    with pytest.raises(ValueError, match="not the JSON of a record"):
        at_path('{"kind": 1}', "a.pdf")


#: Bytes that are not UTF-8 become low surrogates in Python's file names (PEP 383).
letters = st.characters(max_codepoint=0x2FFF) | st.sampled_from("\udc80\udcff")


@given(st.dictionaries(st.text(letters), st.text(letters)))
def test_any_text_comes_back_as_it_was(texts):
    assert loads(dumps(texts).encode().decode()) == texts
