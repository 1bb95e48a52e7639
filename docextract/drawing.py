"""Page images annotated with what was extracted: boxes of values, entities and words.

Colours: green a value of the record, orange one of low confidence, blue an entity, grey a word.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docextract.document import Box, Document, Page, Value
from docextract.errors import UnsupportedInput
from docextract.ocr.image.preparation import rotate_image
from docextract.readers import ReadOptions, Source, page_image

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

#: Pixels an inch of page has in the pictures: small files in which print is still readable.
DPI = 110
HIGH_CONFIDENCE = 0.8
GREEN, ORANGE, BLUE, GREY = (0, 130, 60), (220, 110, 0), (40, 90, 220), (205, 205, 205)


def draw_annotations(
    source: Source, doc: Document, options: ReadOptions
) -> Iterator[tuple[int, "Image"]]:
    """(page number, image) of each page that has a value of the record, else of the first page.

    A format without page images is drawn as its words stand on the nominal page.
    """
    values = list(doc.record.evidence.values()) if doc.record else []
    marked = {place.page for value in values for place in doc.places_of(value)}
    for page in doc.pages:
        if page.number in marked or (not marked and page is doc.pages[0]):
            yield page.number, _annotated(render_page(source, page, options), page, doc, values)


def render_page(source: Source, page: Page, options: ReadOptions, *, dpi: float = DPI) -> "Image":
    """The page image in the coordinates of its boxes: upright, deskewed, `dpi` pixels an inch, RGB.

    Raises InputError when the page cannot be drawn.
    """
    from PIL import Image

    size = (max(1, round(page.width * dpi / 72)), max(1, round(page.height * dpi / 72)))
    try:
        picture = page_image(source, page.number, options)
    except UnsupportedInput:
        return _typeset(Image.new("RGB", size, "white"), page, dpi)
    return rotate_image(picture.image.convert("RGB"), page.rotation, page.skew).resize(size)


def _typeset(image: "Image", page: Page, dpi: float) -> "Image":
    from PIL import ImageDraw

    pen = ImageDraw.Draw(image)
    for line in page.lines:
        for word in line:
            place = (word.box.x0 * dpi / 72, word.box.top * dpi / 72)
            pen.text(place, word.text, fill="black", font=_font(word.box.height * 0.9, dpi))
    return image


def _annotated(image: "Image", page: Page, doc: Document, values: Sequence[Value]) -> "Image":
    from PIL import ImageDraw

    pen = ImageDraw.Draw(image)
    for line in page.lines:
        for word in line:
            _frame(pen, word.box, GREY, 1)
    for entity in doc.entities:
        for place in doc.places(entity.start, entity.end):
            if place.page == page.number:
                _frame(pen, place.box, BLUE, 1)
    for value in values:
        colour = GREEN if value.confidence >= HIGH_CONFIDENCE else ORANGE
        name = value.field.rpartition(".")[2]
        for n, place in enumerate(p for p in doc.places_of(value) if p.page == page.number):
            _frame(pen, place.box, colour, 2)
            if n == 0 and not value.row:  # the first of many rows tells the columns' names
                _label(pen, place.box, f"{name} {value.confidence:.2f}", colour)
    return image


def _frame(pen: "ImageDraw", box: Box, colour: tuple[int, int, int], width: int) -> None:
    scale, gap = DPI / 72, width
    corners = (box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)
    x0, top, x1, bottom = corners
    pen.rectangle((x0 - gap, top - gap, x1 + gap, bottom + gap), outline=colour, width=width)


def _label(pen: "ImageDraw", box: Box, text: str, colour: tuple[int, int, int]) -> None:
    font = _font(7)
    x, y = box.x0 * DPI / 72, box.top * DPI / 72 - 11
    place = pen.textbbox((x, y), text, font=font)
    pen.rectangle(place, fill=colour)
    pen.text((x, y), text, fill="white", font=font)


def _font(points: float, dpi: float = DPI) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size=max(6.0, points * dpi / 72))
