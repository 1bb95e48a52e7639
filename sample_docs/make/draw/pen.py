"""Signatures: a line that moves as a hand does."""

import random

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

BLUE = HexColor("#1b2f7a")
_STROKES = 9


def scrawl(
    canvas: Canvas, start: tuple[float, float], seed: int, width: float = 110, colour: Color = BLUE
) -> None:
    """Sign from `start`, in the canvas's own measure; each seed is another hand."""
    rng = random.Random(seed)
    at, base = start
    reach = width * rng.uniform(0.75, 1.2)
    tall = {0, rng.randrange(2, 7)}
    small = rng.uniform(4, 11)
    path = canvas.beginPath()
    path.moveTo(at, base + 4)
    for stroke in range(_STROKES):
        step = reach / _STROKES * rng.uniform(0.6, 1.5)
        high = (22 if stroke in tall else small) * rng.uniform(0.6, 1.25)
        path.curveTo(
            at + step * rng.uniform(-0.5, 0.6), base + high * 1.4,
            at + step * rng.uniform(0.9, 1.7), base + high,
            at + step, base - 6 * rng.random(),
        )  # fmt: skip
        at += step
    path.curveTo(
        at, base - 8, at - reach * rng.uniform(0.2, 0.8), base - 12, start[0] + 12, base + 2
    )
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(1.1)
    canvas.drawPath(path, fill=0, stroke=1)
