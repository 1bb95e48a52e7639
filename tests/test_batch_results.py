import os
import subprocess
import sys
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

import psutil
import pytest

from docextract.batch import RunOptions, results
from docextract.document import Status
from docextract.errors import Category, ConfigError, MissingDependency
from docextract.pipeline import Pipeline
from docextract.readers import ReadOptions, Source

PLAIN = Pipeline("test", "", ReadOptions(), stages=(), schemas=())
HOSTILE = RunOptions(work="hostile_work:perform_task", document_timeout=60, memory_limit=200)
HASTY = replace(HOSTILE, document_timeout=2)


@pytest.fixture
def files(tmp_path):
    """`files("a.txt", "b.txt")`: sources of such files, each with its name inside."""

    def make(*names: str) -> list[Source]:
        for name in names:
            (tmp_path / name).write_text(f"inside {name}")
        return [Source.of(tmp_path / name) for name in names]

    return make


def hostile(sources, *, workers=2, options=HOSTILE):
    return list(results(sources, PLAIN, workers=workers, options=options))


@pytest.mark.parametrize(
    ("name", "category", "message"),
    [
        ("exits.txt", Category.CRASH, "exit code 7"),
        ("segfaults.txt", Category.CRASH, "SIGSEGV"),
        ("grows.txt", Category.MEMORY, "more than 200 MB"),
        ("runs out.txt", Category.MEMORY, "more memory than there is"),
        ("bug.txt", Category.INTERNAL, "KeyError: 'a bug'"),
        ("broken.txt", Category.MALFORMED, "it is broken"),
    ],
)
def test_a_document_that_ends_its_worker_fails_alone(files, name, category, message):
    before, bad, after = hostile(files("a.txt", name, "b.txt"))
    assert (before.status, after.status) == (Status.SUCCESS, Status.SUCCESS)
    assert bad.status == Status.FAILED
    (error,) = bad.errors
    assert error.category == category
    assert message in error.message


def test_a_document_that_hangs_is_killed_in_time(files):
    hung, after = hostile(files("hangs.txt", "b.txt"), options=HASTY)
    assert (hung.status, after.status) == (Status.FAILED, Status.SUCCESS)
    assert [error.category for error in hung.errors] == [Category.TIMEOUT]
    assert hung.errors[0].message == "reading took longer than 2 s"
    assert 2 <= hung.seconds < 5


def test_results_come_in_order_whatever_takes_long(files):
    names = ["slow-1.txt", "a.txt", "b.txt", "slow-2.txt", "exits.txt", "c.txt"]
    assert [result.name for result in hostile(files(*names))] == names


def test_what_is_inside_a_document_follows_it(files):
    found = hostile(files("slow.txt", "mails.txt", "archive.txt", "z.txt"))
    assert [result.name for result in found] == [
        "slow.txt",
        "mails.txt",
        "mails.txt/a.txt",
        "mails.txt/b.txt",
        "archive.txt/one.txt",
        "archive.txt/two.txt",
        "z.txt",
    ]


def test_few_sources_are_taken_ahead(files):
    (source,) = files("a.txt")
    taken = count()
    endless = (source for _ in taken)
    for _, _ in zip(results(endless, PLAIN, workers=1, options=HOSTILE), range(3), strict=False):
        pass
    assert next(taken) < 50


@pytest.mark.parametrize(
    ("name", "error"), [("missing.txt", MissingDependency), ("config.txt", ConfigError)]
)
def test_what_is_no_documents_fault_ends_the_run(files, name, error):
    with pytest.raises(error):
        hostile(files("a.txt", name))


def test_workers_that_do_not_start_end_the_run(files):
    with pytest.raises(RuntimeError, match="No module named 'no_such_module'"):
        hostile(files("a.txt"), options=RunOptions(work="no_such_module:perform_task"))


def test_all_workers_are_busy_with_one_long_document(files):
    (result,) = hostile(files("scan100.txt"), options=RunOptions(work=HOSTILE.work))
    assert result.status == Status.SUCCESS
    assert [page.lines[0][1].text for page in result.document.pages] == [
        str(number) for number in range(1, 101)
    ]
    by = [page.lines[0][3].text for page in result.document.pages]
    assert len(set(by)) == 2
    assert min(by.count(worker) for worker in set(by)) >= 10


@pytest.mark.parametrize(
    ("how", "category"),
    [("exits", Category.CRASH), ("bug", Category.INTERNAL), ("broken", Category.MALFORMED)],
)
def test_a_page_that_cannot_be_read_leaves_the_others(files, how, category):
    (result,) = hostile(files(f"scan5-{how}.txt"))
    assert result.status == Status.PARTIAL
    assert [(error.page, error.category) for error in result.errors] == [(3, category)]
    assert [page.read_by for page in result.document.pages].count("none") == 1


def test_a_page_that_hangs_takes_the_documents_time_and_the_rest_stands(files):
    (result,) = hostile(files("scan8-hangs.txt"), options=HASTY)
    assert result.status == Status.PARTIAL
    assert {error.category for error in result.errors} == {Category.TIMEOUT}
    assert 3 in {error.page for error in result.errors}
    assert result.document.pages[0].read_by == "text-layer"


def test_the_only_page_that_waits_is_read_by_the_same_task(files):
    (result,) = hostile(files("scan1.txt"))
    assert result.document.pages[0].lines[0][0].text == "page"


def test_no_worker_is_left_when_results_are_abandoned(files):
    given = files(*(f"slow-{n}.txt" for n in range(8)))
    found = results(given, PLAIN, workers=2, options=HOSTILE)
    next(found)
    workers = psutil.Process().children()
    assert workers
    found.close()
    assert not [worker for worker in workers if worker.is_running()]


def test_workers_end_with_a_parent_that_is_killed(files, tmp_path):
    (source,) = files("hangs.txt")
    script = (
        "from docextract.batch import RunOptions, results\n"
        "from docextract.pipeline import Pipeline\n"
        "from docextract.readers import ReadOptions, Source\n"
        "plain = Pipeline('test', '', ReadOptions(), stages=(), schemas=())\n"
        f"source = Source.of({str(source.path)!r})\n"
        "list(results([source], plain, options=RunOptions(work='hostile_work:perform_task')))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    parent = subprocess.Popen([sys.executable, "-c", script], env=environment)
    workers = wait_for(psutil.Process(parent.pid).children)
    time.sleep(0.5)  # until it hangs
    parent.kill()
    parent.wait()
    assert wait_for(lambda: not [worker for worker in workers if alive(worker)])


def test_a_script_needs_no_guard(files, tmp_path):
    (source,) = files("a.txt")
    script = tmp_path / "script.py"
    script.write_text(
        "import docextract\n"
        "from docextract.pipeline import Pipeline\n"
        "from docextract.readers import ReadOptions\n"
        "plain = Pipeline('test', '', ReadOptions(), stages=(), schemas=())\n"
        f"paths = [{str(source.path)!r}]\n"
        "for result in docextract.extract_all(paths, pipeline=plain, workers=1):\n"
        "    print(result.document.text)\n"
    )
    said = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert said.stdout == "inside a.txt\n"


def test_without_workers_everything_happens_in_this_process(files):
    (result,) = results(files("a.txt"), PLAIN, workers=0)
    assert result.document.text == "inside a.txt"


def wait_for(condition, seconds=10):
    """What `condition` gives as soon as it is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    return condition()


def alive(process):
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
