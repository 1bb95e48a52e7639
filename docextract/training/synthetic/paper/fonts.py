"""Font metrics: widths and boxes of letters, measured once by the PDF reader itself.

The boxes of words are then those that reading a PDF gives, and no PDF need be drawn to know them.
"""

from functools import cache
from io import BytesIO
from typing import NamedTuple

from docextract.errors import MissingDependency

#: All characters that the standard fonts of a PDF can print.
_LETTERS = [
    letter
    for letter in (bytes([code]).decode("cp1252", "ignore") for code in range(33, 256))
    if letter and letter not in "\xa0\xad"
]
#: Regular and bold of each family; Vera comes with reportlab, the others with every reader.
FAMILIES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
    "Times": ("Times-Roman", "Times-Bold"),
    "Courier": ("Courier", "Courier-Bold"),
    "Vera": ("Vera", "VeraBd"),
}
_FILES = {"Vera": "Vera.ttf", "VeraBd": "VeraBd.ttf"}
_SIZE = 100.0  # points; at this size a letter's box is known to a thousandth of it
_CELL = 200.0


class Style(NamedTuple):
    """A family, the size in points, its weight, and its width in percent."""

    family: str
    size: float
    bold: bool = False
    stretch: int = 100

    @property
    def font(self) -> str:
        """The name that a PDF calls it by."""
        return FAMILIES[self.family][self.bold]

    def scaled(self, factor: float, *, bold: bool = False) -> "Style":
        """The same style in another size."""
        return self._replace(size=round(self.size * factor, 1), bold=bold or self.bold)

    @property
    def in_bold(self) -> "Style":
        """The same style in bold."""
        return self._replace(bold=True)


class Extent(NamedTuple):
    """Of a word at size 1, from its pen and baseline: ink's edges, and where the pen goes on."""

    left: float
    top: float
    right: float
    bottom: float
    advance: float


def register_fonts() -> None:
    """Register the fonts that reportlab reads from files.

    Raises MissingDependency without reportlab.
    """
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
    except ImportError as error:
        raise MissingDependency(
            "laying out generated documents needs reportlab: pip install 'docextract[train]'"
        ) from error
    for name, file in _FILES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, file))


@cache
def _letters(font: str) -> dict[str, Extent]:
    """The extent of each letter, at size 1, as PDFium sees it."""
    import pypdfium2
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    file = BytesIO()
    side = _CELL * 16
    canvas = Canvas(file, pagesize=(side, side))
    canvas.setFont(font, _SIZE)
    for at, letter in enumerate(_LETTERS):
        canvas.drawString(at % 16 * _CELL + _SIZE / 2, at // 16 * _CELL + _SIZE / 2, letter)
    canvas.save()
    found: dict[str, Extent] = {}
    with pypdfium2.PdfDocument(file.getvalue()) as pdf:
        text = pdf[0].get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            letter = text.get_text_range(index, 1)
            x, y = left // _CELL * _CELL + _SIZE / 2, bottom // _CELL * _CELL + _SIZE / 2
            if letter.strip() and letter not in found:
                found[letter] = Extent(
                    left=(left - x) / _SIZE,
                    top=(top - y) / _SIZE,
                    right=(right - x) / _SIZE,
                    bottom=(bottom - y) / _SIZE,
                    advance=stringWidth(letter, font, _SIZE) / _SIZE,
                )
    return found


@cache
def space_width(font: str) -> float:
    """The width of a space at size 1."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register_fonts()
    return float(stringWidth(" ", font, 1))


@cache
def word_extent(word: str, font: str) -> Extent:
    """The extent of a word at size 1. Raises KeyError for a letter that no font here has."""
    letters = _letters(font)
    pen, left, right, top, bottom = 0.0, 9.0, 0.0, -9.0, 9.0
    for letter in word:
        one = letters[letter]
        left, right = min(left, pen + one.left), max(right, pen + one.right)
        top, bottom = max(top, one.top), min(bottom, one.bottom)
        pen += one.advance
    return Extent(left, top, right, bottom, pen)


def text_width(text: str, style: Style) -> float:
    """The printed width of a text, in points."""
    words = text.split()
    if not words:
        return 0.0
    wide = sum(word_extent(word, style.font).advance for word in words)
    wide += space_width(style.font) * (len(words) - 1)
    return wide * style.size * style.stretch / 100
