"""OCR engine on RapidOCR's PP-OCRv6 small: a line detector and a line recogniser."""

from typing import TYPE_CHECKING, Any

from docextract.document import Line, Word
from docextract.errors import MissingDependency
from docextract.ocr.line_grouping import group_lines
from docextract.ocr.ppocr.detector import Detector
from docextract.ocr.ppocr.recogniser import Recogniser, split_words, to_page_word

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

    Array = np.ndarray[Any, np.dtype[Any]]

_POINTS = 72
_STRIP_HEIGHT = 48
_TALL = 1.5  # a line this much taller than wide is printed sideways

# Lines below this mean confidence are mostly stains and rules taken for letters (rapidocr's own
# `text_score`).
_MIN_CONFIDENCE = 0.5


class RapidOcr:
    """PP-OCRv6 small. It reads Latin letters, and Chinese and Japanese when asked for.

    All languages are read at once; the codes only say whether those two are among them. It
    has no Cyrillic, Arabic or Korean: `docextract.ocr.auto_engine` uses Tesseract for these.
    """

    def __init__(self, languages: tuple[str, ...] = ()) -> None:
        """Raises MissingDependency when the models or a runtime are not here."""
        try:
            import cv2

            self._detector = Detector()
            self._recogniser = Recogniser(languages)
        except ImportError as error:
            raise MissingDependency(
                f"RapidOCR cannot be used ({error}); try: pip install rapidocr openvino"
            ) from error
        cv2.setNumThreads(1)  # one process a core: its own threads would only get in the way

    def read(self, image: "Image", *, dpi: float) -> tuple[Line, ...]:
        """Lines of words in reading order, boxes in points (pixels * 72 / dpi)."""
        pixels = bgr_array(image)
        corners = [orient_corners(box) for box in self._detector.find(pixels)]
        read = self._recogniser.read([crop_line(pixels, box) for box in corners])
        words: list[Word] = []
        for letters, box in zip(read, corners, strict=True):
            found = split_words(letters)
            sure = sum(letter.confidence for letter in letters) / max(1, len(letters))
            if sure >= _MIN_CONFIDENCE:
                words += [to_page_word(piece, box.tolist(), _POINTS / dpi) for piece in found]
        return group_lines(words)


def bgr_array(image: "Image") -> "Array":
    """The pixels as a contiguous BGR array, shape (height, width, 3)."""
    import numpy as np

    # Contiguous: a reversed view would be copied whole for every line that is cut out of it.
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def orient_corners(corners: "Array") -> "Array":
    """Reorder a line's corners so that the first two span the text's upper edge.

    A tall line is taken to run upwards, as the spines of forms and tables mostly do.
    """
    import numpy as np

    width = np.linalg.norm(corners[1] - corners[0])
    height = np.linalg.norm(corners[3] - corners[0])
    return np.roll(corners, 1, axis=0) if height >= _TALL * width else corners


def crop_line(pixels: "Array", corners: "Array") -> "Array":
    """The line cut out and rectified, 48 pixels high."""
    import cv2
    import numpy as np

    length = float(np.linalg.norm(corners[1] - corners[0]))
    height = max(1.0, float(np.linalg.norm(corners[3] - corners[0])))
    width = max(16, round(_STRIP_HEIGHT * length / height))
    onto = np.array([[0, 0], [width, 0], [0, _STRIP_HEIGHT]], dtype=np.float32)
    turn = cv2.getAffineTransform(np.ascontiguousarray(corners[[0, 1, 3]]), onto)
    level: Array = cv2.warpAffine(
        pixels,
        turn,
        (width, _STRIP_HEIGHT),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return level
