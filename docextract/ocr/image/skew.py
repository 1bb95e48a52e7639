"""Deskew angle from the projection profile.

Level text has dark rows and white rows; tilted text smears them. So the page is sheared by each
angle in question, its ink summed by rows, and the angle with the sharpest profile wins (Postl's
criterion, as in Bloomberg et al., "Measuring document image skew and orientation", 1995).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    from PIL.Image import Image

    Points = np.ndarray[Any, np.dtype[np.float32]]

#: The largest skew considered, in degrees; more is taken for a drawing, not for a tilted page.
MAX_ANGLE = 15.0

#: Below this the engines do not mind, and turning would only blur: half a line's height over a
#: page's width begins at about 0.5 degrees.
MIN_ANGLE = 0.25

_SIDE = 800  # pixels of the longer side when measuring: lines of a page stay apart
_MIN_INK = 400  # dark pixels; fewer say nothing about lines
_MAX_POINTS = 60_000


def skew_angle(image: "Image") -> float:
    """The clockwise rotation in degrees that makes the lines of `image` ("L" or "RGB") level.

    0.0 where there is too little ink to tell, or the rotation would be negligible.
    """
    points = ink_points(image)
    if len(points) < _MIN_INK:
        return 0.0
    best = 0.0
    for reach, step in ((MAX_ANGLE, 1.0), (1.0, 0.25), (0.25, 0.05)):
        best = _best(points, best, reach, step)
    # The ends of the range win only when nothing does.
    return round(best, 2) if MIN_ANGLE <= abs(best) < MAX_ANGLE else 0.0


def ink_points(image: "Image") -> "Points":
    """(x, y) of the dark pixels of a small copy, at most `_MAX_POINTS` of them, shape (n, 2)."""
    import cv2
    import numpy as np

    small = image.convert("L")
    small.thumbnail((_SIDE, _SIDE))
    grey = np.asarray(small, dtype=np.uint8)
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)
    dark = grey <= threshold
    if dark.mean() > 0.5:  # white on black
        dark = ~dark
    y, x = np.nonzero(dark)
    points = np.stack([x, y], axis=1).astype(np.float32)
    return points[:: max(1, len(points) // _MAX_POINTS)]


def profile_sharpness(points: "Points", angle: float) -> float:
    """Sharpness of the projection profile after rotating clockwise by `angle` degrees."""
    import numpy as np

    rows = points[:, 1] + points[:, 0] * np.float32(np.tan(np.radians(angle)))
    rows -= rows.min()
    whole = rows.astype(np.int64)
    # Shared between the two nearest rows: whole rows would favour some angles over others.
    share = rows - whole
    size = int(whole.max()) + 2
    profile = np.bincount(whole, 1 - share, size) + np.bincount(whole + 1, share, size)
    return float(np.square(np.diff(profile)).sum())


def max_sharpness(points: "Points") -> float:
    """The highest sharpness over a few angles: to compare rows with columns."""
    return max(profile_sharpness(points, float(angle)) for angle in range(-6, 7))


def _best(points: "Points", centre: float, reach: float, step: float) -> float:
    count = round(reach / step)
    angles = [centre + step * index for index in range(-count, count + 1)]
    return max(angles, key=lambda angle: (profile_sharpness(points, angle), -abs(angle)))
