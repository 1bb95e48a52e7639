"""Which way up a page is, by how well it reads.

An engine that reads a page the right way up is sure of its words; of a page on its side or on its
head it finds little, or reads letters that it is not sure of. So pages that read well, nearly
all, cost nothing more, and only the others are read in their other positions.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.document import Line
from docextract.ocr.auto import Routed
from docextract.ocr.confidence import confidence, letters
from docextract.ocr.image.preparation import upright
from docextract.ocr.image.skew import ink, sharpest, skew

if TYPE_CHECKING:
    from PIL.Image import Image

    Reader = Callable[["Image", float], Routed]

#: From this confidence on a page is not upside down. Upright pages have 0.97 or more with
#: RapidOCR and 0.59 or more with Tesseract; upside down, 0.73 and 0.35 at most
#: (docs/decisions/ocr-routing.md).
SURE: Mapping[str, float] = {"rapidocr": 0.85}
SURE_OF_OTHERS = 0.5

_TALL_SHARE = 0.5  # of the letters in words that are taller than wide
# Columns of ink that stand out this much more than rows. Upright receipts reach 2.4 (two of 24: 5),
# other pages 0.5; pages on their side have the inverse.
_SIDEWAYS = 2.5
_LONG = 3  # letters: shorter words are tall in any position
_FEW = 8  # letters; a page with fewer does not tell which way up it is


@dataclass(frozen=True)
class Position:
    """A page image turned one way, and what was read of it."""

    rotation: int
    skew: float
    image: "Image"
    routed: Routed

    @property
    def score(self) -> float:
        """Letters that were read for certain; words that stand on their side do not count."""
        lines = self.routed.lines
        return confidence(lines) ** 4 * letters(lines) * (1 - tall_share(lines))


def position(image: "Image", dpi: float, read: "Reader") -> Position:
    """The page the right way up, level, and read."""
    best = _turned(image, 0, dpi, read)
    if _upright(best):
        return best
    for rotation in (90, 270, 180) if sideways(image) else (180, 90, 270):
        other = _turned(image, rotation, dpi, read)
        if other.score > best.score:
            best = other
        if _upright(best) and letters(best.routed.lines) >= _FEW:
            break
    return best


def tall_share(lines: Iterable[Line]) -> float:
    """The share of letters in words of some length that are taller than wide, 0 to 1."""
    long = [word for line in lines for word in line if len(word.text) >= _LONG]
    tall = sum(len(word.text) for word in long if word.box.height > word.box.width)
    total = sum(len(word.text) for word in long)
    return tall / total if total else 0.0


def sideways(image: "Image") -> bool:
    """Whether the ink stands in columns rather than rows: a hint, which ruled lines fool."""
    points = ink(image)
    if not len(points):
        return False
    return sharpest(points[:, ::-1]) > _SIDEWAYS * sharpest(points)


def _upright(found: Position) -> bool:
    lines = found.routed.lines
    sure = SURE.get(found.routed.by, SURE_OF_OTHERS)
    return confidence(lines) >= sure and tall_share(lines) < _TALL_SHARE


def _turned(image: "Image", rotation: int, dpi: float, read: "Reader") -> Position:
    angle = skew(upright(image, rotation, 0.0))
    turned = upright(image, rotation, angle)
    return Position(rotation, angle, turned, read(turned, dpi))
