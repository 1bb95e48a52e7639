"""Writing a run: formats, files, and what holds for all of them."""

import json
import tracemalloc
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_results import BILL, FAILED, NOTE, bill, full_bill, rows

from docextract.document import Status
from docextract.errors import ConfigError, MissingDependency
from docextract.export import FORMATS, Format, check_formats, loads, row_of, write
from docextract.export.files import atomic, safe

SCHEMAS = (NOTE, BILL)


def test_an_unknown_format_is_refused_with_the_known_ones_named():
    with pytest.raises(ConfigError, match=r"no format 'pdf'; there are: jsonl, json, csv, xlsx"):
        check_formats(["csv", "pdf"])


def test_a_format_whose_package_is_missing_says_what_to_install(monkeypatch):
    lacking = {**FORMATS, "odd": Format("nowhere:open", (), "package_that_is_not_here", "odd")}
    monkeypatch.setattr("docextract.export.FORMATS", lacking)
    with pytest.raises(MissingDependency, match=r'pip install "docextract\[odd\]"'):
        check_formats(["odd"])


def test_a_url_of_no_database_is_refused():
    with pytest.raises(ConfigError, match="not the URL of a database"):
        check_formats(["nosuchdatabase://x"])


def test_every_format_writes_the_files_it_names(doc, tmp_path):
    written = write(
        rows(full_bill(doc), FAILED), formats=list(FORMATS), out=tmp_path, schemas=SCHEMAS
    )
    named = [file for form in FORMATS.values() for file in form.files]
    assert [path.name for path in written] == [*named, "errors.csv"]
    assert all(path.exists() for path in written)
    assert not list(tmp_path.rglob("*.part"))


def test_the_same_rows_give_the_same_bytes(doc, tmp_path):
    for name in ("one", "two"):
        out = tmp_path / name
        write(rows(full_bill(doc), FAILED), formats=list(FORMATS), out=out, schemas=SCHEMAS)
    for one in sorted(path for path in (tmp_path / "one").rglob("*") if path.is_file()):
        two = tmp_path / "two" / one.relative_to(tmp_path / "one")
        assert one.read_bytes() == two.read_bytes(), one.name


def test_json_lines_hold_the_documents_that_were_read_under_their_paths(doc, tmp_path):
    row = replace(row_of(full_bill(doc)), path="sub/Rechnung ü.pdf")
    write(rows(row, FAILED), formats=["jsonl"], out=tmp_path, schemas=SCHEMAS)
    (line,) = (tmp_path / "records.jsonl").read_text("utf-8").splitlines()
    assert loads(line)["document"]["path"] == "sub/Rechnung ü.pdf"


def test_json_files_mirror_the_input_and_never_collide(doc, tmp_path):
    paths = ["a.pdf", "a.docx", "x/a.pdf", "y/a.pdf", "mail.eml", "mail.eml/a.pdf", "a", "a.json/b"]
    made = [replace(row_of(full_bill(doc)), path=path) for path in paths]
    write(rows(*made), formats=["json"], out=tmp_path, schemas=SCHEMAS)
    files = sorted((tmp_path / "documents").rglob("*.json"))
    found = [json.loads(p.read_text("utf-8"))["document"]["path"] for p in files if p.is_file()]
    assert sorted(found) == sorted(paths)
    assert (tmp_path / "documents/x/a.pdf.json").is_file()


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b",
        "..",
        "",
        "C:\\x",
        "nul.txt",
        "a\0b",
        "x" * 999,
        "a.zip/" + "folder/" * 3000 + "x.txt",
    ],
)
def test_a_hostile_path_stays_inside_the_folder(path, tmp_path):
    made = tmp_path / safe(path)
    made.parent.mkdir(parents=True, exist_ok=True)
    made.with_name(made.name + ".json").write_text("x")
    assert ".." not in safe(path).parts
    assert not safe(path).is_absolute()


@given(st.lists(st.text(st.sampled_from("aA.:/ ~\udc80")), unique=True))
def test_different_paths_have_different_names(paths):
    plain = {"/".join(part for part in path.split("/") if part) for path in paths}
    assert len({safe(path) for path in plain}) == len(plain)


def test_a_file_is_replaced_only_when_it_is_complete(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError), atomic(path) as part:
        part.write_text("ha")
        raise RuntimeError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_rows_that_fail_midway_leave_the_old_files(doc, tmp_path):
    good = rows(full_bill(doc))
    write(good, formats=list(FORMATS), out=tmp_path, schemas=SCHEMAS)
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    bad = replace(FAILED, json="{not json")
    with pytest.raises(ValueError, match="Expecting property name"):
        write(lambda: iter([*good(), bad]), formats=list(FORMATS), out=tmp_path, schemas=SCHEMAS)
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_a_folder_that_cannot_be_written_to_is_a_configuration_error(doc, tmp_path):
    (tmp_path / "out").write_text("a file is in the way")
    with pytest.raises(ConfigError, match="cannot write into"):
        write(rows(FAILED), formats=["csv"], out=tmp_path / "out", schemas=SCHEMAS)


def test_a_partial_document_has_a_record_and_an_error(doc, tmp_path):
    partial = bill(doc("Bill"), errors=(FAILED.errors[0],))
    assert partial.status is Status.PARTIAL
    write(rows(partial), formats=["jsonl"], out=tmp_path, schemas=SCHEMAS)
    assert len((tmp_path / "records.jsonl").read_text("utf-8").splitlines()) == 1
    assert "made.pdf,partial,read,encrypted" in (tmp_path / "errors.csv").read_text("utf-8")


@pytest.mark.slow
def test_more_documents_take_no_more_memory(doc, tmp_path):
    row = row_of(bill(doc("Bill"), {"total": Decimal("12.50"), "lines": [{"text": "Tea"}]}))

    def peak(count: int) -> int:
        def many():
            return (replace(row, path=f"{n}.pdf") for n in range(count))

        tracemalloc.start()
        write(many, formats=["jsonl", "csv", "sqlite", "xlsx"], out=tmp_path, schemas=SCHEMAS)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    # Databases get 500 documents at a time, so fewer than that would say nothing. Held in
    # memory, a thousand documents would take a megabyte for their JSON alone.
    peak(500)  # what is loaded and compiled at the first use
    assert peak(2000) < peak(1000) + 300_000
