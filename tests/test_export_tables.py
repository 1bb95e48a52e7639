"""Records as tables: CSV, Excel and Parquet."""

import csv
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from made_results import BILL, FAILED, NOTE, bill, full_bill, note, rows

from docextract.export import ExportOptions, row_of, write
from docextract.export.as_csv import harmless
from docextract.export.columns import Sort, clean, columns_of, storable, typed

SCHEMAS = (NOTE, BILL)
RECORD_COLUMNS = ["path", "kind", "kind_confidence", "status"]


def table(path, delimiter=",", encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_records_are_one_row_a_document_with_the_fields_in_the_schemas_order(doc, tmp_path):
    write(rows(full_bill(doc), FAILED), formats=["csv"], out=tmp_path, schemas=SCHEMAS)
    (row,) = table(tmp_path / "records.csv")
    assert row == {
        "path": "made.pdf",
        "kind": "bill",
        "kind_confidence": "0.9877",
        "status": "success",
        "number": "B-7",
        "issued": "2024-05-31",
        "at": "",
        "total": "12.50",
        "copies": "",
        "paid": "",
        "parties": "Jürgen",
        "status_": "",
    }
    assert list(row)[4:] == [*(n for n in BILL.fields if n not in ("status", "lines")), "status_"]


def test_line_items_are_one_row_a_nested_row_counted_from_one(doc, tmp_path):
    lines = [{"text": "Tea", "amount": Decimal("2.50")}, {"text": "Cup", "amount": None}]
    write(rows(bill(doc("x"), {"lines": lines})), formats=["csv"], out=tmp_path, schemas=SCHEMAS)
    assert (tmp_path / "line_items.csv").read_text("utf-8").splitlines() == [
        "path,table,row,text,amount",
        "made.pdf,lines,1,Tea,2.50",
        "made.pdf,lines,2,Cup,",
    ]


def test_errors_say_what_went_wrong_with_which_document(tmp_path):
    silent = replace(FAILED, path="b.pdf", errors=())
    write(rows(FAILED, silent), formats=[], out=tmp_path, schemas=SCHEMAS)
    assert (tmp_path / "errors.csv").read_text("utf-8").splitlines() == [
        "path,status,stage,category,page,message",
        "sub/locked.pdf,failed,read,encrypted,,it needs a password; give --password",
        "b.pdf,failed,,,,",
    ]


def test_columns_are_the_union_over_the_kinds_that_occur(doc, tmp_path):
    made = rows(bill(doc("x"), {"total": Decimal(3)}), note(doc("y"), total="three", author="Ann"))
    write(made, formats=["csv"], out=tmp_path, schemas=SCHEMAS)
    first, second = table(tmp_path / "records.csv")
    assert list(first)[4:7] == ["author", "total", "number"]
    assert (first["total"], second["total"], second["number"]) == ("3", "three", "")


def test_kinds_that_do_not_occur_give_no_columns(doc, tmp_path):
    write(rows(note(doc("y"))), formats=["csv"], out=tmp_path, schemas=SCHEMAS)
    (row,) = table(tmp_path / "records.csv")
    assert list(row) == [*RECORD_COLUMNS, "author", "total"]


def test_confidences_stand_after_their_fields_when_asked_for(doc, tmp_path):
    options = ExportOptions(confidences=True)
    made = rows(full_bill(doc))
    write(made, formats=["csv"], out=tmp_path, schemas=SCHEMAS, options=options)
    (row,) = table(tmp_path / "records.csv")
    assert row["total_confidence"] == row["parties_confidence"] == "0.8765"
    assert list(row)[4:6] == ["number", "number_confidence"]
    (line,) = table(tmp_path / "line_items.csv")
    assert (line["amount_confidence"], line["text_confidence"]) == ("0.8765", "")


def test_many_values_are_one_cell(doc, tmp_path):
    made = rows(bill(doc("x"), {"parties": ["Ann", "Bob"], "paid": True, "copies": 2}))
    write(made, formats=["csv"], out=tmp_path, schemas=SCHEMAS)
    (row,) = table(tmp_path / "records.csv")
    assert (row["parties"], row["paid"], row["copies"]) == ("Ann; Bob", "true", "2")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x.example","pay")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "  =1+1",
        "\t=1+1",
        "\r=1+1",
        "\x00=1+1",
        "-12.50",
    ],
)
def test_text_in_a_csv_cell_is_never_a_formula(doc, tmp_path, text):
    made = rows(bill(doc("x"), {"number": text, "parties": [text, "b"]}))
    for options in (ExportOptions(), ExportOptions(csv_excel=True)):
        write(made, formats=["csv"], out=tmp_path, schemas=SCHEMAS, options=options)
        excel = options.csv_excel
        (row,) = table(tmp_path / "records.csv", ";" if excel else ",", "utf-8-sig")
        assert row["number"].startswith("'")
        assert row["parties"].startswith("'")


def test_a_path_and_a_message_are_text_too(tmp_path):
    issue = replace(FAILED.errors[0], message="=1+1\n=2+2")
    made = rows(replace(FAILED, path="=evil.pdf", errors=(issue,)))
    write(made, formats=[], out=tmp_path, schemas=SCHEMAS)
    (row,) = table(tmp_path / "errors.csv")
    assert (row["path"], row["message"]) == ("'=evil.pdf", "'=1+1 =2+2")


def test_numbers_below_zero_stay_numbers(doc, tmp_path):
    made = rows(bill(doc("x"), {"total": Decimal("-12.50"), "copies": -3}))
    write(made, formats=["csv"], out=tmp_path, schemas=SCHEMAS)
    (row,) = table(tmp_path / "records.csv")
    assert (row["total"], row["copies"]) == ("-12.50", "-3")


@pytest.mark.parametrize("text", ["", "a=b", "Tea", "12 - 3", "'x"])
def test_harmless_text_is_left_alone(text):
    assert harmless(text) == text


def test_csv_for_excel_has_a_byte_order_mark_semicolons_and_decimal_commas(doc, tmp_path):
    made = rows(bill(doc("x"), {"total": Decimal("1234.50"), "number": "a;b 1.5"}))
    options = ExportOptions(csv_excel=True)
    write(made, formats=["csv"], out=tmp_path, schemas=SCHEMAS, options=options)
    text = (tmp_path / "records.csv").read_bytes().decode()
    assert text.startswith("\ufeffpath;kind;kind_confidence;status;number;")
    assert text.endswith('made.pdf;bill;0,9877;success;"a;b 1.5";;;1234,50;;;;\r\n')


def test_control_characters_and_what_utf_8_cannot_hold_are_cleaned_away():
    assert clean("a\x00b\x1b[31m\x9f\ufffec\td\r\ne\udce9") == "ab[31mc d e\\udce9"


@pytest.mark.parametrize(
    ("sort", "value", "cell"),
    [
        (Sort.NUMBER, 3, Decimal(3)),
        (Sort.DATE, "2024-05-31", date(2024, 5, 31)),
        (Sort.TIME, time(9, 5), time(9, 5)),
        (Sort.TEXT, Decimal("1E+2"), "100"),
        (Sort.TEXT, [date(2024, 5, 31), None, False], "2024-05-31; false"),
        (Sort.BOOLEAN, None, None),
    ],
)
def test_a_value_becomes_a_cell_of_its_columns_sort(sort, value, cell):
    made = typed(value, sort)
    assert made == cell
    assert type(made) is type(cell)


def test_a_name_that_is_taken_gets_an_underscore():
    fields = {"path": NOTE.fields["author"], "path_": NOTE.fields["author"]}
    made = columns_of([fields], fixed=["path"], confidences=True)
    assert [column.name for column in made] == [
        *("path__", "path___confidence", "path_", "path__confidence")
    ]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("12.50"), "12.50"),
        (Decimal("0.12345678949"), "0.123456789"),
        (Decimal(10**29), "None"),
        (Decimal("NaN"), "None"),
        (2**63, "None"),
        (True, "True"),
    ],
)
def test_typed_stores_get_numbers_they_can_hold(value, kept):
    assert str(storable(value)) == kept


def test_excel_gets_typed_cells_and_text_that_stays_text(doc, tmp_path):
    from openpyxl import load_workbook

    data = {
        "number": "=1+1",
        "issued": date(2024, 5, 31),
        "at": time(9, 5),
        "total": Decimal("12345678901234567.89"),
        "copies": -3,
        "paid": True,
        "status": "https://x.example \x0b",
        "lines": [{"text": "Tea", "amount": Decimal("2.50")}],
    }
    made = rows(bill(doc("x"), data), FAILED)
    write(made, formats=["xlsx"], out=tmp_path, schemas=SCHEMAS)
    book = load_workbook(tmp_path / "records.xlsx")
    assert book.sheetnames == ["records", "line_items", "errors"]
    names, cells = book["records"].iter_rows()
    found = {name.value: cell for name, cell in zip(names, cells, strict=True)}
    assert (found["number"].value, found["number"].data_type) == ("=1+1", "s")
    assert found["issued"].value == datetime(2024, 5, 31)
    assert found["at"].value == time(9, 5)
    assert found["total"].value == "12345678901234567.89"
    assert (found["copies"].value, found["paid"].value) == (-3, True)
    assert found["status_"].hyperlink is None
    assert [c.value for c in list(book["line_items"].iter_rows())[1]] == [
        *("made.pdf", "lines", 1, "Tea", 2.5)
    ]
    assert book["errors"]["A2"].value == "sub/locked.pdf"


def test_parquet_has_typed_columns_and_exact_decimals(doc, tmp_path):
    from pyarrow import parquet

    result = bill(
        doc("x"), {"issued": date(1500, 5, 31), "at": time(9, 5), "total": Decimal("0.1")}
    )
    other = note(doc("y"), author="a\udce9", total=None)
    write(rows(result), formats=["parquet"], out=tmp_path, schemas=SCHEMAS)
    (row,) = parquet.read_table(tmp_path / "records.parquet").to_pylist()
    assert row["issued"] == date(1500, 5, 31)
    assert row["at"] == time(9, 5)
    assert row["total"] == Decimal("0.1")
    write(rows(other), formats=["parquet"], out=tmp_path, schemas=SCHEMAS)
    (row,) = parquet.read_table(tmp_path / "records.parquet").to_pylist()
    assert row["author"] == "a\\udce9"
    assert parquet.read_table(tmp_path / "line_items.parquet").num_rows == 0


def test_a_row_knows_its_kind_before_any_json_is_parsed(doc):
    assert row_of(full_bill(doc)).kind == "bill"
