"""What a training leaves behind: made.json and the page about it."""

import hashlib
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.errors import ConfigError
from docextract.training.reporting import charts, report
from docextract.training.reporting import model_provenance as made

COUNT = made.PrecisionRecall.of(8, 10, 16)
SCORES = made.Scores(
    examples=12,
    overall=COUNT,
    labels={"receipt.total": COUNT, "receipt.date": made.PrecisionRecall.of(0, 0, 3)},
    kinds=made.ConfusionMatrix(kinds=("receipt", "invoice"), counts=((5, 1), (0, 6))),
    reliability=(
        made.ReliabilityBin(count=30, confidence=0.95, right=0.9),
        made.ReliabilityBin(count=10, confidence=0.5, right=0.7),
    ),
)
MADE = made.ModelProvenance(
    name="my <model>",
    base=made.BaseModelWeights(name="default", sha256="a" * 64, licence="Apache-2.0"),
    data=(
        made.DataSet(
            name="mine",
            licence="my own",
            sha256="b" * 64,
            files=40,
            examples={"training": 15, "test": 5},
        ),
    ),
    options={"minutes": 5, "learning_rate": 1e-4},
    seed=7,
    versions=made.versions(),
    machine=made.machine("cpu"),
    points=(
        made.ValidationPoint(
            step=10, seconds=3.5, loss=1.25, score=0.5, scores={"labels": {"receipt.total": 0.5}}
        ),
        made.ValidationPoint(step=20, seconds=7.0, loss=0.75, score=0.75),
    ),
    scores={"validation": SCORES, "test": SCORES},
    stopped="no gain",
    best_step=20,
    steps=30,
    seconds=12.5,
)


class Page(HTMLParser):
    """The text of a page, its tags, and every address in it."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.open, self.tags, self.addresses = "", [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.addresses += [value for name, value in attributes if name in {"src", "href"}]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_made_json_is_read_back_as_it_was_written(tmp_path):
    made.write(tmp_path / made.NAME, MADE)
    assert made.read(tmp_path / made.NAME) == MADE


def test_a_made_json_with_an_unknown_key_is_refused(tmp_path):
    (tmp_path / made.NAME).write_text(MADE.model_dump_json().replace('"seed"', '"sead"'))
    with pytest.raises(ConfigError, match="sead: no such key"):
        made.read(tmp_path / made.NAME)


def test_versions_name_what_computed():
    import torch

    assert made.versions()["torch"] == torch.__version__


def test_precision_recall_and_f1_are_shares_of_the_counts():
    assert (COUNT.precision, COUNT.recall) == (0.8, 0.5)
    assert COUNT.f1 == pytest.approx(2 * 0.8 * 0.5 / 1.3)


def test_of_nothing_the_shares_are_zero():
    nothing = made.PrecisionRecall.of(0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0, 0, 0)


def test_accuracy_is_the_diagonal_of_the_confusion():
    assert SCORES.kinds.accuracy == pytest.approx(11 / 12)


def test_the_calibration_error_weighs_each_bin_by_its_values():
    assert SCORES.calibration_error == pytest.approx(0.75 * 0.05 + 0.25 * 0.2)


def test_the_hash_of_a_data_set_is_that_of_what_sha256sum_prints(tmp_path):
    (tmp_path / "b").mkdir()
    for name, content in {"b/one.txt": "1", "a.txt": "2", "B.txt": "3"}.items():
        (tmp_path / name).write_text(content)
    command = "find . -type f | LC_ALL=C sort | xargs sha256sum"
    listed = subprocess.run(
        command, shell=True, cwd=tmp_path, capture_output=True, check=True
    ).stdout
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    hashed = made.hashed_data_set("mine", tmp_path, files, licence="my own", examples={})
    assert (hashed.sha256, hashed.files) == (hashlib.sha256(listed).hexdigest(), 3)


def test_the_page_is_well_formed_and_needs_nothing_from_elsewhere(tmp_path):
    html = report.write_report(MADE, tmp_path).read_text("utf-8")
    page = Page(html)
    assert page.open == []
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert page.addresses == []
    assert "url(" not in html
    assert "http" not in html.replace("http-equiv", "")


def test_the_page_shows_scores_data_and_options():
    text = Page(report.report_html(MADE)).text
    for shown in ("0.615", "receipt.total", "invoice", "mine", "15 training, 5 test", "no gain"):
        assert shown in text


def test_the_page_escapes_what_documents_say():
    miss = report.WrongValue("<b>a</b>.pdf", "receipt.total", "<script>1</script>", "2 & 3", 0.9)
    html = report.report_html(MADE, [miss])
    assert "<script>" not in html
    assert "&lt;script&gt;1&lt;/script&gt;" in html
    assert "my <model>" in Page(html).text


def test_the_worst_errors_come_first():
    misses = [
        report.WrongValue("unsure.pdf", "a", "1", "2", 0.2),
        report.WrongValue("missed.pdf", "a", "1", "", 0.0),
        report.WrongValue("sure.pdf", "a", "1", "2", 0.99),
    ]
    text = Page(report.report_html(MADE, misses)).text
    assert text.index("sure.pdf") < text.index("missed.pdf") < text.index("unsure.pdf")


def test_a_training_without_points_or_scores_still_has_a_page():
    bare = MADE.model_copy(update={"points": (), "scores": {}, "base": None})
    assert "svg" not in Page(report.report_html(bare)).tags


@given(st.floats(-1e6, 1e6).flatmap(lambda low: st.tuples(st.just(low), st.floats(low, low + 1e6))))
def test_ticks_cover_the_range_with_few_round_numbers(ends):
    found = charts.ticks(*ends)
    slack = 1e-6 + 1e-6 * (ends[1] - ends[0])
    assert found[0] <= ends[0] + slack
    assert found[-1] >= ends[1] - slack
    assert 2 <= len(found) <= 8


def test_a_line_skips_what_is_no_number():
    drawn = charts.line_chart("t", {"loss": [(0, 1.0), (1, float("nan")), (2, 2.0)]})
    assert "nan" not in drawn
