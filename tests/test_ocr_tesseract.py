from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from docextract.errors import MissingDependency
from docextract.ocr import load_engine
from docextract.ocr.tesseract.languages import language_argument, parse_language_list
from docextract.ocr.tesseract.threads import single_threaded
from docextract.ocr.tesseract.tsv import parse_tsv
from docextract.ocr.tesseract.upscaling import letter_height, upscale_small_print

HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


def table(*rows: str) -> str:
    return "\n".join((HEAD, *rows))


def word_row(text: str, box: str = "100\t50\t40\t20", confidence: str = "96.5") -> str:
    return "\t".join(("5", "1", "1", "1", "1", "1", box, confidence, text))


def test_boxes_are_turned_from_pixels_into_points():
    (word,) = parse_tsv(table(word_row("Total")), scale=72 / 200)
    box = word.box
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((36, 18, 50.4, 25.2))


def test_confidence_is_a_share():
    (word,) = parse_tsv(table(word_row("Total", confidence="87.25")), scale=1)
    assert word.confidence == pytest.approx(0.8725)


@pytest.mark.parametrize(
    "row",
    [
        "4\t1\t1\t1\t1\t0\t100\t50\t40\t20\t-1\t",
        word_row("  "),
        word_row("", confidence="-1"),
        word_row("flat", box="100\t50\t0\t20"),
        "5\t1\t1",
    ],
    ids=["a line", "blank", "empty", "no area", "cut off"],
)
def test_rows_that_are_not_words_are_left_out(row):
    assert parse_tsv(table(row), scale=1) == []


@pytest.mark.parametrize("text", ['"', "nan", "NA", "1e5", "None", "'", "12,50"])
def test_words_are_taken_as_they_stand(text):
    assert [word.text for word in parse_tsv(table(word_row(text)), scale=1)] == [text]


def test_a_confidence_out_of_range_is_brought_into_it():
    found = parse_tsv(
        table(word_row("a", confidence="-1"), word_row("b", confidence="101")), scale=1
    )
    assert [word.confidence for word in found] == [0, 1]


def test_the_list_of_languages_gives_the_folder_and_the_codes():
    answer = 'Available languages in "/usr/share/tesseract-ocr/5/tessdata/" (3):\ndeu\neng\nosd\n'
    found = parse_language_list(answer)
    assert found.folder == Path("/usr/share/tesseract-ocr/5/tessdata")
    assert found.codes == ("deu", "eng")


@pytest.mark.parametrize(
    ("asked", "there", "expected"),
    [
        ((), ("deu", "eng", "fra"), "eng+deu"),
        ((), ("eng",), "eng"),
        ((), ("fra", "ita"), "fra"),
        ((), ("deu",), "deu"),
        (("deu", "eng"), ("deu", "eng"), "deu+eng"),
    ],
)
def test_the_languages_asked_for_are_used_else_english_and_german(asked, there, expected):
    assert language_argument(asked, there) == expected


def test_a_missing_language_is_named_with_its_package():
    with pytest.raises(MissingDependency, match="apt install tesseract-ocr-chi-sim"):
        language_argument(("chi_sim",), ("eng",))


def test_no_language_at_all_says_what_to_install():
    with pytest.raises(MissingDependency, match="apt install tesseract-ocr-eng"):
        language_argument((), ())


def test_the_thread_limit_is_put_back(monkeypatch):
    import os

    monkeypatch.setenv("OMP_THREAD_LIMIT", "7")
    with single_threaded():
        assert os.environ["OMP_THREAD_LIMIT"] == "1"
    assert os.environ["OMP_THREAD_LIMIT"] == "7"
    monkeypatch.delenv("OMP_THREAD_LIMIT")
    with single_threaded():
        pass
    assert "OMP_THREAD_LIMIT" not in os.environ


def printed(size: float, *rows: str, width: int = 900, height: int = 300) -> Image.Image:
    """Black letters on white, `size` pixels high from ascender to descender."""
    image = Image.new("L", (width, height), 255)
    font = ImageFont.load_default(size)
    for number, text in enumerate(rows):
        ImageDraw.Draw(image).text((30, 30 + 2 * size * number), text, fill=0, font=font)
    return image


def test_small_print_is_enlarged_and_ordinary_print_is_not():
    small = printed(12, "Small print that nobody reads", "but everybody signs")
    assert letter_height(small) < 13
    assert upscale_small_print(small).width > 1.5 * small.width
    ordinary = printed(40, "Ordinary print", "that everybody reads")
    assert upscale_small_print(ordinary) is ordinary


def test_an_empty_page_has_no_letter_height():
    assert letter_height(Image.new("L", (500, 500), 255)) == 0


@pytest.mark.tesseract
@pytest.mark.parametrize("name", ["tesseract", "tesserocr"])
@pytest.mark.parametrize("size", [14, 32])
def test_words_and_their_boxes_are_read_at_any_size(name, size):
    if name == "tesserocr":
        pytest.importorskip("tesserocr")
    lines = load_engine(name).read(printed(size, "Total amount 12.50", "Thank you"), dpi=144)
    assert [" ".join(word.text for word in line) for line in lines] == [
        "Total amount 12.50",
        "Thank you",
    ]
    box = lines[0][0].box
    assert box.x0 == pytest.approx(15, abs=2)  # 30 pixels at 144 dpi
    assert box.height == pytest.approx(0.37 * size, abs=3)
