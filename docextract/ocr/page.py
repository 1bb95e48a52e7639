"""A page image -> an upright page of words: orientation, deskew, engine."""

from typing import TYPE_CHECKING

from docextract.document import Page
from docextract.ocr.auto import route
from docextract.ocr.image.orientation import position
from docextract.ocr.image.preparation import plain, upright

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["read_page", "upright"]

_POINTS = 72


def read_page(image: "Image", *, dpi: float, engine: str, languages: tuple[str, ...] = ()) -> Page:
    """Reads a page image in any mode, whichever way up it is.

    The page has number 1 and the size, in points, of `upright(image, page.rotation, page.skew)`,
    which its boxes fit. `read_by` is the engine that gave the words (for "auto" the one it
    chose, and `reason` says why).

    Raises ConfigError, MissingDependency, or InputError when the engine fails on this page.
    """
    found = position(plain(image), dpi, route(engine, languages))
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
