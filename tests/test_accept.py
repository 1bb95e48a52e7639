"""`docextract run --accept-at`: which values and documents go on without a person."""

import csv
import json
import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import docextract as front_door
from docextract import batch
from docextract.batch.reporting.review_summary import ReviewSummary, summarise_review
from docextract.document import Document, Issue, Kind, Result, Status, Value
from docextract.errors import ConfigError, ExitCode
from docextract.evaluation import read_truth
from docextract.export import ExportOptions, record_json, row_of, to_frames, write
from docextract.pipeline import Pipeline
from docextract.schema import Schema
from docextract.stages.check import Check
from tests.made_results import FAILED, rows
from tests.made_tables import known, saved
from tests.made_values import make_value, otherwise
from tests.test_cli import PIPELINE, RECEIPT, docextract

pytestmark = pytest.mark.usefixtures("independent_scorer")
BILL = Schema(
    name="bill",
    fields={
        "number": {"type": "code", "required": True},
        "net": {"type": "money"},
        "total": {"type": "money"},
        "issued": {"type": "date"},
        "items": {"type": "rows", "fields": {"price": {"type": "money"}, "text": {}}},
    },
    checks=[{"rule": "net == total", "message": "does not add up"}],
)
#: 0.9 is right often enough for a target of 0.95, and 0.5 is not.
PARTS = (known(0.9, 1000, 5), known(0.5, 500, 500))


def value(field, given, confidence=0.9, row=None, origin="rule:label right"):
    return make_value(field, str(given), given, confidence, ((0, 1),), origin, row=row)


NUMBER = value("number", "B-7")


@pytest.fixture
def bill(tmp_path):
    """`bill(*candidates)`: the document after the check stage, accepted at 0.95."""
    path = saved(tmp_path / "t.json", *PARTS)

    def run(*candidates: Value, issues: tuple[Issue, ...] = (), target: float = 0.95) -> Document:
        document = Document("a.pdf", kind=Kind("bill", 1.0), candidates=candidates, issues=issues)
        (made,) = Check((BILL,), confidence=str(path), accept_at=target)([document])
        return made

    return run


def result(document: Document) -> Result:
    return Result(document.name, Status.SUCCESS, document)


# Values


def test_a_sure_value_is_accepted_and_a_doubtful_one_is_for_review_with_the_reason(bill):
    made = bill(NUMBER, value("total", Decimal(5), 0.5)).record
    assert made.evidence["number"].review == ()
    share = round(1001 / 1007, 4)
    assert made.evidence["total"].review == (
        f"confidence 0.5 below {share:g}, the threshold for 0.95 precision",
    )
    assert (made.review.values, made.review.accepted, made.review.fields) == (2, 1, ("total",))


def test_a_check_that_fails_is_a_reason_however_sure_the_value_is(bill):
    stated = [
        value(name, Decimal(n), 1.0, origin="xml:BT-1") for n, name in enumerate(["net", "total"])
    ]
    made = bill(NUMBER, *stated).record
    assert made.evidence["total"].review == ("check failed: does not add up",)
    assert made.review.fields == ("net", "total")


def test_what_a_file_states_needs_no_threshold(bill):
    made = bill(NUMBER, value("total", Decimal(5), 1.0, origin="xml:BT-112"), target=0.9999).record
    assert made.evidence["total"].review == ()
    assert made.review.unreachable == ("number",)


def test_a_date_that_can_be_read_in_two_ways_is_for_review(bill):
    other = otherwise(value("issued", date(2024, 3, 5)), date(2024, 5, 3))
    made = bill(NUMBER, replace(value("issued", date(2024, 3, 5)), alternatives=(other,))).record
    assert "ambiguous: can also be read as 2024-05-03" in made.evidence["issued"].review


def test_where_no_confidence_is_enough_everything_is_for_review(bill):
    made = bill(NUMBER, target=0.9999).record
    assert made.evidence["number"].review == (
        "no confidence is known to be enough for 0.9999 precision",
    )
    assert made.review.unreachable == ("number",)


def test_cells_of_rows_are_marked_too(bill):
    made = bill(NUMBER, value("items.price", Decimal(5), 0.5, row=0)).record
    assert made.evidence["items"][0]["price"].review
    assert made.review.fields == ("items.price",)


# Documents


def test_a_document_passes_when_all_is_accepted_and_what_is_required_is_there(bill):
    assert bill(NUMBER, value("total", Decimal(5))).record.review.fields == ()
    assert bill(value("total", Decimal(5))).record.review.fields == ("number",)


def test_a_document_in_which_nothing_was_found_does_not_pass(tmp_path):
    note = Schema(name="note", fields={"author": {"type": "name"}})
    path = saved(tmp_path / "t.json", *PARTS)
    stage = Check((note,), confidence=str(path), accept_at=0.95)
    (made,) = stage([Document("a.pdf", kind=Kind("note", 1.0))])
    assert made.record.review.fields == ("kind",)


@pytest.mark.parametrize(("category", "fields"), [("malformed", ("malformed",)), ("hidden", ())])
def test_an_issue_of_weight_keeps_a_document_back(bill, category, fields):
    issue = Issue("read", category, "page 2")
    assert bill(NUMBER, issues=(issue,)).record.review.fields == fields


def test_documents_are_counted_with_those_that_failed_or_are_of_no_kind(bill):
    unknown = Document("b.pdf", kind=Kind("unknown", 1.0))
    documents = [bill(NUMBER), bill(NUMBER, value("total", Decimal(5), 0.5)), unknown]
    made = summarise_review([*(row_of(result(one)) for one in documents), FAILED], 0.95)
    assert made == ReviewSummary(0.95, 3, 2, 4, 1, ())


def test_fields_that_are_never_sure_enough_are_named_once_with_their_kind(bill):
    documents = [bill(NUMBER, target=0.9999), bill(NUMBER, target=0.9999)]
    made = summarise_review([row_of(result(one)) for one in documents], 0.9999)
    assert made.unreachable == ("bill.number",)
    assert made.untouched == 0


# What is written


def test_the_json_says_it_of_each_value_and_of_the_document(bill):
    made = record_json(result(bill(NUMBER, value("total", Decimal(5), 0.5))))
    assert made["evidence"]["number"]["review"] is False
    assert made["evidence"]["number"]["review_reasons"] == []
    assert made["evidence"]["total"]["review"] is True
    assert made["evidence"]["total"]["score"] == 0.5
    assert made["review"] == {
        "target": 0.95,
        "values": 2,
        "accepted": 1,
        "fields": ["total"],
        "unreachable": [],
    }


def test_where_nobody_asked_the_json_has_nothing_of_it():
    (plain,) = Check((BILL,))([Document("a", kind=Kind("bill", 1.0), candidates=(NUMBER,))])
    made = record_json(result(plain))
    assert "review" not in made
    assert {"review", "review_reasons", "score"}.isdisjoint(made["evidence"]["number"])


@pytest.fixture
def doubted(bill):
    """The rows of a bill with two doubtful values, and of a document of no kind."""
    doubtful = (value("total", Decimal(5), 0.5), value("items.price", Decimal(5), 0.5, row=0))
    unknown = Document("b.pdf", kind=Kind("unknown", 1.0))
    return [result(bill(NUMBER, *doubtful)), result(unknown)]


def test_tables_have_a_column_with_what_needs_a_look(doubted, tmp_path):
    options = ExportOptions(review=True)
    write(rows(*doubted), formats=["csv", "sqlite"], out=tmp_path, schemas=[BILL], options=options)
    records = read_csv(tmp_path / "records.csv")
    assert [row["needs_review"] for row in records] == ["total; items.price", "kind"]
    (line,) = read_csv(tmp_path / "line_items.csv")
    assert (line["needs_review"], line["price"]) == ("price", "5")
    with sqlite3.connect(tmp_path / "records.sqlite") as store:
        found = store.execute("SELECT needs_review FROM documents ORDER BY path").fetchall()
    store.close()
    assert found == [("total; items.price",), ("kind",)]


def test_a_run_that_a_person_corrected_is_a_truth_without_that_column(doubted, tmp_path):
    options = ExportOptions(review=True)
    write(rows(*doubted), formats=["csv"], out=tmp_path, schemas=[BILL], options=options)
    assert "needs_review" not in read_truth(tmp_path / "records.csv")[0].fields


def test_frames_have_it_where_records_do(doubted):
    made = to_frames(doubted, schemas=[BILL])
    assert list(made["records"]["needs_review"]) == ["total; items.price", "kind"]
    assert list(made["line_items"]["needs_review"]) == ["price"]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


# The command


@pytest.fixture
def folder(tmp_path):
    """Two receipts, one without a total, and a file that cannot be read; every score is enough."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(RECEIPT)
    (tmp_path / "in" / "b.txt").write_text(RECEIPT.replace("Total: 1.20 EUR", ""))
    (tmp_path / "in" / "c.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    (tmp_path / "p.toml").write_text(PIPELINE)
    saved(tmp_path / "t.json", known(0.05, 300), known(0.99, 300))
    return tmp_path


def test_a_run_marks_counts_and_tells(folder):
    asked = ("run", "in", "-p", "p.toml", "--confidence", "t.json", "--accept-at", "0.95")
    done = docextract(*asked, cwd=folder, COLUMNS="160")
    assert done.returncode == ExitCode.PARTIAL, done.stderr
    review = json.loads((folder / "out" / "run.json").read_text())["review"]
    assert (review["target"], review["documents"], review["untouched"]) == (0.95, 3, 1)
    assert review["accepted"] == review["values"] > 2
    assert f"{review['values']} of {review['values']} (100%) values" in done.stderr
    assert "1 of 3 (33%)" in done.stderr
    found = {row["path"]: row["needs_review"] for row in read_csv(folder / "out" / "records.csv")}
    assert found["a.txt"] == ""
    assert "total" in found["b.txt"].split("; ")


def ran(folder: Path, **check: object) -> None:
    """A run in this process, of the first receipt."""
    table = {"confidence": str(folder / "t.json"), **check}
    pipeline = Pipeline.load(str(folder / "p.toml"), check=table)
    batch.run([folder / "in" / "a.txt"], folder / "out", pipeline, batch.RunOptions(workers=1))


def test_a_run_says_once_what_is_never_sure_enough(folder, capsys):
    ran(folder, accept_at=0.9999)
    told = capsys.readouterr().err
    assert told.count("no confidence threshold is known to reach 0.9999 precision") == 1
    assert "receipt.date" in told


def test_without_the_option_nothing_is_said_of_it(folder, capsys):
    ran(folder)
    assert "accepted" not in capsys.readouterr().err
    assert "review" not in json.loads((folder / "out" / "run.json").read_text())
    assert "needs_review" not in (folder / "out" / "records.csv").read_text()


@pytest.mark.parametrize(
    ("pipeline", "check", "message"),
    [
        ("p.toml", {"accept_at": 0.99}, "accept_at needs a table of confidences"),
        ("p.toml", {"confidence": "t.json", "accept_at": 1.5}, "from 0 to below 1"),
        ("p.toml", {"confidence": "gone.json"}, "no table of confidences 'gone.json'"),
        ("p.toml", {"colour": 3}, "has no option colour"),
        ("entities", {"accept_at": 0.99}, "it has no check stage; only that one takes accept_at"),
    ],
)
def test_what_cannot_be_accepted_is_said_before_any_work(
    folder, monkeypatch, pipeline, check, message
):
    monkeypatch.chdir(folder)
    with pytest.raises(ConfigError, match=message):
        Pipeline.load(pipeline, check=check)


def test_a_pipeline_can_ask_for_it_itself(folder):
    path = folder / "q.toml"
    path.write_text(f'{PIPELINE}confidence = "{folder / "t.json"}"\naccept_at = 0.95\n')
    made = Pipeline.load(str(path))
    assert made.accept_at == 0.95
    assert front_door.extract(folder / "in" / "a.txt", pipeline=made).record.review.fields == ()


def test_the_library_takes_it_with_the_pipeline(folder):
    made = front_door.load_pipeline(
        str(folder / "p.toml"), accept_at=0.95, confidence=str(folder / "t.json")
    )
    record = front_door.extract(folder / "in" / "a.txt", pipeline=made).record
    assert record.evidence["total"].review == ()
    with pytest.raises(ConfigError, match="below 1"):
        front_door.load_pipeline(str(folder / "p.toml"), accept_at=2)
