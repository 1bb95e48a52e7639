"""OCR engines, behind one method."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from docextract.document import Line
from docextract.errors import ConfigError

if TYPE_CHECKING:
    from PIL.Image import Image

#: To add an engine: write the module, add the line, test it.
ENGINES: Mapping[str, str] = {
    "tesseract": "docextract.ocr.tesseract:Tesseract",
    "tesserocr": "docextract.ocr.tesserocr:Tesserocr",
    "rapidocr": "docextract.ocr.rapid:Rapid",
    "auto": "docextract.ocr.auto:Auto",
}


class OcrEngine(Protocol):
    """Reads an upright page image. Made once a process, with the languages; not thread-safe."""

    def read(self, image: "Image", *, dpi: float) -> tuple[Line, ...]:
        """Lines of words in reading order, boxes in points (pixels * 72 / dpi)."""
        ...


@lru_cache(maxsize=4)
def engine(name: str, languages: tuple[str, ...] = ()) -> OcrEngine:
    """The engine called `name`, ready to read; the same object for the same arguments.

    Raises ConfigError for an unknown name and MissingDependency, with the command that
    installs it, when the engine or a language is not on this machine.
    """
    if name not in ENGINES:
        raise ConfigError(f"no OCR engine {name!r}; there are: {', '.join(ENGINES)}")
    module, _, attribute = ENGINES[name].partition(":")
    made: OcrEngine = getattr(import_module(module), attribute)(languages)
    return made
