"""A sheet as a PDF."""

from pathlib import Path
from typing import TYPE_CHECKING

from docextract.training.generator.fonts import registered
from docextract.training.generator.sheet import Paper, Sheet

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def pdf(sheet: Sheet, path: Path) -> None:
    """Write the sheet's pages. Words stand where `reading.read` says they do."""
    from reportlab.pdfgen.canvas import Canvas

    registered()
    canvas = Canvas(str(path), pagesize=(sheet.width, sheet.height), invariant=1)
    for paper in sheet.papers:
        _draw(canvas, paper)
        canvas.showPage()
    canvas.save()


def _draw(canvas: "Canvas", paper: Paper) -> None:
    for x0, top, x1, bottom, grey in paper.rules:
        if grey is not None:
            canvas.setFillGray(grey)
            canvas.rect(x0, paper.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
    canvas.setLineWidth(0.6)
    for x0, top, x1, bottom, grey in paper.rules:
        if grey is None:
            canvas.line(x0, paper.height - top, x1, paper.height - bottom)
    for run in paper.runs:
        text = canvas.beginText(run.x, paper.height - run.y)
        text.setFont(run.style.font, run.style.size)
        text.setHorizScale(run.style.stretch)
        text.setFillGray(run.grey)
        text.textOut(run.text)
        canvas.drawText(text)
