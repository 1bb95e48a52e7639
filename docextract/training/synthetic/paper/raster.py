"""Rasterises PDF pages by pypdfium2, whose own fonts stand in for the base 14."""

import pypdfium2
from PIL.Image import Image

#: Drawn finer than any scan or photograph that is made of it.
DPI = 300


def page_images(pdf: bytes, *, dpi: float = DPI) -> tuple[Image, ...]:
    """Rasterise every page of `pdf` in RGB."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = (page.render(scale=dpi / 72) for page in document)
        return tuple(page.to_pil().convert("RGB") for page in pages)
