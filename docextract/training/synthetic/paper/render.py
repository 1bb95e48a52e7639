"""Renders a sheet as a PDF, or as a degraded scan of it."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.training.synthetic.paper.fonts import register_fonts
from docextract.training.synthetic.paper.sheet import Paper, Sheet

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

#: What office scanners are set to.
_DPI = 200


def write_pdf(sheet: Sheet, path: Path) -> None:
    """Write the sheet as a PDF file. Words stand where `reading.read_sheet` says they do."""
    path.write_bytes(pdf_bytes(sheet))


def pdf_bytes(sheet: Sheet, over: "Callable[[Canvas, int], None] | None" = None) -> bytes:
    """Render the sheet as the bytes of a PDF file; the same sheet gives the same bytes.

    `over` draws onto each page, given its number, what a sheet cannot hold.
    """
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=(sheet.width, sheet.height), invariant=1)
    for number, paper in enumerate(sheet.papers, 1):
        _draw(canvas, paper)
        if over:
            over(canvas, number)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def write_scan(sheet: Sheet, path: Path, *, seed: int) -> None:
    """Write a TIFF of the pages as they lay on a scanner's glass, a little askew: grey, noisy."""
    import numpy as np

    from docextract.training.synthetic.paper import degrade
    from docextract.training.synthetic.paper.raster import page_images

    rng = np.random.default_rng(seed)
    scans = []
    for number, page in enumerate(page_images(pdf_bytes(sheet))):
        skew, noise = float(rng.uniform(-1, 1)), float(rng.uniform(2, 6))
        grey = page.convert("L")
        scans.append(degrade.scan(grey, seed + number, dpi=_DPI, skew=skew, noise=noise))
    first, *rest = scans
    first.save(
        path,
        "TIFF",
        compression="tiff_deflate",
        dpi=(_DPI, _DPI),
        save_all=True,
        append_images=rest,
    )


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
