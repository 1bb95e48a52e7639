"""`docextract evaluate`, as a person meets it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from docextract.errors import ExitCode
from docextract.evaluation.evaluate_command import EvaluateOptions, run
from docextract.export import dumps, record_json
from tests.made_results import full_bill, note


def evaluate(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from docextract.cli import main; main()", "evaluate", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path, doc):
    """Two runs of two documents and their truth: the second run reads one total wrong."""
    records = [
        record_json(full_bill(doc)),
        record_json(note(doc("Tea 2.50", name="n.txt"), author="Ann", total="2.50")),
    ]
    records[1]["evidence"] = {}
    for name, total in {"good": "2.50", "bad": "9.50"}.items():
        records[1]["data"]["total"] = total
        (tmp_path / name).mkdir()
        (tmp_path / name / "records.jsonl").write_text(
            "".join(dumps(record) + "\n" for record in records), "utf-8"
        )
    (tmp_path / "truth.csv").write_text(
        "path,kind,number,total,author\nmade.pdf,bill,B-7,12.5,\nn.txt,note,,2.50,Ann\ngone.pdf,bill,B-8,,\n"
    )
    return tmp_path


def test_tables_are_printed_and_the_json_holds_everything(folder):
    done = evaluate("truth.csv", "bad", "--json", "all.json", "--errors", "3", cwd=folder)
    assert done.returncode == ExitCode.OK, done.stderr
    assert "3 documents have ground truth" in done.stdout
    assert "1 of them have no record, all their values count as missing: gone.pdf" in done.stdout
    assert "all fields" in done.stdout
    assert "errors, by descending confidence" in done.stdout
    made = json.loads((folder / "all.json").read_text("utf-8"))
    overall = made["fields"]["overall"]
    # Wanted: two numbers, two totals, an author. Found and right: a number, a total, an author.
    assert (overall["wanted"], overall["found"]) == (5, 4)
    assert overall["typed"]["f1"] == pytest.approx(2 * 3 / 9)
    assert made["kinds"]["accuracy"]["value"] == pytest.approx(2 / 3)
    assert made["documents"]["without_prediction"] == ["gone.pdf"]
    assert {error["document"] for error in made["errors"]} == {"n.txt", "gone.pdf"}
    assert made["calibration"]["values"] == 2


def test_a_comparison_shows_what_changed(folder):
    done = evaluate("truth.csv", "bad", "--against", "good", "--json", "all.json", cwd=folder)
    assert done.returncode == ExitCode.OK, done.stderr
    assert "0 fields of documents are better, 1 worse" in done.stdout
    made = json.loads((folder / "all.json").read_text("utf-8"))["comparison"]
    assert made["overall"]["by"]["value"] == pytest.approx(2 * 3 / 9 - 2 * 4 / 9)
    (change,) = made["changes"]
    assert (change["document"], change["field"], change["better"]) == ("n.txt", "total", False)
    assert change["before"][0]["value"] == "2.50"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--fail-under", "0.6"], ExitCode.OK, ""),
        (["--fail-under", "0.7"], ExitCode.BELOW, "all fields: F1 0.667 is below 0.7"),
        (["--fail-under-field", "total=0.4"], ExitCode.OK, ""),
        (["--fail-under-field", "total=0.9"], ExitCode.BELOW, "total: F1 0.500 is below 0.9"),
        (["--fail-under-field", "totl=0.9"], ExitCode.CONFIG, "the ground truth has no field totl"),
        (["--fail-under", "2"], ExitCode.USAGE, "--fail-under"),
        (["--schema", "nope"], ExitCode.CONFIG, "no schema 'nope'"),
        (["--against", "nowhere"], ExitCode.USAGE, "cannot read nowhere"),
        (["--json", "no/folder.json"], ExitCode.CONFIG, "cannot write no/folder.json"),
    ],
)
def test_the_exit_code_is_a_gate(folder, arguments, code, message):
    done = evaluate("truth.csv", "bad", *arguments, cwd=folder)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_runs_that_have_no_document_of_the_truth_are_refused(folder):
    (folder / "other.csv").write_text("path,total\nelsewhere.pdf,1\n")
    done = evaluate("other.csv", "good", cwd=folder)
    assert done.returncode == ExitCode.USAGE
    assert "no document is in both: the truth names elsewhere.pdf, the run made.pdf" in done.stderr


def test_a_schema_of_the_users_own_gives_the_types(folder):
    (folder / "note.toml").write_text('name = "note"\n[fields.total]\ntype = "money"\n')
    (folder / "truth.csv").write_text("path,total\nn.txt,EUR 2.50\n")
    plain = run(folder / "truth.csv", folder / "good", EvaluateOptions())
    own = run(
        folder / "truth.csv", folder / "good", EvaluateOptions(schemas=(str(folder / "note.toml"),))
    )
    assert plain.evaluation.f1().value == 0
    assert own.evaluation.f1().value == 1
    assert own.pairs.without_truth == ("made.pdf",)
