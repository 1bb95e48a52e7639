"""Generated documents say what they are marked with, and read as they were laid out."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from docextract.document import Document
from docextract.models.bi_encoder.passage import Passage
from docextract.readers.options import ReadOptions
from docextract.readers.pdf import reader
from docextract.resources import find_resource
from docextract.schema import FieldType, Schema
from docextract.training.data.examples import Example
from docextract.training.synthetic import KINDS, synthetic_documents, synthetic_examples
from docextract.training.synthetic.__main__ import app
from docextract.training.synthetic.facts.record import expected_record
from docextract.training.synthetic.facts.vocabulary import word_lists
from docextract.training.synthetic.invoice import layout
from docextract.training.synthetic.invoice.facts import Invoice
from docextract.training.synthetic.paper.fonts import Style, text_width
from docextract.training.synthetic.paper.render import pdf_bytes, write_scan
from docextract.training.synthetic.paper.sheet import (
    Ink,
    Sheet,
    fill_template,
    has_no_overlaps,
    wrap_text,
)
from docextract.training.synthetic.produce import synthetic_document
from docextract.values.typed import parse_value

SEED = 20
MANY = 12
#: What telephone numbers have in them that are kept free for fiction.
KEPT_FREE = ("23125", "66969", "90009", "4710", "55501", "1632960", "79460", "199", "35301")
STYLE = Style("Helvetica", 10.0)


def passage_of(data: bytes) -> Passage:
    """As the PDF reader gives it."""
    pages = reader.read(data, ReadOptions()).pages
    words = Document("made.pdf", pages=pages).words
    sizes = {page.number: (page.width, page.height) for page in pages}
    boxes = [
        (
            1000 * placed.word.box.x0 / sizes[placed.page][0],
            1000 * placed.word.box.top / sizes[placed.page][1],
            1000 * placed.word.box.x1 / sizes[placed.page][0],
            1000 * placed.word.box.bottom / sizes[placed.page][1],
        )
        for placed in words
    ]
    return Passage(
        tuple(placed.word.text for placed in words),
        np.asarray(boxes, np.float32),
        np.asarray([placed.line for placed in words], np.int32),
    )


def marked(example: Example) -> Iterator[tuple[str, str]]:
    """Field and words of each mark."""
    for mark in example.marks:
        field = mark.label.partition(".")[2]
        yield field, " ".join(example.passage.texts[mark.start : mark.end])


def plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def states(kind: FieldType, printed: str, value: Any) -> bool:
    """Whether the printed words are the value or, where it takes several lines, a part of it."""
    if isinstance(value, list):
        return any(states(kind, printed, one) for one in value)
    if isinstance(value, Decimal):
        shapes = {
            parse_value(kind, printed),
            parse_value(kind, printed, decimal="."),
            parse_value(kind, printed, decimal=","),
        }
        return value in shapes
    if isinstance(value, date):
        return value in {parse_value(kind, printed, day_first=first) for first in (True, False)}
    if isinstance(value, time):
        return parse_value(kind, printed) == value
    if kind == FieldType.CURRENCY:
        return printed == "RM" or parse_value(kind, printed) == value
    return plain(printed) in plain(str(value))


def test_the_same_seed_gives_the_same_documents():
    first, again = (list(synthetic_examples(len(KINDS), SEED)) for _ in range(2))
    assert [example.passage.texts for example in first] == [e.passage.texts for e in again]
    assert [example.marks for example in first] == [example.marks for example in again]
    assert all(
        np.array_equal(a.passage.boxes, b.passage.boxes) for a, b in zip(first, again, strict=True)
    )


def test_another_seed_gives_other_documents():
    one, other = (next(iter(synthetic_examples(1, seed))) for seed in (1, 2))
    assert one.passage.texts != other.passage.texts


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_schema_is_asked(kind):
    schema = Schema.load(find_resource("schemas", kind))
    (example,) = synthetic_examples(1, SEED, [kind])
    assert example.asked == {f"{kind}.{path}" for path, field in schema.walk() if field.asked}
    assert example.kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_printed_in_some_documents_and_missing_in_none_always(kind):
    labels = [
        {mark.label for mark in example.marks} for example in synthetic_examples(60, SEED, [kind])
    ]
    asked = next(iter(synthetic_examples(1, SEED, [kind]))).asked
    assert set().union(*labels) == asked


@pytest.mark.parametrize("kind", KINDS)
def test_marked_words_are_the_values_of_the_record(kind):
    fields = dict(Schema.load(find_resource("schemas", kind)).walk())
    for made in synthetic_documents(MANY, SEED, [kind]):
        for field, printed in marked(made.example):
            if "." in field or fields[field].type is FieldType.ROWS:
                continue
            value = made.facts.values[field]
            assert states(fields[field].type, printed, value), (made.example.name, field, printed)


@pytest.mark.parametrize("kind", ["invoice", "receipt"])
def test_marked_words_of_rows_are_the_values_of_the_records_rows(kind):
    fields = dict(Schema.load(find_resource("schemas", kind)).walk())
    for made in synthetic_documents(MANY, SEED, [kind]):
        rows = made.facts.values["line_items"]
        for field, printed in marked(made.example):
            if "." in field:
                name = field.partition(".")[2]
                value = [row[name] for row in rows]
                assert states(fields[field].type, printed, value), (
                    made.example.name,
                    field,
                    printed,
                )


@pytest.mark.parametrize("kind", ["invoice", "receipt"])
def test_each_row_is_marked_once_and_holds_its_values(kind):
    for made in synthetic_documents(MANY, SEED, [kind]):
        marks = made.example.marks
        rows = [mark for mark in marks if mark.label == f"{kind}.line_items"]
        cells = [mark for mark in marks if mark.label.startswith(f"{kind}.line_items.")]
        assert len(rows) == len(made.facts.values["line_items"])
        assert all(any(row.start <= c.start and c.end <= row.end for row in rows) for c in cells)


def test_sums_of_invoices_add_up():
    for made in synthetic_documents(60, SEED, ["invoice"]):
        facts: Invoice = made.facts
        assert sum(row.net for row in facts.rows) + facts.freight == facts.net
        assert sum(tax.amount for tax in facts.taxes) == facts.tax
        assert facts.net + facts.tax == facts.gross
        assert facts.due > facts.issued


@pytest.mark.parametrize("language", ["de", "en", "fr"])
def test_heads_of_blocks_name_both_parties(language, monkeypatch):
    monkeypatch.setattr(layout, "FRONTED", 1.0)
    monkeypatch.setattr(layout, "is_printed_by_viewer", lambda *_: False)
    of_it = [
        it for it in synthetic_documents(60, SEED, ["invoice"]) if it.facts.language == language
    ]
    for made in of_it:
        fields = {field for field, _ in marked(made.example)}
        assert {"seller_name", "buyer_name", "seller_address", "buyer_address"} <= fields
    assert of_it


def test_sums_of_receipts_add_up():
    for made in synthetic_documents(60, SEED, ["receipt"]):
        sums = made.facts.sums
        paid = sum(item.amount for item in made.facts.items) + sums.tip + sums.rounding
        assert sums.total == paid + (0 if sums.included else sums.tax)


@pytest.mark.parametrize("kind", KINDS)
def test_documents_differ_in_layout_type_and_language(kind):
    sheets = [made.sheet for made in synthetic_documents(30, SEED, [kind])]
    families = {run.style.family for sheet in sheets for run in sheet.paper.runs}
    sizes = {run.style.size for sheet in sheets for run in sheet.paper.runs}
    assert len(families) >= 3
    assert len(sizes) >= 8


def test_a_rendered_pdf_reads_as_it_was_laid_out():
    same = 0
    for made in synthetic_documents(3 * len(KINDS), SEED):
        laid, printed = made.example.passage, passage_of(pdf_bytes(made.sheet))
        if laid.texts == printed.texts and np.array_equal(laid.lines, printed.lines):
            same += 1
            assert np.abs(laid.boxes - printed.boxes).max() < 4  # thousandths: a point of a roll
    assert same >= 0.9 * 3 * len(KINDS)


def test_a_record_has_none_where_nothing_is_printed():
    for made in synthetic_documents(30, SEED, ["invoice"]):
        data = expected_record(made)["data"]
        found = {field for field, _ in marked(made.example)}
        assert {field for field, value in data.items() if value is not None} == found & set(data)


def test_the_command_writes_documents_and_records(tmp_path):
    result = CliRunner().invoke(app, [str(tmp_path), "--count", "2", "--seed", "7"])
    assert result.exit_code == 0, result.output
    pdfs, records = sorted(tmp_path.glob("*.pdf")), sorted(tmp_path.glob("*.json"))
    assert [path.stem for path in pdfs] == [path.stem for path in records]
    assert {json.loads(path.read_text("utf-8"))["kind"] for path in records} == set(KINDS[:2])


def test_the_command_knows_its_kinds(tmp_path):
    result = CliRunner().invoke(app, [str(tmp_path), "--kind", "poem"])
    assert result.exit_code == 2
    assert "poem" in result.output


def test_a_scan_is_grey_and_as_large_as_the_page_at_200_dpi(tmp_path):
    from PIL import Image

    (made,) = synthetic_documents(1, SEED, ["receipt"])
    write_scan(made.sheet, tmp_path / "made.tiff", seed=1)
    with Image.open(tmp_path / "made.tiff") as picture:
        assert picture.n_frames == len(made.sheet.papers)
        assert picture.mode == "L"
        assert picture.width == pytest.approx(made.sheet.width * 200 / 72, abs=2)
        assert np.asarray(picture).std() > 10


def test_texts_are_wrapped_where_they_do_not_fit_and_keep_their_ink():
    lines = wrap_text(
        Ink("one two three four", "name", -1, 4), STYLE, text_width("one two", STYLE) + 1
    )
    assert [" ".join(ink.text for ink in line) for line in lines] == ["one two", "three", "four"]
    assert {ink.label for line in lines for ink in line} == {"name"}


def test_marks_beside_a_value_in_a_sentence_join_its_word():
    sheet = Sheet(300, 200)
    sheet.write(
        (20, 40), fill_template("due ({day}), at last", {"day": [Ink("1.5.", "due_date")]}), STYLE
    )
    said = sheet.paper.runs[0].words
    assert [(word.text, word.ink.label) for word in said] == [
        ("due", ""), ("(1.5.),", "due_date"), ("at", ""), ("last", ""),
    ]  # fmt: skip


def test_a_sheet_is_not_sound_when_texts_meet():
    sheet = Sheet(300, 200)
    end = sheet.write((20, 40), "left", STYLE)
    sheet.write((end + 10, 40), "right", STYLE)
    assert has_no_overlaps(sheet)
    sheet.write((end + 1, 43), "between", STYLE)
    assert not has_no_overlaps(sheet)


def test_a_sheet_is_not_sound_when_a_text_leaves_it():
    sheet = Sheet(300, 200)
    sheet.write((280, 40), "beyond", STYLE)
    assert not has_no_overlaps(sheet)


def test_numbers_and_domains_of_fiction_are_those_that_nobody_has():
    for seed in range(MANY):
        made = synthetic_document("invoice", seed, fiction=True)
        party = made.facts.seller
        assert party.email.endswith(".example")
        digits = "".join(sign for sign in party.phone if sign.isdigit())
        assert any(kept in digits for kept in KEPT_FREE), party.phone


def test_a_table_carries_its_sums_over_the_ends_of_pages():
    def long(facts: Invoice) -> Invoice:
        return replace(facts, rows=facts.rows[:1] * 80)

    made = synthetic_document("invoice", SEED, override=long, carries=True)
    labels = word_lists(f"invoice.{made.facts.language}")
    texts = [[run.text for run in paper.runs] for paper in made.sheet.papers]
    assert len(texts) > 1
    for number, page in enumerate(texts):
        assert any(word in page for word in labels["carried"]) == (number + 1 < len(texts))
        assert any(word in page for word in labels["brought"]) == (number > 0)
