"""The smallest OCR engine, and how it is named.

An engine is a class with one method. It is made with the tuple of language codes, and gives lines
of words with boxes in points: no base class, nothing to register. Named "module:Class" it works
from anywhere; to ship it, write `docextract/ocr/NAME.py` and add its line to `ENGINES`.
"""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from docextract.document import Box, Word
from docextract.errors import ConfigError
from docextract.ocr import ENGINES, load_engine
from docextract.ocr.page import read_page

POINTS = 72


class Inkblots:
    """Reads all the ink of a page as one word."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._word = "blot" if not languages else f"blot-{'-'.join(languages)}"

    def read(self, image: Image.Image, *, dpi: float) -> tuple[tuple[Word, ...], ...]:
        rows, columns = np.nonzero(np.asarray(image.convert("L")) < 128)
        if not len(rows):
            return ()
        scale = POINTS / dpi
        edges = (columns.min(), rows.min(), columns.max(), rows.max())
        box = Box(*(float(edge) * scale for edge in edges))
        return ((Word(self._word, box, 0.9),),)


NAME = f"{__name__}:Inkblots"


def test_an_engine_of_your_own_is_named_by_module_and_class():
    image = Image.new("L", (200, 100), 255)
    ImageDraw.Draw(image).rectangle((20, 40, 120, 60), fill=0)
    page = read_page(image, dpi=144, engine=NAME)
    ((word,),) = page.lines
    assert (word.text, word.box) == ("blot", Box(10, 20, 60, 30))
    assert page.read_by == NAME


def test_it_is_made_once_for_each_set_of_languages():
    assert load_engine(NAME) is load_engine(NAME)
    assert load_engine(NAME, ("deu",)) is not load_engine(NAME)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("tesserac", "tesseract, tesserocr, rapidocr, auto"),
        ("no_such_module_here:Engine", "cannot import"),
        (f"{__name__}:NoSuchClass", "has no NoSuchClass"),
    ],
)
def test_an_engine_that_is_not_there_is_a_configuration_error(name, says):
    with pytest.raises(ConfigError, match=says):
        load_engine(name)


def test_every_engine_in_the_table_exists():
    from importlib import import_module

    for place in ENGINES.values():
        module, _, attribute = place.partition(":")
        assert callable(getattr(import_module(module), attribute).read)
