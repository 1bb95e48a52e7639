"""The command line, as a person meets it: real processes where exit codes are promised."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docextract import __version__
from docextract.errors import ExitCode

ROOT = Path(__file__).parent.parent

#: No model, no OCR: what the command line does around them is under test here.
PIPELINE = """
description = "Receipts, without a model."
schemas = ["receipt"]

[[stage]]
use = "classify"
kind = "receipt"

[[stage]]
use = "fields"
model = ""

[[stage]]
use = "check"
"""
RECEIPT = "Corner Shop\n12 High Street\n\nDate: 31/01/2024\nMilk   1.20\nTotal: 1.20 EUR\n"


def docextract(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run the program as a shell would."""
    return subprocess.run(
        [sys.executable, "-c", "from docextract.cli import main; main()", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder to run in: two receipts, and the pipeline beside them."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(RECEIPT)
    (tmp_path / "in" / "b.txt").write_text(RECEIPT.replace("1.20", "3.40"))
    (tmp_path / "p.toml").write_text(PIPELINE)
    return tmp_path


def test_the_version_is_printed(tmp_path):
    done = docextract("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"docextract {__version__}\n")


def test_help_loads_no_model_library(tmp_path):
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from docextract.cli import app\n"
        "assert CliRunner().invoke(app, ['run', '--help']).exit_code == 0\n"
        "heavy = {'torch', 'transformers', 'spacy', 'pandas', 'PIL', 'numpy'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_folder_becomes_records(folder):
    done = docextract("run", "in", "-o", "out", "-p", "p.toml", cwd=folder)
    assert (done.returncode, done.stdout) == (ExitCode.OK, "")
    lines = (folder / "out" / "records.jsonl").read_text().splitlines()
    found = {(r := json.loads(line))["document"]["path"]: r["data"]["total"] for line in lines}
    assert found == {"a.txt": 1.2, "b.txt": 3.4}
    assert (folder / "out" / "records.csv").is_file()
    assert (folder / "out" / "run.json").is_file()


def test_the_records_can_be_shown(folder):
    docextract("run", "in", "-o", "out", "-p", "p.toml", "-q", cwd=folder)
    done = docextract("show", "out", cwd=folder)
    assert done.returncode == ExitCode.OK
    assert "a.txt   receipt 1.00" in done.stdout
    assert re.search(r"total\s+1\.20", done.stdout)


def test_what_is_shown_commands_no_terminal(folder):
    (folder / "in" / "c\x1b[2J.txt").write_text(
        RECEIPT.replace("Corner Shop", "Shop\x1b[31m\x9b1m")
    )
    (folder / "in" / "d\x1b[2J.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    docextract("run", "in", "-o", "out", "-p", "p.toml", "-q", cwd=folder)
    done = docextract("show", "out", cwd=folder)
    assert "c[2J.txt" in done.stdout
    assert "d[2J.pdf" in done.stdout
    assert not re.search("[\x1b\x9b]", done.stdout)


def test_a_dash_prints_json_lines_and_nothing_else(folder):
    done = docextract("run", "in/a.txt", "-o", "-", "-p", "p.toml", cwd=folder)
    assert done.returncode == ExitCode.OK
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["data"]["currency"] == "EUR"
    assert not (folder / "-").exists()


def test_options_come_from_the_environment_too(folder):
    done = docextract("run", "in", "-p", "p.toml", cwd=folder, DOCEXTRACT_RUN_OUTPUT="elsewhere")
    assert done.returncode == ExitCode.OK
    assert (folder / "elsewhere" / "records.jsonl").is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["run", "nowhere"], ExitCode.USAGE, "nowhere"),
        (["run", "in", "--no-such-option"], ExitCode.USAGE, "--no-such-option"),
        (["run", "in", "-p", "nope"], ExitCode.CONFIG, "no pipeline 'nope'; there are: contracts,"),
        (["run", "in", "-p", "p.toml", "--to", "docx"], ExitCode.CONFIG, "no format 'docx'"),
        (["run", "in", "-p", "p.toml", "--page-range", "x"], ExitCode.CONFIG, "1-4,7,9-"),
        (["run", "in", "-p", "p.toml", "--ocr-engine", "nope"], ExitCode.CONFIG, "no OCR engine"),
        (["run", "in", "-p", "p.toml", "--kind", "nope"], ExitCode.CONFIG, "no schema for kind"),
        (["schemas", "show", "nope"], ExitCode.CONFIG, "no schema 'nope'; there are: ad_buy,"),
        (["show", "nowhere"], ExitCode.CONFIG, "no records in nowhere"),
    ],
)
def test_what_is_wrong_with_the_command_is_said_with_its_exit_code(
    folder, arguments, code, message
):
    done = docextract(*arguments, cwd=folder)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_schema_is_named_with_its_key(folder):
    (folder / "schemas").mkdir()
    (folder / "schemas" / "bad.toml").write_text('name = "bad"\n[fields.total]\nkind = "money"\n')
    done = docextract("schemas", "show", "bad", cwd=folder)
    assert done.returncode == ExitCode.CONFIG
    assert "bad.toml: line 3: fields.total.kind: no such key" in done.stderr


def test_one_unreadable_document_alone_exits_5(folder):
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    done = docextract("run", "broken.pdf", "-o", "out", "-p", "p.toml", cwd=folder)
    assert done.returncode == ExitCode.INPUT
    assert "malformed" in done.stderr


def test_one_unreadable_document_among_others_exits_6(folder):
    (folder / "in" / "empty.pdf").write_bytes(b"")
    done = docextract("run", "in", "-o", "out", "-p", "p.toml", cwd=folder)
    assert done.returncode == ExitCode.PARTIAL
    assert "empty.pdf" in (folder / "out" / "errors.csv").read_text()
    assert len((folder / "out" / "records.jsonl").read_text().splitlines()) == 2


def test_schemas_and_pipelines_are_listed_and_shown(folder):
    assert "invoice" in docextract("schemas", "list", cwd=folder).stdout
    shown = docextract("schemas", "show", "invoice", cwd=folder).stdout
    assert "line_items.net_amount" in shown
    assert "check: net_total + tax_total == grand_total" in shown
    made = json.loads(docextract("schemas", "json-schema", "receipt", cwd=folder).stdout)
    assert made["properties"]["total"]
    assert "receipts" in docextract("pipelines", "list", cwd=folder).stdout
    assert "kind = 'receipt'" in docextract("pipelines", "show", "p.toml", cwd=folder).stdout


def test_doctor_says_what_is_here(tmp_path):
    done = docextract("doctor", cwd=tmp_path)
    assert done.returncode == ExitCode.OK
    assert re.search(r"^ok +model default +.+, sha256 [0-9a-f]{12}", done.stdout, re.MULTILINE)
    assert re.search(r"^ok +PyTorch", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    "command", ["run", "show", "explain", "doctor", "schemas list", "pipelines show"]
)
def test_every_command_has_help(tmp_path, command):
    done = docextract(*command.split(), "--help", cwd=tmp_path)
    assert done.returncode == ExitCode.OK
    assert "Usage: docextract" in done.stdout


def test_the_exit_codes_are_the_documented_ones():
    table = (ROOT / "docs" / "errors.md").read_text()
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert documented == {int(code) for code in ExitCode}
