"""Records in databases."""

import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_results import BILL, FAILED, NOTE, bill, full_bill, note, rows
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.schema import CreateTable

from docextract.errors import ConfigError
from docextract.export import ExportOptions, check_formats, row_of, write
from docextract.export.as_sql import document_id
from docextract.export.sql_tables import tables_of
from docextract.schema import Schema

SCHEMAS = (NOTE, BILL)


@pytest.fixture
def database(tmp_path):
    """Writes rows to one database, and asks it."""

    class Database:
        path = tmp_path / "records.db"
        url = f"sqlite:///{path}"

        def write(self, made, schemas=SCHEMAS, options=ExportOptions()):  # noqa: B008
            write(made, formats=[self.url], out=tmp_path, schemas=schemas, options=options)

        def ask(self, query):
            connection = sqlite3.connect(self.path)
            try:
                return connection.execute(query).fetchall()
            finally:
                connection.close()

    return Database()


def test_a_document_has_a_row_for_itself_its_record_and_each_nested_row(doc, database):
    database.write(rows(full_bill(doc), FAILED))
    assert database.ask("select path, pages, status, kind, schema_version from documents") == [
        ("made.pdf", 2, "success", "bill", "2"),
        ("sub/locked.pdf", None, "failed", None, None),
    ]
    query = "select number, issued, total, parties, typeof(total) from bill"
    assert database.ask(query) == [("B-7", "2024-05-31", 12.5, "Jürgen", "real")]
    assert database.ask("select row_number, text, amount from bill_lines") == [(1, None, 2.5)]
    assert database.ask("select stage, category, field from issues order by stage") == [
        ("check", "check", "total"),
        ("read", "encrypted", None),
    ]


def test_writing_again_changes_nothing(doc, database):
    made = rows(full_bill(doc), FAILED)
    tables = ("documents", "issues", "bill", "bill_lines")
    database.write(made)
    before = [database.ask(f"select * from {table}") for table in tables]
    database.write(made)
    assert [database.ask(f"select * from {table}") for table in tables] == before


def test_a_changed_record_takes_the_place_of_the_old_one(doc, database):
    lines = [{"text": "a", "amount": None}, {"text": "b", "amount": None}]
    database.write(rows(bill(doc("x"), {"number": "1", "lines": lines})))
    database.write(rows(bill(doc("x"), {"number": "2", "lines": lines[1:]})))
    assert database.ask("select number from bill") == [("2",)]
    assert database.ask("select row_number, text from bill_lines") == [(1, "b")]


def test_a_document_of_another_kind_leaves_no_row_of_the_old_kind(doc, database):
    lines = [{"text": "a", "amount": None}]
    database.write(rows(bill(doc("x"), {"number": "1", "lines": lines})))
    database.write(rows(note(doc("x"), author="Ann")))
    assert database.ask("select kind from documents") == [("note",)]
    assert database.ask("select * from bill") == database.ask("select * from bill_lines") == []


def test_other_documents_stay(doc, database):
    row = row_of(full_bill(doc))
    database.write(rows(row))
    database.write(rows(replace(row, path="other.pdf")))
    assert database.ask("select path from documents order by path") == [
        ("made.pdf",),
        ("other.pdf",),
    ]
    assert len({key for (key,) in database.ask("select document_id from bill")}) == 2


def test_a_schema_that_grows_adds_its_columns(doc, database):
    small = {name: field for name, field in BILL.fields.items() if name != "total"}
    database.write(rows(bill(doc("x"))), (BILL.model_copy(update={"fields": small, "checks": ()}),))
    database.write(rows(full_bill(doc)), options=ExportOptions(confidences=True))
    assert database.ask("select total, total_confidence from bill") == [(12.5, 0.8765)]


def test_more_documents_than_one_transaction_takes_all_arrive(doc, database):
    row = row_of(full_bill(doc))
    database.write(rows(*(replace(row, path=f"{n}.pdf") for n in range(1203))))
    assert database.ask("select count(*) from documents") == [(1203,)]
    assert database.ask("select sum(amount) from bill_lines") == [(1203 * 2.5,)]


def test_a_sqlite_file_is_written_anew(doc, tmp_path):
    row = row_of(full_bill(doc))
    for name in ("a.pdf", "b.pdf"):
        made = rows(replace(row, path=name))
        write(made, formats=["sqlite"], out=tmp_path, schemas=SCHEMAS)
    connection = sqlite3.connect(tmp_path / "records.sqlite")
    assert connection.execute("select path from documents").fetchall() == [("b.pdf",)]
    connection.close()


def test_numbers_and_text_that_no_database_holds_do_not_stop_a_run(doc, database):
    odd = {"copies": 10**30, "total": Decimal("1E+40"), "number": "a\x00\udce9"}
    database.write(rows(bill(doc("x"), odd), replace(FAILED, path="\udce9.pdf")))
    assert database.ask("select copies, total, number from bill") == [(None, None, "a\\udce9")]


def test_a_table_of_another_make_is_not_touched(doc, database):
    connection = sqlite3.connect(database.path)
    connection.execute("create table documents (id integer, title text)")
    connection.close()
    with pytest.raises(ConfigError, match="has a table 'documents' of another make"):
        database.write(rows(full_bill(doc)))


def test_schemas_whose_tables_would_share_a_name_are_refused(database):
    other = Schema.model_validate({"name": "documents", "fields": {"a": {}}})
    with pytest.raises(ConfigError, match="more than one database table would be called documents"):
        database.write(rows(FAILED), (other,))


def test_a_database_that_does_not_answer_is_refused_without_its_password(tmp_path):
    with pytest.raises(ConfigError, match="unable to open") as caught:
        check_formats([f"sqlite:///{tmp_path}/no/such/folder.db"])
    assert "Error" not in str(caught.value)


def test_errors_of_a_database_show_no_text_of_documents(doc, database):
    database.write(rows(full_bill(doc)))
    connection = sqlite3.connect(database.path)
    connection.execute("drop table bill")
    connection.execute("create table bill (document_id text, number text check (number = ''))")
    connection.close()
    with pytest.raises(ConfigError, match="CHECK constraint failed") as caught:
        database.write(rows(full_bill(doc)))
    assert "B-7" not in str(caught.value)


@pytest.mark.parametrize(
    ("dialect", "number"),
    [(postgresql, "NUMERIC"), (mysql, "NUMERIC(38, 9)"), (sqlite, "DOUBLE")],
)
def test_amounts_are_exact_where_the_database_can(dialect, number):
    table = tables_of([BILL], confidences=False)["bill"].table
    made = str(CreateTable(table).compile(dialect=dialect.dialect()))
    assert f"total {number}," in made
    assert "PRIMARY KEY (document_id)" in made


def test_the_key_of_a_document_depends_on_content_and_path_alone():
    assert document_id("a.pdf", "0" * 64) == document_id("a.pdf", "0" * 64)
    assert len({document_id("a", "0"), document_id("b", "0"), document_id("a", "1")}) == 3


def test_dates_are_dates(doc, database):
    database.write(rows(bill(doc("x"), {"issued": date(2024, 2, 29)})))
    assert database.ask("select date(issued, '+1 year') from bill") == [("2025-03-01",)]
