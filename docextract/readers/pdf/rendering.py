"""Rendering of PDF pages to images."""

from math import ceil, sqrt
from typing import TYPE_CHECKING

from docextract.errors import MalformedInput, TooLargeInput
from docextract.readers.content import PageImage
from docextract.readers.pdf.file import PageFrame, page_frame
from docextract.readers.pdf.page_objects import PageImageObject, coverage, image_objects

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_DPI = 200.0  # what OCR engines are made for: letters of 10 points come out about 20 pixels high
_LEAST_DPI, _MOST_DPI = 100.0, 300.0
_SCAN = 0.9  # of the page, covered by one image: the page is that scan
#: Under this, letters of 12 points have 6 pixels and no engine reads them.
_USELESS_DPI = 50.0


def render_page(page: "PdfPage", number: int, max_pixels: int) -> PageImage:
    """The visible page as a colour image.

    A scan comes at its own resolution within 100 to 300 dpi, any other page at 200 dpi, and at
    less where that would be more than `max_pixels`; nothing larger is ever drawn.

    Raises:
        TooLargeInput: the page, or an image on it, is over `max_pixels` all the same.
        MalformedInput: it cannot be drawn.
    """
    from pypdfium2 import PdfiumError

    frame = page_frame(page)
    images = image_objects(page, frame)
    for image in images:
        if image.width * image.height > max_pixels:
            size = f"{image.width} x {image.height} pixels"
            raise TooLargeInput(f"page {number} has an image of {size}; {_limit(max_pixels)}")
    dpi = _fitting(_native(images, frame), frame, max_pixels)
    if dpi < _USELESS_DPI:
        width, height = frame.size
        raise TooLargeInput(
            f"page {number} is {width / 72:.0f} x {height / 72:.0f} inches; {_limit(max_pixels)}"
        )
    try:
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
    except PdfiumError as error:
        raise MalformedInput(f"page {number} of the PDF cannot be drawn") from error
    try:
        # A copy, because PDFium's memory goes away with the bitmap.
        return PageImage(bitmap.to_pil().copy(), dpi)
    finally:
        bitmap.close()


def _native(images: list[PageImageObject], frame: PageFrame) -> float:
    """The resolution that loses nothing, in dots per inch."""
    for image in images:
        if coverage(image, frame) >= _SCAN:
            x0, top, x1, bottom = image.box
            # The longer sides belong together, however the image is turned on the page.
            across = max(image.width, image.height) / max(x1 - x0, bottom - top)
            return min(max(72 * across, _LEAST_DPI), _MOST_DPI)
    return _DPI


def _fitting(dpi: float, frame: PageFrame, max_pixels: int) -> float:
    """`dpi`, or what keeps the page within `max_pixels`."""
    width, height = (max(side, 1.0) / 72 for side in frame.size)
    if ceil(width * dpi) * ceil(height * dpi) <= max_pixels:
        return dpi
    # One pixel a side less than the area allows, as sides are rounded up.
    return sqrt(max_pixels / (width * height)) - 1 / min(width, height)


def _limit(max_pixels: int) -> str:
    return f"the limit is {max_pixels:,} pixels; raise max_pixels in the pipeline's [read] table"
