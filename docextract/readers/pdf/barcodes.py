"""Barcodes on the pages of a PDF that have a text layer.

Such a page has to be rendered for it, which costs more than reading its text. So only those parts
of a page are rendered that can be a barcode: images, and regions of many small filled shapes.
Pages that wait for OCR are rendered anyway, and take a hundred times as long.
"""

from collections.abc import Iterator
from ctypes import byref, c_int
from functools import reduce
from math import sqrt
from typing import TYPE_CHECKING, Any

from docextract.document import Box, Code, Page
from docextract.readers.geometry.rotation import map_onto_page
from docextract.readers.image.barcodes import decode_barcodes, is_installed
from docextract.readers.options import ReadOptions
from docextract.readers.pdf.file import PageFrame, PdfBox
from docextract.readers.pdf.page_objects import (
    MAX_OBJECTS,
    count_objects,
    image_objects,
    object_bounds,
    page_objects,
)

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

#: A bill's QR code of 117 modules on 46 mm, the densest there is, comes out at 3 pixels a module.
_DPI = 200.0
#: A4 twice, at that resolution. Of a larger part fewer pixels are drawn.
_MOST_PIXELS = 8_000_000
#: Parts of a page that are drawn; where there are more, as in a catalogue, the whole page is.
_MOST_PARTS = 8
#: Points of the page around a part that belong to it: the white margin that a code needs.
_MARGIN = 12.0
#: Points. A payment's QR code has 20 mm (57 points) at least, an EAN code 8 mm where it is cut low.
_SIDE = 20.0
#: A module of a QR code or a bar: its short side is at most 6 points (2 mm), its long side 100.
_THIN, _LONG = 6.0, 100.0
#: The smallest code has 30 bars (EAN-13); an outline has four segments or more for each.
_SHAPES, _SEGMENTS = 20, 100


def page_barcodes(
    page: "PdfPage", frame: PageFrame, made: Page, options: ReadOptions
) -> tuple[Code, ...]:
    """The barcodes on a page, with their boxes as on `made`, the same page turned upright.

    None for a page that cannot be drawn within the limits: its words are read all the same.
    """
    if options.barcodes == "never" or not is_installed():
        return ()
    if any(image.width * image.height > options.max_pixels for image in image_objects(page, frame)):
        return ()
    whole = Box(0, 0, *frame.size)
    thorough = options.barcodes == "always"
    parts = [whole] if thorough else list(_parts(page, frame))
    if len(parts) > _MOST_PARTS:
        parts = [whole]
    codes = [code for part in parts for code in _codes(page, frame, part, thorough=thorough)]
    return map_onto_page(made, tuple(dict.fromkeys(codes)), frame.size)


def _parts(page: "PdfPage", frame: PageFrame) -> Iterator[Box]:
    """What on the page can be a code, as seen."""
    from pypdfium2 import raw

    if count_objects(page) > MAX_OBJECTS:  # they are not all looked at
        yield Box(0, 0, *frame.size)
        return
    drawings = page_objects(page, raw.FPDF_PAGEOBJ_FORM)  # what is in them is not looked through
    whole = [_box(frame.place(object_bounds(drawing))) for drawing in drawings]
    whole += [_box(picture.box) for picture in image_objects(page, frame)]
    yield from (box for box in whole if min(box.width, box.height) >= _SIDE)
    small: list[Box] = []
    for path in page_objects(page, raw.FPDF_PAGEOBJ_PATH):
        if _is_filled(path):
            box = _box(frame.place(object_bounds(path)))
            if raw.FPDFPath_CountSegments(path) >= _SEGMENTS:
                yield box
            elif min(box.width, box.height) <= _THIN and max(box.width, box.height) <= _LONG:
                small.append(box)
    if len(small) >= _SHAPES:
        yield reduce(Box.__or__, small)


def _box(corners: PdfBox) -> Box:
    """Files can give any numbers, in any order."""
    (x0, x1), (top, bottom) = sorted(corners[::2]), sorted(corners[1::2])
    return Box(x0, top, x1, bottom)


def _is_filled(path: Any) -> bool:
    from pypdfium2 import raw

    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    return bool(fill.value != raw.FPDF_FILLMODE_NONE)


def _codes(page: "PdfPage", frame: PageFrame, part: Box, *, thorough: bool) -> Iterator[Code]:
    """The codes in a part of the page, with their boxes on the page as seen."""
    width, height = frame.size
    # The page's own side first: what is no number at all loses against it.
    x0, top = max(0.0, part.x0 - _MARGIN), max(0.0, part.top - _MARGIN)
    x1, bottom = min(width, part.x1 + _MARGIN), min(height, part.bottom + _MARGIN)
    if min(x1 - x0, bottom - top) < _SIDE:
        return
    dpi = min(_DPI, 72 * sqrt(_MOST_PIXELS / ((x1 - x0) * (bottom - top))))
    picture = _drawn(page, (x0, height - bottom, width - x1, top), dpi)
    for code in decode_barcodes(picture, dpi, scanned=thorough) if picture else ():
        at = code.box
        box = Box(at.x0 + x0, at.top + top, at.x1 + x0, at.bottom + top)
        yield Code(code.format, code.text, box)


def _drawn(page: "PdfPage", cut: tuple[float, float, float, float], dpi: float) -> "Image | None":
    """The page in grey, cut by so many points from the left, bottom, right and top."""
    from pypdfium2 import PdfiumError

    try:
        bitmap = page.render(scale=dpi / 72, crop=cut, grayscale=True)
    except PdfiumError:
        return None
    try:
        # A copy, because PDFium's memory goes away with the bitmap.
        copied: Image = bitmap.to_pil().copy()
        return copied
    finally:
        bitmap.close()
