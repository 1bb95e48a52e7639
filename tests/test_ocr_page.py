import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docextract.document import Box, Word
from docextract.ocr import load_engine
from docextract.ocr.image.orientation import count_letters, page_confidence, tall_letter_share
from docextract.ocr.image.preparation import normalise_mode, rotate_image
from docextract.ocr.image.skew import skew_angle
from docextract.ocr.page import read_page

ROWS = ("Invoice 2024-117", "Coffee beans 12.50", "Filter paper 3.20", "Total amount 15.70") * 4


def sheet(rows: tuple[str, ...] = ROWS, size: int = 28) -> Image.Image:
    """A page of large print with a black square in its top left corner."""
    made = Image.new("L", (900, 1200), 255)
    draw = ImageDraw.Draw(made)
    draw.rectangle((10, 10, 60, 60), fill=0)
    for number, text in enumerate(rows):
        place = (100, 120 + 2 * size * number)
        draw.text(place, text, fill=0, font=ImageFont.load_default(size))
    return made


class SquareAtTheTopLeft:
    """An engine that is sure of a page only when it sees the square where it belongs."""

    def __init__(self, languages):
        self.reads = 0

    def read(self, image, *, dpi):
        self.reads += 1
        grey = np.asarray(image.convert("L"))
        sure = 0.95 if grey[:120, :120].min() < 60 else 0.3
        return (
            (Word("readable", Box(0, 0, 50, 10), sure), Word("words", Box(60, 0, 90, 10), sure)),
        )


class Blind:
    """An engine that finds nothing."""

    def __init__(self, languages): ...

    def read(self, image, *, dpi):
        return ()


FAKE = f"{__name__}:SquareAtTheTopLeft"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_is_turned_until_it_reads(rotation):
    page = read_page(rotate_image(sheet(), (360 - rotation) % 360, 0), dpi=100, engine=FAKE)
    assert page.rotation == rotation
    assert (page.width, page.height) == (900 * 0.72, 1200 * 0.72)
    assert page.read_by == FAKE


def test_an_upright_page_is_read_once():
    before = load_engine(FAKE).reads
    read_page(sheet(), dpi=100, engine=FAKE)
    assert load_engine(FAKE).reads == before + 1


def test_a_page_without_words_is_an_empty_page():
    page = read_page(Image.new("L", (600, 800), 255), dpi=100, engine=f"{__name__}:Blind")
    assert (page.lines, page.rotation, page.skew) == ((), 0, 0)


@pytest.mark.parametrize("angle", [-11.0, -4.0, -0.6, 0.8, 3.0, 12.0])
def test_the_skew_is_the_turn_that_makes_lines_level(angle):
    tilted = sheet().rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert skew_angle(tilted) == pytest.approx(angle, abs=0.2)  # rotate() turns counter-clockwise


@pytest.mark.parametrize("made", [sheet(), Image.new("L", (600, 800), 255), Image.new("L", (9, 9))])
def test_level_and_empty_pages_are_not_turned(made):
    assert skew_angle(made) == 0


def test_white_on_black_is_levelled_too():
    tilted = sheet().rotate(4, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert skew_angle(tilted.point(lambda value: 255 - value)) == pytest.approx(4, abs=0.3)


def test_upright_turns_clockwise():
    turned = rotate_image(sheet(), 90, 0)
    assert turned.size == (1200, 900)
    assert turned.getpixel((1200 - 30, 30)) == 0, "the square went from top left to top right"


def test_upright_fits_the_page_that_was_read():
    tilted = sheet().rotate(5, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    page = read_page(tilted, dpi=100, engine=FAKE)
    made = rotate_image(tilted, page.rotation, page.skew)
    assert (page.width, page.height) == pytest.approx((made.width * 0.72, made.height * 0.72))


def test_the_corners_that_levelling_uncovers_are_white():
    made = rotate_image(Image.new("RGB", (400, 300), "white"), 0, 7)
    assert made.convert("L").getextrema()[0] > 250


def test_a_plain_image_is_handed_on_as_it_is():
    made = sheet()
    assert normalise_mode(made).tobytes() == made.tobytes()


def test_confidence_is_weighed_by_letters():
    box = Box(0, 0, 1, 1)
    line = (Word("ninety", box, 0.9), Word("|", box, 0.0), Word("ab", box, 0.5))
    assert page_confidence([line]) == pytest.approx((6 * 0.9 + 2 * 0.5) / 8)
    assert count_letters([line]) == 8
    assert page_confidence([]) == 0


def test_only_longer_words_tell_that_a_page_lies_on_its_side():
    tall, wide = Box(0, 0, 10, 60), Box(0, 0, 60, 10)
    assert tall_letter_share([(Word("sideways", tall), Word("1", wide))]) == 1
    assert tall_letter_share([(Word("upright", wide), Word("1", tall))]) == 0
    assert tall_letter_share([]) == 0


def text_of(page) -> list[str]:
    return [" ".join(word.text for word in line) for line in page.lines]


@pytest.mark.tesseract
@pytest.mark.slow
@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
@pytest.mark.parametrize(("rotation", "angle"), [(0, 0), (90, 3), (180, -6), (270, 0)])
def test_real_engines_read_pages_in_any_position(engine, rotation, angle):
    made = rotate_image(sheet(), (360 - rotation) % 360, 0)
    made = made.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    page = read_page(made, dpi=100, engine=engine)
    assert page.rotation == rotation
    assert [line for line in text_of(page) if line in ROWS] == list(ROWS)
