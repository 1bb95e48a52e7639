"""Pictures as files; without clocks or versions inside, so that bytes repeat."""

from collections.abc import Sequence
from io import BytesIO
from time import gmtime

from PIL.Image import Image


def png(image: Image, dpi: float, *, greys: int = 16) -> bytes:
    """Grey, with so many levels: noise would double the size and tell nothing."""
    file = BytesIO()
    few = image.convert("L").quantize(greys)
    few.save(file, "PNG", dpi=(dpi, dpi), optimize=True)
    return file.getvalue()


def jpeg(image: Image, dpi: float, quality: int) -> bytes:
    """A JPEG file."""
    file = BytesIO()
    image.save(file, "JPEG", dpi=(round(dpi), round(dpi)), quality=quality, optimize=True)
    return file.getvalue()


def fax(images: Sequence[Image], dpi: float, *, threshold: int = 150) -> bytes:
    """A TIFF of several pages, black and white, compressed as fax machines do (group 4)."""
    first, *rest = [
        image.convert("L").point(lambda v: 255 * (v > threshold), "1") for image in images
    ]
    file = BytesIO()
    first.save(
        file, "TIFF", compression="group4", dpi=(dpi, dpi), save_all=True, append_images=rest
    )
    return file.getvalue()


def pdf(images: Sequence[Image], dpi: float, quality: int) -> bytes:
    """A PDF of pictures alone, with no text layer."""
    file = BytesIO()
    first, *rest = images
    first.save(
        file, "PDF", resolution=dpi, quality=quality, save_all=True, append_images=rest,
        creationDate=gmtime(0), modDate=gmtime(0),
    )  # fmt: skip
    return file.getvalue()
