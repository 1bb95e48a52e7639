"""Page objects of a PDF: images, paths and the like, drawn besides its text."""

from collections.abc import Iterator
from ctypes import byref, c_float, c_uint
from typing import TYPE_CHECKING, Any, NamedTuple

from docextract.readers.pdf.file import PageFrame, PdfBox

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: Objects looked at. Pages that draw each letter by itself have ten thousand; looking at one takes
#: a microsecond.
MAX_OBJECTS = 2000


class PageImageObject(NamedTuple):
    """An image on the page: its visible box (x0, top, x1, bottom) and its size in pixels."""

    box: PdfBox
    width: int
    height: int


def count_objects(page: "PdfPage") -> int:
    """The number of objects drawn on the page itself."""
    from pypdfium2 import raw

    return int(raw.FPDFPage_CountObjects(page.raw))


def page_objects(page: "PdfPage", *types: int) -> Iterator[Any]:
    """PDFium's handles of the page's objects of these types, among the first few thousand."""
    from pypdfium2 import raw

    for at in range(min(count_objects(page), MAX_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(thing) in types:
            yield thing


def object_bounds(thing: Any) -> PdfBox:
    """The object's box with y up; empty for one without bounds."""
    from pypdfium2 import raw

    x0, y0, x1, y1 = (c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, byref(x0), byref(y0), byref(x1), byref(y1))
    return x0.value, y0.value, x1.value, y1.value


def image_objects(page: "PdfPage", frame: PageFrame) -> list[PageImageObject]:
    """The images drawn on the page itself."""
    from pypdfium2 import raw

    found = []
    width, height = c_uint(), c_uint()
    for thing in page_objects(page, raw.FPDF_PAGEOBJ_IMAGE):
        if raw.FPDFImageObj_GetImagePixelSize(thing, byref(width), byref(height)):
            found.append(
                PageImageObject(frame.place(object_bounds(thing)), width.value, height.value)
            )
    return found


def coverage(picture: PageImageObject, frame: PageFrame) -> float:
    """The share of the page that an image covers."""
    width, height = frame.size
    x0, top, x1, bottom = picture.box
    seen = max(0.0, min(x1, width) - max(x0, 0.0)) * max(0.0, min(bottom, height) - max(top, 0.0))
    return seen / (width * height) if width and height else 0.0


def has_drawing(page: "PdfPage") -> bool:
    """Whether anything but text is drawn: images, lines, shadings, forms."""
    from pypdfium2 import raw

    drawn = (
        raw.FPDF_PAGEOBJ_IMAGE,
        raw.FPDF_PAGEOBJ_PATH,
        raw.FPDF_PAGEOBJ_SHADING,
        raw.FPDF_PAGEOBJ_FORM,
    )
    return any(True for _ in page_objects(page, *drawn))


def has_hidden_text(page: "PdfPage") -> bool:
    """Whether the page's text is invisible, as the text of a scanner's OCR is."""
    from pypdfium2 import raw

    texts = page_objects(page, raw.FPDF_PAGEOBJ_TEXT)
    modes = [raw.FPDFTextObj_GetTextRenderMode(thing) for thing in texts]
    hidden = modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return bool(modes) and hidden > 0.5 * len(modes)
