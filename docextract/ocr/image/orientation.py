"""Page orientation by trial OCR: of the four rotations, the one read with most confidence.

An engine is confident of the words of an upright page; on a page turned by 90 or 180 degrees it
finds little, or letters of low confidence. So pages that are read well at once, nearly all, cost
nothing more, and only the others are read in their other rotations.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.document import Line, Word
from docextract.ocr.auto_engine import EngineOutput
from docextract.ocr.image.preparation import rotate_image
from docextract.ocr.image.skew import ink_points, max_sharpness, skew_angle

if TYPE_CHECKING:
    from PIL.Image import Image

    Reader = Callable[["Image", float], EngineOutput]

#: From this confidence on a page is not upside down. Upright pages have 0.97 or more with
#: RapidOCR and 0.59 or more with Tesseract; upside down, 0.73 and 0.35 at most
#: (docs/decisions/ocr-routing.md).
UPRIGHT_CONFIDENCE: Mapping[str, float] = {"rapidocr": 0.85}
UPRIGHT_CONFIDENCE_OF_OTHERS = 0.5

_TALL_SHARE = 0.5  # of the letters in words that are taller than wide
# The factor by which the profile of columns is sharper than that of rows. Upright receipts reach
# 2.4 (two of 24: 5), other pages 0.5; pages on their side have the inverse.
_SIDEWAYS = 2.5
_LONG = 3  # letters: shorter words are tall in any position
_FEW = 8  # letters; a page with fewer does not tell its orientation


@dataclass(frozen=True)
class OrientedPage:
    """A page image in one rotation, deskewed, and its OCR."""

    rotation: int
    skew: float
    image: "Image"
    routed: EngineOutput

    @property
    def score(self) -> float:
        """Letters weighed by confidence; words that are taller than wide do not count."""
        lines = self.routed.lines
        return page_confidence(lines) ** 4 * count_letters(lines) * (1 - tall_letter_share(lines))


def read_upright(image: "Image", dpi: float, read: "Reader") -> OrientedPage:
    """Read the page in its upright rotation, deskewed."""
    best = _turned(image, 0, dpi, read)
    if _upright(best):
        return best
    for rotation in (90, 270, 180) if has_vertical_lines(image) else (180, 90, 270):
        other = _turned(image, rotation, dpi, read)
        if other.score > best.score:
            best = other
        if _upright(best) and count_letters(best.routed.lines) >= _FEW:
            break
    return best


def page_confidence(lines: Iterable[Line]) -> float:
    """The mean confidence over a page's letters and digits; 0.0 for a page without any.

    Weighing by letters keeps specks read as single characters from outvoting the text.
    """
    sure = total = 0.0
    for line in lines:
        for word in line:
            letters = _letters(word)
            sure += word.confidence * letters
            total += letters
    return sure / total if total else 0.0


def count_letters(lines: Iterable[Line]) -> int:
    """The number of letters and digits."""
    return sum(_letters(word) for line in lines for word in line)


def _letters(word: Word) -> int:
    return sum(character.isalnum() for character in word.text)


def tall_letter_share(lines: Iterable[Line]) -> float:
    """The share of letters in words of some length that are taller than wide, 0 to 1."""
    long = [word for line in lines for word in line if len(word.text) >= _LONG]
    tall = sum(len(word.text) for word in long if word.box.height > word.box.width)
    total = sum(len(word.text) for word in long)
    return tall / total if total else 0.0


def has_vertical_lines(image: "Image") -> bool:
    """Whether text lines seem to run vertically: a hint from the profiles, which rules fool."""
    points = ink_points(image)
    if not len(points):
        return False
    return max_sharpness(points[:, ::-1]) > _SIDEWAYS * max_sharpness(points)


def _upright(found: OrientedPage) -> bool:
    lines = found.routed.lines
    sure = UPRIGHT_CONFIDENCE.get(found.routed.by, UPRIGHT_CONFIDENCE_OF_OTHERS)
    return page_confidence(lines) >= sure and tall_letter_share(lines) < _TALL_SHARE


def _turned(image: "Image", rotation: int, dpi: float, read: "Reader") -> OrientedPage:
    angle = skew_angle(rotate_image(image, rotation, 0.0))
    turned = rotate_image(image, rotation, angle)
    return OrientedPage(rotation, angle, turned, read(turned, dpi))
