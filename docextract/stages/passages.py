"""A document as the trained model reads it."""

from collections.abc import Iterator

import numpy as np

from docextract.document import Document
from docextract.models.layout.passage import Passage

#: Boxes are told in thousandths of the page's width and height.
FULL = 1000.0


def passage_of(document: Document) -> Passage:
    """The words of all pages, in the order of `Document.words`, page after page."""
    sizes = {page.number: (page.width, page.height) for page in document.pages}
    boxes = [
        (box.x0 / width, box.top / height, box.x1 / width, box.bottom / height)
        for placed in document.words
        for box, (width, height) in ((placed.word.box, sizes[placed.page]),)
    ]
    return Passage(
        tuple(placed.word.text for placed in document.words),
        np.clip(FULL * np.asarray(boxes, np.float32).reshape(-1, 4), 0, FULL),
        np.fromiter(_lines(document), np.int32),
    )


def _lines(document: Document) -> Iterator[int]:
    return (placed.line for placed in document.words)
