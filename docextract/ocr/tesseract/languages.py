"""Which languages Tesseract has on this machine, which to ask for, and what it answers."""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.document import Box, Word
from docextract.errors import MissingDependency

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS = 72
_WORD_LEVEL = "5"
_COLUMNS = 12
_USUAL = ("eng", "deu")
_LISTED = re.compile(r'in "(.+?)"')
_SECONDS = 30  # to answer a question about itself

# Usual letters lower than the small height, in pixels, are enlarged to the good one, at most so
# many times. With this, forms at 100 dpi went from a word F1 of 0.53 to 0.78 (8 pages); the
# numbers themselves are not tuned.
_GOOD_HEIGHT = 20.0
_SMALL_HEIGHT = 13.0
_MAX_SCALE = 3.0


@dataclass(frozen=True)
class Tessdata:
    """The folder with Tesseract's languages, and their codes ("osd" left out)."""

    folder: Path
    codes: tuple[str, ...]


def installed() -> Tessdata:
    """What the Tesseract program on the path has.

    Raises MissingDependency when there is no such program.
    """
    try:
        done = subprocess.run(
            ("tesseract", "--list-langs"),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingDependency(
            "the program Tesseract is not here; try: sudo apt install tesseract-ocr"
        ) from error
    return listed(done.stdout or done.stderr)


def listed(answer: str) -> Tessdata:
    """Reads the answer of `tesseract --list-langs`: a line with the folder, then the codes."""
    first, *codes = answer.splitlines() or [""]
    folder = _LISTED.search(first)
    names = tuple(code.strip() for code in codes if code.strip() not in {"", "osd"})
    return Tessdata(Path(folder[1]) if folder else Path(), names)


def chosen(asked: Sequence[str], there: Sequence[str]) -> str:
    """Tesseract's language argument ("eng+deu") for the codes asked for.

    With none asked for: those of English and German that are installed, else the first there is.
    Both together read English as well as English alone, German far better, for an eighth more
    CPU (docs/decisions/ocr-routing.md).
    Raises MissingDependency naming the packages of those that are missing.
    """
    if missing := [code for code in asked if code not in there]:
        packages = " ".join(f"tesseract-ocr-{code.replace('_', '-').lower()}" for code in missing)
        raise MissingDependency(
            f"Tesseract has no {', '.join(missing)} here (it has: {', '.join(there) or 'none'}); "
            f"try: sudo apt install {packages}"
        )
    if asked:
        return "+".join(asked)
    if not there:
        raise MissingDependency(
            "Tesseract has no language here; try: sudo apt install tesseract-ocr-eng"
        )
    return "+".join(code for code in _USUAL if code in there) or there[0]


def words(table: str, *, scale: float) -> list[Word]:
    """Tesseract's TSV -> its words; `scale` makes points of its pixels.

    Rows that are not words, are blank, or have no area are left out.
    """
    found = []
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        if width <= 0 or height <= 0:
            continue
        box = Box(left * scale, top * scale, (left + width) * scale, (top + height) * scale)
        confidence = min(1.0, max(0.0, float(cells[10]) / 100))
        found += [Word(text, box, confidence) for text in cells[11].split()]
    return found


def enlarged(image: "Image") -> "Image":
    """The image, made larger when its print is small."""
    from PIL.Image import Resampling

    height = letter_height(image)
    if not 0 < height < _SMALL_HEIGHT:
        return image
    scale = min(_MAX_SCALE, _GOOD_HEIGHT / height)
    size = (round(image.width * scale), round(image.height * scale))
    return image.resize(size, Resampling.BICUBIC)


def letter_height(image: "Image") -> float:
    """The usual height of a letter in pixels; 0.0 where there are too few to tell."""
    import cv2
    import numpy as np

    grey = np.asarray(image.convert("L"))
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, found, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    wide, high = found[1:, cv2.CC_STAT_WIDTH], found[1:, cv2.CC_STAT_HEIGHT]
    # Specks, rules and pictures are no letters.
    letters = high[(high >= 5) & (high <= 100) & (wide >= 2) & (wide <= 3 * high)]
    return float(np.median(letters)) if len(letters) >= 20 else 0.0


@contextmanager
def one_thread() -> Iterator[None]:
    """Inside, programs started and OpenMP libraries loaded keep to one thread.

    One process a core keeps all cores busy; more threads would only compete for them. The
    environment is put back, since torch reads it too.
    """
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before


def points_a_pixel(dpi: float, original: "Image", read: "Image") -> float:
    """Points of the page for one pixel of the image that was read, perhaps enlarged."""
    return _POINTS / dpi * original.width / read.width
