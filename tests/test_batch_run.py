import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from docextract.batch import RunOptions, run
from docextract.batch.lock import output_folder_lock
from docextract.document import Status
from docextract.errors import ConfigError, ExitCode, UsageError
from docextract.pipeline import Pipeline
from docextract.readers import ReadOptions

PLAIN = Pipeline("test", "", ReadOptions(), stages=(), schemas=())
QUIET = RunOptions(workers=2, quiet=True, document_timeout=60)
HOSTILE = replace(QUIET, work="hostile_work:perform_task")
OUTPUTS = ("records.jsonl", "records.csv", "line_items.csv", "errors.csv")


@pytest.fixture
def folder(tmp_path):
    """`folder("a.txt", ...)`: a folder of such files, each with its name inside."""

    def make(*names: str) -> Path:
        made = tmp_path / "in"
        for name in names:
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(f"inside {name}")
        return made

    return make


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def paths(out):
    lines = (out / "records.jsonl").read_text().splitlines()
    return [json.loads(line)["document"]["path"] for line in lines]


def errors(out):
    with (out / "errors.csv").open(newline="") as file:
        return [(row["path"], row["status"], row["category"]) for row in csv.DictReader(file)]


def outputs(out):
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def test_a_run_writes_what_became_of_every_document(folder, out):
    report = run([folder("b.txt", "deep/a.txt", "broken.txt")], out, PLAIN, HOSTILE)
    assert report.exit_code == ExitCode.PARTIAL
    assert paths(out) == ["b.txt", "deep/a.txt"]
    assert errors(out) == [("broken.txt", "failed", "malformed")]
    manifest = json.loads((out / "run.json").read_text())
    assert manifest["outputs"] == {"success": 2, "failed": 1}
    assert manifest["pipeline"]["fingerprint"] == PLAIN.fingerprint


def test_real_readers_read_real_files(folder, out):
    made = folder("a.txt")
    with zipfile.ZipFile(made / "z.zip", "w") as archive:
        archive.writestr("inner.txt", "inside an archive")
    report = run([made], out, PLAIN, QUIET)
    assert report.exit_code == ExitCode.OK
    assert report.done == {Status.SUCCESS: 2}
    assert paths(out) == ["a.txt", "z.zip/inner.txt"]


def test_a_second_run_does_nothing_again(folder, out):
    made = folder("a.txt", "mails.txt", "archive.txt", "broken.txt")
    first = run([made], out, PLAIN, HOSTILE)
    before = outputs(out)
    second = run([made], out, PLAIN, HOSTILE)
    assert first.done == {Status.SUCCESS: 6, Status.FAILED: 1}
    assert second.done == {Status.SKIPPED: 7}
    assert second.exit_code == ExitCode.PARTIAL
    assert outputs(out) == before


def test_a_changed_file_is_done_again_and_a_vanished_one_drops_out(folder, out):
    made = folder("a.txt", "b.txt", "c.txt")
    run([made], out, PLAIN, QUIET)
    (made / "a.txt").write_text("something else")
    (made / "b.txt").unlink()
    assert run([made], out, PLAIN, QUIET).done == {Status.SUCCESS: 1, Status.SKIPPED: 1}
    assert paths(out) == ["a.txt", "c.txt"]


def test_a_file_that_moved_is_not_done_again(folder, out):
    made = folder("a.txt")
    run([made], out, PLAIN, QUIET)
    (made / "a.txt").rename(made / "b.txt")
    assert run([made], out, PLAIN, QUIET).done == {Status.SKIPPED: 1}
    assert paths(out) == ["b.txt"]


def test_equal_files_are_processed_once_and_listed_twice(folder, out):
    made = folder("a/slow.txt", "mails.txt")
    (made / "b").mkdir()
    for name, twin in (("a/slow.txt", "b/twin.txt"), ("mails.txt", "mails2.txt")):
        (made / twin).write_bytes((made / name).read_bytes())
    report = run([made], out, PLAIN, HOSTILE)
    assert report.done == {Status.SUCCESS: 8}
    assert report.pages == 4
    assert paths(out) == [
        "a/slow.txt",
        "b/twin.txt",
        *("mails.txt", "mails.txt/a.txt", "mails.txt/b.txt"),
        *("mails2.txt", "mails2.txt/a.txt", "mails2.txt/b.txt"),
    ]


def test_another_pipeline_does_everything_and_shows_only_its_own(folder, out):
    made = folder("a.txt", "b.txt")
    run([made], out, PLAIN, QUIET)
    other = replace(PLAIN, options=ReadOptions(page_range="1"))
    assert run([made], out, other, QUIET).done == {Status.SUCCESS: 2}
    assert run([made], out, PLAIN, QUIET).done == {Status.SKIPPED: 2}
    assert paths(out) == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("name", "options", "again"),
    [
        ("exits.txt", {}, True),
        ("bug.txt", {}, True),
        ("scan5-exits.txt", {}, True),
        ("broken.txt", {}, False),
        ("broken.txt", {"retry_failed": True}, True),
        ("scan5-broken.txt", {}, False),
        ("scan5-broken.txt", {"retry_failed": True}, True),
        ("a.txt", {"retry_failed": True}, False),
        ("a.txt", {"force": True}, True),
    ],
)
def test_what_is_done_again(folder, out, name, options, again):
    made = folder(name)
    run([made], out, PLAIN, HOSTILE)
    report = run([made], out, PLAIN, replace(HOSTILE, **options))
    assert (Status.SKIPPED not in report.done) == again


def test_an_encrypted_document_is_done_again_with_a_password(folder, out):
    made = folder("encrypted.txt")
    run([made], out, PLAIN, HOSTILE)
    assert run([made], out, PLAIN, HOSTILE).done == {Status.SKIPPED: 1}
    opened = replace(PLAIN, options=ReadOptions(password="key"))
    assert run([made], out, opened, HOSTILE).done == {Status.FAILED: 1}


def test_the_only_document_that_cannot_be_read_has_its_own_exit_code(folder, out):
    made = folder("broken.txt")
    assert run([made / "broken.txt"], out, PLAIN, HOSTILE).exit_code == ExitCode.INPUT
    assert run([made], out, PLAIN, HOSTILE).exit_code == ExitCode.PARTIAL


def test_an_empty_folder_is_no_error(folder, out):
    folder().mkdir()
    report = run([folder()], out, PLAIN, QUIET)
    assert report.exit_code == ExitCode.OK
    assert paths(out) == []


def test_a_file_that_may_not_be_read_fails_alone(folder, out):
    made = folder("a.txt", "b.txt")
    (made / "b.txt").unlink()
    (made / "b.txt").symlink_to("/proc/self/mem")  # nobody can read its first byte
    report = run([made], out, PLAIN, QUIET)
    assert report.done[Status.SUCCESS] == 1
    assert [path for path, _, _ in errors(out)] == ["b.txt"]


def test_a_name_that_is_no_unicode_reaches_the_records(folder, out):
    made = folder("a.txt")
    (made / os.fsdecode(b"caf\xe9.txt")).write_text("latin-1")
    assert run([made], out, PLAIN, QUIET).exit_code == ExitCode.OK
    assert paths(out) == ["a.txt", "caf\udce9.txt"]


def test_text_can_be_asked_for_later(folder, out):
    made = folder("a.txt")
    run([made], out, PLAIN, QUIET)
    report = run([made], out, PLAIN, replace(QUIET, with_text=True))
    assert report.done == {Status.SKIPPED: 1}
    assert json.loads((out / "records.jsonl").read_text())["text"] == "inside a.txt"


@pytest.mark.parametrize("name", ["in", "in/../in"])
def test_the_output_folder_cannot_be_an_input(folder, name):
    made = folder("a.txt")
    with pytest.raises(UsageError, match="a folder of its own"):
        run([made], made.parent / name, PLAIN, QUIET)


def test_the_outputs_of_an_earlier_run_are_not_read(folder):
    made = folder("a.txt")
    run([made], made / "out", PLAIN, QUIET)
    run([made], made / "out2", PLAIN, QUIET)
    assert paths(made / "out2") == ["a.txt"]


def test_a_folder_that_another_run_writes_to_is_refused(folder, out):
    out.mkdir()
    with output_folder_lock(out), pytest.raises(ConfigError, match="another run"):
        run([folder("a.txt")], out, PLAIN, QUIET)


@dataclass(frozen=True)
class Fussy:
    """A stage that cannot bear some texts."""

    fingerprint: str = "fussy"

    def __call__(self, docs):
        for doc in docs:
            if "bad" in doc.name:
                raise ZeroDivisionError("cannot bear this")
            if "fatal" in doc.name:
                raise ConfigError("no such model")
        return list(docs)


def test_a_document_that_a_stage_cannot_bear_fails_alone(folder, out):
    report = run(
        [folder("a.txt", "bad.txt", "c.txt")], out, replace(PLAIN, stages=(Fussy(),)), QUIET
    )
    assert paths(out) == ["a.txt", "c.txt"]
    (failure,) = report.failures
    assert (failure.path, failure.category) == ("bad.txt", "internal")
    assert "ZeroDivisionError" in failure.message


def test_a_stage_that_cannot_work_ends_the_run_and_the_lock(folder, out):
    made = folder("a.txt", "fatal.txt")
    with pytest.raises(ConfigError, match="no such model"):
        run([made], out, replace(PLAIN, stages=(Fussy(),)), QUIET)
    assert run([made], out, PLAIN, QUIET).exit_code == ExitCode.OK


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_batch_run import HOSTILE, PLAIN
from docextract.batch import run
sys.exit(run([Path(sys.argv[1])], Path(sys.argv[2]), PLAIN, HOSTILE).exit_code)
"""


def start(made, out):
    """A run in a process of its own."""
    script = SCRIPT.format(tests=str(Path(__file__).parent))
    return subprocess.Popen([sys.executable, "-c", script, made, out], stderr=subprocess.PIPE)


def done(out):
    """How many contents the ledger of a run has by now."""
    try:
        with sqlite3.connect(f"file:{out / 'ledger.sqlite'}?mode=ro", uri=True) as ledger:
            return ledger.execute("SELECT COUNT(*) FROM results").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


NAMES = (
    "archive.txt",
    "mails.txt",
    "scan9.txt",
    "broken.txt",
    *(f"slow-{n}.txt" for n in range(20)),
)


@pytest.mark.slow
def test_ctrl_c_leaves_what_is_done_and_the_next_run_goes_on(folder, out):
    made = folder(*NAMES)
    process = start(made, out)
    wait_until(lambda: done(out) > 3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert b"Traceback" not in said
    assert not (out / "records.jsonl").exists()
    kept = done(out)
    report = run([made], out, PLAIN, HOSTILE)
    assert report.done[Status.SKIPPED] >= kept - 1  # one of them may be the archive
    assert sum(report.outputs.values()) == len(NAMES) - 1 + 2 + 2


@pytest.mark.slow
def test_killed_at_any_moment_the_next_run_gives_what_an_undisturbed_one_does(folder, out):
    made = folder(*NAMES)
    undisturbed = out.with_name("undisturbed")
    run([made], undisturbed, PLAIN, HOSTILE)
    for least in (1, 12):
        process = start(made, out)
        wait_until(lambda least=least: done(out) >= least)
        process.kill()
        process.communicate()
    run([made], out, PLAIN, HOSTILE)
    assert outputs(out).keys() == outputs(undisturbed).keys()
    assert Counter(paths(out)).most_common(1)[0][1] == 1
    names = ("line_items.csv", "errors.csv", "records.csv")
    assert all(outputs(out)[name] == outputs(undisturbed)[name] for name in names)
    assert outputs(out)["records.jsonl"] == outputs(undisturbed)["records.jsonl"]
