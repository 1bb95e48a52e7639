"""Barcodes drawn here and read back, from pages and as values of a record."""

import io
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docextract.document import Box, Code, Kind, Page, Place, SourceType, Word
from docextract.errors import MissingDependency
from docextract.readers import recognise_page
from docextract.readers.image import barcodes
from docextract.readers.options import ReadOptions
from docextract.readers.pdf import reader as pdf
from docextract.readers.source import Source
from docextract.schema import Schema
from docextract.stages.fields import Fields

zxingcpp = pytest.importorskip("zxingcpp", reason='pip install "docextract[barcodes]"')

SEPA = "BCD\n002\n1\nSCT\n\nGartenbau Müller GmbH\nDE89370400440532013000\nEUR123.45\n\n\nRE-77"
SCHEMAS = tuple(
    Schema.load(Path(__file__).parents[1] / "schemas" / f"{name}.toml")
    for name in ("invoice", "product_offer")
)
CODES = (SourceType.QR, SourceType.BARCODE)


class NoWords:
    """An OCR engine that reads one word, so that a page is not turned in search of more."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        pass

    def read(self, image, *, dpi: float) -> tuple[tuple[Word, ...], ...]:
        return ((Word("upright", Box(10, 10, 90, 20), 1.0),),)


def symbol(content: str | bytes, name: str = "QRCode") -> Image.Image:
    """A barcode with its margins, three pixels a module."""
    made = zxingcpp.create_barcode(content, getattr(zxingcpp.BarcodeFormat, name))
    return Image.fromarray(np.array(made.to_image(scale=3)))


def placed(canvas: Canvas, image: Image.Image, x=300, y=100, side=100) -> None:
    canvas.drawImage(ImageReader(image), x, y, side, side * image.height / image.width)


def as_squares(canvas: Canvas, image: Image.Image, x=300, y=100, module=2.0) -> None:
    """The code as a program draws it that has no pictures: a square for each dark module."""
    small = image.resize((image.width // 3, image.height // 3), Image.Resampling.NEAREST)
    for row, column in np.argwhere(np.asarray(small) < 128).tolist():
        canvas.rect(x + module * column, y + module * (small.height - row), module, module, 0, 1)


def as_one_path(canvas: Canvas, image: Image.Image, x=300, y=100, module=2.0) -> None:
    small = image.resize((image.width // 3, image.height // 3), Image.Resampling.NEAREST)
    path = canvas.beginPath()
    for row, column in np.argwhere(np.asarray(small) < 128).tolist():
        path.rect(x + module * column, y + module * (small.height - row), module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def drawn(draw, size=(595, 842), says="Please pay with the code below.") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    canvas.drawString(72, size[1] - 72, says)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def page_of(data: bytes, **options) -> Page:
    pages = pdf.read(data, ReadOptions(**options)).pages
    assert pages is not None
    return pages[0]


@pytest.mark.parametrize("way", [placed, as_squares, as_one_path])
def test_a_code_on_a_digital_page_is_read_whichever_way_it_is_drawn(way):
    page = page_of(drawn(lambda canvas: way(canvas, symbol(SEPA))))
    assert [(code.format, code.text) for code in page.codes] == [("qr", SEPA)]
    assert page.read_by == "text-layer"


def test_a_codes_box_is_in_points_from_the_top_left():
    image = symbol("a")
    (code,) = page_of(drawn(lambda canvas: placed(canvas, image, side=100))).codes
    margin = 100 * 4 / (image.width / 3)  # four white modules around it
    expected = (300 + margin, 642 + margin, 400 - margin, 742 - margin)
    box = code.box
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx(expected, abs=2)


def test_a_codes_box_turns_with_the_page():
    def draw(canvas: Canvas) -> None:
        canvas.translate(200, 100)
        canvas.rotate(90)
        for n in range(4):
            canvas.drawString(0, -14 * n, "a line that is written up the page")
        placed(canvas, symbol("a"), x=300, y=-150, side=60)

    page = page_of(drawn(draw, says=""))
    (code,) = page.codes
    # In the turned letters' own space: 300 to 360 right of the origin, which is 100 from the left
    # and 200 from the top of the page once it is upright; 90 to 150 below the first line.
    assert page.rotation == 90
    assert Box(400, 290, 460, 350).contains(code.box.x, code.box.y)
    assert (code.box.x, code.box.y) == pytest.approx((430, 320), abs=2)


@pytest.mark.parametrize(
    ("name", "content", "format_", "text"),
    [
        ("EAN13", "4006381333931", "ean13", "4006381333931"),
        ("EAN8", "96385074", "ean8", "96385074"),
        ("UPCA", "036000291452", "ean13", "0036000291452"),
    ],
)
def test_article_numbers_are_read(name, content, format_, text):
    page = page_of(drawn(lambda canvas: placed(canvas, symbol(content, name), side=110)))
    assert [(code.format, code.text) for code in page.codes] == [(format_, text)]


def test_a_scanned_page_is_searched_when_ocr_reads_it():
    sheet = Image.new("L", (1240, 1754), 255)
    sheet.paste(symbol(SEPA), (200, 1200))
    out = io.BytesIO()
    sheet.save(out, "PNG", dpi=(150, 150))
    source = Source.of(out.getvalue(), name="scan.png")
    options = ReadOptions(ocr_engine=f"{__name__}:NoWords")
    page = recognise_page(source, Page(1, 595, 842), options)
    (code,) = page.codes
    assert code.text == SEPA
    assert Box(200 * 0.48, 1200 * 0.48, 400 * 0.48, 1400 * 0.48).contains(code.box.x, code.box.y)
    never = replace(options, barcodes="never")
    assert recognise_page(source, Page(1, 595, 842), never).codes == ()


def test_a_page_of_text_and_lines_is_not_drawn(monkeypatch):
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 200, 300], [700 - 20 * n for n in range(20)])

    def fail(*_, **__):
        raise AssertionError("the page was drawn")

    monkeypatch.setattr("pypdfium2.PdfPage.render", fail)
    assert page_of(drawn(draw)).codes == ()


def test_every_page_is_drawn_when_that_is_asked_for():
    # A code of thin strokes, which no rule of thumb takes for one.
    def draw(canvas: Canvas) -> None:
        small = np.asarray(symbol("a").resize((29, 29), Image.Resampling.NEAREST)) < 128
        canvas.setLineWidth(3)
        for row, column in np.argwhere(small).tolist():
            canvas.line(300 + 3 * column, 400 - 3 * row, 303 + 3 * column, 400 - 3 * row)

    assert page_of(drawn(draw)).codes == ()
    assert [code.text for code in page_of(drawn(draw), barcodes="always").codes] == ["a"]


def test_nothing_is_looked_for_when_that_is_not_wanted():
    assert page_of(drawn(lambda canvas: placed(canvas, symbol("a"))), barcodes="never").codes == ()


@pytest.fixture
def without_zxing(monkeypatch):
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    barcodes.is_installed.cache_clear()
    yield
    barcodes.is_installed.cache_clear()


@pytest.mark.usefixtures("without_zxing")
def test_without_the_library_a_page_is_read_without_its_codes():
    assert page_of(drawn(lambda canvas: placed(canvas, symbol("a")))).codes == ()


@pytest.mark.usefixtures("without_zxing")
def test_asking_for_codes_without_the_library_says_what_to_install():
    with pytest.raises(MissingDependency, match=r'pip install "docextract\[barcodes\]"'):
        ReadOptions(barcodes="always")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (SEPA.encode(), SEPA),
        (SEPA.replace("\n1\n", "\n2\n").encode("latin-1"), SEPA.replace("\n1\n", "\n2\n")),
        (SEPA.replace("ü", "ю").replace("\n1\n", "\n5\n").encode("iso8859-5"), None),
        (b"BCD\n002\n1\n\xff", "guess"),
        (b"anything \xff", "guess"),
        (b"", "guess"),
    ],
)
def test_a_payment_is_decoded_by_the_character_set_that_it_names(content, text):
    expected = SEPA.replace("ü", "ю").replace("\n1\n", "\n5\n") if text is None else text
    assert barcodes.decode_content(content, "guess") == expected


def test_a_page_larger_than_any_paper_is_drawn_small():
    data = drawn(
        lambda canvas: placed(canvas, symbol("a"), x=100, y=100, side=14000), (14400, 14400)
    )
    assert [code.text for code in page_of(data, ocr_mode="never").codes] == ["a"]


def test_a_picture_over_the_limit_of_pixels_is_not_drawn():
    data = drawn(lambda canvas: placed(canvas, symbol("a").resize((400, 400))))
    assert page_of(data, max_pixels=400 * 400).codes != ()
    page = page_of(data, max_pixels=400 * 400 - 1)
    assert page.codes == () and page.lines


def test_many_pictures_are_searched_together_and_give_each_code_once():
    def draw(canvas: Canvas) -> None:
        for n in range(12):
            placed(canvas, symbol(f"n{n}"), x=40 + n % 4 * 130, y=80 + n // 4 * 130, side=80)

    codes = page_of(drawn(draw)).codes
    assert sorted(code.text for code in codes) == sorted(f"n{n}" for n in range(12))


def test_what_only_looks_like_codes_gives_none():
    rng = np.random.default_rng(0)
    noise = Image.fromarray((rng.random((300, 300)) < 0.5).astype(np.uint8) * 255)
    assert page_of(drawn(lambda canvas: placed(canvas, noise, side=200))).codes == ()


def found(doc, kind, *codes, lines=("Thing",)):
    """Field -> its values that come from codes."""
    made = doc(*lines).add(kind=Kind(kind, 1.0))
    page = replace(made.pages[0], codes=codes)
    (filled,) = Fields(SCHEMAS, model="")([replace(made, pages=(page,))])
    return {v.field: v for v in filled.candidates if v.origin.source in CODES}


BOX = Box(300, 700, 360, 760)


def test_a_payment_fills_the_fields_of_an_invoice(doc):
    values = found(doc, "invoice", Code("qr", SEPA, BOX), lines=["Summe 9.999,00"])
    assert {name: value.value for name, value in values.items()} == {
        "seller_iban": "DE89370400440532013000",
        "seller_name": "Gartenbau Müller GmbH",
        "grand_total": Decimal("123.45"),
        "currency": "EUR",
    }
    for value in values.values():
        assert (str(value.origin), value.spans, value.places) == ("qr:epc", (), (Place(1, BOX),))


def test_an_article_number_fills_that_of_an_offer_if_its_check_digit_is_right(doc):
    (value,) = found(doc, "product_offer", Code("ean13", "4006381333931", BOX)).values()
    assert (value.field, value.value, str(value.origin)) == (
        "gtin",
        "4006381333931",
        "barcode:ean13",
    )
    assert found(doc, "product_offer", Code("ean13", "4006381333932", BOX)) == {}


@pytest.mark.parametrize(
    "text", ["", "https://pay.example/?iban=DE89370400440532013000", "BCD\n002"]
)
def test_a_code_that_is_no_payment_fills_nothing(doc, text):
    assert found(doc, "invoice", Code("qr", text, BOX)) == {}


def test_two_payments_over_different_amounts_are_trusted_by_half(doc):
    other = SEPA.replace("123.45", "41.15")
    values = found(doc, "invoice", Code("qr", SEPA, BOX), Code("qr", other, BOX))
    assert values["grand_total"].confidence == 0.45
    assert values["seller_iban"].confidence == 0.98
