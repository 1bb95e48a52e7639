"""Results as pandas frames."""

from datetime import date, time
from decimal import Decimal

import pandas as pd
import pytest
from made_results import BILL, FAILED, bill, full_bill

from docextract.document import Result, Status
from docextract.export import dumps, loads, record_json, to_frame, to_frames

LOCKED = Result(FAILED.path, Status.FAILED, errors=FAILED.errors)


def test_a_frame_has_a_row_a_document_also_for_those_that_failed(doc):
    frame = to_frame([full_bill(doc), LOCKED])
    assert list(frame["path"]) == ["made.pdf", "sub/locked.pdf"]
    assert list(frame["status"]) == ["success", "failed"]
    assert frame["total"].isna().tolist() == [False, True]


def test_columns_have_types_that_pandas_computes_with(doc):
    data = {"at": time(9, 5), "copies": 3, "paid": True, "total": Decimal("12.50")}
    frame = to_frame([bill(doc("x"), {**data, "issued": date(2024, 5, 31), "number": "7"})])
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "path": "string",
        "kind": "string",
        "kind_confidence": "float64",
        "status": "string",
        "number": "string",
        "issued": "datetime64[s]",
        "at": "object",
        "total": "float64",
        "copies": "Int64",
        "paid": "boolean",
        "status_": "string",
    }
    assert frame["issued"].dt.year[0] == 2024
    assert frame["total"].sum() == 12.5


@pytest.mark.parametrize("year", [1, 1500, 9999])
def test_any_year_that_a_document_can_have_is_a_date(doc, year):
    frame = to_frame([bill(doc("x"), {"issued": date(year, 5, 31)})])
    assert frame["issued"].dt.year[0] == year


def test_lines_of_a_records_file_become_the_same_frame_with_the_schemas(doc):
    result = full_bill(doc)
    parsed = loads(dumps(record_json(result)))
    pd.testing.assert_frame_equal(
        to_frame([parsed], schemas=[BILL]), to_frame([result], schemas=[BILL])
    )


def test_without_a_schema_json_keeps_its_dates_as_text(doc):
    parsed = loads(dumps(record_json(full_bill(doc))))
    frame = to_frame([parsed])
    assert frame["issued"][0] == "2024-05-31"
    assert str(frame["total"].dtype) == "float64"


def test_nested_rows_and_errors_have_frames_of_their_own(doc):
    frames = to_frames([full_bill(doc), LOCKED])
    (row,) = frames["line_items"].itertuples(index=False)
    assert (row.path, row.table, row.row, row.amount) == ("made.pdf", "lines", 1, 2.5)
    assert pd.isna(row.text)
    assert frames["errors"]["category"].tolist() == ["encrypted"]
    assert "lines" not in frames["records"]


def test_an_empty_list_is_a_column_only_where_a_schema_says_so(doc):
    result = bill(doc("x"))
    assert "parties" not in to_frame([result])
    frame = to_frame([result], schemas=[BILL])
    assert "parties" in frame
    assert "lines" not in frame


def test_no_results_give_an_empty_frame():
    assert list(to_frame([]).columns) == ["path", "kind", "kind_confidence", "status"]


def test_a_stream_of_results_is_read_once(doc):
    assert len(to_frame(result for result in [full_bill(doc)])) == 1
