"""The learning curve, on a data set of a few lines and from a model that knows nothing."""

import gzip
import json
import sys

import pytest

from benchmarks import learning_curve


def receipt(number: int) -> dict:
    """A receipt of three words in a line."""
    total = f"{number}2.50"
    line = [["Total", 10, 20, 40, 32], [total, 46, 20, 80, 32], ["EUR", 86, 20, 104, 32]]
    return {
        "id": f"receipt-{number}",
        "file": None,
        "type": "receipt",
        "language": "en",
        "pages": [{"width": 595, "height": 842, "words": line}],
        "fields": {"company": [], "date": [], "total": [total], "address": []},
        "spans": [{"field": "total", "page": 0, "start": 1, "end": 2}],
    }


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "fields" / "receipts-sroie"
    folder.mkdir(parents=True)
    for part, numbers in {"train": range(1, 6), "dev": range(6, 8)}.items():
        with gzip.open(folder / f"{part}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(receipt(number)) + "\n" for number in numbers)
    return tmp_path


@pytest.mark.slow
def test_each_size_is_measured_on_the_dev_part(data, tiny_model, monkeypatch, capsys):
    out = data / "curve.json"
    options = ["--set", "receipts-sroie", "--sizes", "0,4", "--minutes", "0.01"]
    files = ["--base", tiny_model, "--data", data, "--json", out]
    monkeypatch.setattr(sys, "argv", ["learning_curve", *options, *map(str, files)])
    learning_curve.main()
    points = json.loads(out.read_text("utf-8"))["points"]
    assert [(point["documents"], point["steps"] > 0) for point in points] == [
        (0, False),
        (4, True),
    ]
    assert all(set(point["by_label"]) >= {"receipt.total"} for point in points)
    assert "F1 on the dev part" in capsys.readouterr().out
