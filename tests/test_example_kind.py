"""CONTRIBUTING.md shows a new kind of document without Python: it works as written there."""

import re
from pathlib import Path

import pytest

from docextract import resources
from docextract.schema import Schema

CONTRIBUTING = Path(__file__).parent.parent / "CONTRIBUTING.md"


@pytest.fixture
def written(tmp_path, monkeypatch) -> Path:
    """The schema in CONTRIBUTING.md, put where a user would put it."""
    (block,) = re.findall(
        r"```toml\n# schemas/(\w+\.toml)\n(.*?)```", CONTRIBUTING.read_text(), re.S
    )
    path = tmp_path / "schemas" / block[0]
    path.parent.mkdir()
    path.write_text(block[1])
    monkeypatch.chdir(tmp_path)
    return path


def test_it_is_found_beside_the_shipped_ones(written):
    known = resources.available_resources("schemas")
    assert known["delivery_note"] == written
    assert "invoice" in known


@pytest.mark.model
def test_a_delivery_note_becomes_its_record(written, doc):
    from docextract.pipeline import Pipeline

    pipeline = Pipeline.load("default", device="cpu")
    made = doc(
        "Lampert Lighting    Delivery note",
        "Order number: 4711-22",
        "Delivery date: 3 May 2024",
        "Articles shipped    Quantity",
        "Desk lamp, black    4",
        "Bulb E27, warm white    8",
    )
    (done,) = pipeline.run_stages([made])
    assert done.kind is not None and done.kind.label == "delivery_note"
    assert done.record is not None
    assert done.record.data["order_number"] == "4711-22"
    assert str(done.record.data["delivery_date"]) == "2024-05-03"


def test_it_loads_as_it_is_printed(written):
    schema = Schema.load(written)
    assert list(schema.fields) == ["order_number", "delivery_date"]
