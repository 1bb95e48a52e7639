"""Paper to draw on: a reportlab canvas measured from the top left, in points."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

import reportlab
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from sample_docs.make.draw.pen import BLUE, scrawl

MM = 72 / 25.4
INK = HexColor("#1d1d1f")
GREY = HexColor("#6b7078")

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True)
class Type:
    """A font at a size and in a colour."""

    font: str = "Helvetica"
    size: float = 9.5
    colour: Color = INK


@dataclass(frozen=True)
class Column:
    """A column of a table: where its text is anchored, and to which side of that it grows."""

    title: str
    x: float
    align: Align = "left"


def register_vera() -> None:
    """Make the family "Vera", which comes inside reportlab, known; it is embedded when used."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, folder / file))


class Sheet:
    """Pages being drawn; `y` runs down from the top edge."""

    def __init__(
        self, size: tuple[float, float] = A4, title: str = "", *, encrypt: object = None
    ) -> None:
        self._file = BytesIO()
        self.width, self.height = size
        self.canvas = Canvas(self._file, size, invariant=1, encrypt=encrypt)
        self.canvas.setTitle(title)

    def text(self, x: float, y: float, words: str, style: Type, align: Align = "left") -> None:
        """One line with its baseline at `y`; `x` is its left, right or middle."""
        self.canvas.setFont(style.font, style.size)
        self.canvas.setFillColor(style.colour)
        draw = {
            "left": self.canvas.drawString,
            "right": self.canvas.drawRightString,
            "centre": self.canvas.drawCentredString,
        }[align]
        draw(x, self.height - y, words)

    def lines(
        self, x: float, y: float, texts: Sequence[str], style: Type, lead: float = 1.3
    ) -> float:
        """Lines one below the other; returns the baseline that would come next."""
        for words in texts:
            self.text(x, y, words, style)
            y += style.size * lead
        return y

    def wrapped(
        self, x: float, y: float, words: str, style: Type, width: float, *, lead: float = 1.3
    ) -> float:
        """A paragraph broken to `width`; returns the baseline that would come next."""
        return self.lines(x, y, simpleSplit(words, style.font, style.size, width), style, lead)

    def row(self, columns: Sequence[Column], y: float, cells: Sequence[str], style: Type) -> None:
        """One row of a table; its baseline is at `y`."""
        for column, cell in zip(columns, cells, strict=True):
            self.text(column.x, y, cell, style, column.align)

    def header(self, columns: Sequence[Column], y: float, style: Type) -> None:
        """The titles of the columns."""
        self.row(columns, y, [column.title for column in columns], style)

    def rule(
        self, x0: float, x1: float, y: float, *, weight: float = 0.6, colour: Color = INK
    ) -> None:
        """A horizontal line."""
        self.line((x0, y), (x1, y), weight=weight, colour=colour)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        weight: float = 0.6,
        colour: Color = INK,
    ) -> None:
        """A straight line."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(weight)
        self.canvas.line(start[0], self.height - start[1], end[0], self.height - end[1])

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        *,
        fill: Color | None = None,
        stroke: Color | None = None,
        radius: float = 0,
    ) -> None:
        """A rectangle from its top left corner."""
        if fill is not None:
            self.canvas.setFillColor(fill)
        if stroke is not None:
            self.canvas.setStrokeColor(stroke)
            self.canvas.setLineWidth(0.6)
        y = self.height - corner[1] - size[1]
        painted = {"fill": int(fill is not None), "stroke": int(stroke is not None)}
        self.canvas.roundRect(corner[0], y, *size, radius, **painted)

    def disc(self, centre: tuple[float, float], radius: float, colour: Color) -> None:
        """A filled circle."""
        self.canvas.setFillColor(colour)
        x, y = centre
        self.canvas.circle(x, self.height - y, radius, fill=1, stroke=0)

    def polygon(self, points: Sequence[tuple[float, float]], colour: Color) -> None:
        """A filled outline."""
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.height - y)
        path.close()
        self.canvas.setFillColor(colour)
        self.canvas.drawPath(path, fill=1, stroke=0)

    def signature(
        self, x: float, y: float, seed: int, *, width: float = 110, colour: Color = BLUE
    ) -> None:
        """A name signed on the baseline `y`."""
        scrawl(self.canvas, (x, self.height - y), seed, width, colour)

    def page(self) -> None:
        """Start the next page."""
        self.canvas.showPage()

    def attach(self, name: str, data: bytes) -> None:
        """Put a file into the PDF, as the source of what it shows (PDF/A-3, AFRelationship)."""
        document = self.canvas._doc
        stream = PDFStream(PDFDictionary({"Type": PDFName("EmbeddedFile")}), data)
        file = PDFDictionary(
            {
                "Type": PDFName("Filespec"),
                "F": PDFString(name),
                "UF": PDFString(name),
                "AFRelationship": PDFName("Alternative"),
                "EF": PDFDictionary({"F": document.Reference(stream)}),
            }
        )
        names = PDFDictionary({"Names": PDFArray([PDFString(name), document.Reference(file)])})
        document.Catalog.Names = PDFDictionary({"EmbeddedFiles": names})

    def finish(self) -> bytes:
        """The PDF file."""
        self.canvas.save()
        return self._file.getvalue()


def star(
    centre: tuple[float, float], radius: float, points: int, inner: float
) -> list[tuple[float, float]]:
    """The outline of a star, for emblems; `inner` is the share of `radius` between the points."""
    outline = []
    for corner in range(2 * points):
        reach = radius if corner % 2 == 0 else radius * inner
        angle = math.pi * corner / points - math.pi / 2
        outline.append((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)))
    return outline
