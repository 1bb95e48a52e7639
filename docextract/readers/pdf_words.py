"""Words and their boxes from a PDF's text layer, through PDFium.

PDFium gives a page's text in drawn order, with spaces where it sees gaps and line ends where it
sees jumps. A word's box takes two calls (the rectangles of its stretch of text); boxes of single
characters, ten calls a word, are asked for only where a word looks like two.
"""

import re
from collections.abc import Iterator
from ctypes import byref, c_double
from typing import TYPE_CHECKING, Any, NamedTuple

from docextract.document import Box, Word
from docextract.readers.pdf_file import Frame, Raw

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

#: A stretch that PDFium saw as one line.
_RUN = re.compile(r"[^\r\n]+")
#: U+FFFE stands for a hyphen at a line's end; the word goes on in the next line.
_WORD = re.compile(r"[^\s\ufffe]+\ufffe?")
#: What `_clean` changes: control and zero-width characters, soft hyphens, ligatures.
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufb00-\ufb06\ufffe]"
)
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
#: A gap within a word wider than this share of its height is a space that nobody typed. Letters
#: of one word stand up to 0.44 apart and the widest spaced tables begin at 0.6 (measured on 400
#: pages of orders, contracts and invoices).
_GAP = 0.5


class RawWord(NamedTuple):
    """A word's characters and its box with y up, as the PDF counts."""

    text: str
    box: Raw


class Run(NamedTuple):
    """Words that PDFium takes for one line, and the clockwise turn of their letters (0 to 359)."""

    angle: int
    words: list[RawWord]


class TextLayer(NamedTuple):
    """A page's text as PDFium gives it, and its words in drawn order."""

    text: str
    runs: list[Run]


def text_layer(textpage: "PdfTextPage") -> TextLayer:
    """All words of the page that have a place on it."""
    text: str = textpage.get_text_range()
    glyphs = _Glyphs(textpage, text)
    clean = _ODD.search(text) is not None
    runs = []
    for run in _RUN.finditer(text):
        words: list[RawWord] = []
        for match in _WORD.finditer(text, run.start(), run.end()):
            words += glyphs.words(match[0], match.start())
        if clean:
            words = [RawWord(_clean(word), box) for word, box in words if _clean(word)]
        if words:
            runs.append(Run(glyphs.angle(run.start()), words))
    return TextLayer(text, runs)


def words_of(run: Run, frame: Frame) -> list[Word]:
    """The run's words where they are seen."""
    if frame.turn == 0:  # written out: this is the way of nearly every page, and calls cost
        left, top = frame.left, frame.top
        return [
            Word(text, Box(x0 - left, top - y1, x1 - left, top - y0))
            for text, (x0, y0, x1, y1) in run.words
        ]
    return [Word(text, Box(*frame.place(box))) for text, box in run.words]


def _clean(text: str) -> str:
    """The word as it is printed: hyphens that show, ligatures as letters, nothing invisible."""
    if text[-1] in "\u00ad\ufffe":
        text = text[:-1] + "-"
    return _ODD.sub(lambda match: _LIGATURES.get(match[0], ""), text)


class _Glyphs:
    """PDFium's calls for one text page. Indices are of the text, not of its characters' list."""

    def __init__(self, textpage: "PdfTextPage", text: str) -> None:
        from pypdfium2 import raw

        self._raw: Any = raw
        self._page = textpage.raw
        # PDFium leaves some characters out of the text; only then do the two indices differ.
        self._shifted = textpage.count_chars() != len(text)
        self._numbers = tuple(c_double() for _ in range(4))
        self._refs = tuple(byref(number) for number in self._numbers)

    def words(self, text: str, start: int) -> Iterator[RawWord]:
        """The word at `start`, or its parts where it is several words drawn without a space."""
        boxes = self._boxes(start, len(text))
        if not boxes:
            return
        x0, y0, x1, y1 = boxes[0] if len(boxes) == 1 else _around(boxes)
        # Letters are rarely wider than high; a word that is, or that was drawn in pieces, may
        # hide a gap.
        if len(boxes) > 1 or x1 - x0 > (y1 - y0) * len(text):
            ends = self._gaps(start, len(text), _GAP * (y1 - y0))
            if ends:
                for first, end in zip([0, *ends], [*ends, len(text)], strict=True):
                    part = self._boxes(start + first, end - first)
                    if part:
                        yield RawWord(text[first:end], _around(part))
                return
        yield RawWord(text, (x0, y0, x1, y1))

    def angle(self, index: int) -> int:
        """Clockwise turn of the character at `index`, in degrees."""
        radians: float = self._raw.FPDFText_GetCharAngle(self._page, self._char(index))
        return round(radians * 57.29578) % 360 if radians > 0 else 0

    def _char(self, index: int) -> int:
        if not self._shifted:
            return index
        found: int = self._raw.FPDFText_GetCharIndexFromTextIndex(self._page, index)
        return max(found, 0)

    def _boxes(self, start: int, count: int) -> list[Raw]:
        page, raw, (left, top, right, bottom) = self._page, self._raw, self._numbers
        first = self._char(start)
        boxes = []
        for at in range(raw.FPDFText_CountRects(page, first, count)):
            raw.FPDFText_GetRect(page, at, *self._refs)
            boxes.append(_upright(left.value, bottom.value, right.value, top.value))
        return boxes

    def _gaps(self, start: int, count: int, least: float) -> list[int]:
        """Places in a level word where more than `least` points part two characters."""
        left, right = self._numbers[:2]
        found, end = [], None
        for at in range(count):
            index = self._char(start + at)
            if not self._raw.FPDFText_GetCharBox(self._page, index, *self._refs):
                continue
            if end is not None and left.value - end > least:
                found.append(at)
            if right.value > left.value:
                end = right.value
        return found


def _upright(x0: float, y0: float, x1: float, y1: float) -> Raw:
    """The box with its smaller numbers first; PDFs may mirror text."""
    if x0 <= x1 and y0 <= y1:
        return x0, y0, x1, y1
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _around(boxes: list[Raw]) -> Raw:
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return min(x0s), min(y0s), max(x1s), max(y1s)
