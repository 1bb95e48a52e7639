"""`docextract calibrate`: a table of confidences from records that a person confirmed."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from docextract.cli import app
from docextract.confidence.table import CalibrationTable
from docextract.document import Document, Value
from docextract.errors import ExitCode, UsageError
from docextract.evaluation.calibrate_command import LEAST_KNOWN, fit_and_validate, known_values
from docextract.evaluation.inputs.pairing import Pair
from docextract.evaluation.inputs.truth_and_prediction import PredictedValue, Prediction, Truth
from docextract.evaluation.metrics.cross_validation import FOLDS, TARGETS, cross_validate
from docextract.evaluation.outcomes import ComparisonRules
from tests.made_results import BILL, bill
from tests.made_runs import run_of
from tests.made_tables import known
from tests.made_values import make_value

SCHEMA = """
name = "bill"
[fields.number]
type = "code"
[fields.total]
type = "money"
"""


def documents(count: int, *, seed: int = 0) -> dict[str, list]:
    """Documents of ten values each; a score of 0.9 is right in half of the cases, 0.5 in none."""
    draw = random.Random(seed)
    return {
        f"{n}.pdf": [
            one
            for _ in range(5)
            for one in [*known(0.9, *draw.choice([(1, 0), (0, 1)])), *known(0.5, 0, 1)]
        ]
        for n in range(count)
    }


def calibrate(*arguments: str) -> Result:
    """The command, in the folder that is the current one."""
    return CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1"}).invoke(app, ["calibrate", *arguments])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A run of 100 bills: of the numbers, at 0.9, half are right, of the totals, at 0.5, none."""

    def value(name: str, given: str, confidence: float) -> Value:
        return make_value(name, given, given, confidence, ((0, 1),), "rule:label right")

    results, lines = [], ["path,kind,number,total"]
    for n in range(100):
        data = {"number": f"B-{n}", "total": "5"}
        evidence = {"number": value("number", f"B-{n}", 0.9), "total": value("total", "5", 0.5)}
        results.append(bill(Document(f"{n}.pdf"), data, evidence))
        lines.append(f"{n}.pdf,bill,B-{n if n % 2 else 'x'},7")
    run_of(tmp_path / "out", *results)
    (tmp_path / "truth.csv").write_text("\n".join(lines))
    (tmp_path / "bill.toml").write_text(SCHEMA)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_table_is_fitted_written_and_told_about(folder):
    asked = ("truth.csv", "out", "-o", "t.json", "--schema", "bill.toml")
    done = calibrate(*asked)
    assert done.exit_code == ExitCode.OK, done.output
    made = CalibrationTable.load(folder / "t.json")
    assert (made.documents, made.values, made.sources) == (100, 200, ("truth.csv",))
    assert made.share(0.9, "bill.number", "code") == 0.5
    assert made.share(0.5, "bill.total", "money") == pytest.approx(1 / 102, abs=1e-4)
    words = " ".join(done.output.split())
    assert "200 values of 100 documents" in words
    # 0.9 where a half is right and 0.5 where nothing is: off by 0.4 and by 0.5.
    assert "all values 200 0.250 0.450 0.0" in words
    assert "bill.number 100 0.500 0.400 0.0" in words
    for target in TARGETS:
        assert f"precision {target:.0%}" in words
    assert words.count("never 0.0%") == 3 * len(TARGETS)
    assert "docextract run FOLDER --confidence t.json" in words


def test_too_few_values_are_refused_with_how_many_it_takes(folder):
    lines = (folder / "truth.csv").read_text().splitlines()[:21]
    (folder / "truth.csv").write_text("\n".join(lines))
    done = calibrate("truth.csv", "out", "--schema", "bill.toml")
    assert done.exit_code == ExitCode.USAGE
    assert f"40 values of 20 documents are too few to calibrate with: it takes {LEAST_KNOWN}" in (
        done.output
    )
    assert not (folder / "confidence.json").exists()


def test_values_of_one_document_are_too_few_however_many_they_are():
    with pytest.raises(UsageError, match="1000 values of 1 documents"):
        fit_and_validate({"a.pdf": known(0.9, 1000)}, sources=())


def test_a_place_that_cannot_be_written_to_is_said(folder):
    asked = ("truth.csv", "out", "-o", str(Path("gone") / "t.json"), "--schema", "bill.toml")
    done = calibrate(*asked)
    assert done.exit_code == ExitCode.CONFIG
    assert "cannot write gone/t.json" in done.output


@pytest.fixture
def pairs():
    """A bill with a total that is right, one without a confidence, and one that its file states."""
    found = {
        "total": (PredictedValue("5", "5", 0.2, score=0.7),),
        "number": (PredictedValue("B-7", "B-7"),),
        "status": (PredictedValue("paid", "paid", 1.0, origin="xml:BT-1"),),
    }
    truth = {"total": ("5",), "number": ("B-7",), "status": ("paid",)}
    return [Pair(Truth("a.pdf", truth, kind="bill"), Prediction("a.pdf", found, kind="bill"))]


def test_what_is_fitted_on_is_the_score_before_any_table(pairs):
    assert known_values(pairs, ComparisonRules({"bill": BILL})) == {"a.pdf": known(0.7, 1)}


def test_without_a_table_the_confidence_is_the_score(pairs):
    (truth, made) = pairs[0]
    total = replace(made.fields["total"][0], score=None)
    pair = Pair(truth, replace(made, fields={"total": (total,)}))
    assert known_values([pair], ComparisonRules({"bill": BILL})) == {"a.pdf": known(0.2, 1)}


def test_a_document_without_a_record_has_no_values(pairs):
    assert known_values([Pair(pairs[0].truth, None)], ComparisonRules({"bill": BILL})) == {}


def test_no_document_is_tried_on_a_table_that_has_seen_it():
    odd = {"odd.pdf": known(0.7, 0, 200)}
    others = {f"{n}.pdf": [*known(0.6, 20), *known(0.8, 20)] for n in range(20)}
    held_out = cross_validate({**odd, **others})
    of_odd = [one.confidence for one in held_out.values if one.known.score == 0.7]
    # All that the others know is right: a table that had seen the odd one would say nearly 0.
    assert len(of_odd) == 200
    assert min(of_odd) > 0.95


def test_the_error_falls_on_documents_that_were_not_seen():
    made = fit_and_validate(documents(60), sources=())
    assert made.held_out.before.value > 0.4
    assert made.held_out.after.value < 0.1
    assert len(made.held_out.values) == 600


def test_every_fold_is_tried_once():
    held_out = cross_validate(documents(2 * FOLDS))
    assert len(held_out.documents) == 2 * FOLDS
    assert all(len(document) == 10 for document in held_out.documents)
