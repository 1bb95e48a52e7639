"""The samples are complete, agree with their script, and their records are right in themselves."""

import json
import re
from email import message_from_bytes, policy
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from stdnum import ean, iban
from stdnum.de import vat as german_vat
from stdnum.gb import vat as british_vat

from docextract.schema import FieldType, Schema
from docextract.training.synthetic.facts.record import expected_record
from docextract.training.synthetic.paper.degrade import photo, scan, thermal
from docextract.training.synthetic.paper.raster import page_images
from docextract.training.synthetic.reading import ROWS
from sample_docs.make.catalogue import PASSWORD, SAMPLES, Sample

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "sample_docs"
NOT_SAMPLES = {"README.md", ".gitattributes"}
EXPECTED = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in sorted(FOLDER.glob("*.expected.json"))
}
RECORDS = {name: record for name, record in EXPECTED.items() if "kind" in record}
SCANNED = {"receipt-scan.png", "receipt-photo.jpg", "letter-turned-90.jpg", "form-turned-180.jpg"}
SCANNED |= {"medical-report.tiff", "contract-scan.pdf"}
#: Quick to draw, and without JPEG or PNG encoders, whose bytes differ from version to version.
DRAWN = [sample for sample in SAMPLES if sample.name not in SCANNED]


def of_kind(kind: str) -> list[dict]:
    return [record["data"] for record in RECORDS.values() if record["kind"] == kind]


def text_of(data: bytes, password: str | None = None) -> str:
    with pypdfium2.PdfDocument(data, password=password) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def name_of(sample: Sample) -> str:
    return sample.name


def test_the_folder_holds_the_files_of_the_catalogue_and_no_others():
    found = {path.name for path in FOLDER.iterdir() if path.is_file()} - NOT_SAMPLES
    records = {f"{s.record_of(path)}.expected.json" for s in SAMPLES for path in s.inside}
    assert found == {sample.name for sample in SAMPLES} | records


def test_every_kind_with_a_schema_has_a_sample():
    kinds = {path.stem for path in (ROOT / "schemas").glob("*.toml")} - {"unknown"}
    assert {record["kind"] for record in RECORDS.values()} == kinds


LAID_OUT = [(s.record_of(path), pages) for s in SAMPLES for path, pages in s.pages.items()]
#: What a person reads off a page and the generator does not mark.
UNMARKED = {"currency", "tax_rate", "amount_paid", "change", "discount", "discount_rate"}


@pytest.mark.parametrize(("name", "pages"), LAID_OUT, ids=[name for name, _ in LAID_OUT])
def test_a_record_says_what_is_printed_on_its_pages_and_nothing_else(name, pages):
    made, stated = expected_record(pages())["data"], RECORDS[f"{name}.expected.json"]["data"]
    for field in set(stated) - UNMARKED - {ROWS}:
        found = (
            made[field].replace(" ", "")
            if field.endswith(("_iban", "_vat_id")) and made[field]
            else made[field]
        )
        assert found == stated[field], field
    for row, told in zip(made.get(ROWS, ()), stated.get(ROWS, ()), strict=True):
        for field in set(told) - UNMARKED | set(row):
            assert row[field] == told[field], field


@pytest.mark.parametrize(("name", "pages"), LAID_OUT, ids=[name for name, _ in LAID_OUT])
def test_every_text_of_a_record_is_printed_whole(name, pages):
    made = pages()
    printed: dict[str, dict[int, list[str]]] = {}
    for run in (run for paper in made.sheet.papers for run in paper.runs):
        for said in run.words:
            if said.ink.row < 0 and said.ink.label:
                printed.setdefault(said.ink.label, {}).setdefault(said.ink.part, []).append(
                    said.text
                )
    for field, parts in printed.items():
        value = made.facts.values[field]
        if isinstance(value, str) and field != "currency":
            assert letters(value) in {letters("".join(words)) for words in parts.values()}, field


@pytest.mark.parametrize(("name", "pages"), LAID_OUT, ids=[name for name, _ in LAID_OUT])
def test_a_record_has_a_currency_where_one_is_printed(name, pages):
    if "currency" not in (data := RECORDS[f"{name}.expected.json"]["data"]):
        return
    made = pages()
    text = " ".join(run.text for paper in made.sheet.papers for run in paper.runs)
    notation = made.facts.notation
    shown = notation.sign in text or notation.currency in text
    assert data["currency"] == (notation.currency if shown else None)


def letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def test_the_readme_tells_of_every_file():
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert re.findall(r"^\| \[(.+?)\]\(\1\) \|", readme, re.M) == [s.name for s in SAMPLES]


def test_all_files_together_stay_under_three_megabytes():
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 3_000_000


@pytest.mark.parametrize("sample", DRAWN, ids=name_of)
def test_making_a_file_twice_gives_the_same_bytes(sample):
    assert sample.make() == sample.make()


@pytest.mark.parametrize(
    "sample", [s for s in DRAWN if s.name.endswith(".pdf") and "broken" not in s.name], ids=name_of
)
def test_a_committed_pdf_says_what_the_script_draws_now(sample):
    password = PASSWORD if sample.name == "encrypted.pdf" else None
    committed = text_of((FOLDER / sample.name).read_bytes(), password)
    assert committed == text_of(sample.make(), password)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SCANNED))
def test_a_committed_picture_shows_what_the_script_draws_now(name):
    (sample,) = (s for s in SAMPLES if s.name == name)
    for committed, made in zip(
        pictures((FOLDER / name).read_bytes()), pictures(sample.make()), strict=True
    ):
        assert committed.shape == made.shape
        # Encoders differ by a few grey levels from version to version; another page by tens.
        assert np.abs(committed - made).mean() < 3


def pictures(data: bytes) -> list[np.ndarray]:
    if data.startswith(b"%PDF"):
        pages = page_images(data, dpi=100)
    else:
        file = Image.open(BytesIO(data))
        pages = []
        for frame in range(getattr(file, "n_frames", 1)):
            file.seek(frame)
            pages.append(file.convert("L"))
    return [np.asarray(page.convert("L"), np.float32) for page in pages]


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_has_exactly_the_fields_of_its_schema(name):
    record = RECORDS[name]
    schema = Schema.load(ROOT / "schemas" / f"{record['kind']}.toml")
    assert set(record["data"]) == set(schema.fields)
    for field, spec in schema.fields.items():
        value = record["data"][field]
        if spec.type is FieldType.ROWS:
            assert value
            assert all(set(row) == set(spec.fields) for row in value)
        elif spec.many:
            assert isinstance(value, list)
        elif value is not None and spec.type is FieldType.DATE:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        elif value is not None and spec.type is FieldType.MONEY:
            assert isinstance(value, int | float)


@pytest.mark.parametrize("data", of_kind("invoice"), ids=lambda data: data["invoice_number"])
def test_an_invoice_adds_up(data):
    net = sum(row["net_amount"] for row in data["line_items"])
    assert net == pytest.approx(data["net_total"], abs=0.001)
    assert data["net_total"] + data["tax_total"] == pytest.approx(data["grand_total"], abs=0.001)
    assert data["due_date"] >= data["issue_date"]
    if data["tax_rate"] is not None:
        tax = data["net_total"] * data["tax_rate"] / 100
        assert tax == pytest.approx(data["tax_total"], abs=0.006)
    for row in data["line_items"]:
        assert row["quantity"] * row["unit_price"] == pytest.approx(row["net_amount"], abs=0.006)


@pytest.mark.parametrize("data", of_kind("receipt"), ids=lambda data: data["merchant_name"])
def test_a_receipt_adds_up(data):
    rows = sum(row["amount"] for row in data["line_items"])
    on_top = data["tip"] or 0
    if data["subtotal"] is not None:
        assert rows == pytest.approx(data["subtotal"], abs=0.001)
        on_top += data["tax"]
    assert rows + on_top == pytest.approx(data["total"], abs=0.001)
    paid = data["amount_paid"] - (data["change"] or 0)
    assert paid == pytest.approx(data["total"], abs=0.001)


def test_identifiers_have_valid_check_digits():
    for data in of_kind("invoice"):
        assert data["seller_iban"] is None or iban.is_valid(data["seller_iban"])
        for number in (data["seller_vat_id"], data["buyer_vat_id"]):
            assert number is None or german_vat.is_valid(number) or british_vat.is_valid(number)
    for data in of_kind("product_offer"):
        assert ean.is_valid(data["gtin"])


def printed_forms(value: object) -> tuple[str, ...]:
    """How a page may print an amount."""
    if isinstance(value, str):
        return (value,)
    english = f"{value:,.2f}"
    return (english, english.translate(str.maketrans(",.", ".,")))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("invoice-en.pdf", ("invoice_number", "seller_name", "seller_vat_id", "grand_total")),
        ("invoice-de.pdf", ("invoice_number", "buyer_name", "buyer_vat_id", "grand_total")),
        ("invoice-three-pages.pdf", ("invoice_number", "net_total", "tax_total", "grand_total")),
        ("ad-buy.pdf", ("contract_number", "advertiser", "gross_amount")),
        ("nda.pdf", ("jurisdiction",)),
        ("patent.pdf", ("title", "publication_number", "applicant", "classification")),
    ],
)
def test_what_the_record_says_is_printed_on_the_page(name, fields):
    text = " ".join(text_of((FOLDER / name).read_bytes()).split())
    data = EXPECTED[f"{name}.expected.json"]["data"]
    for field in fields:
        assert any(form in text for form in printed_forms(data[field])), field


def test_the_table_of_the_long_invoice_runs_over_two_page_breaks():
    with pypdfium2.PdfDocument(FOLDER / "invoice-three-pages.pdf") as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert len(pages) == 3
    assert all("Product / Service" in page for page in pages)
    assert ["Carried forward" in page for page in pages] == [True, True, False]
    assert ["Brought forward" in page for page in pages] == [False, True, True]


def test_scans_have_no_text_layer_and_the_fax_has_two_pages():
    assert text_of((FOLDER / "contract-scan.pdf").read_bytes()).strip() == ""
    with Image.open(FOLDER / "medical-report.tiff") as fax:
        assert fax.n_frames == 2


def test_the_mail_and_the_archive_hold_the_documents_that_have_records():
    mail = message_from_bytes((FOLDER / "mail.eml").read_bytes(), policy=policy.default)
    inside = {("mail.eml", part.get_filename()) for part in mail.iter_attachments()}
    with ZipFile(FOLDER / "bundle.zip") as archive:
        inside |= {("bundle.zip", name) for name in archive.namelist()}
    assert len(inside) == 3
    assert {f"{outer}.{name}.expected.json" for outer, name in inside} <= set(EXPECTED)


@pytest.mark.parametrize("name", ["broken.pdf", "encrypted.pdf"])
def test_a_file_that_cannot_be_read_does_not_open(name):
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(FOLDER / name)


def test_the_password_in_the_readme_opens_the_encrypted_file():
    readme = (FOLDER / "README.md").read_text("utf-8")
    password = re.search(r"password, which is `([^`]+)`", readme)[1]
    assert "direct debit" in text_of((FOLDER / "encrypted.pdf").read_bytes(), password)


@pytest.fixture
def page() -> Image.Image:
    """A small page with a few black bars on it."""
    pixels = np.full((600, 420, 3), 255, np.uint8)
    pixels[100:540:40, 60:360] = 0
    pixels[101:541:40, 60:360] = 0
    return Image.fromarray(pixels)


@pytest.mark.parametrize("degrade", [thermal, scan, partial(photo, size=(300, 400))])
def test_the_same_seed_gives_the_same_picture_and_another_seed_another(degrade, page):
    first, again, other = degrade(page, 1), degrade(page, 1), degrade(page, 2)
    assert np.array_equal(np.asarray(first), np.asarray(again))
    assert not np.array_equal(np.asarray(first), np.asarray(other))


def test_a_scan_has_the_resolution_asked_for(page):
    assert scan(page, 1, dpi=150).size == (210, 300)
    assert scan(page.convert("L"), 1, dpi=200).mode == "L"


def test_a_lower_jpeg_quality_changes_more_of_a_scan(page):
    clean, good, bad = (
        np.asarray(scan(page, 1, jpeg_quality=quality), np.float32) for quality in (None, 90, 10)
    )
    assert 0 < np.abs(good - clean).mean() < np.abs(bad - clean).mean()


def test_a_photograph_shows_the_table_around_the_paper(page):
    made = np.asarray(photo(page, 3, size=(300, 400)), np.float32)
    corner, middle = made[:20, :20].mean(axis=(0, 1)), made[180:220, 130:170].mean(axis=(0, 1))
    assert corner[0] > corner[2] + 20  # brown wood
    assert middle.mean() > corner.mean() + 40  # bright paper
