"""The benchmark that fits the shipped table, on a data set of a few lines."""

import gzip
import json
import sys

import pytest

from benchmarks import fit_confidence
from docextract.confidence.table import CalibrationTable
from docextract.training.data import corpora
from docextract.training.data.split import split_by_group
from tests.test_benchmarks_accuracy import words

#: No model: what the rules say is enough to fit a table on.
PIPELINE = """
schemas = ["receipt"]
[[stage]]
use = "classify"
kind = "receipt"
[[stage]]
use = "fields"
[[stage]]
use = "check"
"""


def receipt(number: int) -> dict:
    """A receipt whose total is right in the truth for every second one."""
    name = f"Tea {number} Ltd"
    lines = [name, "12 High Street", "31/05/2024", "Total 12.50"]
    total = "12.50" if number % 2 else "99.00"
    return {
        "id": f"r{number}",
        "file": "",
        "type": "receipt",
        "language": "en",
        "pages": [{"width": 400, "height": 600, "words": words(lines)}],
        "fields": {"company": [name], "date": ["31/05/2024"], "total": [total]},
        "spans": [],
    }


@pytest.fixture
def data(tmp_path):
    """A set of 80 receipts, and the pipeline."""
    folder = tmp_path / "fields" / "receipts-sroie"
    folder.mkdir(parents=True)
    with gzip.open(folder / "train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(receipt(number)) + "\n" for number in range(80))
    (tmp_path / "p.toml").write_text(PIPELINE)
    return tmp_path


def test_a_table_is_fitted_on_the_training_part(data, monkeypatch, capsys):
    arguments = [
        *("--data", data, "--sets", "receipts-sroie", "--given-words"),
        *("--pipeline", data / "p.toml", "--output", data / "t.json"),
    ]
    monkeypatch.setattr(sys, "argv", ["fit_confidence", *map(str, arguments)])
    fit_confidence.main()
    made = CalibrationTable.load(data / "t.json")
    assert made.sources == ("receipts-sroie (training part): 80 documents",)
    assert made.values >= 160
    assert "receipt.total" in capsys.readouterr().out


def test_what_is_held_out_is_what_training_holds_out(data):
    _, held = split_by_group(list(corpora.load(data, ["receipts-sroie"], "train")), share=0.1)
    assert len(held) == 8
    assert fit_confidence.held_out(data, "receipts-sroie") == {one.name for one in held}
