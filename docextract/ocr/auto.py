"""The default engine: each page by the engine that reads it well for the least work.

The rule and the figures behind it: docs/decisions/ocr-routing.md.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from docextract.document import Line
from docextract.errors import MissingDependency
from docextract.ocr.confidence import confidence

if TYPE_CHECKING:
    from PIL.Image import Image

    from docextract.ocr import OcrEngine

_log = logging.getLogger(__name__)

#: Pages narrower than this, in pixels, are receipts and forms as a rule: Tesseract loses whole
#: blocks of those, so they go to RapidOCR at once.
NARROW = 1200

#: A page that Tesseract read with less confidence than this is read again by RapidOCR.
UNSURE = 0.88


@dataclass(frozen=True)
class Routed:
    """What an engine read, which one it was, and why that one."""

    lines: tuple[Line, ...]
    by: str
    reason: str = ""


class Auto:
    """Routes pages between RapidOCR and Tesseract; uses the one there is when one is missing."""

    def __init__(self, languages: tuple[str, ...] = ()) -> None:
        """Raises MissingDependency when neither engine is here."""
        self._fast_name, fast = first_of(("tesserocr", "tesseract"), languages)
        self._good_name, good = first_of(("rapidocr",), languages)
        if fast is None and good is None:
            raise MissingDependency(
                "no OCR engine is here; try: pip install rapidocr openvino "
                "(or: sudo apt install tesseract-ocr)"
            )
        self._fast, self._good = fast, good

    def read(self, image: "Image", *, dpi: float) -> tuple[Line, ...]:
        """Lines of words in reading order, boxes in points (pixels * 72 / dpi)."""
        return self.route(image, dpi=dpi).lines

    def route(self, image: "Image", *, dpi: float) -> Routed:
        """Like `read`, and says which engine's words these are and why."""
        if self._fast is None or self._good is None:
            return self._only(image, dpi)
        if image.width < NARROW:
            return Routed(
                self._good.read(image, dpi=dpi),
                self._good_name,
                f"{image.width} px across, under {NARROW}",
            )
        lines = self._fast.read(image, dpi=dpi)
        sure = confidence(lines)
        if sure >= UNSURE:
            return Routed(lines, self._fast_name, f"confidence {sure:.2f}")
        return Routed(
            self._good.read(image, dpi=dpi),
            self._good_name,
            f"{self._fast_name} had a confidence of only {sure:.2f}",
        )

    def _only(self, image: "Image", dpi: float) -> Routed:
        if self._good is not None:
            return Routed(self._good.read(image, dpi=dpi), self._good_name, "Tesseract is missing")
        assert self._fast is not None, "one of both is here, else the class would not be made"
        return Routed(self._fast.read(image, dpi=dpi), self._fast_name, "RapidOCR is missing")


def first_of(names: tuple[str, ...], languages: tuple[str, ...]) -> "tuple[str, OcrEngine | None]":
    """The first of these engines that is on this machine; ("", None) when there is none."""
    from docextract.ocr import engine

    for name in names:
        try:
            return name, engine(name, languages)
        except MissingDependency as error:
            _missing(name, str(error))
    return "", None


@lru_cache(maxsize=8)  # once a process, not once a page
def _missing(name: str, why: str) -> None:
    _log.warning("OCR engine %s is not used: %s", name, why)


def route(name: str, languages: tuple[str, ...]) -> "Callable[[Image, float], Routed]":
    """The engine called `name` as a function that also says which engine read, and why."""
    from docextract.ocr import engine

    made = engine(name, languages)
    if isinstance(made, Auto):
        return lambda image, dpi: made.route(image, dpi=dpi)
    return lambda image, dpi: Routed(made.read(image, dpi=dpi), name)
