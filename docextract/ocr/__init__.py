"""OCR engines behind one interface, by name.

An engine is named in `ENGINES`, or as "package.module:Class" for one that lives elsewhere. The
class is called with the tuple of language codes and has the one method of `OcrEngine`.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

from docextract.document import Line
from docextract.errors import ConfigError

if TYPE_CHECKING:
    from PIL.Image import Image

#: To add an engine: write the module, add the line, test it.
ENGINES: Mapping[str, str] = {
    "tesseract": "docextract.ocr.tesseract.subprocess_engine:TesseractEngine",
    "tesserocr": "docextract.ocr.tesseract.library_engine:TesserocrEngine",
    "rapidocr": "docextract.ocr.ppocr.engine:RapidOcr",
    "auto": "docextract.ocr.auto_engine:AutoEngine",
}


class OcrEngine(Protocol):
    """Reads an upright page image. Made once a process, with the languages; not thread-safe."""

    def read(self, image: "Image", *, dpi: float) -> tuple[Line, ...]:
        """Lines of words in reading order, boxes in points (pixels * 72 / dpi)."""
        ...


def load_engine(name: str, languages: tuple[str, ...] = ()) -> OcrEngine:
    """The engine called `name`, ready to read; the same object for the same arguments.

    `name` is one of `ENGINES`, or "package.module:Class" for an engine of your own.
    Raises ConfigError for an unknown name and MissingDependency, with the command that
    installs it, when the engine or a language is not on this machine.
    """
    return _made(name, languages)


def engine_path(name: str) -> tuple[str, str]:
    """The module and the class that an engine's name stands for; nothing is imported.

    Raises ConfigError for a name that stands for none.
    """
    module, _, attribute = ENGINES.get(name, name).partition(":")
    if not attribute:
        raise ConfigError(
            f"no OCR engine {name!r}; there are: {', '.join(ENGINES)}; "
            'an engine of your own is named "package.module:Class"'
        )
    return module, attribute


@lru_cache(maxsize=4)
def _made(name: str, languages: tuple[str, ...]) -> OcrEngine:
    module, attribute = engine_path(name)
    found = import_module(module) if name in ENGINES else _theirs(name, module)
    if not hasattr(found, attribute):
        raise ConfigError(f"OCR engine {name!r}: {module} has no {attribute}")
    made: OcrEngine = getattr(found, attribute)(languages)
    return made


def _theirs(name: str, module: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError as error:
        raise ConfigError(f"OCR engine {name!r}: cannot import {module}: {error}") from error
