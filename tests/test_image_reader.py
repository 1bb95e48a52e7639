import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from docextract.document import WAITING
from docextract.errors import Category, EmptyInput, InputError, MalformedInput, TooLargeInput
from docextract.readers import ReadOptions
from docextract.readers.image.reader import image, read

OPTIONS = ReadOptions()


def page(mode: str = "RGB", size: tuple[int, int] = (850, 1100)) -> Image.Image:
    """A white page with a black square at the top left."""
    made = Image.new("RGB", size, "white")
    ImageDraw.Draw(made).rectangle((50, 50, 200, 200), fill="black")
    return made.convert(mode)


def encoded(made: Image.Image, form: str, **save) -> bytes:
    out = io.BytesIO()
    made.save(out, form, **save)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_every_format_gives_a_page_that_waits_for_ocr(form):
    (found,) = read(encoded(page(), form), OPTIONS).pages
    assert (found.number, found.read_by, found.reason) == (1, WAITING, "image")
    picture = image(encoded(page(), form), 1, OPTIONS).image
    assert picture.size == (850, 1100)
    assert picture.getpixel((100, 100))[0] < 20
    assert picture.getpixel((600, 600))[0] > 235


def test_the_size_in_points_follows_the_resolution_in_the_file():
    data = encoded(page(), "PNG", dpi=(100, 100))
    (found,) = read(data, OPTIONS).pages
    assert (found.width, found.height) == pytest.approx((612, 792), abs=0.5)
    assert image(data, 1, OPTIONS).dpi == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("dpi", [None, (1, 1), (3000, 3000), (0, 0)])
def test_a_resolution_that_cannot_be_true_is_taken_for_a4(dpi):
    data = encoded(page(), "PNG", **({"dpi": dpi} if dpi else {}))
    (found,) = read(data, OPTIONS).pages
    assert found.height == pytest.approx(842, abs=0.5)


def test_a_photograph_at_72_dpi_is_not_a_poster():
    (found,) = read(encoded(page(size=(3000, 4000)), "JPEG", dpi=(72, 72)), OPTIONS).pages
    assert found.height == pytest.approx(842, abs=0.5)


def test_fax_pixels_are_made_square():
    data = encoded(page("1", (1728, 1100)), "TIFF", dpi=(204, 98))
    (found,) = read(data, OPTIONS).pages
    made = image(data, 1, OPTIONS)
    assert made.dpi == pytest.approx(204)
    assert made.image.size == (1728, 2290)
    assert found.height == pytest.approx(made.image.height * 72 / made.dpi, abs=1)


def test_exif_orientation_turns_the_picture_and_the_page():
    exif = Image.Exif()
    exif[274] = 6  # the camera was held upright: turn 90 degrees clockwise
    data = encoded(page(), "JPEG", exif=exif)
    (found,) = read(data, OPTIONS).pages
    picture = image(data, 1, OPTIONS).image
    assert picture.size == (1100, 850)
    assert found.width > found.height
    assert picture.getpixel((1000, 100))[0] < 20, "the square is at the top right now"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16", "LA", "F", "I"])
def test_every_mode_comes_as_grey_or_colour_on_white(mode):
    if mode == "I;16":
        made = Image.fromarray(_wide(page("L")))
    elif mode == "I":
        made = page("L").convert("I").point(lambda value: value * 257)
    else:
        made = page(mode)
    picture = image(encoded(made, "TIFF" if mode not in {"P", "RGBA", "LA"} else "PNG"), 1, OPTIONS)
    grey = picture.image.convert("L")
    assert picture.image.mode in {"L", "RGB"}
    assert grey.getpixel((100, 100)) < 30
    assert grey.getpixel((600, 600)) > 225


def _wide(grey: Image.Image):
    import numpy as np

    return np.asarray(grey).astype(np.uint16) * 257


def test_what_is_transparent_is_white():
    made = page("RGBA")
    made.putalpha(0)
    picture = image(encoded(made, "PNG"), 1, OPTIONS).image
    assert picture.convert("L").getextrema() == (255, 255)


def tiff(pages: int) -> bytes:
    made = [page(size=(300 + n, 400)) for n in range(1, pages + 1)]
    return encoded(made[0], "TIFF", save_all=True, append_images=made[1:])


def test_each_page_of_a_tiff_is_a_page():
    found = read(tiff(3), OPTIONS).pages
    assert [found_page.number for found_page in found] == [1, 2, 3]
    assert image(tiff(3), 2, OPTIONS).image.width == 302


def test_only_the_wanted_pages_of_a_tiff_are_read():
    found = read(tiff(5), ReadOptions(page_range="2,4-")).pages
    assert [found_page.number for found_page in found] == [2, 4, 5]


def test_a_page_range_beyond_the_file_is_empty():
    with pytest.raises(EmptyInput, match="none of its 2 pages"):
        read(tiff(2), ReadOptions(page_range="7"))


def test_more_pages_than_the_limit_are_too_large():
    with pytest.raises(TooLargeInput, match="max_pages"):
        read(tiff(3), ReadOptions(max_pages=2))


def test_a_page_that_is_not_there_is_malformed():
    with pytest.raises(MalformedInput, match="page 9"):
        image(tiff(2), 9, OPTIONS)


def test_more_pixels_than_the_limit_are_refused_from_the_header():
    data = encoded(Image.new("1", (20_000, 9_000)), "PNG")
    with pytest.raises(TooLargeInput):
        read(data, OPTIONS)


def test_a_decompression_bomb_is_refused():
    data = encoded(Image.new("1", (35_000, 35_000)), "TIFF", compression="group4")
    assert len(data) < 100_000
    with pytest.raises(TooLargeInput):
        read(data, OPTIONS)


def test_an_image_under_the_limit_is_read_without_a_warning():
    data = encoded(Image.new("1", (10_000, 10_000), 1), "PNG")
    assert len(read(data, OPTIONS).pages) == 1


def noisy() -> Image.Image:
    return Image.effect_noise((850, 1100), 60).convert("RGB")


def test_a_truncated_jpeg_is_read_as_far_as_it_goes_and_says_so():
    data = encoded(noisy(), "JPEG")
    content = read(data[: len(data) // 2], OPTIONS)
    (issue,) = content.issues
    assert (issue.stage, issue.category, issue.page) == ("read", Category.MALFORMED, 1)
    assert image(data[: len(data) // 2], 1, OPTIONS).image.size == (850, 1100)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0\xff\xff", b"BM"]
)
def test_a_header_alone_is_malformed(data):
    with pytest.raises(MalformedInput):
        read(data, OPTIONS)


SMALL = {
    form: encoded(page("RGB", (60, 80)), form) for form in ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(SMALL)),
    st.integers(0, 3000),
    st.integers(0, 255),
    st.floats(0, 1),
)
def test_damaged_bytes_are_read_or_refused_but_never_crash(form, at, value, cut):
    data = bytearray(SMALL[form])
    data[at % len(data)] = value
    damaged = bytes(data[: max(1, int(len(data) * max(cut, 0.3)))])
    try:
        if read(damaged, OPTIONS).pages:
            image(damaged, 1, OPTIONS)
    except InputError:
        pass
