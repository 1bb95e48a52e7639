"""Pages brought to files the way people do: on a scanner, with a telephone, by fax."""

from io import BytesIO
from time import gmtime
from typing import Any

from PIL.Image import Image

from docextract.training.synthetic.paper.degrade import photo, scan, thermal
from docextract.training.synthetic.paper.raster import page_images

DPI = 200
#: Degrees by which sheets are fed askew, one after the other.
_ANGLES = (0.6, -0.4)
#: Grey levels of a PNG: noise in more of them would double its size and tell nothing.
_GREYS = 16
#: Lighter than this is white to a fax machine.
_WHITE = 150


def scanned_receipt(pdf: bytes, seed: int) -> bytes:
    """A PNG of a thermal print on the scanner's glass, a little askew."""
    (page,) = page_images(pdf)
    made = scan(thermal(page, seed), seed + 1, dpi=DPI, skew=-0.8, noise=2.5)
    return _file([made.convert("L").quantize(_GREYS)], "PNG", dpi=(DPI, DPI), optimize=True)


def photographed_receipt(pdf: bytes, seed: int) -> bytes:
    """A JPEG of a thermal print lying on a table."""
    (page,) = page_images(pdf)
    made = photo(thermal(page, seed), seed + 1)
    return _file([made], "JPEG", dpi=(72, 72), quality=72, optimize=True)


def scanned_page(pdf: bytes, seed: int, *, turned: int, skew: float) -> bytes:
    """A grey JPEG of the only page, which lay `turned` degrees anticlockwise on the glass."""
    (page,) = page_images(pdf)
    made = scan(page.convert("L"), seed, dpi=DPI, skew=skew).rotate(turned, expand=True)
    return _file([made], "JPEG", dpi=(DPI, DPI), quality=48, optimize=True)


def scanned_pdf(pdf: bytes, seed: int) -> bytes:
    """A PDF of pictures alone, with no text layer."""
    still = {"creationDate": gmtime(0), "modDate": gmtime(0)}
    return _file(_fed(pdf, seed, 3.5), "PDF", resolution=DPI, quality=42, **still)


def faxed(pdf: bytes, seed: int) -> bytes:
    """A black and white TIFF of all pages, compressed as fax machines do."""
    pages = [
        page.convert("L").point(lambda v: 255 * (v > _WHITE), "1") for page in _fed(pdf, seed, 6.0)
    ]
    return _file(pages, "TIFF", compression="group4", dpi=(DPI, DPI))


def _fed(pdf: bytes, seed: int, noise: float) -> list[Image]:
    return [
        scan(page.convert("L"), seed + at, dpi=DPI, skew=_ANGLES[at % 2], noise=noise)
        for at, page in enumerate(page_images(pdf))
    ]


def _file(pages: list[Image], form: str, **how: Any) -> bytes:
    file = BytesIO()
    first, *rest = pages
    more = {"save_all": True, "append_images": rest} if rest else {}
    first.save(file, form, **how, **more)
    return file.getvalue()
