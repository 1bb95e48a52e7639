"""Running text on pages: styles, page furniture and signature blocks for reportlab's platypus."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Table,
)

from sample_docs.make.draw.pen import scrawl
from sample_docs.make.facts.agreements import Party

Furniture = Callable[[Canvas, int], None]


@dataclass(frozen=True)
class Layout:
    """Paper, margins and columns."""

    size: tuple[float, float] = letter
    margin: float = 72
    top: float = 72
    columns: int = 1
    gutter: float = 18

    def frames(self) -> list[Frame]:
        """One frame a column."""
        width, height = self.size
        free = width - 2 * self.margin - (self.columns - 1) * self.gutter
        each = free / self.columns
        return [
            Frame(
                self.margin + at * (each + self.gutter), 60, each, height - self.top - 60,
                leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
            )
            for at in range(self.columns)
        ]  # fmt: skip


def body(font: str = "Times-Roman", size: float = 11, *, indent: float = 0) -> ParagraphStyle:
    """Justified running text."""
    return ParagraphStyle(
        "body",
        fontName=font,
        fontSize=size,
        leading=size * 1.28,
        alignment=TA_JUSTIFY,
        spaceAfter=size * 0.62,
        firstLineIndent=indent,
    )


def flow(story: Sequence[Flowable], layout: Layout, furniture: Furniture, title: str) -> bytes:
    """The PDF; `furniture(canvas, page number)` draws what stands around the text."""
    file = BytesIO()
    template = BaseDocTemplate(file, pagesize=layout.size, title=title, invariant=1)
    page = PageTemplate("page", layout.frames(), onPage=lambda c, d: furniture(c, d.page))
    template.addPageTemplates([page])
    template.build(list(story))
    return file.getvalue()


class Signature(Flowable):
    """A name signed in pen."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seed = seed
        self.width, self.height = 150, 30

    def draw(self) -> None:
        """Called by platypus, with the origin at the lower left."""
        scrawl(self.canv, (8, 4), self.seed)


def signatures(parties: Sequence[Party], style: ParagraphStyle, seed: int) -> Table:
    """Blocks side by side: firm, pen, name, office."""
    tight = ParagraphStyle("tight", style, spaceAfter=2)
    cells = []
    for at, party in enumerate(parties):
        cells.append(
            [
                Paragraph(f"<b>{party.firm.name.upper()}</b>", style),
                Signature(seed + at),
                Paragraph("By: ____________________________", tight),
                Paragraph(f"Name: {party.signatory}", tight),
                Paragraph(f"Title: {party.office}", tight),
            ]
        )
    return Table([cells], colWidths=[230, 230], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
