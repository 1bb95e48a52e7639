"""Drawn pages brought to files the way people do: on a scanner, with a telephone, by fax."""

from PIL.Image import Image

from docextract.training.synthetic.paper.degrade import photo, scan, thermal
from docextract.training.synthetic.paper.raster import page_images
from sample_docs.make import picture

DPI = 200


def scanned_receipt(pdf: bytes, seed: int) -> bytes:
    """A PNG of a thermal print on the scanner's glass, a little askew."""
    (page,) = page_images(pdf)
    printed = thermal(page, seed)
    return picture.png(scan(printed, seed + 1, dpi=DPI, skew=-0.8, noise=2.5), DPI)


def photographed_receipt(pdf: bytes, seed: int) -> bytes:
    """A JPEG of a thermal print lying on a table."""
    (page,) = page_images(pdf)
    return picture.jpeg(photo(thermal(page, seed), seed + 1), 72, quality=72)


def scanned_page(pdf: bytes, seed: int, *, turned: int, skew: float) -> bytes:
    """A grey JPEG of the only page, which lay `turned` degrees anticlockwise on the glass."""
    (page,) = page_images(pdf)
    made = scan(page.convert("L"), seed, dpi=DPI, skew=skew)
    return picture.jpeg(made.rotate(turned, expand=True), DPI, quality=48)


def scanned_pdf(pdf: bytes, seed: int) -> bytes:
    """A PDF of pictures alone; each sheet was fed in at another angle."""
    return picture.pdf(_fed(pdf, seed, noise=3.5), DPI, quality=42)


def faxed(pdf: bytes, seed: int) -> bytes:
    """A black and white TIFF of all pages."""
    return picture.fax(_fed(pdf, seed, noise=6.0), DPI)


def _fed(pdf: bytes, seed: int, *, noise: float) -> list[Image]:
    angles = (0.6, -0.4, 0.2, -0.7)
    return [
        scan(page.convert("L"), seed + at, dpi=DPI, skew=angles[at % len(angles)], noise=noise)
        for at, page in enumerate(page_images(pdf))
    ]
