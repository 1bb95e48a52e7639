"""Text detection: boxes of the text lines on a page, by PP-OCR's detector.

Method: Liao et al., "Real-time scene text detection with differentiable binarization", 2020.
"""

import math
from typing import TYPE_CHECKING, Any

from docextract.ocr.ppocr.networks import load_detector

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

# The longer side, in pixels, that a page is shrunk to. On dense 200-dpi pages 960 loses two
# points of word F1 and 736 a third of the page; 1600 gains nothing (docs/decisions/ocr-routing.md).
_SIDE = 1280
_STRIDE = 32  # sides must be multiples of this, by the network's construction
_BUCKET = 64  # ... and are rounded to this, so that few shapes are ever compiled

# rapidocr's defaults for PP-OCRv6, but for the number of boxes (its 1000).
_THRESHOLD, _BOX_THRESHOLD, _MAX_BOXES, _UNCLIP = 0.3, 0.5, 3000, 1.6


class Detector:
    """Detects text lines."""

    def __init__(self) -> None:
        from rapidocr.ch_ppocr_det.utils import DBPostProcess

        self._network = load_detector()
        self._boxes = DBPostProcess(
            _THRESHOLD, _BOX_THRESHOLD, _MAX_BOXES, _UNCLIP, "fast", use_dilation=True
        )

    def find(self, pixels: "Array") -> "Array":
        """Corners of the text lines on a BGR page, shape (lines, 4, 2), in its pixels.

        Each line's corners go clockwise from the top left.
        """
        import numpy as np

        height, width = pixels.shape[:2]
        (chances,) = self._network(network_input(pixels))
        corners, _ = self._boxes(chances, (height, width))
        return np.asarray(corners, dtype=np.float32).reshape(-1, 4, 2)


def network_input(pixels: "Array") -> "Array":
    """The page as the network's input: shape (1, 3, height, width), values from -1 to 1."""
    import cv2
    import numpy as np

    height, width = network_size(*pixels.shape[:2])
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    scaled = small.astype(np.float32) / 127.5 - 1
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])


def network_size(height: int, width: int) -> tuple[int, int]:
    """The height and width, in pixels, to which a page of this size is scaled."""
    scale = min(1.0, _SIDE / max(height, width))
    return _rounded(height * scale), _rounded(width * scale)


def _rounded(side: float) -> int:
    unit = _STRIDE if side < 4 * _BUCKET else _BUCKET
    return max(_STRIDE, math.floor(side / unit + 0.5) * unit)
