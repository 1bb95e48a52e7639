"""The benchmarks of accuracy, on data sets of a few lines and a model that knows nothing."""

import gzip
import json
import sys

import pytest
from rich.console import Console

from benchmarks import accuracy, accuracy_entities, accuracy_kinds
from docextract.evaluation.metrics.classification import KindPrediction, kind_metrics
from docextract.models.bi_encoder.passage import Passage
from docextract.pipeline import Pipeline
from docextract.training.data.examples import Example

RECEIPT = ["Tea Ltd", "12 High Street", "31/05/2024", "Total 12.50"]


def words(lines: list[str]) -> list[list]:
    """Six pixels a letter, twenty a line."""
    made = []
    for row, line in enumerate(lines):
        at = 10
        for word in line.split():
            made.append([word, at, 20 * row, at + 6 * len(word), 20 * row + 12])
            at += 6 * (len(word) + 1)
    return made


def write(folder, rows):
    """Both parts of a set, the same."""
    folder.mkdir(parents=True)
    for part in ("train", "dev"):
        with gzip.open(folder / f"{part}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path):
    """A set of receipts and two of sentences."""
    fields = {"company": ["Tea Ltd"], "date": ["31/05/2024"], "total": ["12.50"], "address": []}
    receipt = {
        "id": "one",
        "file": None,
        "type": "receipt",
        "language": "en",
        "pages": [{"width": 595, "height": 842, "words": words(RECEIPT)}],
        "fields": fields,
        "spans": [],
    }
    write(tmp_path / "fields" / "receipts-sroie", [receipt, {**receipt, "id": "two"}])
    for name in accuracy_entities.SETS:
        row = {
            "id": f"{name}-1",
            "language": "en",
            "tokens": ["Ann", "Lee", "left", "Bern", "."],
            "spans": [[0, 2, "PERSON"], [3, 4, "LOC"]],
        }
        write(tmp_path / "entities" / name, [row])
    return tmp_path


def run(benchmark, monkeypatch, *arguments) -> dict:
    """What the program writes with --json, last of its arguments."""
    monkeypatch.setattr(sys, "argv", ["benchmark", *map(str, arguments)])
    benchmark.main()
    return json.loads(arguments[-1].read_text("utf-8"))


def test_fields_are_measured_with_the_rules_beside_them(data, tiny_model, monkeypatch, capsys):
    made = run(
        accuracy,
        monkeypatch,
        *("--data", data, "--sets", "receipts-sroie", "--given-words", "--given-kind"),
        *("--model", tiny_model, "--baseline", "--errors", 2),
        *("--json", data / "made.json"),
    )["receipts-sroie"]
    assert made["documents"] == {"compared": 2, "without_prediction": []}
    assert made["fields"]["overall"]["wanted"] == 6
    rules = made["baseline"]["fields"]["by_field"]
    assert rules["date"]["typed"]["f1"] == rules["total"]["typed"]["f1"] == 1
    assert made["above"]["by_field"]["total"]["before"] == 1
    printed = capsys.readouterr().out
    assert "exact, as SROIE counts" in printed
    assert "pipeline" in printed


def test_names_are_measured_with_the_list_beside_them(data, tiny_model, monkeypatch, capsys):
    made = run(
        accuracy_entities,
        monkeypatch,
        *("--data", data, "--baseline", "--tokens", "--limit", 1, "--model", tiny_model),
        *("--width", 140, "--json", data / "made.json"),
    )
    assert made["list, patterns"]["gum"]["f1"]["value"] == 1
    assert made["list, patterns"]["gum"]["wanted"] == 2
    assert made["pipeline"]["all sets"]["wanted"] == 2 * len(accuracy_entities.SETS) - 2
    assert "cuad-entities (only parties are marked)" in " ".join(capsys.readouterr().out.split())


def test_a_kind_is_what_the_pipelines_stage_says(tiny_model):
    examples = [
        Example(str(n), "made", str(n), Passage.of_text(text), kind=kind)
        for n, (kind, text) in enumerate(
            [("invoice", "Invoice number 7"), ("receipt", "Receipt cash change")]
        )
    ]
    judge = accuracy_kinds.by_stage(Pipeline.load("default", model=str(tiny_model)))
    verdicts = judge(examples)
    assert [(verdict.document, verdict.truth) for verdict in verdicts] == [
        ("0", "invoice"),
        ("1", "receipt"),
    ]
    assert all(0 <= verdict.unknown <= 1 for verdict in verdicts)


def test_the_tables_of_kinds_have_a_line_for_each_way():
    right = [
        KindPrediction("1", "receipt", "receipt"),
        KindPrediction("2", "unknown", "unknown", 0.9),
    ]
    wrong = [
        KindPrediction("1", "receipt", "invoice"),
        KindPrediction("2", "unknown", "unknown", 0.9),
    ]
    names = ("main", "labelled", "receipts-indo")
    made = {
        way: dict.fromkeys(names, kind_metrics(found))
        for way, found in {"pipeline": right, "linear": wrong}.items()
    }
    console = Console(width=120)
    with console.capture() as printed:
        console.print(accuracy_kinds.figures(made), accuracy_kinds.sources(made))
    lines = [" ".join(line.split()) for line in printed.get().splitlines()]
    assert "with running text pipeline 2 1.000 1.000 1.00-1.00 1.000" in lines
    assert "receipts-indo receipt, unknown linear 2 0.500 invoice 1" in lines
