import io
import json
from dataclasses import dataclass, replace

import pytest

from docextract.batch import RunOptions, run, stream
from docextract.document import Status
from docextract.errors import ConfigError, ExitCode
from docextract.pipeline import Pipeline
from docextract.readers import ReadOptions

PLAIN = Pipeline("test", "", ReadOptions(), stages=(), schemas=())
HOSTILE = RunOptions(workers=2, quiet=True, work="hostile_work:perform_task")


@pytest.fixture
def folder(tmp_path):
    """`folder("a.txt", ...)`: a folder of such files, each with its name inside."""

    def make(*names):
        made = tmp_path / "in"
        made.mkdir()
        for name in names:
            (made / name).write_text(f"inside {name}")
        return made

    return make


def test_records_are_streamed_in_order_and_failures_are_logged(folder, caplog):
    file = io.StringIO()
    code = stream([folder("slow.txt", "b.txt", "broken.txt")], file, PLAIN, HOSTILE)
    lines = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [line["document"]["path"] for line in lines] == ["b.txt", "slow.txt"]
    assert code == ExitCode.PARTIAL
    assert "broken.txt: malformed: it is broken" in caplog.text


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["a.txt"], ExitCode.OK),
        ([], ExitCode.OK),
        (["broken.txt"], ExitCode.INPUT),
        (["a.txt", "broken.txt"], ExitCode.PARTIAL),
        (["scan5-broken.txt"], ExitCode.PARTIAL),
    ],
)
def test_the_exit_code_of_a_stream(folder, names, code):
    assert stream([folder(*names)], io.StringIO(), PLAIN, HOSTILE) == code


def test_pictures_are_drawn_of_what_was_read(folder, tmp_path):
    options = RunOptions(workers=1, quiet=True, debug_images=True)
    report = run([folder("a.txt", "b.txt")], tmp_path / "out", PLAIN, options)
    assert report.done == {Status.SUCCESS: 2}
    drawn = sorted((tmp_path / "out/debug").rglob("*.png"))
    assert [path.relative_to(tmp_path / "out/debug").as_posix() for path in drawn] == [
        "a.txt/page-1.png",
        "b.txt/page-1.png",
    ]


@dataclass(frozen=True)
class Losing:
    """A stage that gives too few documents back."""

    fingerprint: str = "losing"

    def __call__(self, docs):
        return list(docs)[1:]


def test_a_stage_that_loses_documents_fails_them(folder, tmp_path):
    losing = replace(PLAIN, stages=(Losing(),))
    report = run([folder("a.txt", "b.txt")], tmp_path / "out", losing, HOSTILE)
    assert {failure.category for failure in report.failures} == {"internal"}
    assert len(report.failures) == 2


@pytest.mark.parametrize("name", ["workers", "document_timeout", "memory_limit"])
def test_options_that_allow_nothing_are_refused(name):
    with pytest.raises(ConfigError, match="more than 0"):
        RunOptions(**{name: 0})


@pytest.mark.parametrize("quiet", [True, False])
def test_standard_output_stays_clean(folder, tmp_path, capsys, quiet):
    run([folder("a.txt", "broken.txt")], tmp_path / "out", PLAIN, replace(HOSTILE, quiet=quiet))
    said = capsys.readouterr()
    assert said.out == ""
    assert "broken.txt: malformed: it is broken" in said.err
    assert ("succeeded" in said.err) != quiet
