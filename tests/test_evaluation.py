"""What counts as right, and how files are read and paired."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.errors import ConfigError, UsageError
from docextract.evaluation import (
    ComparisonRules,
    FieldOutcome,
    Pair,
    PredictedValue,
    Prediction,
    Truth,
    compare,
    evaluate,
    gate,
    pair,
    read_predictions,
    read_truth,
    slices,
    worst_errors,
)
from docextract.evaluation.inputs.records import prediction_from_record, truth_from_record
from docextract.evaluation.metrics.equality import Level, infer_field, is_match, match_values
from docextract.export import dumps, record_json
from docextract.schema import FieldSchema, FieldType
from tests.made_results import BILL, full_bill

RULES = ComparisonRules({"bill": BILL})


def levels(field_type: FieldType, found: PredictedValue, answer: str, **more) -> str:
    """The levels at which it is right, by their first letters."""
    field = FieldSchema(type=field_type)
    return "".join(
        level.name[0].lower() for level in Level if is_match(level, field, found, answer, **more)
    )


@pytest.mark.parametrize(
    ("field_type", "found", "answer", "right"),
    [
        ("money", PredictedValue(Decimal("12.50"), "12,50"), "12,50", "ent"),
        ("money", PredictedValue(Decimal("12.50"), "12,50"), "RM12.50", "nt"),
        ("money", PredictedValue(Decimal("12.50"), "12,50"), "12.51", ""),
        ("date", PredictedValue(date(2024, 5, 31), "31 May 2024"), "31/05/2024", "nt"),
        ("date", PredictedValue("2024-05-31"), "31.5.24", "nt"),
        ("date", PredictedValue(date(2024, 2, 1), "02/01/2024"), "02/01/2024", "e"),
        ("name", PredictedValue("Tea & Co. Ltd"), "TEA AND CO LTD.", "nt"),
        ("name", PredictedValue("Tea  Ltd"), "Tea Ltd", "nt"),
        ("name", PredictedValue("Tea Ltd", "Tea\n Ltd"), "Tea Ltd", "ent"),
        ("name", PredictedValue("Tea"), "Tea Ltd", ""),
        ("duration", PredictedValue("2 years", "two (2) years"), "2 Years", "nt"),
        ("duration", PredictedValue("2 years"), "two (2) years", "t"),
        ("currency", PredictedValue("EUR", "€"), "€", "et"),
        ("text", PredictedValue("***"), "--", ""),
        ("boolean", PredictedValue(True), "true", "ent"),
    ],
)
def test_a_value_is_right_at_these_levels(field_type, found, answer, right):
    assert levels(FieldType(field_type), found, answer) == right


def test_the_truth_may_write_the_month_first():
    found = PredictedValue(date(2024, 2, 1), "02/01/2024")
    assert levels(FieldType.DATE, found, "02/01/2024", month_first=True) == "ent"


def test_each_answer_can_be_found_once():
    found = [PredictedValue("Ann"), PredictedValue("Ann"), PredictedValue("Bob")]
    field = FieldSchema(type=FieldType.NAME)
    assert match_values(Level.TYPED, field, found, ["Bob", "Ann", "Ann"]) == (True, False, True)


@pytest.mark.parametrize(
    ("found", "answers", "field_type"),
    [
        ([PredictedValue(Decimal(1))], ["1"], FieldType.NUMBER),
        ([PredictedValue(False)], ["no"], FieldType.BOOLEAN),
        ([PredictedValue("2024-05-31")], ["2024-05-30"], FieldType.DATE),
        ([PredictedValue("2024-05-31")], ["soon"], FieldType.TEXT),
        ([], [], FieldType.TEXT),
    ],
)
def test_a_field_without_schema_has_the_type_of_its_values(found, answers, field_type):
    assert infer_field(found, answers).type is field_type


@given(st.text(), st.text())
def test_comparing_takes_any_text_and_a_text_equals_itself(one, other):
    for field_type in FieldType:
        if field_type not in (FieldType.ROWS, FieldType.CHOICE):
            levels(field_type, PredictedValue(one, one), other)
            assert "e" in levels(field_type, PredictedValue(one, one), one)


def judged(truth: Truth, made: Prediction | None) -> dict[str, FieldOutcome]:
    return {one.field: one for one in evaluate([Pair(truth, made)], RULES).outcomes}


def test_a_value_where_there_is_none_counts_against_precision_and_an_unknown_field_does_not():
    made = Prediction(
        "a",
        {"number": (PredictedValue("B-7"),), "issued": (PredictedValue("2024-05-31"),)},
        kind="bill",
    )
    found = evaluate([Pair(Truth("a", {"number": ()}), made)], RULES).fields
    assert found.fields == ("number",)
    assert found.counts[0, 0, :2].tolist() == [0, 1]


def test_rows_are_compared_with_those_they_are_most_like_whatever_their_order():
    truth = Truth(
        "a",
        rows={"lines": ({"text": "Tea", "amount": "2.50"}, {"text": "Cup", "amount": "10.00"})},
        kind="bill",
    )
    rows = (
        {"text": PredictedValue("Spoon"), "amount": None},
        {"text": PredictedValue("CUP"), "amount": PredictedValue(Decimal("10"))},
        {"text": PredictedValue("Tee"), "amount": PredictedValue(Decimal("2.5"))},
    )
    found = judged(truth, Prediction("a", rows={"lines": rows}, kind="bill"))
    assert found["lines.text"].right[Level.TYPED] == (False, True, False)
    assert found["lines.text"].right[Level.EXACT] == (False, False, False)
    assert found["lines.amount"].right[Level.TYPED] == (True, True)


def test_equal_cells_of_different_rows_are_not_right():
    truth = Truth(
        "a", rows={"lines": ({"text": "Tea", "amount": "1"}, {"text": "Cup", "amount": "2"})}
    )
    rows = (
        {"text": PredictedValue("Tea"), "amount": PredictedValue(Decimal(2))},
        {"text": PredictedValue("Cup"), "amount": PredictedValue(Decimal(1))},
    )
    found = judged(truth, Prediction("a", rows={"lines": rows}))
    assert sum(one.hits(Level.TYPED) for one in found.values()) == 2


def test_rows_where_there_are_none_are_all_wrong():
    made = Prediction("a", rows={"lines": ({"text": PredictedValue("Tea")},)})
    assert judged(Truth("a", {"lines": ()}), made)["lines.text"].wrong == 1


def test_a_document_without_record_misses_all_its_values():
    made = evaluate([Pair(Truth("a", {"number": ("B-7",)}, kind="bill"), None)], RULES)
    assert made.f1().value == 0
    assert made.kinds.confusion == {("bill", "unknown"): 1}


def test_a_document_in_memory_and_its_record_in_json_are_the_same_prediction(doc, tmp_path):
    result = full_bill(doc)
    (tmp_path / "records.jsonl").write_text(dumps(record_json(result)) + "\n")
    (read,) = read_predictions(tmp_path)
    made = Prediction.of(result.document)
    assert read.name == made.name
    assert read.entities == made.entities
    assert read.kind == made.kind == "bill"
    assert (read.pages, read.read_by) == (made.pages, made.read_by) == (2, "text-layer")
    assert read.fields.keys() == made.fields.keys() - {"lines"}
    for field, found in read.fields.items():
        assert [one.text for one in found] == [one.text for one in made.fields[field]]
        assert [one.page for one in found] == [one.page for one in made.fields[field]]
    assert read.rows["lines"][0]["amount"].value == Decimal("2.50")
    assert made.rows["lines"][0]["amount"].value == Decimal("2.50")


def test_a_record_equals_itself_as_truth(doc, tmp_path):
    (tmp_path / "records.jsonl").write_text(dumps(record_json(full_bill(doc))) + "\n")
    pairs = pair(read_truth(tmp_path), read_predictions(tmp_path))
    made = evaluate(pairs.pairs, RULES, entities=["PERSON"])
    assert made.f1(Level.EXACT).value == made.f1().value == 1
    assert made.fields.columns == ("lines.text", "lines.amount")
    assert made.entities.counts.sum(axis=(0, 1)).tolist() == [1, 1, 1, 1, 1]


def test_truth_is_read_from_a_folder_of_records_beside_the_documents(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "sub" / "a.json").write_text(
        '{"kind": "bill", "number": "B-7", "total": 12.50, "issued": null, "parties": ["A", "B"],'
        ' "lines": [{"text": "Tea"}, {"amount": 2}]}'
    )
    (truth,) = read_truth(tmp_path)
    assert truth == Truth(
        "sub/a",
        {"number": ("B-7",), "total": ("12.50",), "issued": (), "parties": ("A", "B")},
        {"lines": ({"text": "Tea", "amount": None}, {"text": None, "amount": "2"})},
        "bill",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_truth_is_read_from_a_csv_as_spreadsheets_write_it(tmp_path, delimiter):
    rows = ["Path,kind,number,parties,issued", 'in/a.pdf,bill,B-7,"Ann; Bob"', ",,,,,", ""]
    text = "".join(row.replace(",", delimiter) + "\r\n" for row in rows)
    (tmp_path / "truth.csv").write_text("\ufeff" + text, "utf-8", newline="")
    (truth,) = read_truth(tmp_path / "truth.csv", [BILL])
    fields = {"number": ("B-7",), "parties": ("Ann", "Bob"), "issued": ()}
    assert truth == Truth("in/a.pdf", fields, kind="bill")


@pytest.mark.parametrize(
    ("name", "text", "error", "message"),
    [
        ("t.jsonl", "", UsageError, "there are no records in"),
        ("t.jsonl", "{", ConfigError, "t.jsonl, line 1 is not JSON"),
        ("t.jsonl", "[]", ConfigError, "line 1: a record is an object of fields, not a list"),
        ("t.jsonl", '{"total": 1}', ConfigError, 'line 1: no "path" says which document'),
        ("t.jsonl", '{"path": "a", "total": {"x": 1}}', ConfigError, "total: a field is a value"),
        ("t.jsonl", '{"path": "a", "x": [{"y": 1}, 2]}', ConfigError, "rows and values are mixed"),
        ("t.jsonl", '{"path": "a", "entities": [1]}', ConfigError, "an entity has a label"),
        ("t.csv", "total\n1\n", ConfigError, "no column is called path or file"),
        ("t.csv", "", ConfigError, "there are: none"),
        ("t.csv", f"path,x\na,{'x' * 200_000}", ConfigError, "t.csv is not CSV: field larger"),
    ],
)
def test_what_is_wrong_with_a_truth_is_said(tmp_path, name, text, error, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(error, match=message):
        read_truth(tmp_path / name)


def test_a_line_ends_only_where_a_line_of_json_does(tmp_path):
    (tmp_path / "t.jsonl").write_text(
        '{"path": "a", "x": "one\u2028two"}\n\n{"path": "b"}\n', "utf-8"
    )
    assert [truth.name for truth in read_truth(tmp_path / "t.jsonl")] == ["a", "b"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["total", "x", "confidence", "label"]), inner, max_size=3)
    ),
    max_leaves=8,
)
record_keys = st.sampled_from(["path", "kind", "data", "evidence", "document", "entities", "total"])


@given(st.dictionaries(record_keys, json_values))
def test_any_json_is_a_record_or_is_refused_with_its_place(record):
    for reads in (truth_from_record, prediction_from_record):
        try:
            reads("a", record, "line 7")
        except ConfigError as error:
            assert "line 7" in str(error)


def test_a_file_that_is_not_there_and_predictions_that_are_no_records_are_said(tmp_path):
    with pytest.raises(UsageError, match=r"cannot read .*nowhere"):
        read_truth(tmp_path / "nowhere")
    (tmp_path / "p.jsonl").write_text('{"path": "a", "total": 1}')
    with pytest.raises(ConfigError, match='no "data"'):
        read_predictions(tmp_path / "p.jsonl")


def names(*given: str) -> list[Truth]:
    return [Truth(name) for name in given]


def paired(true, made) -> dict[str, str | None]:
    found = pair(names(*true), [Prediction(name) for name in made]).pairs
    return {one.truth.name: one.prediction.name if one.prediction else None for one in found}


@pytest.mark.parametrize(
    ("true", "made", "partners"),
    [
        (["a/x.pdf"], ["a/x.pdf", "b/x.pdf"], {"a/x.pdf": "a/x.pdf"}),
        (["a/x"], ["a/x.pdf"], {"a/x": "a/x.pdf"}),
        (["x.pdf"], ["in/a/x.pdf"], {"x.pdf": "in/a/x.pdf"}),
        (["x"], ["in/a/x.pdf"], {"x": "in/a/x.pdf"}),
        (["m.eml.x.pdf"], ["m.eml", "m.eml/x.pdf"], {"m.eml.x.pdf": "m.eml/x.pdf"}),
        (["x", "y"], ["1/x.pdf", "2/x.pdf", "y.pdf"], {"x": None, "y": "y.pdf"}),
        (["x.pdf", "x.docx"], ["in/x.pdf"], {"x.pdf": "in/x.pdf", "x.docx": None}),
    ],
)
def test_documents_are_paired_by_path_or_by_a_name_that_is_unmistakable(true, made, partners):
    assert paired(true, made) == partners


some_names = st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=5, unique=True)


@given(some_names, some_names)
def test_any_names_are_paired_once_and_equal_ones_with_each_other(true, made):
    try:
        found = paired(true, made)
    except UsageError:
        assert not set(true) & set(made)
        return
    partners = [name for name in found.values() if name]
    assert len(partners) == len(set(partners))
    assert all(found[name] == name for name in set(true) & set(made))


def test_nothing_in_common_and_a_document_twice_are_errors():
    with pytest.raises(UsageError, match=r"the truth names a\.pdf, the run b\.pdf"):
        paired(["a.pdf"], ["b.pdf"])
    with pytest.raises(UsageError, match=r"a is more than once in the truth"):
        paired(["a", "a"], ["a"])


def two_bills(*numbers: str) -> list[Pair]:
    truths = [Truth("a", {"number": ("1",)}, kind="bill"), Truth("b", {"number": ("2",)})]
    made = [
        Prediction(
            truth.name, {"number": (PredictedValue(number, confidence=0.8),)}, kind="bill", pages=n
        )
        for n, (truth, number) in enumerate(zip(truths, numbers, strict=True), 1)
    ]
    return [Pair(*both) for both in zip(truths, made, strict=True)]


def test_a_comparison_names_what_became_better_and_worse():
    before, after = (evaluate(two_bills(*n), RULES) for n in (("1", "7"), ("8", "2")))
    made = compare(before, after)
    assert (made.overall.before, made.overall.after, made.overall.by.value) == (0.5, 0.5, 0)
    assert [(change.after.document, change.by) for change in made.changes] == [("a", -1), ("b", 1)]


def test_a_value_too_many_is_a_change_for_the_worse():
    truth = Truth("a", {"number": ()}, kind="bill")
    before, after = (
        evaluate([Pair(truth, Prediction("a", {"number": found}))], RULES)
        for found in ((), (PredictedValue("B-7"),))
    )
    assert [change.by for change in compare(before, after).changes] == [-1]


def test_evaluations_of_different_documents_are_not_compared():
    made = evaluate(two_bills("1", "2"), RULES)
    with pytest.raises(ValueError, match="same documents"):
        compare(made, evaluate(two_bills("1", "2")[:1], RULES))


def test_slices_are_by_what_the_documents_differ_in():
    made = slices(evaluate(two_bills("1", "7"), RULES))
    assert list(made) == ["number of pages"]
    assert [(one.name, one.fields.documents) for one in made["number of pages"]] == [
        ("1", ("a",)),
        ("2-5", ("b",)),
    ]


def test_the_surest_error_is_the_worst_and_a_missing_value_the_least():
    pairs = [
        Pair(Truth(name, {"number": ("1",)}), Prediction(name, {"number": found}))
        for name, found in {
            "missing": (),
            "sure": (PredictedValue("2", confidence=0.9),),
            "right": (PredictedValue("1", confidence=0.9),),
            "unsure": (PredictedValue("3", confidence=0.4),),
        }.items()
    ]
    found = worst_errors(evaluate(pairs, RULES).outcomes, 9)
    assert [one.document for one in found] == ["sure", "unsure", "missing"]


def test_the_gate_says_which_scores_are_too_low():
    made = evaluate(two_bills("1", "7"), RULES)
    assert gate.threshold_failures(made, min_f1=0.5, by_field={"number": 0.5}) == []
    assert gate.threshold_failures(made, min_f1=0.6, by_field={"number": 0.7}) == [
        "all fields: F1 0.500 is below 0.6",
        "number: F1 0.500 is below 0.7",
    ]


@pytest.mark.parametrize("option", ["total", "total=x", "total=1.2", "=", "total="])
def test_a_gate_that_cannot_be_is_an_error(option):
    with pytest.raises(ConfigError, match=option):
        gate.parse_thresholds([option])


def test_a_gate_for_a_field_that_the_truth_does_not_know_is_an_error():
    with pytest.raises(ConfigError, match="no field totl; there are: number"):
        gate.threshold_failures(evaluate(two_bills("1", "2"), RULES), by_field={"totl": 0.5})
