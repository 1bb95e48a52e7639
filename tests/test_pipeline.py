import io
import zipfile
from pathlib import Path

import pytest

from docextract import resources
from docextract.document import Document, Issue, Page, Status
from docextract.errors import ConfigError
from docextract.pipeline import STAGES, Pipeline, make_result
from docextract.readers import ReadOptions, Source
from docextract.schema import Schema

NO_MODEL = """
schemas = ["receipt"]
[read]
max_pages = 3
[[stage]]
use = "classify"
kind = "receipt"
[[stage]]
use = "fields"
model = ""
[[stage]]
use = "check"
"""


@pytest.fixture
def written(tmp_path):
    """`written(text)`: the path of a pipeline file with this text."""

    def write(text: str) -> str:
        path = tmp_path / "mine.toml"
        path.write_text(text)
        return str(path)

    return write


@pytest.mark.parametrize("name", resources.available_resources("pipelines"))
def test_every_shipped_pipeline_loads(name):
    assert Pipeline.load(name).description


def test_a_pipeline_without_schemas_has_all_of_them(written):
    made = Pipeline.load(written('[[stage]]\nuse = "fields"\n'))
    assert {schema.name for schema in made.schemas} == set(resources.available_resources("schemas"))


def test_options_that_are_given_replace_the_files(written):
    path = written(NO_MODEL)
    assert Pipeline.load(path).options.max_pages == 3
    assert Pipeline.load(path, read={"max_pages": 9}).options.max_pages == 9


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[stage]]\nuse = 'guess'", "no stage 'guess'; there are: classify, entities"),
        (
            "[[stage]]\nuse = 'classify'\nmodle = 'x'",
            "has no option modle; it takes: huggingface_folder,",
        ),
        ("[[stage]]\nuse = 'classify'\nleast = 'much'", "least: Input should be a valid number"),
        ("[read]\nocr = true", "[read] has no option ocr; it takes: barcodes,"),
        ("[read]\npage_range = '0-'", "pages count from 1"),
        ("stages = []", "stages: no such key"),
        ("schemas = ['nope']", "no schema 'nope'; there are: ad_buy,"),
        ("schemas = ['receipt', 'receipt']", "more than one schema is called receipt"),
        ("[[stage]\n", "mine.toml"),
    ],
)
def test_a_mistake_in_a_pipeline_is_named_with_the_file(written, text, message):
    with pytest.raises(ConfigError) as caught:
        Pipeline.load(written(text))
    assert message in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_the_fingerprint_changes_with_what_decides(written):
    path = written(NO_MODEL)
    base = Pipeline.load(path).fingerprint
    assert Pipeline.load(path).fingerprint == base
    assert Pipeline.load(path, read={"ocr_mode": "never"}).fingerprint != base
    assert Pipeline.load(path, schemas=[Schema(name="receipt", version="9")]).fingerprint != base
    assert Pipeline.load(path, read={"password": "secret"}).fingerprint == base


def test_the_password_is_not_shown(written):
    made = Pipeline.load(written(NO_MODEL), read={"password": "secret"})
    assert "secret" not in repr(made)


def test_every_stage_in_the_table_is_there_and_light():
    for place in STAGES.values():
        module, _, name = place.partition(":")
        assert Path(*module.split(".")).with_suffix(".py").is_file()
        assert name


def test_a_document_and_those_inside_it_become_results(written):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "Corner Shop\nTotal: 1.20 EUR")
        archive.writestr("b.pdf", "%PDF-1.4 nothing more")
    results = list(Pipeline.load(written(NO_MODEL))(Source.of(made.getvalue(), name="two.zip")))
    assert [(r.name, r.status) for r in results] == [
        ("two.zip/a.txt", Status.SUCCESS),
        ("two.zip/b.pdf", Status.FAILED),
    ]
    assert results[0].record is not None
    assert str(results[0].record.data["total"]) == "1.20"
    assert results[1].errors[0].category == "malformed"


@pytest.mark.parametrize(
    ("page_range", "pages"),
    [("", [1, 2, 3, 4, 5]), ("2", [2]), ("2-3", [2, 3]), ("4-", [4, 5]), (" 1 , 3-4 ", [1, 3, 4])],
)
def test_page_ranges_count_from_one(page_range, pages):
    options = ReadOptions(page_range=page_range)
    assert [number for number in range(1, 6) if options.wanted(number)] == pages


@pytest.mark.parametrize("page_range", ["0", "a", "1-2-3", "1,,2", "-3"])
def test_a_page_range_that_cannot_be_read_is_refused(page_range):
    with pytest.raises(ConfigError, match="write it like"):
        ReadOptions(page_range=page_range)


@pytest.mark.parametrize(
    ("read_by", "status"),
    [
        (["text-layer", "text-layer"], Status.SUCCESS),
        (["text-layer", "none"], Status.PARTIAL),
        (["none", "none"], Status.FAILED),
        ([], Status.SUCCESS),
    ],
)
def test_a_document_ends_as_its_pages_were_read(read_by, status):
    pages = tuple(Page(n, 100, 100, read_by=by) for n, by in enumerate(read_by, 1))
    issue = Issue("read", "too_large", "why", page=1)
    result = make_result(Document("made", pages=pages, issues=(issue,)), seconds=1.0)
    assert result.status == status
    assert (result.document is None) == (status == Status.FAILED)
    assert result.errors == (issue,)
