"""Reader of images: PNG, JPEG, TIFF (all its pages), BMP and WebP, through Pillow."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docextract.document import WAITING, Issue, Page
from docextract.errors import Category, EmptyInput, MalformedInput, TooLargeInput
from docextract.ocr.image.preparation import normalise_mode
from docextract.readers.content import Content, PageImage
from docextract.readers.options import ReadOptions

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS = 72
_REASON = "image"

#: Pillow opens these and nothing else; it would start Ghostscript for a PostScript file.
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")

# Files often state a resolution that is only a program's default (72 or 96 for a photograph).
# It is believed when the longer side of the page comes out between a till receipt's and A3's.
_LEAST_INCHES, _MOST_INCHES = 3.0, 17.0
#: Otherwise the longer side is taken to be A4's, 297 mm.
_GUESSED_INCHES = 297 / 25.4
#: Fax pixels are not square; small differences are rounding.
_SQUARE = 1.05

# What Pillow raises for damaged data, over its plugins.
_DAMAGED = (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError)


def read(data: bytes, options: ReadOptions) -> Content:
    """Every wanted page waits for OCR; its size is in points, as far as the file tells.

    Raises MalformedInput, TooLargeInput, or EmptyInput for a page range with nothing in it.
    """
    with _opened(data) as opened:
        frames = _frames(opened)
        numbers = [number for number in range(1, frames + 1) if options.wanted(number)]
        if not numbers:
            raise EmptyInput(f"page range {options.page_range!r} has none of its {frames} pages")
        if len(numbers) > options.max_pages:
            raise TooLargeInput(
                f"{len(numbers)} pages are over the limit of {options.max_pages}; "
                "raise max_pages in the pipeline's [read] table or give a page range"
            )
        if frames > 1:
            pages = tuple(_waiting(opened, number, options) for number in numbers)
            return Content(pages)
        page = _waiting(opened, 1, options)
        issues = () if _complete(opened) else (_truncated(),)
    if issues:
        image(data, 1, options)  # raises when not even a part of it can be read
    return Content((page,), issues=issues)


def image(data: bytes, number: int, options: ReadOptions) -> PageImage:
    """Page `number` (from 1) as an image with square pixels and its EXIF orientation applied.

    A truncated file gives what is there, the rest grey. Raises MalformedInput or TooLargeInput.
    """
    with _opened(data) as opened:
        _seek(opened, number, options)
        across, down = _resolution(opened)
        try:
            with _truncation_allowed():
                picture = normalise_mode(_square(opened, across, down))
        except _DAMAGED as error:
            raise MalformedInput(f"page {number} of the image cannot be decoded") from error
    return PageImage(picture, max(across, down))


@contextmanager
def _opened(data: bytes) -> Iterator["Image"]:
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        # Its limit is not ours: `max_pixels` is checked before anything is decoded.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
        try:
            opened = Image.open(io.BytesIO(data), formats=_FORMATS)
        except Image.DecompressionBombError as error:
            raise TooLargeInput(f"the image is too large to decode: {error}") from error
        except UnidentifiedImageError as error:
            raise MalformedInput("the image's header cannot be read") from error
        except (OSError, ValueError, EOFError) as error:
            raise MalformedInput(f"the image is damaged: {error}") from error
        with opened:
            yield opened


def _frames(opened: "Image") -> int:
    """Pages of a TIFF; other formats' further frames are animations or thumbnails."""
    if opened.format != "TIFF":
        return 1
    try:
        return int(getattr(opened, "n_frames", 1))
    except _DAMAGED as error:
        raise MalformedInput("the list of pages in this TIFF is damaged") from error


def _seek(opened: "Image", number: int, options: ReadOptions) -> None:
    """Goes to the page and checks its size, from the header alone."""
    from PIL import Image

    try:
        if number != 1 or opened.tell():
            opened.seek(number - 1)
    except Image.DecompressionBombError as error:
        raise TooLargeInput(f"page {number} is too large to decode: {error}") from error
    except _DAMAGED as error:
        raise MalformedInput(f"the image has no readable page {number}") from error
    pixels = opened.width * opened.height
    if pixels > options.max_pixels:
        raise TooLargeInput(
            f"page {number} has {opened.width} x {opened.height} pixels, over the limit of "
            f"{options.max_pixels}; raise max_pixels in the pipeline's [read] table"
        )


def _waiting(opened: "Image", number: int, options: ReadOptions) -> Page:
    _seek(opened, number, options)
    across, down = _resolution(opened)
    width, height = opened.width * _POINTS / across, opened.height * _POINTS / down
    if _on_its_side(opened):
        width, height = height, width
    return Page(number, width, height, read_by=WAITING, reason=_REASON)


def _resolution(opened: "Image") -> tuple[float, float]:
    """Dots per inch across and down: the file's, where it can be true, else a guess."""
    try:
        across, down = (float(value) for value in opened.info["dpi"])
        inches = max(opened.width / across, opened.height / down)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        inches = 0.0
    if not _LEAST_INCHES <= inches <= _MOST_INCHES:
        across = down = max(opened.size) / _GUESSED_INCHES
    return across, down


def _on_its_side(opened: "Image") -> bool:
    """Whether the EXIF orientation (tag 274) swaps width and height."""
    try:
        return opened.getexif().get(274) in {5, 6, 7, 8}
    except _DAMAGED:
        return False  # damaged EXIF data say nothing


def _square(opened: "Image", across: float, down: float) -> "Image":
    """The picture with pixels as wide as they are high."""
    opened.load()
    if max(across, down) <= _SQUARE * min(across, down):
        return opened
    most = max(across, down)
    size = (round(opened.width * most / across), round(opened.height * most / down))
    return opened.convert("L" if opened.mode == "1" else opened.mode).resize(size)


def _complete(opened: "Image") -> bool:
    try:
        opened.load()
    except _DAMAGED:
        return False
    return True


@contextmanager
def _truncation_allowed() -> Iterator[None]:
    """Pillow's switch is global, so it is put back at once."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _truncated() -> Issue:
    message = "the image is truncated or damaged; read as far as it goes"
    return Issue("read", Category.MALFORMED, message, page=1)
