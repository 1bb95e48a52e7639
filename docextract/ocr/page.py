"""A page image -> an upright page of words: orientation, deskew, engine."""

from typing import TYPE_CHECKING

from docextract.document import Page

if TYPE_CHECKING:
    from PIL.Image import Image


def read_page(image: "Image", *, dpi: float, engine: str, languages: tuple[str, ...] = ()) -> Page:
    """..."""
    raise NotImplementedError
