"""Words of a data set as documents that a stage can read."""

from collections.abc import Sequence
from itertools import groupby

from docextract.document import Box, Document, Page, Word
from docextract.models.bi_encoder.passage import Passage

#: A4 in points; boxes of a passage are in thousandths of its page.
WIDTH, HEIGHT = 595.0, 842.0
#: Where words of a text without layout stand: on a page without a size.
NOWHERE = Box(0, 0, 0, 0)


def document_of(passage: Passage, name: str) -> Document:
    """The passage on one page; without layout where the passage has none."""
    if passage.boxes is None:
        boxes = [NOWHERE] * len(passage)
    else:
        boxes = [
            Box(x0 * WIDTH / 1000, top * HEIGHT / 1000, x1 * WIDTH / 1000, bottom * HEIGHT / 1000)
            for x0, top, x1, bottom in passage.boxes.tolist()
        ]
    words = zip(passage.lines.tolist(), map(Word, passage.texts, boxes), strict=True)
    lines = tuple(
        tuple(word for _, word in line) for _, line in groupby(words, key=lambda pair: pair[0])
    )
    size = (0.0, 0.0) if passage.boxes is None else (WIDTH, HEIGHT)
    return Document(name, pages=(Page(1, *size, lines, read_by="given"),))


def sentence(words: Sequence[str], name: str) -> Document:
    """One line of words without layout."""
    line = tuple(Word(word, NOWHERE) for word in words)
    return Document(name, pages=(Page(1, 0.0, 0.0, (line,), read_by="given"),))
