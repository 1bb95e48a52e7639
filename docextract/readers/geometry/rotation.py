"""Rotation of boxes: from a page as it was scanned to the page turned upright."""

from dataclasses import replace
from math import cos, radians, sin
from typing import TypeVar

from docextract.document import Box, Code, FormField, Page

_Boxed = TypeVar("_Boxed", Code, FormField)


def map_onto_page(
    page: Page, things: tuple[_Boxed, ...], size: tuple[float, float]
) -> tuple[_Boxed, ...]:
    """Form fields or barcodes with their boxes mapped onto `page`, which was rotated and deskewed.

    Args:
        page: Its `rotation` and `skew` say by how much.
        things: As they lay before.
        size: Width and height before, in points.
    """
    angle = page.rotation + page.skew
    if not angle:
        return things
    after = (page.width, page.height)
    return tuple(replace(thing, box=rotate_box(thing.box, angle, size, after)) for thing in things)


def rotate_box(
    box: Box, angle: float, before: tuple[float, float], after: tuple[float, float]
) -> Box:
    """The smallest upright box around `box` rotated clockwise by `angle` degrees.

    The page turns about its centre: its size is `before`, and `after` that of the page around it.
    """
    across, down = cos(radians(angle)), sin(radians(angle))
    corners = [
        (x - before[0] / 2, y - before[1] / 2)
        for x in (box.x0, box.x1)
        for y in (box.top, box.bottom)
    ]
    xs = [after[0] / 2 + x * across - y * down for x, y in corners]
    ys = [after[1] / 2 + x * down + y * across for x, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))
