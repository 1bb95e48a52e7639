from pathlib import Path

import pytest

from docextract.batch.ledger import FileStamp, Ledger
from docextract.batch.lock import output_folder_lock
from docextract.document import Issue, Result, Status
from docextract.errors import Category, ConfigError
from docextract.export import loads

STAMP = FileStamp(Path("/in/a.pdf"), 12, 34)


def test_what_was_saved_is_found_by_the_next_run(tmp_path, doc):
    with Ledger(tmp_path, "p") as ledger:
        ledger.record_document("a.pdf", "c1", STAMP)
        ledger.save_result("c1", Result("a.pdf", Status.SUCCESS, doc("Total 12.50")), ("x.txt",))
    with Ledger(tmp_path, "p") as ledger:
        entry = ledger.find_result("c1")
        assert (entry.status, entry.document, entry.parts) == (Status.SUCCESS, True, ("x.txt",))
        assert ledger.find_result("c2") is None


def test_another_pipeline_finds_nothing(tmp_path, doc):
    with Ledger(tmp_path, "p") as ledger:
        ledger.save_result("c1", Result("a.pdf", Status.SUCCESS, doc("Total 12.50")))
    with Ledger(tmp_path, "other") as ledger:
        ledger.record_document("a.pdf", "c1")
        assert ledger.find_result("c1") is None
        assert list(ledger.rows()) == []


@pytest.mark.parametrize(
    "stamp",
    [
        FileStamp(Path("/elsewhere/a.pdf"), 12, 34),
        FileStamp(Path("/in/a.pdf"), 13, 34),
        FileStamp(Path("/in/a.pdf"), 12, 35),
    ],
)
def test_a_file_that_changed_is_not_taken_for_what_it_was(tmp_path, stamp):
    with Ledger(tmp_path, "p") as ledger:
        ledger.record_document("a.pdf", "c1", STAMP)
        assert ledger.known_content_key("a.pdf", STAMP) == "c1"
        assert ledger.known_content_key("a.pdf", stamp) is None


def test_rows_are_those_of_this_run_sorted_by_path(tmp_path, doc):
    with Ledger(tmp_path, "p") as ledger:
        ledger.record_document("gone.pdf", "c1")
        ledger.save_result("c1", Result("gone.pdf", Status.SUCCESS, doc("Total 12.50")))
    with Ledger(tmp_path, "p") as ledger:
        ledger.record_document("b.pdf", "c1")
        ledger.record_document("a.pdf", "c1")
        assert [row.path for row in ledger.rows()] == ["a.pdf", "b.pdf"]


def test_a_container_has_no_row_and_a_failure_has(tmp_path):
    issue = Issue("read", Category.TIMEOUT, "too long", page=3)
    with Ledger(tmp_path, "p") as ledger:
        ledger.record_document("a.zip", "c1")
        ledger.save_result("c1", Result("a.zip", Status.SUCCESS), ("x.txt",))
        ledger.record_document("b.pdf", "c2")
        ledger.save_result("c2", Result("b.pdf", Status.FAILED, errors=(issue,)))
        (row,) = ledger.rows()
        assert (row.path, row.status, row.errors, row.json) == (
            "b.pdf",
            Status.FAILED,
            (issue,),
            "",
        )


def test_the_text_is_given_on_request(tmp_path, doc):
    with Ledger(tmp_path, "p") as ledger:
        ledger.record_document("a.pdf", "c1")
        ledger.save_result("c1", Result("a.pdf", Status.SUCCESS, doc("Total 12.50")))
        (short,), (long,) = ledger.rows(), ledger.rows(with_text=True)
    assert "text" not in loads(short.json)
    assert loads(long.json) == {**loads(short.json), "text": "Total 12.50"}


def test_names_and_texts_that_are_no_unicode_come_back_as_they_were(tmp_path, doc):
    name = "caf\udce9.pdf"
    issue = Issue("read", Category.MALFORMED, f"{name} is broken")
    with Ledger(tmp_path, "p") as ledger:
        ledger.record_document(name, f"unreadable//{name}", STAMP)
        ledger.save_result(f"unreadable//{name}", Result(name, Status.FAILED, errors=(issue,)))
        ledger.record_document("b.pdf", "c2")
        ledger.save_result("c2", Result("b.pdf", Status.SUCCESS, doc("a\ud800b")))
        rows = {row.path: row for row in ledger.rows(with_text=True)}
        assert ledger.known_content_key(name, STAMP) == f"unreadable//{name}"
    assert rows[name].errors == (issue,)
    assert loads(rows["b.pdf"].json)["text"] == "a\ud800b"


def test_two_runs_in_one_folder_are_refused(tmp_path):
    with (
        output_folder_lock(tmp_path),
        pytest.raises(ConfigError, match="another run is writing"),
        output_folder_lock(tmp_path),
    ):
        pass


def test_the_lock_of_a_run_that_is_over_is_free(tmp_path):
    with output_folder_lock(tmp_path):
        pass
    with output_folder_lock(tmp_path):
        pass


def test_a_file_that_is_no_ledger_is_refused(tmp_path):
    (tmp_path / "ledger.sqlite").write_text("this is no database, but it is long enough " * 99)
    with pytest.raises(ConfigError, match="cannot use"):
        Ledger(tmp_path, "p")


def test_a_ledger_of_another_version_is_refused(tmp_path):
    import sqlite3

    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ConfigError, match="another version"):
        Ledger(tmp_path, "p")
