"""`docextract train`, as a person meets it: a folder of labelled documents in, a model out."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from docextract.errors import ExitCode, UsageError
from docextract.models.bi_encoder.passage import Passage
from docextract.training.command import split_examples
from docextract.training.data.examples import Example, Mark
from docextract.training.reporting import model_provenance as made
from docextract.training.settings import FineTuningSettings

SCHEMA = """
name = "slip"
description = "A slip of paper from a shop."

[fields.total]
type = "money"
description = "total: the amount paid"

[fields.shop]
type = "name"
description = "shop: who sells"
"""
PROGRAM = "from docextract.cli import main; main()"


def arguments(folder: Path, base: Path, *more: object) -> list[str]:
    made_of = ["train", "in", "--schema", "slip.toml", "-o", "new/", "--base", base, *more]
    return [sys.executable, "-c", PROGRAM, *map(str, [*made_of, "--device", "cpu"])]


def environment() -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "OMP_NUM_THREADS": "1"}


def docextract(folder: Path, *given: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, *map(str, given)]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def train(folder: Path, base: Path, *more: object) -> subprocess.CompletedProcess[str]:
    return docextract(folder, *arguments(folder, base, *more)[3:])


@pytest.fixture
def folder(tmp_path) -> Path:
    """Eight slips as texts, a record beside each, and their schema; one record tells a lie."""
    (tmp_path / "in").mkdir()
    (tmp_path / "slip.toml").write_text(SCHEMA)
    rng = random.Random(3)
    for number in range(8):
        shop, total = f"{rng.choice(['Acorn', 'Birch', 'Cedar'])} {number}", f"{number}4.50"
        (tmp_path / "in" / f"{number}.txt").write_text(f"{shop}\nmilk 1.20\nTotal {total} EUR\n")
        told = {"total": "999.99" if number == 5 else total, "shop": shop}
        (tmp_path / "in" / f"{number}.txt.json").write_text(json.dumps(told))
    return tmp_path


@pytest.mark.slow
def test_a_folder_of_labelled_documents_becomes_a_model_that_run_takes(folder, tiny_model):
    done = train(folder, tiny_model, "--epochs", 1, "--minutes", 0)
    assert done.returncode == 0, done.stderr
    new = folder / "new"
    assert "docextract run FOLDER --model new" in done.stderr
    assert "see unaligned.csv: total (1)" in done.stderr
    with (new / "unaligned.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert (row["field"], row["value"]) == ("total", "999.99")
    written = made.read(new / made.NAME)
    assert written.data[0].examples == {"training": 6, "validation": 1, "test": 1}
    assert written.data[0].files == 16
    assert (new / "schemas" / "slip.toml").read_text() == SCHEMA

    ran = docextract(folder, "run", "in/0.txt", "--model", "new", "--kind", "slip", "-o", "-")
    assert ran.returncode == 0, ran.stderr
    record = json.loads(ran.stdout)
    assert record["kind"]["label"] == "slip"
    assert set(record["data"]) == {"total", "shop"}


@pytest.mark.slow
def test_ctrl_c_keeps_the_checkpoint_and_resume_goes_on_from_it(folder, tiny_model):
    options = ("--epochs", 300, "--minutes", 0)
    with subprocess.Popen(
        arguments(folder, tiny_model, *options),
        cwd=folder,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        told = ""
        for line in running.stderr:
            told += line
            if line.startswith("step "):
                running.send_signal(signal.SIGINT)
    assert running.returncode == ExitCode.INTERRUPTED, told
    assert "run the same command with --resume to continue" in told
    assert not (folder / "new" / "made.json").exists()
    state = json.loads((folder / "new" / "checkpoint" / "state.json").read_text())
    assert state["state"]["step"] >= 1

    again = train(folder, tiny_model, "--epochs", 300, "--resume", "--seed", 9)
    assert again.returncode == ExitCode.CONFIG
    assert "changed since" in again.stderr


def test_a_folder_with_too_few_documents_is_refused(folder, tiny_model):
    for number in range(2, 8):
        (folder / "in" / f"{number}.txt").unlink()
        (folder / "in" / f"{number}.txt.json").unlink()
    done = train(folder, tiny_model)
    assert done.returncode == ExitCode.USAGE
    assert "2 documents have a value that was found in them; it takes 3" in done.stderr


def test_a_model_that_is_not_there_is_named_before_anything_is_read(folder, tmp_path):
    done = train(folder, tmp_path / "nowhere")
    assert done.returncode == ExitCode.CONFIG
    assert "no model in" in done.stderr


def example(group: str, *, marked: bool = True) -> Example:
    marks = (Mark("slip.total", 0, 1),) if marked else ()
    asked = frozenset({"slip.total"})
    return Example(f"{group}.txt", "own", group, Passage.of_text("1.50"), marks, asked)


def test_the_parts_share_no_group():
    parts = split_examples([example(f"g{n // 2}") for n in range(20)], FineTuningSettings())
    groups = [{one.group for one in part} for part in parts]
    assert not (groups[0] & groups[1] | groups[0] & groups[2] | groups[1] & groups[2])
    assert sum(map(len, parts)) == 20


def test_documents_without_a_value_do_not_count():
    found = [example("a"), example("b"), *(example(f"n{n}", marked=False) for n in range(9))]
    with pytest.raises(UsageError, match="2 documents have a value"):
        split_examples(found, FineTuningSettings())


def test_documents_of_one_group_cannot_be_split():
    with pytest.raises(UsageError, match="one or two groups"):
        split_examples([example("same")] * 5, FineTuningSettings())
