"""A record's JSON becomes the same values again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.document import (
    Box,
    CheckResult,
    Document,
    Evidence,
    Origin,
    Place,
    Record,
    RecordTree,
    Result,
    SourceType,
    Status,
    Step,
    Typed,
    Value,
)
from docextract.export import dumps, loads, record_json, tree_of
from docextract.export.evidence_json import evidence_json
from docextract.schema import Schema
from tests.made_results import BILL, full_bill
from tests.made_values import make_value

ORIGINS = (
    Origin(SourceType.RULE, "label right", ("short", "again"), "'Total, net'"),
    Origin(SourceType.RULE, "pattern 1", (), '"it\'s"'),
    Origin(SourceType.RULE, "down to the town"),
    Origin(SourceType.MODEL, "my model@dfdfa3b8"),
    Origin(SourceType.FORM, "form1[0].Total 0.95"),
    Origin(SourceType.QR, "epc"),
    Origin(SourceType.QR),
    Origin(SourceType.XML, "BT-112"),
)
TYPES: dict[str, st.SearchStrategy[Typed]] = {
    "number": st.text(),
    "issued": st.dates(),
    "at": st.times(),
    "total": st.decimals(allow_nan=False, allow_infinity=False),
    "copies": st.integers(),
    "paid": st.booleans(),
    "status": st.text(),
    "parties": st.text(),
    "lines.text": st.text(),
    "lines.amount": st.decimals(allow_nan=False, allow_infinity=False),
}
shares = st.integers(0, 10_000).map(lambda n: n / 10_000)
hundredths = st.integers(0, 100).map(lambda n: n / 100)
spans = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple)
words = st.text(max_size=6)
places = st.builds(
    lambda page, x, y, wide, high: Place(page, Box(x, y, x + wide, y + high)),
    st.integers(1, 3),
    *[st.integers(0, 600).map(float) for _ in range(4)],
)


@st.composite
def found(draw: st.DrawFn, field: str, row: int | None = None) -> Value:
    """A value as a stage could have found and corrected it, as precise as records are."""
    origin = draw(st.sampled_from(ORIGINS))
    score = draw(hundredths) if origin.source is SourceType.MODEL else None
    said = Evidence(origin, draw(TYPES[field]), draw(words), draw(spans), score=score)
    value = Value.found(field, said, draw(shares), row=row)
    for step in draw(st.lists(st.sampled_from([*Step][1:]), max_size=2)):
        value = value.corrected(step, step.name, draw(TYPES[field]), draw(words), draw(spans))
    return replace(value, places=draw(st.lists(places, max_size=2).map(tuple)))


@st.composite
def judged(draw: st.DrawFn, field: str, row: int | None = None) -> Value:
    """The same with all that a record has of it."""
    checks = st.builds(CheckResult, words, st.sampled_from([True, False, None]), words)
    return replace(
        draw(found(field, row)),
        alternatives=tuple(draw(st.lists(found(field, row), max_size=2))),
        checks=tuple(draw(st.lists(checks, max_size=2))),
        parts=tuple(draw(st.dictionaries(words, words, max_size=2)).items()),
        score=draw(st.none() | shares),
        review=draw(st.none() | st.lists(words, max_size=2).map(tuple)),
        terms=tuple(draw(st.dictionaries(words, hundredths, max_size=2)).items()),
    )


@st.composite
def trees(draw: st.DrawFn) -> RecordTree:
    """A tree in the shape of a bill."""
    rows = draw(st.integers(0, 2))
    cells = {"text": "lines.text", "amount": "lines.amount"}
    single = {name: draw(st.none() | judged(name)) for name in TYPES if name in BILL.fields}
    return RecordTree(
        {
            **single,
            "parties": tuple(draw(st.lists(judged("parties"), max_size=2))),
            "lines": tuple(
                {name: draw(st.none() | judged(path, row)) for name, path in cells.items()}
                for row in range(rows)
            ),
        }
    )


def written(tree: RecordTree) -> dict:
    """The record of a document without words, where nothing but the values tells their places."""
    document = Document("a.pdf").add(record=Record("bill", "1", tree))
    return loads(dumps(record_json(Result("a.pdf", Status.SUCCESS, document))))


@given(trees())
def test_any_tree_comes_back_as_it_was(tree):
    made = tree_of(written(tree), BILL)
    assert made == tree
    assert made.data == tree.data


@given(trees())
def test_without_a_schema_all_is_the_same_but_the_types(tree):
    record = written(tree)
    assert written(tree_of(record))["evidence"] == record["evidence"]
    assert written(tree_of(record))["data"] == record["data"]


def test_words_have_their_boxes_where_no_document_is_at_hand(doc):
    result = full_bill(doc)
    made = tree_of(loads(dumps(record_json(result))), BILL)
    total = made["total"]
    assert isinstance(total, Value)
    assert total.spans == ((55, 60),)
    assert total.places == (Place(2, Box(86, 78, 116, 88)),)
    assert result.record is not None
    assert made.data == result.record.data


def test_a_correction_is_read_back_with_what_it_corrects():
    found = make_value("total", "5", Decimal(5), 0.9, ((0, 1),), "model:m@1a 0.95")
    mended = found.corrected(Step.REPAIRED, "OCR look-alikes", Decimal(6))
    record = written(RecordTree({"total": mended}))
    leaf = record["evidence"]["total"]
    assert leaf["origin"] == "rule:OCR look-alikes"
    assert [step["origin"] for step in leaf["steps"]] == ["model:m@1a 0.95", "rule:OCR look-alikes"]
    (made,) = tree_of(record, BILL).values()
    assert made.first == Evidence(
        Origin(SourceType.MODEL, "m@1a"), Decimal(5), "5", ((0, 1),), score=0.95
    )
    assert made.chain[-1].step is Step.REPAIRED


def test_what_has_no_evidence_is_a_persons():
    record = {"data": {"total": 5, "parties": ["A", "B"], "lines": [{"text": "Tea"}]}}
    tree = tree_of({**record, "evidence": {"parties": []}}, BILL)
    assert tree.data == {"total": Decimal(5), "parties": ["A", "B"], "lines": [{"text": "Tea"}]}
    assert {value.origin.source for value in tree.values()} == {SourceType.PERSON}
    assert tree_of({**record, "evidence": None}, BILL) == tree


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"data": 7},
        {"data": {"total": {"x": 1}}},
        {"data": {"total": [[1]]}},
        {"data": {"lines": [{"text": "a"}, 5]}},
        {"data": {"total": "many"}},
        {"data": {"issued": "31.05.2024"}},
        {"data": {"what": 1}},
        {"data": {"total": 1}, "evidence": {"total": 1}},
        {"data": {"total": 1}, "evidence": {"total": {"text": "1"}}},
        {"data": {"total": 1}, "evidence": [1]},
    ],
)
def test_what_no_run_writes_is_refused(record):
    with pytest.raises(ValueError):
        tree_of(record, BILL)


def test_types_are_those_of_the_schema():
    record = {"data": {"total": 5, "issued": "2024-05-31", "number": "2024-05-31"}}
    typed = {name: value.value for name, value in tree_of(record, BILL).items()}
    assert typed == {"total": Decimal(5), "issued": date(2024, 5, 31), "number": "2024-05-31"}
    assert isinstance(typed["total"], Decimal)
    plain = tree_of(record)
    assert plain.data == record["data"]
    other = Schema(name="x", fields={"total": {"type": "text"}})
    assert tree_of({"data": {"total": "x"}}, other).data == {"total": "x"}


def test_the_evidence_is_written_the_same_whoever_made_the_tree(doc):
    result = full_bill(doc)
    record = record_json(result)
    again = evidence_json(Document("a"), tree_of(loads(dumps(record)), BILL))
    assert again == record["evidence"]
