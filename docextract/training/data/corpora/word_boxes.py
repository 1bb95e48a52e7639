"""Converts a data set's words with boxes to a `Document` or to a model's `Passage`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from docextract.document import Box, Document, Line, Page, Word
from docextract.encoding.encoder_input import PAGE_SCALE
from docextract.models.bi_encoder.passage import Passage

#: Every page is made as wide as A4, in points: sets give pixels of any resolution.
WIDTH = 595


def document_of_words(pages: Sequence[Mapping[str, Any]], name: str) -> Document:
    """Build a document of a data set's words: [text, x0, top, x1, bottom], in reading order."""
    made = []
    for number, page in enumerate(pages, 1):
        scale = WIDTH / page["width"]
        words = [
            Word(text, Box(x0 * scale, y0 * scale, max(x0, x1) * scale, max(y0, y1) * scale))
            for text, x0, y0, x1, y1 in page["words"]
            if text.strip()
        ]
        lines = tuple(lines_of(words))
        made.append(Page(number, WIDTH, page["height"] * scale, lines, read_by="given"))
    return Document(name, pages=tuple(made))


def passage_of_words(pages: Sequence[Mapping[str, Any]]) -> Passage:
    """Build the passage of a data set's words, ten times as fast as by way of a document.

    The same as `document_passage(document_of_words(pages, ""))`, with no object for each word.
    """
    texts: list[str] = []
    boxes, lines = [np.zeros((0, 4))], [np.zeros(0, np.int64)]
    below = 0
    for page in pages:
        words = [word for word in page["words"] if word[0].strip()]
        if not words:
            continue
        texts += (word[0] for word in words)
        # In the document's own numbers: what is just level there is just level here.
        scale = WIDTH / page["width"]
        box = np.asarray([word[1:5] for word in words], float) * scale
        box[:, 2:] = np.maximum(box[:, :2], box[:, 2:])
        boxes.append(box * PAGE_SCALE / np.asarray([WIDTH, page["height"] * scale] * 2))
        lines.append(below + np.cumsum(np.append(False, ~_all_follow(box))))
        below = int(lines[-1][-1]) + 1
    clipped = np.clip(np.concatenate(boxes), 0, PAGE_SCALE).astype(np.float32)
    return Passage(tuple(texts), clipped, np.concatenate(lines).astype(np.int32))


def _all_follow(box: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether each word but the first goes on in the line of the word before it: `_follows`."""
    last, box = box[:-1], box[1:]
    height = np.maximum(last[:, 3] - last[:, 1], box[:, 3] - box[:, 1])
    middle, before = (box[:, 1] + box[:, 3]) / 2, (last[:, 1] + last[:, 3]) / 2
    level = (last[:, 1] <= middle) & (middle <= last[:, 3])
    level |= (box[:, 1] <= before) & (before <= box[:, 3])
    return level & (box[:, 0] >= last[:, 2] - 0.5 * height)


def lines_of(words: Sequence[Word]) -> Iterator[Line]:
    """Group words in reading order to lines: one ends where the next word is not level with it.

    A word is level with a line when its centre lies within the height of the line's last word
    and it stands to the right of it.
    """
    line: list[Word] = []
    for word in words:
        if line and not _follows(line[-1].box, word.box):
            yield tuple(line)
            line = []
        line.append(word)
    if line:
        yield tuple(line)


def _follows(last: Box, box: Box) -> bool:
    slack = 0.5 * max(last.height, box.height)
    level = last.top <= box.y <= last.bottom or box.top <= last.y <= box.bottom
    return level and box.x0 >= last.x1 - slack
