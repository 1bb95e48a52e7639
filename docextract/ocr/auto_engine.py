"""Default OCR engine: RapidOCR, with Tesseract as fallback.

Why it is that simple, and the figures behind it: docs/decisions/ocr-routing.md.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from docextract.document import Line
from docextract.errors import MissingDependency
from docextract.ocr import OcrEngine, load_engine

if TYPE_CHECKING:
    from PIL.Image import Image

_log = logging.getLogger(__name__)

#: Tesseract's codes of languages whose letters PP-OCRv6 small does not have (it has Latin,
#: Chinese and Japanese ones, and Greek without accents); scripts by their own names.
# fmt: off
NOT_IN_PPOCR = frozenset((
    "amh", "ara", "asm", "aze_cyrl", "bel", "ben", "bod", "bul", "chr", "cop", "div", "dzo",
    "ell", "fas", "grc", "guj", "heb", "hin", "hye", "iku", "kan", "kat", "kat_old", "kaz", "khm",
    "kir", "kor", "kor_vert", "lao", "mal", "mar", "mkd", "mon", "mya", "nep", "ori", "pan",
    "pus", "rus", "san", "sin", "snd", "srp", "syr", "tam", "tel", "tgk", "tha", "tir", "uig",
    "ukr", "urd", "uzb_cyrl", "vie", "yid", "yor", "script/Arabic", "script/Armenian",
    "script/Bengali", "script/Cyrillic", "script/Devanagari", "script/Georgian", "script/Greek",
    "script/Hangul", "script/Hebrew", "script/Thai", "script/Vietnamese",
))
# fmt: on


@dataclass(frozen=True)
class EngineOutput:
    """The lines that an engine read, its name, and the reason why it was chosen."""

    lines: tuple[Line, ...]
    by: str
    reason: str = ""


@dataclass(frozen=True)
class EngineOrder:
    """Names of the engines to try, best first, and the reason for this order."""

    names: tuple[str, ...]
    reason: str = ""


def engine_order(languages: Sequence[str]) -> EngineOrder:
    """The order of engines: RapidOCR, Tesseract inside the process, Tesseract as a program.

    RapidOCR is left out where a language is asked for whose letters it does not know.
    """
    if unknown := [code for code in languages if code in NOT_IN_PPOCR]:
        reason = f"RapidOCR does not know the letters of {', '.join(unknown)}"
        return EngineOrder(("tesserocr", "tesseract"), reason)
    return EngineOrder(("rapidocr", "tesserocr", "tesseract"))


class AutoEngine:
    """Reads with the best engine installed, and logs a warning when it is not the first choice."""

    def __init__(self, languages: tuple[str, ...] = ()) -> None:
        """Raises MissingDependency, with what to install, when no engine is here."""
        chosen = engine_order(languages)
        missing: list[str] = []
        for name in chosen.names:
            try:
                self._engine: OcrEngine = load_engine(name, languages)
            except MissingDependency as error:
                missing.append(f"{name}: {error}")
                continue
            self._name = name
            without = f"without {', '.join(chosen.names[: len(missing)])}" if missing else ""
            self._reason = "; ".join(filter(None, (chosen.reason, without)))
            _say_once(name, self._reason)
            return
        raise MissingDependency("no OCR engine can be used here. " + ". ".join(missing))

    def read(self, image: "Image", *, dpi: float) -> tuple[Line, ...]:
        """Lines of words in reading order, boxes in points (pixels * 72 / dpi)."""
        return self._engine.read(image, dpi=dpi)

    def route(self, image: "Image", *, dpi: float) -> EngineOutput:
        """Like `read`, with the name of the engine used and the reason."""
        return EngineOutput(self.read(image, dpi=dpi), self._name, self._reason)


@lru_cache(maxsize=8)  # once a process, not once a page
def _say_once(name: str, reason: str) -> None:
    if reason:
        _log.warning("OCR is done by %s: %s", name, reason)


def engine_reader(
    name: str, languages: tuple[str, ...]
) -> "Callable[[Image, float], EngineOutput]":
    """The engine called `name` as a function that returns `EngineOutput`s."""
    made = load_engine(name, languages)
    if isinstance(made, AutoEngine):
        return lambda image, dpi: made.route(image, dpi=dpi)
    return lambda image, dpi: EngineOutput(made.read(image, dpi=dpi), name)
