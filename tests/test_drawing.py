import io

import pytest
from PIL import Image

from docextract.document import Document, Record, RecordTree, Value
from docextract.drawing import BLUE, DPI, GREEN, ORANGE, draw_annotations
from docextract.readers import ReadOptions, Source
from tests.made_values import make_span, make_value


def value(field: str, start: int, end: int, confidence: float) -> Value:
    return make_value(field, "raw", "typed", confidence, ((start, end),), "rule:test")


def recorded(doc: Document, **values: Value) -> Document:
    return doc.add(record=Record("receipt", "1", RecordTree(values)))


def colours_at(image: Image.Image, x: float, y: float) -> set[tuple[int, int, int]]:
    """The colours within two pixels of a place in points."""
    px, py = round(x * DPI / 72), round(y * DPI / 72)
    near = [(px + dx, py + dy) for dx in range(-3, 4) for dy in range(-3, 4)]
    return {image.getpixel(place) for place in near}


@pytest.fixture
def text_source() -> Source:
    """A source without page images: its pages are drawn as its words stand."""
    return Source.of(b"Total 12.50\nThanks", name="a.txt")


@pytest.mark.parametrize(("confidence", "colour"), [(0.95, GREEN), (0.4, ORANGE)])
def test_a_value_is_framed_in_the_colour_of_its_confidence(doc, text_source, confidence, colour):
    made = recorded(doc("Total 12.50", "Thanks"), total=value("total", 6, 11, confidence))
    ((number, image),) = draw_annotations(text_source, made, ReadOptions())
    box = made.places(6, 11)[0].box
    assert number == 1
    assert colour in colours_at(image, box.x1, box.y)


def test_an_entity_is_framed_too(doc, text_source):
    made = doc("Total 12.50").add(entities=(make_span(6, 11, "MONEY", 0.9, "rule:money"),))
    ((_, image),) = draw_annotations(text_source, made, ReadOptions())
    assert BLUE in colours_at(image, made.places(6, 11)[0].box.x1, made.places(6, 11)[0].box.y)


def test_only_pages_with_values_are_drawn(doc, text_source):
    pages = doc(["first"], ["Total 12.50"], ["third"])
    start = pages.text.index("12.50")
    made = recorded(pages, total=value("total", start, start + 5, 0.9))
    assert [number for number, _ in draw_annotations(text_source, made, ReadOptions())] == [2]


def test_a_page_image_is_the_background(doc):
    picture = io.BytesIO()
    Image.new("RGB", (850, 1100), "yellow").save(picture, "PNG", dpi=(100, 100))
    source = Source.of(picture.getvalue(), name="a.png")
    ((_, image),) = draw_annotations(source, doc("Total"), ReadOptions())
    assert image.getpixel((300, 500)) == (255, 255, 0)
