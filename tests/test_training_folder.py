"""A user's folder of labelled documents becomes examples, or a message says what is wrong."""

import json

import pytest

from docextract.errors import ConfigError, UsageError
from docextract.schema import Schema
from docextract.training.data.folder import read_folder

RECEIPT = Schema.model_validate(
    {
        "name": "receipt",
        "fields": {
            "merchant_name": {"type": "name", "required": True, "aliases": ["shop"]},
            "date": {"type": "date"},
            "total": {"type": "money", "anchors": ["total"]},
            "items": {
                "type": "rows",
                "fields": {"name": {"type": "text"}, "amount": {"type": "money"}},
            },
        },
    }
)
LETTER = Schema.model_validate({"name": "letter", "fields": {"sender": {"type": "name"}}})
TEXT = "Corner Shop\n\n3 May 2024\n\nCoffee   2.50\nTea   4.00\nTotal   6.50\nCard   6.50\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    return tmp_path


def record(folder, name, **data):
    (folder / name).write_text(json.dumps(data))


def words(example, label):
    texts = example.passage.texts
    return [" ".join(texts[m.start : m.end]) for m in example.marks if m.label == label]


def test_a_record_beside_a_document_marks_its_words(folder):
    record(folder, "a.json", merchant_name="Corner Shop", date="2024-05-03", total="6.50")
    (example,) = read_folder(folder, [RECEIPT]).examples
    assert words(example, "receipt.merchant_name") == ["Corner Shop"]
    assert words(example, "receipt.date") == ["3 May 2024"]
    assert words(example, "receipt.total") == ["6.50"]
    assert example.passage.texts[[m.start for m in example.marks][-1] - 1] == "Total"
    assert example.kind == "receipt"
    assert example.asked == {"receipt.merchant_name", "receipt.date", "receipt.total"}


def test_a_run_s_own_record_can_be_learnt_from(folder):
    data = {"merchant_name": "Corner Shop", "date": None, "total": "6.50"}
    record(folder, "a.txt.json", schema="receipt", kind={"label": "receipt"}, data=data)
    (example,) = read_folder(folder, [RECEIPT, LETTER]).examples
    assert "receipt.date" in example.asked  # null: known to be absent
    assert not words(example, "receipt.date")


def test_rows_are_marked_whole_and_by_column(folder):
    rows = [{"name": "Coffee", "amount": "2.50"}, {"name": "Tea", "amount": "4.00"}]
    record(folder, "a.json", items=rows)
    (example,) = read_folder(folder, [RECEIPT]).examples
    assert words(example, "receipt.items") == ["Coffee 2.50", "Tea 4.00"]
    assert words(example, "receipt.items.amount") == ["2.50", "4.00"]


def test_a_table_of_labels_serves_all_documents(folder):
    (folder / "b.txt").write_text(TEXT.replace("Corner", "Other"))
    (folder / "labels.csv").write_text(
        "path,shop,total\na.txt,Corner Shop,6.50\nb.txt,Other Shop,\n"
    )
    found = read_folder(folder, [RECEIPT])
    assert [words(one, "receipt.merchant_name") for one in found.examples] == [
        ["Corner Shop"],
        ["Other Shop"],
    ]
    assert {path.name for path in found.files} == {"a.txt", "b.txt", "labels.csv"}


def test_a_value_that_is_not_in_the_document_is_told_and_not_asked_for(folder):
    record(folder, "a.json", merchant_name="Harbour Books", total="6.50")
    found = read_folder(folder, [RECEIPT])
    (missed,) = found.unaligned
    assert (missed.name, missed.field, missed.value) == ("a.txt", "merchant_name", "Harbour Books")
    assert missed.best_ratio < 0.8
    assert found.examples[0].asked == {"receipt.total"}


def test_documents_without_labels_and_unreadable_ones_are_skipped(folder):
    record(folder, "a.json", total="6.50")
    (folder / "b.txt").write_text(TEXT)
    (folder / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    record(folder, "c.json", total="6.50")
    found = read_folder(folder, [RECEIPT])
    assert [one.name for one in found.examples] == ["a.txt"]
    reasons = {one.name: one.reason for one in found.skipped}
    assert reasons["b.txt"] == "it has no labels"
    assert reasons.keys() == {"b.txt", "c.pdf"}


def test_a_document_of_no_kind_has_only_that(folder):
    record(folder, "a.json", kind="unknown")
    (example,) = read_folder(folder, [RECEIPT]).examples
    assert example.kind == "unknown"
    assert not example.asked


def test_documents_of_one_vendor_are_one_group_where_there_are_enough_vendors(folder):
    for n in range(10):
        (folder / f"{n}.txt").write_text(TEXT.replace("Corner", "ABCDE"[n % 5] * 6))
        record(folder, f"{n}.json", merchant_name="ABCDE"[n % 5] * 6 + " Shop")
    groups = {one.name: one.group for one in read_folder(folder, [RECEIPT]).examples}
    assert groups["0.txt"] == groups["5.txt"] != groups["1.txt"]
    assert len(set(groups.values())) == 5


def test_documents_of_the_only_vendor_can_still_be_parted(folder):
    for n in range(6):
        (folder / f"{n}.txt").write_text(TEXT)
        record(folder, f"{n}.json", merchant_name="Corner Shop")
    assert len({one.group for one in read_folder(folder, [RECEIPT]).examples}) == 6


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.json", '{"totl": "6.50"}', r"a: .* no field 'totl'; did you mean total\?"),
        ("a.json", '{"qqqq": "6.50"}', r"no field 'qqqq'; there are: merchant_name, date"),
        ("a.json", '{"total": "6.50"', r"a\.json is not JSON"),
        ("a.json", '["6.50"]', r"a record is an object"),
        ("b.json", '{"total": "6.50"}', r"labels for 'b', but no such document"),
        ("a.json", '{"items": "6.50"}', r"items is a list of rows, not '6.50'"),
        ("a.json", '{"total": [{"amount": "6.50"}]}', r"total is a value, not a list of rows"),
        ("a.json", '{"items": [{"amout": "6.50"}]}', r"items: .*'amout'; did you mean amount"),
        ("a.json", '{"kind": "permit"}', r"the kind 'permit' is none of receipt"),
        ("labels.csv", "path,total\nb.txt,6.50\n", r"labels.csv: there are labels for 'b.txt'"),
        ("labels.csv", "path,total\na.txt,1\na.txt,2\n", r"there are 2 records for 'a.txt'"),
        ("labels.csv", "path,sum\na.txt,1\n", r"labels.csv: a.txt: .* no field 'sum'"),
    ],
)
def test_labels_that_are_wrong_are_told_before_anything_is_read(folder, name, text, told):
    (folder / name).write_text(text)
    with pytest.raises(ConfigError, match=told):
        read_folder(folder, [RECEIPT])


def test_two_records_for_a_document_are_refused(folder):
    record(folder, "a.json", total="6.50")
    record(folder, "a.txt.json", total="7.50")
    with pytest.raises(ConfigError, match=r"a\.txt has two records"):
        read_folder(folder, [RECEIPT])


def test_with_several_schemas_the_fields_tell_the_kind_or_the_record_must(folder):
    record(folder, "a.json", total="6.50")
    assert read_folder(folder, [RECEIPT, LETTER]).examples[0].kind == "receipt"
    record(folder, "a.json")
    with pytest.raises(ConfigError, match="its kind could be any of receipt, letter"):
        read_folder(folder, [RECEIPT, LETTER])


def test_a_folder_without_labels_is_refused(folder):
    with pytest.raises(UsageError, match="no records"):
        read_folder(folder, [RECEIPT])
