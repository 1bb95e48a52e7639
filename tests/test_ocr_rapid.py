from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from docextract.ocr import load_engine
from docextract.ocr.ppocr import networks
from docextract.ocr.ppocr.detector import network_size
from docextract.ocr.ppocr.engine import orient_corners
from docextract.ocr.ppocr.quantisation import align_zero, kept_classes, with_argmax
from docextract.ocr.ppocr.recogniser import (
    RecognisedLetter,
    batch_by_width,
    decode_ctc,
    network_batch,
    padded_width,
    split_words,
    to_page_word,
)

ALPHABET = ("", "a", "b", "c", " ")


def read(classes: list[int], share: float = 1.0) -> str:
    chances = np.full(len(classes), 0.9)
    return "".join(x.text for x in decode_ctc(np.array(classes), chances, share, ALPHABET))


@pytest.mark.parametrize(
    ("classes", "text"),
    [
        ([], ""),
        ([0, 0, 0], ""),
        ([1, 1, 0, 2], "ab"),
        ([1, 0, 1], "aa"),
        ([1, 2, 2, 3, 0], "abc"),
        ([0, 1, 4, 4, 2], "a b"),
    ],
)
def test_repeats_are_one_letter_and_blanks_part_them(classes, text):
    assert read(classes) == text


def test_a_letter_knows_where_along_its_line_it_stands():
    found = decode_ctc(np.array([1, 0, 0, 2]), np.array([0.5, 1, 1, 0.75]), 1.0, ALPHABET)
    assert found == (RecognisedLetter("a", 0.125, 0.5), RecognisedLetter("b", 0.875, 0.75))


def test_padding_does_not_move_letters():
    # The line fills half of the strip it was padded to.
    (found,) = decode_ctc(np.array([0, 1, 0, 0]), np.array([1, 1, 1, 1]), 2.0, ALPHABET)
    assert found.at == 0.75


def line_of(text: str) -> list[RecognisedLetter]:
    return [RecognisedLetter(c, (i + 0.5) / len(text), 0.9) for i, c in enumerate(text)]


def test_a_line_is_cut_into_words_at_its_spaces():
    assert [piece.text for piece in split_words(line_of("Total  due 12.50"))] == [
        "Total",
        "due",
        "12.50",
    ]


def test_a_word_is_as_long_as_its_letters():
    first, last = split_words(line_of("abcd efghi"))
    assert (first.start, first.end) == pytest.approx((0, 0.4))
    assert (last.start, last.end) == pytest.approx((0.5, 1))


def test_a_lone_letter_has_a_width():
    (piece,) = split_words(line_of("1"))
    assert piece.end - piece.start == pytest.approx(1)


@given(st.text("ab .1", max_size=30))
def test_words_keep_every_letter_and_never_overlap(text):
    found = split_words(line_of(text))
    assert [piece.text for piece in found] == text.split()
    ends = [0.0, *(edge for piece in found for edge in (piece.start, piece.end))]
    assert all(one <= other + 1e-9 for one, other in pairwise(ends))
    assert all(piece.end <= 1 for piece in found)


def test_a_word_is_boxed_within_its_line_in_points():
    (first, _) = split_words(line_of("abcd efghi"))
    word = to_page_word(first, [[100, 20], [200, 20], [200, 40], [100, 40]], 0.5)
    box = word.box
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((50, 10, 70, 20))


def test_the_box_of_a_word_on_a_slanting_line_slants_with_it():
    (_, last) = split_words(line_of("abcd efghi"))
    box = to_page_word(last, [[0, 0], [100, 10], [100, 30], [0, 20]], 1).box
    assert (box.top, box.bottom) == pytest.approx((5, 30))


def test_a_tall_line_is_read_upwards():
    corners = np.array([[10, 10], [30, 10], [30, 110], [10, 110]], dtype=np.float32)
    assert orient_corners(corners)[0].tolist() == [10, 110]
    level = np.array([[10, 10], [110, 10], [110, 30], [10, 30]], dtype=np.float32)
    assert orient_corners(level)[0].tolist() == [10, 10]


@given(st.lists(st.integers(16, 6000), max_size=60))
def test_every_strip_is_in_one_batch_of_a_fixed_width_that_holds_it(widths):
    seen = []
    for width, members in batch_by_width(widths):
        seen += members
        assert width in {padded_width(widths[index]) for index in members}
        assert all(widths[index] <= width or width == padded_width(10**6) for index in members)
        assert len(members) & (len(members) - 1) == 0, "batch sizes are powers of two"
    assert sorted(seen) == list(range(len(widths)))


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_pages_are_looked_at_in_multiples_of_32_pixels_up_to_1280(height, width):
    assert all(32 <= side <= 1280 and side % 32 == 0 for side in network_size(height, width))


def test_few_shapes_cover_all_pages():
    shapes = {
        network_size(height, width) for height in range(900, 2300, 7) for width in (800, 850, 900)
    }
    assert len(shapes) < 40


def test_east_asian_letters_are_told_apart_only_when_asked_for():
    alphabet = ("", "a", "é", "号", "カ", "€", " ")
    assert kept_classes(alphabet, ()) == [0, 1, 2, 5, 6]
    assert kept_classes(alphabet, ("eng", "deu")) == [0, 1, 2, 5, 6]
    assert kept_classes(alphabet, ("eng", "chi_sim")) == list(range(7))


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_zero_is_a_level_of_every_range(one, other):
    low, high = align_zero(min(one, other), max(one, other))
    step = (high - low) / 255
    assert low <= 0 <= high
    assert round(-low / step) * step == pytest.approx(-low, abs=1e-6)


@pytest.mark.model
def test_onnx_runtime_reads_like_openvino():
    pytest.importorskip("onnxruntime")
    strip = Image.new("RGB", (480, 48), "white")
    ImageDraw.Draw(strip).text((8, 2), "Total 12.50", "black", ImageFont.load_default(36))
    given = network_batch([np.asarray(strip)], 480)
    known = networks.recogniser_alphabet()
    keep = kept_classes(known, ())
    path = networks.model_file("rec")
    texts = []
    for network in (
        networks._openvino(path, keep),
        networks._onnx(path, keep, "CPUExecutionProvider"),
    ):
        classes, chances = network(given)
        found = decode_ctc(classes[0], chances[0], 1.0, [known[index] for index in keep])
        texts.append("".join(letter.text for letter in found))
    assert texts == ["Total 12.50", "Total 12.50"]


@pytest.mark.model
def test_networks_of_unknown_make_keep_only_their_letters():
    # Without measured ranges and without a matrix product before the scores.
    vino = networks.import_openvino()
    ops = vino.opset13
    given = ops.parameter([-1, -1, 4], np.float32)
    model = vino.Model([ops.softmax(ops.relu(given), 2)], [given], "other")
    slim = vino.Core().compile_model(with_argmax(model, [0, 3]), "CPU")
    classes, chances = slim([np.array([[[0, 9, 1, 2], [5, 0, 0, 1]]], dtype=np.float32)]).values()
    assert classes.tolist() == [[1, 0]]
    assert chances[0][1] > 0.9


@pytest.mark.model
def test_german_letters_the_euro_sign_and_spaces_survive():
    # Bitstream Vera has the letters that Pillow's own font lacks.
    vera = Path(pytest.importorskip("reportlab").__file__).parent / "fonts" / "Vera.ttf"
    font = ImageFont.truetype(str(vera), 36)
    image = Image.new("RGB", (1000, 300), "white")
    draw = ImageDraw.Draw(image)
    draw.text((30, 40), "Größe für Ärzte: 12,50 € je Stück", "black", font)
    draw.text((30, 140), "Thank you for your order", "black", font)
    lines = load_engine("rapidocr").read(image, dpi=144)
    assert [" ".join(word.text for word in line) for line in lines] == [
        "Größe für Ärzte: 12,50 € je Stück",
        "Thank you for your order",
    ]
    first = lines[1][0]
    assert first.box.x0 == pytest.approx(15, abs=4)
    assert first.box.x1 < lines[1][1].box.x0
