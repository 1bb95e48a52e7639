"""The whole pipeline on sample_docs/, against the records that a person wrote.

`RIGHT` is a ratchet: how many scalar fields of each sample are right at least. A change that
gets more of them right raises the number; none may lower it.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docextract.document import Document, Record, Result, Status
from docextract.export import dumps, loads, record_json, tree_of
from docextract.pipeline import Pipeline
from docextract.readers import Source
from docextract.schema import Schema

SAMPLES = Path(__file__).parent.parent / "sample_docs"
SCHEMAS = SAMPLES.parent / "schemas"

#: Expected record -> right scalar fields at least, of all there are. Scans are allowed one more
#: slip than was measured, since OCR differs a little between processors.
RIGHT: Mapping[str, tuple[int, int]] = {
    "ad-buy.pdf": (5, 5),
    "bundle.zip.bewertung.txt": (4, 5),
    "bundle.zip.receipt.pdf": (10, 12),
    "contract-scan.pdf": (4, 6),
    "contract.docx": (5, 6),
    "factur-x-other-total.pdf": (14, 15),
    "factur-x.pdf": (15, 15),
    "form-fillable.pdf": (8, 8),
    "form-turned-180.jpg": (4, 8),
    "invoice-de.pdf": (15, 15),
    "invoice-en.pdf": (14, 15),
    "invoice-three-pages.pdf": (15, 15),
    "invoice.xlsx": (15, 15),
    "letter-de.odt": (6, 7),
    "letter-turned-90.jpg": (6, 7),
    "mail.eml.Rechnung-2026-0091.pdf": (13, 15),
    "mail.eml": (7, 7),
    "medical-report.tiff": (8, 9),
    "nda.pdf": (3, 4),
    "offer-de.pptx": (7, 7),
    "offer.html": (7, 7),
    "patent.pdf": (5, 8),
    "receipt-photo.jpg": (10, 12),
    "receipt-scan.png": (11, 12),
    "review.md": (5, 5),
}

pytestmark = pytest.mark.model


@cache
def pipeline() -> Pipeline:
    return Pipeline.load("default", device="cpu")


@cache
def results(file: Path) -> dict[str, Result]:
    """Name as in the expected record's file name -> result."""
    return {r.name.replace("/", "."): r for r in pipeline()(Source.of(file))}


def file_of(expected: str) -> Path:
    """The sample that the expected record is of, or in which its document is."""
    (found,) = (
        path
        for path in SAMPLES.iterdir()
        if expected.startswith(path.name) and ".expected." not in path.name and path.is_file()
    )
    return found


def wanted(expected: str) -> dict[str, Any]:
    return json.loads((SAMPLES / f"{expected}.expected.json").read_text(), parse_float=Decimal)


def plain(value: Any) -> str:
    """Values as they are compared: numbers by value, text without case, space, punctuation."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return f"{value:.2f}"
    return "".join(letter for letter in str(value).casefold() if letter.isalnum())


def same(found: Any, truth: Any) -> bool:
    if isinstance(truth, list):
        return {plain(one) for one in found or []} == {plain(one) for one in truth}
    return plain(found) == plain(truth)


def is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def test_every_expected_record_has_its_numbers():
    every = {path.name.removesuffix(".expected.json") for path in SAMPLES.glob("*.expected.json")}
    assert every == set(RIGHT) | {"broken.pdf", "encrypted.pdf"}


@pytest.mark.parametrize("expected", RIGHT)
def test_a_sample_is_told_and_read(expected):
    result = results(file_of(expected))[expected]
    truth = wanted(expected)
    assert result.status == Status.SUCCESS
    assert result.document is not None
    assert result.document.kind is not None
    assert result.document.kind.label == truth["kind"]
    assert result.record is not None
    fields = {name: value for name, value in truth["data"].items() if not is_rows(value)}
    wrong = {
        name: (result.record.data[name], value)
        for name, value in fields.items()
        if not same(result.record.data[name], value)
    }
    least, of = RIGHT[expected]
    assert len(fields) == of
    assert len(fields) - len(wrong) >= least, wrong


@pytest.mark.parametrize("name", ["broken.pdf", "encrypted.pdf"])
def test_a_sample_that_cannot_be_read_says_why(name):
    (result,) = results(SAMPLES / name).values()
    assert result.status == Status.FAILED
    assert result.errors[0].category == wanted(name)["error"]["category"]


def test_the_encrypted_sample_opens_with_its_password():
    opened = Pipeline.load("default", device="cpu", read={"password": "kranich-2026"})
    (result,) = opened(Source.of(SAMPLES / "encrypted.pdf"))
    assert result.status == Status.SUCCESS
    assert result.document is not None
    assert result.document.words


@pytest.mark.parametrize("expected", RIGHT)
def test_the_record_is_read_back_as_it_was_written(expected):
    result = results(file_of(expected))[expected]
    assert result.document is not None
    assert result.document.kind is not None
    schema = Schema.load(SCHEMAS / f"{result.document.kind.label}.toml")
    record = loads(dumps(record_json(result)))
    tree = tree_of(record, schema)
    assert result.record is not None
    assert tree.data == result.record.data
    bare = Document(result.name).add(record=Record(schema.name, schema.version, tree))
    again = loads(dumps(record_json(Result(result.name, result.status, bare))))
    assert again["evidence"] == record["evidence"]
    assert again["data"] == record["data"]


@pytest.mark.parametrize("expected", [name for name in RIGHT if name.endswith(".pdf")])
def test_every_value_leads_back_to_its_words(expected):
    result = results(file_of(expected))[expected]
    document, record = result.document, result.record
    assert document is not None
    assert record is not None
    for value in record.evidence.values():
        assert value.spans or value.is_stated, value.field  # what is stated may not be printed
        for start, end in value.spans:
            assert document.places(start, end), value.field
            assert document.text[start:end].split()[0] in value.raw, value.field
