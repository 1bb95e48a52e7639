"""OCR of a page image: orientation, deskewing and recognition -> a page of words."""

from typing import TYPE_CHECKING

from docextract.document import Page
from docextract.ocr.auto_engine import engine_reader
from docextract.ocr.image.orientation import read_upright
from docextract.ocr.image.preparation import normalise_mode

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS = 72


def read_page(image: "Image", *, dpi: float, engine: str, languages: tuple[str, ...] = ()) -> Page:
    """Read a page image in any colour mode and orientation.

    The page has number 1 and the size, in points, of the image rotated by its `rotation` and
    `skew` (see `rotate_image`), which its boxes fit. `read_by` is the engine that gave the words
    (for "auto" the one it chose, and `reason` says why).

    Raises ConfigError, MissingDependency, or InputError when the engine fails on this page.
    """
    found = read_upright(normalise_mode(image), dpi, engine_reader(engine, languages))
    return Page(
        number=1,
        width=found.image.width * _POINTS / dpi,
        height=found.image.height * _POINTS / dpi,
        lines=found.routed.lines,
        read_by=found.routed.by,
        reason=found.routed.reason,
        rotation=found.rotation,
        skew=found.skew,
    )
