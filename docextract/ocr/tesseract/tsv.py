"""Tesseract's TSV output -> words with boxes in points and confidences."""

from typing import TYPE_CHECKING

from docextract.document import Box, Word

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS = 72
_WORD_LEVEL = "5"
_COLUMNS = 12


def parse_tsv(table: str, *, scale: float) -> list[Word]:
    """Parse Tesseract's TSV into words; `scale` converts pixels to points.

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


def points_per_pixel(dpi: float, original: "Image", read: "Image") -> float:
    """Points of the page per pixel of the image that was read, which may be enlarged."""
    return _POINTS / dpi * original.width / read.width
