"""A product offer on a slide, as a shop shows it on the screen in its window."""

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Cm, Pt

from sample_docs.make.archive import timeless
from sample_docs.make.facts.printed import german
from sample_docs.make.facts.products import Offer

MOSS = RGBColor(0x4F, 0x6B, 0x58)
OAK = RGBColor(0xA8, 0x7B, 0x4A)
DARK = RGBColor(0x22, 0x2B, 0x26)


def draw(offer: Offer) -> bytes:
    """The PPTX file of one slide."""
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    _armchair(slide)
    _words(slide, (1, 0.8, 23, 1.4), offer.shop, 20, OAK)
    _words(slide, (12, 2.6, 12.4, 1.6), offer.product_name, 30, DARK)
    _words(slide, (12, 4.3, 12.4, 1), f"Marke: {offer.brand}", 16, MOSS)
    _words(slide, (12, 5.4, 12.4, 3), offer.blurb, 13, DARK)
    _words(slide, (12, 8.6, 12.4, 2), f"Preis: {german(offer.price)} €", 34, OAK)
    small = f"inkl. MwSt. · {offer.availability}"
    _words(slide, (12, 10.5, 12.4, 1), small, 14, DARK)
    numbers = f"Artikelnummer: {offer.product_number}   EAN: {offer.gtin}"
    _words(slide, (12, 11.4, 12.4, 1), numbers, 12, DARK)
    table = slide.shapes.add_table(len(offer.details), 2, Cm(12.2), Cm(13), Cm(11), Cm(4)).table
    for row, cells in enumerate(offer.details):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    file = BytesIO()
    show.save(file)
    return timeless(file.getvalue())


def _words(
    slide: Any, box: tuple[float, float, float, float], words: str, size: float, colour: RGBColor
) -> None:
    """A text box; `box` is left, top, width, height in centimetres."""
    frame = slide.shapes.add_textbox(*(Cm(side) for side in box)).text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = words
    run.font.size, run.font.color.rgb = Pt(size), colour
    run.font.bold = size > 18


def _armchair(slide: Any) -> None:
    parts = (
        (MSO_SHAPE.ROUNDED_RECTANGLE, (3.4, 3.6, 5.6, 7.6), MOSS),
        (MSO_SHAPE.ROUNDED_RECTANGLE, (2.2, 8.4, 1.9, 5), MOSS),
        (MSO_SHAPE.ROUNDED_RECTANGLE, (8.3, 8.4, 1.9, 5), MOSS),
        (MSO_SHAPE.ROUNDED_RECTANGLE, (3.8, 10.4, 4.8, 2.4), RGBColor(0x6E, 0x8C, 0x78)),
        (MSO_SHAPE.RECTANGLE, (2.9, 13.4, 0.5, 2), OAK),
        (MSO_SHAPE.RECTANGLE, (9, 13.4, 0.5, 2), OAK),
    )
    for kind, box, colour in parts:
        shape = slide.shapes.add_shape(kind, *(Cm(side) for side in box))
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour
        shape.line.fill.background()
