"""Encoder input: a document's words, boxes and line numbers as the bi-encoder takes them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from docextract.document import Document, Placed
from docextract.models.bi_encoder.passage import Passage

#: Boxes are in thousandths of the page's width and height.
PAGE_SCALE = 1000.0
_NONE = np.zeros((0, 4), np.float32)


def document_passage(document: Document) -> Passage:
    """The words of all pages, in the order of `Document.words`.

    Without boxes where a page has no size, so that it does not say where its words stand.
    """
    pages = list(page_passages(document))
    boxes = [page.boxes for page in pages if page.boxes is not None]
    return Passage(
        tuple(text for page in pages for text in page.texts),
        np.concatenate([_NONE, *boxes]) if len(boxes) == len(pages) else None,
        np.concatenate([np.zeros(0, np.int32), *(page.lines for page in pages)]),
    )


def page_passages(document: Document) -> Iterator[Passage]:
    """The words page by page, for each page that has words."""
    sizes = {page.number: (page.width, page.height) for page in document.pages}
    for number, group in groupby(document.words, key=lambda placed: placed.page):
        words = list(group)
        texts = tuple(placed.word.text for placed in words)
        lines = np.array([placed.line for placed in words], dtype=np.int32)
        yield Passage(texts, _boxes(words, *sizes[number]), lines)


def _boxes(words: Sequence[Placed], width: float, height: float) -> npt.NDArray[np.float32] | None:
    """(W, 4), or None on a page without a size."""
    if min(width, height) <= 0:
        return None
    boxes = [placed.word.box for placed in words]
    corners = np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes], dtype=np.float32)
    scale = np.array([PAGE_SCALE / width, PAGE_SCALE / height] * 2, dtype=np.float32)
    return (corners * scale).clip(0, PAGE_SCALE)
