"""Pages of a PDF as pictures for OCR."""

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docextract.errors import InputError, MalformedInput, TooLargeInput
from docextract.readers.options import ReadOptions
from docextract.readers.pdf import reader as pdf


def page(*, size=(612, 792), picture: Image.Image | None = None, share: float = 1.0) -> bytes:
    """A page that may be covered by a picture, from the bottom up to `share` of its height."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    canvas.drawString(72, 72, "text")
    if picture:
        canvas.drawImage(ImageReader(picture), 0, 0, size[0], size[1] * share)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def image(data: bytes, number: int = 1, **options):
    return pdf.image(data, number, ReadOptions(**options))


def test_a_page_is_drawn_at_200_dpi_in_colour():
    made = image(page())
    assert made.dpi == 200
    assert made.image.size == (1700, 2200) and made.image.mode == "RGB"


@pytest.mark.parametrize(("pixels", "dpi"), [(1275, 150), (400, 100), (5100, 300)])
def test_a_scan_is_drawn_at_its_own_resolution_within_100_to_300_dpi(pixels, dpi):
    scanned = Image.new("L", (pixels, round(pixels * 792 / 612)), 200)
    assert image(page(picture=scanned)).dpi == pytest.approx(dpi, rel=0.01)


def test_a_picture_on_a_part_of_the_page_does_not_set_its_resolution():
    assert image(page(picture=Image.new("L", (400, 300), 99), share=0.4)).dpi == 200


@pytest.mark.parametrize("limit", [1_000_000, 2_345_678])
def test_no_picture_is_over_the_limit_of_pixels(limit):
    made = image(page(), max_pixels=limit)
    width, height = made.image.size
    assert 0.97 * limit <= width * height <= limit
    assert made.dpi == pytest.approx(width / 8.5, rel=0.01)


def test_a_page_too_large_for_any_useful_picture_is_over_the_limit():
    with pytest.raises(TooLargeInput, match="max_pixels"):
        image(page(size=(14000, 14000)), max_pixels=1_000_000)


def test_a_picture_within_the_page_is_held_to_the_limit_before_it_is_unpacked():
    bomb = page(picture=Image.new("1", (6000, 6000), 1))
    assert len(bomb) < 200_000
    with pytest.raises(TooLargeInput, match="6000 x 6000"):
        image(bomb, max_pixels=30_000_000)


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_told(number):
    with pytest.raises(MalformedInput, match="has no page"):
        image(page(), number)


def test_a_damaged_file_has_no_picture():
    with pytest.raises(InputError):
        image(b"%PDF-1.7\n%%EOF")


def test_filled_in_form_fields_are_drawn():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 100))
    canvas.acroForm.textfield(name="n", value="MMMM", x=50, y=40, width=200, height=30)
    canvas.showPage()
    canvas.save()
    field = image(out.getvalue()).image.convert("L").crop((150, 90, 400, 160))
    assert field.getextrema()[0] < 64
